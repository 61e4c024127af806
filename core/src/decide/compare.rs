//! Three judged topologies become one recommendation.

use super::choose::{Candidate, choose, contenders, nearest, targets_set};
use super::{Comparison, price_doubt, tipping_point, weigh};
use crate::catalog::Catalog;
use crate::model::TopologyAnswer;
use crate::model::cost::MissingPrice;
use crate::plan::Plan;
use crate::rules::Finding;

/// Compares three judged topologies (M-12): targets first, then cost; the reason and the nearest flip with it.
///
/// The choice is `None` when none meets every target without a block, and when a missing price keeps open which of those that do is
/// the cheapest; then `nearest` names the one that misses least.
#[must_use]
pub fn compare(plan: &Plan, catalog: &Catalog, answers: [&TopologyAnswer; 3], findings: &[Finding]) -> Comparison {
    let candidates = answers.map(|answer| Candidate::of(answer, findings));
    let objectives = &plan.objectives_in(catalog.currency());
    let choice = choose(objectives, &candidates);
    let nearest = if choice.is_none() { nearest(objectives, &candidates) } else { None };
    let open = if choice.is_none() { contenders(objectives, &candidates) } else { Vec::new() };
    let outcome = match (choice, nearest) {
        (Some(choice), _) => weigh::chosen(objectives, catalog, choice, &candidates),
        (None, Some(_)) if !open.is_empty() => weigh::no_cost_verdict(objectives, &open),
        (None, Some(nearest)) => weigh::none_passes(objectives, catalog, nearest),
        (None, None) => weigh::none_possible(&candidates),
    };
    Comparison {
        choice: choice.map(Candidate::topology),
        nearest: nearest.map(Candidate::topology),
        outcome,
        targets: targets_set(objectives),
        currency: catalog.currency(),
        deadline: choice.or(nearest).and_then(weigh::deadline),
        flip: tipping_point::flip(objectives, choice, &candidates),
        missing: MissingPrice::of_all(open.iter().filter_map(|it| it.cost)),
        open: open.iter().map(|it| it.topology()).collect(),
        price_doubts: price_doubt::doubts(objectives, &candidates),
    }
}
