//! The search (M-17): the cheapest design that meets every target, over topology, size, shards, members, regions and reservation.
//!
//! [`search`] keeps the plan's regions and follows the typing; [`regions`] tries every allowed region and runs as a job. Both are
//! exact: a design is left out only where a bound says that it is neither cheaper nor better.

mod ahead;
mod choice;
mod figures;
mod floor;
mod found;
mod front;
mod fuller;
mod last_month;
mod least_move;
mod nodes;
mod place;
mod pool;
pub mod regions;
mod relaxation;
#[cfg(test)]
mod tests;

pub use ahead::MonthApart;
pub use choice::{DesignChoice, answer};
pub use figures::{WEIGHED, better, rank};
pub use found::Found;
pub use front::{Front, Saved, StepUp, TargetCost};
pub use fuller::FillCost;
pub use place::{allowed, with_caches};
pub use regions::{Placed, RegionSearch, RegionsFound};
pub use relaxation::Relaxation;

use crate::catalog::Catalog;
use crate::decide::{Apart, HoursOpen, Successor, Turn};
use crate::evaluate::{compare_by_terms, followed_by};
use crate::model::Topology;
use crate::model::cost::MissingPrice;
use crate::model::horizon::HorizonCost;
use crate::model::verdict::{Figure, Objective};
use crate::plan::{Objectives, Plan};
use crate::units::Money;
use ahead::Ahead;
use last_month::LastMonths;
use pool::Pool;
use rust_decimal::Decimal;

/// What the search finds in the plan's own regions.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// The targets that it was held to.
    pub objectives: Objectives,
    /// The cheapest of each topology that meets every target, in the order of [`Topology::ALL`].
    pub best: [Option<Found>; 3],
    /// Of each topology without one in `best` the smallest move of the targets, and its design then; `None` where no design stands free.
    pub nearest: [Option<Relaxation>; 3],
    /// The same as `best`, paid as the plan pays.
    pub as_paid: [Option<Found>; 3],
    /// Months of the horizon.
    pub months: u32,
    /// What each of [`Search::shown`] costs over them, its way from what runs today included, as the verdict ranks it; of the nearest once the
    /// targets have moved.
    pub over: [Option<HorizonCost>; 3],
    /// Topology of the one of `best` that costs least over the horizon; `None` where there is none, or where a missing price keeps that
    /// open.
    pub cheapest: Option<Topology>,
    /// The same of `as_paid`.
    cheapest_as_paid: Option<Topology>,
    /// What that one costs over the horizon.
    pub as_paid_over: Option<HorizonCost>,
    /// Prices without which nobody can say which is the cheapest.
    pub missing: Vec<MissingPrice>,
    /// Cost against each of [`WEIGHED`].
    pub fronts: Vec<Front>,
    /// What each target costs.
    pub costs: Vec<TargetCost>,
    /// What a fuller cache saves; `None` where that is nothing.
    pub fuller: Option<FillCost>,
    /// What the next step up buys, objective by objective.
    pub steps: Vec<StepUp>,
    /// The smallest move of the targets that makes a design meet them all; `None` where one does already, and where none can.
    pub relaxation: Option<Relaxation>,
    /// The second-best topology, where the bands of estimated prices let it be the cheaper one.
    pub doubt: Option<(Topology, Apart)>,
    /// Hours of people without a rate that the best of each topology differ by.
    pub hours: Option<HoursOpen>,
    /// Ranges of the plan at an end of which another topology is the cheapest that meets every target, and that leave the search open (M-12).
    pub turns: Vec<Turn>,
    /// What the group lacks that has to follow the best pair; `None` where it lacks nothing, and where its service does not end.
    pub successor: Option<Successor>,
    /// Targets that are set and of which the design that lacks the fewest has no figure, of those that nothing blocks: no moved target makes
    /// it meet them. Empty where `relaxation` names one, and where every design is blocked.
    pub lacking: Vec<Objective>,
    /// Designs that fit, and of those the ones whose figures were worked out: the others are dearer and no better.
    pub designs: usize,
    /// See `designs`.
    pub worked_out: usize,
}

impl Search {
    /// The cheapest design that meets every target.
    #[must_use]
    pub fn winner(&self) -> Option<&Found> {
        self.best[self.cheapest? as usize].as_ref()
    }

    /// Another topology may cost less over the horizon at other prices inside the bands, at a plausible rate of an hour or inside a range of
    /// the plan, or costs the same.
    #[must_use]
    pub fn too_close(&self) -> bool {
        let cost = |topology: Topology| self.over[topology as usize].as_ref().and_then(HorizonCost::rank);
        let own = self.cheapest.and_then(cost);
        let same =
            |it: &Topology| Some(*it) != self.cheapest && self.of(*it).is_some() && own.is_some() && cost(*it) == own;
        let hours = self.hours.as_ref().is_some_and(|hours| hours.open);
        hours || self.doubt.is_some() || !self.turns.is_empty() || Topology::ALL.iter().any(same)
    }

    /// What the group lacks that has to follow, where the cheapest is a pair.
    #[must_use]
    pub fn follows(&self) -> Option<&Successor> {
        self.successor.as_ref().filter(|_| self.cheapest == Some(Topology::Passive))
    }

    /// An expected loss by outages is in what is ranked.
    #[must_use]
    pub fn counts_loss(&self) -> bool {
        self.over.iter().flatten().any(|cost| cost.loss.is_some())
    }

    /// The design of each topology that a reader sees: the cheapest that meets every target, else the nearest to them.
    pub fn shown(&self) -> impl Iterator<Item = &Found> {
        let each = self.best.iter().zip(&self.nearest);
        each.filter_map(|(best, nearest)| best.as_ref().or_else(|| nearest.as_ref().map(|it| &it.design)))
    }

    /// The cheapest of a topology that meets every target.
    #[must_use]
    pub fn of(&self, topology: Topology) -> Option<&Found> {
        self.best[topology as usize].as_ref()
    }

    /// The cheapest paid as the plan pays.
    #[must_use]
    pub fn cheapest_as_paid(&self) -> Option<&Found> {
        self.as_paid[self.cheapest_as_paid? as usize].as_ref()
    }
}

/// Searches the plan's own regions: topology, size, shards and reservation (M-17). Sizes that the plan gives do not bind it.
///
/// Designs are ranked as the verdict ranks them, by cost over the horizon with its way from what runs today (M-10), inside a topology as
/// between two. A reservation is tried where its term is no longer than the horizon; what a size or a service leaves of it is exchanged
/// (M-10). Ranges of the plan are decided again at their ends, as for a choice (M-12). The budget is held against every month of a design's own path. The fill follows from the size, up to the plan's largest fill; what a fuller cache would save is found beside it,
/// up to where eviction begins. Of designs that meet every target those in preview and those without a published throughput come last; among
/// those that miss one they are as near as any other. A sum that lacks a price is never ranked.
///
/// Not searched, and as the plan has them: high availability, replicas, zones (no target asks for an availability), and a pair's
/// second size.
#[must_use]
pub fn search(plan: &Plan, catalog: &Catalog) -> Search {
    let mut found = without_turns(plan, catalog);
    found.turns = turns(plan, catalog, &found);
    found.successor = found
        .of(Topology::Passive)
        .and_then(|pair| successor(plan, catalog, &pair.choice, found.over[Topology::Passive as usize].as_ref()?));
    if let Some(relaxation) = &mut found.relaxation {
        let Relaxation { moved, design, over, .. } = &*relaxation;
        let moved = Plan { objectives: moved.objectives.clone(), ..plan.clone() };
        relaxation.successor = successor(&moved, catalog, &design.choice, over);
    }
    found
}

/// What the group lacks that follows the pair at the end of its service: the one of an open size, since sizes that the plan gives do not bind
/// the search.
pub(crate) fn successor(
    plan: &Plan,
    catalog: &Catalog,
    design: &DesignChoice,
    over: &HorizonCost,
) -> Option<Successor> {
    let (_, until) = over.leaves.filter(|_| design.topology == Topology::Passive)?;
    followed_by(&design.taken(plan, catalog), catalog, until)
}

/// Whether a design in the plan's regions meets every target, whatever sizes and term the plan gives.
#[must_use]
pub fn is_met(plan: &Plan, catalog: &Catalog) -> bool {
    let (mut pool, ahead) = (Pool::of_cheapest(plan, catalog), Ahead::new(plan, catalog));
    pool.judge_months(plan, &ahead);
    Topology::ALL.into_iter().any(|topology| pool.meeting(topology, None).next().is_some())
}

/// The design that [`search`] takes, with what it costs over the horizon; `None` where there is none, and where a missing price keeps that open.
#[must_use]
pub fn winner(plan: &Plan, catalog: &Catalog) -> Option<(Found, HorizonCost)> {
    let (mut pool, ahead) = (Pool::of_cheapest(plan, catalog), Ahead::new(plan, catalog));
    pool.judge_months(plan, &ahead);
    let best = pool.best(&ahead);
    let found = best[cheapest(&best, &pool, &ahead).0? as usize].clone()?;
    let cost = ahead.of(&found);
    Some((found, cost))
}

/// Ranges that leave open which topology is the cheapest: the comparison of open sizes, each topology paid as what was found of it. None
/// where that comparison has another choice, because it takes a size by its first month.
fn turns(plan: &Plan, catalog: &Catalog, found: &Search) -> Vec<Turn> {
    let Some(cheapest) = found.cheapest else { return Vec::new() };
    let mut terms = [plan.pricing.reservation; 3];
    for design in found.shown() {
        terms[design.choice.topology as usize] = design.choice.reservation;
    }
    let comparison = compare_by_terms(&plan.with_open_sizes(), catalog, terms);
    let same = comparison.choice == Some(cheapest);
    comparison.turns.into_iter().filter(|turn| same && turn.leaves_open()).collect()
}

/// The search without the ranges.
fn without_turns(plan: &Plan, catalog: &Catalog) -> Search {
    let (mut pool, ahead) = (Pool::of(plan, catalog), Ahead::new(plan, catalog));
    pool.judge_months(plan, &ahead);
    let objectives = plan.objectives_in(catalog.currency());
    let best = pool.best(&ahead);
    let own = plan.pricing.reservation;
    let as_paid = Topology::ALL
        .map(|topology| ahead.best(pool.meeting(topology, None).filter(|it| it.choice.reservation == own)).cloned());
    let nearest = Topology::ALL.map(|topology| {
        let missing = best[topology as usize].is_none();
        missing.then(|| relaxation::smallest(&pool, topology, &ahead)).flatten()
    });
    let (cheapest, missing) = cheapest(&best, &pool, &ahead);
    let winner = cheapest.and_then(|it| best[it as usize].as_ref());
    let none = best.iter().all(Option::is_none);
    let nearer = nearest.iter().flatten().min_by(|a, b| a.order(b)).filter(|_| none);
    let relaxation = nearer.and_then(|it| it.over_all(&pool, &ahead));
    let none = none && relaxation.is_none();
    let cheapest_as_paid = ahead.cheapest(as_paid.iter().flatten());
    Search {
        lacking: if none { lacking(&pool) } else { Vec::new() },
        fronts: WEIGHED.map(|objective| front::front(objective, &pool)).into(),
        costs: winner.map(|winner| front::costs(&objectives, winner, &pool, &ahead)).unwrap_or_default(),
        fuller: winner.and_then(|winner| fuller::fuller(plan, catalog, winner, &ahead)),
        steps: winner.map(|winner| front::steps(winner, &pool, &ahead)).unwrap_or_default(),
        doubt: winner.and_then(|winner| doubt(winner, &best, &ahead)),
        hours: winner.and_then(|winner| ahead.hours(winner, best.iter().flatten(), catalog.currency())),
        turns: Vec::new(),
        successor: None,
        relaxation,
        months: plan.horizon.months,
        over: Topology::ALL.map(|topology| {
            let near = || nearest[topology as usize].as_ref().map(|it| it.over.clone());
            best[topology as usize].as_ref().map(|it| ahead.of(it)).or_else(near)
        }),
        cheapest,
        cheapest_as_paid: cheapest_as_paid.map(|it| it.choice.topology),
        as_paid_over: cheapest_as_paid.map(|it| ahead.of(it)),
        missing,
        designs: pool.designs,
        worked_out: pool.worked_out,
        as_paid,
        nearest,
        best,
        objectives,
    }
}

/// The targets of which a free design has no figure, of the one that lacks the fewest; of one without a price its cost.
fn lacking(pool: &Pool) -> Vec<Objective> {
    let lacks = |it: &Found| -> Vec<Objective> {
        let none = |objective: &Objective| match objective {
            Objective::Cost => !it.month.is_complete(),
            other => it.unmet.contains(other) && it.figure(*other) == Figure::None,
        };
        Objective::ALL.into_iter().filter(none).collect()
    };
    pool.free().map(lacks).min_by_key(Vec::len).unwrap_or_default()
}

/// The topology of the cheapest, unless a design that lacks a price may be cheaper and meets all that can be judged: of one whose known months
/// pass the budget no price makes it meet that.
fn cheapest(best: &[Option<Found>; 3], pool: &Pool, ahead: &Ahead) -> (Option<Topology>, Vec<MissingPrice>) {
    let known = ahead.cheapest(best.iter().flatten());
    let over = known.and_then(|known| ahead.of(known).total().complete());
    let may_be_cheaper = |it: &&Found| {
        let least = it.month.at_least();
        let ahead = least * Decimal::from(ahead.months());
        known.is_none_or(|known| least < known.month.at_least()) || over.is_none_or(|over| ahead < over)
    };
    let last = LastMonths::of(ahead.plan(), ahead.catalog());
    let within = |it: &&Found| {
        let passes = |most: Money| last.least(it, Some(pool.objectives())) > most;
        !pool.objectives().budget.is_some_and(passes) && ahead.within(it)
    };
    let open: Vec<&Found> = pool.unpriced().filter(may_be_cheaper).filter(within).collect();
    let missing = MissingPrice::of_all(open.iter().map(|it| &it.month));
    (known.filter(|_| missing.is_empty()).map(|it| it.choice.topology), missing)
}

/// The second-best topology, where the bands let it cost less over the horizon than the winner.
fn doubt(winner: &Found, best: &[Option<Found>; 3], ahead: &Ahead) -> Option<(Topology, Apart)> {
    let others = best.iter().flatten().filter(|it| it.choice.topology != winner.choice.topology);
    let second = ahead.cheapest(others)?;
    let apart = ahead.apart(winner, second)?;
    (apart.low < Money::ZERO).then_some((second.choice.topology, apart))
}
