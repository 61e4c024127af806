//! Two words of the price list that a plan borrows: the term of a reservation and the scheme of traffic.

use serde::{Deserialize, Serialize};

/// Term of a reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReservationTerm {
    /// One year.
    OneYear,
    /// Three years.
    ThreeYears,
}

impl ReservationTerm {
    /// Its length in years.
    #[must_use]
    pub const fn years(self) -> u32 {
        match self {
            Self::OneYear => 1,
            Self::ThreeYears => 3,
        }
    }

    /// "1 year", "3 years".
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OneYear => "1 year",
            Self::ThreeYears => "3 years",
        }
    }
}

/// Which published scheme prices inter-region traffic: two exist and nobody says which one geo-replication is billed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EgressScheme {
    /// The dearer of the two, so that a budget holds either way.
    #[default]
    Dearer,
    /// By continent: inside one, and to another.
    ByContinent,
    /// By the source region's own meter.
    BySourceRegion,
}
