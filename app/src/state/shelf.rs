//! The names under which this page's things are kept, and the rules of writing them: what cannot be read is set aside and never
//! overwritten, what another tab has written since is not overwritten unasked, a refused write leaves what was there.

use super::store::Store;
use dr_core::codec;
use dr_core::plan::Plan;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What is kept for the next visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The plan in view.
    Plan,
    /// The prices of the opened sheet.
    Prices,
    /// The open portfolio.
    Portfolio,
    /// What was read of Azure.
    Estate,
    /// Theme, mode and tab.
    View,
    /// What was done in a failover.
    Night,
}

impl Kind {
    /// In the order in which they are read.
    pub const ALL: [Self; 6] = [Self::Plan, Self::Prices, Self::Portfolio, Self::Estate, Self::View, Self::Night];

    /// The last part of the name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Prices => "prices",
            Self::Portfolio => "portfolio",
            Self::Estate => "estate",
            Self::View => "view",
            Self::Night => "night",
        }
    }

    /// A person's work: another tab's is not overwritten unasked.
    const fn is_work(self) -> bool {
        matches!(self, Self::Plan | Self::Portfolio)
    }
}

/// What became of a text that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It stands there.
    Yes,
    /// The browser refused it, or something that cannot be moved is in its place; what was there stands.
    Refused,
    /// Another tab has written since; theirs stands until the person chooses. True where this tab's is kept beside it meanwhile.
    Theirs(bool),
    /// Not asked for: nothing was written.
    Waits,
}

/// Names of all pages of this kind begin so; `public/rescue.js` writes the same names.
const PREFIX: &str = "redis-dr-planner";
/// Plans that others took the place of take at most so much of the browser's five million characters. None is dropped to make room.
const MOST_PREVIOUS: usize = 1_000_000;

/// A plan that another took the place of.
#[derive(Debug, Clone, PartialEq)]
pub struct Previous {
    /// When, "2026-11-28T18:02" by the browser's clock; empty where that was not noted.
    pub at: String,
    /// The plan.
    pub plan: Rc<Plan>,
}

/// The plan of a line of those before; the time stands before it since this release.
fn fragment(line: &str) -> &str {
    line.rsplit(' ').next().unwrap_or(line)
}

/// The storage of one deployment.
pub struct Shelf {
    store: Box<dyn Store>,
    /// Folder of the page, `/teams/dr/`: two deployments on one origin keep their own.
    folder: String,
    /// What this tab has read or written last.
    known: RefCell<BTreeMap<Kind, String>>,
    theirs: RefCell<BTreeSet<Kind>>,
    /// Could not be moved to a name of its own, so nothing may be written there.
    stuck: RefCell<BTreeSet<Kind>>,
    /// Name and text of this tab's work while another's stands in its place.
    beside: RefCell<BTreeMap<Kind, (String, String)>>,
    /// The plan is that of the link in the address, and unchanged: it needs no other place.
    pub guest: Cell<bool>,
}

/// The page's shelf, as a context.
#[derive(Clone)]
pub struct Keeper(pub Rc<Shelf>);

impl PartialEq for Keeper {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Shelf {
    /// The shelf of the page at a path of the origin.
    #[must_use]
    pub fn new(store: impl Store + 'static, path: &str) -> Self {
        let folder = path.rfind('/').map_or("/", |end| &path[..=end]).to_owned();
        Self {
            store: Box::new(store),
            folder,
            known: RefCell::default(),
            theirs: RefCell::default(),
            stuck: RefCell::default(),
            beside: RefCell::default(),
            guest: Cell::new(false),
        }
    }

    fn key(&self, key: &str) -> String {
        format!("{PREFIX}:{}:{key}", self.folder)
    }

    /// The name of a kind.
    #[must_use]
    pub fn name(&self, kind: Kind) -> String {
        self.key(kind.key())
    }

    /// Copies what an earlier release kept for all deployments of the origin, once; the old texts stay for that release.
    pub fn take_over(&self) {
        let done = self.key("taken-over");
        if self.store.get(&done).is_some() {
            return;
        }
        let copied = Kind::ALL.map(|kind| match self.store.get(&format!("{PREFIX}.{}", kind.key())) {
            Some(old) if self.store.get(&self.name(kind)).is_none() => self.store.set(&self.name(kind), &old),
            _ => true,
        });
        if copied.iter().all(|copied| *copied) {
            self.store.set(&done, "1");
        }
    }

    /// Reads what is kept; what the reader refuses is set aside under a name of its own.
    pub fn read<T>(&self, kind: Kind, reader: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.store.get(&self.name(kind))?;
        if let Ok(read) = reader(&text) {
            self.known.borrow_mut().insert(kind, text);
            return Some(read);
        }
        if !self.set_aside(kind, &text) {
            self.stuck.borrow_mut().insert(kind);
        }
        None
    }

    /// Moves a text to the first free name; false where there is no room for that, and it stays where it was.
    fn set_aside(&self, kind: Kind, text: &str) -> bool {
        let from = self.name(kind);
        let Some(to) = self.place_aside(kind, text) else { return false };
        // Where both have no room, the first makes it.
        let moved = self.store.set(&to, text) || {
            self.store.remove(&from);
            self.store.set(&to, text)
        };
        if moved {
            self.store.remove(&from);
        } else {
            self.store.set(&from, text);
        }
        moved
    }

    /// The first name for what is set aside that is free, or holds this text already.
    fn place_aside(&self, kind: Kind, text: &str) -> Option<String> {
        let place = |number: usize| format!("{}.unread-{number}", self.name(kind));
        let same_or_free = |name: &String| self.store.get(name).is_none_or(|there| there == text);
        (1..1_000).map(place).find(same_or_free)
    }

    /// Kind, name and text of everything that was set aside, or stands where it cannot be moved.
    #[must_use]
    pub fn aside(&self) -> Vec<(Kind, String, String)> {
        let names = self.store.names();
        let of = |kind: Kind| {
            let own = self.name(kind);
            let start = format!("{own}.unread-");
            let stuck = self.stuck.borrow().contains(&kind);
            names
                .iter()
                .filter(move |name| name.starts_with(&start) || (stuck && **name == own))
                .map(move |it| (kind, it))
        };
        let all = Kind::ALL.into_iter().flat_map(of);
        let text = |(kind, name): (Kind, &String)| Some((kind, name.clone(), self.store.get(name)?));
        // A copy of what is open is nothing to come back to.
        let is_other = |(kind, name, text): &(Kind, String, String)| {
            let own = self.name(*kind);
            *name == own || self.store.get(&own).as_ref() != Some(text)
        };
        all.filter_map(text).filter(is_other).collect()
    }

    /// The text under a name that [`Self::aside`] gave.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.store.get(name)
    }

    /// Takes out what was set aside.
    pub fn discard(&self, name: &str) {
        self.store.remove(name);
        self.stuck.borrow_mut().retain(|kind| self.name(*kind) != name);
    }

    /// Keeps a text, or takes out what was kept. A refused write deletes nothing.
    pub fn keep(&self, kind: Kind, text: Option<&str>) -> Saved {
        if self.stuck.borrow().contains(&kind) {
            return if text.is_some() { Saved::Refused } else { Saved::Waits };
        }
        if self.theirs.borrow().contains(&kind) {
            return Saved::Theirs(self.save_beside(kind, text));
        }
        if text.is_none() && !self.known.borrow().contains_key(&kind) {
            // Nothing of this tab's stands there: there is nothing to take out.
            return Saved::Yes;
        }
        let name = self.name(kind);
        let there = self.store.get(&name);
        if there.as_deref() != text {
            // Events of other tabs may come late, or not at all in a tab that sleeps: what is there decides.
            if kind.is_work() && there.is_some() && there.as_ref() != self.known.borrow().get(&kind) {
                self.theirs.borrow_mut().insert(kind);
                return Saved::Theirs(self.save_beside(kind, text));
            }
            match text {
                Some(text) if !self.store.set(&name, text) => return Saved::Refused,
                Some(_) => {}
                None => self.store.remove(&name),
            }
        }
        let mut known = self.known.borrow_mut();
        match text {
            Some(text) => drop(known.insert(kind, text.to_owned())),
            None => drop(known.remove(&kind)),
        }
        Saved::Yes
    }

    /// Keeps this tab's work under a name of its own while another's stands in its place; a later visit offers it. False where the
    /// browser refuses; what was kept there before stays then.
    fn save_beside(&self, kind: Kind, text: Option<&str>) -> bool {
        let Some(text) = text else {
            self.drop_beside(kind);
            return true;
        };
        let own = self.beside.borrow().get(&kind).cloned();
        // Another tab may have taken the text out, and put its own there.
        let own = own.filter(|(name, before)| self.store.get(name).as_ref() == Some(before)).map(|(name, _)| name);
        let Some(name) = own.or_else(|| self.place_aside(kind, text)) else { return false };
        let kept = self.store.set(&name, text);
        if kept {
            self.beside.borrow_mut().insert(kind, (name, text.to_owned()));
        }
        kept
    }

    /// Takes out what was kept beside another tab's: it stands in its own place now, or among those before.
    pub fn drop_beside(&self, kind: Kind) {
        if let Some((name, text)) = self.beside.borrow_mut().remove(&kind)
            && self.store.get(&name).as_ref() == Some(&text)
        {
            self.store.remove(&name);
        }
    }

    /// True where this tab has read or written exactly this text last.
    pub(super) fn knows(&self, kind: Kind, text: &str) -> bool {
        self.known.borrow().get(&kind).is_some_and(|known| known == text)
    }

    /// Another tab has written; true when it is other work than this tab knows, and the person has to choose.
    pub fn heard(&self, kind: Kind) -> bool {
        let Some(there) = self.store.get(&self.name(kind)) else {
            self.theirs.borrow_mut().remove(&kind);
            return false;
        };
        let known = self.known.borrow().get(&kind).cloned();
        // A tab that shows a link, or no portfolio, has nothing that the other's would take the place of.
        let nothing = if kind == Kind::Plan { self.guest.get() } else { known.is_none() };
        let other = kind.is_work() && !nothing && known.as_ref() != Some(&there);
        if other {
            self.theirs.borrow_mut().insert(kind);
        } else {
            self.theirs.borrow_mut().remove(&kind);
        }
        other
    }

    /// The person chose: what stands there is known now and may be overwritten. Gives it.
    pub fn chosen(&self, kind: Kind) -> Option<String> {
        self.theirs.borrow_mut().remove(&kind);
        let there = self.store.get(&self.name(kind));
        if let Some(there) = &there {
            self.known.borrow_mut().insert(kind, there.clone());
        }
        there
    }

    /// Keeps a plan that another took the place of at this time, until it is brought back or let go. False where there is no room:
    /// those before stay.
    pub fn push_previous(&self, plan: &Plan, at: &str) -> bool {
        let own = codec::to_fragment(plan);
        let line = if at.is_empty() { own.clone() } else { format!("{at} {own}") };
        let before = self.store.get(&self.key("previous")).unwrap_or_default();
        let lines: Vec<&str> = before.lines().filter(|before| fragment(before) != own).chain([line.as_str()]).collect();
        let text = lines.join("\n");
        text.len() <= MOST_PREVIOUS && self.store.set(&self.key("previous"), &text)
    }

    /// The plans that others took the place of, the last one first; lines of a newer release stay unread.
    #[must_use]
    pub fn previous(&self) -> Vec<Previous> {
        let lines = self.store.get(&self.key("previous")).unwrap_or_default();
        let read = |line: &str| {
            let at = line.rsplit_once(' ').map_or("", |(at, _)| at).to_owned();
            codec::from_fragment(fragment(line)).ok().map(|plan| Previous { at, plan: Rc::new(plan) })
        };
        lines.lines().rev().filter_map(read).collect()
    }

    /// Takes a plan out of those before.
    pub fn forget_previous(&self, plan: &Plan) {
        let (name, line) = (self.key("previous"), codec::to_fragment(plan));
        let Some(before) = self.store.get(&name) else { return };
        let left: Vec<&str> = before.lines().filter(|before| fragment(before) != line).collect();
        if left.is_empty() {
            self.store.remove(&name);
        } else {
            self.store.set(&name, &left.join("\n"));
        }
    }

    /// Keeps the portfolio that another took the place of; the one before it is set aside. False where the browser refuses: that one
    /// stays then.
    pub fn push_previous_portfolio(&self, text: &str) -> bool {
        if let Some(older) = self.previous_portfolio().filter(|older| older != text) {
            let aside = self.place_aside(Kind::Portfolio, &older);
            if !aside.is_some_and(|name| self.store.set(&name, &older)) {
                return false;
            }
        }
        self.store.set(&self.key("portfolio.previous"), text)
    }

    /// Keeps the estate that was read with that portfolio, or forgets the one that was kept; false where the browser refuses.
    pub fn keep_previous_estate(&self, text: Option<&str>) -> bool {
        let key = self.key("estate.previous");
        text.map_or_else(
            || {
                self.store.remove(&key);
                true
            },
            |text| self.store.set(&key, text),
        )
    }

    /// As [`Self::keep_previous_estate`] kept it.
    #[must_use]
    pub fn previous_estate(&self) -> Option<String> {
        self.store.get(&self.key("estate.previous"))
    }

    /// As [`Self::push_previous_portfolio`] kept it.
    #[must_use]
    pub fn previous_portfolio(&self) -> Option<String> {
        self.store.get(&self.key("portfolio.previous"))
    }

    /// Takes it out.
    pub fn forget_previous_portfolio(&self) {
        self.store.remove(&self.key("portfolio.previous"));
    }
}
