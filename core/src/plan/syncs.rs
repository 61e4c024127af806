//! What makes a replica copy everything again.

use super::rows::table;
use crate::units::{Range, Secs};

table! {
    /// Occasions of full syncs in a year (M-05).
    Syncs at [syncs] in Syncs {
        /// Monthly (D8).
        patches_per_year: f64 = 12.0 => number("Patches of a cache", Factor, "a year", 0.0..=365.0);
        /// Each unlinks and relinks (S1); assumption.
        scalings_per_year: f64 = 1.0 => number("Scalings of a pair", Factor, "a year", 0.0..=365.0);
        /// Of a pair; assumption: there and back.
        syncs_per_drill: f64 = 2.0 => number("Full syncs of a drill", Factor, "", 0.0..=100.0);
        /// Of a pair; most likely: assumption.
        patch_gap: Range<Secs> = Range::new(Secs::mins(3.0), Secs::mins(15.0), Secs::mins(60.0))
            => range("Link away while patching", Time, "min", 0.0..=604_800.0, "D8: a few minutes to an hour");
        /// Of the network between two regions; assumption.
        link_troubles_per_year: f64 = 2.0
            => number("Trouble of the link", Factor, "a year", 0.0..=365.0) { note: "assumption" };
        /// Link away by trouble.
        link_trouble: Range<Secs> = Range::new(Secs::mins(1.0), Secs::mins(5.0), Secs::mins(60.0))
            => range("Link away by trouble", Time, "min", 0.0..=604_800.0, "assumption");
    }
}
