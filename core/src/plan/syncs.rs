//! What makes a replica copy everything again.

use super::rows::table;
use crate::units::{Range, Secs};

table! {
    /// Occasions of full syncs in a year (M-05).
    Syncs at [syncs] in Syncs {
        /// Patches of one cache in a year; monthly (D8).
        patches_per_year: f64 = 12.0 => number("Patches of a cache", Factor, "a year", 0.0..=365.0);
        /// Scalings of a pair in a year: each unlinks and links again (S1); the number is an assumption.
        scalings_per_year: f64 = 1.0 => number("Scalings of a pair", Factor, "a year", 0.0..=365.0);
        /// Full syncs of one drill of a pair; assumption: one there and one back.
        syncs_per_drill: f64 = 2.0 => number("Full syncs of a drill", Factor, "", 0.0..=100.0);
        /// How long a patch takes the link of a pair away; "a few minutes to an hour" (D8), the most likely an assumption.
        patch_gap: Range<Secs> = Range::new(Secs::mins(3.0), Secs::mins(15.0), Secs::mins(60.0))
            => range("Link away while patching", Time, "min", 0.0..=604_800.0, "D8: a few minutes to an hour");
        /// Times a year that the network between two regions takes the link away; an assumption.
        link_troubles_per_year: f64 = 2.0
            => number("Trouble of the link", Factor, "a year", 0.0..=365.0) { note: "assumption" };
        /// How long the network takes the link away; an assumption.
        link_trouble: Range<Secs> = Range::new(Secs::mins(1.0), Secs::mins(5.0), Secs::mins(60.0))
            => range("Link away by trouble", Time, "min", 0.0..=604_800.0, "assumption");
    }
}
