//! One design of a plan under evaluation: what every model reads, together.

use super::demand::Demand;
use super::fit::Design;
use super::sync::{FullSync, full_sync, per_shard, rejoin_share};
use super::topology::Topology;
use crate::catalog::Catalog;
use crate::plan::Plan;
use crate::units::BytesPerSec;

/// A design with what it was chosen for and what follows at once: each model takes a case by reference.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// Which topology.
    pub topology: Topology,
    /// What a person decided.
    pub plan: &'a Plan,
    /// What can be bought.
    pub catalog: &'a Catalog,
    /// The plan's load (M-01).
    pub demand: &'a Demand,
    /// The caches (M-02); a design without caches is not possible.
    pub design: &'a Design,
    /// Share of a cache that its fullest shard holds and takes: `φ ÷ n`; 1 without a cache.
    pub shard: f64,
    /// Changes that reach the fullest shard of a cache during its full sync, mean of the day (M-03): `w_shard`.
    pub incoming: BytesPerSec,
    /// The full sync (M-03).
    pub sync: FullSync,
}

impl<'a> Case<'a> {
    /// The case of a design: its stream by shard and its full sync, each worked out once.
    #[must_use]
    pub fn new(
        topology: Topology,
        plan: &'a Plan,
        catalog: &'a Catalog,
        demand: &'a Demand,
        design: &'a Design,
    ) -> Self {
        let mut case = Self::with(topology, plan, catalog, demand, design, FullSync::NONE);
        case.sync = full_sync(&case);
        case
    }

    pub(super) fn with(
        topology: Topology,
        plan: &'a Plan,
        catalog: &'a Catalog,
        demand: &'a Demand,
        design: &'a Design,
        sync: FullSync,
    ) -> Self {
        let shard = design.caches.first().map_or(1.0, |cache| per_shard(plan, cache.shards, 1.0));
        let incoming = demand.stream * rejoin_share(topology, plan) * shard;
        Self { topology, plan, catalog, demand, design, shard, incoming, sync }
    }
}
