//! What decides, what speaks against it most, and whether the prices can tell at all: data, which `report::why` words.

use super::choose::{Candidate, away, contenders};
use super::judge::{Measure, target};
use super::tipping_point::{distance, relax};
use super::{HoursOpen, PriceDoubt};
use crate::model::Topology;
use crate::model::verdict::{Figure, Objective};
use crate::plan::Objectives;
use crate::units::{Money, Secs};
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// A target is met narrowly where less than this share of it is left.
const NARROW: f64 = 0.2;

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

/// The strongest argument against the choice.
#[derive(Debug, Clone, PartialEq)]
pub enum Counter {
    /// A design that misses these targets, and nothing else stands in its way, costs less over the horizon; of several the one that misses
    /// the fewest.
    CheaperWithoutTargets {
        /// Which.
        other: Topology,
        /// By how much.
        by: Money,
        /// What it misses.
        misses: Vec<Objective>,
    },
    /// A design that meets every target costs less in a month, and more over the horizon.
    CheaperMonth {
        /// Which.
        other: Topology,
        /// By how much a month.
        by: Money,
    },
    /// The nearest misses this target, by the largest share of it.
    Missed {
        /// Which.
        objective: Objective,
        /// The share: |figure − target| ÷ target.
        by: f64,
    },
    /// Another design recovers sooner, for so much more a month.
    Quicker {
        /// Which.
        other: Topology,
        /// Its recovery time, P95.
        time: Secs,
        /// By how much a month.
        more: Money,
    },
    /// The choice meets this target narrowly.
    Narrow {
        /// Which.
        objective: Objective,
        /// What is left of it.
        spare: Figure,
    },
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

/// The target that the nearest misses by the largest share; `None` where it misses none that has a figure.
fn missed(objectives: &Objectives, nearest: &Candidate) -> Option<Counter> {
    let shares = nearest.unmet(objectives).filter_map(|measure| {
        let mut moved = objectives.clone();
        relax(&mut moved, measure.objective, measure.known())?;
        Some((measure.objective, distance(objectives, &moved)))
    });
    let (objective, by) = shares.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Counter::Missed { objective, by })
}

/// What speaks against it most; `None` where nothing does.
pub(super) fn counter(objectives: &Objectives, choice: &Candidate, candidates: &[Candidate]) -> Option<Counter> {
    let others = || candidates.iter().filter(|it| it.topology() != choice.topology() && it.free());
    let own = choice.over();
    let missing = others().filter_map(|it| {
        let misses: Vec<Objective> = it.unmet(objectives).map(|measure| measure.objective).collect();
        let comparable = it.over().whole && own.whole && !misses.is_empty();
        let by = own.total().complete()? - it.over().total().complete().filter(|_| comparable)?;
        (by > Money::ZERO).then_some((by, it.topology(), misses))
    });
    if let Some((by, other, misses)) = missing.max_by_key(|(by, _, misses)| (Reverse(misses.len()), *by)) {
        return Some(Counter::CheaperWithoutTargets { other, by, misses });
    }
    if choice.unmet(objectives).next().is_some() {
        return missed(objectives, choice);
    }
    let month = others().filter(|it| it.unmet(objectives).next().is_none()).filter_map(|it| {
        let by = choice.complete()? - it.complete()?;
        (by > Money::ZERO).then_some((by, it.topology()))
    });
    if let Some((by, other)) = month.max() {
        return Some(Counter::CheaperMonth { other, by });
    }
    let spare = choice.measures.iter().filter_map(|measure| spare(objectives, measure));
    let narrow = spare.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(share, ..)| *share < NARROW);
    match narrow {
        Some((_, objective, left)) => Some(Counter::Narrow { objective, spare: left }),
        None => quicker(choice, candidates),
    }
}

/// The design that recovers sooner for the least more a month; nothing else speaks against the choice.
fn quicker(choice: &Candidate, candidates: &[Candidate]) -> Option<Counter> {
    let recovers = |it: &Candidate| match it.measures[2].figure {
        Figure::Time(time) => Some(time),
        _ => None,
    };
    let own = recovers(choice)?;
    let others = candidates.iter().filter(|it| it.topology() != choice.topology() && it.free());
    let sooner = others.filter_map(|it| {
        let (time, more) = (recovers(it)?, it.complete()? - choice.complete()?);
        (time < own && more > Money::ZERO).then_some((more, it.topology(), time))
    });
    let (more, other, time) = sooner.min_by_key(|it| (it.0, it.1))?;
    Some(Counter::Quicker { other, time, more })
}

/// The share of a target that is left, and what that is.
fn spare(objectives: &Objectives, measure: &Measure) -> Option<(f64, Objective, Figure)> {
    let (share, left) = match (measure.figure, target(objectives, measure.objective)?) {
        (Figure::Money(amount), Figure::Money(most)) => {
            let left = most - amount;
            (left.as_f64_for_charts() / most.as_f64_for_charts(), Figure::Money(left))
        }
        (Figure::Time(time), Figure::Time(bound)) => {
            let left = if measure.objective == Objective::Runway { time - bound } else { bound - time };
            (left.max(Secs::ZERO) / bound, Figure::Time(left))
        }
        _ => return None,
    };
    share.is_finite().then_some((share, measure.objective, left))
}
