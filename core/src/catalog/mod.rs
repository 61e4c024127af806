//! The dated catalogue, a typed view of `core/data`: sizes, prices, regions, round trips, rules.
//!
//! A price is [`Price::Known`] with date, source and confidence, or [`Price::Unknown`] with a reason; never 0.

mod band;
mod egress;
mod error;
mod id;
mod lifecycle;
mod load;
mod load_prices;
mod lookup;
mod mapping;
mod names;
mod price;
mod read;
mod region;
mod retiring;
mod rule;
mod sheet;
mod sku;
mod terms;
#[cfg(test)]
mod tests;

pub use band::{FactorBand, PriceService};
pub use egress::{Egress, EgressPrices};
pub use error::CatalogError;
pub use id::{RegionId, SkuId};
pub use lifecycle::{Lifecycle, LifecycleEvent, Service, Sla, SlaConfiguration};
pub use mapping::MappedSize;
pub use price::{KnownPrice, Meter, Price, PriceConfidence, Tier, TieredPrice};
pub use region::{Continent, Region, RoundTrip};
pub use retiring::RetiringSize;
pub use rule::{RuleInfo, Severity, Source};
pub use sheet::{FAR, SheetRow};
pub(crate) use sheet::{PriceSheet, SheetPrice, Target};
pub use sku::{Family, Sku};
pub use terms::{EgressScheme, ReservationTerm};

use crate::units::Date;
use lookup::Names;
use std::sync::Arc;

/// Everything the models look up. Built once by [`Catalog::bundled`] and passed by reference.
#[derive(Debug, Clone)]
pub struct Catalog {
    pub(crate) as_of: Date,
    pub(crate) skus: Vec<Sku>,
    /// Positions in `skus` by name.
    pub(crate) sku_index: Names,
    pub(crate) regions: Vec<Region>,
    /// Sizes of tiers that nobody can create any more.
    pub(crate) retiring: Vec<RetiringSize>,
    /// Published sizes that replace them, and Premium's.
    pub(crate) mappings: Vec<MappedSize>,
    /// Positions in `regions` by ARM name.
    pub(crate) region_index: Names,
    pub(crate) rules: Vec<RuleInfo>,
    pub(crate) sources: Vec<Source>,
    pub(crate) lifecycle: Vec<Lifecycle>,
    pub(crate) slas: Vec<Sla>,
    /// The bundled prices, in US dollars.
    pub(crate) prices: Arc<price::PriceTable>,
    pub(crate) sheet: Option<sheet::OpenSheet>,
    pub(crate) round_trips: region::RoundTripTable,
}

impl Catalog {
    /// The day to which the bundled facts were collected.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// What made a figure: the version of this library and a hash (64-bit FNV-1a) of the bundled facts, with the mark
    /// `+sheet` where an opened price sheet stands over them: `0.1.0+1f0c…`.
    #[must_use]
    pub fn model_version(&self) -> String {
        let sheet = if self.has_sheet() { "+sheet" } else { "" };
        format!("{}+{:016x}{sheet}", env!("CARGO_PKG_VERSION"), read::content_hash())
    }

    /// Every size that the catalogue knows, in the order of family and memory.
    #[must_use]
    pub fn skus(&self) -> &[Sku] {
        &self.skus
    }

    /// Sizes of Enterprise and Enterprise Flash: what runs today may be one, nothing new is. They stand in no list of sizes.
    #[must_use]
    pub fn retiring_sizes(&self) -> &[RetiringSize] {
        &self.retiring
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

    /// Dates on which something can no longer be created or run, each with its source.
    #[must_use]
    pub fn lifecycle(&self) -> &[Lifecycle] {
        &self.lifecycle
    }

    /// One dated event of a service, if the facts have it.
    #[must_use]
    pub fn lifecycle_event(&self, service: Service, event: LifecycleEvent) -> Option<&Lifecycle> {
        self.lifecycle.iter().find(|entry| entry.service == service && entry.event == event)
    }

    /// Availability by configuration. It covers connectivity to endpoints, not data loss, RPO, RTO or lag (D7, D16).
    #[must_use]
    pub fn slas(&self) -> &[Sla] {
        &self.slas
    }

    /// The availability of one configuration, if the facts have it.
    #[must_use]
    pub fn sla(&self, configuration: SlaConfiguration) -> Option<&Sla> {
        self.slas.iter().find(|sla| sla.configuration == configuration)
    }
}
