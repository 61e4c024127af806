//! Cost against one objective: the front, what a target costs, what the next step up buys.

use super::ahead::{Ahead, MonthApart};
use super::figures::{WEIGHED, better, rank};
use super::found::Found;
use super::last_month::follow_targets;
use super::pool::Pool;
use crate::decide::{Relaxed, Target, with_target};
use crate::model::Topology;
use crate::model::verdict::{Figure, Objective};
use crate::plan::Objectives;
use crate::units::Money;
use rust_decimal::Decimal;

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
    /// The first looser target at which something is saved, of one that later sizes follow a tenth of the whole; `None` where the target costs
    /// nothing.
    pub step: Option<Saved>,
    /// Without the target at all.
    pub without: Option<Saved>,
}

/// Another design, or the same with smaller sizes in later months, and what it saves.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The target that it meets; `None` without the target at all.
    pub to: Option<Target>,
    /// What it costs less over the horizon.
    pub saves: Money,
    /// What its month costs less; below 0 where the month is the dearer one.
    pub month: MonthApart,
    /// The design.
    pub design: Found,
}

/// What the next step up buys.
#[derive(Debug, Clone, PartialEq)]
pub struct StepUp {
    /// Which objective gets better.
    pub objective: Objective,
    /// By so much more over the horizon.
    pub more: Money,
    /// By so much more a month; below 0 where the month is the cheaper one.
    pub month: MonthApart,
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

/// What each target of the plan costs, beside the budget: the winner over the horizon less the one that the search finds without it, whose
/// sizes of later months have no such target to meet either. A step names the design that the search takes once the target has moved.
pub(super) fn costs(objectives: &Objectives, winner: &Found, pool: &Pool, ahead: &Ahead) -> Vec<TargetCost> {
    // Months that pass the budget to meet a target may keep it without.
    let first = pool.by_first_months();
    let set = WEIGHED.into_iter().filter(|objective| pool.is_set(*objective));
    let of = |objective: Objective| Loosened { objective, objectives, winner, pool: &first, ahead }.cost();
    set.map(of).collect()
}

/// One target of a plan, which moves out.
struct Loosened<'a> {
    objective: Objective,
    objectives: &'a Objectives,
    winner: &'a Found,
    /// As first months stand against the budget.
    pool: &'a Pool,
    ahead: &'a Ahead<'a>,
}

impl Loosened<'_> {
    fn cost(&self) -> TargetCost {
        let without = self.taken(None, &freed(self.objectives, self.objective));
        let step = without.as_ref().and_then(|without| {
            if self.is_followed() { self.halved(without.saves * WORTH_A_STEP) } else { self.by_figures() }
        });
        TargetCost { objective: self.objective, step, without }
    }

    /// Sizes of later months go on to meet the runway that the first one meets: between two figures of the first day it may save too.
    fn is_followed(&self) -> bool {
        let (plan, catalog) = (self.ahead.plan(), self.ahead.catalog());
        self.objective == Objective::Runway && Topology::ALL.into_iter().any(|it| follow_targets(it, plan, catalog))
    }

    /// At the nearest figure of a design at which something is saved: a looser target saves no less.
    fn by_figures(&self) -> Option<Saved> {
        let (figures, mut best) = (self.figures(), None);
        let (mut from, mut to) = (0, figures.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            match self.at(*figures.get(middle)?) {
                Some(saved) => (best, to) = (Some(saved), middle),
                None => from = middle + 1,
            }
        }
        best
    }

    /// At the nearest time at which so much is saved, to 1/64 of the target: a minute looser may save the last month of a size alone.
    fn halved(&self, least: Money) -> Option<Saved> {
        let Some(Figure::Time(own)) = self.pool.target(self.objective) else { return None };
        let (mut near, mut far) = (GRAIN, 1);
        let at = |parts: u32| {
            let saved = self.at(Figure::Time(own * (f64::from(parts) / f64::from(GRAIN))));
            saved.filter(|saved| saved.saves >= least)
        };
        let mut best = at(far)?;
        while near - far > 1 {
            let middle = u32::midpoint(near, far);
            match at(middle) {
                Some(saved) => (best, far) = (saved, middle),
                None => near = middle,
            }
        }
        Some(best)
    }

    /// What designs can do that miss this target alone, the nearest first.
    fn figures(&self) -> Vec<Figure> {
        let missed = |it: &&Found| !it.unmet.is_empty() && it.meets_but(Some(self.objective));
        let near = |it: &Figure| rank(self.objective, *it);
        let each = self.pool.ranked().filter(missed).map(|it| it.figure(self.objective));
        let mut all: Vec<Figure> = each.filter(|it| near(it).is_finite()).collect();
        all.sort_by(|a, b| near(a).total_cmp(&near(b)));
        all.dedup();
        all
    }

    /// What is saved once the target has moved out to a figure.
    fn at(&self, figure: Figure) -> Option<Saved> {
        let Relaxed { targets, objectives, .. } =
            Relaxed::between(self.objectives, with_target(self.objectives, self.objective, figure)?);
        self.taken(Some(targets.first()?.1), &objectives)
    }

    /// What is saved against the winner by the design that the search takes under other targets; `None` where that is nothing.
    fn taken(&self, to: Option<Target>, targets: &Objectives) -> Option<Saved> {
        let (design, then) = self.pool.taken(targets, &Topology::ALL, self.ahead)?;
        let saves = self.ahead.saves(self.winner, &design, &then).filter(|saves| *saves > Money::ZERO)?;
        let month = self.ahead.month_less(self.winner, &design, &then)?;
        Some(Saved { to, saves, month, design })
    }
}

/// A step of a target that later sizes follow saves at least this part of what is saved without it.
const WORTH_A_STEP: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// Of how many parts of a target that later sizes follow a step is found to one.
const GRAIN: u32 = 64;

/// The targets without one of them.
fn freed(objectives: &Objectives, objective: Objective) -> Objectives {
    let mut freed = objectives.clone();
    match objective {
        Objective::Cost => freed.budget = None,
        Objective::Rpo => freed.rpo = None,
        Objective::Rto => freed.rto = None,
        Objective::Runway => freed.runway = None,
        Objective::Latency => freed.write_latency = None,
    }
    freed
}

/// For each objective the cheapest design that meets every target and is better in it than the winner.
pub(super) fn steps(winner: &Found, pool: &Pool, ahead: &Ahead) -> Vec<StepUp> {
    let step = |objective: Objective| {
        let now = rank(objective, winner.figure(objective));
        let enough = |it: &&Found| {
            let then = rank(objective, it.figure(objective));
            then < now && (!now.is_finite() || !then.is_finite() || now - then > WORTH * now.abs())
        };
        let better = || pool.ranked().filter(|it| it.meets_all()).filter(enough);
        let of = |topology: Topology| ahead.best(better().filter(|it| it.choice.topology == topology));
        let design = ahead.cheapest(Topology::ALL.into_iter().filter_map(of).filter(|it| ahead.within(it)))?;
        let (more, month) = (ahead.more(winner, design)?, ahead.month_more(winner, design)?);
        Some(StepUp { objective, more, month, design: design.clone() })
    };
    WEIGHED.into_iter().filter_map(step).collect()
}
