//! How one uncertain input is spread: from a uniform figure to a value.

use crate::stats::normal;
use crate::units::{Range, Secs};

/// The spread of one input, in base units.
#[derive(Debug, Clone, PartialEq)]
pub enum Spread {
    /// One value.
    Exactly(f64),
    /// Low, most likely, high.
    Triangular {
        /// Low end.
        low: f64,
        /// Most likely.
        mode: f64,
        /// High end.
        high: f64,
    },
    /// An estimate with the ends that it may have: as likely too high as too low. Half of the mass rises in a straight line from the low
    /// end to the estimate, half falls from there to the high end; where an end is the estimate, half of the mass is at it.
    Estimate {
        /// Low end.
        low: f64,
        /// The estimate: the median, and the most likely.
        median: f64,
        /// High end.
        high: f64,
    },
    /// Lognormal, from its 5 % and 95 % quantiles: `exp(mean + deviation · z)`.
    Lognormal {
        /// Mean of the logarithm.
        mean: f64,
        /// Standard deviation of the logarithm.
        deviation: f64,
    },
    /// Measured values, each as likely as the others, in rising order.
    Measured(Vec<f64>),
}

/// 95 % quantile of the standard normal distribution.
const Z_95: f64 = 1.644_853_626_951_472_2;

impl Spread {
    /// A triangular spread; without one where the three figures are equal or out of order.
    #[must_use]
    pub fn triangular(low: f64, mode: f64, high: f64) -> Self {
        if low <= mode && mode <= high && low < high {
            Self::Triangular { low, mode, high }
        } else {
            Self::Exactly(mode)
        }
    }

    /// An estimate with its ends; without one where the three figures are equal or out of order.
    #[must_use]
    pub fn estimate(low: f64, median: f64, high: f64) -> Self {
        match Self::triangular(low, median, high) {
            Self::Triangular { low, mode, high } => Self::Estimate { low, median: mode, high },
            exactly => exactly,
        }
    }

    /// A lognormal spread from a 90 % interval; `None` unless 0 < low ≤ high.
    #[must_use]
    pub fn credible_90(low: f64, high: f64) -> Option<Self> {
        if !(low > 0.0 && high >= low && high.is_finite()) {
            return None;
        }
        let (log_low, log_high) = (libm::log(low), libm::log(high));
        Some(Self::Lognormal { mean: f64::midpoint(log_low, log_high), deviation: (log_high - log_low) / (2.0 * Z_95) })
    }

    /// Measured values; `None` when there is none, or one is no number.
    #[must_use]
    pub fn measured(mut values: Vec<f64>) -> Option<Self> {
        if values.is_empty() || values.iter().any(|value| !value.is_finite()) {
            return None;
        }
        values.sort_by(f64::total_cmp);
        Some(Self::Measured(values))
    }

    /// The value at a uniform figure between 0 and 1: the inverse of the distribution function.
    #[must_use]
    pub fn at(&self, uniform: f64) -> f64 {
        match self {
            Self::Exactly(value) => *value,
            Self::Triangular { low, mode, high } => triangular_at(*low, *mode, *high, uniform),
            Self::Estimate { low, median, .. } if uniform < 0.5 => low + (median - low) * (2.0 * uniform).sqrt(),
            Self::Estimate { median, high, .. } => high - (high - median) * (2.0 * (1.0 - uniform)).sqrt(),
            Self::Lognormal { mean, deviation } => libm::exp(mean + deviation * normal::quantile(uniform)),
            Self::Measured(values) => values[place_of(uniform, values.len())],
        }
    }

    /// The exact mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Exactly(value) => *value,
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Estimate { low, median, high } => median + off(*low, *median, *high),
            Self::Lognormal { mean, deviation } => libm::exp(mean + deviation * deviation / 2.0),
            Self::Measured(values) => values.iter().sum::<f64>() / values.len() as f64,
        }
    }

    /// The exact variance; of a triangle with `a`, `c`, `b` for low, mode, high `(a² + b² + c² − ab − ac − bc)/18`.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match self {
            Self::Exactly(_) => 0.0,
            Self::Triangular { low, mode, high } => {
                let (left, right) = (mode - low, high - mode);
                (left * left + left * right + right * right) / 18.0
            }
            Self::Estimate { low, median, high } => {
                let (left, right) = (median - low, high - median);
                let off = off(*low, *median, *high);
                (left * left + right * right) / 12.0 - off * off
            }
            Self::Lognormal { deviation, .. } => {
                let square = deviation * deviation;
                libm::expm1(square) * self.mean() * self.mean()
            }
            Self::Measured(values) => {
                let mean = self.mean();
                values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / values.len() as f64
            }
        }
    }
}

impl Spread {
    /// The exact third central moment; of a triangle `(a + b − 2c)(2a − b − c)(a − 2b + c)/270`.
    #[must_use]
    pub fn third_moment(&self) -> f64 {
        match self {
            Self::Exactly(_) => 0.0,
            Self::Triangular { low, mode, high } => {
                let (width, mode) = (high - low, mode - low);
                (width - 2.0 * mode) * (width + mode) * (2.0 * width - mode) / 270.0
            }
            Self::Estimate { low, median, high } => {
                let (left, right) = (median - low, high - median);
                let off = off(*low, *median, *high);
                let third = (right * right * right - left * left * left) / 20.0;
                third - 3.0 * off * (left * left + right * right) / 12.0 + 2.0 * off * off * off
            }
            Self::Lognormal { deviation, .. } => {
                let grown = libm::expm1(deviation * deviation);
                grown * grown * (grown + 3.0) * libm::pow(self.mean(), 3.0)
            }
            Self::Measured(values) => {
                let mean = self.mean();
                values.iter().map(|value| libm::pow(value - mean, 3.0)).sum::<f64>() / values.len() as f64
            }
        }
    }
}

impl From<Range<Secs>> for Spread {
    /// In seconds.
    fn from(range: Range<Secs>) -> Self {
        Self::triangular(range.low.as_secs(), range.mode.as_secs(), range.high.as_secs())
    }
}

/// What the mean of an estimate is above its median: a third of either side, each with half of the mass.
fn off(low: f64, median: f64, high: f64) -> f64 {
    ((high - median) - (median - low)) / 6.0
}

/// The square root is exact in IEEE arithmetic, and so the same everywhere.
fn triangular_at(low: f64, mode: f64, high: f64, uniform: f64) -> f64 {
    let width = high - low;
    let below = uniform * width;
    // One root and two choices instead of two ways: which way a draw takes cannot be foreseen.
    let rises = below < mode - low;
    let square = if rises { below * (mode - low) } else { (1.0 - uniform) * width * (high - mode) };
    let off = square.sqrt();
    if rises { low + off } else { high - off }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the number of values")]
fn place_of(uniform: f64, count: usize) -> usize {
    ((uniform * count as f64) as usize).min(count - 1)
}
