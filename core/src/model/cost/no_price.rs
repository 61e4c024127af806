//! Why a line has no price.

use crate::catalog::Price;
use crate::model::fit::Misfit;
use crate::units::Currency;

/// The list price of a line's unit, or why there is none.
pub type LinePrice = Price<NoPrice>;

/// Why a line has no price, and so what to enter.
#[derive(Debug, Clone, PartialEq)]
pub enum NoPrice {
    /// The catalogue has none; what it says of it.
    Catalog(String),
    /// The plan alone knows it and does not say.
    NotEntered(Own),
    /// The plan says it in another currency than the prices'.
    OtherCurrency {
        /// What.
        what: Own,
        /// The currency of the plan.
        typed: Currency,
        /// That of the prices.
        prices: Currency,
    },
    /// There is no group to move to.
    NoGroup(Vec<Misfit>),
}

/// What only the plan can say the price of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// An hour of an engineer.
    EngineerHour,
    /// A million reads of the database.
    MillionReads,
    /// A GB of exports, kept for a month.
    ExportStorage,
    /// An hour without service.
    DowntimeHour,
    /// A lost write.
    LostRecord,
    /// A GB over peered networks, on each side.
    Peering,
    /// A private DNS zone for a month.
    DnsZone,
    /// The service that redirects clients, for a month.
    TrafficSwitch,
}

impl From<String> for NoPrice {
    fn from(of_the_catalog: String) -> Self {
        Self::Catalog(of_the_catalog)
    }
}
