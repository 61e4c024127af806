use super::*;
use crate::codec;
use crate::evaluate::evaluate;
use crate::report::explored::sensitivity::measure_first;
use crate::units::{Currency, Range, Ratio, Secs};
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled().unwrap());

fn spread_plan() -> Plan {
    let mut plan = Plan::default();
    plan.workload.spread.rates = crate::plan::Span { low: Ratio::percent(50.0), high: Ratio::percent(200.0) };
    plan
}

/// Textbook cases: equal order, opposite order, ties share their ranks, and 1 − 6·Σd² ÷ (n·(n² − 1)) without ties.
#[test]
fn rank_correlation_by_hand() {
    let close = |found: Option<f64>, expected: f64| assert!((found.unwrap() - expected).abs() < 1e-12, "{found:?}");
    close(spearman(&[1.0, 2.0, 3.0, 9.0], &[10.0, 20.0, 35.0, 40.0]), 1.0);
    close(spearman(&[1.0, 2.0, 3.0], &[3.0, 2.0, f64::NEG_INFINITY]), -1.0);
    // d = 1, 1, 0, 1, 1: 1 − 6·4 ÷ (5·24) = 0.8
    close(spearman(&[1.0, 2.0, 3.0, 4.0, 5.0], &[2.0, 1.0, 3.0, 5.0, 4.0]), 0.8);
    // ranks 0.5, 0.5, 2 against 0, 1, 2: 1.5 ÷ √(1.5 × 2)
    close(spearman(&[7.0, 7.0, 9.0], &[1.0, 2.0, 3.0]), 1.5 / f64::sqrt(3.0));
    close(spearman(&[1.0, f64::NAN, 2.0, 3.0], &[1.0, 0.0, 2.0, 3.0]), 1.0);
    assert_eq!(spearman(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
    assert_eq!(spearman(&[1.0, 2.0], &[1.0, 2.0]), None);
}

#[test]
fn only_ranges_are_inputs_and_known_ones_are_points() {
    let mut plan = spread_plan();
    let all = Input::all(&plan);
    assert!(all.iter().any(|it| it.path == "workload.spread.rates"));
    assert!(all.iter().all(|it| it.path != "workload.spread.data"));
    plan.recovery.detect = Range::exactly(Secs::mins(3.0));
    assert!(Input::all(&plan).iter().all(|it| it.path != "recovery.detect"));
    for input in &all {
        let mut known = plan.clone();
        input.set(&mut known, input.high);
        assert!(Input::all(&known).iter().all(|it| it.path != input.path), "{}", input.path);
    }
}

/// The low and high ends by evaluating the plan by hand.
#[test]
fn an_end_is_the_evaluation_of_the_plan_with_it() {
    let plan = Plan::default();
    let sensitivity = Sensitivity::new(&plan, &CATALOG, Topology::Passive);
    let swings = sensitivity.one_at_a_time();
    let decide = swings.iter().find(|it| it.input.path == "recovery.decide").unwrap();
    let mut quick = plan.clone();
    quick.recovery.decide = Range::exactly(plan.recovery.decide.low);
    let by_hand = evaluate(&quick, &CATALOG).passive.rto[0].p95.as_secs();
    assert_eq!(decide.low[0].value, Some(by_hand));
    assert!(decide.high[0].value > decide.low[0].value && decide.moves(3) == Some(0.0));
}

#[test]
fn order_of_inputs_and_chunks_changes_nothing() {
    let plan = spread_plan();
    let whole = Sensitivity::new(&plan, &CATALOG, Topology::Active);
    let mut turned = Input::all(&plan);
    turned.reverse();
    turned.rotate_left(5);
    let other = Sensitivity::of(&plan, &CATALOG, Topology::Active, turned);
    let sampling = Sampling { seed: 5, trials: 48 };
    let columns = whole.sample(sampling, 0..48);
    let (early, late) = (other.sample(sampling, 0..20), other.sample(sampling, 20..48));
    let joined: Vec<Vec<f64>> = early.into_iter().zip(late).map(|(a, b)| [a, b].concat()).collect();
    assert_eq!(columns, joined);
    assert_eq!(whole.correlations(sampling, &columns), other.correlations(sampling, &joined));
    assert_eq!(whole.one_at_a_time(), other.one_at_a_time());
}

/// A chain's widest step has the highest rank correlation, and what is on no chain has about none.
#[test]
fn the_widest_step_correlates_most() {
    let mut plan = Plan::default();
    plan.recovery.decide = Range::new(Secs::mins(1.0), Secs::mins(60.0), Secs::mins(240.0));
    let sensitivity = Sensitivity::new(&plan, &CATALOG, Topology::Passive);
    let columns = sensitivity.sample(RANK_SAMPLING, 0..256);
    let found = sensitivity.correlations(RANK_SAMPLING, &columns);
    let of = |path: &str| {
        let at = sensitivity.ranged().iter().position(|it| it.path == path).unwrap();
        found[at][0].unwrap()
    };
    assert!(of("recovery.decide") > 0.9, "{}", of("recovery.decide"));
    assert!(of("recovery.force_unlink").abs() < 0.25, "{}", of("recovery.force_unlink"));
}

/// DNS and reconnect are early or late together: one sample, and so the same rank correlation, whatever the order.
#[test]
fn steps_of_one_cause_have_one_draw() {
    let mut plan = Plan::default();
    plan.passive.checks.geo_name_reaches_both = crate::plan::Confirmation::Confirmed;
    let sensitivity = Sensitivity::new(&plan, &CATALOG, Topology::Passive);
    let place = |path: &str| sensitivity.ranged().iter().position(|it| it.path == path).unwrap();
    let (dns, reconnect, keys) = (place("recovery.dns"), place("recovery.reconnect"), place("recovery.keys"));
    assert_eq!(sensitivity.samples[dns], sensitivity.samples[reconnect]);
    assert!(
        sensitivity.samples[keys] != sensitivity.samples[dns] && sensitivity.causes + 1 == sensitivity.ranged().len()
    );
    let columns = sensitivity.sample(RANK_SAMPLING, 0..256);
    let found = sensitivity.correlations(RANK_SAMPLING, &columns);
    assert_eq!(found[dns][0], found[reconnect][0]);
    // The same steps as in the recovery paths.
    let evaluation = evaluate(&plan, &CATALOG);
    let steps = Topology::ALL.into_iter().flat_map(|it| &evaluation.of(it).rto).flat_map(|chain| &chain.steps);
    for (a, b) in steps.clone().flat_map(|a| steps.clone().map(move |b| (a, b))) {
        let apart = a.field.is_empty() || b.field.is_empty() || a.field == b.field;
        assert!(apart || (a.cause == b.cause) == (cause_of(a.field) == cause_of(b.field)), "{a:?} {b:?}");
    }
}

#[test]
fn what_to_measure_first() {
    let presets = [
        include_str!("../../../../public/plans/energy-trading.json"),
        include_str!("../../../../public/plans/gaming-leaderboard.json"),
        include_str!("../../../../public/plans/marine-logistics.json"),
        include_str!("../../../../public/plans/tax-filing.json"),
        include_str!("../../../../public/plans/travel-booking.json"),
        include_str!("../../../../public/plans/enrolment.json"),
    ];
    let mut said = Vec::new();
    for text in presets {
        let plan = codec::from_json(text).unwrap();
        for topology in [Topology::Passive, Topology::Active] {
            let sensitivity = Sensitivity::new(&plan, &CATALOG, topology);
            let words = measure_first(&sensitivity.one_at_a_time(), &sensitivity.base(), &[0, 1, 2, 3], Currency::USD);
            said.push(format!("{}, {}: {}", plan.name, topology.name(), words.unwrap_or_else(|| "nothing".to_owned())));
        }
    }
    insta::assert_snapshot!(said.join("\n").replace('\u{a0}', " "));
}
