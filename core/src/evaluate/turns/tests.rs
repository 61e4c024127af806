//! Turns against whole evaluations, and the ranges that leave a choice open.
#![allow(clippy::unwrap_used, clippy::float_cmp)]

use super::super::{evaluate, evaluate_unread};
use super::*;
use crate::decide::Reason;
use crate::presets::{PRESETS, others};
use crate::units::{Ratio, Secs};

fn plans() -> Vec<Plan> {
    PRESETS.iter().map(|text| crate::codec::from_json(text).unwrap()).chain([Plan::default()]).collect()
}

/// Plans whose group is outgrown inside the horizon at one end of its CRDT factor, and by a growing load at all.
fn outgrown_plans() -> Vec<Plan> {
    let texts = [others::SESSIONS, others::CHEAP_PAIR, others::LEADERBOARD];
    let mut plans = texts.map(|text| crate::codec::from_json(text).unwrap()).to_vec();
    // The volumes have a span; and a target of the runway that a growing load misses.
    let mut spread = plans[0].clone();
    spread.workload.spread.data = crate::plan::Span { low: Ratio::percent(80.0), high: Ratio::percent(150.0) };
    let mut fills = plans[2].clone();
    fills.objectives.runway = Some(Secs::hours(6.0));
    plans.extend([spread, fills]);
    // Loads that replace sizes, in plans that pass a budget, lose the rest of a term or move from what runs.
    let growing = [
        include_str!("../../../../tests/fixtures/growing/clustered.json"),
        include_str!("../../../../tests/fixtures/growing/ends.json"),
        include_str!("../../../../tests/fixtures/growing/managed.json"),
        include_str!("../../../../tests/fixtures/growing/standard.json"),
        include_str!("../../../../tests/fixtures/growing/waits.json"),
    ];
    plans.extend(growing.map(|text| crate::codec::from_json(text).unwrap()));
    plans
}

/// The short way is the long one: each end of each range, evaluated in full.
#[test]
fn the_choice_turns_where_the_whole_evaluation_says_so() {
    let catalog = Catalog::bundled().unwrap();
    for plan in plans().into_iter().chain(outgrown_plans()) {
        let own = evaluate(&plan, &catalog);
        let said: Vec<(&str, f64, Option<Topology>)> =
            own.comparison.turns.iter().map(|turn| (turn.input.path, turn.at, turn.to)).collect();
        let Some(choice) = own.comparison.choice else {
            assert_eq!(said, []);
            continue;
        };
        let ends = Input::all(&plan).into_iter().flat_map(|it| [(it.clone(), it.low), (it.clone(), it.high)]);
        let whole: Vec<(&str, f64, Option<Topology>)> = ends
            .filter_map(|(input, at)| {
                let mut known = plan.clone();
                input.set(&mut known, at);
                let to = evaluate_unread(&known, &catalog).comparison.choice;
                (to != Some(choice)).then_some((input.path, at, to))
            })
            .collect();
        assert_eq!(said, whole, "{}", plan.name);
    }
}

/// The CRDT factor of enrolment is 1.1 to 2 (R1: up to 2): at 2 the group needs the next size, and the pair costs less. The size takes
/// its most likely value alone, so that nothing else says how far that may be off.
#[test]
fn a_range_that_the_size_takes_as_a_point_is_too_close_to_call() {
    let catalog = Catalog::bundled().unwrap();
    let mut plan = plans().into_iter().find(|plan| plan.name == "Enrolment").unwrap();
    let told = evaluate(&plan, &catalog).comparison;
    assert_eq!((told.choice, told.too_close()), (Some(Topology::Active), true));
    let Some(Reason::Turns { to, next: Some((next, _)) }) = told.reason else { panic!("{:?}", told.reason) };
    assert_eq!((to, next), (Some(Topology::Passive), Topology::Passive));
    let turn = &told.turns[0];
    assert_eq!((turn.input.path, turn.at, turn.to), ("assumptions.crdt_factor", 2.0, Some(Topology::Passive)));
    plan.assumptions.crdt_factor = crate::units::Range::exactly(1.5);
    assert!(!evaluate(&plan, &catalog).comparison.too_close(), "measured, it decides");
    plan.assumptions.crdt_factor = crate::units::Range::exactly(2.0);
    assert_eq!(evaluate(&plan, &catalog).comparison.choice, Some(Topology::Passive));
}

/// A first month of the group that is the same at every factor (its traffic is absorbed) says nothing of the months in which a larger size
/// follows: sessions are past a budget of $5,000 with M100 from month 20 on at 2 (R1), and at 1.1 no larger size follows the group that
/// costs more than the pair at 1.5.
#[test]
fn a_factor_that_outgrows_a_later_month_is_too_close_to_call() {
    let catalog = Catalog::bundled().unwrap();
    let told = |plan: &Plan| evaluate(plan, &catalog).comparison;
    let ends = |text: &str, at: f64| {
        let mut plan: Plan = crate::codec::from_json(text).unwrap();
        let own = told(&plan);
        let turn = own.turns.iter().find(|it| it.input.path == CRDT && it.at == at).cloned();
        assert!(own.too_close(), "{}: {:?}", plan.name, own.reason);
        plan.assumptions.crdt_factor = crate::units::Range::exactly(at);
        let known = told(&plan);
        assert_eq!(turn.map(|it| it.to), Some(known.choice), "{}", plan.name);
        (own.choice, known)
    };
    let (own, at_two) = ends(others::SESSIONS, 2.0);
    assert_eq!((own, at_two.choice), (Some(Topology::Active), None));
    let months = at_two.over.unwrap().of(Topology::Active).own.clone();
    assert_eq!(months.outgrown.map(|(month, _)| month), Some(20));
    let (own, at_low) = ends(others::CHEAP_PAIR, 1.1);
    assert_eq!((own, at_low.choice), (Some(Topology::Passive), Some(Topology::Active)));
}

/// P95 of a recovery counts the range of each step. The pair of the tax filing misses 45 min by 5 min of assumed steps of people, and costs
/// less: a step known to be quick brings it in, so that the choice is too close to call and the steps are what to measure first.
#[test]
fn a_counted_range_that_brings_in_a_cheaper_design_is_too_close_to_call() {
    let catalog = Catalog::bundled().unwrap();
    let mut plan = plans().into_iter().find(|plan| plan.name == "Tax filing").unwrap();
    let told = evaluate(&plan, &catalog).comparison;
    let over = told.over.clone().unwrap();
    assert!(over.of(Topology::Passive).rank() < over.of(Topology::Active).rank());
    assert_eq!(told.reason, Some(Reason::Turns { to: Some(Topology::Passive), next: None }));
    let decide = told.turns.iter().find(|turn| turn.input.path == "recovery.decide").unwrap();
    assert!(decide.to == Some(Topology::Passive) && decide.cheaper && decide.leaves_open(), "{decide:?}");
    // Drilled and quick, it is the pair; drilled and slow, it is the group for certain.
    let chosen = |minutes: f64| {
        let mut plan = plan.clone();
        decide.input.set(&mut plan, 60.0 * minutes);
        evaluate(&plan, &catalog).comparison
    };
    assert_eq!(chosen(2.0).choice, Some(Topology::Passive));
    // An hour more and no quick step brings the pair in.
    plan.objectives.rto = plan.objectives.rto.map(|it| it - crate::units::Secs::mins(8.0));
    let far = evaluate(&plan, &catalog).comparison;
    assert_eq!((far.choice, far.too_close()), (Some(Topology::Active), false), "{:?}", far.turns);
}

/// The pair of Marine logistics misses its hour where a step of people is at its slowest, and the dearer group follows: that is what P95
/// counts. It is named among what is unknown, and leaves nothing open.
#[test]
fn a_counted_range_that_brings_in_a_dearer_design_leaves_nothing_open() {
    let catalog = Catalog::bundled().unwrap();
    let plan = plans().into_iter().find(|plan| plan.name == "Marine logistics").unwrap();
    let told = evaluate(&plan, &catalog).comparison;
    let slow = told.turns.iter().find(|turn| turn.input.path == "recovery.decide").unwrap();
    assert_eq!((slow.to, slow.cheaper, slow.leaves_open()), (Some(Topology::Active), false, false));
}

/// Marine logistics without a rate: the group's 160 hours have no price, and at some rate below the example's $90 the pair costs
/// less.
#[test]
fn a_move_whose_hours_have_no_rate_is_too_close_to_call() {
    let catalog = Catalog::bundled().unwrap();
    let mut plan = plans().into_iter().find(|plan| plan.name == "Marine logistics").unwrap();
    plan.pricing.engineer_hour = None;
    plan.pricing.overrides.clear();
    let told = evaluate(&plan, &catalog).comparison;
    let hours = told.hours.clone().unwrap();
    assert_eq!((told.choice, hours.more_of, hours.than), (Some(Topology::Active), Topology::Active, Topology::Passive));
    // 160 of the move, and in the month side by side the drills of both: hours a year ÷ 12.
    let drills = plan.pricing.hours_per_drill * rust_decimal::Decimal::from(plan.pricing.drills_per_year);
    let more = hours.hours - rust_decimal::Decimal::from(160);
    assert_eq!(more.round_dp(3), (drills / rust_decimal::Decimal::from(12)).round_dp(3));
    assert!(told.too_close(), "{:?}", told.reason);
    // The rate that is named is the rate at which it turns: a cent below it the group is chosen, at it the pair.
    let rate = hours.turns_at.unwrap().as_decimal();
    let chosen = |rate| {
        let mut plan = plan.clone();
        plan.pricing.engineer_hour = Some(crate::units::UnitPrice::new(rate));
        evaluate(&plan, &catalog).comparison.choice
    };
    assert_eq!(chosen(rate), Some(Topology::Passive), "{rate}");
    assert_eq!(chosen(rate - rust_decimal::Decimal::new(2, 2)), Some(Topology::Active), "{rate}");
}
