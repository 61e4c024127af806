//! Price sheets of agreements (EA, MCA) as tables: their rows in the words of the price list, at the agreement's prices.
//!
//! Source: Cost Management's dictionaries `price-sheet-ea` (2025-06-26) and `price-sheet-mca` (2025-01-24). `unitPrice` is what the
//! agreement pays for one unit of measure, of a reservation for its whole term; `marketPrice` is the list price and is not taken.
//! A unit of measure may be a block ("100 Hours"): its price is divided by the block. Prices and tiers of a sheet have one decimal
//! sign, which its rows settle together.

use super::csv::figure;
use super::meter::{self, FAMILIES, TODAY};
use crate::catalog::Catalog;
use crate::import::dates::{DateOrder, settle_each};
use crate::import::place;
use crate::import::separators::Style;
use crate::import::series::timestamp;
use crate::import::table::{Row, Table, headed};
use crate::units::Date;
use serde_json::{Map, Value};

/// Which columns hold what.
struct Columns {
    currency: Option<usize>,
    category: Option<usize>,
    sub: Option<usize>,
    product: Option<usize>,
    meter: Option<usize>,
    /// "Redis Cache - B20 Cache Instance - US West", in sheets of the older portal.
    service: Option<usize>,
    region: Option<usize>,
    unit: Option<usize>,
    price: usize,
    kind: Option<usize>,
    term: Option<usize>,
    tier: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
}

impl Columns {
    fn of(header: &[String]) -> Option<Self> {
        let plain =
            |name: &String| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let names: Vec<String> = header.iter().map(plain).collect();
        let at = |wanted: &str| names.iter().position(|it| it == wanted);
        let columns = Self {
            currency: at("currency").or_else(|| at("currencycode")).or_else(|| at("billingcurrency")),
            category: at("metercategory"),
            sub: at("metersubcategory"),
            product: at("product").or_else(|| at("productname")),
            meter: at("metername"),
            service: at("service"),
            region: at("meterregion"),
            unit: at("unitofmeasure"),
            price: at("unitprice")?,
            kind: at("pricetype"),
            term: at("term"),
            tier: at("tierminimumunits"),
            from: at("effectivestartdate"),
            to: at("effectiveenddate"),
        };
        let meters = columns.meter.is_some() && (columns.category.is_some() || at("marketprice").is_some());
        let old = columns.service.is_some() && at("partnumber").is_some();
        let is_list = at("retailprice").is_some();
        ((meters || old) && columns.unit.is_some() && !is_list).then_some(columns)
    }
}

/// True for a table with the columns of an agreement's price sheet.
pub(super) fn is_prices(text: &str) -> bool {
    headed(text, Columns::of).is_some()
}

/// The rows as the price list's JSON has them, or what nobody knows of their dates or figures.
pub(super) fn rows(text: &str, catalog: &Catalog, dates: Option<DateOrder>) -> Result<Vec<Value>, String> {
    let Some((begins, columns)) = headed(text, Columns::of) else { return Ok(Vec::new()) };
    let mut table = Table::of(&text[begins..]);
    let width = table.next().map_or(0, |header| header.cells.len());
    let separator = table.separator;
    let rows: Vec<Row> = table.collect();
    let cell = |row: &Row, at: Option<usize>| at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default();
    let of_row = |row| [columns.from, columns.to].map(|at: Option<usize>| cell(row, at));
    let order = settle_each(rows.iter().flat_map(of_row), dates).map_err(|it| it.question())?;
    let day = |text: &str| timestamp::seconds_with(text, order).and_then(Date::of_moment);
    let figures = [Some(columns.price), columns.tier];
    let cells = rows.iter().flat_map(|row| figures.into_iter().flatten().filter_map(|at| row.cells.get(at)));
    let style = Style::settle(cells.map(String::as_str), separator)?;
    let known = meter::products();
    Ok(rows
        .iter()
        .map(|row| {
            // A row of another length has its cells in other columns: without fields it is counted as broken.
            if row.cells.len() != width {
                return Value::Null;
            }
            let of = |at: Option<usize>| cell(row, at);
            let mut fields = Map::new();
            let mut set = |name: &str, value: Value| _ = fields.insert(name.to_owned(), value);
            let (product, meter, region) = named(&columns, &of, catalog);
            // A sheet of an agreement has every service of Azure: hundreds of thousands of rows that are only counted.
            if !known.contains(&product.as_str()) {
                return foreign(&meter, &of(columns.currency));
            }
            let kind = kind(&of(columns.kind));
            let (block, unit) = block(&of(columns.unit));
            let price = figure(&style.plain(&of(Some(columns.price))));
            // A whole term has no blocks, and a tier of a block is of no known unit.
            let tier = figure(&style.plain(&of(columns.tier)));
            let whole = kind == "Consumption" && (tier.as_f64().unwrap_or_default() <= 0.0 || block <= 1.0);
            let (price, unit) = match (price.as_f64(), block > 1.0) {
                (Some(price), true) if whole => (Value::from(price / block), unit),
                (_, true) => (price, of(columns.unit)),
                _ => (price, unit),
            };
            set("currencyCode", of(columns.currency).into());
            set("armRegionName", place::region(&region, catalog).map_or(region, str::to_owned).into());
            set("skuName", meter::size_of(&meter).to_owned().into());
            set("productName", product.into());
            set("meterName", meter.into());
            set("unitOfMeasure", unit.into());
            set("type", kind.into());
            let term = if block > 1.0 { "" } else { term(&of(columns.term)) };
            set("reservationTerm", term.into());
            set("retailPrice", price);
            set("tierMinimumUnits", tier);
            for (name, at) in [("effectiveStartDate", columns.from), ("effectiveEndDate", columns.to)] {
                if let Some(day) = day(&of(at)) {
                    set(name, day.to_string().into());
                }
            }
            Value::Object(fields)
        })
        .collect())
}

/// A row that no plan is billed on, as far as it takes to count it.
fn foreign(meter: &str, currency: &str) -> Value {
    serde_json::json!({"meterName": meter, "currencyCode": currency, "retailPrice": 0})
}

/// Product, meter and region of a row. The product is the sub-category or the product that the price list has; of a size that only
/// one family has it is that family's.
fn named(columns: &Columns, of: &impl Fn(Option<usize>) -> String, catalog: &Catalog) -> (String, String, String) {
    let (category, sub, product) = (of(columns.category), of(columns.sub), of(columns.product));
    let service = of(columns.service);
    let parts: Vec<&str> = service.split(" - ").map(str::trim).collect();
    let (category, meter, region) = match parts.as_slice() {
        [before @ .., meter, region] if columns.meter.is_none() => {
            (before.join(" - "), (*meter).to_owned(), (*region).to_owned())
        }
        _ => (category, of(columns.meter), of(columns.region)),
    };
    let managed = format!("Azure Managed Redis - {sub}");
    let short = product.split(&format!(" - {meter}")).next().unwrap_or_default().to_owned();
    let known = meter::products();
    let found =
        [&sub, &product, &managed, &short, &category].into_iter().find(|it| known.contains(&it.as_str())).cloned();
    let by_size = || (category == "Redis Cache").then(|| family_of(&meter, catalog)).flatten();
    (found.or_else(by_size).unwrap_or(product), meter, region)
}

/// The product of the one family that has a size of this name: "B20 Cache Instance" is of Balanced.
fn family_of(meter: &str, catalog: &Catalog) -> Option<String> {
    let short = meter::size_of(meter);
    let skus = catalog.skus().iter().filter(|it| it.id.short() == short);
    let families = skus.filter_map(|it| FAMILIES.iter().find(|(_, of)| *of == it.family)).map(|it| it.0);
    let old = catalog.retiring_sizes().iter().filter(|it| it.id.short() == short);
    let is_of = |id: &str, tier: &str| id.strip_suffix(short).is_some_and(|it| it.trim_end_matches('_') == tier);
    let tiers = old.filter_map(|it| TODAY.iter().find(|(_, tier)| is_of(it.id.as_str(), tier))).map(|it| it.0);
    let mut products = families.chain(tiers);
    products.next().filter(|_| products.next().is_none()).map(str::to_owned)
}

fn kind(text: &str) -> &'static str {
    match text.to_ascii_lowercase().replace([' ', '-'], "").as_str() {
        "" | "consumption" => "Consumption",
        "reservedinstance" | "reservation" => "Reservation",
        "savingsplan" | "savingplan" => "SavingsPlan",
        "devtest" | "devtestconsumption" => "DevTestConsumption",
        _ => "Other",
    }
}

fn term(text: &str) -> &'static str {
    match text.to_ascii_uppercase().as_str() {
        "P1Y" | "1 YEAR" => "1 Year",
        "P3Y" | "3 YEARS" => "3 Years",
        _ => "",
    }
}

/// How many units a unit of measure is, and the one as the price list names it: "100 Hours" → 100, "1 Hour". It is whole, so that a sign
/// in it groups thousands, whichever the sheet has.
pub(crate) fn block(text: &str) -> (f64, String) {
    let text = text.trim();
    let digits = text.find(|it: char| !(it.is_ascii_digit() || matches!(it, '.' | ','))).unwrap_or(text.len());
    let thousand = text[digits..].starts_with(['K', 'k']);
    let unit = text[digits + usize::from(thousand)..].trim();
    let whole = text[..digits].replace([',', '.'], "");
    let count = whole.parse::<f64>().unwrap_or(1.0) * if thousand { 1e3 } else { 1.0 };
    let one = match unit.to_ascii_lowercase().as_str() {
        "hour" | "hours" | "hrs" => "1 Hour".to_owned(),
        "gb" => "1 GB".to_owned(),
        "/month" => "1/Month".to_owned(),
        _ => format!("1 {unit}"),
    };
    if count > 0.0 && count <= 1e6 { (count, one) } else { (1.0, text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_units() {
        let cases = [
            ("1 Hour", 1.0, "1 Hour"),
            ("100 Hours", 100.0, "1 Hour"),
            ("1K Hours", 1_000.0, "1 Hour"),
            ("1,000 GB", 1_000.0, "1 GB"),
            ("1.000 Hours", 1_000.0, "1 Hour"),
            ("GB", 1.0, "1 GB"),
            ("1/Month", 1.0, "1/Month"),
            ("100/Month", 100.0, "1/Month"),
            ("0 Hours", 1.0, "0 Hours"),
        ];
        for (text, count, unit) in cases {
            assert_eq!(block(text), (count, unit.to_owned()), "{text}");
        }
    }
}
