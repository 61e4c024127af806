//! The size of an open design: the cheapest that fits and meets the targets, else the one nearest to them (M-17).
//!
//! Most plans are met by the cheapest size that fits, and then no other is looked at. Where it misses a target that a larger size
//! may meet, the sizes are tried in the order of their cost, with what is known before: the runway rises with the room of a
//! member alone, and a recovery point that the most capable sizes miss is missed by all.

#[cfg(test)]
mod tests;

use super::cost::{Months, Total};
use super::demand::Demand;
use super::fit::{self, Asked, Cache, Design};
use super::rpo::{Rpo, RpoBasis, is_judged_within, judged};
use super::runway::{Runway, outlasts, room};
use super::{Case, Topology};
use crate::catalog::Catalog;
use crate::plan::{Objectives, Plan};
use crate::units::{Bytes, Secs};
use std::rc::Rc;

/// Chooses or checks the size of one topology (M-17): as given; else of the sizes that fit (M-02) the cheapest that meets the targets that
/// a size can move; where none does, the one of which they are the least away, `Σ |figure − target| ÷ target`, and of those the cheapest.
///
/// What a size can move: a complete copy (M-03), the recovery point (M-04), the runway (M-07), and the budget. Where the smallest
/// that fits misses none of the first three, it is taken.
#[must_use]
pub fn sized(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand) -> Design {
    let smallest = fit::smallest(topology, plan, catalog, demand);
    if !is_open(topology, &smallest) {
        return smallest;
    }
    let case = Case::new(topology, plan, catalog, demand, &smallest);
    let objectives = plan.objectives_in(catalog.currency());
    let misses = |asked: &Asked| misses(&objectives, &case, *asked);
    let missed: Vec<Asked> = [Asked::Copy, Asked::Rpo, Asked::Runway].into_iter().filter(misses).collect();
    let larger = if missed.is_empty() {
        None
    } else {
        Search { case: &case, objectives, missed }.best(&Months::default().bill(&case).total)
    };
    larger.unwrap_or(smallest)
}

/// A size that was derived and that can move a target: none of a rebuild does.
fn is_open(topology: Topology, design: &Design) -> bool {
    topology != Topology::Rebuild && design.possible && design.sku_derived && design.misfits.is_empty()
}

/// The design that is nearer to the targets than the case's own, the smallest that fits, whose recovery point, runway and month these are;
/// `None` where there is none, and where the size was given.
#[must_use]
pub fn enlarged(case: &Case, rpo: &Rpo, runway: &Runway, month: impl FnOnce() -> Total) -> Option<Design> {
    if !is_open(case.topology, case.design) {
        return None;
    }
    let objectives = case.plan.objectives_in(case.catalog.currency());
    let missed: Vec<Asked> = [
        (case.sync.never_complete(case.topology), Asked::Copy),
        (misses_rpo(&objectives, case.topology, rpo), Asked::Rpo),
        (misses_runway(&objectives, runway), Asked::Runway),
    ]
    .into_iter()
    .filter_map(|(is, asked)| is.then_some(asked))
    .collect();
    if missed.is_empty() {
        return None;
    }
    Search { case, objectives, missed }.best(&month())
}

/// The targets that a size can move and that a design meets: what a growing load goes on to ask for. None of a rebuild.
pub(super) fn held(case: &Case) -> Vec<Asked> {
    let objectives = case.plan.objectives_in(case.catalog.currency());
    // A pair has no runway: nothing of it fills while a region is away.
    let fills = case.topology == Topology::Active;
    let set = [(objectives.rpo.is_some(), Asked::Rpo), (fills && objectives.runway.is_some(), Asked::Runway)];
    let asked: Vec<Asked> = set.into_iter().filter_map(|(is, asked)| is.then_some(asked)).collect();
    asked.into_iter().filter(|asked| case.topology != Topology::Rebuild && missed(case, &[*asked]).is_none()).collect()
}

/// The first of these targets that a design misses.
pub(super) fn missed(case: &Case, of: &[Asked]) -> Option<Asked> {
    let objectives = case.plan.objectives_in(case.catalog.currency());
    of.iter().copied().find(|asked| misses(&objectives, case, *asked))
}

/// A target is set and not met, asked of the models for that alone.
fn misses(objectives: &Objectives, case: &Case, asked: Asked) -> bool {
    let replicates = case.topology != Topology::Rebuild && !case.design.caches.is_empty();
    match asked {
        Asked::Copy => case.sync.never_complete(case.topology),
        Asked::Rpo => {
            let target = objectives.rpo.filter(|_| replicates);
            target.is_some_and(|target| !is_judged_within(case, target))
        }
        Asked::Runway => {
            let fills = case.topology == Topology::Active;
            objectives.runway.is_some_and(|target| fills && !outlasts(case, target))
        }
        // Asked of months, not of a case.
        Asked::Budget => false,
    }
}

/// The target of the recovery point is set and not met; what no link moves is not asked of a size.
fn misses_rpo(objectives: &Objectives, topology: Topology, rpo: &Rpo) -> bool {
    let moved = rpo.basis == RpoBasis::Replication && topology != Topology::Rebuild;
    moved && objectives.rpo.is_some_and(|target| rpo.judged().is_none_or(|p95| p95 > target))
}

fn misses_runway(objectives: &Objectives, runway: &Runway) -> bool {
    let Runway::Fills(filling) = runway else { return false };
    objectives.runway.is_some_and(|target| filling.full_p05.is_some_and(|lasts| lasts < target))
}

/// How far the month is beyond the budget, as a share of it; a sum that lacks a price is beyond it by the whole budget at least.
fn beyond_budget(objectives: &Objectives, month: &Total) -> f64 {
    let Some(budget) = objectives.budget else { return 0.0 };
    let more = (month.at_least() - budget).as_f64_for_charts();
    let beyond = if more > 0.0 { more / budget.as_f64_for_charts() } else { 0.0 };
    if month.is_complete() { beyond } else { beyond.max(1.0) }
}

/// How far a time is beyond its target, as a share of it.
fn beyond(time: Secs, target: Secs) -> f64 {
    if time > target { (time - target) / target } else { 0.0 }
}

/// Larger sizes for a case whose smallest misses something.
struct Search<'a> {
    case: &'a Case<'a>,
    objectives: Objectives,
    /// What the smallest misses.
    missed: Vec<Asked>,
}

/// How much room is known to be too little, and how much is enough.
struct Rooms {
    fails: Option<Bytes>,
    meets: Option<Bytes>,
}

impl Search<'_> {
    /// The cheapest that meets what any size meets, inside the budget; else the nearest to it, if it is nearer than the smallest.
    fn best(&self, own: &Total) -> Option<Design> {
        let Case { topology, plan, catalog, demand, .. } = *self.case;
        let designs: Vec<Design> =
            fit::designs(topology, plan, catalog, demand).into_iter().map(|offered| offered.design).collect();
        let within = self.within_reach(&designs);
        if within.is_empty() {
            return None;
        }
        let (mut rooms, flows) = (Rooms { fails: None, meets: None }, Rc::default());
        let mut best = (self.away(self.case, &within, own), None);
        for design in &designs {
            let case = Case::new(topology, plan, catalog, demand, design).with_trials(&self.case.trials);
            let month = self.objectives.budget.is_some().then(|| Months::sharing(&flows).bill(&case).total);
            let dear = month.map_or(0.0, |month| beyond_budget(&self.objectives, &month));
            if dear >= best.0 {
                continue;
            }
            let met: Vec<Asked> = within.iter().copied().filter(|it| self.meets(&case, *it, &mut rooms)).collect();
            if met.len() == within.len() {
                best = (dear, Some((met, design)));
            } else {
                let away = dear + self.short(&case, &within);
                if away < best.0 {
                    best = (away, Some((met, design)));
                }
            }
            if best.0 <= 0.0 {
                break;
            }
        }
        best.1.map(|(sized_for, design)| Design { sized_for, ..design.clone() })
    }

    fn away(&self, case: &Case, asked: &[Asked], month: &Total) -> f64 {
        beyond_budget(&self.objectives, month) + self.short(case, asked)
    }

    /// How far a design is from these targets; infinite where it has no figure.
    fn short(&self, case: &Case, asked: &[Asked]) -> f64 {
        asked.iter().map(|asked| self.short_of(case, *asked)).sum()
    }

    fn short_of(&self, case: &Case, asked: Asked) -> f64 {
        match asked {
            Asked::Copy if case.sync.never_complete(case.topology) => f64::INFINITY,
            Asked::Copy | Asked::Budget => 0.0,
            Asked::Rpo => {
                let target = self.objectives.rpo;
                target.map_or(0.0, |target| judged(case).map_or(f64::INFINITY, |p95| beyond(p95, target)))
            }
            Asked::Runway => match (super::runway::runway(case), self.objectives.runway) {
                (Runway::Fills(filling), Some(target)) => {
                    filling.full_p05.filter(|lasts| *lasts < target).map_or(0.0, |lasts| (target - lasts) / target)
                }
                _ => 0.0,
            },
        }
    }

    /// Of what the smallest misses, what the most capable sizes meet.
    fn within_reach(&self, designs: &[Design]) -> Vec<Asked> {
        let able = most_capable(designs.iter(), self.case);
        let mut rooms = Rooms { fails: None, meets: None };
        let Case { topology, plan, catalog, demand, .. } = *self.case;
        let cases: Vec<Case> = able
            .iter()
            .map(|design| Case::new(topology, plan, catalog, demand, design).with_trials(&self.case.trials))
            .collect();
        let mut reached = |asked: &Asked| cases.iter().any(|case| self.meets(case, *asked, &mut rooms));
        self.missed.iter().copied().filter(|asked| reached(asked)).collect()
    }

    fn meets(&self, case: &Case, asked: Asked, rooms: &mut Rooms) -> bool {
        match asked {
            Asked::Copy => !case.sync.never_complete(case.topology),
            Asked::Rpo | Asked::Budget => !misses(&self.objectives, case, asked),
            Asked::Runway => self.objectives.runway.is_none_or(|target| {
                let room = room(case);
                if rooms.fails.is_some_and(|fails| room <= fails) {
                    return false;
                }
                if rooms.meets.is_some_and(|meets| room >= meets) {
                    return true;
                }
                let meets = outlasts(case, target);
                *(if meets { &mut rooms.meets } else { &mut rooms.fails }) = Some(room);
                meets
            }),
        }
    }
}

/// The sizes of which one meets a target if any does.
///
/// A pair's copy and link get faster with each shard from two on, so of each size one shard and the most count; a member's with memory
/// and shards, so that those count that none passes in both, of one shard and of several (one shard knows no fullest); its runway
/// rises with the room.
pub(crate) fn most_capable<'a>(designs: impl Iterator<Item = &'a Design>, case: &Case) -> Vec<&'a Design> {
    let all: Vec<(&Design, &Cache)> = designs.filter_map(|it| Some((it, it.caches.first()?))).collect();
    let memory = |cache: &Cache| case.catalog.sku(&cache.sku).map_or(Bytes::ZERO, |sku| sku.memory);
    let beaten = |(_, cache): &(&Design, &Cache)| {
        all.iter().any(|(_, other)| {
            let alike = (other.shards > 1) == (cache.shards > 1);
            if case.topology == Topology::Passive {
                return alike && other.sku == cache.sku && other.shards > cache.shards;
            }
            let least = memory(other) >= memory(cache) && other.shards >= cache.shards;
            alike && least && (memory(other) > memory(cache) || other.shards > cache.shards)
        })
    };
    let mut able: Vec<&Design> = all.iter().filter(|it| !beaten(it)).map(|(design, _)| *design).collect();
    if case.topology == Topology::Active {
        let Case { topology, plan, catalog, demand, .. } = *case;
        let room = |design: &Design| room(&Case::new(topology, plan, catalog, demand, design)).as_bytes();
        able.extend(all.iter().map(|(design, _)| *design).max_by(|a, b| room(a).total_cmp(&room(b))));
    }
    able
}
