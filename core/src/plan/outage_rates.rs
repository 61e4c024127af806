//! How often a region goes down, for how long, and what that costs the business: all of it the plan's own assumption.

use super::rows::table;
use crate::units::{Range, Ratio, Secs, UnitPrice};

table! {
    /// Outages of one whole region. The service publishes neither their number nor their length.
    OutageRates at [outages] in Outages {
        /// Outages of a region.
        per_year: Range<f64> = Range::new(0.1, 0.25, 1.0)
            => range("Outages of a region", Factor, "a year", 0.0..=365.0, "assumption, not published");
        /// Length of an outage.
        duration: Range<Secs> = Range::new(Secs::mins(30.0), Secs::hours(4.0), Secs::hours(24.0))
            => range("Length of an outage", Time, "h", 0.0..=2_592_000.0, "assumption, not published");
        /// By control plane, names, identity or a deployment; assumption.
        common_cause: Ratio = Ratio::percent(5.0) => number("Outages that take every region", Share, "%", 0.0..=1.0);
        /// What it costs the business.
        downtime_hour: Option<UnitPrice> = None
            => number("Hour without service", Money, "$/h", 0.0..=1e9) { empty: "unknown", note: "off-bill costs; in the choice once entered" };
        /// What it costs the business.
        lost_record: Option<UnitPrice> = None
            => number("A lost write", Money, "$", 0.0..=1e6) { empty: "unknown", note: "in the choice once entered" };
        /// What they cost.
        million_reads: Option<UnitPrice> = None
            => number("A million reads of the database", Money, "$/million", 0.0..=1e6)
            { empty: "unknown", note: "off-bill costs" };
    }
}
