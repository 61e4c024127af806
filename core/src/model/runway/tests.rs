use super::*;
use crate::model::testing::{self, Answers, plain, sku};
use crate::units::OpsPerSec;

/// Facts 8.4, from R2–R4: 20,000 deletes/s that keep exactly 100 B each fill B10 (9.6 GB) from 60 % in 32 min.
#[test]
fn b10_at_60_percent_lasts_32_minutes() {
    let growth = OpsPerSec::per_s(20_000.0) * Bytes::bytes(100.0);
    let full = time_to(Ratio::ONE, Bytes::gb(9.6), Bytes::gb(9.6) * 0.6, growth).unwrap();
    assert!((full.as_mins() - 32.0).abs() < 1e-9);
}

/// The same through a whole plan of 40,000 changes/s; 5.76 GB with the two backlogs of 60 MB on two shards.
fn b10(dataset_gb: f64) -> Plan {
    testing::b10(dataset_gb, 40_000.0)
}

#[test]
fn b10_lasts_32_minutes_through_the_plan() {
    let answers = Answers::of(Topology::Active, &b10(5.76 - 0.24));
    let filling = answers.filling();
    assert!((filling.fill.as_percent() - 60.0).abs() < 1e-9);
    assert!((filling.to_full.mode.unwrap().as_mins() - 32.0).abs() < 1e-6);
    assert!((filling.to_alert.mode.unwrap().as_mins() - 12.0).abs() < 1e-6, "15 % of 9.6 GB at 2 MB/s");
    assert!(filling.alert_too_late, "the alert's window is 60 min (S3)");
    // 32 min less 60 s for the command and 10 min of margin.
    assert!((filling.deadline.typical.unwrap().as_mins() - 21.0).abs() < 1e-6);
}

/// The fewest writes of its own leave the most: 1 − s·(1 − h). With equal ones, or all clients re-homed, it is the scenario's.
#[test]
fn the_closed_form_names_its_region() {
    let mut plan = b10(4.0);
    plan.regions = crate::model::testing::even_regions(&["eastus", "northeurope", "southeastasia"]);
    plan.outage.lost = 2;
    assert_eq!(worst_loss(&plan), Some(2));
    plan.regions[1].writes = Ratio::percent(10.0);
    plan.assumptions.rehome_share = Ratio::percent(50.0);
    assert_eq!(worst_loss(&plan), Some(1));
    plan.assumptions.rehome_share = Ratio::ONE;
    assert_eq!(worst_loss(&plan), Some(2));
    plan.regions.clear();
    assert_eq!(worst_loss(&plan), None);
}

/// 32 min less 11 min for the command and its margin leave 21 min: a window of 11 min and 10 min to decide are in time, a
/// window of 12 min is not, long before memory is full.
#[test]
fn the_alert_leaves_time_to_decide_and_to_unlink() {
    let mut plan = b10(5.76 - 0.24);
    for (minutes, late) in [(10.9, false), (11.1, true), (31.0, true)] {
        plan.recovery.alert_window = Secs::mins(minutes);
        let answers = Answers::of(Topology::Active, &plan);
        let filling = answers.filling();
        assert_eq!(filling.alert_too_late, late, "{minutes}");
        assert!((window_in_time(&plan, filling.deadline.act_by).unwrap().as_mins() - 11.0).abs() < 1e-6);
    }
    assert_eq!((alert_too_late(&plan, None), window_in_time(&plan, None)), (false, None));
}

/// Facts 8.3 prints 20, 41, 102 and 205 s; its GB are 1,024 MB, ours 1,000, hence 2.4 %.
#[test]
fn outage_that_the_backlog_covers() {
    for (name, secs) in
        [("Balanced_B10", 20.0), ("Balanced_B20", 41.0), ("Balanced_B50", 102.0), ("Balanced_B100", 205.0)]
    {
        let mut plan = plain(2.0, 5_000.0);
        plan.active.sku = sku(name);
        let mut answers = Answers::of(Topology::Active, &plan);
        answers.demand.stream = OpsPerSec::per_s(5_000.0) * Bytes::bytes(1_200.0);
        let runway = runway(&answers.case(Topology::Active, &plan));
        answers.runway = runway;
        let covered = answers.filling().partial_resync_within.unwrap().as_secs();
        assert!((covered / secs - 1.0).abs() < 0.03, "{name}: {covered} s");
    }
}

/// R2: 1 % of the size by shard, from 1 MB to 250 MB.
#[test]
fn backlogs_are_clamped() {
    for (gb, shards, mb) in [(12.0, 2, 60.0), (0.1, 2, 1.0), (1_920.0, 12, 250.0), (1_920.0, 192, 100.0)] {
        let member = Member { advertised: Bytes::gb(gb), shards };
        assert!((member.backlog_per_shard().as_mb() - mb).abs() < 1e-9, "{gb} GB");
    }
}

#[test]
fn times_at_the_edges() {
    let rate = BytesPerSec::mb_per_s(1.0);
    for (used, growth, time) in [
        (5.0, rate, Some(5_000.0)),
        (10.0, rate, Some(0.0)),
        (12.0, BytesPerSec::ZERO, Some(0.0)),
        (5.0, BytesPerSec::ZERO, None),
        (5.0, BytesPerSec::mb_per_s(-1.0), None),
        (5.0, BytesPerSec::bytes_per_s(f64::MIN_POSITIVE), None),
    ] {
        let got = time_to(Ratio::ONE, Bytes::gb(10.0), Bytes::gb(used), growth);
        assert_eq!(got.map(Secs::as_secs), time, "{used} GB, {growth:?}");
    }
}

/// Live data that grows counts with the CRDT factor: 10,000/s of (20 + 500 + 60) B × 2, and nothing is deleted.
#[test]
fn growing_data_fills_the_survivors_too() {
    let mut plan = b10(2.0);
    plan.workload.writes = OpsPerSec::per_s(20_000.0);
    plan.workload.split.deletes = Ratio::ZERO;
    plan.assumptions.crdt_factor = Range::exactly(2.0);
    let growth = Answers::of(Topology::Active, &plan).filling().growth;
    assert!((growth.mode.as_mb_per_s() - 11.6).abs() < 1e-9);
    plan.assumptions.rehome_share = Ratio::ZERO;
    let growth = Answers::of(Topology::Active, &plan).filling().growth;
    assert!((growth.mode.as_mb_per_s() - 0.6 * 11.6).abs() < 1e-9, "the 40 % of the lost region's users are gone");
}

#[test]
fn only_a_group_fills() {
    assert_eq!(Answers::of(Topology::Rebuild, &Plan::default()).runway, Runway::ColdStart);
    assert_eq!(Answers::of(Topology::Passive, &Plan::default()).runway, Runway::NotAtRisk);
    let mut alone = Plan::default();
    alone.regions.truncate(1);
    assert_eq!(Answers::of(Topology::Passive, &alone).runway, Runway::NotApplicable);
}
