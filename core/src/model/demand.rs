//! What the load means in bytes, keys and rates (M-01).

use crate::plan::{Plan, WriteSplit};
use crate::units::{Bytes, BytesPerSec, OpsPerSec, SECS_PER_DAY};
use serde::Serialize;

/// Memory that one key takes beyond its own bytes and its value's: dictionary entry, object header, string headers.
///
/// An assumption: 24 + 8 + 16 + about 12 bytes in Redis 7, before the allocator rounds up. Only [`Demand::keys`] and the
/// growth of live data is based on it.
pub const KEY_OVERHEAD: Bytes = Bytes::bytes(60.0);
/// Stream bytes of a SET beside key and value (measured 27–30, facts `stream-bytes.json`).
pub const SET_FRAME: Bytes = Bytes::bytes(30.0);
/// Stream bytes that a time to live adds to a SET (measured 1,103 against 1,073).
pub const TTL_FRAME: Bytes = Bytes::bytes(30.0);
/// Stream bytes of a DEL beside the key (measured 40 with a key of 20).
pub const DEL_FRAME: Bytes = Bytes::bytes(20.0);
/// Stream bytes of an element's removal beside the key, its member included; an assumption after a ZADD with a member of
/// 20 bytes (measured 79 with a key of 20).
pub const ELEMENT_FRAME: Bytes = Bytes::bytes(60.0);
/// Reads for each write when the plan gives none; an assumption.
pub const READS_PER_WRITE: f64 = 4.0;

/// The load in the units of the models: rates of each kind of change, stream bytes, peak.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Demand {
    /// Reads per second, given or [`READS_PER_WRITE`] times the writes.
    pub reads: OpsPerSec,
    /// Changes per second.
    pub writes: OpsPerSec,
    /// New keys per second.
    pub creates: OpsPerSec,
    /// New values of existing keys per second.
    pub overwrites: OpsPerSec,
    /// Keys removed by the application or their time to live, per second.
    pub removals: OpsPerSec,
    /// Elements removed per second.
    pub element_removals: OpsPerSec,
    /// Keys in the data set: data ÷ (key + value + [`KEY_OVERHEAD`]).
    pub keys: f64,
    /// Mean stream bytes of one change, before the wire's overhead.
    pub bytes_per_write: Bytes,
    /// Replication stream, mean over the day, all regions together, with the wire's overhead.
    pub stream: BytesPerSec,
    /// The stream in a burst: mean × peak ratio; with a series its highest sample.
    pub stream_peak: BytesPerSec,
    /// The stream outside the bursts, so that the day's mean is `stream`; never negative. With a series its lowest sample.
    pub stream_quiet: BytesPerSec,
    /// Share of the day in bursts, 0 to 1; 0 with a series.
    pub burst_share: f64,
}

/// Stream bytes of one change of each kind (M-01), before the wire's overhead.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StreamBytes {
    /// A create or an overwrite: `key + value + 30`, and 30 more for the share that carries a time to live.
    pub set: Bytes,
    /// A delete, and the DEL that follows an expiry: `key + 20`.
    pub removal: Bytes,
    /// An element's removal: `key + 60`.
    pub element: Bytes,
}

impl Demand {
    /// Keys that an empty cache reads from the database: those of [`crate::plan::Data::reloaded`].
    #[must_use]
    pub fn reloaded(&self, plan: &Plan) -> f64 {
        self.keys * plan.data.reloaded().as_fraction()
    }
}

impl StreamBytes {
    /// For the plan's mean key and value; the share with a time to live is [`ttl_share`].
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let load = &plan.workload;
        Self {
            set: load.key_size + load.value_size + SET_FRAME + TTL_FRAME * ttl_share(&load.split),
            removal: load.key_size + DEL_FRAME,
            element: load.key_size + ELEMENT_FRAME,
        }
    }

    /// The mean over the kinds: `Σ share × bytes`.
    #[must_use]
    pub fn mean(&self, split: &WriteSplit) -> Bytes {
        self.set * (split.creates + split.overwrites)
            + self.removal * (split.deletes + split.expiries)
            + self.element * split.element_removals
    }
}

/// Share of creates and overwrites that carry a time to live: `min(1, expiries ÷ creates)`, since in a steady state
/// every key that expires was created with one.
///
/// 1 when keys expire and none is created, 0 when none expires.
#[must_use]
pub fn ttl_share(split: &WriteSplit) -> f64 {
    let (expiries, creates) = (split.expiries.as_fraction(), split.creates.as_fraction());
    if expiries <= 0.0 {
        0.0
    } else if creates <= expiries {
        1.0
    } else {
        expiries / creates
    }
}

/// Memory of one key with its value: `key + value +` [`KEY_OVERHEAD`].
#[must_use]
pub fn key_memory(plan: &Plan) -> Bytes {
    plan.workload.key_size + plan.workload.value_size + KEY_OVERHEAD
}

/// Works out the demand of a plan (M-01): `w = Σ rate × bytes × (1 + wire overhead)`.
///
/// Bursts keep the day's mean: with share `s` and ratio `p`, the rest of the day runs at `w·(1 − s·p) ÷ (1 − s)`. Where the
/// bursts alone exceed the mean (`s·p > 1`) the rest of the day is silent and the day's mean is `s·p·w`, above the one
/// given.
#[must_use]
pub fn demand(plan: &Plan) -> Demand {
    let load = &plan.workload;
    let (writes, split) = (load.writes, &load.split);
    let bytes_per_write = StreamBytes::of(plan).mean(split);
    let stream = writes * bytes_per_write * (1.0 + plan.assumptions.wire_overhead.as_fraction());
    let ratio = peak_ratio(plan);
    let (burst_share, quiet) = if let Some(profile) = &load.profile {
        (0.0, profile.factors().reduce(f64::min).unwrap_or(1.0))
    } else {
        let share = (load.peak.per_day * load.peak.burst.as_secs() / SECS_PER_DAY).clamp(0.0, 1.0);
        (share, quiet_factor(share, ratio))
    };
    Demand {
        reads: load.reads.unwrap_or(writes * READS_PER_WRITE),
        writes,
        creates: writes * split.creates,
        overwrites: writes * split.overwrites,
        removals: writes * (split.deletes + split.expiries),
        element_removals: writes * split.element_removals,
        keys: load.dataset / key_memory(plan),
        bytes_per_write,
        stream,
        stream_peak: stream * ratio,
        stream_quiet: stream * quiet,
        burst_share,
    }
}

/// The highest write rate over the mean: the plan's ratio, or that of its series; at least 1.
#[must_use]
pub fn peak_ratio(plan: &Plan) -> f64 {
    let measured = plan.workload.profile.as_ref().map(|profile| profile.factors().fold(1.0, f64::max));
    measured.unwrap_or(plan.workload.peak.ratio.max(1.0))
}

/// Rate outside the bursts over the mean rate: `(1 − s·p) ÷ (1 − s)`, at least 0.
fn quiet_factor(share: f64, ratio: f64) -> f64 {
    if ratio <= 1.0 {
        1.0
    } else if share >= 1.0 {
        0.0
    } else {
        ((1.0 - share * ratio) / (1.0 - share)).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Ratio, Secs};

    fn plan_with(key: f64, value: f64) -> Plan {
        let mut plan = Plan::default();
        plan.workload.key_size = Bytes::bytes(key);
        plan.workload.value_size = Bytes::bytes(value);
        plan
    }

    fn all_creates(expiries: f64) -> WriteSplit {
        WriteSplit {
            creates: Ratio::ONE,
            overwrites: Ratio::ZERO,
            deletes: Ratio::ZERO,
            expiries: Ratio::fraction(expiries),
            element_removals: Ratio::ZERO,
        }
    }

    /// Measured on Redis 7.0.15 with a key of 20 bytes: facts, stream-bytes.json. The model is at most 3 bytes above.
    #[test]
    fn stream_bytes_agree_with_the_measured_table() {
        for (value, expiries, measured) in [
            (16.0, 0.0, 63.0),
            (100.0, 0.0, 148.0),
            (1_024.0, 0.0, 1_073.0),
            (10_240.0, 0.0, 10_290.0),
            (1_024.0, 1.0, 1_103.0),
        ] {
            let mut plan = plan_with(20.0, value);
            plan.workload.split = all_creates(expiries);
            let above = StreamBytes::of(&plan).set.as_bytes() - measured;
            assert!((0.0..=3.0).contains(&above), "SET of {value} bytes: {above} above the measurement");
        }
        let bytes = StreamBytes::of(&plan_with(20.0, 20.0));
        assert_eq!(bytes.removal, Bytes::bytes(40.0), "DEL");
        assert!((bytes.element.as_bytes() - 79.0).abs() <= 1.0, "ZADD of a member of 20 bytes");
    }

    /// By hand: 5,000/s × (0.8·(40 + 500 + 30 + 27) + 0.2·60) B × 1.03; 90 % of the creates expire.
    #[test]
    fn the_default_plan_streams_2_5_mb_per_s() {
        let demand = demand(&Plan::default());
        assert!((demand.bytes_per_write.as_bytes() - 489.6).abs() < 1e-9);
        assert!((demand.stream.as_mb_per_s() - 2.521_44).abs() < 1e-9);
        assert_eq!(demand.reads, OpsPerSec::per_s(20_000.0));
        assert!((demand.keys - 10e9 / 600.0).abs() < 1e-6);
    }

    /// Two bursts of 20 minutes are 1/36 of the day: 3/36 of the changes, and 33/35 of the mean in the rest.
    #[test]
    fn bursts_keep_the_days_mean() {
        let demand = demand(&Plan::default());
        let mean = demand.stream_peak * demand.burst_share + demand.stream_quiet * (1.0 - demand.burst_share);
        assert!((mean / demand.stream - 1.0).abs() < 1e-12);
        assert!((demand.stream_quiet / demand.stream - 33.0 / 35.0).abs() < 1e-12);
    }

    #[test]
    fn bursts_above_the_mean_leave_a_silent_rest() {
        let mut plan = Plan::default();
        plan.workload.peak.per_day = 1.0;
        for (burst, ratio, quiet, share) in [
            (Secs::hours(12.0), 4.0, 0.0, 0.5),
            (Secs::hours(30.0), 4.0, 0.0, 1.0),
            (Secs::hours(12.0), 1.0, 1.0, 0.5),
            (Secs::hours(12.0), 0.2, 1.0, 0.5),
            (Secs::ZERO, 4.0, 1.0, 0.0),
        ] {
            (plan.workload.peak.burst, plan.workload.peak.ratio) = (burst, ratio);
            let demand = demand(&plan);
            assert_eq!(
                (demand.stream_quiet / demand.stream, demand.burst_share),
                (quiet, share),
                "{burst:?} × {ratio}"
            );
        }
    }

    #[test]
    fn the_share_with_a_time_to_live_follows_the_expiries() {
        for (creates, expiries, share) in
            [(0.2, 0.0, 0.0), (0.2, 0.1, 0.5), (0.2, 0.4, 1.0), (0.0, 0.1, 1.0), (0.0, 0.0, 0.0)]
        {
            let split = WriteSplit {
                creates: Ratio::fraction(creates),
                expiries: Ratio::fraction(expiries),
                ..WriteSplit::default()
            };
            assert_eq!(ttl_share(&split), share);
        }
    }
}
