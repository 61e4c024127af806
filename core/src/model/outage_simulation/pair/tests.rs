use super::super::*;
use crate::evaluate::evaluate;
use crate::model::testing::{CATALOG, even_regions, plain, sku};
use crate::plan::Failure;
use crate::units::{Bytes, BytesPerSec, Range, Secs};

fn pair(plan: &Plan) -> PairOutage {
    pair_outage(plan, &evaluate(plan, &CATALOG)).unwrap()
}

fn kinds(log: &Log) -> String {
    log.events.iter().map(|event| format!("{:?}", event.kind)).collect::<Vec<_>>().join(" ")
}

/// One shard, a buffer that no sync overruns.
fn premium(dataset_gb: f64, writes: f64) -> Plan {
    let mut plan = plain(dataset_gb, writes);
    (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
    plan.assumptions.replica_buffer = Bytes::gb(100.0);
    plan
}

/// The same durations as the chains of M-06 at their most likely values; lost is the lag's bytes (M-04).
#[test]
fn a_pair_fails_over_and_back() {
    let mut plan = premium(4.0, 1_000.0);
    let evaluation = evaluate(&plan, &CATALOG);
    let [over, unlink, planned] = [0, 1, 2].map(|at| evaluation.passive.rto[at].total.mode);
    let pause = evaluation.passive.rto[2].pause(&plan);
    assert!(planned < pause && pause > plan.recovery.client_pause, "S1: the new primary keeps the pause");
    let PairOutage { log, answers } = pair(&plan);
    insta::assert_snapshot!(kinds(&log), @"RegionLost Decision FailoverStarted Promoted Served RegionBack FullSync InSync Redundant FailbackStarted FailbackDone");
    let near = |time: Option<Secs>, expected: Secs| (time.unwrap() - expected).as_secs().abs() < 1e-5;
    assert!(near(answers.unserved, over + pause) && near(Some(answers.failback_gap), pause));
    assert_eq!(answers.lost, evaluation.passive.rpo.steady_bytes);
    plan.outage.control_plane_lost = true;
    let unlinked = pair(&plan);
    insta::assert_snapshot!(kinds(&unlinked.log), @"RegionLost Decision PairUnlinkStarted Promoted Served RegionBack NewLink InSync Redundant FailbackStarted FailbackDone");
    assert!(near(unlinked.answers.unserved, unlink + pause));
    (plan.recovery.client_pause, plan.outage.control_plane_lost) = (Secs::ZERO, false);
    assert!(near(pair(&plan).answers.unserved, over + pause), "without one of the plan's, the swap's own");
    plan.outage.acts = false;
    let waits = pair(&plan).answers;
    assert_eq!((waits.unserved, waits.lost), (Some(Secs::hours(4.0)), Bytes::ZERO));
}

#[test]
fn a_pair_loses_its_secondary_or_its_link() {
    let mut plan = premium(4.0, 1_000.0);
    plan.outage.lost = 1;
    for failure in [Failure::Loss, Failure::Partition] {
        plan.outage.failure = failure;
        for (secs, kind) in [(1.0, EventKind::PartialResync), (60.0, EventKind::FullSync)] {
            plan.outage.length = Some(Secs::secs(secs));
            let PairOutage { log, answers } = pair(&plan);
            assert!(log.first(kind, Some(1)).is_some(), "{failure:?} {secs} s: {}", kinds(&log));
            assert_eq!((answers.unserved, answers.lost), (Some(Secs::ZERO), Bytes::ZERO));
        }
    }
    plan.regions = even_regions(&["eastus", "northeurope", "southeastasia"]);
    plan.outage.lost = 2;
    let evaluation = evaluate(&plan, &CATALOG);
    assert_eq!(pair_outage(&plan, &evaluation), None, "the third region is not in the pair");
}

#[test]
fn a_pair_loses_both() {
    let mut plan = premium(4.0, 1_000.0);
    (plan.outage.second, plan.outage.second_after) = (Some(1), Secs::hours(2.0));
    let PairOutage { log, answers } = pair(&plan);
    insta::assert_snapshot!(kinds(&log), @"RegionLost Decision FailoverStarted Promoted Served RegionLost NobodyLeft RegionBack RegionBack Served FullSync InSync Redundant FailbackStarted FailbackDone");
    assert!(answers.unserved.unwrap() > Secs::hours(4.0));
}

/// The failover runs from 15 min on. Lost before, during and after the primary is back, the secondary is not promoted: the
/// primary serves when it is back, and the secondary catches up.
#[test]
fn a_secondary_that_is_lost_breaks_its_promotion_off() {
    let mut plan = premium(4.0, 1_000.0);
    plan.outage.second = Some(1);
    let cases = [
        (5.0, 240.0, 240.0, "RegionLost RegionLost NobodyLeft RegionBack Served RegionBack FullSync InSync Redundant"),
        (
            16.0,
            240.0,
            240.0,
            "RegionLost Decision FailoverStarted RegionLost PromotionOff NobodyLeft RegionBack Served RegionBack FullSync InSync Redundant",
        ),
        (
            17.0,
            15.5,
            17.0,
            "RegionLost Decision FailoverStarted RegionBack RegionLost PromotionOff Served RegionBack FullSync InSync Redundant",
        ),
    ];
    for (second, length, served, expected) in cases {
        (plan.outage.second_after, plan.outage.length) = (Secs::mins(second), Some(Secs::mins(length)));
        let PairOutage { log, answers } = pair(&plan);
        assert_eq!(kinds(&log), expected, "{second} min");
        assert_eq!((answers.unserved, answers.lost), (Some(Secs::mins(served)), Bytes::ZERO), "{second} min");
    }
}

/// Both promotions lose the lag's bytes: the second region is lost when the first is in sync again.
#[test]
fn every_promotion_loses_its_lag() {
    let mut plan = premium(4.0, 1_000.0);
    plan.outage.failback = false;
    (plan.outage.second, plan.outage.second_after) = (Some(1), Secs::hours(6.0));
    let PairOutage { log, answers } = pair(&plan);
    assert_eq!(log.events.iter().filter(|event| event.kind == EventKind::Promoted).count(), 2);
    let rpo = evaluate(&plan, &CATALOG).answers.passive.rpo;
    assert_eq!((answers.lost, answers.lost_in_burst), (rpo.steady_bytes * 2.0, rpo.burst_bytes * 2.0));
}

/// 20 min of six times the mean at 10 MB/s leave `(w_peak − R)·T` (M-04).
#[test]
fn a_burst_loses_its_backlog() {
    let mut plan = premium(4.0, 5_000.0);
    plan.assumptions.sync_rate = Range::exactly(BytesPerSec::mb_per_s(10.0));
    plan.workload.peak = crate::plan::Peak::default();
    plan.workload.peak.ratio = 6.0;
    let evaluation = evaluate(&plan, &CATALOG);
    let answers = pair(&plan).answers;
    let backlog = Bytes::mb((evaluation.demand.stream_peak.as_mb_per_s() - 10.0) * plan.workload.peak.burst.as_secs());
    assert!(backlog > Bytes::gb(1.0) && answers.lost < Bytes::mb(1.0));
    let at_peak = evaluation.demand.stream_peak * evaluation.passive.rpo.steady;
    assert!(((answers.lost_in_burst - at_peak) / backlog - 1.0).abs() < 1e-9);
}

/// Changes that arrive faster than they are applied say so (M-03); nobody is promoted with nothing. A buffer that nobody publishes
/// decides nothing.
#[test]
fn a_copy_that_never_ends_says_why() {
    let plan = premium(4.0, 5e6);
    let PairOutage { log, answers } = pair(&plan);
    assert_eq!((answers.redundant_after, answers.unserved), (None, Some(Secs::hours(4.0))));
    assert_eq!((log.first(EventKind::Promoted, None), answers.lost), (None, Bytes::ZERO));
    assert!(log.events.iter().any(|event| event.kind == EventKind::NeverInSync));
    let mut plan = premium(4.0, 1_000.0);
    let held = kinds(&pair(&plan).log);
    plan.assumptions.replica_buffer = Bytes::kb(1.0);
    assert_eq!(kinds(&pair(&plan).log), held);
}

/// The full sync of a small cache ends before users are served: the recovery path waits for them.
#[test]
fn nobody_goes_back_before_users_are_served() {
    let mut plan = premium(0.1, 100.0);
    plan.outage.length = Some(Secs::mins(16.0));
    let PairOutage { log, .. } = pair(&plan);
    insta::assert_snapshot!(kinds(&log), @"RegionLost Decision FailoverStarted RegionBack Promoted FullSync InSync Redundant Served FailbackStarted FailbackDone");
    let at = |kind| log.first(kind, None).unwrap();
    assert!(at(EventKind::InSync) < at(EventKind::Served));
    assert_eq!(at(EventKind::Served), at(EventKind::FailbackStarted));
}
