//! Latency by region (M-13).

use super::Topology;
use super::fit::Design;
use crate::catalog::{Catalog, RegionId, RoundTrip};
use crate::plan::Plan;
use crate::units::{Ratio, Secs};
use serde::Serialize;

/// Latency of requests, by region of the users.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LatencyAnswer {
    /// Normal running.
    pub normal: Vec<RegionLatency>,
    /// With the first region down (its users are served by the nearest living endpoint).
    pub primary_down: Vec<RegionLatency>,
    /// Worst write request in normal running, with its region; `None` where a round trip is unknown.
    pub worst_write: Option<(RegionId, Secs)>,
    /// Share of users whose write requests are inside the target; `None` without a target or a known round trip.
    pub users_within_target: Option<Ratio>,
    /// Age of what a read from another member or the secondary may return: one-way delay, worst pair.
    pub staleness: Option<Secs>,
}

/// Latency for the users of one region; `None` where no round trip is known.
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

/// The round trip between two regions for this plan: its own figure, else the published one; within one region the
/// plan's assumption.
#[must_use]
pub fn round_trip(plan: &Plan, catalog: &Catalog, a: &RegionId, b: &RegionId) -> Option<RoundTrip> {
    let _ = (plan, catalog, a, b);
    todo!("model")
}

/// The latency of one topology.
#[must_use]
pub fn latency(topology: Topology, plan: &Plan, catalog: &Catalog, design: &Design) -> LatencyAnswer {
    let _ = (topology, plan, catalog, design);
    todo!("model")
}
