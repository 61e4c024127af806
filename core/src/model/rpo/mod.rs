//! Lag and RPO (M-04): one-way delay when smooth, backlog in bursts, distribution over the day.

mod day;
mod interrupted;
mod parts;

pub use interrupted::{Interrupted, interrupted};
pub use parts::{Loss, PartLoss};

use super::backlog::{Lag, LoadProfile, rate_for};
use super::demand::Demand;
use super::latency::one_way_delay;
use super::{Case, Topology};
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, Ratio, Secs};
use day::Day;
use serde::Serialize;

/// Grain of the geo-replication metrics of a passive pair (M1: PT1M).
const METRIC_GRAIN: Secs = Secs::mins(1.0);

/// Age of what may be lost when the region fails at a random moment of the day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rpo {
    /// What the figures stand for.
    pub basis: RpoBasis,
    /// Lag outside bursts: `RTT/2 + batch`, worst link.
    pub steady: Secs,
    /// Median over the day; `None`: the backlog never drains, or no copy is ever complete.
    pub median: Option<Secs>,
    /// Lag that 95 % of the day stays under; `None` as for the median.
    pub p95: Option<Secs>,
    /// Worst lag of a day without an interruption of the link ([`interrupted`] has the rest); `None` as for the median.
    pub max: Option<Secs>,
    /// Bytes of unsent changes in the steady state.
    pub steady_bytes: Bytes,
    /// Bytes of unsent changes at the end of a burst.
    pub burst_bytes: Bytes,
    /// Share of the day in which the target is met; `None` without a target.
    pub share_within_target: Option<Ratio>,
    /// The rate of the whole link, all shards together, that would meet the target all day; `None` without a target or a
    /// link, or where the one-way delay alone misses it.
    pub rate_for_target: Option<BytesPerSec>,
    /// The finest grain at which the lag can be shown by the service's metrics; `None`: no lag metric at all.
    pub provable: Option<Secs>,
    /// Each part of the data with what it loses; the worst that is not expendable decides. Empty for a topology that is not possible.
    pub parts: Vec<PartLoss>,
}

/// What an RPO figure stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RpoBasis {
    /// The database holds everything that is not expendable: nothing is lost, the cache is cold.
    SourceOfTruth,
    /// All data are expendable: nobody asks for them.
    Expendable,
    /// What the database does not hold goes back to the last export.
    LastExport,
    /// A part is held only here and never exported: it is lost entirely.
    HeldOnlyHere,
    /// The plan does not say what the database holds.
    NotSaid,
    /// Asynchronous replication; the service promises no recovery point.
    Replication,
    /// The topology is not possible for this plan.
    NotApplicable,
}

/// The RPO of one topology (M-04): `lag = RTT/2 + batch + B/R`, its distribution over the day in closed form.
///
/// The closed form is that of the plan's evenly spread bursts; where the plan holds a series, [`super::backlog`] follows it.
///
/// `R` is what the sync's shards apply, all together: `R_shard · shards ÷ φ`, since the fullest shard is late first. `w` is
/// the whole stream for a pair; a group's member receives that of all others, and the one with the fewest own changes has
/// the most to take in. `B` rises at `w_peak − R` in a burst and drains at `R − w_quiet` after it. All lags are `None` where
/// the day's mean reaches `R`, and where the full sync of a pair loops: there is no usable secondary during a sync, and the
/// RPO is the age of the last completed one, of which there is none. The service promises no recovery point; this is the age of what is not yet applied.
#[must_use]
pub fn rpo(case: &Case) -> Rpo {
    let Case { topology, plan, catalog, demand, design, shard, ref sync, .. } = *case;
    if design.caches.is_empty() {
        return not_applicable();
    }
    if topology == Topology::Rebuild {
        return parts::alone(plan);
    }
    let regions: Vec<_> = design.caches.iter().map(|cache| &cache.region).collect();
    let steady = one_way_delay(plan, catalog, &regions);
    let link = sync.apply_rate / shard;
    let rpo = if plan.workload.profile.is_some() {
        measured(topology, plan, &LoadProfile::of(plan, demand, link_share(topology, plan)), link, steady)
    } else {
        closed(topology, plan, demand, link, steady)
    };
    if sync.never_complete(topology) {
        // No rate of the link alone changes that.
        let share_within_target = rpo.share_within_target.map(|_| Ratio::ZERO);
        return Rpo { median: None, p95: None, max: None, share_within_target, rate_for_target: None, ..rpo };
    }
    rpo
}

/// The figures of the plan's evenly spread bursts.
fn closed(topology: Topology, plan: &Plan, demand: &Demand, link: BytesPerSec, steady: Secs) -> Rpo {
    let day = Day::new(demand, plan.workload.peak.burst, link_share(topology, plan), steady);
    let profile = day.profile(link);
    let target = plan.objectives.rpo;
    Rpo {
        basis: RpoBasis::Replication,
        steady,
        median: profile.map(|profile| profile.quantile(0.5)),
        p95: profile.map(|profile| profile.quantile(0.95)),
        max: profile.map(|profile| profile.max()),
        steady_bytes: day.mean() * steady,
        burst_bytes: day.peak * steady + day.backlog(link),
        share_within_target: target
            .map(|target| Ratio::fraction(profile.map_or(0.0, |profile| profile.within(target)))),
        rate_for_target: target.and_then(|target| day.rate_for(target)),
        provable: (topology == Topology::Passive).then_some(METRIC_GRAIN),
        parts: parts::replicated(plan),
    }
}

/// The same figures for a series: the fluid model in place of the closed form (M-04).
fn measured(topology: Topology, plan: &Plan, load: &LoadProfile, link: BytesPerSec, steady: Secs) -> Rpo {
    let lag = Lag::of(load, link, steady);
    let quantile = |share: f64| lag.as_ref().map(|lag| lag.quantile(share));
    let target = plan.objectives.rpo;
    Rpo {
        basis: RpoBasis::Replication,
        steady,
        median: quantile(0.5),
        p95: quantile(0.95),
        max: lag.as_ref().map(Lag::max),
        steady_bytes: load.mean() * steady,
        burst_bytes: load.peak() * steady + Bytes::bytes(lag.as_ref().map_or(0.0, Lag::most)),
        share_within_target: target.map(|target| lag.as_ref().map_or(Ratio::ZERO, |lag| lag.within(target))),
        rate_for_target: target.and_then(|target| Some(rate_for(load, steady, target)?[0])),
        provable: (topology == Topology::Passive).then_some(METRIC_GRAIN),
        parts: parts::replicated(plan),
    }
}

/// Share of all changes that enters the busiest link.
pub(super) fn link_share(topology: Topology, plan: &Plan) -> f64 {
    if topology != Topology::Active {
        return 1.0;
    }
    let least = plan.regions.iter().map(|region| region.writes.as_fraction()).fold(1.0, f64::min);
    1.0 - least.max(0.0)
}

/// There is no design, so nothing is unsent and no part is judged.
fn not_applicable() -> Rpo {
    Rpo {
        basis: RpoBasis::NotApplicable,
        steady: Secs::ZERO,
        median: Some(Secs::ZERO),
        p95: Some(Secs::ZERO),
        max: Some(Secs::ZERO),
        steady_bytes: Bytes::ZERO,
        burst_bytes: Bytes::ZERO,
        share_within_target: None,
        rate_for_target: None,
        provable: None,
        parts: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{Answers, plain, sku};

    fn pair(writes: f64) -> Plan {
        let mut plan = plain(4.0, writes);
        (plan.passive.sku, plan.passive.shards) = (sku("Premium_P2"), Some(1));
        plan.assumptions.sync_rate = crate::units::Range::exactly(BytesPerSec::mb_per_s(10.0));
        plan.assumptions.replica_buffer = Bytes::gb(1_000.0);
        plan
    }

    /// Measured: flat at the one-way delay up to 95 % utilisation. The published round trip is 71 ms (S21), the batch 10 ms.
    #[test]
    fn smooth_writes_are_the_one_way_delay_late() {
        let rpo = Answers::of(Topology::Passive, &pair(5_000.0)).rpo;
        let trip = crate::model::latency::round_trip(
            &Plan::default(),
            &crate::model::testing::CATALOG,
            &crate::catalog::RegionId::new("eastus"),
            &crate::catalog::RegionId::new("northeurope"),
        );
        assert_eq!(rpo.steady, trip.unwrap().rtt / 2.0 + Secs::millis(10.0));
        assert_eq!([rpo.median, rpo.p95, rpo.max], [Some(rpo.steady); 3]);
        assert_eq!(rpo.share_within_target, Some(Ratio::ONE));
    }

    /// 10 MB/s over a burst of three times the mean: the median is smooth, the worst is `(w − R)·T ÷ R`.
    #[test]
    fn bursts_above_the_link_are_late() {
        let mut plan = pair(10_000.0);
        plan.workload.peak = crate::plan::Peak::default();
        let answers = Answers::of(Topology::Passive, &plan);
        let (rpo, peak) = (&answers.rpo, answers.demand.stream_peak.as_mb_per_s());
        assert_eq!(rpo.median, Some(rpo.steady));
        let late = (peak - 10.0) * 1_200.0 / 10.0;
        assert!(((rpo.max.unwrap() - rpo.steady).as_secs() - late).abs() < 1e-6);
        assert!(rpo.p95 < rpo.max && rpo.share_within_target.unwrap() < Ratio::ONE);
        assert!(rpo.rate_for_target.unwrap().as_mb_per_s() > 10.0);
    }

    /// Facts, 8.2: during a full sync the RPO is the age of the last completed one. 1 MB of buffer against 26 s of copy.
    #[test]
    fn a_pair_whose_sync_loops_has_no_recovery_point() {
        let mut plan = pair(5_000.0);
        plan.assumptions.replica_buffer = Bytes::mb(1.0);
        let looping = Answers::of(Topology::Passive, &plan);
        assert!(matches!(looping.sync.outcome, crate::model::sync::SyncOutcome::Loops { .. }), "{:?}", looping.sync);
        assert_eq!([looping.rpo.median, looping.rpo.p95, looping.rpo.max], [None; 3]);
        assert_eq!(looping.rpo.share_within_target, Some(Ratio::ZERO));
        assert_eq!((looping.rpo.rate_for_target, looping.rto), (None, Vec::new()));
        let group = Answers::of(Topology::Active, &plan);
        assert!(group.rpo.p95.is_some() && !group.rto.is_empty(), "no buffer of a group is published");
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
}
