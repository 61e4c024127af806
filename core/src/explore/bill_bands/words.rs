//! Bands of the bill in words.

use super::{BillBands, PRICES, RATES, money};
use crate::stats::bands::{Bands, Quantile};
use crate::units::format;
use crate::units::{Currency, Money};
use crate::words::total::no_price;

impl BillBands {
    /// True where nothing that the bill is based on is a range.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.ranged.is_empty()
    }

    /// The band in a sentence: "$1,204 to $1,890 in 9 of 10 cases, in the middle $1,410; data and CRDT factor are ranges."
    #[must_use]
    pub fn words(&self, currency: Currency) -> String {
        if self.is_point() {
            let point = self.whole_units(&self.total.p50, currency);
            return format!(
                "{point}: no volume, no rate and no price of this bill is a range.{}",
                self.missing_words()
            );
        }
        let ranges = format::listed(&self.ranged);
        let verb = self.verb();
        let left_out = self.left_out_words() + &self.missing_words();
        let quantiles = [self.total.p05, self.total.p50, self.total.p95];
        let [low, middle, high] = quantiles.map(|it| self.whole_units(&it, currency));
        if self.left_out >= self.trials {
            return format!("No band: {ranges} {verb}.{left_out}");
        }
        if low == high {
            return format!("{low} whatever the ranges give: {ranges} {verb}.{left_out}");
        }
        format!("{low} to {high} in 9 of 10 cases, in the middle {middle}: {ranges} {verb}.{left_out}")
    }

    /// "P05 $1,204.11, P50 $1,410.20, P95 $1,890.05: data and CRDT factor are ranges.", in cents like the bill's total; `None` where
    /// nothing is a range or no trial has a bill.
    #[must_use]
    pub fn quantiles(&self, currency: Currency) -> Option<String> {
        if self.is_point() || self.left_out >= self.trials {
            return None;
        }
        let [low, high] = [self.total.p05, self.total.p95].map(|it| money(it.value));
        let band = if low == high {
            format!("{} whatever the ranges give", self.cents(low, currency))
        } else {
            let total =
                [self.total.p05, self.total.p50, self.total.p95].map(|it| self.cents(money(it.value), currency));
            named(&total)
        };
        let rest = self.left_out_words() + &self.missing_words();
        Some(format!("{band}: {} {}.{rest}", format::listed(&self.ranged), self.verb()))
    }

    /// "P05 $1.20, P50 $1.41, P95 $1.89" of a line of the bill; `None` where it is the same in every trial.
    #[must_use]
    pub fn of_line(&self, index: usize, currency: Currency) -> Option<String> {
        let band = self.lines.get(index)?.as_ref()?;
        (band.p95.value > band.p05.value).then(|| of(band, currency))
    }

    /// P05, P50 and P95 of a line, to the cent; `None` where nothing is a range or no trial has a bill.
    #[must_use]
    pub fn quantiles_of(&self, index: usize) -> Option<[Money; 3]> {
        let band = self.lines.get(index)?.as_ref().filter(|_| !self.is_point() && self.left_out < self.trials)?;
        Some([band.p05, band.p50, band.p95].map(|quantile| money(quantile.value)))
    }

    /// An end of the total to the cent, "≥" where it lacks a price.
    #[must_use]
    pub fn cents(&self, amount: Money, currency: Currency) -> String {
        self.mark(format::money_cents(amount, currency))
    }

    fn whole_units(&self, quantile: &Quantile, currency: Currency) -> String {
        self.mark(format::money(money(quantile.value), currency))
    }

    fn mark(&self, amount: String) -> String {
        if self.missing.is_empty() { amount } else { format!("≥\u{a0}{amount}") }
    }

    /// " M50 in West Europe has no price."; empty where nothing is missing.
    fn missing_words(&self) -> String {
        no_price(&self.missing).map_or_else(String::new, |why| format!(" {why}."))
    }

    fn verb(&self) -> &'static str {
        if self.ranged.len() > 1 || self.ranged.iter().any(|it| [RATES, PRICES].contains(it)) {
            "are ranges"
        } else {
            "is a range"
        }
    }

    fn left_out_words(&self) -> String {
        if self.left_out == 0 {
            return String::new();
        }
        let share = crate::units::Ratio::fraction(f64::from(self.left_out) / f64::from(self.trials.max(1)));
        format!(" The band leaves out {} of the cases: no size fits, or it has no price.", format::percent(share))
    }
}

fn of(band: &Bands, currency: Currency) -> String {
    named(&[band.p05, band.p50, band.p95].map(|it| format::money_cents(money(it.value), currency)))
}

fn named([low, middle, high]: &[String; 3]) -> String {
    format!("P05 {low}, P50 {middle}, P95 {high}")
}
