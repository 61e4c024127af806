//! RTO (M-06): named chains of steps, each low / mode / high, summed.

use super::Topology;
use super::demand::Demand;
use super::fit::Design;
use super::sync::FullSync;
use crate::plan::Plan;
use crate::units::{Range, Secs};
use serde::Serialize;

/// One way back to service.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RtoChain {
    /// Which way.
    pub path: RtoPath,
    /// Its steps in order.
    pub steps: Vec<RtoStep>,
    /// Sum of the lows, modes and highs.
    pub total: Range<Secs>,
    /// Median of the sum of independent triangular steps (moment-matched).
    pub p50: Secs,
    /// 95 % quantile of the same sum.
    pub p95: Secs,
    /// Index of the step with the largest mean.
    pub dominant: usize,
    /// True when it applies to an unplanned outage of the primary region.
    pub unplanned: bool,
    /// Why this path applies, or does not, in one sentence.
    pub reason: String,
}

/// The ways back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RtoPath {
    /// Create a cache and reload it.
    Rebuild,
    /// Swap the roles of the pair (equal sizes, control plane up).
    GeoFailover,
    /// The same, planned: drained first.
    PlannedFailover,
    /// Break the link and point the clients to the secondary.
    Unlink,
    /// Send clients of an active group to another member.
    Redirect,
}

/// One step of a chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RtoStep {
    /// "detect", "decide", "geo-failover".
    pub name: &'static str,
    /// Its duration.
    pub time: Range<Secs>,
    /// Field of the plan that sets it, `recovery.detect`; empty when computed.
    pub field: &'static str,
    /// Source tag, or "assumption".
    pub source: &'static str,
}

/// The chains of one topology; empty when it is not possible.
#[must_use]
pub fn rto(topology: Topology, plan: &Plan, demand: &Demand, design: &Design, sync: &FullSync) -> Vec<RtoChain> {
    let _ = (topology, plan, demand, design, sync);
    todo!("model")
}
