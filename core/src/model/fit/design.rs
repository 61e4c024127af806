//! What is bought, and what the load lacks in it.

use super::misfit::Misfit;
use crate::catalog::{RegionId, SkuId};
use crate::model::Topology;
use crate::plan::Plan;
use crate::units::{Bytes, Ratio};
use serde::Serialize;

/// One topology as bought.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Design {
    /// The caches: one for rebuild, primary and secondary for passive, one a region for active. Empty when not possible.
    pub caches: Vec<Cache>,
    /// False when the plan lacks the regions for this topology, names a size that the catalogue does not know, or no size
    /// fits. A given size that is too small is possible: it stands as given, and `misfits` says what it lacks.
    pub possible: bool,
    /// The size was derived, not given.
    pub sku_derived: bool,
    /// Cheapest size that fits (with shards for Premium), given or not; none when nothing fits.
    pub smallest: Option<SizeChoice>,
    /// Memory that data may use in one cache, the smaller of a pair (M-02); 0 without caches.
    pub usable: Bytes,
    /// Memory that the data uses in one cache in the steady state: × CRDT factor (mode) for an active member.
    pub used: Bytes,
    /// `used ÷ usable`, on the fullest shard; 0 without caches.
    pub fill: Ratio,
    /// Why it does not fit, reason by reason; empty when it fits.
    pub misfits: Vec<Misfit>,
    /// What it would lack with starting values that nobody has given or measured: it is asked, and bars nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<Misfit>,
    /// What a derived size is larger for than the smallest that fits: the targets that the smallest misses and this one meets,
    /// and a copy that is complete (M-17). Empty where the smallest was taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sized_for: Vec<Asked>,
}

/// What asks for a larger size than the load alone does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// A copy that is complete at some time (M-03).
    Copy,
    /// The target of the recovery point.
    Rpo,
    /// The target of the runway.
    Runway,
    /// The budget, in the months ahead.
    Budget,
}

/// A size, with the shards for Premium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SizeChoice {
    /// The size.
    pub sku: SkuId,
    /// Primary shards of one cache.
    pub shards: u32,
}

impl SizeChoice {
    /// The size that the first cache of a design has; `None` without caches.
    #[must_use]
    pub fn of(design: &Design) -> Option<Self> {
        design.caches.first().map(|cache| Self { sku: cache.sku.clone(), shards: cache.shards })
    }

    /// Puts the size into a plan as if a person had given it; a pair's shards too, whose secondary stays as it is given. One shard is a
    /// cache that is not clustered (0), unless the plan asks for a cluster of one.
    pub fn give_to(&self, topology: Topology, plan: &mut Plan) {
        let sku = Some(self.sku.clone());
        let shards = if self.shards > 1 || plan.passive.shards == Some(1) { self.shards } else { 0 };
        match topology {
            Topology::Rebuild => plan.rebuild.sku = sku,
            Topology::Passive => (plan.passive.sku, plan.passive.shards) = (sku, Some(shards)),
            Topology::Active => plan.active.sku = sku,
        }
    }
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

impl Design {
    /// True for a pair whose two caches stand in one region; the loss of the region takes both.
    #[must_use]
    pub fn in_one_region(&self) -> bool {
        matches!(self.caches.as_slice(), [first, second, ..] if first.region == second.region)
    }
}
