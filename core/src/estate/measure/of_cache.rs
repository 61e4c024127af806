//! What metrics say of one cache of the facts, and how a figure tells where it is from.

use crate::estate::facts::Facts;
use crate::estate::measure::parts::Split;
use crate::estate::measure::runs::{self, ShardsOf};
use crate::estate::measure::series::MetricSeries;
use crate::estate::measure::{Measured, ServiceOf, Unusable};
use crate::import::metrics::Quantity;
use crate::units::{Date, Secs, format};

fn shards(facts: &Facts, cache: &str) -> ShardsOf {
    let known = facts.caches.get(cache).and_then(|it| it.shards);
    let silent = if facts.has_open_shards(cache) { ShardsOf::Open } else { ShardsOf::Unsaid };
    known.map_or(silent, ShardsOf::Known)
}

/// How often an event of a cache happened, with its window: of shards the one that has it most often counts.
#[must_use]
pub fn events(facts: &Facts, cache: &str, quantity: Quantity) -> Option<(f64, Measured)> {
    facts.metrics.get(cache)?.events(quantity, ServiceOf::key(cache), shards(facts, cache))
}

/// What a metric says of a cache, for a cache of so many shards.
#[must_use]
pub fn measured(facts: &Facts, cache: &str, quantity: Quantity) -> Option<Result<Measured, Unusable>> {
    facts.metrics.get(cache)?.of(quantity, ServiceOf::key(cache), shards(facts, cache))
}

/// How much fuller than the mean one the fullest shard of a cache is, with the figure of all its shards.
pub(in crate::estate) fn fullest_shard(facts: &Facts, cache: &str, quantity: Quantity) -> Option<(f64, Measured)> {
    facts.metrics.get(cache)?.fullest_shard(quantity, ServiceOf::key(cache), shards(facts, cache))
}

/// The values of a metric of a cache, one after the other; `None` where it gives no figure.
#[must_use]
pub fn series_of(facts: &Facts, cache: &str, quantity: Quantity) -> Option<MetricSeries> {
    facts.metrics.get(cache)?.series(quantity, ServiceOf::key(cache), shards(facts, cache))
}

/// Every series of a metric of a cache, the finest intervals first.
#[must_use]
pub fn all_series_of(facts: &Facts, cache: &str, quantity: Quantity) -> Vec<MetricSeries> {
    let shards = shards(facts, cache);
    facts.metrics.get(cache).map_or_else(Vec::new, |it| it.all_series(quantity, ServiceOf::key(cache), shards))
}

/// What the series of a metric says that ends last: of several windows the newest.
pub(in crate::estate) fn latest(facts: &Facts, cache: &str, quantity: Quantity) -> Option<Measured> {
    facts.metrics.get(cache)?.latest(quantity, ServiceOf::key(cache), shards(facts, cache))
}

/// The worse of what counts of a metric and of what is newest: an hour of today is short, and no less true than a month before it.
pub(crate) fn worst(facts: &Facts, cache: &str, quantity: Quantity) -> Option<Measured> {
    let own = measured(facts, cache, quantity)?.ok()?;
    let is_worse = |it: &Measured| {
        if quantity == Quantity::Healthy { it.peak < own.peak } else { it.peak > own.peak }
    };
    let newest = latest(facts, cache, quantity).filter(is_worse);
    Some(newest.unwrap_or(own))
}

/// "maximum of usedmemory in 30 d to 2026-10-31, peak on 2026-10-14": where a figure is from.
#[must_use]
pub fn window(measured: &Measured, metric: &str, cache: &str) -> String {
    let length = format::duration(Secs::secs(measured.window.1 - measured.window.0) + measured.interval);
    let parts = match (measured.split, measured.parts, measured.scaled) {
        (Split::OneInstance, ..) => ", of one instance because it is not split by InstanceId: a lower bound".to_owned(),
        // az prints ten series where --top says no other number.
        (Split::Instances, 10, _) => ", 10 instances: with --top 100 there may be more".to_owned(),
        (Split::Instances, parts, _) => format!(", {}", format::counted(parts, "instance")),
        (Split::Shards, 1, 1) => String::new(),
        (Split::Shards, 1, shards) => format!(", {shards} × its greatest shard because it is not split by ShardId"),
        (Split::Shards, parts, _) => format!(", {parts} shards"),
    };
    // An event has no value where it does not happen.
    let gaps = match measured.gaps {
        gaps if gaps > 0 && !runs::is_event(measured.quantity) => {
            format!(", {} without a value", format::counted(gaps, "interval"))
        }
        _ => String::new(),
    };
    let left = measured.left_out.map_or_else(String::new, |at| format!(", older values to {} left out", day(at)));
    let peak = if measured.quantity == Quantity::Healthy { "lowest" } else { "peak" };
    format!(
        "{} of {metric} of {cache}, {length} to {}{parts}{gaps}{left}, {peak} on {}",
        measured.aggregate,
        day(measured.window.1),
        day(measured.peak_at)
    )
}

/// "2026-10-14": the day (UTC) of a moment in seconds since 1970.
#[must_use]
pub fn day(moment: f64) -> String {
    Date::of_moment(moment).map_or_else(String::new, |day| day.to_string())
}
