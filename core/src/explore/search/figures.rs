//! The objectives that are weighed, and which of two figures of one is the better.

use crate::model::verdict::{Figure, Objective};

/// Objectives that are weighed against cost.
pub const WEIGHED: [Objective; 4] = [Objective::Rpo, Objective::Rto, Objective::Runway, Objective::Latency];

/// A figure as a number that falls as it gets better: a time, for the runway its negative; −∞ for one that never ends, +∞ where there
/// is none.
#[must_use]
pub fn rank(objective: Objective, figure: Figure) -> f64 {
    match figure {
        Figure::Unlimited => f64::NEG_INFINITY,
        Figure::Time(time) if objective == Objective::Runway => -time.as_secs(),
        Figure::Time(time) => time.as_secs(),
        Figure::Money(amount) | Figure::AtLeast(amount) => amount.as_f64_for_charts(),
        Figure::None => f64::INFINITY,
    }
}

/// True where the first is better than the second.
#[must_use]
pub fn better(objective: Objective, one: Figure, other: Figure) -> bool {
    rank(objective, one) < rank(objective, other)
}

/// The figure of an objective among the five.
pub(super) fn figure(figures: &[Figure; 5], objective: Objective) -> Figure {
    let [cost, rpo, rto, runway, latency] = *figures;
    match objective {
        Objective::Cost => cost,
        Objective::Rpo => rpo,
        Objective::Rto => rto,
        Objective::Runway => runway,
        Objective::Latency => latency,
    }
}
