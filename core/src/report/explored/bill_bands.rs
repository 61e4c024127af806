//! Bands of the bill in words.

use crate::explore::BillBands;
use crate::explore::bill_bands::{PRICES, RATES, money};
use crate::stats::bands::{Bands, Quantile};
use crate::units::format;
use crate::units::{Currency, Money};
use crate::words::total::no_price;

/// The band in a sentence: "$1,204 to $1,890 in 9 of 10 cases, in the middle $1,410; data and CRDT factor are ranges."
#[must_use]
pub fn sentence(bands: &BillBands, currency: Currency) -> String {
    if bands.is_point() {
        let point = whole_units(bands, &bands.total.p50, currency);
        return format!("{point}: no volume, no rate and no price of this bill is a range.{}", missing_words(bands));
    }
    let ranges = format::listed(&bands.ranged);
    let verb = verb(bands);
    let left_out = left_out_words(bands) + &missing_words(bands);
    let quantiles = [bands.total.p05, bands.total.p50, bands.total.p95];
    let [low, middle, high] = quantiles.map(|it| whole_units(bands, &it, currency));
    if bands.left_out >= bands.trials {
        return format!("No band: {ranges} {verb}.{left_out}");
    }
    if low == high {
        return format!("{low}, no range changes it.{left_out}");
    }
    format!("{low} to {high} in 9 of 10 cases, in the middle {middle}: {ranges} {verb}.{left_out}")
}

/// "P05 $1,204.11, P50 $1,410.20, P95 $1,890.05: data and CRDT factor are ranges.", in cents like the bill's total; `None` where
/// nothing is a range or no trial has a bill.
#[must_use]
pub fn quantiles(bands: &BillBands, currency: Currency) -> Option<String> {
    if bands.is_point() || bands.left_out >= bands.trials {
        return None;
    }
    let [low, high] = [bands.total.p05, bands.total.p95].map(|it| money(it.value));
    let rest = left_out_words(bands) + &missing_words(bands);
    if low == high {
        return Some(format!("{}, no range changes it.{rest}", cents(bands, low, currency)));
    }
    let total = [bands.total.p05, bands.total.p50, bands.total.p95].map(|it| cents(bands, money(it.value), currency));
    Some(format!("{}: {} {}.{rest}", named(&total), format::listed(&bands.ranged), verb(bands)))
}

/// "P05 $1.20, P50 $1.41, P95 $1.89" of a line of the bill; `None` where it is the same in every trial.
#[must_use]
pub fn of_line(bands: &BillBands, index: usize, currency: Currency) -> Option<String> {
    let band = bands.lines.get(index)?.as_ref()?;
    (band.p95.value > band.p05.value).then(|| of(band, currency))
}

/// An end of the total to the cent, "≥" where it lacks a price.
#[must_use]
pub fn cents(bands: &BillBands, amount: Money, currency: Currency) -> String {
    mark(bands, format::money_cents(amount, currency))
}

fn whole_units(bands: &BillBands, quantile: &Quantile, currency: Currency) -> String {
    mark(bands, format::money(money(quantile.value), currency))
}

fn mark(bands: &BillBands, amount: String) -> String {
    if bands.missing.is_empty() { amount } else { format!("≥\u{a0}{amount}") }
}

/// " M50 in West Europe has no price."; empty where nothing is missing.
fn missing_words(bands: &BillBands) -> String {
    no_price(&bands.missing).map_or_else(String::new, |why| format!(" {why}."))
}

fn verb(bands: &BillBands) -> &'static str {
    if bands.ranged.len() > 1 || bands.ranged.iter().any(|it| [RATES, PRICES].contains(it)) {
        "are ranges"
    } else {
        "is a range"
    }
}

fn left_out_words(bands: &BillBands) -> String {
    if bands.left_out == 0 {
        return String::new();
    }
    let share = crate::units::Ratio::fraction(f64::from(bands.left_out) / f64::from(bands.trials.max(1)));
    format!(" The band leaves out {} of the cases: no size fits, or it has no price.", format::percent(share))
}

fn of(band: &Bands, currency: Currency) -> String {
    named(&[band.p05, band.p50, band.p95].map(|it| format::money_cents(money(it.value), currency)))
}

fn named([low, middle, high]: &[String; 3]) -> String {
    format!("P05 {low}, P50 {middle}, P95 {high}")
}
