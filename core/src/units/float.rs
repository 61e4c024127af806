//! Text to f64 through the reader that plans use anyway: the standard library's own would bring a second table of
//! powers into the page (10 KB that no compression shrinks).

use serde_json::Value;

/// Reads a plain decimal figure, `-12.5e3`, to the nearest f64; infinite beyond the range of f64,
/// `None` for anything else.
#[must_use]
pub fn float(text: &str) -> Option<f64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && decimals.is_empty() {
        return None;
    }
    // JSON wants exactly one digit before the point where the figure is below one, and some after it.
    let whole = whole.trim_start_matches('0');
    let mut json = String::with_capacity(text.len() + 3);
    for part in [sign, if whole.is_empty() { "0" } else { whole }, ".", decimals, "0", exponent] {
        json.push_str(part);
    }
    // Space around a figure is JSON's business, not a figure's.
    if json.bytes().any(|byte| byte.is_ascii_whitespace()) {
        return None;
    }
    match serde_json::from_str::<Value>(&json) {
        Ok(value) => value.as_f64(),
        Err(error) if error.to_string().starts_with("number out of range") => {
            Some(if sign.is_empty() { f64::INFINITY } else { f64::NEG_INFINITY })
        }
        Err(_) => None,
    }
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
        /// The standard library's reader is the reference: it rounds to the nearest.
        #[test]
        fn the_nearest_f64_as_the_standard_library(value in any::<f64>().prop_filter("finite", |value| value.is_finite())) {
            prop_assert_eq!(float(&format!("{value:e}")), format!("{value:e}").parse().ok());
        }
    }
}
