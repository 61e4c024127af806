//! Reading what a person types into a quantity field: "26 GB", "5k/s", "1,5", "4 h 30 min".

use super::{Currency, float};
use crate::text::short;
use std::fmt;

/// What a figure measures; decides which units are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// Bytes.
    Data,
    /// Bytes per second.
    DataRate,
    /// Operations per second.
    Rate,
    /// Seconds.
    Time,
    /// A share; base value 1 is 100 %.
    Share,
    /// A plain factor.
    Factor,
    /// A whole number.
    Count,
    /// Money; whose is said beside the figure.
    Money,
}

/// Why a text is no figure of its dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing was typed.
    Empty,
    /// The text holds no number where one is expected.
    NoNumber(String),
    /// The unit is not one of the dimension's.
    Unit(String),
    /// The number is too large to be one.
    TooLarge,
    /// The text names US dollars where another currency is meant.
    Dollars(String, Currency),
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("nothing is entered"),
            Self::NoNumber(text) => write!(out, "“{}” is no number", short(text)),
            Self::Unit(unit) => write!(out, "the unit “{}” is not known here", short(unit)),
            Self::Dollars(text, currency) => {
                write!(out, "“{}” is in US dollars and amounts are in {currency} here", short(text))
            }
            Self::TooLarge => out.write_str("the number is too large"),
        }
    }
}

impl std::error::Error for ReadError {}

impl Dimension {
    /// Units that are understood, in lower case, with their size in base units; the first spelling of each is shown.
    #[must_use]
    pub const fn units(self) -> &'static [(&'static str, f64)] {
        match self {
            Self::Data => &[
                ("B", 1.0),
                ("kB", 1e3),
                ("MB", 1e6),
                ("GB", 1e9),
                ("TB", 1e12),
                ("PB", 1e15),
                ("KiB", 1_024.0),
                ("MiB", 1_048_576.0),
                ("GiB", 1_073_741_824.0),
                ("TiB", 1_099_511_627_776.0),
                ("bytes", 1.0),
                ("byte", 1.0),
            ],
            Self::DataRate => &[
                ("B/s", 1.0),
                ("kB/s", 1e3),
                ("MB/s", 1e6),
                ("GB/s", 1e9),
                ("kbit/s", 125.0),
                ("Mbit/s", 125_000.0),
                ("Gbit/s", 125_000_000.0),
                ("kbps", 125.0),
                ("Mbps", 125_000.0),
                ("Gbps", 125_000_000.0),
            ],
            Self::Rate => &[
                ("/s", 1.0),
                ("k/s", 1e3),
                ("M/s", 1e6),
                ("/min", 1.0 / 60.0),
                ("/h", 1.0 / 3_600.0),
                ("k", 1e3),
                ("M", 1e6),
                ("ops/s", 1.0),
            ],
            Self::Time => &[
                ("s", 1.0),
                ("ms", 1e-3),
                ("min", 60.0),
                ("h", 3_600.0),
                ("d", 86_400.0),
                ("sec", 1.0),
                ("m", 60.0),
                ("mins", 60.0),
                ("minutes", 60.0),
                ("hours", 3_600.0),
                ("hour", 3_600.0),
                ("days", 86_400.0),
                ("day", 86_400.0),
                ("seconds", 1.0),
            ],
            Self::Share => &[("%", 0.01), ("percent", 0.01), ("% a year", 0.01)],
            Self::Factor => &[("×", 1.0), ("x", 1.0), ("", 1.0), ("a day", 1.0), ("a year", 1.0)],
            Self::Count => &[("", 1.0), ("k", 1e3), ("months", 1.0), ("a year", 1.0), ("years", 12.0)],
            Self::Money => &[
                ("$", 1.0),
                ("usd", 1.0),
                ("k", 1e3),
                ("$/month", 1.0),
                ("$/h", 1.0),
                ("$/year", 1.0 / 12.0),
                ("$/million", 1.0),
            ],
        }
    }

    fn scale(self, unit: &str) -> Option<f64> {
        let units = self.units();
        let exact = units.iter().find(|(name, _)| *name == unit);
        exact.or_else(|| units.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))).map(|(_, scale)| *scale)
    }
}

/// Reads a figure in base units (bytes, seconds, a fraction …). `bare` is the unit that a number without one means.
///
/// Accepts a comma for a point ("1,5"), commas, spaces or apostrophes between groups of three ("18,000"), an exponent,
/// units in any case, and several parts for a time ("4 h 30 min"). A lone comma before exactly three digits groups
/// them, unless the part before it is 0. Never gives NaN or an infinite value.
pub fn read(text: &str, dimension: Dimension, bare: &str) -> Result<f64, ReadError> {
    let text = text.trim().trim_start_matches('$').trim();
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut rest = text;
    let mut total = 0.0;
    let mut parts = 0;
    while !rest.is_empty() {
        let (number, after) = split_number(rest);
        let value = to_number(number).ok_or_else(|| ReadError::NoNumber(shortened(text)))?;
        let (unit, after) = split_unit(after, dimension);
        let unit = if unit.is_empty() { bare } else { unit };
        total += value * dimension.scale(unit).ok_or_else(|| ReadError::Unit(shortened(unit)))?;
        rest = after.trim_start();
        parts += 1;
        if parts > 3 || (parts > 1 && dimension != Dimension::Time) {
            return Err(ReadError::NoNumber(shortened(text)));
        }
    }
    if total.is_finite() { Ok(total) } else { Err(ReadError::TooLarge) }
}

/// Reads an amount in a currency, as [`read`] does. Its code or sign may stand with the figure; that of US dollars is an
/// error where another currency is meant, because nothing is converted.
pub fn read_money(text: &str, bare: &str, currency: Currency) -> Result<f64, ReadError> {
    if currency == Currency::USD {
        return read(text, Dimension::Money, bare);
    }
    if text.contains('$') || text.to_ascii_uppercase().contains(Currency::USD.code()) {
        return Err(ReadError::Dollars(shortened(text.trim()), currency));
    }
    // The units of money are written with a dollar sign for whatever currency is meant.
    let plain = text.replace(currency.code(), "$").replace(&currency.code().to_ascii_lowercase(), "$");
    read(&currency.sign().map_or(plain.clone(), |sign| plain.replace(sign, "$")), Dimension::Money, bare)
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(24).collect();
    if text.chars().nth(24).is_some() {
        short.push('…');
    }
    short
}

/// The leading number with its separators, and what follows it.
fn split_number(text: &str) -> (&str, &str) {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let followed_by_digit = next.is_some_and(|next| next.is_ascii_digit());
        let belongs = match character {
            '0'..='9' | '.' | ',' => true,
            '-' | '+' | '−' => at == 0 || text[..at].ends_with(['e', 'E']),
            ' ' | '\u{a0}' | '\u{202f}' | '\'' | '_' => at > 0 && followed_by_digit,
            'e' | 'E' => at > 0 && (followed_by_digit || matches!(next, Some('-' | '+'))),
            _ => false,
        };
        if !belongs {
            break;
        }
        end = at + character.len_utf8();
    }
    (&text[..end], text[end..].trim_start())
}

/// The unit up to the next number (only times have several parts), and what follows it.
fn split_unit(text: &str, dimension: Dimension) -> (&str, &str) {
    let end = match dimension {
        Dimension::Time => text.find(|character: char| character.is_ascii_digit()).unwrap_or(text.len()),
        _ => text.len(),
    };
    (text[..end].trim(), &text[end..])
}

fn to_number(text: &str) -> Option<f64> {
    let mut plain: String = text
        .chars()
        .filter(|character| !matches!(character, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '_'))
        .map(|character| if character == '−' { '-' } else { character })
        .collect();
    let commas = plain.matches(',').count();
    let points = plain.matches('.').count();
    let decimal_comma = match (commas, points) {
        (0, _) => false,
        (1, 0) => !groups_three(&plain),
        (_, 1) => commas == 1 && plain.rfind(',') > plain.find('.'),
        _ => false,
    };
    if decimal_comma {
        plain = plain.replace('.', "").replace(',', ".");
    } else {
        plain = plain.replace(',', "");
    }
    if !plain.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    float(&plain)
}

/// True for "18,000": exactly three digits after the comma and something other than 0 before it.
fn groups_three(text: &str) -> bool {
    let Some((before, after)) = text.split_once(',') else { return false };
    let whole = before.trim_start_matches(['-', '+']);
    after.len() == 3 && after.bytes().all(|byte| byte.is_ascii_digit()) && !whole.is_empty() && whole != "0"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        let cases = [
            ("26", Dimension::Data, "GB", 26e9),
            ("26 GB", Dimension::Data, "B", 26e9),
            ("26gb", Dimension::Data, "B", 26e9),
            ("1 GiB", Dimension::Data, "B", 1_073_741_824.0),
            ("5k/s", Dimension::Rate, "/s", 5_000.0),
            ("5 k", Dimension::Rate, "/s", 5_000.0),
            ("18,000", Dimension::Rate, "/s", 18_000.0),
            ("18 000/s", Dimension::Rate, "/s", 18_000.0),
            ("1,5", Dimension::Time, "s", 1.5),
            ("0,125", Dimension::Time, "s", 0.125),
            ("1.234,5", Dimension::Factor, "", 1_234.5),
            ("1,234.5", Dimension::Factor, "", 1_234.5),
            ("1,234,567", Dimension::Count, "", 1_234_567.0),
            ("4 h 30 min", Dimension::Time, "s", 16_200.0),
            ("1h30min", Dimension::Time, "s", 5_400.0),
            ("82", Dimension::Time, "ms", 0.082),
            ("10 %", Dimension::Share, "%", 0.1),
            ("1e3", Dimension::Factor, "", 1_000.0),
            ("$5,000", Dimension::Money, "$", 5_000.0),
            ("100 Mbit/s", Dimension::DataRate, "MB/s", 12.5e6),
            ("-5", Dimension::Rate, "/s", -5.0),
            ("−5", Dimension::Rate, "/s", -5.0),
        ];
        for (text, dimension, bare, expected) in cases {
            let got = read(text, dimension, bare).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert!((got - expected).abs() <= expected.abs() * 1e-12, "{text}: {got}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            ("", "nothing is entered"),
            ("   ", "nothing is entered"),
            ("many", "“many” is no number"),
            ("NaN", "“NaN” is no number"),
            ("inf", "“inf” is no number"),
            ("--5", "“--5” is no number"),
            ("1e999", "the number is too large"),
            ("5 bananas", "the unit “bananas” is not known here"),
            ("1.2.3", "“1.2.3” is no number"),
            ("5 GB 3 MB", "the unit “GB 3 MB” is not known here"),
        ];
        for (text, message) in cases {
            let error = read(text, Dimension::Data, "GB").expect_err(text);
            assert_eq!(error.to_string(), message);
        }
    }
}
