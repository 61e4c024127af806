//! A portfolio's month by the values of a tag.

use super::{Axis, BarPlot, BarRow, Chart, Ink, Plot, Table, Unit, says};
use crate::catalog::Catalog;
use crate::portfolio::{Row, Share, no_shares, rounding, shares};
use crate::report::tags::{tag_name, tag_value};
use crate::units::format;

/// Most bars; the table has every value.
const MOST_BARS: usize = 20;

/// The steady month of all plans by the values of one tag, the dearest first (see [`shares`]). `None` where nothing of a month is known.
#[must_use]
pub fn portfolio_chart(rows: &[Row], key: &str, catalog: &Catalog) -> Option<Chart> {
    let currency = catalog.currency();
    let name = |part: &Share| name(part, key, catalog);
    let parts = shares(rows, key);
    // Plans without the tag stand last, however much they cost.
    let first = parts.iter().rev().max_by_key(|part| part.monthly)?;
    let longest = first.monthly.as_f64_for_charts();
    if longest <= 0.0 {
        return None;
    }
    let bar = |part: &Share| BarRow {
        label: name(part),
        ink: Ink::Accent,
        pieces: vec![("a month".to_owned(), part.monthly.as_f64_for_charts())],
        whisker: Some((part.monthly.as_f64_for_charts(), part.amount(currency, format::money))),
        open: part.incomplete > 0,
    };
    let none = no_shares(&parts);
    let amount = format!("{} a month", first.amount(currency, format::money));
    let [opens, most] = match none {
        None => ["The largest share is ", &format!("{}, {amount}", first.percent())],
        Some(_) => ["The most that is known is ", &amount],
    };
    let more = parts.len().saturating_sub(MOST_BARS);
    let rest = if more > 0 { format!(" {} more in the table.", format::counted(more, "value")) } else { String::new() };
    let rounded = rounding(&parts).map_or_else(String::new, |said| format!(" {said}"));
    Some(Chart {
        id: "portfolio-share",
        title: format!("The month by {}", tag_name(key)),
        says: says([
            opens,
            most,
            &format!(": {}.{}", name(first), none.map_or_else(String::new, |none| format!(" {none}"))),
        ]),
        caption: format!("Steady months at effective prices; a bar without a price is open.{rest}{rounded}"),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("a month", Unit::Money(currency), longest * 1.02, 6),
            rows: parts.iter().take(MOST_BARS).map(bar).collect(),
            marks: Vec::new(),
        }),
        table: Table {
            head: [tag_name(key), "A month", "Share", "Plans"].map(str::to_owned).into(),
            rows: parts
                .iter()
                .map(|part| {
                    let plans = format::count(part.plans as f64);
                    vec![name(part), part.amount(currency, format::money_cents), part.percent(), plans]
                })
                .collect(),
        },
    })
}

fn name(part: &Share, key: &str, catalog: &Catalog) -> String {
    part.value.as_ref().map_or_else(|| "Without the tag".to_owned(), |value| tag_value(key, value, catalog))
}
