//! Numbers as text: the one place that rounds, so that cards, tables, charts and exports say the same figure.
//!
//! English, a thin set of rules: three significant figures for quantities, two units for durations, thousands with
//! commas, a no-break space between figure and unit.

use crate::units::SECS_PER_HOUR;
use crate::units::{
    Bytes, BytesPerSec, Currency, Money, OpsPerSec, Range, Ratio, SECS_PER_DAY, SECS_PER_YEAR, Secs, UnitPrice,
};
use rust_decimal::{Decimal, RoundingStrategy};
use std::borrow::Borrow;

/// What stands where there is no figure.
pub const NONE: &str = "–";

/// No-break space, so that a figure and its unit stay on one line.
const GAP: char = '\u{a0}';

/// A name or a label inside a sentence: "detect" of "Detect", "active group of B10"; "CRDT factor" and "E10" as they are.
#[must_use]
pub fn in_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if letters.as_str().starts_with(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

/// Whole units of the currency: "$3,412", "€3,412", "CHF 3,412"; cents below ten: "$0.40".
///
/// The currency is the catalogue's ([`crate::catalog::Catalog::currency`]), which a bill carries with it.
#[must_use]
pub fn money(amount: Money, currency: Currency) -> String {
    if amount.is_too_large() { TOO_LARGE.to_owned() } else { signed(whole(amount), currency) }
}

/// What is printed for [`Money::TOO_LARGE`].
pub const TOO_LARGE: &str = "too large to be added";

/// The figure that [`money`] prints: whole units, cents below ten.
#[must_use]
pub fn whole(amount: Money) -> Decimal {
    if amount.as_decimal().abs() < Decimal::TEN && amount != Money::ZERO {
        return amount.to_cents();
    }
    amount.as_decimal().round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

/// What is said of figures that do not add up as they are printed.
pub const ROUNDED: &str = "Totals may differ by rounding.";

/// [`ROUNDED`] where parts, each as `printed` rounds it, do not add up to the total as it rounds that; `None` where they do.
/// `printed` is [`whole`] or [`Money::to_cents`].
#[must_use]
pub fn rounding(
    parts: impl IntoIterator<Item = Money>,
    total: Money,
    printed: fn(Money) -> Decimal,
) -> Option<&'static str> {
    let sum: Money = parts.into_iter().map(|part| Money::new(printed(part))).sum();
    // What is too large to be added is said in its own place.
    (!sum.is_too_large() && !total.is_too_large() && sum.as_decimal() != printed(total)).then_some(ROUNDED)
}

/// With cents: "$1,083.32", "CHF 1,083.32".
#[must_use]
pub fn money_cents(amount: Money, currency: Currency) -> String {
    if amount.is_too_large() { TOO_LARGE.to_owned() } else { signed(amount.to_cents(), currency) }
}

/// A unit price with all its digits, at least two after the point: "$0.2475", "$0.10".
#[must_use]
pub fn price(price: UnitPrice, currency: Currency) -> String {
    let mut digits = price.as_decimal().normalize();
    digits.rescale(digits.scale().max(2));
    signed(digits, currency)
}

/// [`money`] in US dollars.
#[must_use]
pub fn usd(amount: Money) -> String {
    money(amount, Currency::USD)
}

/// [`money_cents`] in US dollars.
#[must_use]
pub fn usd_cents(amount: Money) -> String {
    money_cents(amount, Currency::USD)
}

/// [`price`] in US dollars.
#[must_use]
pub fn unit_price(amount: UnitPrice) -> String {
    price(amount, Currency::USD)
}

/// What stands before a figure: the sign, or the code and a gap.
#[must_use]
pub fn currency_mark(currency: Currency) -> String {
    currency.sign().map_or_else(|| format!("{currency}{GAP}"), str::to_owned)
}

fn signed(amount: Decimal, currency: Currency) -> String {
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "−" } else { "" };
    let text = amount.abs().to_string();
    let (whole, cents) =
        text.split_once('.').map_or((text.as_str(), String::new()), |(whole, cents)| (whole, format!(".{cents}")));
    format!("{sign}{}{}{cents}", currency_mark(currency), grouped(whole))
}

/// A bill's quantity: up to three decimals, thousands with commas, no trailing zeros: "1,460", "13.5".
#[must_use]
pub fn quantity(quantity: Decimal) -> String {
    let text = quantity.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero).normalize().to_string();
    match text.split_once('.') {
        Some((whole, decimals)) => format!("{}.{decimals}", grouped(whole)),
        None => grouped(&text),
    }
}

/// A count with commas: "18,000"; with an exponent where no one counts digits: "1.00e300".
#[must_use]
pub fn count(number: f64) -> String {
    if !number.is_finite() {
        return "∞".to_owned();
    }
    if number.abs() >= 1e15 {
        return format!("{number:.2e}");
    }
    let rounded = format!("{:.0}", number.abs());
    let sign = if number <= -0.5 { "−" } else { "" };
    format!("{sign}{}", grouped(&rounded))
}

/// Every digit for a spreadsheet: "3412.0625", "-0.5", "0"; no thousands, no exponent, no zeros at the end.
#[must_use]
pub fn exact(number: Decimal) -> String {
    match number {
        number if number == Decimal::MAX => TOO_LARGE.to_owned(),
        number if number.is_zero() => "0".to_owned(),
        number => number.normalize().to_string(),
    }
}

fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("−", rest));
    let mut text = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A large count in its own power of a thousand: "17.5 M", "850 k".
#[must_use]
pub fn large(number: f64) -> String {
    scaled(number, &[(1.0, ""), (1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T")]).trim_end().to_owned()
}

/// Three significant figures without trailing zeros: "9.6", "124", "0.0125"; whole numbers above a thousand.
#[must_use]
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "∞".to_owned();
    }
    let magnitude = value.abs();
    if magnitude >= 999.5 {
        return count(value);
    }
    let decimals = match magnitude {
        m if m >= 99.95 => 0,
        m if m >= 9.995 => 1,
        m if m >= 0.9995 => 2,
        m if m >= 0.09995 => 3,
        m if m < 5e-5 => 0,
        _ => 4,
    };
    let text = format!("{magnitude:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let sign = if value < 0.0 && text != "0" { "−" } else { "" };
    format!("{sign}{text}")
}

fn scaled(value: f64, steps: &[(f64, &str)]) -> String {
    let rounded_up = value.abs() * 1.0005;
    let (scale, unit) =
        steps.iter().rev().find(|(scale, _)| rounded_up >= *scale).or(steps.first()).copied().unwrap_or((1.0, ""));
    format!("{}{GAP}{unit}", number(value / scale))
}

/// "26 GB", "900 B", "13.5 TB"; powers of ten.
#[must_use]
pub fn bytes(amount: Bytes) -> String {
    scaled(amount.as_bytes(), &[(1.0, "B"), (1e3, "kB"), (1e6, "MB"), (1e9, "GB"), (1e12, "TB"), (1e15, "PB")])
}

/// "6.18 MB/s".
#[must_use]
pub fn rate(rate: BytesPerSec) -> String {
    scaled(rate.as_bytes_per_s(), &[(1.0, "B/s"), (1e3, "kB/s"), (1e6, "MB/s"), (1e9, "GB/s"), (1e12, "TB/s")])
}

/// "18,000/s".
#[must_use]
pub fn ops(rate: OpsPerSec) -> String {
    let rate = rate.as_per_s();
    if rate.abs() < 10.0 { format!("{}/s", number(rate)) } else { format!("{}/s", count(rate)) }
}

/// "62 %", "98.6 %", "0.4 %".
#[must_use]
pub fn percent(ratio: Ratio) -> String {
    let percent = ratio.as_percent();
    let text = if percent.abs() >= 99.95 && percent.abs() < 1e4 {
        number(percent.round())
    } else {
        number((percent * 10.0).round() / 10.0)
    };
    format!("{text}{GAP}%")
}

/// A number of things in words: "1 node", "2 nodes", "0 nodes".
#[must_use]
pub fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{} {noun}s", count(number as f64)) }
}

/// "the other" of one, "the others".
#[must_use]
pub const fn others(number: usize) -> &'static str {
    if number == 1 { "the other" } else { "the others" }
}

/// "A", "A and B", "A, B and C"; empty without names.
#[must_use]
pub fn listed<S: Borrow<str>>(names: &[S]) -> String {
    match names {
        [] => String::new(),
        [only] => only.borrow().to_owned(),
        [first @ .., last] => [&first.join(", "), " and ", last.borrow()].concat(),
    }
}

/// A duration in its two largest units: "4 h 52 min", "38 s", "82 ms", "3 d 4 h". Infinite is "for ever".
#[must_use]
pub fn duration(time: Secs) -> String {
    let secs = time.as_secs();
    if !secs.is_finite() {
        return "for ever".to_owned();
    }
    match secs.abs() {
        // What rounds to nothing is nothing.
        s if s < 5e-5 => format!("0{GAP}s"),
        s if s < 0.9995 => format!("{}{GAP}ms", number(millis_rounded(secs * 1e3))),
        s if s < 9.95 => format!("{}{GAP}s", number((secs * 10.0).round() / 10.0)),
        s if s < 99.5 => format!("{secs:.0}{GAP}s"),
        s if s < 59.5 * 60.0 => one_or_two(secs, 60.0, "min", 1.0, "s", 10.0),
        s if s < 47.5 * SECS_PER_HOUR => one_or_two(secs, SECS_PER_HOUR, "h", 60.0, "min", f64::INFINITY),
        s if s < SECS_PER_YEAR => one_or_two(secs, SECS_PER_DAY, "d", SECS_PER_HOUR, "h", 14.0),
        _ => format!("{}{GAP}years", number(secs / SECS_PER_YEAR)),
    }
}

fn millis_rounded(millis: f64) -> f64 {
    if millis >= 10.0 { millis.round() } else { (millis * 10.0).round() / 10.0 }
}

/// `large` and the rest in `small`; from `coarse_from` large units on, the rest is rounded away.
fn one_or_two(secs: f64, large: f64, large_unit: &str, small: f64, small_unit: &str, coarse_from: f64) -> String {
    if secs / large >= coarse_from {
        return format!("{:.0}{GAP}{large_unit}", secs / large);
    }
    let smalls = (secs / small).round();
    let per_large = large / small;
    let (larges, rest) = ((smalls / per_large).floor(), smalls % per_large);
    if rest < 0.5 {
        format!("{larges:.0}{GAP}{large_unit}")
    } else {
        format!("{larges:.0}{GAP}{large_unit} {rest:.0}{GAP}{small_unit}")
    }
}

/// Hours, minutes and whole seconds, cut: "00:52:10", "26:00:00". An event is never shown later than it is.
#[must_use]
pub fn clock(time: Secs) -> String {
    let secs = libm::floor(time.as_secs());
    let (hours, rest) = (libm::floor(secs / SECS_PER_HOUR), secs % SECS_PER_HOUR);
    format!("{hours:02}:{:02}:{:02}", libm::floor(rest / 60.0), libm::floor(rest % 60.0))
}

/// A duration or a word for its absence.
#[must_use]
pub fn duration_or(time: Option<Secs>, absent: &str) -> String {
    time.map_or_else(|| absent.to_owned(), duration)
}

/// "5 min – 10 min"; one figure when the ends print alike.
#[must_use]
pub fn duration_range(range: Range<Secs>) -> String {
    let (low, high) = (duration(range.low), duration(range.high));
    if low == high { low } else { format!("{low} – {high}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        text.replace(GAP, " ")
    }

    #[test]
    fn one_thing_and_more() {
        for (number, said) in [(0, "0 nodes"), (1, "1 node"), (2, "2 nodes"), (12_000, "12,000 nodes")] {
            assert_eq!(counted(number, "node"), said);
        }
    }

    #[test]
    fn names_in_a_row() {
        let cases: [(&[&str], &str); 4] =
            [(&[], ""), (&["A"], "A"), (&["A", "B"], "A and B"), (&["A", "B", "C"], "A, B and C")];
        for (names, said) in cases {
            assert_eq!(listed(names), said);
        }
    }

    #[test]
    fn durations() {
        let cases = [
            (0.0, "0 s"),
            (0.000_4, "0.4 ms"),
            (0.082, "82 ms"),
            (0.999_9, "1 s"),
            (1.0, "1 s"),
            (38.2, "38 s"),
            (99.6, "1 min 40 s"),
            (300.0, "5 min"),
            (545.0, "9 min 5 s"),
            (601.0, "10 min"),
            (3_599.0, "1 h"),
            (17_520.0, "4 h 52 min"),
            (172_800.0, "2 d"),
            (f64::INFINITY, "for ever"),
        ];
        for (secs, text) in cases {
            assert_eq!(plain(&duration(Secs::secs(secs))), text, "{secs}");
        }
    }

    #[test]
    fn money_and_sizes() {
        let cases =
            [("3412.16", "$3,412"), ("0.4", "$0.40"), ("0", "$0"), ("-1018", "−$1,018"), ("1234567.5", "$1,234,568")];
        for (amount, text) in cases {
            assert_eq!(usd(Money::new(amount.parse().expect("a decimal"))), text);
        }
        let in_currency = |code| money(Money::whole(-1_018), Currency::new(code).expect("a currency"));
        assert_eq!(in_currency("EUR"), "−€1,018");
        assert_eq!(plain(&in_currency("CHF")), "−CHF 1,018");
        assert_eq!(plain(&bytes(Bytes::gb(26.0))), "26 GB");
        assert_eq!(plain(&bytes(Bytes::gb(999.9))), "1 TB");
        assert_eq!(plain(&bytes(Bytes::bytes(900.0))), "900 B");
        assert_eq!(plain(&rate(BytesPerSec::mb_per_s(6.18))), "6.18 MB/s");
        assert_eq!(ops(OpsPerSec::per_s(18_000.0)), "18,000/s");
        assert_eq!(plain(&percent(Ratio::fraction(0.986))), "98.6 %");
        assert_eq!(plain(&percent(Ratio::ONE)), "100 %");
        assert_eq!(quantity("1460.000".parse().expect("a decimal")), "1,460");
    }
}
