//! Why a topology cannot stand, or what a size lacks, with the figures.

use super::Asked;
use crate::catalog::{Family, SkuId};
use crate::model::Place;
use crate::units::{Bytes, OpsPerSec, Ratio};

/// A size as people name it: "P2 with 3 shards", "B10".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeName {
    /// The size.
    pub sku: SkuId,
    /// Primary shards that were chosen with it; `None` where they come with the size.
    pub shards: Option<u32>,
}

/// One reason why a topology is not possible, or one thing that its size lacks.
#[derive(Debug, Clone, PartialEq)]
pub enum Misfit {
    /// The plan names no region.
    NoRegion,
    /// A pair needs two regions; the plan has this many.
    PairOfRegions(usize),
    /// A group has another number of members than the plan has regions (S3).
    MembersOf(usize),
    /// A group has one member in each region, and the plan names this one twice (S3).
    RegionTwice(Place),
    /// The catalogue has no size of that name.
    UnknownSize(SkuId),
    /// The same of a pair's secondary.
    UnknownSecondary(SkuId),
    /// Nothing in the catalogue can be used for this topology.
    NoSize,
    /// No size fits; what the largest lacks.
    NothingFits(Vec<Misfit>),
    /// The rebuild is planned on AMR, and the size is of another family.
    RebuildOnAmr(SkuId, Family),
    /// A pair is made of two Premium caches (S1).
    PairOfPremium(SkuId),
    /// Flash Optimized cannot be a member of a group (D1).
    FlashInGroup(SkuId),
    /// Nor can this size (S3).
    NotInGroup(SkuId),
    /// The data needs more than the size may be filled to.
    Memory {
        /// The size.
        size: SizeName,
        /// Memory that data may use in it.
        usable: Bytes,
        /// Share of it that may be filled.
        fill: Ratio,
        /// What the data needs: `data × CRDT factor × fullest shard`.
        needs: Bytes,
        /// The data as planned.
        data: Bytes,
        /// The CRDT factor of a group's member; `None` elsewhere.
        crdt: Option<f64>,
        /// Fullest shard over the mean; `None` where it is 1.
        fullest: Option<f64>,
    },
    /// More connections than the size takes.
    Connections {
        /// The size.
        size: SizeName,
        /// How many it takes.
        takes: f64,
        /// How many the busiest cache gets.
        gets: f64,
    },
    /// A target that the design met on the first day and misses under the load of a later month.
    Target {
        /// The size.
        size: SizeName,
        /// Which target.
        asked: Asked,
    },
    /// More operations than may be planned with.
    Throughput {
        /// The size.
        size: SizeName,
        /// Operations that it may be planned with.
        limit: OpsPerSec,
        /// Their share of the published figure.
        derate: Ratio,
        /// The peak with one region's clients moved.
        peak: OpsPerSec,
    },
}
