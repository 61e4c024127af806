//! The models: each takes a [`Case`] (or the plan and the catalogue before there is one) and gives numbers only, no text for people beyond names of steps.

pub mod active_outage;
pub mod availability;
pub mod backlog;
pub mod capacity;
pub mod case;
pub mod cost;
pub mod demand;
pub mod fit;
pub mod horizon;
pub mod latency;
pub mod lifecycle;
pub mod outage;
pub mod rpo;
pub mod rto;
pub mod scenarios;
pub mod surge;
pub mod sync;
pub mod thresholds;
pub mod verdict;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod testing;

pub use case::Case;
use serde::{Deserialize, Serialize};

/// The three designs that a plan compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topology {
    /// One cache, reloaded from the database: the baseline.
    Rebuild,
    /// Two Premium caches, one read-only.
    Passive,
    /// Two to five AMR members, all writable.
    Active,
}

impl Topology {
    /// In the order in which the page shows them.
    pub const ALL: [Self; 3] = [Self::Rebuild, Self::Passive, Self::Active];

    /// "Rebuild", "Passive pair", "Active group".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rebuild => "Rebuild",
            Self::Passive => "Passive pair",
            Self::Active => "Active group",
        }
    }

    /// "rebuild", "passive", "active": the name in files and commands.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Rebuild => "rebuild",
            Self::Passive => "passive",
            Self::Active => "active",
        }
    }

    /// The topology of a [`Topology::slug`].
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topology| topology.slug() == slug)
    }
}

/// All answers for one topology.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopologyAnswer {
    /// Which one.
    pub topology: Topology,
    /// What is bought, and whether the load fits.
    pub design: fit::Design,
    /// The steady month.
    pub bill: cost::Bill,
    /// The time a full copy takes; for the rebuild the reload from the database.
    pub sync: sync::FullSync,
    /// Age of what may be lost.
    pub rpo: rpo::Rpo,
    /// Time to recover, by each path that applies; the first is the one that an unplanned outage takes.
    pub rto: Vec<rto::RtoChain>,
    /// What runs out while a region is down.
    pub runway: active_outage::Runway,
    /// Load against throughput, normal and with one region's clients moved.
    pub capacity: capacity::Capacity,
    /// Latency by region.
    pub latency: latency::LatencyAnswer,
    /// Each objective with the figure that is held against it.
    pub verdicts: Vec<verdict::Verdict>,
}

/// The answers of the models for one plan, before anybody judges them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answers {
    /// What the load means in bytes, keys and rates; everything that basic mode derives.
    pub demand: demand::Demand,
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
    pub fn bills(&self) -> [(Topology, &cost::Bill); 3] {
        Topology::ALL.map(|topology| (topology, &self.of(topology).bill))
    }
}
