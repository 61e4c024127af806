//! The smallest move of the targets that makes a plan feasible.

use super::ahead::Ahead;
use super::found::Found;
use super::pool::Pool;
use crate::decide::{Relaxed, Target, relaxed};
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
pub(super) fn smallest(objectives: &Objectives, pool: &Pool, ahead: &Ahead) -> Option<Relaxation> {
    of(objectives, pool.ranked(), ahead)
}

/// The same of one topology.
pub(super) fn smallest_of(
    objectives: &Objectives,
    pool: &Pool,
    topology: Topology,
    ahead: &Ahead,
) -> Option<Relaxation> {
    of(objectives, pool.ranked().filter(|it| it.choice.topology == topology), ahead)
}

/// The same of any designs: by their figures, and of the nearest by the months that it has once the targets have moved.
pub(super) fn of<'a>(
    objectives: &Objectives,
    all: impl Iterator<Item = &'a Found>,
    ahead: &Ahead,
) -> Option<Relaxation> {
    let moved = all.filter_map(|it| Some((Relaxation::of(objectives, it.clone())?, ROUNDS)));
    let mut moved: Vec<(Relaxation, u32)> = moved.collect();
    loop {
        let (nearest, rounds) = moved.iter_mut().min_by(|a, b| a.0.order(&b.0))?;
        if *rounds == 0 {
            return Some(nearest.clone());
        }
        let settled = nearest.settled(objectives, ahead)?;
        *rounds = if settled.targets == nearest.targets { 0 } else { *rounds - 1 };
        *nearest = settled;
    }
}

/// A moved budget may give the group that follows a pair another size, whose months pass it again: so often it is moved on.
const ROUNDS: u32 = 4;

impl Relaxation {
    /// The least move of the targets with which a design meets them; `None` where no move helps, or none is needed.
    fn of(objectives: &Objectives, design: Found) -> Option<Self> {
        let Relaxed { targets, distance, .. } = relaxed(objectives, &design.candidate())?;
        (!targets.is_empty()).then_some(Self { targets, distance, design })
    }

    /// The same with its months under the moved targets, which the sizes of later months go on to meet from then on (M-10), those of the group that
    /// follows a pair too: they may pass the budget.
    fn settled(&self, objectives: &Objectives, ahead: &Ahead) -> Option<Self> {
        if objectives.budget.is_none() {
            return Some(self.clone());
        }
        let moved = relaxed(objectives, &self.design.candidate())?.objectives;
        let mut plan = ahead.with(&moved);
        plan.objectives.budget = moved.budget;
        let mut design = self.design.clone();
        Ahead::new(&plan, ahead.catalog()).judge_months(&mut design);
        Self::of(objectives, design)
    }

    /// The smaller move first, of equals the cheaper design.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.distance.total_cmp(&other.distance).then_with(|| self.design.order().cmp(&other.design.order()))
    }
}
