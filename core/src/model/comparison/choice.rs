//! The cheapest among those that meet every target.

use super::verdict::{Measure, cost_open, measures, target};
use super::{Comparison, Objective, flip, words};
use crate::catalog::{Catalog, Severity};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Objectives, Plan};
use crate::rules::Finding;
use crate::units::{Currency, Money};
use std::cmp::Reverse;

/// One topology with everything that a choice looks at; judging it again with other targets costs next to nothing.
pub(super) struct Standing<'a> {
    pub(super) answer: &'a TopologyAnswer,
    pub(super) measures: [Measure; 5],
    /// Ids of its blocking findings.
    pub(super) blocks: Vec<&'a str>,
    /// What the month costs; `None` with a node of unknown price.
    pub(super) cost: Option<Money>,
}

impl<'a> Standing<'a> {
    fn of(answer: &'a TopologyAnswer, findings: &'a [Finding]) -> Self {
        let mine = |it: &&Finding| it.topology == answer.topology && it.severity == Severity::Block;
        Self {
            answer,
            measures: measures(answer),
            blocks: findings.iter().filter(mine).map(|finding| finding.id.as_str()).collect(),
            cost: (answer.design.possible && !cost_open(answer)).then_some(answer.bill.total),
        }
    }

    pub(super) fn currency(&self) -> Currency {
        self.answer.bill.currency
    }

    pub(super) fn topology(&self) -> Topology {
        self.answer.topology
    }

    /// The load fits: size, memory and throughput.
    pub(super) fn fits(&self) -> bool {
        self.answer.design.possible
            && self.answer.design.misfits.is_empty()
            && self.answer.capacity.enough != Some(false)
    }

    /// A copy of its data is complete at some time; a pair's full sync may never end (M-03).
    pub(super) fn copies(&self) -> bool {
        !self.answer.sync.never_complete(self.topology())
    }

    /// Nothing stands in its way besides the targets.
    pub(super) fn free(&self) -> bool {
        self.fits() && self.copies() && self.blocks.is_empty()
    }

    /// The measures whose target is not met for certain.
    pub(super) fn unmet<'s>(&'s self, objectives: &'s Objectives) -> impl Iterator<Item = &'s Measure> {
        self.measures.iter().filter(|measure| {
            let target = target(objectives, measure.objective);
            target.is_some() && measure.met(target) != Some(true)
        })
    }
}

/// How many of the five targets the plan sets.
pub(super) fn targets_set(objectives: &Objectives) -> usize {
    Objective::ALL.into_iter().filter(|objective| target(objectives, *objective).is_some()).count()
}

/// The cheapest that meets every target and is free of blocks. One of unknown cost is chosen only when it is alone:
/// nobody can say that it is the cheapest.
pub(super) fn choose<'s, 'a>(objectives: &Objectives, standings: &'s [Standing<'a>]) -> Option<&'s Standing<'a>> {
    let passing = passing(objectives, standings);
    let cheapest = passing.iter().copied().filter(|it| it.cost.is_some()).min_by_key(|it| it.cost);
    match passing.as_slice() {
        [only] => Some(only),
        _ => cheapest,
    }
}

fn passing<'s, 'a>(objectives: &Objectives, standings: &'s [Standing<'a>]) -> Vec<&'s Standing<'a>> {
    standings.iter().filter(|it| it.free() && it.unmet(objectives).next().is_none()).collect()
}

/// The nearest to being chosen: possible before not, then the fewest reasons against it, then the cheapest.
fn nearest<'s, 'a>(objectives: &Objectives, standings: &'s [Standing<'a>]) -> Option<&'s Standing<'a>> {
    standings.iter().filter(|it| it.answer.design.possible).min_by_key(|it| {
        let against =
            it.unmet(objectives).count() + it.blocks.len() + usize::from(!it.fits()) + usize::from(!it.copies());
        (against, it.cost.is_none(), it.cost, Reverse(it.topology()))
    })
}

/// Compares three judged topologies (M-12): targets first, then cost; the sentence and the nearest flip with it.
///
/// The choice is `None` when none meets every target without a block; then `nearest` names the one that misses least.
#[must_use]
pub fn compare(plan: &Plan, catalog: &Catalog, answers: [&TopologyAnswer; 3], findings: &[Finding]) -> Comparison {
    let standings = answers.map(|answer| Standing::of(answer, findings));
    let objectives = &plan.objectives_in(catalog.currency());
    let choice = choose(objectives, &standings);
    let nearest = if choice.is_none() { nearest(objectives, &standings) } else { None };
    let sentence = match (choice, nearest) {
        (Some(choice), _) => words::chosen(objectives, catalog, choice, &standings),
        (None, Some(nearest)) => match passing(objectives, &standings) {
            passing if passing.is_empty() => words::none_passes(objectives, catalog, nearest),
            passing => words::none_priced(objectives, &passing),
        },
        (None, None) => words::none_possible(&standings),
    };
    Comparison {
        choice: choice.map(Standing::topology),
        nearest: nearest.map(Standing::topology),
        sentence,
        deadline: choice.or(nearest).and_then(words::deadline),
        flip: flip::flip(objectives, choice, &standings),
    }
}
