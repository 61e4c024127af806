//! Tables with a header, by the names of their columns in any order.

use super::{Foreign, Kind, Known};
use crate::import::table::{self, Table};

/// Columns that only one kind of table has, all of them; the first that fits. Names without space, in small letters.
const TABLES: [(&[&str], Made); 15] = [
    (&["x_forecastscenario", "billedcost"], Made::Own("a FOCUS export")),
    (&["x_forecastdate"], Made::Own("a FOCUS export")),
    (&["list_unit_price", "effective_unit_price", "amount"], Made::Own("a bill (CSV)")),
    (&["plan", "topology", "chosen_by", "monthly"], Made::Own("a portfolio’s table (CSV)")),
    (&["metername", "retailprice"], Made::Prices),
    (&["billedcost", "chargeperiodstart"], Made::Costs("FOCUS")),
    (&["effectivecost", "billingcurrency", "chargecategory"], Made::Costs("FOCUS")),
    (&["metercategory", "costinbillingcurrency"], Made::Costs("Cost Management")),
    (&["metercategory", "quantity", "cost"], Made::Costs("Cost Management")),
    (&["metercategory", "pretaxcost"], Made::Costs("Cost Management")),
    (&["servicename", "cost", "currency"], Made::Costs("Cost analysis")),
    (&["metername", "unitprice", "metercategory"], Made::Agreement),
    (&["metricname"], Made::Records),
    (&["name", "type", "location", "resourcegroup"], Made::Inventory),
    (&["name", "type", "resourcegroup", "subscription"], Made::Inventory),
];

#[derive(Clone, Copy)]
enum Made {
    Own(&'static str),
    Prices,
    Costs(&'static str),
    Agreement,
    Records,
    Inventory,
}

/// A table's kind; of unknown columns a series, whose reader says what it wants. Text without columns is text.
pub(super) fn kind(text: &str) -> Kind {
    let mut table = Table::of(text);
    let Some(first) = table.next() else { return Kind::Foreign(Foreign::Empty) };
    let names: Vec<String> = first.cells.iter().map(|cell| table::plain(cell)).collect();
    let has = |name: &&str| names.iter().any(|it| it == name);
    match TABLES.iter().find(|(columns, _)| columns.iter().all(&has)).map(|(_, made)| *made) {
        Some(Made::Own(what)) => Kind::Foreign(Foreign::Own(what)),
        Some(Made::Prices) => Kind::Known(Known::PriceSheet),
        Some(Made::Costs(format)) => Kind::Foreign(Foreign::Costs(format)),
        Some(Made::Agreement) => Kind::Foreign(Foreign::Agreement),
        Some(Made::Inventory) => Kind::Foreign(Foreign::Inventory),
        Some(Made::Records) => Kind::Known(Known::Series),
        None if names.len() > 1 && (has_figures(text) || table.next().is_none()) => Kind::Known(Known::Series),
        None => Kind::Foreign(Foreign::Text),
    }
}

/// A figure stands in one of the first lines after the header, or the header is one: text with commas has none.
fn has_figures(text: &str) -> bool {
    Table::of(text)
        .take(20)
        .any(|row| row.cells.len() > 1 && row.cells.iter().any(|it| it.bytes().any(|byte| byte.is_ascii_digit())))
}

/// True for a table whose header begins with a bracket: `[time],writes/s`.
pub(super) fn is_headed(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let Some((name, rest)) = first.strip_prefix('[').and_then(|first| first.split_once(']')) else { return false };
    let word = name.starts_with(|letter: char| letter.is_ascii_alphabetic()) && !name.contains(['"', ',', '{']);
    word && rest.starts_with([',', ';', '\t'])
}
