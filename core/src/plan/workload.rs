//! The load: data, operations, where they come from.

use super::Profile;
use super::Section;
use super::rows::{entry, table};
use crate::catalog::RegionId;
use crate::units::SECS_PER_DAY;
use crate::units::names::names;
use crate::units::{Bytes, OpsPerSec, Ratio, Secs};

names! {
    /// A figure of the load that may be open.
    LoadFigure {
        /// The data today.
        Data = "data", "data today",
        /// Writes, and reads with them.
        Operations = "operations", "reads and writes",
        /// Connections.
        Connections = "connections", "connections",
    }
}

table! {
    /// The load on the cache.
    Workload at [workload] in Workload {
        /// In a plain Redis (`used_memory_dataset`), without replicas.
        dataset: Bytes = Bytes::gb(10.0) => number("Data today", Data, "GB", 1e3..=1e15) { basic: true };
        /// Changes in the replication stream, all regions, mean of a day.
        writes: OpsPerSec = OpsPerSec::per_s(5_000.0) => number("Writes", Rate, "/s", 0.0..=1e8) { basic: true };
        /// Mean length.
        value_size: Bytes = Bytes::bytes(500.0) => number("Value size", Data, "B", 0.0..=5e8) { basic: true };
        /// Mean length.
        key_size: Bytes = Bytes::bytes(40.0) => number("Key size", Data, "B", 1.0..=1e6);
        /// Mean of a day; else four times the writes.
        reads: Option<OpsPerSec> = None => number("Reads", Rate, "/s", 0.0..=1e9);
        /// Of the data.
        growth_per_year: Ratio = Ratio::percent(10.0) => number("Growth", Share, "% a year", -0.9..=10.0);
        /// Else that of the data.
        load_growth_per_year: Option<Ratio> = None
            => number("Growth of writes and reads", Share, "% a year", -0.9..=10.0);
        /// Of clients at peak, all regions.
        connections: u32 = 1_000 => number("Connections", Count, "", 0.0..=1e7);
        /// Largest key.
        largest_key: Bytes = Bytes::mb(1.0) => number("Largest key", Data, "MB", 1.0..=1e12);
        /// The application names hash tags (`{…}`).
        custom_hash_tags: bool = false => switch("The application uses {hash tags}");
        /// How the write rate varies over the day, where no series says it.
        peak: Peak = Peak::default() => group();
        /// How far the volumes may lie from the figures above.
        spread: Volumes = Volumes::default() => group();
        /// What the changes are; the shares add up to 1.
        split: WriteSplit = WriteSplit::default() => group();
        /// What rests on a starting value that nobody has given or measured is asked, and bars no design. A figure that is entered on
        /// the page is given.
        open: Vec<LoadFigure> = Vec::new() => several("Not known yet") { when: |plan| !plan.workload.open.is_empty() };
        /// A measured series of the write rate; `writes` stays its mean.
        profile: Option<Profile> = None => special() { section: Section::Hidden };
    }
}

table! {
    /// How far the volumes may lie from the plan's figures; without a span each is a point. Single answers use the figures,
    /// only bands and sensitivities on the spans. The two are taken as independent of each other (assumption).
    #[derive(Copy)]
    Volumes at [workload.spread] in Volumes {
        /// Ends of reads and writes, as shares.
        rates: Span = Span::default() => ends("Operations, low end", "Operations, high end");
        /// Ends of the data, as shares.
        data: Span = Span::default() => ends("Data, low end", "Data, high end");
    }
}

/// The ends of a figure as shares of it: at most 100 % and at least 100 %, the figure itself being the most likely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Low end ÷ figure, 0 to 1.
    pub low: Ratio,
    /// High end ÷ figure, at least 1.
    pub high: Ratio,
}

table! {
    /// Shares of the changes by kind; they add up to 1.
    ///
    /// A cache in a steady state: as many keys are created as expire or are deleted.
    #[derive(Copy)]
    WriteSplit at [workload.split] in Kinds {
        /// New keys.
        creates: Ratio = Ratio::percent(20.0) => number("New keys", Share, "%", 0.0..=1.0);
        /// Overwrites.
        overwrites: Ratio = Ratio::percent(60.0) => number("Overwrites", Share, "%", 0.0..=1.0);
        /// By the application.
        deletes: Ratio = Ratio::percent(2.0) => number("Deletes", Share, "%", 0.0..=1.0);
        /// By time to live.
        expiries: Ratio = Ratio::percent(18.0) => number("Expiries", Share, "%", 0.0..=1.0);
        /// From a hash, list, set or sorted set.
        element_removals: Ratio = Ratio::ZERO => number("Element removals", Share, "%", 0.0..=1.0);
    }
}

table! {
    /// Bursts: `per_day` times a day the write rate is `ratio` times the mean for `burst`.
    ///
    /// The mean of the whole day stays [`Workload::writes`]; outside the bursts the rate is accordingly lower.
    #[derive(Copy)]
    Peak at [workload.peak] in Peaks {
        /// Rate in a burst ÷ mean rate.
        ratio: f64 = 3.0 => number("Peak over mean", Factor, "×", 1.0..=1e3);
        /// Length of a burst.
        burst: Secs = Secs::mins(20.0) => number("Length of a burst", Time, "min", 0.0..=SECS_PER_DAY);
        /// Bursts a day.
        per_day: f64 = 2.0 => number("Bursts a day", Factor, "a day", 0.0..=1_440.0);
    }
}

entry! {
    /// One region of the plan.
    RegionShare {
        /// The Azure region.
        region: RegionId;
        /// Share of the users that sit nearest to it.
        users: Ratio;
        /// Share of the writes that users there cause.
        writes: Ratio;
    }
}

impl RegionShare {
    /// From the region's name and two fractions.
    #[must_use]
    pub fn new(region: &str, users: f64, writes: f64) -> Self {
        Self { region: RegionId::new(region), users: Ratio::fraction(users), writes: Ratio::fraction(writes) }
    }
}

table! {
    /// What a request is made of (M-13).
    Latency at [latency] in Requests {
        /// Calls of one request that wait for each other.
        calls_in_sequence: u32 = 1 => number("Calls in sequence", Count, "", 1.0..=1e4);
        /// Assumption.
        service: Secs = Secs::millis(0.5) => number("Time of one call in Redis", Time, "ms", 0.0..=10.0);
        /// All but Redis.
        rest_of_request: Secs = Secs::ZERO => number("Rest of the request", Time, "ms", 0.0..=600.0);
        /// P05 and P95 of a request ÷ its median; assumption.
        spread: Span = requests()
            => ends("Quick request (P05), share of the median", "Slow request (P95), share of the median")
            { note: "assumption" };
        /// Assumption.
        within_region: Secs = Secs::millis(1.0)
            => number("Round trip inside a region", Time, "ms", 0.0..=1.0) { note: "assumed" };
        /// Your measurements in place of the published matrix.
        round_trips: Vec<RttOverride> = Vec::new() => special() { section: Section::Regions, basic: true };
    }
}

/// How far requests are spread is not published: a few are a fifth quicker than the median, a few take twice as long.
const fn requests() -> Span {
    Span { low: Ratio::percent(80.0), high: Ratio::percent(200.0) }
}

entry! {
    /// A round trip that the user measured; symmetric.
    RttOverride {
        /// One end.
        a: RegionId;
        /// The other end.
        b: RegionId;
        /// Median round trip.
        rtt: Secs;
    }
}

impl Workload {
    /// Growth of writes and reads in a year: the plan's own figure, else the data's.
    #[must_use]
    pub fn load_growth(&self) -> Ratio {
        self.load_growth_per_year.unwrap_or(self.growth_per_year)
    }
}

impl Default for Span {
    /// A point.
    fn default() -> Self {
        Self { low: Ratio::ONE, high: Ratio::ONE }
    }
}

impl WriteSplit {
    /// The sum of the shares; 1 in a valid plan.
    #[must_use]
    pub fn total(&self) -> Ratio {
        self.creates + self.overwrites + self.deletes + self.expiries + self.element_removals
    }
}
