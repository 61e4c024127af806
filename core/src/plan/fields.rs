//! Every numeric field of a plan, one row each.

use super::MOST_SHARDS;
use super::field::{Field, RangeField};
use crate::units::{Bytes, BytesPerSec, Dimension, Money, OpsPerSec, Ratio, Secs, UnitPrice};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// A value that a numeric field holds: to and from base units.
trait Base: Copy {
    fn to_base(self) -> f64;
    fn from_base(value: f64) -> Self;
}

macro_rules! base {
    ($($type:ty: $read:expr, $make:expr;)*) => {$(
        impl Base for $type {
            fn to_base(self) -> f64 {
                $read(self)
            }
            fn from_base(value: f64) -> Self {
                $make(value)
            }
        }
    )*};
}

base! {
    f64: |value| value, |value| value;
    Bytes: Self::as_bytes, Self::bytes;
    BytesPerSec: Self::as_bytes_per_s, Self::bytes_per_s;
    OpsPerSec: Self::as_per_s, Self::per_s;
    Secs: Self::as_secs, Self::secs;
    Ratio: Self::as_fraction, Self::fraction;
    u32: f64::from, to_whole;
    Decimal: to_f64, to_decimal;
    Money: |amount: Self| to_f64(amount.as_decimal()), |value| Self::new(to_decimal(value));
    UnitPrice: |price: Self| to_f64(price.as_decimal()), |value| Self::new(to_decimal(value));
}

/// Bounds keep the value inside u32 before it comes here; anything else becomes the nearest end.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
fn to_whole(value: f64) -> u32 {
    value as u32
}

fn to_f64(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

fn to_decimal(value: f64) -> Decimal {
    Decimal::from_f64(value).unwrap_or_default()
}

macro_rules! stringify_path {
    ($first:ident $(. $rest:ident)*) => {
        concat!(stringify!($first) $(, ".", stringify!($rest))*)
    };
}

macro_rules! entry {
    ($path:expr, $label:literal, $dimension:ident, $unit:literal, $min:expr, $max:expr, $optional:literal, $get:expr, $set:expr) => {
        Field {
            path: $path,
            label: $label,
            dimension: Dimension::$dimension,
            unit: $unit,
            min: $min,
            max: $max,
            optional: $optional,
            get: $get,
            set: $set,
        }
    };
}

macro_rules! field {
    ($($part:ident).+, $label:literal, $dimension:ident, $unit:literal, $min:expr, $max:expr) => {
        entry!(
            stringify_path!($($part).+), $label, $dimension, $unit, $min, $max, false,
            |plan| Some(plan.$($part).+.to_base()),
            |plan, value| {
                if let Some(value) = value {
                    plan.$($part).+ = Base::from_base(value);
                }
            }
        )
    };
}

macro_rules! optional {
    ($($part:ident).+, $label:literal, $dimension:ident, $unit:literal, $min:expr, $max:expr) => {
        entry!(
            stringify_path!($($part).+), $label, $dimension, $unit, $min, $max, true,
            |plan| plan.$($part).+.map(Base::to_base),
            |plan, value| plan.$($part).+ = value.map(Base::from_base)
        )
    };
}

macro_rules! range {
    ($($part:ident).+, $label:literal, $source:literal) => {
        RangeField {
            path: stringify_path!($($part).+),
            label: $label,
            source: $source,
            parts: [
                stringify_path!($($part).+.low),
                stringify_path!($($part).+.mode),
                stringify_path!($($part).+.high),
            ],
        }
    };
}

/// The field of that path, if it is a numeric one.
#[must_use]
pub fn field(path: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.path == path)
}

/// The range of that path, if it is one.
#[must_use]
pub fn range_field(path: &str) -> Option<&'static RangeField> {
    RANGES.iter().find(|range| range.path == path)
}

/// Every numeric field.
#[rustfmt::skip]
pub static FIELDS: &[Field] = &[
    field!(workload.dataset, "Data today", Data, "GB", 1e3, 1e15),
    field!(workload.writes, "Writes", Rate, "/s", 0.0, 1e8),
    optional!(workload.reads, "Reads", Rate, "/s", 0.0, 1e9),
    field!(workload.spread.rates.low, "Operations, low end", Share, "%", 0.0, 1.0),
    field!(workload.spread.rates.high, "Operations, high end", Share, "%", 1.0, 100.0),
    field!(workload.spread.data.low, "Data, low end", Share, "%", 0.0, 1.0),
    field!(workload.spread.data.high, "Data, high end", Share, "%", 1.0, 100.0),
    field!(workload.split.creates, "New keys", Share, "%", 0.0, 1.0),
    field!(workload.split.overwrites, "Overwrites", Share, "%", 0.0, 1.0),
    field!(workload.split.deletes, "Deletes", Share, "%", 0.0, 1.0),
    field!(workload.split.expiries, "Expiries", Share, "%", 0.0, 1.0),
    field!(workload.split.element_removals, "Element removals", Share, "%", 0.0, 1.0),
    field!(workload.key_size, "Key size", Data, "B", 1.0, 1e6),
    field!(workload.value_size, "Value size", Data, "B", 0.0, 5e8),
    field!(workload.connections, "Connections", Count, "", 0.0, 1e7),
    field!(workload.peak.ratio, "Peak over mean", Factor, "×", 1.0, 1e3),
    field!(workload.peak.burst, "Length of a burst", Time, "min", 0.0, 86_400.0),
    field!(workload.peak.per_day, "Bursts a day", Factor, "a day", 0.0, 1_440.0),
    field!(workload.growth_per_year, "Growth", Share, "% a year", -0.9, 10.0),
    optional!(workload.load_growth_per_year, "Growth of writes and reads", Share, "% a year", -0.9, 10.0),
    field!(workload.largest_key, "Largest key", Data, "MB", 1.0, 1e12),
    field!(latency.within_region, "Round trip inside a region", Time, "ms", 0.0, 1.0),
    field!(latency.service, "Time of one call in Redis", Time, "ms", 0.0, 10.0),
    field!(latency.calls_in_sequence, "Calls in sequence", Count, "", 1.0, 1e4),
    field!(latency.rest_of_request, "Rest of the request", Time, "ms", 0.0, 600.0),
    field!(latency.spread.low, "Quick request (P05), share of the median", Share, "%", 0.0, 1.0),
    field!(latency.spread.high, "Slow request (P95), share of the median", Share, "%", 1.0, 100.0),
    field!(rebuild.reload_rate, "Reload rate of the database", Rate, "/s", 1.0, 1e8),
    field!(rebuild.database_limit, "Reads that the database stands", Rate, "/s", 1.0, 1e9),
    optional!(rebuild.database_bytes, "Bytes that the database stands", DataRate, "MB/s", 1e3, 1e12),
    field!(rebuild.hit_rate, "Reads that a warm cache answers", Share, "%", 0.0, 1.0),
    optional!(passive.shards, "Shards", Count, "", 1.0, MOST_SHARDS as f64),
    field!(passive.replicas_per_primary, "Replicas per primary", Count, "", 0.0, 3.0),
    field!(passive.reserved, "Reserved memory", Share, "%", 0.0, 0.6),
    field!(passive.fragmentation_reserved, "Reserved for fragmentation", Share, "%", 0.0, 0.6),
    field!(passive.max_fill, "Largest fill, passive pair", Share, "%", 0.01, 1.0),
    field!(active.max_fill, "Largest fill, active group", Share, "%", 0.01, 1.0),
    optional!(objectives.rpo, "RPO target", Time, "s", 0.0, 2_592_000.0),
    optional!(objectives.rto, "RTO target", Time, "min", 0.0, 2_592_000.0),
    optional!(objectives.runway, "Region may stay down", Time, "h", 0.0, 31_536_000.0),
    optional!(objectives.write_latency, "Write latency target", Time, "ms", 0.0, 600.0),
    optional!(objectives.read_latency, "Read latency target", Time, "ms", 0.0, 600.0),
    optional!(objectives.budget, "Budget", Money, "$/month", 0.0, 1e9),
    field!(recovery.client_pause, "Clients paused for a planned failover", Time, "min", 0.0, 86_400.0),
    field!(recovery.alert_window, "Alert window", Time, "min", 0.0, 86_400.0),
    field!(pricing.discount, "Discount on nodes", Share, "%", 0.0, 0.99),
    field!(pricing.discount_bandwidth, "Discount on traffic", Share, "%", 0.0, 0.99),
    field!(pricing.discount_endpoints, "Discount on private endpoints", Share, "%", 0.0, 0.99),
    field!(pricing.discount_monitoring, "Discount on monitoring", Share, "%", 0.0, 0.99),
    field!(pricing.reservation_coverage, "Hours that the reservation covers", Share, "%", 0.0, 1.0),
    field!(pricing.stream_compression, "Compression of the stream", Share, "%", 0.0, 0.99),
    field!(pricing.logs_per_cache, "Logs of one cache a month", Data, "GB", 0.0, 1e14),
    field!(pricing.alerts_per_cache, "Alert rules of one cache", Count, "", 0.0, 1e3),
    optional!(pricing.full_syncs_per_year, "Full syncs", Count, "a year", 0.0, 1e4),
    field!(pricing.drills_per_year, "Drills", Count, "a year", 0.0, 365.0),
    field!(pricing.hours_per_drill, "Hours of people in a drill", Factor, "", 0.0, 1e4),
    field!(pricing.drill_cache_hours, "Hours of an extra cache in a drill", Factor, "", 0.0, 1e4),
    field!(pricing.run_hours_per_month, "Hours of engineers a month", Factor, "", 0.0, 1e5),
    optional!(pricing.engineer_hour, "Hour of an engineer", Money, "$/h", 0.0, 1e4),
    field!(pricing.endpoint_traffic, "Traffic through private endpoints", Share, "%", 0.0, 1.0),
    field!(outages.common_cause, "Outages that take every region", Share, "%", 0.0, 1.0),
    field!(syncs.patches_per_year, "Patches of a cache", Factor, "a year", 0.0, 365.0),
    field!(syncs.scalings_per_year, "Scalings of a pair", Factor, "a year", 0.0, 365.0),
    field!(syncs.syncs_per_drill, "Full syncs of a drill", Factor, "", 0.0, 100.0),
    optional!(outages.downtime_hour, "Hour without service", Money, "$/h", 0.0, 1e9),
    optional!(outages.million_reads, "A million reads of the database", Money, "$/million", 0.0, 1e6),
    field!(horizon.months, "Horizon", Count, "months", 1.0, 120.0),
    field!(horizon.parallel_months, "Pair and group side by side", Count, "months", 0.0, 24.0),
    field!(horizon.migration_hours, "Hours of people to move to a group", Count, "", 0.0, 1e5),
    field!(assumptions.wire_overhead, "TLS and TCP overhead", Share, "%", 0.0, 1.0),
    field!(assumptions.nic_share, "Bandwidth share of a sync", Share, "%", 0.01, 1.0),
    field!(assumptions.snapshot_ratio, "Snapshot over data", Share, "%", 0.01, 2.0),
    field!(assumptions.replica_buffer, "Replica output buffer", Data, "MB", 1e3, 1e12),
    field!(assumptions.passive_backlog, "Replication backlog of a Premium shard", Data, "MB", 1e3, 1e12),
    field!(assumptions.active_apply_rate, "Apply rate of an AMR shard", DataRate, "MB/s", 1e3, 1e11),
    field!(assumptions.batch, "Wait in a batch", Time, "ms", 0.0, 60.0),
    field!(assumptions.hottest_shard, "Fullest shard over the mean", Factor, "×", 1.0, 100.0),
    field!(assumptions.throughput_derate, "Usable share of published throughput", Share, "%", 0.01, 1.0),
    field!(assumptions.rehome_share, "Clients that move to the survivors", Share, "%", 0.0, 1.0),
    field!(assumptions.unlink_margin, "Margin before memory is full", Time, "min", 0.0, 86_400.0),
    field!(outage.lost, "Place of the lost region", Count, "", 0.0, 4.0),
    optional!(outage.second, "Place of a second lost region", Count, "", 0.0, 4.0),
    field!(outage.second_after, "Second loss after the first", Time, "h", 0.0, 2_592_000.0),
    optional!(outage.length, "Length of the outage", Time, "h", 1.0, 2_592_000.0),
    optional!(outage.decision, "Somebody acts after", Time, "min", 0.0, 2_592_000.0),
    optional!(outage.rehome_delay, "Clients arrive at the survivors after", Time, "min", 0.0, 2_592_000.0),
    field!(outage.capacity_wait, "Wait for capacity", Time, "h", 0.0, 2_592_000.0),
    field!(outage.evicted_per_byte.low, "Evicted for each byte of growth, low", Factor, "×", 0.0, 100.0),
    field!(outage.evicted_per_byte.mode, "Evicted for each byte of growth, most likely", Factor, "×", 0.0, 100.0),
    field!(outage.evicted_per_byte.high, "Evicted for each byte of growth, high", Factor, "×", 0.0, 100.0),
    field!(outage.drain_rate.low, "Freed by a shard after a force-unlink, low", DataRate, "MB/s", 1e3, 1e11),
    field!(outage.drain_rate.mode, "Freed by a shard after a force-unlink, most likely", DataRate, "MB/s", 1e3, 1e11),
    field!(outage.drain_rate.high, "Freed by a shard after a force-unlink, high", DataRate, "MB/s", 1e3, 1e11),
    field!(recovery.detect.low, "Detect, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.detect.mode, "Detect, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.detect.high, "Detect, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.decide.low, "Decide, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.decide.mode, "Decide, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.decide.high, "Decide, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.geo_failover.low, "Geo-failover, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.geo_failover.mode, "Geo-failover, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.geo_failover.high, "Geo-failover, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.dns.low, "Name resolution, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.dns.mode, "Name resolution, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.dns.high, "Name resolution, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.unlink.low, "Unlink, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.unlink.mode, "Unlink, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.unlink.high, "Unlink, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.repoint.low, "Point clients elsewhere, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.repoint.mode, "Point clients elsewhere, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.repoint.high, "Point clients elsewhere, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.reconnect.low, "Reconnect, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.reconnect.mode, "Reconnect, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.reconnect.high, "Reconnect, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.keys.low, "Switch keys, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.keys.mode, "Switch keys, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.keys.high, "Switch keys, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.warm_up.low, "Warm up, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.warm_up.mode, "Warm up, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.warm_up.high, "Warm up, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.validate.low, "Validate, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.validate.mode, "Validate, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.validate.high, "Validate, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.client_detect.low, "Clients notice, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.client_detect.mode, "Clients notice, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.client_detect.high, "Clients notice, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.redirect.low, "Redirect, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.redirect.mode, "Redirect, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.redirect.high, "Redirect, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.create.low, "Create a cache, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.create.mode, "Create a cache, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.create.high, "Create a cache, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.force_unlink.low, "Force-unlink, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.force_unlink.mode, "Force-unlink, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.force_unlink.high, "Force-unlink, high", Time, "min", 0.0, 604_800.0),
    field!(recovery.delete_member.low, "Delete a member, low", Time, "min", 0.0, 604_800.0),
    field!(recovery.delete_member.mode, "Delete a member, most likely", Time, "min", 0.0, 604_800.0),
    field!(recovery.delete_member.high, "Delete a member, high", Time, "min", 0.0, 604_800.0),
    field!(rebuild.reload_factor.low, "Reached of the reload rate, low", Factor, "×", 0.01, 100.0),
    field!(rebuild.reload_factor.mode, "Reached of the reload rate, most likely", Factor, "×", 0.01, 100.0),
    field!(rebuild.reload_factor.high, "Reached of the reload rate, high", Factor, "×", 0.01, 100.0),
    field!(outages.per_year.low, "Outages of a region, low", Factor, "a year", 0.0, 365.0),
    field!(outages.per_year.mode, "Outages of a region, most likely", Factor, "a year", 0.0, 365.0),
    field!(outages.per_year.high, "Outages of a region, high", Factor, "a year", 0.0, 365.0),
    field!(syncs.patch_gap.low, "Link away while patching, low", Time, "min", 0.0, 604_800.0),
    field!(syncs.patch_gap.mode, "Link away while patching, most likely", Time, "min", 0.0, 604_800.0),
    field!(syncs.patch_gap.high, "Link away while patching, high", Time, "min", 0.0, 604_800.0),
    field!(outages.duration.low, "Length of an outage, low", Time, "h", 0.0, 2_592_000.0),
    field!(outages.duration.mode, "Length of an outage, most likely", Time, "h", 0.0, 2_592_000.0),
    field!(outages.duration.high, "Length of an outage, high", Time, "h", 0.0, 2_592_000.0),
    field!(assumptions.sync_rate.low, "Full-sync rate of a shard, low", DataRate, "MB/s", 1e3, 1e11),
    field!(assumptions.sync_rate.mode, "Full-sync rate of a shard, most likely", DataRate, "MB/s", 1e3, 1e11),
    field!(assumptions.sync_rate.high, "Full-sync rate of a shard, high", DataRate, "MB/s", 1e3, 1e11),
    field!(assumptions.link_start.low, "Start of a new link, low", Time, "s", 0.0, 86_400.0),
    field!(assumptions.link_start.mode, "Start of a new link, most likely", Time, "s", 0.0, 86_400.0),
    field!(assumptions.link_start.high, "Start of a new link, high", Time, "s", 0.0, 86_400.0),
    field!(assumptions.crdt_factor.low, "CRDT factor, low", Factor, "×", 1.0, 10.0),
    field!(assumptions.crdt_factor.mode, "CRDT factor, most likely", Factor, "×", 1.0, 10.0),
    field!(assumptions.crdt_factor.high, "CRDT factor, high", Factor, "×", 1.0, 10.0),
    field!(assumptions.kept_per_delete.low, "Kept for each delete, low", Data, "B", 0.0, 1e9),
    field!(assumptions.kept_per_delete.mode, "Kept for each delete, most likely", Data, "B", 0.0, 1e9),
    field!(assumptions.kept_per_delete.high, "Kept for each delete, high", Data, "B", 0.0, 1e9),
    field!(assumptions.kept_per_element.low, "Kept for each removed element, low", Data, "B", 0.0, 1e9),
    field!(assumptions.kept_per_element.mode, "Kept for each removed element, most likely", Data, "B", 0.0, 1e9),
    field!(assumptions.kept_per_element.high, "Kept for each removed element, high", Data, "B", 0.0, 1e9),
    field!(assumptions.kept_per_overwrite.low, "Kept for each overwrite, low", Data, "B", 0.0, 1e9),
    field!(assumptions.kept_per_overwrite.mode, "Kept for each overwrite, most likely", Data, "B", 0.0, 1e9),
    field!(assumptions.kept_per_overwrite.high, "Kept for each overwrite, high", Data, "B", 0.0, 1e9),
];

/// Every range of three fields.
#[rustfmt::skip]
pub static RANGES: &[RangeField] = &[
    range!(recovery.detect, "Detect", "assumption"),
    range!(recovery.decide, "Decide", "assumption"),
    range!(recovery.geo_failover, "Geo-failover", "S1: a few minutes"),
    range!(recovery.dns, "Name resolution", "T1"),
    range!(recovery.unlink, "Unlink", "T1"),
    range!(recovery.repoint, "Point clients elsewhere", "assumption"),
    range!(recovery.reconnect, "Reconnect", "D12: up to 15 min with default TCP settings"),
    range!(recovery.keys, "Switch keys", "assumption"),
    range!(recovery.warm_up, "Warm up", "assumption"),
    range!(recovery.validate, "Validate", "assumption"),
    range!(recovery.client_detect, "Clients notice", "assumption"),
    range!(recovery.redirect, "Redirect", "D7: seconds to a few minutes"),
    range!(recovery.create, "Create a cache", "recorded 7–14 min"),
    range!(recovery.force_unlink, "Force-unlink", "recorded 14 s"),
    range!(recovery.delete_member, "Delete a member", "recorded 11 min"),
    range!(rebuild.reload_factor, "Reached of the reload rate", "assumption"),
    range!(outages.per_year, "Outages of a region", "assumption, not published"),
    range!(syncs.patch_gap, "Link away while patching", "D8: a few minutes to an hour"),
    range!(outages.duration, "Length of an outage", "assumption, not published"),
    range!(outage.evicted_per_byte, "Evicted for each byte of growth", "assumption; R4: up to all keys"),
    range!(outage.drain_rate, "Freed by a shard after a force-unlink", "assumption, not published"),
    range!(assumptions.sync_rate, "Full-sync rate of a shard", "S1: 53 GB in 5–10 min"),
    range!(assumptions.link_start, "Start of a new link", "recorded 336–367 s"),
    range!(assumptions.crdt_factor, "CRDT factor", "R1: up to 2; else assumption"),
    range!(assumptions.kept_per_delete, "Kept for each delete", "assumption, not published"),
    range!(assumptions.kept_per_element, "Kept for each removed element", "assumption, not published"),
    range!(assumptions.kept_per_overwrite, "Kept for each overwrite", "assumption, not published"),
];
