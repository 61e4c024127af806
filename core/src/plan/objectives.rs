//! The targets that each topology meets or misses (M-12).

use super::Section;
use super::rows::table;
use crate::units::{Money, Secs};

table! {
    /// The targets; an absent one is not judged.
    Objectives at [objectives] in Targets {
        /// Age of data that may be lost.
        rpo: Option<Secs> = Some(Secs::mins(1.0))
            => number("RPO target", Time, "s", 0.0..=2_592_000.0) { basic: true, short: "RPO", empty: "none" };
        /// Until users are served; people who recover for the first time need over an hour (M-06).
        rto: Option<Secs> = Some(Secs::hours(2.0))
            => number("RTO target", Time, "min", 0.0..=2_592_000.0) { basic: true, short: "RTO", empty: "none" };
        /// Of the worst-served region.
        write_latency: Option<Secs> = Some(Secs::millis(100.0))
            => number("Write latency target", Time, "ms", 0.0..=600.0) { basic: true, short: "Write latency", empty: "none" };
        /// How long a region may stay down.
        runway: Option<Secs> = Some(Secs::hours(4.0))
            => number("Required runway", Time, "h", 0.0..=31_536_000.0) { basic: true, empty: "none" };
        /// Of a steady month.
        budget: Option<Money> = Some(Money::whole(5_000))
            => number("Budget", Money, "$/month", 0.0..=1e9) { basic: true, empty: "none" };
        /// For the latency view; no verdict depends on it.
        read_latency: Option<Secs> = None
            => number("Read latency target", Time, "ms", 0.0..=600.0)
            { section: Section::Requests, empty: "none", note: "for the latency view; no verdict depends on it" };
    }
}
