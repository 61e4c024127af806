//! Quantiles of a run, each with its error.

use super::lattice::REPLICAS;
use crate::stats::order::place;
pub use crate::stats::order::quantile as at;
use serde::Serialize;
use std::ops::Range;

/// The shares of the quantiles that are shown: a band goes from [`P05`] to [`P95`], around the median.
pub const P05: f64 = 0.05;
/// The median.
pub const P50: f64 = 0.5;
/// What 95 of 100 cases stay under.
pub const P95: f64 = 0.95;

/// Mean and quantiles of one output.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bands {
    /// How many trials stand behind it.
    pub trials: u32,
    /// Mean.
    pub mean: f64,
    /// 5 % quantile.
    pub p05: Quantile,
    /// Median.
    pub p50: Quantile,
    /// 95 % quantile.
    pub p95: Quantile,
}

/// A quantile with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quantile {
    /// The value.
    pub value: f64,
    /// Standard error, from the spread over the copies of the lattice; infinite with fewer than two whole copies.
    pub error: f64,
}

impl Bands {
    /// The bands of results in the order of the trials; not-a-number everywhere without a trial.
    #[must_use]
    pub fn of(results: &[f64]) -> Self {
        let shares = [P05, P50, P95];
        let mut keys: Vec<i64> = results.iter().map(|result| key(*result)).collect();
        let mut copies = vec![Vec::with_capacity(results.len() / REPLICAS as usize + 1); REPLICAS as usize];
        for trials in keys.chunks(REPLICAS as usize) {
            for (copy, key) in copies.iter_mut().zip(trials) {
                copy.push(*key);
            }
        }
        let values = quantiles(&mut keys, shares);
        copies.retain(|copy| !copy.is_empty());
        let copies: Vec<[f64; 3]> = copies.iter_mut().map(|copy| quantiles(copy, shares)).collect();
        let quantile = |at: usize| Quantile { value: values[at], error: error(copies.iter().map(|copy| copy[at])) };
        Self {
            trials: u32::try_from(results.len()).unwrap_or(u32::MAX),
            mean: results.iter().sum::<f64>() / results.len() as f64,
            p05: quantile(0),
            p50: quantile(1),
            p95: quantile(2),
        }
    }
}

/// A float as a whole number in the order of [`f64::total_cmp`], which machines compare in one step; its own inverse.
fn ordered(bits: i64) -> i64 {
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

fn key(value: f64) -> i64 {
    ordered(value.to_bits().cast_signed())
}

fn value(key: i64) -> f64 {
    f64::from_bits(ordered(key).cast_unsigned())
}

/// [`crate::stats::order::quantile`] at three rising shares without sorting everything: the middle one parts the values, the
/// others are looked for in its halves. Leaves the keys in another order.
fn quantiles(keys: &mut [i64], [low, middle, high]: [f64; 3]) -> [f64; 3] {
    let count = keys.len();
    let (Some((half, _)), Some((above, _))) = (place(count, middle), place(count, high)) else { return [f64::NAN; 3] };
    let in_the_middle = selected(keys, 0..count, middle);
    // What is above first: the search below moves the middle one.
    let from = if above > half { half + 1 } else { half };
    let above = selected(keys, from..count, high);
    [selected(keys, 0..half + 1, low), in_the_middle, above]
}

/// One quantile of all values, whose place is known to lie in a part of them; not-a-number without values.
fn selected(keys: &mut [i64], within: Range<usize>, share: f64) -> f64 {
    let Some((at, part)) = place(keys.len(), share) else { return f64::NAN };
    let from = within.start;
    keys[within].select_nth_unstable(at - from);
    // What follows in order is the least of what stands behind.
    let next = keys[at + 1..].iter().copied().min().unwrap_or(keys[at]);
    let (here, next) = (value(keys[at]), value(next));
    here + (next - here) * part
}

/// Standard error of the mean of the copies' quantiles.
fn error(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count() as f64;
    if count < 2.0 {
        return f64::INFINITY;
    }
    let mean = values.clone().sum::<f64>() / count;
    let variance = values.map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0);
    libm::sqrt(variance / count)
}

/// The share of results that are at most `limit`; not-a-number without a result.
#[must_use]
pub fn share_within(results: &[f64], limit: f64) -> f64 {
    results.iter().filter(|result| **result <= limit).count() as f64 / results.len() as f64
}

#[cfg(test)]
mod tests {
    use super::{key, quantiles};
    use crate::stats::order::quantile;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_those_of_the_sorted_values(mut values in proptest::collection::vec(-1e6..1e6_f64, 0..200)) {
            let shares = [0.05, 0.5, 0.95];
            let mut keys: Vec<i64> = values.iter().map(|value| key(*value)).collect();
            let found = quantiles(&mut keys, shares);
            values.sort_by(f64::total_cmp);
            for (found, share) in found.into_iter().zip(shares) {
                prop_assert_eq!(found.to_bits(), quantile(&values, share).to_bits());
            }
        }
    }
}
