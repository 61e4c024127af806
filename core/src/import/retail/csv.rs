//! Rows of the price list as a table, as queries and the portal's tools save them: the API's fields are its columns.

use crate::import::dates::{DateOrder, settle_each};
use crate::import::separators::Style;
use crate::import::series::timestamp;
use crate::import::table::{Row, Table, plain};
use crate::units::{Date, HOURS_PER_YEAR, float};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The fields that a row is read by; columns are found by name in any order and case.
const TEXTS: [&str; 11] = [
    "currencyCode",
    "armRegionName",
    "productName",
    "skuName",
    "meterName",
    "unitOfMeasure",
    "type",
    "reservationTerm",
    "effectiveStartDate",
    "effectiveEndDate",
    "armSkuName",
];
const DAYS: [&str; 2] = ["effectiveStartDate", "effectiveEndDate"];
const FIGURES: [&str; 2] = ["tierMinimumUnits", "retailPrice"];

/// The price of a year without a reservation is that of its hours.
const HOURS: f64 = HOURS_PER_YEAR as f64;

/// True for a table with the columns of a price list.
pub(super) fn is_prices(text: &str) -> bool {
    let Some(header) = Table::of(text).next() else { return false };
    let has = |name: &str| header.cells.iter().any(|cell| plain(cell).eq_ignore_ascii_case(name));
    has("meterName") && has("retailPrice")
}

/// The rows as the API's JSON has them, and how many have a term that follows from the amount; or what nobody knows of their dates.
pub(super) fn rows(text: &str, dates: Option<DateOrder>) -> Result<(Vec<Value>, u32), String> {
    let mut table = Table::of(text);
    let header = table.next().map_or_else(Vec::new, |header| header.cells);
    let known = |cell: &String| TEXTS.into_iter().chain(FIGURES).find(|name| name.eq_ignore_ascii_case(&plain(cell)));
    let columns: Vec<Option<&str>> = header.iter().map(known).collect();
    let separator = table.separator;
    let rows: Vec<Row> = table.collect();
    let is_figure = |at: &usize| columns[*at].is_some_and(|it| FIGURES.contains(&it));
    let places: Vec<usize> = (0..columns.len()).filter(is_figure).collect();
    let cells = rows.iter().flat_map(|row| places.iter().filter_map(|at| row.cells.get(*at).map(String::as_str)));
    let style = Style::settle(cells, separator)?;
    let mut rows: Vec<Value> = rows.into_iter().map(|row| fields(&columns, row, style)).collect();
    by_calendar(&mut rows, dates)?;
    Ok(terms(rows))
}

/// Dates with slashes, as spreadsheets save them, become those of the calendar.
fn by_calendar(rows: &mut [Value], dates: Option<DateOrder>) -> Result<(), String> {
    let all = DAYS.iter().flat_map(|name| rows.iter().map(|row| text(row, name)));
    let order = settle_each(all, dates).map_err(|it| it.question())?;
    for row in rows {
        for name in DAYS {
            let day = timestamp::seconds_with(text(row, name), order).and_then(Date::of_moment);
            if let (Some(day), Value::Object(fields)) = (day, &mut *row) {
                fields.insert(name.to_owned(), day.to_string().into());
            }
        }
    }
    Ok(())
}

fn fields(columns: &[Option<&'static str>], row: Row, style: Style) -> Value {
    let mut fields = Map::new();
    // A row of another length has its cells in other columns: without fields it is counted as broken.
    if row.cells.len() == columns.len() {
        for (name, cell) in columns.iter().zip(row.cells).filter_map(|(name, cell)| Some((name.as_ref()?, cell))) {
            let value = if FIGURES.contains(name) { figure(&style.plain(&cell)) } else { Value::from(cell) };
            fields.insert((*name).to_owned(), value);
        }
    }
    Value::Object(fields)
}

/// A number; null for an empty cell, and the text itself for anything else, which no price is.
pub(super) fn figure(cell: &str) -> Value {
    if cell.is_empty() { Value::Null } else { float(cell).map_or_else(|| Value::from(cell), Value::from) }
}

/// Sets the terms that a table leaves out. A reservation that costs less than a year of the hourly price is one of a year, one
/// between that and three years' price is one of three. Without an hourly price two amounts of one meter and date are those
/// of both terms. What neither settles stays without a term, and is left out and counted.
fn terms(mut rows: Vec<Value>) -> (Vec<Value>, u32) {
    let mut hourly = BTreeMap::new();
    let mut amounts: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in &rows {
        let Some(price) = row.get("retailPrice").and_then(Value::as_f64) else { continue };
        match text(row, "type") {
            "Consumption" if text(row, "unitOfMeasure") == "1 Hour" => _ = hourly.insert(meter(row), price),
            "Reservation" => amounts.entry(dated(row)).or_default().push(price),
            _ => {}
        }
    }
    let mut set = 0;
    for row in &mut rows {
        if text(row, "type") != "Reservation" || !text(row, "reservationTerm").is_empty() {
            continue;
        }
        let Some(price) = row.get("retailPrice").and_then(Value::as_f64) else { continue };
        let known = hourly.get(&meter(row)).and_then(|hour| by_hour(price, *hour));
        let term = known.or_else(|| by_other(price, amounts.get(&dated(row))?));
        if let (Some(term), Value::Object(fields)) = (term, row) {
            fields.insert("reservationTerm".to_owned(), Value::from(term));
            set += 1;
        }
    }
    (rows, set)
}

fn by_hour(price: f64, hour: f64) -> Option<&'static str> {
    let years = price / (hour * HOURS);
    match years {
        _ if !(0.0..3.0).contains(&years) => None,
        _ if years < 1.0 => Some("1 Year"),
        _ => Some("3 Years"),
    }
}

fn by_other(price: f64, amounts: &[f64]) -> Option<&'static str> {
    let [one, other] = *amounts else { return None };
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    (low > 0.0 && high > low && high < 3.0 * low).then_some(if price <= low { "1 Year" } else { "3 Years" })
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn meter(row: &Value) -> String {
    ["currencyCode", "armRegionName", "productName", "meterName"].map(|name| text(row, name)).join("\n")
}

fn dated(row: &Value) -> String {
    format!("{}\n{}", meter(row), text(row, "effectiveStartDate"))
}
