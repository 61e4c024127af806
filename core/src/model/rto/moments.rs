//! Moments of durations: those of independent steps add up.

use crate::stats::spread::Spread;
use crate::units::{Range, Secs};

/// Mean, variance and third central moment of a duration in seconds; those of independent steps add up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Moments {
    pub(super) mean: f64,
    pub(super) variance: f64,
    pub(super) third: f64,
}

impl Moments {
    /// Of a triangular distribution; a range without spread is a constant.
    pub(super) fn of(step: Range<Secs>) -> Self {
        // As distances from the low end: the squares of long durations with a small spread would cancel.
        let (low, mode, width) = from_low(step);
        let moments = Self::of_spread(&Spread::Triangular { low: 0.0, mode, high: width });
        Self { mean: low + moments.mean, ..moments }
    }

    pub(super) fn of_spread(spread: &Spread) -> Self {
        Self { mean: spread.mean(), variance: spread.variance(), third: spread.third_moment() }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { mean: self.mean + other.mean, variance: self.variance + other.variance, third: self.third + other.third }
    }
}

/// Low end, and mode and high end as distances from it; a range out of order is taken as far as it is in order.
pub(super) fn from_low(step: Range<Secs>) -> (f64, f64, f64) {
    let (low, width) = (step.low.as_secs(), (step.high - step.low).as_secs().max(0.0));
    (low, (step.mode - step.low).as_secs().max(0.0).min(width), width)
}
