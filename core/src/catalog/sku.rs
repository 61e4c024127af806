//! Sizes.

use super::SkuId;
use crate::units::{Bytes, BytesPerSec, OpsPerSec};
use serde::{Deserialize, Serialize};

/// Family of sizes, each with its own tier schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Family {
    /// AMR, much memory for little processor.
    MemoryOptimized,
    /// AMR, the middle.
    Balanced,
    /// AMR, much processor for little memory.
    ComputeOptimized,
    /// AMR on flash.
    FlashOptimized,
    /// Azure Cache for Redis Premium.
    Premium,
}

impl Family {
    /// True for the families of Azure Managed Redis.
    #[must_use]
    pub const fn is_managed_redis(self) -> bool {
        !matches!(self, Self::Premium)
    }

    /// The name as people say it: "Memory Optimized".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MemoryOptimized => "Memory Optimized",
            Self::Balanced => "Balanced",
            Self::ComputeOptimized => "Compute Optimized",
            Self::FlashOptimized => "Flash Optimized",
            Self::Premium => "Premium",
        }
    }
}

/// One size as the catalogue states it. Figures of Premium are for one shard.
#[derive(Debug, Clone, PartialEq)]
pub struct Sku {
    /// Its name.
    pub id: SkuId,
    /// Its family.
    pub family: Family,
    /// Advertised memory (per shard for Premium).
    pub memory: Bytes,
    /// Virtual processors of one node.
    pub vcpus: u32,
    /// Primary shards; 1 for Premium, where the plan says how many.
    pub shards: u32,
    /// Client connections (per shard for Premium).
    pub connections: u32,
    /// Published GET throughput at 1 KB; none is published above 120 GB.
    pub throughput: Option<OpsPerSec>,
    /// Published node bandwidth; AMR's is documented nowhere.
    pub bandwidth: Option<BytesPerSec>,
    /// May be a member of an active group (Flash: no, in the newer text).
    pub active_geo: bool,
    /// May be half of a passive pair.
    pub passive_geo: bool,
    /// Nodes billed with high availability: 2.
    pub nodes_with_ha: u32,
    /// In preview when the facts were collected.
    pub preview: bool,
    /// Source tags of the row.
    pub source: String,
}

impl Sku {
    /// "B10 · 12 GB", for lists.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} · {} GB", self.id.short(), self.memory.as_gb())
    }
}
