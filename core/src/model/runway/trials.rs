//! What the trials behind a deadline sample: the same for every design and month of a plan.

use super::deadline::{Coefficients, Spreads};
use std::cell::RefCell;
use std::rc::Rc;

/// The coefficients of the trials, sampled when they are first asked for; again where they are spread otherwise.
#[derive(Debug, Clone, Default)]
pub struct Trials(Rc<RefCell<Option<Sampled>>>);

/// How they are spread, and each trial's.
type Sampled = (Spreads, Rc<[Coefficients]>);

impl Trials {
    /// Those of these spreads.
    pub(super) fn of(&self, spreads: Spreads) -> Rc<[Coefficients]> {
        let mut kept = self.0.borrow_mut();
        if let Some((_, sampled)) = kept.as_ref().filter(|(of, _)| *of == spreads) {
            return Rc::clone(sampled);
        }
        let sampled: Rc<[Coefficients]> = spreads.sampled().into();
        *kept = Some((spreads, Rc::clone(&sampled)));
        sampled
    }
}
