//! What is bought, and what the load lacks in it.

use super::misfit::Misfit;
use crate::catalog::{RegionId, SkuId};
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

impl Design {
    /// True for a pair whose two caches stand in one region; the loss of the region takes both.
    #[must_use]
    pub fn in_one_region(&self) -> bool {
        matches!(self.caches.as_slice(), [first, second, ..] if first.region == second.region)
    }
}
