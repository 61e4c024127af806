//! Work after a pause in the typing, in pieces, so that no key waits for it.

use crate::state::Session;
use dr_core::catalog::Catalog;
use dr_core::plan::Plan;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// What an answer was worked out from. Every change makes a new plan or catalogue, so they are compared by identity; held
/// here, their place is not given to another.
#[derive(Clone)]
pub(super) struct Basis {
    plan: Rc<Plan>,
    catalog: Rc<Catalog>,
}

impl Basis {
    pub(super) fn of(session: &Session) -> Self {
        Self { plan: Rc::clone(&session.plan), catalog: Rc::clone(&session.catalog) }
    }
}

impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && Rc::ptr_eq(&self.catalog, &other.catalog)
    }
}

/// Calls `step` after `pause` milliseconds and then after every drawing, until it says that it is done; what is returned
/// stops it.
pub(super) fn run(pause: u32, step: Box<dyn FnMut() -> bool>) -> impl FnOnce() {
    let stopped = Rc::new(Cell::new(false));
    next(pause, step, Rc::clone(&stopped));
    move || stopped.set(true)
}

fn next(pause: u32, mut step: Box<dyn FnMut() -> bool>, stopped: Rc<Cell<bool>>) {
    let timeout = Timeout::new(pause, move || {
        if !stopped.get() && !step() {
            next(0, step, stopped);
        }
    });
    timeout.forget();
}

/// Runs `step` like [`run`], once for every basis; another basis stops it.
#[hook]
pub(super) fn use_steps(basis: Basis, pause: u32, step: Box<dyn FnMut() -> bool>) {
    use_effect_with(basis, move |_| run(pause, step));
}

/// An answer that is worked out piece by piece.
pub(super) trait Pieces: Sized + 'static {
    /// What is known at first; `None` where there is nothing to work out.
    fn begun(session: &Session) -> Option<Self>;
    /// One piece more.
    fn further(&mut self, session: &Session);
    /// No piece is left.
    fn is_whole(&self) -> bool;
}

/// What is known of the session's plan so far, drawn again after each piece; `None` until the pause is over.
#[hook]
pub(super) fn use_pieces<T: Pieces>(session: &Rc<Session>, pause: u32) -> Rc<RefCell<Option<T>>> {
    let basis = Basis::of(session);
    let known = use_memo(basis.clone(), |_| RefCell::new(None::<T>));
    let redraw = use_force_update();
    let step = {
        let (known, session) = (Rc::clone(&known), Rc::clone(session));
        move || {
            let mut known = known.borrow_mut();
            match known.as_mut() {
                Some(known) => known.further(&session),
                None => *known = T::begun(&session),
            }
            if known.is_some() {
                redraw.force_update();
            }
            known.as_ref().is_none_or(T::is_whole)
        }
    };
    use_steps(basis, pause, Box::new(step));
    known
}

/// Every piece at once.
#[cfg(test)]
pub(super) fn whole<T: Pieces>(session: &Session) -> Option<T> {
    let mut known = T::begun(session)?;
    while !known.is_whole() {
        known.further(session);
    }
    Some(known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Action;
    use crate::testing::session_with;

    #[test]
    fn only_another_plan_or_catalogue_is_another_basis() {
        let first = Rc::new(session_with(|_| {}));
        let basis = Basis::of(&first);
        let told = Rc::clone(&first).reduce(Action::Tell("A word.".to_owned()));
        assert!(basis == Basis::of(&told));
        let edited = first.reduce(Action::edit("outage.acts", |plan| plan.outage.acts = !plan.outage.acts));
        assert!(basis != Basis::of(&edited));
        assert!(basis == Basis::of(&edited.reduce(Action::Undo)));
    }
}
