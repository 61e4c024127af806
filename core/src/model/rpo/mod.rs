//! Lag and RPO (M-04): one-way delay when smooth, backlog in bursts, distribution over the day.

mod ages;
mod day;
mod interrupted;
mod parts;
mod shown;
#[cfg(test)]
mod tests;

pub use ages::AGES;
pub use interrupted::{Interrupted, Trouble};
pub use parts::{Loss, PartLoss};
pub use shown::{Measured, Shown};

use super::backlog::{Lag, LoadProfile, rate_for};
use super::demand::Demand;
use super::latency::one_way_delay;
use super::{Case, Topology};
use crate::plan::{MeasuredLag, Plan};
use crate::stats::bands::{P50, P95};
use crate::units::{Bytes, BytesPerSec, Range, Ratio, Secs};
use ages::Ages;
use day::Day;
use interrupted::{interruptions, with_interruptions};
use serde::Serialize;

/// Grain of the metrics of caches (M1: PT1M): a rate is measured once a minute.
pub const METRIC_GRAIN: Secs = Secs::mins(1.0);

/// Age of what may be lost when the region fails at a random moment of the day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rpo {
    /// What the figures stand for.
    pub basis: RpoBasis,
    /// Lag outside bursts: `RTT/2 + batch`, worst link, median.
    pub steady: Secs,
    /// Median over the time, interruptions of the link included; `None`: the backlog never drains, or no copy is ever complete.
    pub median: Option<Secs>,
    /// Mean over the time; `None` as for the median, and without a replica.
    #[serde(skip)]
    pub mean: Option<Secs>,
    /// Age that 95 % of the time stays under; `None` as for the median.
    pub p95: Option<Secs>,
    /// Worst lag of a day without an interruption of the link; `None` as for the median.
    pub worst_of_day: Option<Secs>,
    /// Worst age with the longest interruption of the link; `None` as for the median, and where it is never in sync again.
    pub max: Option<Secs>,
    /// What takes the link away, and the worst age after it; empty without a replica.
    pub interruptions: Vec<Interrupted>,
    /// Bytes of unsent changes in the steady state.
    pub steady_bytes: Bytes,
    /// Bytes of unsent changes at the end of a burst.
    pub burst_bytes: Bytes,
    /// Share of the time in which the target is met; `None` without a target.
    pub share_within_target: Option<Ratio>,
    /// Share of the time in which it is older than each of [`AGES`]; empty as for the median, and without a replica.
    #[serde(skip)]
    pub older: Vec<(Secs, Ratio)>,
    /// The rate of the whole link, all shards together, that would meet the target all day; `None` without a target or a
    /// link, or where the one-way delay alone misses it.
    pub rate_for_target: Option<BytesPerSec>,
    /// The finest grain at which the lag can be shown by the service's metrics; `None`: no lag metric at all.
    pub provable: Option<Secs>,
    /// The lag of the pair that runs, as it was measured; it is left out where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
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

/// The RPO of one topology (M-04): `lag = RTT/2 + batch + B/R` over a day, with patches and trouble of the link over a year in it.
///
/// The day is in closed form for the plan's evenly spread bursts; where the plan holds a series, [`super::backlog`] follows it. The way
/// of a change is spread like a request's (`latency.spread`); [`Interrupted`] says what takes the link away.
///
/// `R` is what the sync's shards apply, all together: `R_shard · shards ÷ φ`, since the fullest shard is late first. `w` is
/// the whole stream for a pair; a group's member receives that of all others, and the one with the fewest own changes has
/// the most to take in. `B` rises at `w_peak − R` in a burst and drains at `R − w_quiet` after it. All lags are `None` where
/// the day's mean reaches `R`, so that the backlog of a day never drains, and where a pair's full sync never converges: its secondary
/// holds nothing. The service promises no recovery point; this is the age of what is not yet applied.
#[must_use]
pub fn rpo(case: &Case) -> Rpo {
    let Case { topology, plan, demand, design, shard, ref sync, .. } = *case;
    if design.caches.is_empty() {
        return Rpo::empty(RpoBasis::NotApplicable);
    }
    if topology == Topology::Rebuild {
        return parts::alone(plan);
    }
    let (steady, load) = on_the_way(case);
    let link = sync.apply_rate / shard.share;
    let day = if plan.workload.profile.is_some() {
        measured(plan, &load, link, steady)
    } else {
        closed(topology, plan, demand, link, steady)
    };
    over_the_year(case, &load, steady, day)
}

/// What a target is held against: the lag of the pair that runs, where it is measured, else the modelled one; with more writes than were
/// measured with it, the greater.
enum Judged<'a> {
    Measured(&'a MeasuredLag),
    AtLeast(&'a MeasuredLag, Ages),
    Modelled(Ages),
}

impl<'a> Judged<'a> {
    /// `None` where the backlog never drains, or no copy is ever complete.
    fn of(case: &Case<'a>) -> Option<Self> {
        if case.sync.never_complete(case.topology) {
            return None;
        }
        match measured_lag(case) {
            Some(lag) if lag.fewer(case.plan.workload.writes).is_none() => Some(Self::Measured(lag)),
            Some(lag) => ages(case).map(|ages| Self::AtLeast(lag, ages)),
            None => ages(case).map(Self::Modelled),
        }
    }
}

/// [`Rpo::judged`] of a replica alone, for those who ask for nothing else.
pub(crate) fn judged(case: &Case) -> Option<Secs> {
    Judged::of(case).map(|judged| match judged {
        Judged::Measured(lag) => lag.p95,
        Judged::AtLeast(lag, ages) => ages.quantile(P95).max(lag.p95),
        Judged::Modelled(ages) => ages.quantile(P95),
    })
}

/// Whether [`Rpo::judged`] of a replica is at most a target.
pub(super) fn is_judged_within(case: &Case, target: Secs) -> bool {
    Judged::of(case).is_some_and(|judged| match judged {
        Judged::Measured(lag) => lag.p95 <= target,
        Judged::AtLeast(lag, ages) => lag.p95 <= target && ages.is_within(P95, target),
        Judged::Modelled(ages) => ages.is_within(P95, target),
    })
}

/// The lag of the pair that runs, where it is measured. More writes make it no shorter: what then misses the target still does, and what
/// is above the grain of metrics is not shown to be inside it. Only the rest is modelled again.
fn measured_lag<'a>(case: &Case<'a>) -> Option<&'a MeasuredLag> {
    let plan = case.plan;
    let lag = plan.measured_lag().filter(|_| case.topology == Topology::Passive)?;
    let least = plan.objectives.rpo.map_or(METRIC_GRAIN, |target| METRIC_GRAIN.min(target));
    (lag.fewer(plan.workload.writes).is_none() || lag.p95 > least).then_some(lag)
}

/// The ages of a replica over the year; `None` where its backlog never drains.
fn ages(case: &Case) -> Option<Ages> {
    let Case { topology, plan, demand, shard, ref sync, .. } = *case;
    let (steady, load) = on_the_way(case);
    let (link, way) = (sync.apply_rate / shard.share, transit(plan, steady));
    let ages = if plan.workload.profile.is_some() {
        Lag::of(&load, link, steady).map(|lag| ages_of(&lag, &load, steady, way).0)
    } else {
        Day::new(demand, plan.workload.peak.burst, link_share(topology, plan), steady)
            .profile(link)
            .map(|profile| profile.ages(way))
    };
    Some(with_interruptions(ages?, case, &load, steady))
}

/// The lag without a backlog, and what enters the busiest link.
fn on_the_way(case: &Case) -> (Secs, LoadProfile) {
    let Case { topology, plan, catalog, demand, design, .. } = *case;
    let regions: Vec<_> = design.caches.iter().map(|cache| &cache.region).collect();
    let load = LoadProfile::of(plan, demand, link_share(topology, plan));
    (one_way_delay(plan, catalog, &regions), load)
}

/// What one day without an interruption gives.
struct OfDay {
    /// The ages over the day, and the worst; `None` where its backlog never drains.
    ages: Option<(Ages, Secs)>,
    steady_bytes: Bytes,
    burst_bytes: Bytes,
    rate_for_target: Option<BytesPerSec>,
}

/// Puts the interruptions of a year into a day, and reads the figures off the whole.
fn over_the_year(case: &Case, load: &LoadProfile, steady: Secs, day: OfDay) -> Rpo {
    let Case { topology, plan, ref sync, .. } = *case;
    let never = sync.never_complete(topology);
    let (ages, worst_of_day) = day.ages.filter(|_| !never).unzip();
    let interruptions = interruptions(case, load, worst_of_day);
    let ages = ages.map(|ages| with_interruptions(ages, case, load, steady));
    let max = interruptions.iter().fold(worst_of_day, |most, it| most.zip(it.worst).map(|(a, b)| a.max(b)));
    let target = plan.objectives.rpo;
    let quantiles = ages.as_ref().map(|ages| ages.quantiles([P50, P95]));
    Rpo {
        basis: RpoBasis::Replication,
        steady,
        median: quantiles.map(|[median, _]| median),
        mean: ages.as_ref().map(Ages::mean),
        p95: quantiles.map(|[_, p95]| p95),
        worst_of_day,
        max,
        interruptions,
        steady_bytes: day.steady_bytes,
        burst_bytes: day.burst_bytes,
        share_within_target: target
            .map(|target| Ratio::fraction(ages.as_ref().map_or(0.0, |ages| ages.within(target)))),
        older: ages.as_ref().map(Ages::older).unwrap_or_default(),
        // No rate of the link alone lets a copy end.
        rate_for_target: day.rate_for_target.filter(|_| !never),
        provable: (topology == Topology::Passive).then_some(METRIC_GRAIN),
        measured: measured_lag(case).filter(|_| !never).map(|lag| Measured::of(lag, plan)),
        parts: parts::replicated(plan),
    }
}

/// The way of a change without a backlog, P05, median and P95: half a round trip, spread like a request, and the wait in a batch.
fn transit(plan: &Plan, steady: Secs) -> Range<Secs> {
    let batch = plan.assumptions.batch;
    let half = (steady - batch).max(Secs::ZERO);
    let spread = plan.latency.spread;
    Range::new(half * spread.low.as_fraction() + batch, steady, half * spread.high.as_fraction() + batch)
}

/// A day of the plan's evenly spread bursts.
fn closed(topology: Topology, plan: &Plan, demand: &Demand, link: BytesPerSec, steady: Secs) -> OfDay {
    let day = Day::new(demand, plan.workload.peak.burst, link_share(topology, plan), steady);
    let way = transit(plan, steady);
    OfDay {
        ages: day.profile(link).map(|profile| (profile.ages(way), profile.max().max(way.high))),
        steady_bytes: day.mean() * steady,
        burst_bytes: day.peak * steady + day.backlog(link),
        rate_for_target: plan.objectives.rpo.and_then(|target| day.rate_for(target)),
    }
}

/// The same for a series: the fluid model in place of the closed form (M-04).
fn measured(plan: &Plan, load: &LoadProfile, link: BytesPerSec, steady: Secs) -> OfDay {
    let (lag, way) = (Lag::of(load, link, steady), transit(plan, steady));
    OfDay {
        ages: lag.as_ref().map(|lag| ages_of(lag, load, steady, way)),
        steady_bytes: load.mean() * steady,
        burst_bytes: load.peak() * steady + Bytes::bytes(lag.as_ref().map_or(0.0, Lag::most)),
        rate_for_target: plan.objectives.rpo.and_then(|target| Some(rate_for(load, steady, target)?[0])),
    }
}

/// The ages over the period of a series, and the worst.
fn ages_of(lag: &Lag, load: &LoadProfile, steady: Secs, way: Range<Secs>) -> (Ages, Secs) {
    let (mut ages, period) = (Ages::default(), load.period().as_secs());
    for piece in lag.ages() {
        let share = piece.lasts / period;
        if piece.from.max(piece.to) > 0.0 {
            ages.add(share, steady + Secs::secs(piece.from), steady + Secs::secs(piece.to));
        } else {
            ages.add_smooth(share, way);
        }
    }
    (ages, lag.max().max(way.high))
}

/// Share of all changes that enters the busiest link.
pub(super) fn link_share(topology: Topology, plan: &Plan) -> f64 {
    if topology != Topology::Active {
        return 1.0;
    }
    let least = plan.regions.iter().map(|region| region.writes.as_fraction()).fold(1.0, f64::min);
    1.0 - least.max(0.0)
}

impl Rpo {
    /// The age that a target is held against, 95 % quantile: as it was measured, else as it is modelled, of more writes than were measured
    /// the greater; `None` as for the model.
    #[must_use]
    pub fn judged(&self) -> Option<Secs> {
        match &self.measured {
            Some(it) if it.writes.is_none() => Some(it.p95),
            Some(it) => self.p95.map(|p95| p95.max(it.p95)),
            None => self.p95,
        }
    }

    /// What can be shown of it.
    #[must_use]
    pub fn shown(&self) -> Shown {
        match (self.basis, self.provable) {
            (RpoBasis::Replication, _) if self.measured.is_some() => Shown::Itself,
            (RpoBasis::Replication, Some(grain)) => Shown::ByMetrics(grain),
            (RpoBasis::Replication, None) => Shown::Nothing,
            _ => Shown::Itself,
        }
    }

    /// Nothing is unsent, nothing is judged.
    pub(crate) const fn empty(basis: RpoBasis) -> Self {
        Self {
            basis,
            steady: Secs::ZERO,
            median: Some(Secs::ZERO),
            mean: None,
            p95: Some(Secs::ZERO),
            worst_of_day: Some(Secs::ZERO),
            max: Some(Secs::ZERO),
            interruptions: Vec::new(),
            steady_bytes: Bytes::ZERO,
            burst_bytes: Bytes::ZERO,
            share_within_target: None,
            older: Vec::new(),
            rate_for_target: None,
            provable: None,
            measured: None,
            parts: Vec::new(),
        }
    }
}
