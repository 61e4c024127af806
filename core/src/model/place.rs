//! A region with the name that people know it by.

use crate::catalog::{Catalog, RegionId};

/// A region and its display name, so that what names a place can be worded without the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The region.
    pub region: RegionId,
    /// "West Europe"; the ARM name of a region that the catalogue does not know.
    pub name: String,
}

impl Place {
    /// The region with its name in this catalogue.
    #[must_use]
    pub fn of(catalog: &Catalog, region: &RegionId) -> Self {
        Self { region: region.clone(), name: catalog.region_name(region).to_owned() }
    }
}
