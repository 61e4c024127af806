//! Text to f64.

/// Reads a plain decimal figure, `-12.5e3`, to the nearest f64; infinite beyond the range of f64, `None` for anything else: the words
/// that the standard library reads as well (`inf`, `nan`) are no figures.
#[must_use]
pub fn float(text: &str) -> Option<f64> {
    let figure = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    if figure { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_as_people_write_them() {
        let cases: [(&str, f64); 11] = [
            ("5", 5.0),
            ("+5", 5.0),
            ("-0.25", -0.25),
            (".5", 0.5),
            ("5.", 5.0),
            ("007", 7.0),
            ("1e3", 1000.0),
            ("2.5E-3", 0.0025),
            ("1e300", 1e300),
            ("1e999", f64::INFINITY),
            ("-1e999", f64::NEG_INFINITY),
        ];
        for (text, value) in cases {
            assert_eq!(float(text), Some(value), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_figure() {
        for text in ["", "-", ".", "e5", "1e", "NaN", "inf", "1.2.3", "--1", "1,5", " 1", "0x10", "1\n"] {
            assert_eq!(float(text), None, "{text:?}");
        }
    }

    proptest! {
        /// Every f64 reads back, with and without an exponent.
        #[test]
        fn what_is_written_reads_back(value in any::<f64>().prop_filter("finite", |value| value.is_finite())) {
            prop_assert_eq!(float(&format!("{value:e}")), Some(value));
            prop_assert_eq!(float(&format!("{value}")), Some(value));
        }
    }
}
