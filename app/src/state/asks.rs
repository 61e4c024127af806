//! What the page has to tell about its storage, each until it is answered or no longer so.

use super::shelf::{Kind, Previous, Saved};
use dr_core::portfolio::Portfolio;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Something of an earlier visit that was set aside.
#[derive(Debug, Clone, PartialEq)]
pub struct Aside {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub name: String,
    /// The plan's name or what else tells it, where this release can read it; else the sentence that says why not.
    pub read: Result<String, String>,
}

/// Open questions.
#[derive(Debug, Clone, Default)]
pub struct Asks {
    /// Set aside: to download, open or discard.
    pub aside: Vec<Aside>,
    /// Not kept: the browser refuses.
    pub unsaved: BTreeSet<Kind>,
    /// Changed by another tab.
    pub theirs: BTreeSet<Kind>,
    /// The plans that others took the place of, the last one first.
    pub plans: Vec<Previous>,
    /// The portfolio that another took the place of, or that was put away.
    pub portfolio: Option<Rc<Portfolio>>,
    /// The estate that was read with it, as text.
    pub estate: Option<Rc<str>>,
}

impl Asks {
    /// Takes note of what became of a text that was to be kept.
    pub fn note(&mut self, kind: Kind, kept: Saved) {
        match kept {
            Saved::Yes => drop(self.unsaved.remove(&kind)),
            Saved::Refused => drop(self.unsaved.insert(kind)),
            Saved::Theirs(beside) => {
                self.theirs.insert(kind);
                self.note(kind, if beside { Saved::Yes } else { Saved::Refused });
            }
            Saved::Waits => {}
        }
    }
}

impl PartialEq for Asks {
    /// Plans and portfolios by identity.
    fn eq(&self, other: &Self) -> bool {
        let place = |asks: &Self| {
            let plans: Vec<_> = asks.plans.iter().map(|previous| Rc::as_ptr(&previous.plan)).collect();
            (plans, asks.portfolio.as_ref().map(Rc::as_ptr), asks.estate.as_ref().map(|it| it.as_ptr()))
        };
        (&self.aside, &self.unsaved, &self.theirs) == (&other.aside, &other.unsaved, &other.theirs)
            && place(self) == place(other)
    }
}
