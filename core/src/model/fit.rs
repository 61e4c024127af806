//! What is bought and whether the load fits (M-02): the size given, or the cheapest that fits.

use super::Topology;
use super::demand::Demand;
use crate::catalog::{Catalog, RegionId, SkuId};
use crate::plan::Plan;
use crate::units::{Bytes, Ratio};
use serde::Serialize;

/// One topology as bought.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Design {
    /// The caches: one for rebuild, primary and secondary for passive, one a region for active.
    pub caches: Vec<Cache>,
    /// False when the plan lacks the regions for this topology, or no size fits.
    pub possible: bool,
    /// The size was derived, not given.
    pub sku_derived: bool,
    /// Cheapest size that fits (with shards for Premium), given or not; none when nothing fits.
    pub smallest: Option<SizeChoice>,
    /// Memory that data may use in one cache (M-02).
    pub usable: Bytes,
    /// Memory that the data uses in one cache in the steady state: × CRDT factor (mode) for an active member.
    pub used: Bytes,
    /// `used ÷ usable`, on the fullest shard.
    pub fill: Ratio,
    /// Why it does not fit, one sentence per reason; empty when it fits.
    pub misfits: Vec<String>,
}

/// A size, with the shards for Premium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SizeChoice {
    /// The size.
    pub sku: SkuId,
    /// Primary shards of one cache.
    pub shards: u32,
}

/// One cache of a design.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cache {
    /// Where it stands.
    pub region: RegionId,
    /// Its size.
    pub sku: SkuId,
    /// Primary shards.
    pub shards: u32,
    /// Billed nodes: shards × (1 + replicas) for Premium, 2 with HA or 1 without for AMR.
    pub nodes: u32,
}

/// Chooses or checks the size of one topology.
#[must_use]
pub fn design(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand) -> Design {
    let _ = (topology, plan, catalog, demand);
    todo!("model")
}
