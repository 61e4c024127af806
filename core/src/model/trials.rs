//! What the trials behind a deadline sample (M-07): the same for every design and month of a plan.

use crate::plan::Plan;
use crate::stats::lattice::Lattice;
use crate::stats::sample::SEED;
use crate::stats::spread::Spread;
use crate::units::{Bytes, OpsPerSec, Range};
use std::cell::RefCell;
use std::rc::Rc;

/// Trials that stand behind one deadline: the first of the Outage tab's ten thousand. A law holds the two within 3 %.
pub const TRIALS: u32 = 1_024;
/// Uncertain inputs of one outage (M-07, bands); the coefficients of [`Coefficients`] are the first of them.
pub const INPUTS: usize = 9;
/// How many of the inputs are coefficients of memory.
pub const COEFFICIENTS: usize = 4;
/// The coefficients of a survivor's memory: κ, and the bytes kept for a delete, an element and an overwrite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficients {
    /// κ: CRDT size over plain size, at least 1.
    pub factor: f64,
    /// Kept for a deleted or expired key, beyond the key.
    pub delete: Bytes,
    /// Kept for a removed element.
    pub element: Bytes,
    /// Kept for an overwrite.
    pub overwrite: Bytes,
}

/// How the coefficients are spread: triangles over the plan's ranges, independent of each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Spreads([Spread; COEFFICIENTS]);

impl Spreads {
    /// Those of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let assumed = &plan.assumptions;
        let plain = |range: Range<f64>| Spread::triangular(range.low, range.mode, range.high);
        let bytes = |range: Range<Bytes>| plain(range.map(Bytes::as_bytes));
        Self([
            plain(assumed.crdt_factor),
            bytes(assumed.kept_per_delete),
            bytes(assumed.kept_per_element),
            bytes(assumed.kept_per_overwrite),
        ])
    }

    /// The coefficients of one trial, from the first figures of its point.
    #[must_use]
    pub fn at(&self, point: &[f64]) -> Coefficients {
        let mut sampled = [0.0; COEFFICIENTS];
        for ((value, spread), uniform) in sampled.iter_mut().zip(&self.0).zip(point) {
            *value = spread.at(*uniform);
        }
        let [factor, delete, element, overwrite] = sampled;
        let [delete, element, overwrite] = [delete, element, overwrite].map(Bytes::bytes);
        Coefficients { factor: factor.max(1.0), delete, element, overwrite }
    }

    /// Nothing is sampled for changes that the load does not have: most plans have no element removals. The rates are those of removals, element
    /// removals and overwrites.
    #[must_use]
    pub(super) fn that_matter(self, rates: [OpsPerSec; 3]) -> Self {
        let Self([factor, kept @ ..]) = self;
        let [delete, element, overwrite] = kept;
        let kept = |spread, rate: OpsPerSec| if rate > OpsPerSec::ZERO { spread } else { Spread::Exactly(0.0) };
        let [removals, elements, overwrites] = rates;
        Self([factor, kept(delete, removals), kept(element, elements), kept(overwrite, overwrites)])
    }

    /// Nothing is uncertain.
    pub(super) fn certain(&self) -> bool {
        self.0.iter().all(|spread| matches!(spread, Spread::Exactly(_)))
    }

    /// The coefficients of each of [`TRIALS`].
    fn sampled(&self) -> Vec<Coefficients> {
        let lattice = Lattice::new(SEED, INPUTS);
        // The first figures of a point do not depend on how many are asked for.
        let mut point = [0.0; COEFFICIENTS];
        let at = |trial| {
            lattice.point(trial, &mut point);
            self.at(&point)
        };
        (0..TRIALS).map(at).collect()
    }
}

/// The coefficients of the trials, sampled when they are first asked for; again where they are spread otherwise.
#[derive(Debug, Clone, Default)]
pub struct Trials(Rc<RefCell<Option<Sampled>>>);

/// How they are spread, and each trial's.
type Sampled = (Spreads, Rc<Vec<Coefficients>>);

impl Trials {
    /// Those of these spreads.
    pub(super) fn of(&self, spreads: Spreads) -> Rc<Vec<Coefficients>> {
        let mut kept = self.0.borrow_mut();
        if let Some((_, sampled)) = kept.as_ref().filter(|(of, _)| *of == spreads) {
            return Rc::clone(sampled);
        }
        let sampled = Rc::new(spreads.sampled());
        *kept = Some((spreads, Rc::clone(&sampled)));
        sampled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of two plans in turn, each has its own: a range of the second is narrower.
    #[test]
    fn other_spreads_are_sampled_again() {
        let (trials, mut known) = (Trials::default(), Plan::default());
        let most = known.assumptions.crdt_factor.mode;
        let own = trials.of(Spreads::of(&known));
        known.assumptions.crdt_factor = Range { low: most, mode: most, high: most };
        let then = trials.of(Spreads::of(&known));
        assert_eq!([own.len(), then.len()], [TRIALS as usize; 2]);
        assert!(own.iter().any(|it| it.factor > most) && then.iter().all(|it| it.factor == most));
        assert_eq!(trials.of(Spreads::of(&Plan::default())), own);
    }
}
