//! Load against throughput (M-09).

use super::Topology;
use super::demand::Demand;
use super::fit::Design;
use crate::catalog::Catalog;
use crate::plan::Plan;
use crate::units::OpsPerSec;
use serde::Serialize;

/// Operations per second of the busiest cache, at peak, against the derated published figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Capacity {
    /// In normal running: local reads + every member's writes for an active member.
    pub normal: OpsPerSec,
    /// With one region's clients moved to it.
    pub region_down: OpsPerSec,
    /// Published figure × derating × shards for Premium; none is published for large sizes.
    pub limit: Option<OpsPerSec>,
    /// `region_down ≤ limit`; `None` where no figure is published.
    pub enough: Option<bool>,
}

/// The capacity of one topology.
#[must_use]
pub fn capacity(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand, design: &Design) -> Capacity {
    let _ = (topology, plan, catalog, demand, design);
    todo!("model")
}
