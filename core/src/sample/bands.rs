//! Quantiles of a run, each with its error.

use super::REPLICAS;
pub use crate::order::quantile as at;
use serde::Serialize;

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
        let shares = [0.05, 0.50, 0.95];
        let values = quantiles(&mut results.to_vec(), shares);
        let copies: Vec<[f64; 3]> = (0..REPLICAS as usize)
            .map(|copy| results.iter().skip(copy).step_by(REPLICAS as usize).copied().collect::<Vec<f64>>())
            .filter(|copy| !copy.is_empty())
            .map(|mut copy| quantiles(&mut copy, shares))
            .collect();
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

/// [`crate::order::quantile`] at three rising shares without sorting everything: the middle one parts the values, the
/// others are looked for in its halves. Leaves the values in another order.
fn quantiles(values: &mut [f64], [low, middle, high]: [f64; 3]) -> [f64; 3] {
    let half = below(values, middle);
    let in_the_middle = selected(values, 0, values.len(), middle);
    // What is above first: the search below moves the middle one.
    let from = if below(values, high) > half { half + 1 } else { half };
    let above = selected(values, from, values.len(), high);
    [selected(values, 0, half + 1, low), in_the_middle, above]
}

/// The last place that is not beyond a share.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the last place")]
fn below(values: &[f64], share: f64) -> usize {
    libm::floor(share * values.len().saturating_sub(1) as f64) as usize
}

/// One quantile of all values, whose place is known to lie in a part of them; not-a-number without values.
fn selected(values: &mut [f64], from: usize, to: usize, share: f64) -> f64 {
    let at = below(values, share);
    let Some(part) = values.get_mut(from..to).filter(|part| !part.is_empty()) else { return f64::NAN };
    part.select_nth_unstable_by(at - from, f64::total_cmp);
    // What follows in order is the least of what stands behind.
    let next = values[at + 1..].iter().copied().min_by(f64::total_cmp).unwrap_or(values[at]);
    values[at] + (next - values[at]) * (share * (values.len() - 1) as f64 - at as f64)
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
    use super::quantiles;
    use crate::order::quantile;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_those_of_the_sorted_values(mut values in proptest::collection::vec(-1e6..1e6_f64, 0..200)) {
            let shares = [0.05, 0.5, 0.95];
            let found = quantiles(&mut values.clone(), shares);
            values.sort_by(f64::total_cmp);
            for (found, share) in found.into_iter().zip(shares) {
                prop_assert_eq!(found.to_bits(), quantile(&values, share).to_bits());
            }
        }
    }
}
