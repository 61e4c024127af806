//! The digits of one figure and what separates them.
//!
//! A figure is read only where it can mean one thing; anything else is refused with what it can mean, because a separator that
//! is taken for the other kind changes a figure a thousandfold.
//!
//! - A point is a decimal point. Exactly three digits after it may as well be a group ("5.000"), so they are refused unless a
//!   0 or more than three digits without groups stand before it ("0.125", "1234.567"). Several points are refused.
//! - A comma, a space of any width, an apostrophe or an underscore groups: one to three digits that do not begin with 0, then
//!   exactly three in every group, one kind of separator in a figure ("18,000", "1 234 567").
//! - One comma is a decimal comma only where nothing else can be meant: after a lone 0 ("0,5", "0,25", not "0,125"), or before
//!   a single digit that is not 0 ("1,5"). "12,0" and "5,0000" are left overs of "12,000" and "5,000", and refused.
//! - A whole part does not begin with a needless 0 ("0125" is "0.125" without its point).
//! - An exponent has a sign ("1e+3"): one letter among digits must not move a figure by powers of ten.
//!
//! In prices of a unit, which are small and have many decimals, a point is always a decimal point, and one comma before three
//! digits is refused.

use super::float;

/// Why digits are no figure.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is no number.
    None,
    /// They can mean these, each a text that is read.
    Unclear(Vec<String>),
}

/// What is between groups and never before decimals.
pub(super) const fn is_quiet(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '_')
}

/// Reads one figure, infinite beyond the range of f64; `price` for the price of a unit.
pub(super) fn figure(text: &str, price: bool) -> Result<f64, Fault> {
    let (sign, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = rest.find(['e', 'E']).map_or((rest, ""), |at| rest.split_at(at));
    let plain = mantissa_of(mantissa, price).map_err(|fault| signed(fault, sign))?;
    let value = float(&format!("{sign}{plain}{exponent}")).ok_or(Fault::None)?;
    if exponent.is_empty() || exponent[1..].starts_with(['-', '+']) || !value.is_finite() {
        return Ok(value);
    }
    match value.abs() {
        // Nobody means it: it is too large whatever is meant.
        large if large >= 1e15 => Ok(f64::INFINITY),
        small if small > 0.0 && small < 1e-9 => Err(Fault::None),
        _ => Err(Fault::Unclear(vec![format!("{value}")])),
    }
}

fn signed(fault: Fault, sign: &str) -> Fault {
    match fault {
        Fault::Unclear(readings) => {
            Fault::Unclear(readings.into_iter().map(|reading| format!("{sign}{reading}")).collect())
        }
        Fault::None => Fault::None,
    }
}

/// Digits with one point at most: "18000", "0.5".
fn mantissa_of(text: &str, price: bool) -> Result<String, Fault> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) || text.ends_with(is_quiet) || text.starts_with(is_quiet) {
        return Err(Fault::None);
    }
    match text.split_once('.') {
        Some((_, rest)) if rest.contains('.') => {
            Err(groups(text).map_or(Fault::None, |digits| Fault::Unclear(vec![digits])))
        }
        Some((whole, decimals)) if decimals.contains(',') => Err(european(whole, decimals)),
        Some((_, decimals)) if !all_digits(decimals) => Err(Fault::None),
        Some((whole, decimals)) => pointed(whole, decimals, price),
        None => unpointed(text, price),
    }
}

/// Groups, and the decimals after a point.
fn pointed(whole: &str, decimals: &str, price: bool) -> Result<String, Fault> {
    let grouped = !all_digits(whole);
    let digits = if grouped { groups(whole).ok_or_else(|| joined_only(whole))? } else { whole.to_owned() };
    if digits.len() > 1 && digits.starts_with('0') {
        return Err(Fault::Unclear(vec![decimal(digits.trim_start_matches('0'), decimals)]));
    }
    let may_group = grouped || ((1..=3).contains(&digits.len()) && digits != "0");
    if may_group && decimals.len() == 3 && !price {
        return Err(two(&digits, decimals));
    }
    Ok(format!("{digits}.{decimals}"))
}

/// A whole number, grouped or not, or one with a decimal comma.
fn unpointed(text: &str, price: bool) -> Result<String, Fault> {
    if all_digits(text) {
        return whole_number(text);
    }
    let one_comma = text.split_once(',').filter(|(_, after)| all_digits(after));
    if let Some(digits) = groups(text).filter(|_| !(price && one_comma.is_some())) {
        return Ok(digits);
    }
    let Some((before, after)) = one_comma else { return Err(joined_only(text)) };
    let whole = if all_digits(before) { Some(before.to_owned()) } else { groups(before) };
    let Some(whole) = whole else { return Err(joined_only(text)) };
    let only_decimal = match whole.as_str() {
        "0" => !after.is_empty() && (after.len() != 3 || price || after == "000"),
        whole => after.len() == 1 && after != "0" && !whole.is_empty() && !whole.starts_with('0'),
    };
    match (only_decimal, after.is_empty()) {
        (true, _) => Ok(format!("{whole}.{after}")),
        (false, true) => Err(joined_only(&whole)),
        (false, false) => Err(two(&whole, after)),
    }
}

/// Without a needless 0 before it: nothing but zeros is 0.
fn whole_number(digits: &str) -> Result<String, Fault> {
    let rest = digits.trim_start_matches('0');
    if digits.len() > 1 && digits.starts_with('0') && !rest.is_empty() {
        return Err(Fault::Unclear(vec![rest.to_owned(), decimal("0", &digits[1..])]));
    }
    Ok(digits.to_owned())
}

/// The digits of "18,000" or "1 234 567"; `None` where they are not in threes or of one kind.
fn groups(text: &str) -> Option<String> {
    let separator = text.chars().find(|character| !character.is_ascii_digit())?;
    let mut parts = text.split(separator);
    let first = parts.next().filter(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'))?;
    let mut digits = String::from(first);
    for part in parts {
        if part.len() != 3 {
            return None;
        }
        digits.push_str(part);
    }
    all_digits(&digits).then_some(digits)
}

/// "1.234,5": what it means where a comma is the decimal sign.
fn european(whole: &str, rest: &str) -> Fault {
    let Some((last, decimals)) = rest.split_once(',') else { return Fault::None };
    match groups(&format!("{whole}.{last}")) {
        Some(digits) if all_digits(decimals) => Fault::Unclear(vec![decimal(&digits, decimals)]),
        _ => Fault::None,
    }
}

/// What the digits mean when all separators go, where every separator stands between digits.
fn joined_only(text: &str) -> Fault {
    let mut digits = String::new();
    for part in text.split(|character: char| character == '.' || character == ',' || is_quiet(character)) {
        if part.is_empty() || !all_digits(part) {
            return Fault::None;
        }
        digits.push_str(part);
    }
    let digits = digits.trim_start_matches('0');
    Fault::Unclear(vec![if digits.is_empty() { "0" } else { digits }.to_owned()])
}

/// Both readings of one separator.
fn two(whole: &str, decimals: &str) -> Fault {
    let joined = format!("{whole}{decimals}");
    let joined = joined.trim_start_matches('0');
    Fault::Unclear(vec![if joined.is_empty() { "0" } else { joined }.to_owned(), decimal(whole, decimals)])
}

/// A decimal figure so that it can be read: no needless zeros, and never three digits after the point where they may be a group.
pub(super) fn decimal(whole: &str, decimals: &str) -> String {
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let decimals = decimals.trim_end_matches('0');
    let filled = match decimals.len() {
        0 => "0".to_owned(),
        3 if whole != "0" && whole.len() <= 3 => format!("{decimals}0"),
        _ => decimals.to_owned(),
    };
    format!("{whole}.{filled}")
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_meaning_is_read() {
        let cases = [
            ("5000", 5_000.0),
            ("18,000", 18_000.0),
            ("1,234,567.25", 1_234_567.25),
            ("18 000", 18_000.0),
            ("1\u{202f}234\u{202f}567", 1_234_567.0),
            ("1'234'567", 1_234_567.0),
            ("0,5", 0.5),
            ("0,25", 0.25),
            ("1,5", 1.5),
            ("1 234,5", 1_234.5),
            ("0.125", 0.125),
            ("1234.567", 1_234.567),
            ("1.2340", 1.234),
            ("5.", 5.0),
            (".5", 0.5),
            ("0", 0.0),
            ("000", 0.0),
            ("-5", -5.0),
            ("−0.5", -0.5),
            ("1e+3", 1_000.0),
            ("2.5E-3", 0.002_5),
        ];
        for (text, value) in cases {
            assert_eq!(figure(text, false), Ok(value), "{text}");
        }
    }

    /// What each can mean; every meaning is a text that is read.
    #[test]
    fn two_meanings_or_a_broken_group_are_refused() {
        let cases: [(&str, &[&str]); 19] = [
            ("5,0000", &["50000", "5.0"]),
            ("12,0", &["120", "12.0"]),
            ("12,00", &["1200", "12.0"]),
            ("1,2345", &["12345", "1.2345"]),
            ("1234,567", &["1234567", "1234.567"]),
            ("0,500", &["500", "0.5"]),
            ("5.000", &["5000", "5.0"]),
            ("1.234", &["1234", "1.2340"]),
            ("1,234.567", &["1234567", "1234.567"]),
            ("1.000.000", &["1000000"]),
            ("1.234.567", &["1234567"]),
            ("1.234,5", &["1234.5"]),
            ("1,23,456", &["123456"]),
            ("5 00", &["500"]),
            ("1 234,567", &["1234567", "1234.567"]),
            ("0125", &["125", "0.125"]),
            ("5,", &["5"]),
            ("1e3", &["1000"]),
            ("-5,0000", &["-50000", "-5.0"]),
        ];
        for (text, readings) in cases {
            let expected: Vec<String> = readings.iter().map(|&reading| reading.to_owned()).collect();
            assert_eq!(figure(text, false), Err(Fault::Unclear(expected)), "{text}");
            for reading in readings {
                assert!(figure(reading, false).is_ok(), "{text}: {reading}");
            }
        }
    }

    #[test]
    fn anything_else_is_no_number() {
        for text in ["", "-", ".", ",", "--5", "1,,5", "5, 000", "12. 5", "1.5,x", "1e", "1.2.3", " 5"] {
            assert!(matches!(figure(text, false), Err(Fault::None)), "{text}: {:?}", figure(text, false));
        }
    }

    /// Azure prints hourly prices with three decimals.
    #[test]
    fn a_price_has_decimals_and_no_groups() {
        for (text, value) in [("1.108", 1.108), ("0.554", 0.554), ("0,554", 0.554), ("1.5", 1.5), ("12", 12.0)] {
            assert_eq!(figure(text, true), Ok(value), "{text}");
        }
        assert_eq!(figure("1,108", true), Err(Fault::Unclear(vec!["1108".to_owned(), "1.1080".to_owned()])));
    }
}
