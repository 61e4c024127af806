//! The smallest move of the targets that makes a plan feasible, and what is the cheapest then (M-17).

use super::ahead::Ahead;
use super::found::Found;
use super::least_move::Mover;
use super::pool::Pool;
use crate::decide::{Relaxed, Successor};
use crate::model::Topology;
use crate::model::horizon::HorizonCost;
use crate::model::verdict::Figure;
use std::cmp::Ordering;

/// Targets that move, and the cheapest design that meets them then.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxation {
    /// The targets.
    pub moved: Relaxed,
    /// The design; unmet are the targets that move, and its cost is that of its dearest month.
    pub design: Found,
    /// What it costs over the horizon under the moved targets.
    pub over: HorizonCost,
    /// What the group lacks that has to follow it, where it is a pair.
    pub successor: Option<Successor>,
}

/// The smallest move with which a design of a topology meets every target, by `Σ |new − old| ÷ old`, and the one that the search takes then.
/// `None` where no design stands free, or none has a figure for each target.
pub(super) fn smallest(pool: &Pool, topology: Topology, ahead: &Ahead) -> Option<Relaxation> {
    smallest_below(f64::INFINITY, pool, topology, ahead)
}

/// The same of those that are no larger than that of another placement.
pub(super) fn smallest_below(limit: f64, pool: &Pool, topology: Topology, ahead: &Ahead) -> Option<Relaxation> {
    Relaxation::under(&least(limit, pool, topology, ahead)?, pool, &[topology], ahead)
}

/// The move alone: designs are tried in the order of what they ask for at least, as long as that is below the smallest.
fn least(limit: f64, pool: &Pool, topology: Topology, ahead: &Ahead) -> Option<Relaxed> {
    let mover = Mover::new(pool.objectives(), ahead);
    let own = pool.ranked().filter(|it| it.choice.topology == topology);
    let mut near: Vec<(f64, &Found)> = own.filter_map(|it| Some((mover.at_least(it)?, it))).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.order().cmp(&b.1.order())));
    let mut best: Option<(&Found, Relaxed)> = None;
    for (least, found) in near {
        let limit = best.as_ref().map_or(limit + EQUAL, |(_, best)| best.distance);
        if least >= limit {
            break;
        }
        best = mover.smallest(found, limit).map(|moved| (found, moved)).or(best);
    }
    let (found, moved) = best.filter(|(_, moved)| !moved.targets.is_empty())?;
    Some(mover.nearest(found, moved))
}

/// What is not counted as larger.
const EQUAL: f64 = 1e-6;

impl Relaxation {
    /// The same with what the search takes of all topologies.
    pub(super) fn over_all(&self, pool: &Pool, ahead: &Ahead) -> Option<Self> {
        Self::under(&self.moved, pool, &Topology::ALL, ahead)
    }

    /// What the search takes once the targets have moved.
    fn under(moved: &Relaxed, pool: &Pool, topologies: &[Topology], ahead: &Ahead) -> Option<Self> {
        let (design, then) = pool.taken(&moved.objectives, topologies, ahead)?;
        Some(Self::of(moved, design, &then))
    }

    /// With a design that meets the moved targets, whose months are those of `then`.
    pub(super) fn of(moved: &Relaxed, mut design: Found, then: &Ahead) -> Self {
        let over = then.of(&design);
        let month = design.month.complete().filter(|_| over.waits.is_none());
        design.figures[0] = Figure::Money(over.own.dearest().max(month.unwrap_or_default()));
        design.unmet = moved.targets.iter().map(|it| it.0).collect();
        Self { moved: moved.clone(), design, over, successor: None }
    }

    /// The smaller move first, of equals what costs less over the horizon.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let cost = |it: &Self| (it.over.rank().is_none(), it.over.rank());
        self.moved
            .distance
            .total_cmp(&other.moved.distance)
            .then_with(|| cost(self).cmp(&cost(other)))
            .then_with(|| self.design.order().cmp(&other.design.order()))
    }
}
