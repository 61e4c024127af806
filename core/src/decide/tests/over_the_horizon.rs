//! The choice by cost over the horizon.

use super::*;

/// What decides, told to a reader.
fn told(plan: &Plan, answers: [&TopologyAnswer; 3], moving: [i64; 3], losses: [i64; 3]) -> Comparison {
    let costs = || {
        let mut over = over(answers, moving);
        for (cost, loss) in over.costs.iter_mut().zip(losses) {
            cost.loss = (losses != [0; 3]).then(|| Money::whole(loss));
        }
        over
    };
    compare(plan, &Catalog::bundled().unwrap(), answers, (&[], &[]), &costs, Reader::Person, &|_| true)
}

/// The group's month is $622 less and its way there $14,400, which a year does not bring back: 12 × 622 = 7,464.
#[test]
fn the_choice_is_by_cost_over_the_horizon_and_not_by_the_month() {
    let mut plan = Plan::default();
    plan.objectives = crate::plan::Objectives { budget: None, runway: None, ..plan.objectives };
    (plan.objectives.rto, plan.objectives.write_latency) = (Some(Secs::hours(1.0)), None);
    let (mut pair, mut group) = (passive(), active());
    (pair.bill.total, group.bill.total) = (Total::exactly(Money::whole(2_622)), Total::exactly(Money::whole(2_000)));
    let anew = told(&plan, [&rebuild(), &pair, &group], [0; 3], [0; 3]);
    assert_eq!(anew.choice, Some(Topology::Active));
    let moved = told(&plan, [&rebuild(), &pair, &group], [0, 0, 14_400], [0; 3]);
    assert_eq!(moved.choice, Some(Topology::Passive));
    let by = Money::whole(14_400 - 7_464);
    assert_eq!(moved.reason, Some(Reason::Cheapest { next: Topology::Active, by }));
    // The rebuild costs 12 × 500 and misses the hour of RTO by another.
    let cheaper = Counter::CheaperWithoutTargets {
        other: Topology::Rebuild,
        by: Money::whole(31_464 - 6_000),
        misses: vec![Objective::Rto],
        unjudged: Vec::new(),
    };
    assert_eq!(moved.counter, Some(cheaper));
    let said = verdict::plain(&moved).replace('\u{a0}', " ");
    let expected = "Passive pair meets both targets for $2,622 a month, $31,464 over 12 months. The active group costs $622 less a \
        month, $6,936 more over 12 months and meets the targets too (RPO in the model alone).";
    assert_eq!(said, expected);
    // What outages are expected to cost counts once the plan prices it: $7,000 more of the pair turn it back.
    let lost = told(&plan, [&rebuild(), &pair, &group], [0, 0, 14_400], [0, 8_000, 1_000]);
    assert_eq!(lost.choice, Some(Topology::Active));
    // Equal sums are too close to call.
    let same = told(&plan, [&rebuild(), &pair, &group], [0, 0, 7_464], [0; 3]);
    assert_eq!(same.reason, Some(Reason::TooClose { next: Topology::Active, by: Money::ZERO }));
}

/// A pair without anything to follow it ends before the horizon does: its sum of fewer months is not the smaller one.
#[test]
fn a_path_that_ends_early_is_not_the_cheaper_one() {
    let mut plan = half_an_hour();
    (plan.objectives.rto, plan.objectives.write_latency) = (None, None);
    (plan.objectives.runway, plan.objectives.budget) = (None, None);
    let answers = [&rebuild(), &passive(), &active()];
    let costs = || {
        let mut over = over(answers, [0; 3]);
        (over.costs[0].whole, over.costs[1].whole) = (false, false);
        over
    };
    let comparison =
        compare(&plan, &Catalog::bundled().unwrap(), answers, (&[], &[]), &costs, Reader::Person, &|_| true);
    assert_eq!(comparison.choice, Some(Topology::Active));
}
