//! One row of the price list, as far as a plan needs it.

use super::LeftOut;
use crate::units::{Currency, Date};
use rust_decimal::Decimal;
use serde_json::Value;

/// A price above this is no price of an hour, a GB or a term: the largest cache costs some 10⁶ for three years.
pub(super) const MOST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// The fields of a row; texts borrow from the file.
pub(super) struct Row<'a> {
    pub(super) currency: Currency,
    pub(super) region: &'a str,
    pub(super) product: &'a str,
    pub(super) sku: &'a str,
    pub(super) meter: &'a str,
    pub(super) unit: &'a str,
    pub(super) kind: &'a str,
    pub(super) term: &'a str,
    /// Day from which the row holds; none where it names none.
    pub(super) effective: Option<Date>,
    /// Last day on which it holds; none where it names none.
    ends: Option<Date>,
    /// Quantity in the month from which the price holds.
    pub(super) tier: Decimal,
    pub(super) price: Decimal,
    /// The row offers savings plans beside its price.
    pub(super) savings: bool,
}

impl<'a> Row<'a> {
    /// Reads a row; broken when it has no meter, no currency or no price that is a number and not negative.
    pub(super) fn read(item: &'a Value) -> Result<Self, LeftOut> {
        let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
        let day = |name: &str| text(name).get(..10).and_then(|day| day.parse().ok());
        let row = Self {
            currency: Currency::new(text("currencyCode")).ok_or(LeftOut::Broken)?,
            region: text("armRegionName"),
            product: text("productName"),
            sku: text("skuName"),
            meter: text("meterName"),
            unit: text("unitOfMeasure"),
            kind: text("type"),
            term: text("reservationTerm"),
            effective: day("effectiveStartDate"),
            ends: day("effectiveEndDate"),
            tier: match item.get("tierMinimumUnits") {
                None | Some(Value::Null) => Decimal::ZERO,
                Some(tier) => decimal(tier).ok_or(LeftOut::Broken)?,
            },
            price: item.get("retailPrice").and_then(decimal).ok_or(LeftOut::Broken)?,
            savings: item.get("savingsPlan").and_then(Value::as_array).is_some_and(|plans| !plans.is_empty()),
        };
        if row.meter.is_empty() { Err(LeftOut::Broken) } else { Ok(row) }
    }

    /// Refuses a row that does not hold on a day; one without dates always holds, and the last day counts.
    pub(super) fn holds_on(&self, day: Date) -> Result<(), LeftOut> {
        match (self.effective, self.ends) {
            (Some(first), _) if first > day => Err(LeftOut::NotYet),
            (_, Some(last)) if last < day => Err(LeftOut::Ended),
            _ => Ok(()),
        }
    }
}

/// A JSON number as the decimal that it spells; `None` for anything else, for negative numbers and absurd ones.
fn decimal(value: &Value) -> Option<Decimal> {
    let number = value.as_f64().filter(|number| (0.0..=1e9).contains(number))?;
    // Nine decimals of a figure below 10⁶ are its own digits; the list has six at most.
    let decimal: Decimal = format!("{number:.9}").parse().ok()?;
    Some(decimal.normalize()).filter(|decimal| *decimal <= MOST)
}
