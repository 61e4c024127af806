//! A bill as CSV, exact, for spreadsheets.

use super::{Banded, region, remark};
use crate::explore::BillBands;
use crate::model::cost::Bill;
use crate::units::quote::csv_cell;
use crate::units::{Money, UnitPrice, format};

/// The columns of [`csv`], in order.
pub const CSV_COLUMNS: [&str; 25] = [
    "kind",
    "line",
    "meter",
    "region",
    "quantity",
    "unit",
    "list_unit_price",
    "effective_unit_price",
    "list_cost",
    "amount",
    "currency",
    "price_confidence",
    "price_as_of",
    "price_source",
    "price_how",
    "list_price_as_of",
    "list_price_source",
    "formula",
    "note",
    "total_missing",
    "p05",
    "p50",
    "p95",
    "price_low",
    "price_high",
];

/// The bill as CSV with a header line, one record a bill line. Amounts are exact, not rounded to cents, so that the rows add up to
/// the bill; `price_low` and `price_high` are the ends of an estimated price; quantiles are to the cent, do not add up, and are empty without a range. Where a price is missing
/// `total_missing` says so in every record: the rows then add up to a lower bound. A cell that a spreadsheet would run as a
/// formula starts with an apostrophe.
#[must_use]
pub fn csv((_, bill, bands): Banded) -> String {
    let mut text = CSV_COLUMNS.join(",");
    text.push_str("\r\n");
    for index in 0..bill.lines.len() {
        push_record(&mut text, bill, bands, index);
    }
    text
}

/// Several bills as one CSV: the columns of [`csv`] after `topology`.
///
/// # Examples
///
/// ```
/// use dr_core::catalog::Catalog;
/// use dr_core::evaluate::evaluate;
/// use dr_core::explore::bill_bands::bands_of_all;
/// use dr_core::plan::Plan;
/// use dr_core::report::bill_text::{banded, csv_of_all};
///
/// let (plan, catalog) = (Plan::default(), Catalog::bundled()?);
/// let evaluation = evaluate(&plan, &catalog);
/// let bands = bands_of_all(&plan, &catalog);
/// let csv = csv_of_all(&banded(&evaluation, &bands));
/// assert!(csv.starts_with("topology,") && csv.contains("\nPassive pair,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn csv_of_all(bills: &[Banded]) -> String {
    let mut text = format!("topology,{}\r\n", CSV_COLUMNS.join(","));
    for (topology, bill, bands) in bills {
        for index in 0..bill.lines.len() {
            text.push_str(&csv_cell(topology.name()));
            text.push(',');
            push_record(&mut text, bill, *bands, index);
        }
    }
    text
}

fn push_record(text: &mut String, bill: &Bill, bands: Option<&BillBands>, index: usize) {
    let Some(line) = bill.lines.get(index) else { return };
    let exact = |amount: Option<Money>| amount.map_or_else(String::new, |it| format::exact(it.as_decimal()));
    let unit_price = |price: Option<UnitPrice>| price.map_or_else(String::new, |it| format::exact(it.as_decimal()));
    let (known, paid) = (line.price.known(), line.paid());
    let [low, middle, high] = bands
        .and_then(|bands| bands.quantiles_of(index))
        .map_or_else(Default::default, |quantiles| quantiles.map(|it| format::exact(it.as_decimal())));
    let ends = paid.and_then(crate::catalog::KnownPrice::ends);
    let cells = [
        line.kind.as_str().to_owned(),
        line.label(),
        line.meter(),
        region(line).to_owned(),
        format::exact(line.quantity),
        line.unit.to_owned(),
        unit_price(known.map(|price| price.amount)),
        unit_price(line.effective),
        exact(line.list_cost),
        exact(line.amount),
        bill.currency.to_string(),
        line.confidence().as_str().to_owned(),
        paid.map_or_else(String::new, |price| price.as_of.to_string()),
        paid.map_or_else(String::new, |price| price.source.to_string()),
        paid.map_or_else(String::new, |price| price.how.to_string()),
        known.map_or_else(String::new, |price| price.as_of.to_string()),
        known.map_or_else(String::new, |price| price.source.to_string()),
        line.formula(),
        remark(line),
        bill.total.why().unwrap_or_default(),
        low,
        middle,
        high,
        unit_price(ends.map(|(low, _)| low)),
        unit_price(ends.map(|(_, high)| high)),
    ];
    text.push_str(&cells.map(|cell| csv_cell(&cell)).join(","));
    text.push_str("\r\n");
}
