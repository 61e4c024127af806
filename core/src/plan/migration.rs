//! What a move to Azure Managed Redis takes (M-18); months side by side and hours of people are in the horizon.

use super::rows::table;
use super::today::anything_runs;
use crate::units::{Range, Secs};

table! {
    /// Times of a move to Azure Managed Redis. None of them is published for a cache with data.
    Migration at [migration] in Horizon {
        /// For so long the application writes to both; Z1: sessions of 7 days, one week.
        longest_ttl: Secs = Secs::hours(168.0)
            => number("Longest time to live of a key", Time, "h", 0.0..=31_536_000.0)
            { note: "assumption, after Z1: sessions of 7 days", when: anything_runs };
        /// All of them, to another host and port.
        client_switch: Range<Secs> = Range::new(Secs::hours(1.0), Secs::hours(24.0), Secs::hours(168.0))
            => range("Clients of a region move", Time, "h", 0.0..=31_536_000.0, "assumption")
            { when: anything_runs };
        /// Of the tool; "a short drop" (D5).
        name_switch: Range<Secs> = Range::new(Secs::secs(1.0), Secs::secs(60.0), Secs::mins(15.0))
            => range("Old name leads elsewhere", Time, "min", 0.0..=604_800.0, "assumption, after D12 and D13; none is published")
            { when: anything_runs };
        /// From its start until it has succeeded.
        tool_run: Range<Secs> = Range::new(Secs::mins(5.0), Secs::mins(6.0), Secs::mins(30.0))
            => range("Run of the migration tool", Time, "min", 0.0..=604_800.0, "Z8: 5 min 20 s with an empty P1; high end: assumption")
            { when: anything_runs };
        /// Of a lone Enterprise cluster.
        in_place: Range<Secs> = Range::new(Secs::mins(15.0), Secs::mins(20.0), Secs::mins(60.0))
            => range("Enterprise changes in place", Time, "min", 0.0..=604_800.0, "Z3: 15–20 min, 30 and more possible")
            { when: anything_runs };
    }
}
