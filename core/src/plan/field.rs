//! One numeric field of a plan: its path, label, unit and bounds, and how to read and set it.

use super::Plan;
use super::error::FieldError;
use crate::units::format;
use crate::units::{
    Bytes, BytesPerSec, Currency, Dimension, OpsPerSec, Ratio, ReadError, SECS_PER_DAY, SECS_PER_YEAR, Secs, grouped,
    plain, read, read_money,
};

/// A numeric field as data; the page, the reader of plan files and the messages share it.
pub struct Field {
    /// Path in the plan file, `workload.writes`.
    pub path: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// The unit of a bare number, and the one that the page shows.
    pub unit: &'static str,
    /// Smallest allowed value, in base units.
    pub min: f64,
    /// Largest allowed value, in base units.
    pub max: f64,
    /// True when the field may be left to be derived.
    pub optional: bool,
    /// True when files hold it as a decimal number in a text: money, discounts, hours.
    pub decimal: bool,
    /// The value in base units; `None` when it is left to be derived.
    pub get: fn(&Plan) -> Option<f64>,
    /// Sets a value in base units, or leaves an optional field to be derived.
    pub set: fn(&mut Plan, Option<f64>),
}

impl PartialEq for Field {
    /// Fields are rows of one table: the path tells them apart.
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

/// Three fields that make one range; low ≤ mode ≤ high.
pub struct RangeField {
    /// Path of the range, `recovery.detect`.
    pub path: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// Source tag of the default, or "assumption".
    pub source: &'static str,
    /// Low, mode and high.
    pub parts: [&'static str; 3],
}

impl Field {
    /// Reads a typed text for this field, in base units (bytes, seconds, a fraction …).
    pub fn read(&self, text: &str) -> Result<f64, FieldError> {
        let value = read(text, self.dimension, self.unit).map_err(|error| self.unread(&error))?;
        self.check(value)
    }

    /// The unit as the page shows it where money is in this currency: "€/month", "CHF/month".
    #[must_use]
    pub fn unit_in(&self, currency: Currency) -> String {
        self.unit.replace('$', currency.sign().unwrap_or(currency.code()))
    }

    /// Reads a typed text as [`Field::read`] does, money in this currency. A sign or code of another is an error: nothing is
    /// converted.
    pub fn read_in(&self, text: &str, currency: Currency) -> Result<f64, FieldError> {
        if self.dimension != Dimension::Money {
            return self.read(text);
        }
        let value = read_money(text, self.unit, currency).map_err(|error| self.unread(&error))?;
        self.check(value)
    }

    /// Holds a value in base units against the field's bounds.
    pub fn check(&self, value: f64) -> Result<f64, FieldError> {
        if !(self.min..=self.max).contains(&value) {
            return Err(self.error(&format!("{} is outside the range; enter {}", self.print(value), self.rule())));
        }
        if self.dimension == Dimension::Count && libm::trunc(value) - value != 0.0 {
            return Err(self.error(&format!("{} is no whole number; enter {}", format::number(value), self.rule())));
        }
        Ok(value)
    }

    /// A value in base units as text with its unit, three significant figures.
    #[must_use]
    pub fn print(&self, value: f64) -> String {
        if !value.is_finite() {
            return "a value that is no number".to_owned();
        }
        match self.dimension {
            Dimension::Data => format::bytes(Bytes::bytes(value)),
            Dimension::DataRate => format::rate(BytesPerSec::bytes_per_s(value)),
            Dimension::Rate => format::ops(OpsPerSec::per_s(value)),
            // Of 365 days: a bound of days is said in days.
            Dimension::Time if value >= SECS_PER_YEAR => format!("{}\u{a0}d", format::count(value / SECS_PER_DAY)),
            Dimension::Time => format::duration(Secs::secs(value)),
            Dimension::Share => format::percent(Ratio::fraction(value)),
            // A plan does not know its currency; the page prints it beside the field.
            Dimension::Factor | Dimension::Money => format::number(value),
            Dimension::Count => format::count(value),
        }
    }

    /// The value as it is edited: a number in the field's own unit without groups, at most 9 decimals and 12 digits. Reads back as
    /// the same text; a character more or less in it does what it says.
    #[must_use]
    pub fn edit_text(&self, value: f64) -> String {
        plain(value, self.dimension, self.unit)
    }

    /// The value as the field shows it while nobody edits it: [`Field::edit_text`] with commas between groups.
    #[must_use]
    pub fn box_text(&self, value: f64) -> String {
        grouped(&self.edit_text(value))
    }

    /// The value as the field shows it with its unit, every digit: "5,000/s", "1.5\u{a0}GB"; money with the unit of this currency.
    #[must_use]
    pub fn print_exactly(&self, value: f64, currency: Currency) -> String {
        let (unit, shown) = (self.unit_in(currency), self.box_text(value));
        let gap = if unit.is_empty() || unit.starts_with('/') { "" } else { "\u{a0}" };
        format!("{shown}{gap}{unit}")
    }

    /// What the plan has while a typed text is refused: "Not applied: the plan keeps 5,000/s."
    #[must_use]
    pub fn not_applied(&self, kept: Option<f64>, currency: Currency) -> String {
        kept.map_or_else(
            || "Not applied: the plan leaves it empty.".to_owned(),
            |value| format!("Not applied: the plan keeps {}.", self.print_exactly(value, currency)),
        )
    }

    /// The value one step up or down: a tenth of the figure's own power of ten in the field's unit, whole for counts.
    /// `None` where that would leave the bounds.
    #[must_use]
    pub fn stepped(&self, value: f64, up: bool) -> Option<f64> {
        let unit = self.dimension.units().iter().find(|(name, _)| *name == self.unit).map_or(1.0, |(_, scale)| *scale);
        let shown = value / unit;
        let magnitude = libm::pow(10.0, (libm::floor(libm::log10(libm::fabs(shown).max(1.0))) - 1.0).max(0.0));
        let step = if up { magnitude } else { -magnitude };
        self.check((libm::round(shown / magnitude) * magnitude + step) * unit).ok()
    }

    /// The rule in words: "a figure from 0/s to 10,000,000/s".
    #[must_use]
    pub fn rule(&self) -> String {
        let kind = if self.dimension == Dimension::Count { "a whole number" } else { "a figure" };
        format!("{kind} from {} to {}", self.print(self.min), self.print(self.max))
    }

    /// A text that is unclear says what it can mean; any other says the rule.
    fn unread(&self, error: &ReadError) -> FieldError {
        match error {
            ReadError::Unclear(..) => self.error(&error.to_string()),
            _ => self.error(&format!("{error}; enter {}", self.rule())),
        }
    }

    fn error(&self, what: &str) -> FieldError {
        FieldError { field: self.path.to_owned(), message: format!("{}: {what}.", self.label) }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use crate::plan::field;
    use crate::units::Currency;

    #[test]
    fn money_is_read_in_the_currency_of_the_prices() {
        let budget = field("objectives.budget").expect("a field");
        let cases = [
            ("USD", "$5,000", Ok(5_000.0)),
            ("USD", "€5,000", Err(())),
            ("EUR", "€5,000", Ok(5_000.0)),
            ("EUR", "5,000 €/month", Ok(5_000.0)),
            ("EUR", "5000", Ok(5_000.0)),
            ("EUR", "5000 eur", Ok(5_000.0)),
            ("EUR", "$5,000", Err(())),
            ("EUR", "5000 usd", Err(())),
            ("CHF", "CHF 5,000", Ok(5_000.0)),
            ("CHF", "5000 CHF/month", Ok(5_000.0)),
        ];
        for (code, text, expected) in cases {
            let currency = Currency::new(code).expect("a currency");
            assert_eq!(budget.read_in(text, currency).map_err(|_| ()), expected, "{text} in {code}");
        }
        assert_eq!(budget.unit_in(Currency::new("EUR").expect("a currency")), "€/month");
        assert_eq!(budget.unit_in(Currency::new("CHF").expect("a currency")), "CHF/month");
        assert_eq!(budget.unit_in(Currency::USD), "$/month");
    }
}
