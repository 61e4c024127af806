//! One row of the price list, as far as a plan needs it.

use super::LeftOut;
use rust_decimal::Decimal;
use serde_json::Value;

/// The fields of a row; texts borrow from the file.
pub(super) struct Row<'a> {
    pub(super) currency: &'a str,
    pub(super) region: &'a str,
    pub(super) product: &'a str,
    pub(super) sku: &'a str,
    pub(super) meter: &'a str,
    pub(super) unit: &'a str,
    pub(super) kind: &'a str,
    pub(super) term: &'a str,
    /// Day from which the row holds.
    pub(super) effective: &'a str,
    pub(super) tier: Decimal,
    pub(super) price: Decimal,
}

impl<'a> Row<'a> {
    /// Reads a row; broken when it has no meter, no currency or no price that is a number and not negative.
    pub(super) fn read(item: &'a Value) -> Result<Self, LeftOut> {
        let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
        let effective = text("effectiveStartDate");
        let row = Self {
            currency: text("currencyCode"),
            region: text("armRegionName"),
            product: text("productName"),
            sku: text("skuName"),
            meter: text("meterName"),
            unit: text("unitOfMeasure"),
            kind: text("type"),
            term: text("reservationTerm"),
            effective: effective.get(..10).unwrap_or(effective),
            tier: match item.get("tierMinimumUnits") {
                None | Some(Value::Null) => Decimal::ZERO,
                Some(tier) => decimal(tier).ok_or(LeftOut::Broken)?,
            },
            price: item.get("retailPrice").and_then(decimal).ok_or(LeftOut::Broken)?,
        };
        if row.meter.is_empty() || row.currency.len() != 3 {
            return Err(LeftOut::Broken);
        }
        Ok(row)
    }
}

/// A JSON number as the decimal that it spells; `None` for anything else and for negative numbers.
fn decimal(value: &Value) -> Option<Decimal> {
    let Value::Number(number) = value else { return None };
    let text = number.to_string();
    let decimal = text.parse().or_else(|_| Decimal::from_scientific(&text)).ok()?;
    (decimal >= Decimal::ZERO).then_some(decimal)
}
