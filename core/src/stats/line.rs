//! Straight lines through points.

use super::student;

/// A straight line through points by least squares: `y = start + slope·x`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// At `x = 0`.
    pub start: f64,
    /// Per unit of x.
    pub slope: f64,
    /// Half of the start's 95 % interval.
    pub start_error: f64,
    /// Half of the slope's 95 % interval.
    pub slope_error: f64,
    /// Standard deviation of the points around the line.
    pub scatter: f64,
}

impl Line {
    /// The line through points; `None` with fewer than three, or with all at one place.
    #[must_use]
    pub fn through(points: &[(f64, f64)]) -> Option<Self> {
        let count = points.len() as f64;
        if points.len() < 3 {
            return None;
        }
        let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
        let (x, y) = (mean(|point| point.0), mean(|point| point.1));
        let square: f64 = points.iter().map(|point| (point.0 - x) * (point.0 - x)).sum();
        let product: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
        let slope = product / square;
        let start = y - slope * x;
        let rest = |point: &(f64, f64)| point.1 - start - slope * point.0;
        let scatter = libm::sqrt(points.iter().map(|point| rest(point) * rest(point)).sum::<f64>() / (count - 2.0));
        let wide = student::t_975(points.len() - 2) * scatter;
        let line = Self {
            start,
            slope,
            start_error: wide * libm::sqrt(1.0 / count + x * x / square),
            slope_error: wide / libm::sqrt(square),
            scatter,
        };
        (line.start_error.is_finite() && line.slope_error.is_finite()).then_some(line)
    }
}
