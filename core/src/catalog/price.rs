//! Prices: a figure with its date, source and word, or the reason why there is none.

use super::{RegionId, SkuId};
use crate::plan::ReservationTerm;
use crate::units::UsdPerUnit;
use serde::{Deserialize, Serialize};

/// How sure a price is; the bill says how much of the total stands on each word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PriceWord {
    /// Quoted from the vendor's price list.
    Published,
    /// By the vendor's size ratio from a published point of the same family and region.
    Derived,
    /// A regional factor carried from another family, or an inferred row.
    Estimated,
    /// Typed, or from a price sheet that the user opened.
    Yours,
    /// No figure: the line says what to enter.
    Unknown,
}

impl PriceWord {
    /// The word as the page prints it.
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

/// A price with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownPrice {
    /// US dollars for one unit.
    pub amount: UsdPerUnit,
    /// How sure.
    pub word: PriceWord,
    /// Date of the row as the facts give it: a day, a month or a year.
    pub as_of: String,
    /// Source tags.
    pub source: String,
    /// How a derived or estimated price was made; empty for a published one.
    pub how: String,
}

/// A price, or the reason for having none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Price {
    /// There is a figure.
    Known(KnownPrice),
    /// There is none; the sentence says what to enter.
    Unknown {
        /// "no price for P3 in West Europe: enter one".
        reason: String,
    },
}

impl Price {
    /// The figure with its origin, if there is one.
    #[must_use]
    pub fn known(&self) -> Option<&KnownPrice> {
        match self {
            Self::Known(price) => Some(price),
            Self::Unknown { .. } => None,
        }
    }

    /// The price's word; [`PriceWord::Unknown`] without a figure.
    #[must_use]
    pub fn word(&self) -> PriceWord {
        self.known().map_or(PriceWord::Unknown, |price| price.word)
    }
}

/// A step of a tiered price: from this quantity on, in the meter's unit, this price holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Quantity in a month from which the tier holds; the first tier starts at 0.
    pub from: rust_decimal::Decimal,
    /// Price of one unit inside the tier.
    pub price: UsdPerUnit,
}

/// A price by tiers on the month's total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TieredPrice {
    /// Rising by `from`; never empty.
    pub tiers: Vec<Tier>,
    /// Word, date and source of the whole ladder; its amount is the first tier's.
    pub origin: KnownPrice,
}

/// Meters without a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meter {
    /// One private endpoint for an hour.
    PrivateEndpointHour,
    /// A GB through a private endpoint, either direction (tiered).
    PrivateEndpointGb,
    /// One monitored metric time series for a month.
    AlertSeries,
    /// A GB of logs ingested.
    LogGb,
}

/// Rows of the data files, ready for look-up.
#[derive(Debug, Clone, Default)]
pub(crate) struct PriceTable {
    /// Price of one node for one hour.
    pub(crate) nodes: Vec<(SkuId, RegionId, KnownPrice)>,
    /// Price of one node for the whole term.
    pub(crate) reservations: Vec<(SkuId, RegionId, ReservationTerm, KnownPrice)>,
    /// The two inter-region schemes and the flat meters: see `load`.
    pub(crate) egress_by_continent: Vec<(super::Continent, EgressReach, KnownPrice)>,
    pub(crate) egress_by_source: Vec<(RegionId, KnownPrice)>,
    pub(crate) meters: Vec<(Meter, Option<RegionId>, TieredPrice)>,
}

/// Inside the continent, or to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum EgressReach {
    Within,
    Across,
}
