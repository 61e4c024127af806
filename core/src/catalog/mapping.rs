//! Published sizes of Azure Managed Redis that replace a size of a service that ends.

use super::{Catalog, SkuId};

/// One row of a published mapping: by nominal memory, without the CRDT factor of a group (Z1–Z4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedSize {
    /// The size that runs: `Standard_C3`, `Premium_P2`, `Enterprise_E10`.
    pub from: SkuId,
    /// Shards of a clustered Premium cache, capacity of an Enterprise cluster; 0 for a cache without either.
    pub units: u32,
    /// The size that replaces it; of two the smaller, which holds only if last month's peak fits.
    pub to: SkuId,
    /// The larger of two.
    pub also: Option<SkuId>,
    /// Source tags.
    pub source: String,
}

impl MappedSize {
    /// The sizes that the row allows, the smaller first.
    pub fn sizes(&self) -> impl Iterator<Item = &SkuId> {
        [&self.to].into_iter().chain(&self.also)
    }
}

impl Catalog {
    /// Every row of the mapping.
    #[must_use]
    pub fn mappings(&self) -> &[MappedSize] {
        &self.mappings
    }

    /// The row of a size with so many shards or so much capacity; `None` where no source has one.
    #[must_use]
    pub fn mapping(&self, from: &SkuId, units: u32) -> Option<&MappedSize> {
        self.mappings.iter().find(|row| row.from == *from && row.units == units)
    }
}
