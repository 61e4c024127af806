//! Where a distribution function reaches a share.

/// Most evaluations of one search; a smooth function takes about five.
const EVALUATIONS: usize = 60;

/// A distribution function at a point, less the share that is looked for, and its density there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near {
    pub(super) off: f64,
    pub(super) density: f64,
}

/// Where a function that rises from below 0 to above 0 between the ends is 0, to a tenth of a microsecond.
///
/// Newton's steps from the guess, kept inside what is known to hold the answer: a step that would leave it, and each eighth,
/// halves that instead, so that a jump or a flat stretch ends too. Figures that are none give one that is none.
pub(super) fn solve(guess: f64, ends: (f64, f64), near: impl Fn(f64) -> Near) -> f64 {
    let (mut low, mut high) = ends;
    let mut at = guess.max(low).min(high);
    for round in 1..=EVALUATIONS {
        let Near { off, density } = near(at);
        if libm::fabs(off) < 1e-11 {
            break;
        }
        if off > 0.0 {
            high = at;
        } else {
            low = at;
        }
        let step = off / density;
        let next = at - step;
        let inside = next > low && next < high && round % 8 != 0;
        at = if inside { next } else { f64::midpoint(low, high) };
        if high - low < 1e-7 || (inside && libm::fabs(step) < 1e-7) {
            break;
        }
    }
    at
}
