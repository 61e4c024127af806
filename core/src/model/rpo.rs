//! Lag and RPO (M-04): one-way delay when smooth, backlog in bursts, distribution over the day.

use super::Topology;
use super::demand::Demand;
use super::fit::Design;
use super::sync::FullSync;
use crate::catalog::Catalog;
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, Ratio, Secs};
use serde::Serialize;

/// Age of what may be lost when the region fails at a random moment of the day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rpo {
    /// What the figures stand for.
    pub basis: RpoBasis,
    /// Lag outside bursts: `RTT/2 + batch`, worst link.
    pub steady: Secs,
    /// Median over the day; `None`: the backlog never drains.
    pub median: Option<Secs>,
    /// Lag that 95 % of the day stays under; `None`: the backlog never drains.
    pub p95: Option<Secs>,
    /// Worst lag of the day; `None`: the backlog never drains.
    pub max: Option<Secs>,
    /// Bytes of unsent changes in the steady state.
    pub steady_bytes: Bytes,
    /// Bytes of unsent changes at the end of a burst.
    pub burst_bytes: Bytes,
    /// Share of the day in which the target is met; `None` without a target.
    pub share_within_target: Option<Ratio>,
    /// The link rate that would meet the target all day; `None` without a target or a link.
    pub rate_for_target: Option<BytesPerSec>,
    /// The finest grain at which the lag can be shown by the service's metrics; `None`: no lag metric at all.
    pub provable: Option<Secs>,
}

/// What an RPO figure stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RpoBasis {
    /// The database holds everything: nothing is lost, the cache is cold.
    SourceOfTruth,
    /// Asynchronous replication; the service promises no recovery point.
    Replication,
    /// The topology is not possible for this plan.
    NotApplicable,
}

/// The RPO of one topology.
#[must_use]
pub fn rpo(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    design: &Design,
    sync: &FullSync,
) -> Rpo {
    let _ = (topology, plan, catalog, demand, design, sync);
    todo!("model")
}
