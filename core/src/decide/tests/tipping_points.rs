//! The smallest change of a target or budget that changes the choice.

use super::{active, an_hour, compared, half_an_hour, passive, rebuild};
use crate::catalog::Catalog;
use crate::decide::{Target, TippingPoint};
use crate::model::Topology;
use crate::model::cost::Total;
use crate::model::runway::Runway;
use crate::model::verdict::Objective;
use crate::report::verdict;
use crate::units::{Money, Secs};

#[test]
fn the_flip_is_judged_again_and_names_every_target_that_moves() {
    let (comparison, _) = compared(&half_an_hour(), [&rebuild(), &passive(), &active()], &[]);
    assert_eq!(
        verdict::tipping_point(&comparison).unwrap().replace('\u{a0}', " "),
        "The passive pair becomes the choice at an RTO target of 46 min and a write latency target of 104 ms."
    );
}

#[test]
fn a_flip_may_tighten_a_target_until_the_choice_drops_out() {
    let mut plan = an_hour();
    plan.objectives.rto = Some(Secs::mins(50.0));
    let (comparison, _) = compared(&plan, [&rebuild(), &passive(), &active()], &[]);
    assert_eq!(comparison.choice, Some(Topology::Passive));
    let tipping = verdict::tipping_point(&comparison).unwrap().replace('\u{a0}', " ");
    assert_eq!(tipping, "The active group becomes the choice at an RTO target of 45 min.");
    plan.objectives.rto = Some(Secs::mins(45.0));
    let (comparison, _) = compared(&plan, [&rebuild(), &passive(), &active()], &[]);
    assert_eq!(comparison.choice, Some(Topology::Active), "the tipping point that was promised");
}

#[test]
fn a_budget_that_is_too_small_flips_at_the_next_dollar() {
    let mut plan = half_an_hour();
    plan.objectives.budget = Some(Money::whole(3_000));
    let mut active = active();
    active.bill.total = Total::exactly(Money::new("3412.16".parse().unwrap()));
    let (comparison, text) = compared(&plan, [&rebuild(), &passive(), &active], &[]);
    assert_eq!((comparison.choice, comparison.nearest), (None, Some(Topology::Active)));
    assert!(text.contains("it misses the budget by $412, and meets RPO in the model alone."), "{text}");
    assert_eq!(
        verdict::tipping_point(&comparison).unwrap(),
        "The active group becomes the choice at a budget of $3,413 a month."
    );
}

#[test]
fn no_flip_out_of_reach() {
    // The pair is three hours away from an RTO of a minute: that is another plan.
    let mut plan = half_an_hour();
    plan.objectives.rto = Some(Secs::mins(4.0));
    let mut passive = passive();
    passive.rto[0].p95 = Secs::hours(3.0);
    let mut active = active();
    active.runway = Runway::NotAtRisk;
    let (comparison, _) = compared(&plan, [&rebuild(), &passive, &active], &[]);
    assert_eq!((comparison.choice, comparison.tipping_point), (Some(Topology::Active), None));
}

/// One target missed by twice its size is further away than two missed by a twentieth: 2 against 0.05 + 0.04.
#[test]
fn the_nearest_is_by_how_far_the_targets_move_and_not_by_how_many() {
    let mut plan = half_an_hour();
    plan.objectives.rto = Some(Secs::mins(44.0));
    let mut group = active();
    group.latency.worst_write = Some((crate::catalog::RegionId::new("eastus"), Secs::millis(300.0)));
    let (comparison, _) = compared(&plan, [&rebuild(), &passive(), &group], &[]);
    assert_eq!((comparison.choice, comparison.nearest), (None, Some(Topology::Passive)));
    assert_eq!(
        verdict::tipping_point(&comparison).unwrap().replace('\u{a0}', " "),
        "The passive pair becomes the choice at an RTO target of 46 min and a write latency target of 104 ms."
    );
}

/// Without a choice the smallest change is said however many targets move, and however far.
#[test]
fn a_plan_that_nothing_meets_always_hears_the_smallest_change() {
    let mut plan = half_an_hour();
    (plan.objectives.rto, plan.objectives.rpo) = (Some(Secs::mins(1.0)), Some(Secs::secs(1.0)));
    plan.objectives.budget = Some(Money::whole(2_000));
    let (comparison, _) = compared(&plan, [&rebuild(), &passive(), &active()], &[]);
    assert_eq!((comparison.choice, comparison.nearest), (None, Some(Topology::Active)));
    assert_eq!(
        verdict::tipping_point(&comparison).unwrap().replace('\u{a0}', " "),
        "The active group becomes the choice at a budget of $3,412 a month, an RPO target of 2 s and an RTO target of 3 min."
    );
}

/// A group of M20 lasts 5 h 6 min, but a target of 4 h 11 min already makes its data outgrow M20 so early that the pair costs less: set by
/// hand in the plan, the pair is the choice at 4 h 11 min and the group at 4 h 10 min. Six halves of the way from 2 h find it to 3 min.
#[test]
fn a_runway_target_is_the_one_at_which_the_choice_turns() {
    let late = r#"{"v": 1, "name": "late", "regions": [{"region": "swedencentral", "users": 0.5, "writes": 0.5},
        {"region": "norwayeast", "users": 0.5, "writes": 0.5}], "workload": {"dataset": 7000000000.0, "writes": 2500.0, "reads": 9000.0,
        "key_size": 40.0, "value_size": 500.0, "connections": 1200, "growth_per_year": 0.1}, "horizon": {"start": "2027-09-01",
        "months": 24}, "objectives": {"rpo": 60.0, "rto": 3600.0, "budget": "4000", "runway": 7200.0}, "passive": {"exists": "yes",
        "sku": "Premium_P2", "tenant_had_cache": "yes"}, "pricing": {"engineer_hour": "100"}, "recovery": {"readiness": "rehearsed"},
        "data": {"parts": [{"name": "s", "share": 1.0, "writes": 1.0, "class": "held-only-here", "conflicts": "last-write-wins"}]}}"#;
    let catalog = Catalog::bundled().unwrap();
    let plan: crate::plan::Plan = crate::codec::from_json(late).unwrap();
    let comparison = crate::evaluate::evaluate(&plan, &catalog).comparison;
    let tipping = comparison.tipping_point.unwrap();
    let [(Objective::Runway, Target::Time(target))] = tipping.targets[..] else { panic!("{tipping:?}") };
    assert_eq!((comparison.choice, tipping.topology), (Some(Topology::Active), Topology::Passive));
    assert!((Secs::mins(251.0)..Secs::mins(254.0)).contains(&target), "{target:?}");
    let at = |target| {
        let near = TippingPoint { targets: vec![(Objective::Runway, Target::Time(target))], ..tipping.clone() };
        crate::evaluate::evaluate(&near.of(&plan), &catalog).comparison.choice
    };
    assert_eq!(at(target), Some(Topology::Passive));
    assert_eq!(at(target - Secs::mins(3.0)), Some(Topology::Active));
}

/// A plan with open sizes, whose group takes a larger size once a longer runway is asked for, where the figures of today's size say that the
/// pair becomes the choice at 4 h 55 min; the presets; and each of them with a runway target a little under its own. Whatever is promised,
/// the plan with those targets keeps it.
#[test]
fn what_a_tipping_point_promises_the_plan_keeps() {
    let named = r#"{"v": 1, "name": "us_named", "workload": {"dataset": 8000000000.0, "writes": 1500.0, "reads": 9000.0, "key_size": 40.0,
        "value_size": 900.0, "connections": 1500, "growth_per_year": 0.1}, "objectives": {"rpo": 300.0, "rto": 10800.0, "budget": "9000"},
        "passive": {"exists": "no", "tenant_had_cache": "yes"}, "pricing": {"engineer_hour": "100"}, "recovery": {"readiness": "rehearsed"},
        "data": {"export_interval": 240.0, "parts": [{"name": "s", "share": 1.0, "writes": 1.0, "class": "held-only-here",
        "conflicts": "last-write-wins"}]}, "regions": [{"region": "eastus2", "users": 0.5, "writes": 0.5}, {"region": "centralus",
        "users": 0.5, "writes": 0.5}], "placement": {"residency": "named-regions"}}"#;
    let catalog = Catalog::bundled().unwrap();
    let named = crate::codec::from_json(named).unwrap();
    let own = crate::evaluate::evaluate(&named, &catalog).comparison;
    assert_eq!(own.choice, Some(Topology::Active));
    let pair_at_once = own.tipping_point.is_some_and(|it| it.targets.iter().any(|it| it.0 == Objective::Runway));
    assert!(!pair_at_once, "a larger group meets it, and costs less than the pair");
    let mut promised = 0;
    let presets = crate::presets::PRESETS.map(|text| crate::codec::from_json(text).unwrap());
    for plan in presets.into_iter().chain([named, half_an_hour(), an_hour()]) {
        let Some(tipping) = crate::evaluate::evaluate(&plan, &catalog).comparison.tipping_point else { continue };
        let then = crate::evaluate::evaluate(&tipping.of(&plan), &catalog).comparison.choice;
        assert_eq!(then, Some(tipping.topology), "{}: {tipping:?}", plan.name);
        promised += 1;
    }
    assert!(promised > 2, "{promised}");
}
