//! What is not known: a price, a recovery point of data that nobody described.

use super::{active, an_hour, compared, half_an_hour, lacking, over, passive, rebuild};
use crate::decide::choose::{Candidate, Costs, away};
use crate::decide::verdicts;
use crate::model::cost::MissingPrice;
use crate::model::rpo::{Rpo, RpoBasis};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::units::{Money, Secs};

#[test]
fn an_unknown_cost_is_never_called_the_cheapest() {
    let mut plan = an_hour();
    plan.objectives.budget = None;
    let mut open = lacking(passive(), "P3 in X");
    let (comparison, text) = compared(&plan, [&rebuild(), &open, &active()], &[]);
    assert_eq!((comparison.choice, comparison.nearest), (None, Some(Topology::Active)), "the pair may be the cheaper");
    assert_eq!(comparison.missing.iter().map(MissingPrice::what).collect::<Vec<_>>(), ["P3 in X"]);
    assert_eq!(
        text,
        "No cost verdict yet: P3 in X has no price. The passive pair meets all three targets. The active group meets all \
         three targets (RPO in the model alone) for $3,412 a month."
    );

    plan.objectives.rpo = Some(Secs::secs(1.0));
    open.rpo.p95 = Some(Secs::ZERO);
    let (comparison, text) = compared(&plan, [&rebuild(), &open, &active()], &[]);
    assert_eq!(comparison.choice, Some(Topology::Passive), "alone, it needs no ranking");
    assert!(text.contains(" at ≥ $2,394 a month (P3 in X has no price)"), "{text}");
}

/// What is known of the group is already more than the pair costs: no price of a node changes that.
#[test]
fn an_unknown_cost_that_is_certainly_higher_keeps_nothing_open() {
    let (comparison, text) = compared(&an_hour(), [&rebuild(), &passive(), &lacking(active(), "B10 in X")], &[]);
    assert_eq!(comparison.choice, Some(Topology::Passive));
    assert_eq!(comparison.missing, []);
    assert!(text.contains("The active group costs at least $1,018 more (B10 in X has no price)"), "{text}");
}

/// Page J: the sentence where nothing can be ranked.
#[test]
fn the_only_one_within_reach_waits_for_its_price() {
    let open = lacking(active(), "M50 in West Europe");
    let (comparison, text) = compared(&half_an_hour(), [&rebuild(), &passive(), &open], &[]);
    assert_eq!((comparison.choice, comparison.nearest), (None, Some(Topology::Active)));
    assert_eq!(
        text,
        "No cost verdict yet: M50 in West Europe has no price. The active group meets the other four targets."
    );
}

#[test]
fn several_without_a_price_leave_the_cheapest_unnamed() {
    let mut plan = an_hour();
    plan.objectives.budget = None;
    let (passive, active) = (lacking(passive(), "P3 in X"), lacking(active(), "B10 in X"));
    let (comparison, text) = compared(&plan, [&rebuild(), &passive, &active], &[]);
    assert_eq!(comparison.choice, None);
    assert_eq!(
        text,
        "No cost verdict yet: P3 in X and B10 in X have no price. The passive pair and the active group meet all three \
         targets."
    );
}

/// A rebuild whose data nobody described has no recovery point, which counts as a target that moves by its whole; a missing price and a
/// missing round trip may be met, and count nothing.
#[test]
fn an_unknown_recovery_point_makes_no_design_the_nearest() {
    let mut plan = an_hour_and_a_half(400);
    let mut bare = rebuild();
    bare.rpo = Rpo::empty(RpoBasis::NotSaid);
    assert_eq!(verdicts(&plan, &bare)[1].met, None, "nobody can say");
    // $500 of $400 is a quarter, 120 of 90 min a third, the recovery point 1.
    assert!((far(&plan, &bare) - (0.25 + 1.0 / 3.0 + 1.0)).abs() < 1e-9);
    assert!((far(&plan, &rebuild()) - (0.25 + 1.0 / 3.0)).abs() < 1e-9);
    let mut priceless = lacking(rebuild(), "B10 in X");
    priceless.latency.worst_write = None;
    plan.objectives.write_latency = Some(Secs::millis(100.0));
    plan.objectives.budget = Some(Money::whole(600));
    assert!((far(&plan, &priceless) - 1.0 / 3.0).abs() < 1e-9);
}

/// Targets of the rebuild's kind: a budget, and 90 min for recovery.
fn an_hour_and_a_half(budget: i64) -> Plan {
    let mut plan = an_hour();
    (plan.objectives.runway, plan.objectives.budget) = (None, Some(Money::whole(budget)));
    plan.objectives.rto = Some(Secs::mins(90.0));
    plan
}

fn far(plan: &Plan, answer: &TopologyAnswer) -> f64 {
    let over = || over([answer, &passive(), &active()], [0; 3]);
    let costs = Costs::new(&over);
    away(&plan.objectives, &Candidate::of(answer, &[], &costs))
}

/// The same as a whole: nearest by an unknown figure would be the rebuild, at 0.58.
#[test]
fn the_nearest_is_one_whose_figures_are_known() {
    let plan = an_hour_and_a_half(1_500);
    let mut bare = rebuild();
    bare.rpo = Rpo::empty(RpoBasis::NotSaid);
    let (comparison, _) = compared(&plan, [&bare, &passive(), &active()], &[]);
    // The pair is 894 ÷ 1,500 = 0.6 away; the rebuild 1/3 without its recovery point, 1 + 1/3 with it.
    assert_eq!((comparison.choice, comparison.nearest), (None, Some(Topology::Passive)));
}
