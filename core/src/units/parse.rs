//! Reading what a person types into a quantity field: "26 GB", "5k/s", "1,5", "4 h 30 min".
//!
//! The rule for the digits stands in [`super::figure`]; the one for units is [`read`]'s. Two laws hold over every field of a
//! plan (`plan::typing_laws`): what the page writes reads back as itself, and one character more, less or other in it means what
//! that character plainly says, or is refused with a sentence.

use super::Currency;
use super::figure::{Fault, figure, is_quiet};
use crate::units::quote::short;
use crate::units::{SECS_PER_DAY, SECS_PER_HOUR};
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
    /// The figure can mean more than one, or is not written as figures are here: the text, and what it can mean.
    Unclear(String, Vec<String>),
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
            Self::Unclear(text, readings) => match readings.as_slice() {
                [one] => write!(out, "“{}” is not how a figure is written here: enter {one}", short(text)),
                several => {
                    write!(out, "“{}” can mean {}: enter the one that is meant", short(text), several.join(" or "))
                }
            },
            Self::Unit(unit) => write!(out, "the unit “{}” is not known here", short(unit)),
            Self::Dollars(text, currency) => {
                write!(out, "“{}” is in US dollars and amounts are in {currency} here", short(text))
            }
            Self::TooLarge => out.write_str("the number is too large"),
        }
    }
}

impl std::error::Error for ReadError {}

/// Spellings of units with their size in base units; the first of each size is shown.
type Units = &'static [(&'static str, f64)];

const DATA: Units = &[
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
];
const DATA_RATES: Units = &[
    ("B/s", 1.0),
    ("kB/s", 1e3),
    ("MB/s", 1e6),
    ("GB/s", 1e9),
    ("TB/s", 1e12),
    ("kbit/s", 125.0),
    ("Mbit/s", 125_000.0),
    ("Gbit/s", 125_000_000.0),
    ("kBps", 1e3),
    ("MBps", 1e6),
    ("GBps", 1e9),
    ("kbps", 125.0),
    ("Mbps", 125_000.0),
    ("Gbps", 125_000_000.0),
];
const RATES: Units = &[
    ("/s", 1.0),
    ("k/s", 1e3),
    ("M/s", 1e6),
    ("/min", 1.0 / 60.0),
    ("/h", 1.0 / SECS_PER_HOUR),
    ("k", 1e3),
    ("M", 1e6),
    ("ops/s", 1.0),
];
const TIMES: Units = &[
    ("s", 1.0),
    ("ms", 1e-3),
    ("min", 60.0),
    ("h", SECS_PER_HOUR),
    ("d", SECS_PER_DAY),
    ("sec", 1.0),
    ("mins", 60.0),
    ("minutes", 60.0),
    ("hours", SECS_PER_HOUR),
    ("hour", SECS_PER_HOUR),
    ("days", SECS_PER_DAY),
    ("day", SECS_PER_DAY),
    ("seconds", 1.0),
];
const SHARES: Units = &[("%", 0.01), ("percent", 0.01), ("% a year", 0.01)];
const FACTORS: Units = &[("×", 1.0), ("x", 1.0), ("", 1.0), ("a day", 1.0), ("a year", 1.0)];
const COUNTS: Units = &[("", 1.0), ("k", 1e3), ("months", 1.0), ("a year", 1.0), ("years", 12.0)];
const MONEY: Units = &[
    ("$", 1.0),
    ("usd", 1.0),
    ("k", 1e3),
    ("$/month", 1.0),
    ("$/h", 1.0),
    ("$/year", 1.0 / 12.0),
    ("$/million", 1.0),
    ("$/GB", 1.0),
];

impl Dimension {
    /// Units that are understood, with their size in base units; the first spelling of each is shown.
    #[must_use]
    pub const fn units(self) -> &'static [(&'static str, f64)] {
        match self {
            Self::Data => DATA,
            Self::DataRate => DATA_RATES,
            Self::Rate => RATES,
            Self::Time => TIMES,
            Self::Share => SHARES,
            Self::Factor => FACTORS,
            Self::Count => COUNTS,
            Self::Money => MONEY,
        }
    }

    /// The size of a unit. Case matters only where it tells two sizes apart: "gb" is GB, "mbps" may be `MBps` or `Mbps`.
    fn scale(self, unit: &str, bare: &str) -> Option<f64> {
        let units = self.units();
        let sizes = || units.iter().filter(|(name, _)| name.eq_ignore_ascii_case(unit)).map(|(_, size)| *size);
        let size = match units.iter().find(|(name, _)| *name == unit) {
            Some((_, size)) => *size,
            None => sizes().next().filter(|first| sizes().all(|size| size.to_bits() == first.to_bits()))?,
        };
        self.is_of(&unit.to_ascii_lowercase(), bare).then_some(size)
    }

    /// True for a unit that a field with this bare one can be in: a rate of money is not one of another time, "a day" not "a
    /// year", and only months have years.
    fn is_of(self, unit: &str, bare: &str) -> bool {
        let named = |unit: &str| unit.contains('/') || unit.starts_with("a ") || unit == "months" || unit == "years";
        match self {
            Self::Money | Self::Factor | Self::Count if named(unit) => {
                unit.eq_ignore_ascii_case(bare)
                    || (unit, bare) == ("$/year", "$/month")
                    || (unit, bare) == ("years", "months")
            }
            _ => true,
        }
    }
}

/// Reads a figure in base units (bytes, seconds, a fraction …). `bare` is the unit that a number without one means.
///
/// The digits are read by the rule of [`super::figure`]. Units are read in any case where that leaves one size; a time may have
/// up to three parts, each with its unit, the larger first ("4 h 30 min"; "m" is minutes after hours only, "1h30m", because
/// alone it is one letter from "ms"). Never gives NaN or an infinite value.
pub fn read(text: &str, dimension: Dimension, bare: &str) -> Result<f64, ReadError> {
    read_as(text, dimension, bare, false)
}

fn read_as(text: &str, dimension: Dimension, bare: &str, price: bool) -> Result<f64, ReadError> {
    let text = text.trim().trim_start_matches('$').trim();
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    let none = || ReadError::NoNumber(shortened(text));
    let (mut rest, mut total, mut parts) = (text, 0.0, 0);
    let mut before = f64::INFINITY;
    while !rest.is_empty() {
        let (number, after) = split_number(rest);
        let value = figure(number, price).map_err(|fault| match fault {
            Fault::None => none(),
            Fault::Unclear(readings) => ReadError::Unclear(shortened(number), readings),
        })?;
        let (unit, after) = split_unit(after, dimension);
        rest = after.trim_start();
        parts += 1;
        let several = parts > 1 || !rest.is_empty();
        if several && (dimension != Dimension::Time || unit.is_empty() || parts > 3 || value < 0.0) {
            return Err(none());
        }
        let unit = match unit {
            "" => bare,
            "m" if dimension == Dimension::Time && before.to_bits() == SECS_PER_HOUR.to_bits() => "min",
            unit => unit,
        };
        let size = dimension.scale(unit, bare).ok_or_else(|| ReadError::Unit(shortened(unit)))?;
        if size >= before {
            return Err(none());
        }
        (total, before) = (total + value * size, size);
    }
    if total.is_finite() { Ok(total) } else { Err(ReadError::TooLarge) }
}

/// Reads an amount in a currency, as [`read`] does. Its code or sign may stand with the figure; that of US dollars is an
/// error where another currency is meant, because nothing is converted.
pub fn read_money(text: &str, bare: &str, currency: Currency) -> Result<f64, ReadError> {
    read(&in_dollars(text, currency)?, Dimension::Money, bare)
}

/// Reads the price of a unit as [`read_money`] does an amount, but for its digits: a point is always a decimal point ("1.108"),
/// and a comma before three digits is refused.
pub fn read_price(text: &str, bare: &str, currency: Currency) -> Result<f64, ReadError> {
    read_as(&in_dollars(text, currency)?, Dimension::Money, bare, true)
}

/// The units of money are written with a dollar sign for whatever currency is meant.
fn in_dollars(text: &str, currency: Currency) -> Result<String, ReadError> {
    if currency == Currency::USD {
        return Ok(text.to_owned());
    }
    if text.contains('$') || text.to_ascii_uppercase().contains(Currency::USD.code()) {
        return Err(ReadError::Dollars(shortened(text.trim()), currency));
    }
    let plain = text.replace(currency.code(), "$").replace(&currency.code().to_ascii_lowercase(), "$");
    Ok(currency.sign().map_or(plain.clone(), |sign| plain.replace(sign, "$")))
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
            'e' | 'E' => at > 0 && (followed_by_digit || matches!(next, Some('-' | '+'))),
            quiet => is_quiet(quiet) && at > 0 && followed_by_digit,
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
            ("0,25", Dimension::Time, "s", 0.25),
            ("1,234.5", Dimension::Factor, "", 1_234.5),
            ("1,234,567", Dimension::Count, "", 1_234_567.0),
            ("4 h 30 min", Dimension::Time, "s", 16_200.0),
            ("1h30min", Dimension::Time, "s", 5_400.0),
            ("82", Dimension::Time, "ms", 0.082),
            ("10 %", Dimension::Share, "%", 0.1),
            ("1e+3", Dimension::Factor, "", 1_000.0),
            ("1h30m", Dimension::Time, "s", 5_400.0),
            ("60000 $/year", Dimension::Money, "$/month", 5_000.0),
            ("5 years", Dimension::Count, "months", 60.0),
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
            ("1e+999", "the number is too large"),
            ("5,0000 GB", "“5,0000” can mean 50000 or 5.0: enter the one that is meant"),
            ("1.000.000", "“1.000.000” is not how a figure is written here: enter 1000000"),
            ("5 bananas", "the unit “bananas” is not known here"),
            ("1.2.3", "“1.2.3” is no number"),
            ("5 GB 3 MB", "the unit “GB 3 MB” is not known here"),
        ];
        for (text, message) in cases {
            let error = read(text, Dimension::Data, "GB").expect_err(text);
            assert_eq!(error.to_string(), message);
        }
    }

    /// A unit of another thing, or one letter from another size, is not taken for the field's own.
    #[test]
    fn a_unit_that_may_be_another_is_refused() {
        let cases = [
            ("5 m", Dimension::Time, "ms"),
            ("82 m5s", Dimension::Time, "ms"),
            ("4 52 min", Dimension::Time, "h"),
            ("5 min 4 h", Dimension::Time, "h"),
            ("5 mbps", Dimension::DataRate, "MB/s"),
            ("5 $/h", Dimension::Money, "$/month"),
            ("5 $/year", Dimension::Money, "$/h"),
            ("2 years", Dimension::Count, "a year"),
            ("2 a year", Dimension::Factor, "a day"),
        ];
        for (text, dimension, bare) in cases {
            assert!(read(text, dimension, bare).is_err(), "{text}: {:?}", read(text, dimension, bare));
        }
        assert_eq!(read("100 MBps", Dimension::DataRate, "MB/s"), Ok(100e6), "bytes, not bits");
    }
}
