//! The band of a price: the factor of its region is estimated.

use super::{Family, KnownPrice, PriceConfidence};
use crate::units::UnitPrice;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::sync::Arc;

/// A service whose prices of one region have one factor over those of East US.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PriceService {
    /// Azure Managed Redis, every family.
    ManagedRedis,
    /// Azure Cache for Redis Premium.
    Premium,
    /// Azure Cache for Redis Basic and Standard.
    Standard,
    /// Azure Cache for Redis Enterprise and Enterprise Flash.
    Enterprise,
    /// Traffic between regions.
    Traffic,
}

impl PriceService {
    /// The service of a family.
    #[must_use]
    pub const fn of(family: Family) -> Self {
        if family.is_managed_redis() { Self::ManagedRedis } else { Self::Premium }
    }

    /// "Managed Redis", "Premium", "Basic and Standard", "Enterprise".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ManagedRedis => "Managed Redis",
            Self::Premium => "Premium",
            Self::Standard => "Basic and Standard",
            Self::Enterprise => "Enterprise",
            Self::Traffic => "traffic",
        }
    }
}

/// An estimated factor of a region over East US, with the ends that it may have. Prices of one service in one region are based on one
/// factor: they are all off by the same share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FactorBand {
    /// Whose prices it multiplies.
    pub service: PriceService,
    /// The estimate that prices are worked out with.
    pub factor: Decimal,
    /// Low end, at most the estimate.
    pub low: Decimal,
    /// High end, at least the estimate.
    pub high: Decimal,
}

impl FactorBand {
    /// Low and high end ÷ the estimate: 0.86 and 1.18 at their widest in most regions. 1 and 1 for a factor of 0, which no
    /// catalogue has.
    #[must_use]
    pub fn shares(&self) -> (f64, f64) {
        let share = |end: Decimal| end.checked_div(self.factor).and_then(|share| share.to_f64()).unwrap_or(1.0);
        (share(self.low), share(self.high))
    }

    /// An amount that is based on the estimate, at both ends, as precise as it is itself and at least to a thousandth.
    fn around(&self, amount: Decimal) -> (Decimal, Decimal) {
        let at = |end: Decimal| {
            let moved = amount.saturating_mul(end).checked_div(self.factor).unwrap_or(amount);
            moved.round_dp(amount.scale().max(3)).normalize()
        };
        (at(self.low), at(self.high))
    }
}

impl KnownPrice {
    /// Lowest and highest amount by the band of its region's factor: `amount × end ÷ factor`; `None` for a price without a band.
    #[must_use]
    pub fn ends(&self) -> Option<(UnitPrice, UnitPrice)> {
        let (low, high) = self.band?.around(self.amount.as_decimal());
        Some((UnitPrice::new(low), UnitPrice::new(high)))
    }
}

/// A price as JSON has it: an estimate with its ends.
#[derive(Serialize)]
pub(super) struct PriceWithEnds {
    amount: UnitPrice,
    confidence: PriceConfidence,
    as_of: Arc<str>,
    source: Arc<str>,
    how: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<UnitPrice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<UnitPrice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<FactorBand>,
}

impl From<KnownPrice> for PriceWithEnds {
    fn from(price: KnownPrice) -> Self {
        let (low, high) = price.ends().unzip();
        let KnownPrice { amount, confidence, as_of, source, how, band } = price;
        Self { amount, confidence, as_of, source, how, low, high, band }
    }
}
