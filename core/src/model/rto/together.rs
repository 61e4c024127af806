//! Steps of one cause: one sample places them all, so their durations are early or late together.

use super::moments::Moments;
use super::solve::{Near, solve};
use crate::stats::spread::Spread;
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// Pieces between the quantiles at which the steps are added up.
const PIECES: usize = 16;
/// Share of the distribution that is cut off at either end, where a lognormal step has none.
const CUT: f64 = 1e-4;
/// Standard deviations beyond which a normal distribution's tail is less than a float can add to 1.
const FAR: f64 = 8.5;

/// The quantiles of the steps' sum between which it is taken as evenly spread, `PIECES + 1` of them, in rising order.
pub(super) fn edges(steps: &[Spread]) -> Vec<f64> {
    let at = |share: f64| steps.iter().map(|step| step.at(share.clamp(CUT, 1.0 - CUT))).sum();
    (0..=PIECES).map(|edge| at(share(edge))).collect()
}

/// Share of the distribution below an edge: `t²(3 − 2t)`, denser at both ends, where a long tail bends most.
fn share(edge: usize) -> f64 {
    let t = edge as f64 / PIECES as f64;
    t * t * (3.0 - 2.0 * t)
}

/// Moments of the steps' sum: exact for one step, from the pieces between the quantiles for several.
pub(super) fn moments(steps: &[Spread]) -> Moments {
    if let [only] = steps {
        return Moments::of_spread(only);
    }
    let mean: f64 = steps.iter().map(Spread::mean).sum();
    let edges = edges(steps);
    // Of a piece that is evenly spread from a to b about the mean: (a² + ab + b²)/3 and (a + b)(a² + b²)/4.
    let sums = edges.windows(2).enumerate().fold((0.0, 0.0), |(variance, third), (piece, pair)| {
        let (a, b, weight) = (pair[0] - mean, pair[1] - mean, share(piece + 1) - share(piece));
        (variance + weight * (a * a + a * b + b * b) / 3.0, third + weight * (a + b) * (a * a + b * b) / 4.0)
    });
    Moments { mean, variance: sums.0, third: sums.1 }
}

/// The `p` quantile of the steps' sum plus a nearly normal rest; `guess` is near it.
///
/// Between its quantiles the sum is taken as evenly spread; the distribution function of that plus a normal rest is closed.
pub(super) fn quantile(steps: &[Spread], rest: Moments, p: f64, guess: f64) -> f64 {
    let edges = edges(steps);
    let sum = Sum { edges: &edges, rest, deviation: libm::sqrt(rest.variance), normal: Normal::standard() };
    let reach = 6.0 * sum.deviation;
    let ends = (edges[0] + rest.mean - reach, edges[PIECES] + rest.mean + reach);
    solve(guess, ends, |x| sum.near(x, p))
}

struct Sum<'a> {
    edges: &'a [f64],
    rest: Moments,
    deviation: f64,
    normal: Normal,
}

impl Sum<'_> {
    fn near(&self, x: f64, p: f64) -> Near {
        let mut far = x - self.edges[0] - self.rest.mean;
        let (mut up_to_far, mut below_far) = self.integral(far);
        let mut near = Near { off: -p, density: 0.0 };
        for (piece, edge) in self.edges[1..].iter().enumerate() {
            let close = x - edge - self.rest.mean;
            let (up_to_close, below_close) = self.integral(close);
            let (weight, width) = (share(piece + 1) - share(piece), far - close);
            if width > 1e-9 {
                near.off += weight * (up_to_far - up_to_close) / width;
                near.density += weight * (below_far - below_close) / width;
            } else {
                near.off += weight * below_close;
            }
            (far, up_to_far, below_far) = (close, up_to_close, below_close);
        }
        near
    }

    /// `∫ P(N ≤ y) dy = yΦ(z) + (σ + μ₃z/6σ²)φ(z)`, `z = y/σ`, and `Φ(z)`: the last term is the first of the Edgeworth
    /// series. Far from the middle, and where the rest does not vary, the line that it tends to.
    fn integral(&self, y: f64) -> (f64, f64) {
        if libm::fabs(y) >= FAR * self.deviation {
            return if y >= 0.0 { (y, 1.0) } else { (0.0, 0.0) };
        }
        let z = y / self.deviation;
        let skew = self.rest.third * z / (6.0 * self.rest.variance);
        let below = self.normal.cdf(z);
        (y * below + (self.deviation + skew) * self.normal.pdf(z), below)
    }
}
