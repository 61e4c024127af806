//! Lag and RPO of a pair against figures worked out by hand.

use super::*;
use crate::model::testing::{Answers, plain, sku};

fn pair(writes: f64) -> Plan {
    let mut plan = plain(4.0, writes);
    (plan.passive.sku, plan.passive.shards) = (sku("Premium_P2"), Some(1));
    plan.assumptions.sync_rate = crate::units::Range::exactly(BytesPerSec::mb_per_s(10.0));
    plan.assumptions.replica_buffer = Bytes::gb(1_000.0);
    (plan.syncs.patches_per_year, plan.syncs.link_troubles_per_year) = (0.0, 0.0);
    plan
}

/// Measured: flat at the one-way delay up to 95 % utilisation. The published round trip is 71 ms (S21), the batch 10 ms. Without
/// interruptions P95 is that of the way: twice half the round trip (assumption), and the batch.
#[test]
fn smooth_writes_are_the_one_way_delay_late() {
    let rpo = Answers::of(Topology::Passive, &pair(5_000.0)).rpo;
    let trip = crate::model::latency::round_trip(
        &Plan::default(),
        &crate::model::testing::CATALOG,
        &crate::catalog::RegionId::new("eastus"),
        &crate::catalog::RegionId::new("northeurope"),
    );
    let trip = trip.unwrap().rtt;
    assert_eq!(rpo.steady, trip / 2.0 + Secs::millis(10.0));
    let near = |a: Option<Secs>, b: Secs| (a.unwrap() - b).as_millis().abs() < 1e-6;
    assert!(near(rpo.median, rpo.steady) && near(rpo.p95, trip + Secs::millis(10.0)), "{rpo:?}");
    assert_eq!((rpo.max, rpo.share_within_target), (rpo.worst_of_day, Some(Ratio::ONE)));
}

/// 10 MB/s over a burst of three times the mean: the median is smooth, the worst is `(w − R)·T ÷ R`.
#[test]
fn bursts_above_the_link_are_late() {
    let mut plan = pair(10_000.0);
    plan.workload.peak = crate::plan::Peak::default();
    let answers = Answers::of(Topology::Passive, &plan);
    let (rpo, peak) = (&answers.rpo, answers.demand.stream_peak.as_mb_per_s());
    assert!((rpo.median.unwrap() - rpo.steady).as_millis() < 5.0, "{rpo:?}");
    let late = (peak - 10.0) * 1_200.0 / 10.0;
    assert!(((rpo.worst_of_day.unwrap() - rpo.steady).as_secs() - late).abs() < 1e-6);
    assert!(rpo.p95 < rpo.max && rpo.share_within_target.unwrap() < Ratio::ONE);
    assert!(rpo.rate_for_target.unwrap().as_mb_per_s() > 10.0);
}

/// Bursts of 20 min twice a day: a lag of over a minute is the rest of the time that meets a target of a minute; further back is rarer.
#[test]
fn how_far_back_a_loss_reaches_is_the_rest_of_the_target() {
    let mut plan = pair(10_000.0);
    (plan.workload.peak, plan.objectives.rpo) = (crate::plan::Peak::default(), Some(Secs::mins(1.0)));
    let rpo = Answers::of(Topology::Passive, &plan).rpo;
    let minute = rpo.older.iter().find(|(age, _)| *age == Secs::mins(1.0)).unwrap().1;
    let missed = 1.0 - rpo.share_within_target.unwrap().as_fraction();
    assert!((minute.as_fraction() - missed).abs() < 1e-12 && missed > 0.0, "{minute:?} {missed}");
    assert!(rpo.older.is_sorted_by(|a, b| a.1 >= b.1), "{:?}", rpo.older);
    assert!(Answers::of(Topology::Passive, &pair(50_000.0)).rpo.older.is_empty(), "no lag, no ages");
}

/// Review F4: with 1 MB of buffer against 26 s of copy the sync may restart; that is a warning, and no verdict.
#[test]
fn a_buffer_that_nobody_publishes_takes_no_recovery_point_away() {
    let mut plan = pair(5_000.0);
    let held = Answers::of(Topology::Passive, &plan);
    plan.assumptions.replica_buffer = Bytes::mb(1.0);
    let overrun = Answers::of(Topology::Passive, &plan);
    assert!(overrun.sync.outcome.overrun().is_some_and(|it| it.likely));
    assert_eq!((&overrun.rpo, &overrun.rto), (&held.rpo, &held.rto));
}

#[test]
fn a_stream_above_the_link_has_no_lag_to_tell() {
    let rpo = Answers::of(Topology::Passive, &pair(50_000.0)).rpo;
    assert_eq!([rpo.median, rpo.p95, rpo.max], [None; 3]);
    assert_eq!(rpo.share_within_target, Some(Ratio::ZERO));
}

/// Passive: metrics by the minute (M1). Active: no lag metric (M2). Rebuild: no link.
#[test]
fn what_can_be_shown() {
    let of = |topology| Answers::of(topology, &pair(100.0)).rpo;
    assert_eq!(of(Topology::Passive).provable, Some(Secs::mins(1.0)));
    assert_eq!(of(Topology::Active).provable, None);
    let rebuild = of(Topology::Rebuild);
    assert_eq!((rebuild.provable, rebuild.rate_for_target), (None, None));
    let mut alone = pair(100.0);
    alone.regions.truncate(1);
    assert_eq!(Answers::of(Topology::Passive, &alone).rpo.basis, RpoBasis::NotApplicable);
}
