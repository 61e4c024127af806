//! What decides, and whether the prices can tell at all: data, which `report::why` words.

use super::choose::{Candidate, away, contenders};
use super::{HoursOpen, PriceDoubt};
use crate::model::Topology;
use crate::plan::Objectives;
use crate::units::Money;
use rust_decimal::Decimal;

/// What decides for the choice, or for the nearest to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// No other design meets every target without an obstacle.
    Alone,
    /// It costs so much less over the horizon than the next that meets every target.
    Cheapest {
        /// The next.
        next: Topology,
        /// The difference.
        by: Money,
    },
    /// The same, but the bands of estimated prices reach beyond the difference.
    TooClose {
        /// The next.
        next: Topology,
        /// The difference.
        by: Money,
    },
    /// It costs so much less without the hours of people that have no rate, and at a plausible one the next is the cheaper.
    WithoutHours {
        /// The next.
        next: Topology,
        /// The difference without them.
        by: Money,
        /// How many hours more than the next it takes.
        hours: Decimal,
        /// The rate from which on the next costs less.
        turns_at: Money,
    },
    /// At an end of a range, or of the bands of its prices, another one is the choice, or none.
    Turns {
        /// The other.
        to: Option<Topology>,
        /// The next that meets every target, and how much more it costs over the horizon; `None` where there is none.
        next: Option<(Topology, Money)>,
    },
    /// None meets every target, and this one is the nearest to them.
    Nearest {
        /// How far: `Σ |new − old| ÷ old` of its targets, and 1 for each obstacle that no target moves.
        away: f64,
        /// The next, and how far that is; `None` where no other is possible.
        next: Option<(Topology, f64)>,
    },
}

impl Reason {
    /// It does not decide: the choice is too close to call.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::TooClose { .. } | Self::WithoutHours { .. } | Self::Turns { .. })
    }
}

/// What decides; `None` where a price is missing, so that nothing does.
pub(super) fn reason(
    objectives: &Objectives,
    choice: &Candidate,
    candidates: &[Candidate],
    doubts: &[PriceDoubt],
    hours: Option<&HoursOpen>,
) -> Option<Reason> {
    let others = contenders(objectives, candidates).into_iter().filter(|it| it.topology() != choice.topology());
    let others: Vec<&Candidate> = others.collect();
    if others.is_empty() {
        // Nothing is nearer than a price: another design comes in, or the choice misses the budget, inside the bands.
        return Some(doubts.first().map_or(Reason::Alone, |doubt| match doubt {
            PriceDoubt::OtherCheaper { other, .. } => Reason::Turns { to: Some(*other), next: None },
            PriceDoubt::Budget { .. } => Reason::Turns { to: None, next: None },
        }));
    }
    let own = choice.over().total().complete()?;
    let costs = others.iter().filter(|it| it.over().whole == choice.over().whole);
    let costs = costs.filter_map(|it| Some((it.over().total().complete()?, it.topology())));
    let Some((cost, next)) = costs.min() else { return Some(Reason::Alone) };
    let by = cost - own;
    let open = doubts.iter().any(|doubt| matches!(doubt, PriceDoubt::OtherCheaper { .. }));
    let close = open || by == Money::ZERO;
    if close {
        return Some(Reason::TooClose { next, by });
    }
    if doubts.iter().any(|doubt| matches!(doubt, PriceDoubt::Budget { .. })) {
        return Some(Reason::Turns { to: None, next: Some((next, by)) });
    }
    let turning = hours.filter(|hours| hours.open);
    let Some((hours, turns_at)) = turning.and_then(|hours| Some((hours, hours.turns_at?))) else {
        return Some(Reason::Cheapest { next, by });
    };
    // The hours may turn it to another than the next.
    let rival = others.iter().find(|it| it.topology() == hours.than)?;
    let by = rival.over().total().complete()? - own;
    Some(Reason::WithoutHours { next: hours.than, by, hours: hours.hours, turns_at })
}

/// Why it is the nearest, where none meets every target.
pub(super) fn nearest(objectives: &Objectives, nearest: &Candidate, candidates: &[Candidate]) -> Reason {
    let others = candidates.iter().filter(|it| it.topology() != nearest.topology() && it.answer.design.possible);
    let next = others.map(|it| (it.topology(), away(objectives, it))).min_by(|a, b| a.1.total_cmp(&b.1));
    Reason::Nearest { away: away(objectives, nearest), next }
}
