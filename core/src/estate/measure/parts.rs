//! Shards and instances of one metric: what their series are together.

use crate::import::metrics::Shards;
use std::collections::BTreeMap;

/// A time in milliseconds since 1970 and its value; none is a gap.
pub(in crate::estate) type Point = (i64, Option<f64>);

/// What the series of one metric are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// Shards, or the whole cache.
    Shards,
    /// Instances of a cluster.
    Instances,
    /// One instance of a cluster: the greatest of each interval (the mean one of averages), so that the whole is no less.
    OneInstance,
}

/// How many parts a time needs for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::estate) enum Needed {
    /// All of them: shards.
    All,
    /// As many as most times have: instances are exchanged for others.
    AsManyAsUsual,
    /// Any of them: events.
    One,
}

/// The values of several parts at each time; a time that misses one that it needs has none.
pub(in crate::estate) fn joined(parts: &[&[Point]], how: Shards, needed: Needed) -> Vec<Point> {
    if let [one] = parts {
        return one.to_vec();
    }
    let mut times: BTreeMap<i64, (usize, f64)> = BTreeMap::new();
    for (at, value) in parts.iter().copied().flatten() {
        let time = times.entry(*at).or_insert((0, f64::NAN));
        let Some(value) = value else { continue };
        time.1 = match (time.0, how) {
            (0, _) => *value,
            (_, Shards::Sum) => time.1 + value,
            (_, Shards::Greatest) => time.1.max(*value),
            (_, Shards::Least) => time.1.min(*value),
        };
        time.0 += 1;
    }
    let least = match needed {
        Needed::All => parts.len(),
        Needed::AsManyAsUsual => usual(times.values().map(|it| it.0)),
        Needed::One => 1,
    };
    times.into_iter().map(|(at, (found, value))| (at, (found >= least).then_some(value))).collect()
}

/// The shards that have a value at the end, and the last time at which another one had: a cache that was scaled has other shards since.
pub(in crate::estate) fn current(split: Vec<&[Point]>) -> (Vec<&[Point]>, Option<i64>) {
    let last = |points: &[Point]| points.iter().rev().find(|it| it.1.is_some()).map(|it| it.0);
    let ends: Vec<Option<i64>> = split.iter().map(|it| last(it)).collect();
    let Some(newest) = ends.iter().flatten().max().copied() else { return (split, None) };
    let first = split.iter().filter_map(|it| it.first()).map(|it| it.0).min().unwrap_or(newest);
    // Shards end within a few intervals of each other; one that ended before the last tenth of the window is gone.
    let bound = newest - (newest - first) / 10;
    let is_there = |end: &Option<i64>| end.is_some_and(|end| end >= bound);
    let gone = ends.iter().filter(|it| !is_there(it)).flatten().max().copied();
    if gone.is_none() {
        return (split, None);
    }
    let left = split.into_iter().zip(&ends).filter(|(_, end)| is_there(end)).map(|it| it.0);
    (left.collect(), gone)
}

/// The count that most times have, of times with any; of equally many the greater.
fn usual(counts: impl Iterator<Item = usize>) -> usize {
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for count in counts.filter(|it| *it > 0) {
        *times.entry(count).or_default() += 1;
    }
    times.into_iter().max_by_key(|(count, times)| (*times, *count)).map_or(1, |it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Instance b gives way to c after the second of six times, and both are there at the third: 30 each of the usual two. A time that
    /// has one alone is a gap. Of shards every time that misses one is.
    #[test]
    fn instances_are_exchanged_and_shards_are_not() {
        let series = |times: std::ops::RangeInclusive<i64>, value: f64| times.map(|at| (at, Some(value))).collect();
        let parts: [Vec<Point>; 3] = [series(1..=5, 10.0), series(1..=3, 20.0), series(3..=6, 20.0)];
        let parts: Vec<&[Point]> = parts.iter().map(Vec::as_slice).collect();
        let of = |needed| joined(&parts, Shards::Sum, needed).into_iter().map(|it| it.1).collect::<Vec<_>>();
        let [whole, twice] = [Some(30.0), Some(50.0)];
        assert_eq!(of(Needed::AsManyAsUsual), [whole, whole, twice, whole, whole, None]);
        assert_eq!(of(Needed::All), [None, None, twice, None, None, None]);
    }
}
