//! Quantiles of a sum of independent triangular steps by its exact moments (M-06).

use crate::units::{Range, Secs};
use statrs::distribution::{ContinuousCDF, Normal};

/// Cumulants of a duration in seconds; those of independent steps add up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Moments {
    pub(super) mean: f64,
    variance: f64,
    third: f64,
    fourth: f64,
}

impl Moments {
    /// Of a triangular distribution over low, mode `c`, high; a range without spread is a constant.
    ///
    /// With `a`, `b` for low and high: mean `(a + b + c)/3`, variance `(a² + b² + c² − ab − ac − bc)/18`, third central
    /// moment `(a + b − 2c)(2a − b − c)(a − 2b + c)/270`, excess kurtosis −3/5 whatever the mode.
    pub(super) fn of(range: Range<Secs>) -> Self {
        let (a, c, b) = (range.low.as_secs(), range.mode.as_secs(), range.high.as_secs());
        // As distances from the low end: the squares of long durations with a small spread would cancel.
        let (mode, width) = ((c - a).max(0.0), (b - a).max(0.0));
        let mode = mode.min(width);
        let variance = (width * width + mode * mode - width * mode) / 18.0;
        Self {
            mean: a + (width + mode) / 3.0,
            variance,
            third: (width - 2.0 * mode) * (-width - mode) * (mode - 2.0 * width) / 270.0,
            fourth: -0.6 * variance * variance,
        }
    }

    /// Of the sum with another, independent duration.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            mean: self.mean + other.mean,
            variance: self.variance + other.variance,
            third: self.third + other.third,
            fourth: self.fourth + other.fourth,
        }
    }

    /// The `p` quantile by the Cornish–Fisher expansion, inside the sum's own bounds; the mean where nothing varies.
    ///
    /// `z + (z² − 1)γ/6 + (z³ − 3z)κ/24 − (2z³ − 5z)γ²/36` standard deviations from the mean, with skewness `γ`, excess
    /// kurtosis `κ` and `z` the normal quantile. `p` outside 0 to 1 gives a bound.
    pub(super) fn quantile(self, p: f64, bounds: Range<Secs>) -> Secs {
        let deviation = libm::sqrt(self.variance);
        if deviation <= 0.0 {
            return Secs::secs(self.mean);
        }
        let z = Normal::standard().inverse_cdf(p.clamp(0.0, 1.0));
        let skew = self.third / (self.variance * deviation);
        let excess = self.fourth / (self.variance * self.variance);
        let bend = (z * z - 1.0) * skew / 6.0 + (z * z * z - 3.0 * z) * excess / 24.0
            - (2.0 * z * z * z - 5.0 * z) * skew * skew / 36.0;
        Secs::secs(self.mean + deviation * (z + bend)).max(bounds.low).min(bounds.high)
    }
}
