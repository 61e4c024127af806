//! The session as it is now, for what begins outside of any view: files that are dropped.

use super::Session;
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    static LATEST: RefCell<Option<Rc<Session>>> = const { RefCell::new(None) };
}

/// Takes note of the session that views are drawn with.
pub(super) fn note(session: &Rc<Session>) {
    LATEST.replace(Some(Rc::clone(session)));
}

/// The session; nothing before the page has one.
pub(crate) fn latest() -> Option<Rc<Session>> {
    LATEST.with_borrow(Clone::clone)
}
