//! Laws of the deadline (M-07).

use super::*;
use crate::evaluate::evaluate;
use crate::explore::{OUTAGE_SAMPLING, outage_bands};
use crate::model::testing::{Answers, CATALOG, sku};
use crate::model::verdict::{Figure, Objective};
use crate::stats::sample::run_all;
use crate::units::OpsPerSec;
use proptest::prelude::*;

/// A group whose size, load and ranges vary; the memory always has something that fills it.
fn plan_of(gb: f64, writes: f64, deletes: f64, stretch: f64) -> Plan {
    let mut plan = Plan::default();
    plan.active.sku = sku("Balanced_B20");
    plan.workload.dataset = Bytes::gb(gb);
    plan.workload.writes = OpsPerSec::per_s(writes);
    let split = &mut plan.workload.split;
    (split.creates, split.deletes) = (Ratio::fraction(deletes), Ratio::fraction(deletes));
    (split.overwrites, split.expiries) = (Ratio::fraction(1.0 - 2.0 * deletes), Ratio::ZERO);
    let kept = &mut plan.assumptions.kept_per_delete;
    kept.high = kept.mode * stretch;
    plan
}

fn filling_of(plan: &Plan) -> Filling {
    Answers::of(Topology::Active, plan).filling().clone()
}

fn seconds(time: Option<Secs>) -> f64 {
    time.map_or(f64::INFINITY, Secs::as_secs)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// pessimistic ≤ act by ≤ typical, and the same for the times to 100 %.
    #[test]
    fn the_figure_lies_between_the_pessimistic_and_the_typical(
        gb in 0.5..16.0_f64, writes in 10.0..60_000.0_f64, deletes in 0.0..0.5_f64, stretch in 1.0..20.0_f64,
    ) {
        let filling = filling_of(&plan_of(gb, writes, deletes, stretch));
        let Deadline { act_by, typical, pessimistic } = filling.deadline;
        // A sum of the extremes in another order may differ in the last bit.
        let close = 1.0 + 1e-12;
        prop_assert!(seconds(pessimistic) <= seconds(act_by) * close && act_by.is_some() >= typical.is_some());
        prop_assert!(seconds(act_by) <= seconds(typical), "{:?}", filling.deadline);
        prop_assert!(seconds(filling.to_full.low) <= seconds(filling.full_p05) * close);
        prop_assert!(seconds(filling.full_p05) <= seconds(filling.to_full.mode));
    }

    /// More memory in use at the loss never leaves more time.
    #[test]
    fn the_figure_falls_with_used_memory(
        gb in 0.5..12.0_f64, more in 1.0..1.5_f64, writes in 10.0..60_000.0_f64, deletes in 0.01..0.5_f64,
    ) {
        let (less, fuller) = (plan_of(gb, writes, deletes, 5.0), plan_of(gb * more, writes, deletes, 5.0));
        let (less, fuller) = (filling_of(&less), filling_of(&fuller));
        prop_assert!(less.fill <= fuller.fill);
        prop_assert!(seconds(fuller.deadline.act_by) <= seconds(less.deadline.act_by));
    }

    /// A harder target never turns a miss into a pass, and the verdict is P05 against the target.
    #[test]
    fn a_higher_target_never_makes_a_missing_plan_meet(
        gb in 0.5..14.0_f64, writes in 10.0..60_000.0_f64, hours in 0.1..60.0_f64, more in 1.0..4.0_f64,
    ) {
        let met = |hours: f64| {
            let mut plan = plan_of(gb, writes, 0.3, 5.0);
            plan.objectives.runway = Some(Secs::hours(hours));
            let evaluation = evaluate(&plan, &CATALOG);
            let verdict = evaluation.active.verdicts.iter().find(|it| it.objective == Objective::Runway).unwrap().clone();
            let Runway::Fills(filling) = &evaluation.active.runway else { panic!("a group") };
            let expected = filling.full_p05.map_or(Figure::Unlimited, Figure::Time);
            assert_eq!((verdict.figure, verdict.met), (expected, Some(seconds(filling.full_p05) >= hours * 3_600.0)));
            verdict.met == Some(true)
        };
        prop_assert!(met(hours) || !met(hours * more));
    }

    /// Whether a runway is long enough is asked in fewer trials than how long it is, and answered alike: far from P05, next to it, on it.
    #[test]
    fn a_runway_outlasts_what_its_p05_does(
        gb in 0.5..14.0_f64, writes in 10.0..60_000.0_f64, spread in 1.0..6.0_f64, off in 0.2..4.0_f64, near in -0.01..0.01_f64,
    ) {
        let plan = plan_of(gb, writes, 0.3, spread);
        let evaluation = evaluate(&plan, &CATALOG);
        let case = evaluation.active.case(&plan, &CATALOG, &evaluation.demand);
        let Runway::Fills(filling) = &evaluation.active.runway else { panic!("a group") };
        let lasts = filling.full_p05.unwrap_or(Secs::days(30.0));
        for target in [lasts, lasts * off, lasts * (1.0 + near), filling.to_full.low.unwrap_or(lasts), lasts * (1.0 - 1e-12)] {
            let expected = filling.full_p05.is_none_or(|lasts| lasts >= target);
            prop_assert_eq!(super::outlasts(&case, target), expected, "{:?} against {:?}", lasts, target);
        }
    }
}

/// P05 of the first trials stands for that of the Outage tab's ten thousand: the tab's curve is at 5 % (± 1) at the deadline.
#[test]
fn the_curve_of_the_outage_tab_is_at_five_percent_at_the_deadline() {
    for (gb, writes) in [(4.0, 25_000.0), (8.0, 5_000.0), (6.0, 40_000.0)] {
        let plan = plan_of(gb, writes, 0.4, 5.0);
        let evaluation = evaluate(&plan, &CATALOG);
        let Runway::Fills(filling) = &evaluation.active.runway else { panic!("a group") };
        let study = crate::explore::OutageStudy::new(&plan, &evaluation).unwrap();
        let columns = run_all(&study, OUTAGE_SAMPLING);
        let late = columns[crate::explore::outage_bands::MOMENTS].iter();
        let act_by = filling.full_p05.unwrap() - unlink_takes(&plan);
        let share =
            late.filter(|latest| **latest < act_by.as_secs()).count() as f64 / f64::from(OUTAGE_SAMPLING.trials);
        assert!((share - 0.05).abs() < 0.01, "{gb} GB: {share}");
        assert_eq!(outage_bands(&plan, &evaluation, OUTAGE_SAMPLING).unwrap().deadline, filling.deadline);
    }
}

/// Without spread there is one case, and its time is all three.
#[test]
fn without_spread_all_three_are_one() {
    let mut plan = plan_of(6.0, 20_000.0, 0.4, 1.0);
    let assumed = &mut plan.assumptions;
    assumed.crdt_factor = Range::exactly(1.5);
    (assumed.kept_per_delete, assumed.kept_per_element, assumed.kept_per_overwrite) =
        (Range::exactly(Bytes::bytes(120.0)), Range::exactly(Bytes::bytes(80.0)), Range::exactly(Bytes::bytes(16.0)));
    let Deadline { act_by, typical, pessimistic } = filling_of(&plan).deadline;
    assert_eq!((act_by, act_by), (typical, pessimistic));
    assert!(act_by.is_some());
}

/// Where the most likely coefficients are the high ends, P05 would be later than the typical time: that stands instead.
#[test]
fn the_figure_is_never_later_than_the_typical_one() {
    let mut plan = plan_of(6.0, 20_000.0, 0.4, 1.0);
    let assumed = &mut plan.assumptions;
    assumed.crdt_factor = Range::new(1.0, 2.0, 2.0);
    (assumed.kept_per_delete.mode, assumed.kept_per_delete.high) = (Bytes::bytes(600.0), Bytes::bytes(600.0));
    (assumed.kept_per_overwrite.mode, assumed.kept_per_overwrite.high) = (Bytes::bytes(48.0), Bytes::bytes(48.0));
    let deadline = filling_of(&plan).deadline;
    assert_eq!(deadline.act_by, deadline.typical);
}

/// By hand, one uncertain figure: B10 at 60 % by 20,000 deletes/s of keys of 20 B whose kept bytes are spread evenly up and
/// down about 80 B (0 – 80 – 160). P95 of that triangle is 160 − √(0.05 × 160 × 80) = 134.70 B, so P05 of the time is
/// 3.84 GB ÷ (20,000 × 154.70 B) = 20.69 min; less 60 s and 10 min there are 9.69 min. A thousand even trials: 1 %.
#[test]
fn p05_of_one_triangle_by_hand() {
    let mut plan = crate::model::testing::plain(5.76 - 0.24, 40_000.0);
    plan.active.sku = sku("Balanced_B10");
    let split = &mut plan.workload.split;
    (split.creates, split.deletes) = (Ratio::percent(50.0), Ratio::percent(50.0));
    (split.overwrites, split.expiries) = (Ratio::ZERO, Ratio::ZERO);
    plan.workload.key_size = Bytes::bytes(20.0);
    plan.assumptions.kept_per_delete = Range::new(Bytes::ZERO, Bytes::bytes(80.0), Bytes::bytes(160.0));
    let filling = filling_of(&plan);
    let (full, act_by) = (filling.full_p05.unwrap().as_mins(), filling.deadline.act_by.unwrap().as_mins());
    assert!((full / 20.69 - 1.0).abs() < 0.01, "{full}");
    assert!((full - act_by - 11.0).abs() < 1e-9, "{act_by}");
    assert!((filling.to_full.mode.unwrap().as_mins() - 32.0).abs() < 1e-6);
}
