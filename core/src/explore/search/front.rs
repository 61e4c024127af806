//! Cost against one objective: the front, what a target costs, what the next step up buys.

use super::WEIGHED;
use super::figures::{better, rank};
use super::pool::{Found, Pool};
use crate::decide::{Relaxed, Standing, Target, relaxed};
use crate::model::Topology;
use crate::model::verdict::{Figure, Objective};
use crate::plan::Objectives;
use crate::units::Money;

/// Designs that no other beats in cost and in one objective.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// The objective.
    pub objective: Objective,
    /// Its target; `None` where the plan sets none.
    pub target: Option<Figure>,
    /// Rising in cost, each with a better figure than the one before.
    pub points: Vec<Found>,
    /// The same of each topology alone, in the order of [`Topology::ALL`].
    pub of: [Vec<Found>; 3],
    /// They meet every other target but the budget; where no design does, all that stand free are there.
    pub others_met: bool,
}

/// What a target costs: what could be saved without it.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetCost {
    /// Which target.
    pub objective: Objective,
    /// The first looser target at which another design is the cheapest; `None` where the target costs nothing.
    pub step: Option<Saved>,
    /// Without the target at all.
    pub without: Option<Saved>,
}

/// Another design, and what it saves.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The target that it meets.
    pub to: Target,
    /// What it costs less.
    pub saves: Money,
    /// The design.
    pub design: Found,
}

/// What the next step up buys.
#[derive(Debug, Clone, PartialEq)]
pub struct StepUp {
    /// Which objective gets better.
    pub objective: Objective,
    /// By so much more a month.
    pub more: Money,
    /// The design.
    pub design: Found,
}

/// A step is worth a word where a figure gets better by more than this share.
const WORTH: f64 = 0.01;

/// The front of an objective.
pub(super) fn front(objective: Objective, pool: &Pool) -> Front {
    let others_met = |it: &&Found| it.unmet.iter().all(|unmet| [objective, Objective::Cost].contains(unmet));
    let mut all: Vec<&Found> = pool.ranked().filter(others_met).collect();
    let meets = !all.is_empty();
    if !meets {
        all = pool.ranked().collect();
    }
    all.sort_by(|a, b| (a.month.complete(), a.order()).cmp(&(b.month.complete(), b.order())));
    let of = |topology: Topology| {
        let own: Vec<&Found> = all.iter().copied().filter(|it| it.choice.topology == topology).collect();
        rising(objective, &own)
    };
    Front {
        objective,
        target: pool.target(objective),
        points: rising(objective, &all),
        of: Topology::ALL.map(of),
        others_met: meets,
    }
}

/// Of designs in the order of their cost those that are better than all cheaper ones.
fn rising(objective: Objective, all: &[&Found]) -> Vec<Found> {
    let mut points: Vec<Found> = Vec::new();
    for it in all.iter().filter(|it| it.figure(objective) != Figure::None) {
        let improves = |last: &Found| better(objective, it.figure(objective), last.figure(objective));
        if points.last().is_none_or(improves) {
            points.push((*it).clone());
        }
    }
    points
}

/// What each target of the plan costs, beside the budget.
pub(super) fn costs(objectives: &Objectives, winner: &Found, pool: &Pool) -> Vec<TargetCost> {
    let set = WEIGHED.into_iter().filter(|objective| pool.is_set(*objective));
    set.map(|objective| {
        let misses_it = |it: &&Found| it.unmet.as_slice() == [objective];
        let cheaper = |it: &&Found| it.month.complete() < winner.month.complete();
        let saved = |it: &Found| {
            let standing = Standing { figures: it.figures, unmet: it.unmet.clone(), free: it.free };
            let Relaxed { targets, .. } = relaxed(objectives, &standing)?;
            let (_, to) = targets.first().copied()?;
            let saves = winner.month.complete()? - it.month.complete()?;
            Some(Saved { to, saves, design: it.clone() })
        };
        let found: Vec<&Found> = pool.ranked().filter(misses_it).filter(cheaper).collect();
        let near = |it: &&&Found| rank(objective, it.figure(objective));
        let step = found
            .iter()
            .filter(|it| near(it).is_finite())
            .min_by(|a, b| near(a).total_cmp(&near(b)).then_with(|| a.order().cmp(&b.order())));
        let without = found.iter().min_by(|a, b| a.order().cmp(&b.order()));
        TargetCost { objective, step: step.and_then(|it| saved(it)), without: without.and_then(|it| saved(it)) }
    })
    .collect()
}

/// For each objective the cheapest design that meets every target and is better in it than the winner.
pub(super) fn steps(winner: &Found, pool: &Pool) -> Vec<StepUp> {
    let own = winner.month.complete();
    let step = |objective: Objective| {
        let now = rank(objective, winner.figure(objective));
        let enough = |it: &&Found| {
            let then = rank(objective, it.figure(objective));
            then < now && (!now.is_finite() || !then.is_finite() || now - then > WORTH * now.abs())
        };
        let design =
            pool.ranked().filter(|it| it.meets_all()).filter(enough).min_by(|a, b| a.order().cmp(&b.order()))?;
        Some(StepUp { objective, more: design.month.complete()? - own?, design: design.clone() })
    };
    WEIGHED.into_iter().filter_map(step).collect()
}
