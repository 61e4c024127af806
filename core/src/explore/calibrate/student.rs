//! Quantiles of Student's t.

/// The 97.5 % quantile, and so half of a 95 % interval in standard errors; infinite without a degree of freedom.
///
/// Exact for one and two degrees; Hill's expansion otherwise (Algorithm 396, CACM 13, 1970), good to five figures. Through
/// `libm`, so that every machine gives the same bytes.
#[expect(clippy::many_single_char_names, reason = "the names of the published algorithm")]
pub(super) fn t_975(degrees: usize) -> f64 {
    const TAIL: f64 = 0.05;
    const NORMAL: f64 = -1.959_963_984_540_054;
    let n = degrees as f64;
    match degrees {
        0 => return f64::INFINITY,
        1 => return 1.0 / libm::tan(TAIL * std::f64::consts::FRAC_PI_2),
        2 => return libm::sqrt(2.0 / (TAIL * (2.0 - TAIL)) - 2.0),
        _ => {}
    }
    let a = 1.0 / (n - 0.5);
    let b = (48.0 / a) / a;
    let c = ((20_700.0 * a / b - 98.0) * a - 16.0) * a + 96.36;
    let d = ((94.5 / (b + c) - 3.0) / b + 1.0) * libm::sqrt(a * std::f64::consts::FRAC_PI_2) * n;
    let y = libm::pow(d * TAIL, 2.0 / n);
    let y = if y > 0.05 + a {
        let x = NORMAL;
        let c = if degrees < 5 { c + 0.3 * (n - 4.5) * (x + 0.6) } else { c };
        let c = (((0.05 * d * x - 5.0) * x - 7.0) * x - 2.0) * x + b + c;
        let square = x * x;
        let y = (((((0.4 * square + 6.3) * square + 36.0) * square + 94.5) / c - square - 3.0) / b + 1.0) * x;
        libm::expm1(a * y * y)
    } else {
        let inner = 1.0 / (((n + 6.0) / (n * y) - 0.089 * d - 0.822) * (n + 2.0) * 3.0) + 0.5 / (n + 4.0);
        (inner * y - 1.0) * (n + 1.0) / (n + 2.0) + 1.0 / y
    };
    libm::sqrt(n * y)
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
            assert!((t_975(degrees) - t).abs() < 1e-3, "{degrees}: {}", t_975(degrees));
        }
        assert!(t_975(0).is_infinite() && (t_975(1_000_000) - 1.96).abs() < 1e-4);
    }
}
