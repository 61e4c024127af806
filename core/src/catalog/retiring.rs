//! Sizes of tiers that are being retired.

use super::{Service, SkuId};
use crate::units::Bytes;

/// A size of Enterprise or Enterprise Flash. Creation ended on 2026-04-01 and the tiers end on 2027-03-31 (U1), so it is only
/// ever what runs today.
#[derive(Debug, Clone, PartialEq)]
pub struct RetiringSize {
    /// Its name: `Enterprise_E10`, `EnterpriseFlash_F300`.
    pub id: SkuId,
    /// Advertised memory of the smallest cache.
    pub memory: Bytes,
    /// Nodes that the smallest cache bills: two of Enterprise, three of Enterprise Flash (S30). The quorum node is not billed.
    pub nodes: u32,
    /// Source tags.
    pub source: String,
}

impl RetiringSize {
    /// "Enterprise E10 · 12 GB", "Flash F300 · 345 GB", for a list to choose from.
    #[must_use]
    pub fn label(&self) -> String {
        let name = self.id.as_str().replace('_', " ");
        format!(
            "{} · {} GB",
            name.strip_prefix("Enterprise").filter(|it| it.starts_with("Flash")).unwrap_or(&name),
            self.memory.as_gb()
        )
    }

    /// The service whose last day is its own: Basic and Standard end with Premium (D6).
    #[must_use]
    pub fn service(&self) -> Service {
        if self.id.as_str().starts_with("Enterprise") { Service::Enterprise } else { Service::Premium }
    }
}
