//! One design of a plan under evaluation: what every model reads, together.

use super::demand::Demand;
use super::fit::Design;
use super::sync::{FullSync, full_sync, fullest_share, rejoin_share};
use super::topology::Topology;
use super::trials::Trials;
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
    /// What its fullest shard takes of the stream.
    pub shard: ShardStream,
    /// The full sync (M-03).
    pub sync: FullSync,
    /// What the trials of its runway sample (M-07).
    pub trials: Trials,
}

impl<'a> Case<'a> {
    /// The case of a design: the stream of its fullest shard and its full sync, each worked out once.
    #[must_use]
    pub fn new(
        topology: Topology,
        plan: &'a Plan,
        catalog: &'a Catalog,
        demand: &'a Demand,
        design: &'a Design,
    ) -> Self {
        let shard = ShardStream::of(topology, plan, demand, design);
        let mut case =
            Self { topology, plan, catalog, demand, design, shard, sync: FullSync::NONE, trials: Trials::default() };
        case.sync = full_sync(&case);
        case
    }

    /// The same, with trials that other cases of the plan have sampled, or will use.
    #[must_use]
    pub fn with_trials(mut self, trials: &Trials) -> Self {
        self.trials = trials.clone();
        self
    }
}

/// What the fullest shard of a design holds and takes: a case works it out, an answer keeps it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShardStream {
    /// Its share of a cache: `φ ÷ n`; 1 without a cache.
    pub share: f64,
    /// Changes that reach it during a full sync of its cache, mean of the day (M-03): `w_shard`.
    pub incoming: BytesPerSec,
}

impl ShardStream {
    /// That of a topology without a stream.
    pub const NONE: Self = Self { share: 1.0, incoming: BytesPerSec::ZERO };

    fn of(topology: Topology, plan: &Plan, demand: &Demand, design: &Design) -> Self {
        let share = design.caches.first().map_or(1.0, |cache| fullest_share(plan, cache.shards));
        Self { share, incoming: demand.stream * rejoin_share(topology, plan) * share }
    }
}
