//! The newest of the times that a metric has values of, and events, which have values only where they happen.

use crate::estate::measure::parts::Split;
use crate::estate::measure::series::MetricSeries;
use crate::estate::measure::{Measured, Measurements, Part, Point, ServiceOf, Unusable};
use crate::import::metrics::{GRAIN, MAXIMUM, Quantity};
use crate::units::Secs;
use std::collections::BTreeMap;

/// How many shards a cache has, as far as files say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShardsOf {
    /// So many.
    Known(u32),
    /// No file has a figure: it is taken as one without shards.
    Unsaid,
    /// Any number: files disagree, code leaves it open, or the figure cannot be.
    Open,
}

impl ShardsOf {
    /// Shards that events are of: one at least.
    pub(in crate::estate) fn at_least(self) -> f64 {
        if let Self::Known(count) = self { f64::from(count.max(1)) } else { 1.0 }
    }
}

/// True for what has a value only where it happens.
pub(in crate::estate) const fn is_event(quantity: Quantity) -> bool {
    matches!(quantity, Quantity::FullSyncs | Quantity::FullSyncEnds)
}

/// Where the newest run of values begins: behind the last gap that is longer than all the values before it, and than all after it. These
/// are of an hour or more: a few minutes replace no month.
fn begin(times: &[f64], step: f64) -> usize {
    let is_cut = |at: &usize| {
        let (before, after) = (*at, times.len() - at);
        let gap = times[before] - times[before - 1] - step;
        gap > step * after.max(before) as f64 && step * after as f64 >= HOUR as f64 / 1e3
    };
    (1..times.len()).rev().find(is_cut).unwrap_or(0)
}

/// The newest run of points, and when the last that is left out was, in seconds since 1970.
pub(in crate::estate) fn newest(mut points: Vec<Point>, step: f64) -> (Vec<Point>, Option<f64>) {
    let times: Vec<f64> = points.iter().filter(|it| it.1.is_some()).map(|it| it.0 as f64 / 1e3).collect();
    let at = begin(&times, step);
    if at == 0 {
        return (points, None);
    }
    points.retain(|it| it.0 as f64 / 1e3 >= times[at]);
    (points, Some(times[at - 1]))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
pub(in crate::estate) fn missing(expected: f64, found: usize) -> usize {
    (expected as usize).saturating_sub(found)
}

/// Refuses commands counted by the minute of which every hour alone has a value: they are perhaps those of the hour. Times between that have
/// none, and values at no one spacing, are gaps.
pub(in crate::estate) fn spaced(quantity: Quantity, interval: u32, values: &[Point]) -> Result<(), Unusable> {
    let counted = matches!(quantity, Quantity::Sets | Quantity::Gets | Quantity::CommandsCounted);
    let known: Vec<Point> = values.iter().filter(|it| it.1.is_some()).copied().collect();
    let (said, apart) = (f64::from(interval), usual_step(&known));
    let is_sparse = counted && interval > 0 && known.len() > 2 && apart >= said * 2.0;
    // az prints every interval, those without a value too.
    let is_open = apart >= HOUR as f64 / 1e3 || usual_step(values) >= said * 2.0;
    if is_sparse && is_open && is_spaced(&known, apart) {
        return Err(Unusable::Apart(Secs::secs(said), Secs::secs(apart)));
    }
    Ok(())
}

/// True where nine of ten values are whole numbers of a step after one another.
fn is_spaced(values: &[Point], step: f64) -> bool {
    let mut phases: BTreeMap<u64, usize> = BTreeMap::new();
    for (at, _) in values {
        *phases.entry((*at as f64 / 1e3).rem_euclid(step).to_bits()).or_default() += 1;
    }
    phases.into_values().max().unwrap_or(0) * 10 >= values.len() * 9
}

/// Two values that are not one in another spelling.
pub(in crate::estate) fn differ(one: Option<f64>, other: Option<f64>) -> bool {
    one.zip(other).is_some_and(|(one, other)| (one - other).abs() > 1e-9 * one.abs().max(other.abs()))
}

pub(in crate::estate) fn compare(one: Option<f64>, other: Option<f64>) -> std::cmp::Ordering {
    match (one, other) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => one.is_some().cmp(&other.is_some()),
    }
}

/// The spacing of most points in seconds; a minute where there is one point.
pub(in crate::estate) fn usual_step(values: &[Point]) -> f64 {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in values.windows(2) {
        *counts.entry(pair[1].0 - pair[0].0).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(step, count)| (*count, std::cmp::Reverse(*step)));
    most.map_or(GRAIN, |(step, _)| step as f64 / 1e3)
}

/// Leaves out series that end so long before another of an hour or more begins that the gap is longer than each of the two; when the last
/// of theirs was, in seconds since 1970.
pub(in crate::estate) fn keep_newest<T>(all: &mut Vec<(T, Vec<Part<'_>>)>) -> Option<f64> {
    let ends = |parts: &[Part<'_>]| {
        let times = || parts.iter().flat_map(|(_, points)| points.iter()).filter(|it| it.1.is_some()).map(|it| it.0);
        Some((times().min()?, times().max()?))
    };
    let spans: Vec<Option<(i64, i64)>> = all.iter().map(|(_, parts)| ends(parts)).collect();
    // An hour by the minute ends 59 minutes behind its begin.
    let newer = || spans.iter().flatten().filter(|it| it.1 - it.0 >= HOUR - MINUTE);
    let is_old = |own: (i64, i64)| newer().any(|it| it.0 - own.1 > (own.1 - own.0).max(it.1 - it.0).max(HOUR));
    let old: Vec<Option<i64>> = spans.iter().map(|own| own.filter(|own| is_old(*own)).map(|own| own.1)).collect();
    let mut is_old = old.iter();
    all.retain(|_| is_old.next().is_none_or(Option::is_none));
    old.into_iter().flatten().max().map(|at| at as f64 / 1e3)
}

/// Milliseconds: series that are no farther apart are of one window.
const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

impl MetricSeries {
    /// Its newest run.
    pub(in crate::estate) fn newest(mut self) -> Self {
        let times: Vec<f64> = self.points.iter().map(|it| it.0).collect();
        self.points.drain(..begin(&times, self.step.as_secs()));
        self
    }
}

impl Measurements {
    /// How often an event happened: of shards the one that has it most often; where it is not split, an event of each shard is one.
    pub(in crate::estate) fn events(
        &self,
        quantity: Quantity,
        service: ServiceOf,
        shards: ShardsOf,
    ) -> Option<(f64, Measured)> {
        let (reading, parts) = self.best(quantity, service)?;
        let sum = |points: &[Point]| points.iter().filter_map(|it| it.1).sum::<f64>();
        let split = parts.iter().filter(|(part, _)| !part.is_empty()).map(|(_, points)| sum(points)).reduce(f64::max);
        let each = if reading.aggregate == MAXIMUM { 1.0 } else { shards.at_least() };
        let whole = || parts.iter().find(|(part, _)| part.is_empty()).map(|(_, points)| libm::ceil(sum(points) / each));
        Some((split.or_else(whole)?, reading.measure(&parts, shards).ok()?))
    }

    /// The greatest value of the fullest shard over that of the mean one, and the figure of all together; `None` without shards, and where
    /// not each of them has values. Of a metric that is not split each shard is taken to be as full as the fullest: 1.
    pub(in crate::estate) fn fullest_shard(
        &self,
        quantity: Quantity,
        service: ServiceOf,
        shards: ShardsOf,
    ) -> Option<(f64, Measured)> {
        let ShardsOf::Known(count @ 2..) = shards else { return None };
        let (reading, parts) = self.best(quantity, service)?;
        let all = reading.measure(&parts, shards).ok().filter(|it| it.split == Split::Shards)?;
        if all.scaled == count {
            return Some((1.0, all));
        }
        let inside = |at: i64| (all.window.0..=all.window.1).contains(&(at as f64 / 1e3));
        let split = parts.iter().filter(|(part, _)| !part.is_empty()).flat_map(|(_, points)| points.iter());
        let fullest = split.filter(|it| inside(it.0)).filter_map(|it| it.1).reduce(f64::max)?;
        let factor = fullest * f64::from(count) / all.peak;
        (all.parts == count as usize && factor.is_finite()).then_some((factor.max(1.0), all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 30 hours, a gap of 100 and 7 more are 7; a gap of 20 is one among them, as is one before a single last value. Of minutes 60 at least.
    #[test]
    fn a_long_gap_begins_a_new_run() {
        let run = |from: f64, count: u32| (0..count).map(move |at| from + f64::from(at)).collect::<Vec<f64>>();
        let with = |gap: f64, count: u32| [run(0.0, 30), run(30.0 + gap, count)].concat();
        let (hour, minute) = (3_600.0, 60.0);
        let cases = [
            (with(100.0, 7), hour, 30),
            (with(20.0, 7), hour, 0),
            (with(2.0, 1), hour, 0),
            (run(0.0, 3), hour, 0),
            (Vec::new(), hour, 0),
            (with(100.0, 59), minute, 0),
            (with(100.0, 60), minute, 30),
        ];
        for (times, step, expected) in cases {
            let times: Vec<f64> = times.into_iter().map(|it| it * step).collect();
            assert_eq!(begin(&times, step), expected, "{times:?}");
        }
    }
}
