//! What the models answer for a plan.

use super::capacity::Capacity;
use super::case::{Case, ShardStream};
use super::cost::Bill;
use super::demand::Demand;
use super::fit::Design;
use super::latency::LatencyAnswer;
use super::rpo::Rpo;
use super::rto::RtoChain;
use super::runway::Runway;
use super::sync::FullSync;
use super::topology::Topology;
use super::trials::Trials;
use super::verdict::Verdict;
use crate::catalog::Catalog;
use crate::plan::Plan;
use crate::units::Ratio;
use serde::Serialize;

/// All answers for one topology.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopologyAnswer {
    /// Which one.
    pub topology: Topology,
    /// What is bought, and whether the load fits.
    pub design: Design,
    /// The steady month.
    pub bill: Bill,
    /// What the fullest shard takes of the stream.
    #[serde(skip)]
    pub shard: ShardStream,
    /// The time a full copy takes; for the rebuild the reload from the database.
    pub sync: FullSync,
    /// Age of what may be lost.
    pub rpo: Rpo,
    /// Time to recover, by each path that applies; the first is the one that an unplanned outage takes.
    pub rto: Vec<RtoChain>,
    /// What runs out while a region is down.
    pub runway: Runway,
    /// Load against throughput, normal and with one region's clients moved.
    pub capacity: Capacity,
    /// Latency by region.
    pub latency: LatencyAnswer,
    /// Each objective with the figure that is held against it.
    pub verdicts: Vec<Verdict>,
}

impl TopologyAnswer {
    /// Memory in use of a cache's fullest shard, before and at a loss: of a member of a group with both backlogs, which are
    /// reserved up front (R2). The one figure of every tab; sizes are chosen by the data alone (M-02).
    #[must_use]
    pub fn memory_in_use(&self) -> Ratio {
        match &self.runway {
            Runway::Fills(filling) => filling.fill,
            _ => self.design.fill,
        }
    }

    /// The case that it answers, whose stream and full sync are known.
    #[must_use]
    pub fn case<'a>(&'a self, plan: &'a Plan, catalog: &'a Catalog, demand: &'a Demand) -> Case<'a> {
        let Self { topology, design, shard, sync, .. } = self;
        Case {
            topology: *topology,
            plan,
            catalog,
            demand,
            design,
            shard: *shard,
            sync: sync.clone(),
            trials: Trials::default(),
        }
    }
}

/// The answers of the models for one plan, before anybody judges them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answers {
    /// What the load means in bytes, keys and rates; everything that basic mode derives.
    pub demand: Demand,
    /// One cache, reloaded from the database.
    pub rebuild: TopologyAnswer,
    /// Two Premium caches, one read-only.
    pub passive: TopologyAnswer,
    /// Two to five AMR members, all writable.
    pub active: TopologyAnswer,
}

impl Answers {
    /// The answer for one topology.
    #[must_use]
    pub fn of(&self, topology: Topology) -> &TopologyAnswer {
        match topology {
            Topology::Rebuild => &self.rebuild,
            Topology::Passive => &self.passive,
            Topology::Active => &self.active,
        }
    }

    /// The bill of each topology, in the order of [`Topology::ALL`].
    #[must_use]
    pub fn bills(&self) -> [(Topology, &Bill); 3] {
        Topology::ALL.map(|topology| (topology, &self.of(topology).bill))
    }
}
