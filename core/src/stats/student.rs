//! Quantiles of Student's t.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Beyond these the quantile falls by less than 0.0003, and the library loses its digits.
const MOST_DEGREES: usize = 10_000;

/// The 97.5 % quantile, and so half of a 95 % interval in standard errors; infinite without a degree of freedom.
///
/// To six decimals: the library asks the platform for its logarithm, whose last bits differ between machines, and a fit must not.
pub(super) fn t_975(degrees: usize) -> f64 {
    let t = StudentsT::new(0.0, 1.0, degrees.min(MOST_DEGREES) as f64).map_or(f64::INFINITY, |t| t.inverse_cdf(0.975));
    libm::round(t * 1e6) / 1e6
}

#[cfg(test)]
mod tests {
    use super::t_975;

    /// NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2, to its three decimals.
    #[test]
    fn quantiles_of_the_table() {
        for (degrees, t) in [
            (1, 12.706),
            (2, 4.303),
            (3, 3.182),
            (4, 2.776),
            (5, 2.571),
            (8, 2.306),
            (10, 2.228),
            (20, 2.086),
            (30, 2.042),
            (60, 2.000),
            (100, 1.984),
        ] {
            assert!((t_975(degrees) - t).abs() < 5e-4, "{degrees}: {}", t_975(degrees));
        }
        assert!(t_975(0).is_infinite() && (t_975(1_000_000) - 1.959_964).abs() < 3e-4);
    }

    /// In closed form: `1 ÷ tan(π·0.025)` for one degree, `√(2 ÷ (0.05·1.95) − 2)` for two.
    #[test]
    fn quantiles_that_have_a_closed_form() {
        let closed = [1.0 / libm::tan(0.025 * std::f64::consts::PI), libm::sqrt(2.0 / (0.05 * 1.95) - 2.0)];
        for (degrees, t) in (1..).zip(closed) {
            assert!((t_975(degrees) - t).abs() <= 1e-6, "{degrees}: {} {t}", t_975(degrees));
        }
    }
}
