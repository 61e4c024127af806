//! Prices: a figure with its date, source and confidence, or the reason why there is none.

use super::FactorBand;
use super::band::PriceWithEnds;
use super::terms::ReservationTerm;
use crate::units::UnitPrice;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How sure a price is; the bill says how much of the total has each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PriceConfidence {
    /// Quoted from the vendor's price list.
    Published,
    /// A base price × the factor of the region that its own price list gives.
    Derived,
    /// The factor of the region is estimated, within a band; or an inferred row.
    Estimated,
    /// Typed, or from a price sheet that the user opened.
    Yours,
    /// No figure: the line says what to enter.
    Unknown,
}

impl PriceConfidence {
    /// The confidence as the page prints it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Derived => "derived",
            Self::Estimated => "estimated",
            Self::Yours => "yours",
            Self::Unknown => "unknown",
        }
    }
}

/// A price with where it comes from. In JSON an estimate has its ends too: `band`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "PriceWithEnds")]
pub struct KnownPrice {
    /// For one unit, in the currency of the catalogue.
    pub amount: UnitPrice,
    /// How sure.
    pub confidence: PriceConfidence,
    /// Date of the row as the facts give it: a day, a month or a year.
    pub as_of: Arc<str>,
    /// Source tags.
    pub source: Arc<str>,
    /// How a derived or estimated price was made; a remark, or nothing, for a published one.
    pub how: Arc<str>,
    /// The band of the region's factor that the price is based on; none for a price without one.
    pub band: Option<FactorBand>,
}

/// A price, or the reason for having none: the catalogue's own sentence, or what a line of a bill lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Price<Reason = String> {
    /// There is a figure.
    Known(KnownPrice),
    /// There is none; the reason says what to enter.
    Unknown {
        /// "no price for P3 in West Europe: enter one".
        reason: Reason,
    },
}

impl<Reason> Price<Reason> {
    /// The same with its reason as another type.
    #[must_use]
    pub fn with_reason<Other: From<Reason>>(self) -> Price<Other> {
        match self {
            Self::Known(price) => Price::Known(price),
            Self::Unknown { reason } => Price::Unknown { reason: reason.into() },
        }
    }

    /// A price that the user typed: it has no date.
    #[must_use]
    pub fn yours(amount: UnitPrice) -> Self {
        Self::Known(KnownPrice {
            amount,
            confidence: PriceConfidence::Yours,
            as_of: Arc::default(),
            source: "your input".into(),
            how: Arc::default(),
            band: None,
        })
    }

    /// The figure with its origin, if there is one.
    #[must_use]
    pub fn known(&self) -> Option<&KnownPrice> {
        match self {
            Self::Known(price) => Some(price),
            Self::Unknown { .. } => None,
        }
    }

    /// The price's confidence; [`PriceConfidence::Unknown`] without a figure.
    #[must_use]
    pub fn confidence(&self) -> PriceConfidence {
        self.known().map_or(PriceConfidence::Unknown, |price| price.confidence)
    }
}

/// A step of a tiered price: from this quantity on, in the meter's unit, this price holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Quantity in a month from which the tier holds; the first tier starts at 0.
    pub from: Decimal,
    /// Price of one unit inside the tier.
    pub price: UnitPrice,
}

/// A price by tiers on the month's total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TieredPrice {
    /// Rising by `from`; never empty.
    pub tiers: Vec<Tier>,
    /// Word, date and source of the whole schedule; its amount is the first tier's.
    pub origin: KnownPrice,
}

impl TieredPrice {
    /// One price for every quantity.
    pub(crate) fn flat(origin: KnownPrice) -> Self {
        Self { tiers: vec![Tier { from: Decimal::ZERO, price: origin.amount }], origin }
    }
}

/// Meters without a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meter {
    /// One private endpoint for an hour.
    PrivateEndpointHour,
    /// A GB through a private endpoint to the service (tiered).
    PrivateEndpointIn,
    /// A GB through a private endpoint from the service (tiered).
    PrivateEndpointOut,
    /// One monitored metric time series for a month.
    AlertSeries,
    /// A GB of logs ingested.
    LogGb,
    /// A GB that passes a peering of networks across regions, on one side.
    PeeringGb,
    /// One private DNS zone for a month.
    DnsZone,
    /// A GB of exports for a month, with a copy in another region.
    ExportGb,
}

/// What a group of prices shares.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) confidence: PriceConfidence,
    pub(crate) as_of: Arc<str>,
    pub(crate) source: Arc<str>,
    /// `{base}` and `{sku}` stand for the size's base price and its short name.
    pub(crate) how: Arc<str>,
    pub(crate) band: Option<FactorBand>,
}

/// The price of a size that the factors of the regions multiply.
#[derive(Debug, Clone)]
pub(crate) struct BasePrice {
    pub(crate) amount: UnitPrice,
    /// Low and high end ÷ the amount, where no list gave it.
    pub(crate) shares: Option<(Decimal, Decimal)>,
    pub(crate) source: Arc<str>,
}

/// One node's price and the number of its origin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NodePrice {
    pub(crate) amount: UnitPrice,
    pub(crate) origin: u16,
}

/// A discount that carries reservations to sizes and regions without a total of their own.
#[derive(Debug, Clone)]
pub(crate) struct Discount {
    pub(crate) family: super::Family,
    pub(crate) term: ReservationTerm,
    pub(crate) fraction: Decimal,
    pub(crate) confidence: PriceConfidence,
    pub(crate) source: String,
    pub(crate) how: String,
}

/// Prices by the positions of sizes and regions in the catalogue.
#[derive(Debug, Clone, Default)]
pub(crate) struct PriceTable {
    /// Price of one node for one hour: size by size, every region.
    pub(crate) nodes: Vec<Option<NodePrice>>,
    /// By the positions of the sizes; a sheet has none.
    pub(crate) bases: Vec<Option<BasePrice>>,
    pub(crate) origins: Vec<Origin>,
    /// Price of one node for the whole term.
    pub(crate) reservations: BTreeMap<(usize, usize, ReservationTerm), KnownPrice>,
    pub(crate) discounts: Vec<Discount>,
    pub(crate) egress_by_continent: Vec<(super::Continent, EgressReach, KnownPrice)>,
    /// By the position of the source region.
    pub(crate) egress_by_source: BTreeMap<usize, TieredPrice>,
    /// Without a region: everywhere else.
    pub(crate) meters: BTreeMap<(Meter, Option<usize>), TieredPrice>,
}

/// Inside the continent, or to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EgressReach {
    Within,
    Across,
}
