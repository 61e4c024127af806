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
    ///
    /// Sums run over the sorted values: they do not depend on how the results came together.
    #[must_use]
    pub fn of(results: &[f64]) -> Self {
        let mut sorted = results.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let copies: Vec<Vec<f64>> = (0..REPLICAS as usize).map(|copy| copy_of(results, copy)).collect();
        let quantile = |share: f64| Quantile { value: at(&sorted, share), error: error(&copies, share) };
        Self {
            trials: u32::try_from(results.len()).unwrap_or(u32::MAX),
            mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
            p05: quantile(0.05),
            p50: quantile(0.50),
            p95: quantile(0.95),
        }
    }
}

fn copy_of(results: &[f64], copy: usize) -> Vec<f64> {
    let mut values: Vec<f64> = results.iter().skip(copy).step_by(REPLICAS as usize).copied().collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// Standard error of the mean of the copies' quantiles.
fn error(copies: &[Vec<f64>], share: f64) -> f64 {
    let values: Vec<f64> = copies.iter().filter(|copy| !copy.is_empty()).map(|copy| at(copy, share)).collect();
    if values.len() < 2 {
        return f64::INFINITY;
    }
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0);
    libm::sqrt(variance / count)
}

/// The share of results that are at most `limit`; not-a-number without a result.
#[must_use]
pub fn share_within(results: &[f64], limit: f64) -> f64 {
    results.iter().filter(|result| **result <= limit).count() as f64 / results.len() as f64
}
