//! Where a distribution function reaches a share.

/// Most evaluations of one search; a smooth function takes about six.
const EVALUATIONS: usize = 60;
/// Half of the first bracket, in standard deviations.
const NEAR: f64 = 0.3;

/// Where a quantile probably lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    pub(super) at: f64,
    pub(super) deviation: f64,
}

impl Guess {
    /// Where a function that rises from below 0 to above 0 between the ends is 0, to a tenth of a microsecond.
    ///
    /// Regula falsi, Illinois: the end that stays twice is believed half as much. It begins about the guess, at the ends where
    /// the guess is wrong; where the function jumps, halving goes on in between. Figures that are none give one that is none.
    pub(super) fn solve(self, ends: (f64, f64), error: impl Fn(f64) -> f64) -> f64 {
        let about = |side: f64| (self.at + side * NEAR * self.deviation).max(ends.0).min(ends.1);
        let mut low = (about(-1.0), error(about(-1.0)));
        let mut high = (about(1.0), error(about(1.0)));
        if low.1 > 0.0 {
            (low, high) = ((ends.0, error(ends.0)), low);
        }
        if high.1 < 0.0 {
            (low, high) = (high, (ends.1, error(ends.1)));
        }
        let mut stayed = None;
        for round in 0..EVALUATIONS {
            if high.0 - low.0 < 1e-7 || high.1 <= low.1 {
                break;
            }
            let falsi = (low.0 * high.1 - high.0 * low.1) / (high.1 - low.1);
            let middle = if round % 8 == 7 { f64::midpoint(low.0, high.0) } else { falsi };
            let off = error(middle);
            if libm::fabs(off) < 1e-11 {
                return middle;
            }
            let above = off > 0.0;
            if above {
                high = (middle, off);
            } else {
                low = (middle, off);
            }
            if stayed == Some(above) {
                if above { low.1 /= 2.0 } else { high.1 /= 2.0 }
            }
            stayed = Some(above);
        }
        high.0
    }
}
