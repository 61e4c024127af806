//! Latency with every region up and with each one down, reads and writes apart (M-13).

use super::{READ, RegionLatency, WRITE, p95, request, round_trip, routes, rows, within, worst};
use crate::catalog::{Catalog, RegionId};
use crate::model::Case;
use crate::plan::Plan;
use crate::units::{Ratio, Secs};
use serde::Serialize;

/// Latency of one topology with every region up, or with one of them down.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scenario {
    /// The region that is down; `None` in normal running.
    pub down: Option<RegionId>,
    /// One row a region of the plan, in its order.
    pub rows: Vec<RegionLatency>,
    /// How old a read may be, row by row.
    pub ages: Vec<Age>,
    /// Writes against `objectives.write_latency`.
    pub writes: Reach,
    /// Reads against `objectives.read_latency`.
    pub reads: Reach,
}

/// How well requests of one kind reach the users.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reach {
    /// The worst-served region that has users or writes, with P95 of its requests; `None` where a round trip is unknown or nothing serves one.
    pub worst: Option<(RegionId, Secs)>,
    /// Share of the users inside the target at P95; `None` without a target, without users, and where `worst` is `None`.
    pub within: Option<Ratio>,
}

/// Age of what a read may return while writes are smooth; bursts add to it (M-04).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Age {
    /// The one cache that takes the writes answers.
    Current,
    /// `RTT/2 + batch` from the farthest cache that takes writes to the one that answers.
    Behind(Secs),
    /// A round trip between the two is not known, or nothing answers.
    Unknown,
}

impl Reach {
    /// True when the worst-served region is inside the target; `None` without a target or a known worst.
    #[must_use]
    pub fn meets(&self, target: Option<Secs>) -> Option<bool> {
        Some(self.worst.as_ref()?.1 <= target?)
    }
}

/// Normal running, then each region of the plan down, in its order. A region that holds no cache of the design changes
/// nothing. Empty for a design without caches.
///
/// Users of a region that is down are still there; the nearest living endpoint serves them. Routes are those of
/// [`super::latency`], after the failover.
#[must_use]
pub fn scenarios(case: &Case) -> Vec<Scenario> {
    let plan = case.plan;
    if case.design.caches.is_empty() {
        return Vec::new();
    }
    // Both caches of a pair in one region are down together, once.
    let regions = plan.regions.iter().enumerate().filter(|(at, _)| *at != 1 || !plan.pair_in_one_region());
    let down = regions.map(|(_, share)| Some(&share.region));
    std::iter::once(None).chain(down).map(|down| scenario(case, down)).collect()
}

/// One scenario: `calls × (RTT + service) + rest of the request`, to the cache that takes the writes and to the one that
/// serves the reads.
#[must_use]
pub fn scenario(case: &Case, down: Option<&RegionId>) -> Scenario {
    let Case { plan, catalog, .. } = *case;
    let (writers, readers) = routes(case, down);
    let rows = rows(plan, catalog, &writers, &readers);
    let slow = |(region, median)| (region, p95(plan, median));
    let reach =
        |kind, target| Reach { worst: worst(plan, &rows, kind).map(slow), within: within(plan, &rows, kind, target) };
    Scenario {
        down: down.cloned(),
        writes: reach(WRITE, plan.objectives.write_latency),
        reads: reach(READ, plan.objectives.read_latency),
        ages: rows.iter().map(|row| age(plan, catalog, &writers, row)).collect(),
        rows,
    }
}

/// The farthest of the caches that take writes, seen from the one that answers.
fn age(plan: &Plan, catalog: &Catalog, writers: &[&RegionId], row: &RegionLatency) -> Age {
    let Some(from) = &row.reads_from else { return Age::Unknown };
    let others = writers.iter().filter(|writer| **writer != from);
    let delays = others.map(|writer| Some(round_trip(plan, catalog, writer, from)?.rtt / 2.0 + plan.assumptions.batch));
    match delays.collect::<Option<Vec<_>>>() {
        None => Age::Unknown,
        Some(delays) => delays.into_iter().reduce(Secs::max).map_or(Age::Current, Age::Behind),
    }
}

/// P95 of the shortest request that any cache could give: one in the users' own region. No region that is added meets a target
/// below it; fewer calls in sequence or a shorter rest of the request do.
#[must_use]
pub fn shortest_request(plan: &Plan) -> Secs {
    p95(plan, request(plan, plan.latency.within_region))
}
