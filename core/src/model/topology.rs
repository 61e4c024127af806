//! The three designs that a plan compares.

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
