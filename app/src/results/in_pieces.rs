//! Work after a pause in the typing, in pieces, so that no key waits for it.

use crate::state::Session;
use dr_core::catalog::Catalog;
use dr_core::model::Topology;
use dr_core::plan::Plan;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// What an answer was worked out from. Every change makes a new plan or catalogue, so they are compared by identity; held
/// here, their place is not given to another.
#[derive(Clone)]
pub(super) struct Basis {
    plan: Rc<Plan>,
    catalog: Rc<Catalog>,
    design: Option<Topology>,
}

impl Basis {
    pub(super) fn of(session: &Session) -> Self {
        Self { plan: Rc::clone(&session.plan), catalog: Rc::clone(&session.catalog), design: None }
    }
}

impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && Rc::ptr_eq(&self.catalog, &other.catalog) && self.design == other.design
    }
}

/// Runs `step` once for each key, `wait` milliseconds after the drawing; another key before that stops it.
#[hook]
pub(super) fn use_after(key: (Basis, u32), wait: Option<u32>, step: Box<dyn FnOnce()>) {
    use_effect_with(key, move |_| {
        let timeout = wait.map(|wait| Timeout::new(wait, step));
        move || drop(timeout)
    });
}

/// An answer that is worked out piece by piece.
pub(super) trait Pieces: Sized + 'static {
    /// What is known at first, of one design if it is asked for; `None` where there is nothing to work out.
    fn begun(session: &Session, design: Option<Topology>) -> Option<Self>;
    /// One piece more.
    fn further(&mut self, session: &Session);
    /// No piece is left.
    fn is_whole(&self) -> bool;
}

/// What is known of the session's plan so far, drawn again after each piece; `None` until the pause is over. Another `design`
/// begins anew.
#[hook]
pub(super) fn use_pieces<T: Pieces>(
    session: &Rc<Session>,
    design: Option<Topology>,
    pause: u32,
) -> Rc<RefCell<Option<T>>> {
    let basis = Basis { design, ..Basis::of(session) };
    let known = use_memo(basis.clone(), |_| RefCell::new(None::<T>));
    let drawn = use_state(|| 0_u32);
    let wait = match &*known.borrow() {
        None => Some(pause),
        Some(known) => (!known.is_whole()).then_some(0),
    };
    let key = (basis, *drawn);
    let step = {
        let (known, session) = (Rc::clone(&known), Rc::clone(session));
        move || {
            advance(&mut known.borrow_mut(), &session, design);
            if known.borrow().is_some() {
                drawn.set(*drawn + 1);
            }
        }
    };
    use_after(key, wait, Box::new(step));
    known
}

fn advance<T: Pieces>(known: &mut Option<T>, session: &Session, design: Option<Topology>) {
    match known {
        Some(known) => known.further(session),
        None => *known = T::begun(session, design),
    }
}

/// Every piece at once.
#[cfg(test)]
pub(super) fn whole<T: Pieces>(session: &Session) -> Option<T> {
    let mut known = T::begun(session, None);
    while known.as_ref().is_some_and(|known| !known.is_whole()) {
        advance(&mut known, session, None);
    }
    known
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
        assert!(basis != Basis { design: Some(Topology::Passive), ..basis.clone() });
    }
}
