//! One size with its shards, and what it offers.

use super::design::SizeChoice;
use super::misfit::SizeName;
use crate::catalog::{Family, Sku};
use crate::model::{Topology, throughput};
use crate::plan::Plan;
use crate::units::{Bytes, OpsPerSec};

/// Share of an AMR size that data may use: about 20 % is kept for replication and failover (D2).
pub const AMR_USABLE: f64 = 0.8;

/// A size of the catalogue with primary shards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size<'a> {
    pub(super) sku: &'a Sku,
    pub(super) shards: u32,
}

impl Size<'_> {
    pub(super) fn choice(&self) -> SizeChoice {
        SizeChoice { sku: self.sku.id.clone(), shards: self.shards }
    }

    fn premium(&self) -> bool {
        self.sku.family == Family::Premium
    }

    /// Advertised memory of one cache, all shards.
    pub(super) fn memory(&self) -> Bytes {
        self.sku.memory * if self.premium() { f64::from(self.shards) } else { 1.0 }
    }

    pub(super) fn usable(&self, plan: &Plan) -> Bytes {
        if !self.premium() {
            return self.memory() * AMR_USABLE;
        }
        let reserved = plan.passive.reserved + plan.passive.fragmentation_reserved;
        (self.memory() * reserved.complement()).max(Bytes::ZERO)
    }

    /// Client connections of one cache: for each shard with Premium, for the instance with AMR (D10, D16).
    pub(super) fn connections(&self) -> f64 {
        f64::from(self.sku.connections) * if self.premium() { f64::from(self.shards) } else { 1.0 }
    }

    pub(super) fn throughput(&self, plan: &Plan) -> Option<OpsPerSec> {
        throughput::limit(self.sku, self.shards, plan)
    }

    /// "P2 with 3 shards", "B10".
    pub(super) fn name(&self) -> SizeName {
        SizeName { sku: self.sku.id.clone(), shards: self.premium().then_some(self.shards) }
    }
}

/// Fullest shard over the mean shard: the plan's assumption, at least 1; exactly 1 for a single shard.
pub(in crate::model) fn skew(plan: &Plan, shards: u32) -> f64 {
    if shards > 1 { plan.assumptions.hottest_shard.max(1.0) } else { 1.0 }
}

/// Billed nodes of one cache.
pub(super) fn nodes(topology: Topology, plan: &Plan, size: &Size) -> u32 {
    if size.premium() {
        return size.shards.saturating_mul(plan.passive.replicas_per_primary.saturating_add(1));
    }
    let available = match topology {
        Topology::Active => plan.active.high_availability,
        _ => plan.rebuild.high_availability,
    };
    if available { size.sku.nodes_with_ha } else { 1 }
}
