//! Files of any mixture that a person opens together: sorted here where they are small, else in a worker.

use super::{action, read_in_slices, take_dated};
use crate::files;
use crate::state::{Act, Action, Estate, Session, WorkspaceAct, latest};
use crate::worker::{Running, read_files};
use dr_core::estate::{counted_bytes, too_many_bytes};
use dr_core::import::dates::DateOrder;
use dr_core::import::open::open_dated;
use dr_core::jobs::Reply;
use dr_core::portfolio::{Portfolio, Reading, is_imported, write};
use dr_core::report::estate::{ImportOptions, Imported, Listing, NOT_AT_HAND, import};
use dr_core::stats::sample::Progress;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

/// So many bytes are read sooner than a worker starts.
const SMALL: u64 = 400_000;

thread_local! {
    static UNDER_WAY: RefCell<Option<Running>> = const { RefCell::new(None) };
    /// Files that were opened last, to be read again with another order of dates.
    static LAST: RefCell<Option<Rc<Opening>>> = const { RefCell::new(None) };
    /// Files of the estates of this visit, the last one at the end, each with its listing as text: more files are read together with them.
    static ESTATES: RefCell<Vec<(Rc<str>, Rc<Opening>)>> = const { RefCell::new(Vec::new()) };
    /// Files that add to an estate, to be read alone where the person wants that.
    static ADDED: RefCell<Option<Rc<Opening>>> = const { RefCell::new(None) };
}

/// The estate that is open and the one that was put away.
const MOST_ESTATES: usize = 2;

/// Files with what is known beside them.
struct Opening {
    files: Vec<File>,
    options: ImportOptions,
    /// How many of them, at the beginning, are those of the estate that was open.
    earlier: usize,
}

impl Opening {
    /// Without the files at these places, which later ones replace.
    fn without(self: Rc<Self>, places: &[usize]) -> Rc<Self> {
        if places.is_empty() {
            return self;
        }
        let kept = self.files.iter().enumerate().filter(|(at, _)| !places.contains(at));
        let files = kept.map(|(_, file)| file.clone()).collect();
        let earlier = self.earlier - places.iter().filter(|at| **at < self.earlier).count();
        let options = ImportOptions { earlier: 0, ..self.options.clone() };
        Rc::new(Self { files, options, earlier })
    }
}

/// Opens files; the plan and the portfolio stay until all of them are read.
pub(crate) fn open_chosen(files: Vec<File>, act: &Act) {
    let options = latest().map_or_else(ImportOptions::default, |session| options(&session));
    open_with(Opening { files, options, earlier: 0 }, act);
}

/// Opens the files of before once more, whose dates are read in this order. What changed is told since the same portfolio.
pub(crate) fn open_again(order: DateOrder, act: &Act) {
    let Some(last) = LAST.with_borrow(Clone::clone) else {
        return act.emit(Action::Refuse("The earlier files are no longer at hand: open them again.".to_owned()));
    };
    let options = ImportOptions { dates: Some(order), ..last.options.clone() };
    open_with(Opening { files: last.files.clone(), options, earlier: last.earlier }, act);
}

/// Opens files without those of the estate to which they add.
pub(crate) fn open_alone(act: &Act) {
    if let Some(added) = ADDED.take() {
        let options = ImportOptions { alone: true, ..added.options.clone() };
        open_with(Opening { files: added.files.clone(), options, earlier: 0 }, act);
    }
}

/// The files of the estate that is open; nothing after a reload.
fn at_hand(session: &Session) -> Option<Rc<Opening>> {
    let estate = session.workspace.estate.as_ref()?;
    ESTATES.with_borrow(|all| all.iter().find(|it| Rc::ptr_eq(&it.0, &estate.kept)).map(|it| Rc::clone(&it.1)))
}

/// Reads files together with those of the estate that is open; nothing is changed where those are not at hand.
/// With `renews` a list among them takes the place of an older one, and what changed is told since the estate that is open.
fn add(opening: &Rc<Opening>, renews: bool, act: &Act) {
    ADDED.replace(Some(Rc::clone(opening)));
    let Some(before) = latest().and_then(|session| at_hand(&session)) else {
        return act.emit(Action::Refuse(NOT_AT_HAND.to_owned()));
    };
    let since = if renews { opening } else { &before };
    let options = ImportOptions {
        alone: true,
        before: since.options.before.clone(),
        earlier: if renews { before.files.len() } else { 0 },
        dates: opening.options.dates.or(before.options.dates),
        ..opening.options.clone()
    };
    let files = before.files.iter().chain(&opening.files).cloned().collect();
    open_with(Opening { files, options, earlier: before.files.len() }, act);
}

/// True where files can be opened once more.
pub(crate) fn is_remembered() -> bool {
    LAST.with_borrow(Option::is_some)
}

/// What the page knows: its prices, the plan and its caches, and a portfolio that an import has made.
fn options(session: &Session) -> ImportOptions {
    let place = &session.workspace;
    let imported = place.portfolio.as_ref().filter(|all| all.entries.iter().any(|entry| is_imported(entry)));
    ImportOptions {
        dates: None,
        alone: false,
        earlier: 0,
        is_at_hand: at_hand(session).is_some(),
        own: session.plan.site.regions.iter().map(|it| it.cache.clone()).filter(|it| it.contains('/')).collect(),
        plan: session.plan.name.clone(),
        is_plan_in_view: !place.shown,
        prices: session.sheet.as_ref().map(|sheet| sheet.prices.clone()),
        start: Some(session.plan.horizon.start),
        before: imported.map(|all| place.file().map_or_else(|| write(all), |file| file.to_string())),
    }
}

fn open_with(opening: Opening, act: &Act) {
    let size = opening.files.iter().map(files::size_of).map(counted_bytes).sum();
    if let Some(reason) = too_many_bytes(size) {
        return act.emit(Action::Refuse(reason));
    }
    let is_small = opening.files.iter().map(files::size_of).sum::<u64>() <= SMALL;
    let opening = Rc::new(opening);
    LAST.replace(Some(Rc::clone(&opening)));
    if is_small {
        return read_here(opening, act.clone());
    }
    act.emit(Action::Reading(Some(Progress { done: 0, trials: 1 })));
    let hear = {
        let (opening, act) = (Rc::clone(&opening), act.clone());
        move |reply| heard(reply, &opening, &act)
    };
    match read_files(&opening.files, &opening.options, hear) {
        Ok(running) => drop(UNDER_WAY.replace(Some(running))),
        Err(_) => read_here(opening, act.clone()),
    }
}

/// Ends the reading; nothing was changed by it.
pub(crate) fn cancel(act: &Act) {
    drop(UNDER_WAY.take());
    act.emit(Action::Reading(None));
}

fn read_here(opening: Rc<Opening>, act: Act) {
    spawn_local(async move {
        let given = files::given(&opening.files).await;
        import(given, &opening.options, &mut |reply| {
            if reply.is_last() {
                heard(reply, &opening, &act);
            }
        });
    });
}

fn heard(reply: Reply, opening: &Rc<Opening>, act: &Act) {
    if reply.is_last() {
        act.emit(Action::Reading(None));
    }
    match reply {
        Reply::Progress(progress) => act.emit(Action::Reading(Some(progress))),
        Reply::Refused(sentence) => act.emit(Action::Refuse(sentence)),
        Reply::Found(text) => {
            let imported = Imported::from_text(&text).unwrap_or_default();
            spawn_local(finish(imported, Rc::clone(opening), act.clone()));
        }
        Reply::Partial(_) | Reply::Done(_) => {}
    }
}

/// Opens what is no part of an estate as ever, and then the estate, which stays in view.
async fn finish(imported: Imported, opening: Rc<Opening>, act: Act) {
    let Imported { estate, sheet, others, mut refused, adds, renews, renewed } = imported;
    if adds {
        return add(&opening, renews, &act);
    }
    let dates = opening.options.dates;
    // A plan that was dropped with the estate was opened then.
    let others = others.iter().filter(|at| **at >= opening.earlier);
    let others: Vec<File> = others.filter_map(|at| opening.files.get(*at).cloned()).collect();
    let mut read = Vec::new();
    for (name, bytes) in files::given(&others).await {
        match bytes {
            Ok(bytes) => read.push((name, bytes)),
            Err(sentence) => refused.push(sentence),
        }
    }
    act.emit(Action::Dismiss);
    let mut not_read = Vec::new();
    if estate.is_some() {
        let opened = open_dated(read, dates);
        if let Some((name, content)) = opened.taken {
            act.emit(action(name, content));
        }
        not_read.extend(opened.refused);
        not_read.append(&mut refused);
    } else if !read.is_empty() {
        take_dated(read, dates, &act);
    }
    if let Some(sheet) = sheet {
        act.emit(Action::PutSheet(sheet));
    }
    if let Some((mut listing, file)) = estate {
        listing.not_read.extend(not_read);
        return open_estate(listing, file, opening.without(&renewed), act);
    }
    if !refused.is_empty() {
        act.emit(Action::Remark(refused.join(" ")));
    }
}

fn open_estate(listing: Listing, file: String, opening: Rc<Opening>, act: Act) {
    match Reading::new(&file) {
        Ok(begun) => read_in_slices(begun, move |read| {
            // What no portfolio takes is named in the listing; nothing else is broken in it.
            let portfolio = Rc::new(Portfolio { broken: Vec::new(), ..read });
            let is_added = opening.earlier > 0;
            let (told, kept, file) = (listing.told(is_added), Rc::from(listing.to_text()), Rc::from(file));
            ESTATES.with_borrow_mut(|all| {
                all.push((Rc::clone(&kept), opening));
                let old = all.len().saturating_sub(MOST_ESTATES);
                drop(all.drain(..old));
            });
            let estate = Estate { listing, portfolio, told, file, kept, is_added };
            act.emit(Action::Workspace(WorkspaceAct::OpenEstate(Box::new(estate))));
        }),
        Err(error) => act.emit(Action::Refuse(error.to_string())),
    }
}
