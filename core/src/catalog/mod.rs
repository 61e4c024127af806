//! The dated catalogue: sizes, prices, regions, round trips, rules. Data in `core/data`, a typed view here.
//!
//! A price is [`Price::Known`] with its date, source and word, or [`Price::Unknown`] with a reason; never a silent 0.

mod id;
mod load;
mod lookup;
mod price;
mod region;
mod rule;
mod sku;

pub use id::{RegionId, SkuId};
pub use load::CatalogError;
pub use price::{KnownPrice, Meter, Price, PriceWord, Tier, TieredPrice};
pub use region::{Continent, Region, RoundTrip};
pub use rule::{RuleInfo, Severity, Source};
pub use sku::{Family, Sku};

use crate::units::Date;

/// Everything the models look up. Built once by [`Catalog::bundled`] and passed by reference.
#[derive(Debug, Clone)]
pub struct Catalog {
    pub(crate) as_of: Date,
    pub(crate) skus: Vec<Sku>,
    pub(crate) regions: Vec<Region>,
    pub(crate) rules: Vec<RuleInfo>,
    pub(crate) sources: Vec<Source>,
    pub(crate) prices: price::PriceTable,
    pub(crate) round_trips: region::RoundTripTable,
}

impl Catalog {
    /// The day to which the bundled facts were collected.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// Every size that the catalogue knows, in the order of family and memory.
    #[must_use]
    pub fn skus(&self) -> &[Sku] {
        &self.skus
    }

    /// Every region, by display name.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// The 70 rules of M-11, passive first.
    #[must_use]
    pub fn rules(&self) -> &[RuleInfo] {
        &self.rules
    }

    /// What the source tags mean.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }
}
