//! Files of any mixture that a person opens together: sorted here where they are small, else in a worker.

use super::{action, read_in_slices, take};
use crate::files;
use crate::state::{Act, Action, Estate, WorkspaceAct};
use crate::worker::{Running, read_files};
use dr_core::estate::too_many_bytes;
use dr_core::import::open::open;
use dr_core::jobs::Reply;
use dr_core::portfolio::{Portfolio, Reading};
use dr_core::report::estate::{Imported, Listing, import};
use dr_core::stats::sample::Progress;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

/// So many bytes are read sooner than a worker starts.
const SMALL: u64 = 400_000;

thread_local! {
    static UNDER_WAY: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// Opens files; the plan and the portfolio stay until all of them are read.
pub(crate) fn open_chosen(chosen: Vec<File>, act: &Act) {
    let size = chosen.iter().map(files::size_of).sum();
    if let Some(reason) = too_many_bytes(size) {
        return act.emit(Action::Refuse(reason));
    }
    let chosen = Rc::new(chosen);
    if size <= SMALL {
        return read_here(chosen, act.clone());
    }
    act.emit(Action::Reading(Some(Progress { done: 0, trials: 1 })));
    let hear = {
        let (chosen, act) = (Rc::clone(&chosen), act.clone());
        move |reply| heard(reply, &chosen, &act)
    };
    match read_files(&chosen, hear) {
        Ok(running) => drop(UNDER_WAY.replace(Some(running))),
        Err(_) => read_here(chosen, act.clone()),
    }
}

/// Ends the reading; nothing was changed by it.
pub(crate) fn cancel(act: &Act) {
    drop(UNDER_WAY.take());
    act.emit(Action::Reading(None));
}

fn read_here(chosen: Rc<Vec<File>>, act: Act) {
    spawn_local(async move {
        let given = files::given(&chosen).await;
        import(given, &mut |reply| {
            if reply.is_last() {
                heard(reply, &chosen, &act);
            }
        });
    });
}

fn heard(reply: Reply, chosen: &Rc<Vec<File>>, act: &Act) {
    if reply.is_last() {
        act.emit(Action::Reading(None));
    }
    match reply {
        Reply::Progress(progress) => act.emit(Action::Reading(Some(progress))),
        Reply::Refused(sentence) => act.emit(Action::Refuse(sentence)),
        Reply::Found(text) => {
            let imported = Imported::from_text(&text).unwrap_or_default();
            spawn_local(finish(imported, Rc::clone(chosen), act.clone()));
        }
        Reply::Partial(_) | Reply::Done(_) => {}
    }
}

/// Opens what is no part of an estate as ever, and then the estate, which stays in view.
async fn finish(imported: Imported, chosen: Rc<Vec<File>>, act: Act) {
    let Imported { estate, others, mut refused } = imported;
    let others: Vec<File> = others.iter().filter_map(|at| chosen.get(*at).cloned()).collect();
    let mut read = Vec::new();
    for (name, bytes) in files::given(&others).await {
        match bytes {
            Ok(bytes) => read.push((name, bytes)),
            Err(sentence) => refused.push(sentence),
        }
    }
    if let Some((mut listing, text)) = estate {
        act.emit(Action::Dismiss);
        let opened = open(read);
        if let Some((name, content)) = opened.taken {
            act.emit(action(name, content));
        }
        listing.not_read.extend(opened.refused.into_iter().chain(refused));
        return open_estate(listing, &text, act);
    }
    if !read.is_empty() {
        take(read, &act);
    }
    if !refused.is_empty() {
        act.emit(Action::Remark(refused.join(" ")));
    }
}

fn open_estate(listing: Listing, text: &str, act: Act) {
    match Reading::new(text) {
        Ok(begun) => read_in_slices(begun, move |read| {
            // What no portfolio takes is named in the listing; nothing else is broken in it.
            let portfolio = Rc::new(Portfolio { broken: Vec::new(), ..read });
            let told = listing.told();
            act.emit(Action::Workspace(WorkspaceAct::OpenEstate(Box::new(Estate { listing, portfolio, told }))));
        }),
        Err(error) => act.emit(Action::Refuse(error.to_string())),
    }
}
