//! Two terms of the price list that a plan borrows: the term of a reservation and the scheme of traffic.

use crate::units::names::{Named, names};

names! {
    /// Term of a reservation.
    #[derive(PartialOrd, Ord, Hash)]
    ReservationTerm {
        /// One year.
        OneYear = "one-year", "1 year",
        /// Three years.
        ThreeYears = "three-years", "3 years",
    }
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
    pub fn as_str(self) -> &'static str {
        self.label()
    }
}

names! {
    /// Which published scheme prices inter-region traffic: two exist and nobody says which one geo-replication is billed on.
    #[derive(Default)]
    EgressScheme {
        /// The dearer of the two, so that a budget holds either way.
        #[default]
        Dearer = "dearer", "the higher of both lists",
        /// By continent: inside one, and to another.
        ByContinent = "by-continent", "by continent",
        /// By the source region's own meter.
        BySourceRegion = "by-source-region", "by source region",
    }
}
