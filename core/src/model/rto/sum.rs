//! Quantiles of a sum of steps (M-06): steps of one cause in one sample, the samples independent.
//!
//! The sample that varies most enters with its own distribution, all others together as a normal one with their exact mean
//! and variance and a correction for their third moment. That has a closed distribution function; median and P95 stay
//! within 1 % of the convolution, also where one step outweighs all others; an expansion around the normal alone errs by
//! 6 % there.

use super::moments::{Moments, from_low};
use super::solve::{Near, solve};
use super::together;
use crate::stats::spread::Spread;
use crate::units::{Range, Secs};
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// Share of a triangle's width that its mode keeps from the ends, so that both slopes are finite.
const APART: f64 = 1e-6;

/// What one sample places.
pub(super) enum Sampled {
    /// One triangular step.
    Alone(Range<Secs>),
    /// Steps of one cause, or one of another shape, in seconds.
    Together(Vec<Spread>),
}

impl Sampled {
    pub(super) fn moments(&self) -> Moments {
        match self {
            Self::Alone(step) => Moments::of(*step),
            Self::Together(steps) => together::moments(steps),
        }
    }

    fn ends(&self) -> (f64, f64) {
        match self {
            Self::Alone(step) => (step.low.as_secs(), step.low.max(step.high).as_secs()),
            Self::Together(steps) => {
                let edges = together::edges(steps);
                (edges[0], edges[edges.len() - 1])
            }
        }
    }
}

/// The `p` quantile of the sum of independent samples, to the millisecond; 0 of none.
///
/// Rounded because the normal distribution's last bits differ between machines, and a plan's answer must not.
pub(super) fn quantile(samples: &[Sampled], p: f64) -> Secs {
    let each: Vec<_> = samples.iter().map(Sampled::moments).collect();
    let widest =
        (0..each.len()).reduce(|most, next| if each[next].variance > each[most].variance { next } else { most });
    let Some(widest) = widest else {
        return Secs::ZERO;
    };
    let others = each.iter().enumerate().filter(|(index, _)| *index != widest);
    let rest = others.fold(Moments::default(), |sum, (_, moments)| sum.and(*moments));
    let (mean, variance) =
        each.iter().fold((0.0, 0.0), |(mean, variance), it| (mean + it.mean, variance + it.variance));
    let deviation = libm::sqrt(variance);
    // Of a normal distribution; long tails put the median below the mean.
    let guess = mean + deviation * if p > 0.5 { 1.7 } else { -0.1 };
    let quantile = match &samples[widest] {
        Sampled::Alone(step) => {
            let sum = Sum::new(*step, rest);
            let ends = samples.iter().map(Sampled::ends).fold((0.0, 0.0), |sum, ends| (sum.0 + ends.0, sum.1 + ends.1));
            solve(guess, ends, |x| sum.near(x, p))
        }
        Sampled::Together(steps) => together::quantile(steps, rest, p, guess),
    };
    Secs::secs(libm::round(quantile * 1e3) / 1e3)
}

/// A triangle plus a nearly normal rest.
struct Sum {
    /// Where the triangle's density bends, shifted by the mean of the rest, with the change of its slope there.
    bends: [(f64, f64); 3],
    deviation: f64,
    third: f64,
    normal: Normal,
}

impl Sum {
    fn new(widest: Range<Secs>, rest: Moments) -> Self {
        let (low, mode, width) = from_low(widest);
        let width = width.max(f64::MIN_POSITIVE.max(low.abs() * f64::EPSILON));
        let mode = mode.clamp(APART * width, (1.0 - APART) * width);
        let (rise, fall) = (2.0 / (width * mode), 2.0 / (width * (width - mode)));
        let start = low + rest.mean;
        Self {
            bends: [(start, rise), (start + mode, -rise - fall), (start + width, fall)],
            deviation: libm::sqrt(rest.variance),
            third: rest.third,
            normal: Normal::standard(),
        }
    }

    /// `½ Σ slope · E[(x − bend − N)₊²]`: a triangle's distribution function is made of three parabolas.
    fn near(&self, x: f64, p: f64) -> Near {
        self.bends.iter().fold(Near { off: -p, density: 0.0 }, |sum, (bend, slope)| {
            let (parabola, line) = self.parabola(x - bend);
            Near { off: sum.off + slope * parabola / 2.0, density: sum.density + slope * line }
        })
    }

    /// `E[(y − N)₊²] = (y² + σ²)Φ(z) + yσφ(z) − μ₃φ(z)/(3σ)`, `z = y/σ`: the last term is the first of the Edgeworth
    /// series. The bare parabola where the rest does not vary. With half its slope, `yΦ(z) + σφ(z)`.
    fn parabola(&self, y: f64) -> (f64, f64) {
        let deviation = self.deviation;
        if deviation <= 0.0 {
            return (y.max(0.0) * y.max(0.0), y.max(0.0));
        }
        let z = y / deviation;
        let (below, density) = (self.normal.cdf(z), self.normal.pdf(z));
        let squares = (y * y + deviation * deviation) * below;
        (squares + (y * deviation - self.third / (3.0 * deviation)) * density, y * below + deviation * density)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::RecoverySteps;

    /// Cells of the brute force.
    const CELLS: usize = 4_000;

    fn alone(steps: &[Range<Secs>]) -> Vec<Sampled> {
        steps.iter().map(|step| Sampled::Alone(*step)).collect()
    }

    fn triangle_cdf(range: Range<Secs>, x: f64) -> f64 {
        let (a, c, b) = (range.low.as_secs(), range.mode.as_secs(), range.high.as_secs());
        match x {
            x if x <= a => 0.0,
            x if x >= b => 1.0,
            x if x <= c => (x - a) * (x - a) / ((b - a) * (c - a)),
            x => 1.0 - (b - x) * (b - x) / ((b - a) * (b - c)),
        }
    }

    /// The quantile by convolving the steps' distributions on a grid.
    fn convolved(steps: &[Range<Secs>], p: f64) -> f64 {
        let low: f64 = steps.iter().map(|step| step.low.as_secs()).sum();
        let width: f64 = steps.iter().map(|step| (step.high - step.low).as_secs()).sum();
        let cell = width / CELLS as f64;
        let mut sum = vec![1.0];
        for step in steps {
            let width = (step.high - step.low).as_secs();
            let spread = (0..CELLS).find(|k| *k as f64 * cell >= width).unwrap_or(CELLS) + 1;
            // Cell k of a step holds what rounds to k, so that the means add up without a shift.
            let edge = |k: usize| triangle_cdf(*step, step.low.as_secs() + (k as f64 - 0.5) * cell);
            let mass: Vec<f64> = (0..=spread).map(|k| edge(k + 1) - edge(k)).collect();
            let mut next = vec![0.0; sum.len() + spread];
            for (i, share) in sum.iter().enumerate() {
                for (k, mass) in mass.iter().enumerate() {
                    next[i + k] += share * mass;
                }
            }
            sum = next;
        }
        let mut reached = 0.0;
        let cells = sum.iter().take_while(|share| {
            reached += **share;
            reached < p
        });
        low + cells.count() as f64 * cell
    }

    fn check(steps: &[Range<Secs>]) {
        for p in [0.5, 0.95] {
            let (closed, brute) = (quantile(&alone(steps), p).as_secs(), convolved(steps, p));
            let error = closed / brute - 1.0;
            assert!(error.abs() < 0.01, "P{}: {closed:.1} s against {brute:.1} s, {error:+.4}: {steps:?}", p * 100.0);
        }
    }

    #[test]
    fn default_chains_agree_with_the_convolution() {
        let r = RecoverySteps::default();
        check(&[r.detect, r.decide, r.geo_failover, r.dns, r.reconnect, r.keys, r.warm_up, r.validate]);
        check(&[r.detect, r.decide, r.unlink, r.repoint, r.reconnect, r.keys, r.validate]);
        check(&[r.geo_failover, r.dns, r.reconnect, r.keys, r.validate]);
        check(&[r.client_detect, r.redirect, r.reconnect, r.keys]);
        check(&[r.client_detect, r.redirect, r.reconnect]);
        check(&[r.detect, r.decide, r.create, r.repoint, r.reconnect, r.validate]);
    }

    /// Where one step outweighs the rest, or is all there is.
    #[test]
    fn lopsided_chains_agree_with_the_convolution() {
        let r = RecoverySteps::default();
        check(&[r.reconnect]);
        check(&[r.client_detect, r.reconnect]);
        check(&[r.reconnect, r.reconnect]);
        check(&[r.reconnect, r.reconnect, r.reconnect]);
        let at = |low, mode, high| Range::new(Secs::secs(low), Secs::secs(mode), Secs::secs(high));
        check(&[at(60.0, 60.0, 3_600.0), at(60.0, 120.0, 120.0), Range::exactly(Secs::mins(1.0))]);
    }

    /// Mean and variance against statrs; the third moment of a right triangle of width 1 is 1/135.
    #[test]
    fn moments_agree_with_the_library() {
        use statrs::distribution::Triangular;
        use statrs::statistics::Distribution;
        for (low, mode, high) in [(2.0, 5.0, 15.0), (0.0, 0.0, 1.0), (1.0, 9.0, 9.0)] {
            let moments = Moments::of(Range::new(Secs::secs(low), Secs::secs(mode), Secs::secs(high)));
            let library = Triangular::new(low, high, mode).unwrap();
            assert!((moments.mean - library.mean().unwrap()).abs() < 1e-12);
            assert!((moments.variance - library.variance().unwrap()).abs() < 1e-12);
            assert!((moments.third - library.skewness().unwrap() * library.variance().unwrap().powf(1.5)).abs() < 1e-9);
        }
    }

    #[test]
    fn steps_without_spread_add_up() {
        let steps = [Range::exactly(Secs::secs(5.0)), Range::exactly(Secs::secs(7.5))];
        assert_eq!(quantile(&alone(&steps), 0.5), Secs::secs(12.5));
        assert_eq!(quantile(&alone(&steps), 0.95), Secs::secs(12.5));
        assert_eq!(quantile(&[], 0.5), Secs::ZERO);
        assert_eq!(quantile(&alone(&[Range::exactly(Secs::ZERO)]), 0.95), Secs::ZERO);
    }
}
