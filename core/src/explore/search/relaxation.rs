//! The smallest move of the targets that makes a plan feasible.

use super::found::Found;
use super::pool::Pool;
use crate::decide::{Target, relaxed};
use crate::model::Topology;
use crate::model::verdict::Objective;
use crate::plan::Objectives;
use std::cmp::Ordering;

/// Targets that move, and the design that meets them then.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxation {
    /// Each target that moves, to this figure.
    pub targets: Vec<(Objective, Target)>,
    /// `Σ |new − old| ÷ old` over them.
    pub distance: f64,
    /// The design.
    pub design: Found,
}

/// Of all designs that stand free the one whose targets move least, by `Σ |new − old| ÷ old`; of equals the cheapest.
pub(super) fn smallest(objectives: &Objectives, pool: &Pool) -> Option<Relaxation> {
    of(objectives, pool.ranked())
}

/// The same of one topology.
pub(super) fn smallest_of(objectives: &Objectives, pool: &Pool, topology: Topology) -> Option<Relaxation> {
    of(objectives, pool.ranked().filter(|it| it.choice.topology == topology))
}

/// The same of any designs.
pub(super) fn of<'a>(objectives: &Objectives, all: impl Iterator<Item = &'a Found>) -> Option<Relaxation> {
    let moved = all.filter_map(|it| {
        // One that misses nothing moves nothing.
        let relaxed = relaxed(objectives, &it.candidate()).filter(|relaxed| !relaxed.targets.is_empty())?;
        Some((relaxed, it))
    });
    let all = moved.map(|(relaxed, design)| (relaxed.distance, relaxed.targets, design));
    let (distance, targets, design) =
        all.min_by(|(a, _, one), (b, _, other)| a.total_cmp(b).then_with(|| one.order().cmp(&other.order())))?;
    Some(Relaxation { targets, distance, design: design.clone() })
}

impl Relaxation {
    /// The smaller move first, of equals the cheaper design.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.distance.total_cmp(&other.distance).then_with(|| self.design.order().cmp(&other.design.order()))
    }
}
