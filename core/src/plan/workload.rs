//! The load: data, operations, where they come from.

use super::Profile;
use crate::catalog::RegionId;
use crate::units::{Bytes, OpsPerSec, Ratio, Secs};
use serde::{Deserialize, Serialize};

/// The load on the cache.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workload {
    /// Memory that the data uses today in a plain Redis (`used_memory_dataset`), replicas not counted.
    pub dataset: Bytes,
    /// Changes per second that enter the replication stream, mean over the day, all regions together.
    pub writes: OpsPerSec,
    /// Reads per second, mean over the day; derived as four times the writes when absent.
    pub reads: Option<OpsPerSec>,
    /// What the changes are; the shares add up to 1.
    pub split: WriteSplit,
    /// Mean key length.
    pub key_size: Bytes,
    /// Mean value length.
    pub value_size: Bytes,
    /// Client connections at peak, all regions together.
    pub connections: u32,
    /// How the write rate varies over the day, where no series says it.
    pub peak: Peak,
    /// How the write rate varies by a measured series; `writes` stays its mean.
    #[serde(default)]
    pub profile: Option<Profile>,
    /// Growth of the data in a year; 0.1 is 10 %.
    pub growth_per_year: Ratio,
    /// Growth of writes and reads in a year; as the data when absent.
    #[serde(default)]
    pub load_growth_per_year: Option<Ratio>,
    /// The largest key.
    pub largest_key: Bytes,
    /// True when the application names hash tags (`{…}`) of its own.
    pub custom_hash_tags: bool,
    /// How far the volumes may lie from the figures above.
    #[serde(default)]
    pub spread: Volumes,
}

/// How far the volumes may lie from the plan's figures; without a span each is a point. Single answers stand on the figures,
/// only bands and sensitivities on the spans. The two are taken as independent of each other (assumption).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volumes {
    /// Reads and writes a second, together.
    pub rates: Span,
    /// Data.
    pub data: Span,
}

/// The ends of a figure as shares of it: at most 100 % and at least 100 %, the figure itself being the most likely.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Low end ÷ figure, 0 to 1.
    pub low: Ratio,
    /// High end ÷ figure, at least 1.
    pub high: Ratio,
}

/// Shares of the changes by kind; they add up to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteSplit {
    /// A new key.
    pub creates: Ratio,
    /// A new value for an existing key.
    pub overwrites: Ratio,
    /// A key removed by the application.
    pub deletes: Ratio,
    /// A key removed by its time to live.
    pub expiries: Ratio,
    /// An element taken from a hash, list, set or sorted set.
    pub element_removals: Ratio,
}

/// Bursts: `per_day` times a day the write rate is `ratio` times the mean for `burst`.
///
/// The mean of the whole day stays [`Workload::writes`]; outside the bursts the rate is accordingly lower.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peak {
    /// Rate in a burst over the mean rate, at least 1.
    pub ratio: f64,
    /// Length of one burst.
    pub burst: Secs,
    /// Bursts a day.
    pub per_day: f64,
}

/// One region of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionShare {
    /// The Azure region.
    pub region: RegionId,
    /// Share of the users that sit nearest to it.
    pub users: Ratio,
    /// Share of the writes that users there cause.
    pub writes: Ratio,
}

impl RegionShare {
    /// From the region's name and two fractions.
    #[must_use]
    pub fn new(region: &str, users: f64, writes: f64) -> Self {
        Self { region: RegionId::new(region), users: Ratio::fraction(users), writes: Ratio::fraction(writes) }
    }
}

/// What a request is made of (M-13).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Latency {
    /// Round trip inside one region; assumed, 1 ms.
    pub within_region: Secs,
    /// Time that Redis itself takes for one call; assumed.
    pub service: Secs,
    /// Redis calls of one user request that wait for each other.
    pub calls_in_sequence: u32,
    /// Everything else in the request.
    pub rest_of_request: Secs,
    /// Own measurements that replace the published matrix.
    pub round_trips: Vec<RttOverride>,
    /// P05 and P95 of single requests, as shares of the median one; an assumption, 80 % and 200 %.
    #[serde(default = "requests")]
    pub spread: Span,
}

/// Nobody publishes how far requests are spread: a few are a fifth quicker than the median, a few take twice as long.
const fn requests() -> Span {
    Span { low: Ratio::percent(80.0), high: Ratio::percent(200.0) }
}

/// A round trip that the user measured; symmetric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RttOverride {
    /// One end.
    pub a: RegionId,
    /// The other end.
    pub b: RegionId,
    /// Median round trip.
    pub rtt: Secs,
}

impl Workload {
    /// Growth of writes and reads in a year: the plan's own figure, else the data's.
    #[must_use]
    pub fn load_growth(&self) -> Ratio {
        self.load_growth_per_year.unwrap_or(self.growth_per_year)
    }
}

impl Default for Workload {
    fn default() -> Self {
        Self {
            dataset: Bytes::gb(10.0),
            writes: OpsPerSec::per_s(5_000.0),
            reads: None,
            split: WriteSplit::default(),
            key_size: Bytes::bytes(40.0),
            value_size: Bytes::bytes(500.0),
            connections: 1_000,
            peak: Peak::default(),
            profile: None,
            growth_per_year: Ratio::percent(10.0),
            load_growth_per_year: None,
            largest_key: Bytes::mb(1.0),
            custom_hash_tags: false,
            spread: Volumes::default(),
        }
    }
}

impl Default for Span {
    /// A point.
    fn default() -> Self {
        Self { low: Ratio::ONE, high: Ratio::ONE }
    }
}

impl Default for WriteSplit {
    /// A cache in a steady state: as many keys are created as expire or are deleted.
    fn default() -> Self {
        Self {
            creates: Ratio::percent(20.0),
            overwrites: Ratio::percent(60.0),
            deletes: Ratio::percent(2.0),
            expiries: Ratio::percent(18.0),
            element_removals: Ratio::ZERO,
        }
    }
}

impl WriteSplit {
    /// The sum of the shares; 1 in a valid plan.
    #[must_use]
    pub fn total(&self) -> Ratio {
        self.creates + self.overwrites + self.deletes + self.expiries + self.element_removals
    }
}

impl Default for Peak {
    fn default() -> Self {
        Self { ratio: 3.0, burst: Secs::mins(20.0), per_day: 2.0 }
    }
}

impl Default for Latency {
    fn default() -> Self {
        Self {
            within_region: Secs::millis(1.0),
            service: Secs::millis(0.5),
            calls_in_sequence: 1,
            rest_of_request: Secs::ZERO,
            round_trips: Vec::new(),
            spread: requests(),
        }
    }
}
