//! Latency by region (M-13).

mod scenario;
#[cfg(test)]
mod tests;

pub use scenario::{Age, Reach, Scenario, scenario, scenarios, shortest_request};

use super::{Case, Topology};
use crate::catalog::{Catalog, RegionId, RoundTrip};
use crate::plan::{Plan, RegionShare};
use crate::units::{Range, Ratio, Secs};
use serde::Serialize;

/// Latency of requests, by region of the users.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LatencyAnswer {
    /// Normal running.
    pub normal: Vec<RegionLatency>,
    /// With the first region down (its users are served by the nearest living endpoint).
    pub primary_down: Vec<RegionLatency>,
    /// Worst write request in normal running, P95, with its region; `None` where a round trip is unknown.
    pub worst_write: Option<(RegionId, Secs)>,
    /// Median of the same requests.
    pub worst_write_median: Option<Secs>,
    /// Share of users whose write requests are inside the target at P95; `None` without a target or a known round trip.
    pub users_within_target: Option<Ratio>,
    /// Age of what a read from another member or the secondary may return: one-way delay, worst pair.
    pub staleness: Option<Secs>,
}

/// Median latency for the users of one region; `None` where no round trip is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegionLatency {
    /// Region of the users.
    pub users_in: RegionId,
    /// Region that takes their writes; `None` when nothing serves them.
    pub writes_to: Option<RegionId>,
    /// Region that serves their reads.
    pub reads_from: Option<RegionId>,
    /// A write request.
    pub write: Option<Secs>,
    /// A read request.
    pub read: Option<Secs>,
}

/// Round trip that stands in the lag where none is published: just above the longest of the published matrix (344 ms).
const UNPUBLISHED_ROUND_TRIP: Secs = Secs::millis(350.0);

/// The round trip between two regions for this plan: its own figure, else within one region the plan's assumption, else
/// the published one. `None` where nothing is published.
#[must_use]
pub fn round_trip(plan: &Plan, catalog: &Catalog, a: &RegionId, b: &RegionId) -> Option<RoundTrip> {
    let own = |rtt, source: &str| RoundTrip { rtt, yours: true, as_of: None, source: source.to_owned() };
    let typed = &plan.latency.round_trips;
    if let Some(typed) = typed.iter().find(|typed| (&typed.a, &typed.b) == (a, b) || (&typed.a, &typed.b) == (b, a)) {
        return Some(own(typed.rtt, "your input"));
    }
    if a == b {
        return Some(RoundTrip { yours: false, ..own(plan.latency.within_region, "assumption") });
    }
    catalog.round_trip(a, b)
}

/// Lag of smooth writes between the regions of a design (M-04): `RTT/2 + batch` of the worst pair, 0 for a single region.
///
/// A pair without a published round trip counts with 350 ms, just above the longest of the matrix.
pub(super) fn one_way_delay(plan: &Plan, catalog: &Catalog, regions: &[&RegionId]) -> Secs {
    let pairs = regions.iter().enumerate().flat_map(|(i, a)| regions.iter().skip(i + 1).map(move |b| (*a, *b)));
    pairs
        .map(|(a, b)| round_trip(plan, catalog, a, b).map_or(UNPUBLISHED_ROUND_TRIP, |trip| trip.rtt))
        .map(|rtt| rtt / 2.0 + plan.assumptions.batch)
        .fold(Secs::ZERO, Secs::max)
}

/// The latency of one topology (M-13): `calls × (RTT + service) + rest of the request`, by region of the users.
///
/// - Passive: writes go to the primary; reads too, or to the nearer of the two where the plan reads from the secondary.
///   With the primary down everything goes to the secondary.
/// - Active: the nearest living member serves both.
/// - Rebuild: the cache in the first region; with it down, the new one where it comes back, once it is loaded. Without a
///   second region nothing serves.
///
/// Targets are held against P95 of the requests ([`p95`]); rows are medians. The worst write and the share inside leave out regions without users and writes.
#[must_use]
pub fn latency(case: &Case) -> LatencyAnswer {
    let Case { topology, plan, catalog, design, .. } = *case;
    let caches: Vec<_> = design.caches.iter().map(|cache| &cache.region).collect();
    let routed = |down: Option<&RegionId>| {
        let (writers, readers) = routes(case, down);
        rows(plan, catalog, &writers, &readers)
    };
    let normal = routed(None);
    let stale_reads = match topology {
        Topology::Rebuild => false,
        Topology::Passive => plan.passive.reads_from_secondary,
        Topology::Active => true,
    };
    LatencyAnswer {
        worst_write_median: worst(plan, &normal, WRITE).map(|(_, median)| median),
        worst_write: worst(plan, &normal, WRITE).map(|(region, median)| (region, p95(plan, median))),
        users_within_target: within(plan, &normal, WRITE, plan.objectives.write_latency),
        staleness: (stale_reads && caches.len() > 1).then(|| one_way_delay(plan, catalog, &caches)),
        normal,
        primary_down: routed(plan.primary().map(|share| &share.region)),
    }
}

/// Who takes writes and who serves reads while a region is down; empty where nothing does.
fn routes<'a>(case: &Case<'a>, down: Option<&RegionId>) -> (Vec<&'a RegionId>, Vec<&'a RegionId>) {
    let Case { topology, plan, catalog, design, .. } = *case;
    let caches = design.caches.iter().map(|cache| &cache.region);
    let living: Vec<_> = caches.filter(|region| Some(*region) != down).collect();
    let first: Vec<_> = living.iter().copied().take(1).collect();
    match topology {
        Topology::Rebuild if first.is_empty() && !design.caches.is_empty() => {
            let second: Vec<_> = plan.comes_back(catalog).map(|share| &share.region).into_iter().collect();
            (second.clone(), second)
        }
        Topology::Passive if plan.passive.reads_from_secondary => (first, living),
        Topology::Rebuild | Topology::Passive => (first.clone(), first),
        Topology::Active => (living.clone(), living),
    }
}

fn rows(plan: &Plan, catalog: &Catalog, writers: &[&RegionId], readers: &[&RegionId]) -> Vec<RegionLatency> {
    let row = |users_in: &RegionId| {
        let (writes_to, write) = nearest(plan, catalog, users_in, writers);
        let (reads_from, read) = nearest(plan, catalog, users_in, readers);
        RegionLatency { users_in: users_in.clone(), writes_to, reads_from, write, read }
    };
    plan.regions.iter().map(|share| row(&share.region)).collect()
}

/// The nearest endpoint by round trip with the time of a request to it; the first one, without a time, where no round trip
/// is known.
fn nearest(
    plan: &Plan,
    catalog: &Catalog,
    from: &RegionId,
    endpoints: &[&RegionId],
) -> (Option<RegionId>, Option<Secs>) {
    let known = endpoints.iter().filter_map(|to| Some((*to, round_trip(plan, catalog, from, to)?.rtt)));
    let closest = known.reduce(|best, next| if next.1 < best.1 { next } else { best });
    match closest {
        Some((to, rtt)) => (Some(to.clone()), Some(request(plan, rtt))),
        None => (endpoints.first().map(|to| (*to).clone()), None),
    }
}

/// `calls × (RTT + service) + rest`.
fn request(plan: &Plan, rtt: Secs) -> Secs {
    let request = &plan.latency;
    (rtt + request.service) * f64::from(request.calls_in_sequence) + request.rest_of_request
}

/// Rows of regions that have users or writes, with the users' share.
fn used<'a>(plan: &'a Plan, rows: &'a [RegionLatency]) -> impl Iterator<Item = (&'a RegionLatency, f64)> + Clone {
    let shares = plan.regions.iter();
    let used = |share: &RegionShare| share.users > Ratio::ZERO || share.writes > Ratio::ZERO;
    rows.iter().zip(shares).filter(move |(_, share)| used(share)).map(|(row, share)| (row, share.users.as_fraction()))
}

/// Picks the write or the read of a row.
type Kind = fn(&RegionLatency) -> Option<Secs>;
const WRITE: Kind = |row| row.write;
const READ: Kind = |row| row.read;

fn worst(plan: &Plan, rows: &[RegionLatency], kind: Kind) -> Option<(RegionId, Secs)> {
    let times: Option<Vec<_>> = used(plan, rows).map(|(row, _)| Some((&row.users_in, kind(row)?))).collect();
    let worst = times?.into_iter().reduce(|worst, next| if next.1 > worst.1 { next } else { worst })?;
    Some((worst.0.clone(), worst.1))
}

/// The slowest read request (median) of a region with users or writes; `None` where a round trip is unknown or nothing serves.
#[must_use]
pub fn worst_read(plan: &Plan, rows: &[RegionLatency]) -> Option<Secs> {
    worst(plan, rows, READ).map(|(_, time)| time)
}

/// P05, median and P95 of single requests whose median is known (M-13): it times `latency.spread`, an assumption.
#[must_use]
pub fn requests(plan: &Plan, median: Secs) -> Range<Secs> {
    let spread = plan.latency.spread;
    Range::new(median * spread.low.as_fraction().min(1.0), median, median * spread.high.as_fraction().max(1.0))
}

/// P95 of single requests whose median is known (M-13): what every latency target is held against.
#[must_use]
pub fn p95(plan: &Plan, median: Secs) -> Secs {
    requests(plan, median).high
}

fn within(plan: &Plan, rows: &[RegionLatency], kind: Kind, target: Option<Secs>) -> Option<Ratio> {
    let target = target?;
    let rows = used(plan, rows);
    let all: f64 = rows.clone().map(|(_, users)| users).sum();
    if all <= 0.0 {
        return None;
    }
    let inside = rows
        .map(|(row, users)| Some(if p95(plan, kind(row)?) <= target { users } else { 0.0 }))
        .sum::<Option<f64>>()?;
    Some(Ratio::fraction(inside / all))
}
