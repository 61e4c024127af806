//! Tables with a header, by the names of their columns in any order.

use super::{Foreign, Kind, Known};
use crate::import::series::{is_time, names_time};
use crate::import::table::Table;
use crate::import::words::named;

/// Columns that only one kind of table has, all of them; the first that fits. Letters and digits of the names alone, in small letters.
///
/// Sources: FOCUS 1.0–1.2; Cost Management's dictionary of cost and usage details (EA, MCA, pay as you go, with their older names) and
/// of price sheets; the tables that Cost analysis and the pricing calculator save.
const TABLES: [(&[&str], Made); 28] = [
    (&["xforecastscenario", "billedcost"], Made::Own("a FOCUS export")),
    (&["xforecastdate"], Made::Own("a FOCUS export")),
    (&["listunitprice", "effectiveunitprice", "amount"], Made::Own("a bill (CSV)")),
    (&["plan", "topology", "chosenby", "monthly"], Made::Own("a portfolio’s table (CSV)")),
    (&["metername", "retailprice"], Made::Prices),
    (&["billedcost", "chargeperiodstart"], Made::Costs("FOCUS")),
    (&["billedcost", "effectivecost"], Made::Costs("FOCUS")),
    (&["billedcost", "chargecategory"], Made::Costs("FOCUS")),
    (&["effectivecost", "chargecategory"], Made::Costs("FOCUS")),
    (&["metercategory", "costinbillingcurrency"], Made::Costs("Cost Management")),
    (&["metercategory", "costinpricingcurrency"], Made::Costs("Cost Management")),
    (&["metercategory", "quantity", "cost"], Made::Costs("Cost Management")),
    (&["metercategory", "pretaxcost"], Made::Costs("Cost Management")),
    (&["metercategory", "consumedquantity"], Made::Costs("Cost Management")),
    (&["metercategory", "extendedcost"], Made::Costs("Cost Management")),
    (&["servicename", "cost", "currency"], Made::Costs("Cost analysis")),
    (&["cost", "costusd"], Made::Costs("Cost analysis")),
    (&["pretaxcost", "currency"], Made::Costs("Cost analysis")),
    (&["usagedate", "cost"], Made::Costs("Cost analysis")),
    (&["estimatedmonthlycost", "servicetype"], Made::Estimate),
    (&["metername", "unitprice", "metercategory"], Made::Agreement),
    (&["partnumber", "unitprice"], Made::Agreement),
    (&["marketprice", "unitprice"], Made::Agreement),
    (&["metricname"], Made::Records),
    (&["name", "type", "location", "resourcegroup"], Made::Inventory),
    (&["name", "type", "resourcegroup", "subscription"], Made::Inventory),
    (&["name", "resourcegroup", "location", "subscription"], Made::Inventory),
    (&["resourceid", "resourcegroup", "location", "type"], Made::Inventory),
];

/// Lines in which a header is looked for: exports begin with a title, the account and the time of the report.
const TITLES: usize = 10;

#[derive(Clone, Copy)]
enum Made {
    Own(&'static str),
    Prices,
    Costs(&'static str),
    Agreement,
    Estimate,
    Records,
    Inventory,
}

/// A table's kind; of unknown columns a series, whose reader says what it wants. Text without columns is text.
pub(super) fn kind(text: &str) -> Kind {
    let mut table = Table::of(text);
    let Some(first) = table.next() else { return Kind::Foreign(Foreign::Empty) };
    match made(&first.cells).or_else(|| below_titles(text)) {
        Some(Made::Own(what)) => Kind::Foreign(Foreign::Own(what)),
        Some(Made::Prices | Made::Agreement) => Kind::Known(Known::PriceSheet),
        Some(Made::Costs(format)) => Kind::Foreign(Foreign::Costs(format)),
        Some(Made::Estimate) => Kind::Foreign(Foreign::Estimate),
        Some(Made::Inventory) => Kind::Foreign(Foreign::Inventory),
        Some(Made::Records) => Kind::Known(Known::Series),
        None if first.cells.len() > 1 && (has_figures(text) || table.next().is_none()) => columns(text, &first.cells),
        None => Kind::Foreign(Foreign::Text),
    }
}

/// A table of columns that no other kind has: a series where it has two columns or one of times, else no kind that is known here.
fn columns(text: &str, header: &[String]) -> Kind {
    let is_moment = |cell: &String| cell.contains([':', '/']) && is_time(cell);
    let mut begins = Table::of(text).take(2).flat_map(|row| row.cells);
    if header.len() == 2 || header.iter().any(|it| names_time(it)) || begins.any(|it| is_moment(&it)) {
        return Kind::Known(Known::Series);
    }
    let prices = header.iter().any(|it| it.to_ascii_lowercase().contains("price"));
    let names: Vec<String> = header.iter().take(SHOWN).map(|it| named(it)).collect();
    let more = if header.len() > SHOWN { " and others" } else { "" };
    let names = format!("{}{more}", names.join(", "));
    Kind::Foreign(if prices { Foreign::OtherPrices(names) } else { Foreign::Table(names) })
}

/// So many columns are named.
const SHOWN: usize = 5;

/// What a table with these columns is, if only one kind has them.
fn made(header: &[String]) -> Option<Made> {
    let plain =
        |cell: &String| cell.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let names: Vec<String> = header.iter().map(plain).collect();
    let has = |name: &&str| names.iter().any(|it| it == name);
    TABLES.iter().find(|(columns, _)| columns.iter().all(&has)).map(|(_, made)| *made)
}

/// The same for a header that stands below titles. What is read by its columns has its header first: only what is not read is found.
fn below_titles(text: &str) -> Option<Made> {
    let starts = text.match_indices('\n').map(|(at, _)| at + 1).take(TITLES);
    let headers = starts.filter_map(|at| Table::of(&text[at..]).next()).filter(|row| row.cells.len() > 1);
    headers.filter_map(|row| made(&row.cells)).find(|made| !matches!(made, Made::Prices | Made::Records))
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
