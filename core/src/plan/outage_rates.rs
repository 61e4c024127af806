//! How often a region goes down, for how long, and what that costs the business: all of it the plan's own assumption.

use super::rows::table;
use crate::units::{Range, Ratio, Secs, UnitPrice};

table! {
    /// Outages of one whole region. The service publishes neither their number nor their length.
    OutageRates at [outages] in Outages {
        /// Outages of one region in a year; assumption: one in ten years, one in four, one a year.
        per_year: Range<f64> = Range::new(0.1, 0.25, 1.0)
            => range("Outages of a region", Factor, "a year", 0.0..=365.0, "assumption, not published");
        /// Length of one outage; assumption: 30 min, 4 h, a day.
        duration: Range<Secs> = Range::new(Secs::mins(30.0), Secs::hours(4.0), Secs::hours(24.0))
            => range("Length of an outage", Time, "h", 0.0..=2_592_000.0, "assumption, not published");
        /// Share of the outages whose cause takes the other regions as well (control plane, names, identity, a deployment);
        /// assumption: one in twenty.
        common_cause: Ratio = Ratio::percent(5.0) => number("Outages that take every region", Share, "%", 0.0..=1.0);
        /// What an hour without service costs the business; absent means unknown, never 0.
        downtime_hour: Option<UnitPrice> = None
            => number("Hour without service", Money, "$/h", 0.0..=1e9) { empty: "unknown", note: "off-bill costs; in the choice once entered" };
        /// What a lost write costs the business; absent means unknown, never 0.
        lost_record: Option<UnitPrice> = None
            => number("A lost write", Money, "$", 0.0..=1e6) { empty: "unknown", note: "in the choice once entered" };
        /// What a million reads of the database cost; absent means unknown, never 0.
        million_reads: Option<UnitPrice> = None
            => number("A million reads of the database", Money, "$/million", 0.0..=1e6)
            { empty: "unknown", note: "off-bill costs" };
    }
}
