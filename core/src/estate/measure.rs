//! What metrics say of a cache: points as they are in the files, and the figures that follow from them.
//!
//! Gaps stay gaps: a time at which one of the shards has no value has none. Nothing is interpolated.

pub(super) mod of_cache;
pub(super) mod parts;
pub(super) mod runs;
pub(super) mod series;

pub(super) use crate::estate::measure::parts::Point;
use crate::estate::measure::parts::{Needed, Split, current, joined};
use crate::estate::measure::runs::ShardsOf;
use crate::estate::measure::series::MetricSeries;
use crate::import::metrics::{self, AGGREGATES, AVERAGE, COUNT, GRAIN, Metric, Quantity, Service, Shards, TOTAL};
use crate::stats::order::quantile;
use crate::units::Secs;
use std::collections::{BTreeMap, BTreeSet};

/// The metrics of one cache.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measurements {
    tracks: BTreeMap<Track, Vec<Point>>,
    /// Times at which two series had different values.
    twice: BTreeMap<Quantity, BTreeSet<i64>>,
    /// Times at which a series ended: its last interval may not have been over.
    ends: BTreeMap<Quantity, BTreeSet<i64>>,
}

/// One series: what it measures, by which aggregate, in which steps, of which shard (empty: of all).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Track {
    pub(super) quantity: Quantity,
    pub(super) aggregate: usize,
    /// Length of an interval in seconds; 0 where the file does not say.
    pub(super) interval: u32,
    pub(super) part: String,
}

/// Why a metric that is in the files gives no figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unusable {
    /// So many shards of so many are in the files.
    Parts(usize, u32),
    /// How many shards there are is open, and the values are of one of them each.
    Shards,
    /// One value is counted over an interval that no file says.
    Step,
    /// The interval that the file says, and the least time between two values: a count of which is open.
    Apart(Secs, Secs),
    /// No point has a value.
    Empty,
}

/// What a metric says over its window.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// What it measures.
    pub quantity: Quantity,
    /// The aggregate that was read.
    pub aggregate: &'static str,
    /// Length of an interval.
    pub interval: Secs,
    /// First and last time, in seconds since 1970.
    pub window: (f64, f64),
    /// Intervals with a value.
    pub points: usize,
    /// When the last value was that is left out, in seconds since 1970: of times far apart the newest counts.
    pub left_out: Option<f64>,
    /// Intervals in the window without one.
    pub gaps: usize,
    /// Shards or instances that were joined; 1 for a metric that was not split.
    pub parts: usize,
    /// What the parts are.
    pub split: Split,
    /// So many times the greatest shard was taken, because the metric is not split: an upper bound. 1 elsewhere.
    pub scaled: u32,
    /// Mean of the intervals with a value, in the base unit of the quantity: bytes, seconds, percent, per second.
    pub mean: f64,
    /// Greatest value (least for [`Quantity::Healthy`]).
    pub peak: f64,
    /// When, in seconds since 1970.
    pub peak_at: f64,
    /// 95 % quantile of the intervals.
    pub p95: f64,
    /// Value of the last interval that has one.
    pub last: f64,
    /// Intervals without a value behind that one.
    pub quiet: usize,
}

impl Measured {
    /// Time that has values.
    #[must_use]
    pub fn covered(&self) -> Secs {
        self.interval * self.points as f64
    }
}

impl Measurements {
    /// Joins a series, the same way in any order: of two values of one time the greater, of health the lesser.
    pub(super) fn add(&mut self, track: Track, points: Vec<Point>) {
        let last = points.iter().map(|it| it.0).max().filter(|_| points.len() > 1);
        self.ends.entry(track.quantity).or_default().extend(last);
        self.merge(track, points);
    }

    fn merge(&mut self, track: Track, points: Vec<Point>) {
        let is_least = metrics::of(track.quantity).is_some_and(|it| it.shards == Shards::Least);
        let twice = self.twice.entry(track.quantity).or_default();
        let own = self.tracks.entry(track).or_default();
        // Records come one by one: what follows in time is added without sorting all that came before it.
        let follows = own.last().zip(points.first()).is_some_and(|(last, first)| last.0 < first.0) && points.len() == 1;
        own.extend(points);
        if follows {
            return;
        }
        own.sort_by(|one, other| one.0.cmp(&other.0).then(runs::compare(one.1, other.1)));
        own.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                if runs::differ(earlier.1, later.1) {
                    twice.insert(later.0);
                }
                earlier.1 = earlier.1.filter(|_| is_least).or(later.1);
            }
            same
        });
    }

    pub(super) fn join(&mut self, other: Self) {
        for (track, points) in other.tracks {
            self.merge(track, points);
        }
        for (quantity, times) in other.twice {
            self.twice.entry(quantity).or_default().extend(times);
        }
        for (quantity, times) in other.ends {
            self.ends.entry(quantity).or_default().extend(times);
        }
    }

    /// Quantities of which series have different values at one time, at how many times, and the first of them in milliseconds; the last
    /// interval of a series is none, which a later file has whole.
    pub(super) fn twice(&self) -> Vec<(&'static Metric, usize, i64)> {
        let several = [Quantity::ConnectionChanges, Quantity::Processor, Quantity::Latency];
        let told = self.twice.iter().filter(|(quantity, _)| !several.contains(quantity));
        told.filter_map(|(quantity, times)| {
            let ends = self.ends.get(quantity);
            let mut left = times.iter().filter(|at| ends.is_none_or(|ends| !ends.contains(at)));
            let first = *left.next()?;
            Some((metrics::of(*quantity)?, 1 + left.count(), first))
        })
        .collect()
    }

    /// What the files say of a quantity; `shards` of the cache, where they are known.
    ///
    /// Of several series the one of the best aggregate counts, then the longest, then the finest. `None`: the files do not have it.
    #[must_use]
    pub fn of(&self, quantity: Quantity, service: ServiceOf, shards: ShardsOf) -> Option<Result<Measured, Unusable>> {
        let (reading, parts) = self.best(quantity, service)?;
        Some(reading.measure(&parts, shards))
    }

    /// The same of the series that ends last, and of those the one that counts.
    pub(super) fn latest(&self, quantity: Quantity, service: ServiceOf, shards: ShardsOf) -> Option<Measured> {
        let all = self.sets(quantity, service).into_iter();
        let measured = all.filter_map(|(reading, parts)| reading.measure(&parts, shards).ok());
        measured.reduce(|best, it| if it.window.1 > best.window.1 { it } else { best })
    }

    /// The values behind [`Measurements::of`], one after the other; `None` where it has no figure.
    #[must_use]
    pub fn series(&self, quantity: Quantity, service: ServiceOf, shards: ShardsOf) -> Option<MetricSeries> {
        let (reading, parts) = self.best(quantity, service)?;
        let series = reading.series(&parts, shards)?;
        Some(if runs::is_event(quantity) { series } else { series.newest() })
    }

    /// Every series of a quantity as [`Measurements::series`] has the one that counts, the finest intervals first: what lasts minutes shows
    /// in the finest alone.
    #[must_use]
    pub fn all_series(&self, quantity: Quantity, service: ServiceOf, shards: ShardsOf) -> Vec<MetricSeries> {
        let mut all = self.sets(quantity, service);
        all.sort_by_key(|(reading, _)| reading.interval);
        all.iter().filter_map(|(reading, parts)| reading.series(parts, shards)).collect()
    }

    /// The series that counts, by its parts.
    pub(super) fn best(&self, quantity: Quantity, service: ServiceOf) -> Option<(Reading, Vec<Part<'_>>)> {
        let longest = |parts: &[Part<'_>]| parts.iter().map(|(_, points)| span(points)).max();
        let mut all = self.sets(quantity, service);
        let older = if runs::is_event(quantity) { None } else { runs::keep_newest(&mut all) };
        let best = all
            .into_iter()
            .min_by_key(|(reading, parts)| (reading.rank, std::cmp::Reverse(longest(parts)), reading.interval));
        best.map(|(reading, parts)| (Reading { older, ..reading }, parts))
    }

    /// The series of a quantity by aggregate and interval, each by its parts.
    fn sets(&self, quantity: Quantity, service: ServiceOf) -> Vec<(Reading, Vec<Part<'_>>)> {
        let Some(metric) = metrics::of(quantity) else { return Vec::new() };
        let order = aggregates(metric, service.0);
        let mut sets: BTreeMap<(usize, u32), Vec<Part<'_>>> = BTreeMap::new();
        for (track, points) in self.tracks.iter().filter(|(track, _)| track.quantity == quantity) {
            let Some(rank) = order.iter().position(|it| *it == track.aggregate) else { continue };
            sets.entry((rank, track.interval)).or_default().push((&track.part, points));
        }
        let reading = |rank: usize, interval| Reading {
            metric,
            rank,
            aggregate: order[rank],
            interval,
            service: service.0,
            older: None,
        };
        sets.into_iter().map(|((rank, interval), parts)| (reading(rank, interval), parts)).collect()
    }
}

/// The service that a cache is of, for metrics that mean another thing in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceOf(Service);

impl ServiceOf {
    /// By the key of a cache.
    #[must_use]
    pub fn key(key: &str) -> Self {
        Self(Service::of(key).unwrap_or(Service::Other))
    }
}

/// Commands are counted in Redis and a rate already in Enterprise; everything else has one order.
fn aggregates(metric: &'static Metric, service: Service) -> &'static [usize] {
    match (metric.quantity, service) {
        (Quantity::Sets | Quantity::Gets, Service::Enterprise) => &[AVERAGE, TOTAL],
        _ => metric.aggregates,
    }
}

/// Which of a point's aggregates are read of a metric, the best that any of the points has; `None` where none has a value that says
/// what the metric measures.
pub(super) fn best_aggregate(metric: &'static Metric, service: Service, has: impl Fn(usize) -> bool) -> Option<usize> {
    aggregates(metric, service).iter().copied().find(|it| has(*it))
}

fn span(points: &[Point]) -> i64 {
    points.last().map_or(0, |it| it.0) - points.first().map_or(0, |it| it.0)
}

/// The points of a shard, or of the whole cache under an empty name.
pub(super) type Part<'a> = (&'a str, &'a [Point]);

/// A way to read a metric.
pub(super) struct Reading {
    metric: &'static Metric,
    /// Place of the aggregate among those that say it.
    rank: usize,
    pub(super) aggregate: usize,
    interval: u32,
    service: Service,
    /// When the last value was of series that are left out for this one.
    older: Option<f64>,
}

impl Reading {
    pub(super) fn measure(&self, parts: &[Part<'_>], shards: ShardsOf) -> Result<Measured, Unusable> {
        let (values, joined, scaled) = self.together(parts, shards)?;
        if self.interval == 0 && values.len() == 1 && self.size(1.0).to_bits() != self.size(2.0).to_bits() {
            return Err(Unusable::Step);
        }
        let split = self.split(parts);
        self.figures(values, (joined, split), scaled)
    }

    /// What the parts of a series are.
    fn split(&self, parts: &[Part<'_>]) -> Split {
        let by_instance = self.service == Service::Enterprise && self.metric.quantity.is_by_instance();
        match (by_instance && self.aggregate != TOTAL, parts.iter().all(|(part, _)| part.is_empty())) {
            (true, true) => Split::OneInstance,
            (true, false) => Split::Instances,
            (false, _) => Split::Shards,
        }
    }

    fn series(&self, parts: &[Part<'_>], shards: ShardsOf) -> Option<MetricSeries> {
        let (values, _, scaled) = self.together(parts, shards).ok()?;
        let step = self.step(&values);
        let points = self.known(&values, step, scaled);
        (!points.is_empty()).then(|| MetricSeries { step: Secs::secs(step), points })
    }

    /// The values of the cache, of how many parts, and how many times the greatest part they are.
    fn together(&self, parts: &[Part<'_>], shards: ShardsOf) -> Result<(Vec<Point>, usize, u32), Unusable> {
        let whole = parts.iter().find(|(part, _)| part.is_empty());
        let split: Vec<&[Point]> =
            parts.iter().filter(|(part, _)| !part.is_empty()).map(|(_, points)| *points).collect();
        let sum = self.metric.shards == Shards::Sum;
        let is_redis = self.service == Service::Redis;
        let several =
            if let ShardsOf::Known(count) = shards { Some(count).filter(|it| *it > 1 && is_redis) } else { None };
        // No more shards than the cache has: each is one of today's, however early its values end.
        let may_be_gone = several.is_none_or(|count| split.len() > count as usize);
        let (split, since) = if is_redis && sum && may_be_gone { current(split) } else { (split, None) };
        if let Some(count) = several.filter(|count| sum && whole.is_none() && split.len() > *count as usize) {
            return Err(Unusable::Parts(split.len(), count));
        }
        let enough = several.is_none_or(|count| split.len() >= count as usize);
        // The maximum of a metric that is not split is that of its greatest shard.
        let of_one_shard = sum && ![TOTAL, COUNT].contains(&self.aggregate);
        if sum && is_redis && shards == ShardsOf::Open && (whole.is_none() || of_one_shard) {
            return Err(Unusable::Shards);
        }
        let (mut values, joined, scaled) = match (whole, split.len()) {
            (Some((_, points)), 0) => (self.joined(&[*points]), 1, several.filter(|_| of_one_shard).unwrap_or(1)),
            (Some((_, points)), _) if !(of_one_shard && enough) => {
                (self.joined(&[*points]), 1, several.filter(|_| of_one_shard).unwrap_or(1))
            }
            (None, found) if sum && !enough => return Err(Unusable::Parts(found, several.unwrap_or(0))),
            (_, found) => (self.joined(&split), found, 1),
        };
        // Values from before a change of the shards are not those of all of them.
        values.retain(|it| since.is_none_or(|since| joined == 1 || it.0 > since));
        if self.aggregate == TOTAL {
            runs::spaced(self.metric.quantity, self.interval, &values)?;
        }
        Ok((values, joined, scaled))
    }

    fn joined(&self, parts: &[&[Point]]) -> Vec<Point> {
        let needed = if runs::is_event(self.metric.quantity) {
            Needed::One
        } else if self.service == Service::Enterprise {
            Needed::AsManyAsUsual
        } else {
            Needed::All
        };
        joined(parts, self.metric.shards, needed)
    }

    /// Seconds of an interval.
    fn step(&self, values: &[Point]) -> f64 {
        if self.interval > 0 { f64::from(self.interval) } else { runs::usual_step(values) }
    }

    /// Moments in seconds since 1970 with their values in the base unit; those without a value are left out.
    fn known(&self, values: &[Point], step: f64, scaled: u32) -> Vec<(f64, f64)> {
        let size = self.size(step) * f64::from(scaled);
        values.iter().filter_map(|(at, value)| Some((*at as f64 / 1e3, (*value)? * size))).collect()
    }

    fn figures(&self, values: Vec<Point>, (parts, split): (usize, Split), scaled: u32) -> Result<Measured, Unusable> {
        let step = self.step(&values);
        let (values, left_out) =
            if runs::is_event(self.metric.quantity) { (values, None) } else { runs::newest(values, step) };
        let left_out = left_out.into_iter().chain(self.older).reduce(f64::max);
        let quiet = values.iter().rev().take_while(|it| it.1.is_none()).count();
        let known = self.known(&values, step, scaled);
        let least = self.metric.shards == Shards::Least;
        let better = |one: f64, other: f64| if least { one < other } else { one > other };
        let peak = known.iter().copied().reduce(|best, it| if better(it.1, best.1) { it } else { best });
        let (Some(peak), Some(first), Some(last)) = (peak, values.first(), values.last()) else {
            return Err(Unusable::Empty);
        };
        let mut sorted: Vec<f64> = known.iter().map(|it| it.1).collect();
        sorted.sort_by(f64::total_cmp);
        let window = (first.0 as f64 / 1e3, last.0 as f64 / 1e3);
        let expected = libm::round((window.1 - window.0) / step) + 1.0;
        Ok(Measured {
            quantity: self.metric.quantity,
            aggregate: AGGREGATES[self.aggregate],
            interval: Secs::secs(step),
            window,
            points: known.len(),
            left_out,
            gaps: runs::missing(expected, known.len()),
            parts,
            split,
            scaled,
            mean: known.iter().map(|it| it.1).sum::<f64>() / known.len() as f64,
            peak: peak.1,
            peak_at: peak.0,
            p95: quantile(&sorted, 0.95),
            last: known.last().map_or(peak.1, |it| it.1),
            quiet,
        })
    }

    /// What makes a value of an interval one of the base unit: a count becomes a rate; totals of a rate add up one of each minute.
    fn size(&self, step: f64) -> f64 {
        let rate =
            matches!(self.metric.quantity, Quantity::Sets | Quantity::Gets) && self.service == Service::Enterprise;
        match self.metric.quantity {
            Quantity::FullSyncs | Quantity::FullSyncEnds => 1.0,
            _ if self.aggregate != TOTAL => 1.0,
            _ if rate => GRAIN / step,
            _ => 1.0 / step,
        }
    }
}
