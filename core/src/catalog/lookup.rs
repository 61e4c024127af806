//! Questions that the models ask.

use super::{Catalog, Meter, Price, Region, RegionId, RoundTrip, Sku, SkuId, TieredPrice};
use crate::plan::{EgressScheme, ReservationTerm};

impl Catalog {
    /// The size of that name.
    #[must_use]
    pub fn sku(&self, id: &SkuId) -> Option<&Sku> {
        self.skus.iter().find(|sku| sku.id == *id)
    }

    /// The region of that name.
    #[must_use]
    pub fn region(&self, id: &RegionId) -> Option<&Region> {
        self.regions.iter().find(|region| region.id == *id)
    }

    /// The region's display name; the ARM name for a region that the catalogue does not know.
    #[must_use]
    pub fn region_name<'a>(&'a self, id: &'a RegionId) -> &'a str {
        self.region(id).map_or(id.as_str(), |region| &region.name)
    }

    /// US dollars for one node of a size and one hour in a region, pay as you go.
    /// A Premium cache with one replica is two nodes a shard; an AMR member with HA is two nodes.
    #[must_use]
    pub fn node_price(&self, sku: &SkuId, region: &RegionId) -> Price {
        let _ = (sku, region);
        todo!("catalogue")
    }

    /// US dollars for one node of a size over a whole reservation term in a region.
    #[must_use]
    pub fn reservation_price(&self, sku: &SkuId, region: &RegionId, term: ReservationTerm) -> Price {
        let _ = (sku, region, term);
        todo!("catalogue")
    }

    /// US dollars for a GB sent from one region to another; 0 with its reason inside one region.
    #[must_use]
    pub fn egress_price(&self, from: &RegionId, to: &RegionId, scheme: EgressScheme) -> Price {
        let _ = (from, to, scheme);
        todo!("catalogue")
    }

    /// A meter's ladder in a region, or the reason for having none.
    pub fn meter(&self, meter: Meter, region: &RegionId) -> Result<&TieredPrice, String> {
        let _ = (meter, region);
        todo!("catalogue")
    }

    /// The published median round trip between two regions (mean of both directions; S21), if there is one.
    #[must_use]
    pub fn round_trip(&self, a: &RegionId, b: &RegionId) -> Option<RoundTrip> {
        let _ = (a, b);
        todo!("catalogue")
    }
}
