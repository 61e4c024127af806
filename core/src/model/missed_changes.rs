//! What a replica's peers keep of the changes that it misses (M-05).

use super::Topology;
use super::fit::Cache;
use crate::catalog::Catalog;
use crate::plan::Plan;
use crate::units::Bytes;

/// CRDT backlog of one shard of a member of that size (M-05, R2).
pub(crate) fn backlog_of(advertised: Bytes, shards: u32) -> Bytes {
    (advertised * 0.01 / f64::from(shards.max(1))).max(Bytes::mb(1.0)).min(Bytes::mb(250.0))
}

/// Both backlogs, HA and CRDT, of a member whose shards are not known (M-05, R2): 1 % of its size each, 1 MB at least. A shard of more than
/// 25 GB would have 250 MB: none is assumed.
pub(crate) fn backlogs_of_any_shards(advertised: Bytes) -> Bytes {
    (advertised * 0.01).max(Bytes::mb(1.0)) * 2.0
}

/// What one shard keeps of the changes for a link that is away (M-05): the plan's for a pair, `clamp(1 % of size ÷ shards,
/// 1 MB, 250 MB)` for a group (R2); which size the service takes is unknown, the advertised one is assumed.
pub(crate) fn held(topology: Topology, plan: &Plan, catalog: &Catalog, cache: &Cache) -> Bytes {
    if topology == Topology::Passive {
        return plan.assumptions.passive_backlog;
    }
    let size = catalog.sku(&cache.sku).map_or(Bytes::ZERO, |sku| sku.memory);
    backlog_of(size, cache.shards)
}
