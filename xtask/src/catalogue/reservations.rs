//! Reservations: totals of one node for a whole term, and the discounts that carry them further.

use super::facts::{Facts, Total, family};
use super::prices::{BASE, HOURS_PER_YEAR, joined};
use super::{Folder, Table};
use rust_decimal::Decimal;

const TERMS: [i64; 2] = [1, 3];
const PREMIUM: &str = "Premium";

/// Rows with a total, and a discount per family for every size and region without one.
pub(crate) fn tables(folder: &Folder, facts: &Facts) -> Result<Vec<Table>, String> {
    let mut rows = Table::new("reservation_rows", "size|region|years|word|total|as_of|source|how");
    for total in &facts.totals {
        push(&mut rows, total, "published", "")?;
    }
    for years in TERMS {
        premium_by_discount(facts, &mut rows, years)?;
    }
    let mut rules = Table::new("reservation_discounts", "family|years|discount|word|source|how");
    for row in folder.rows("reservation-discounts.csv")? {
        let cells = ["family", "years", "discount", "word", "sources", "basis"].map(|column| row.get(column));
        let cells: Result<Vec<&str>, String> = cells.into_iter().collect();
        rules.push(&cells?)?;
    }
    Ok(vec![rows, rules])
}

fn push(rows: &mut Table, total: &Total, word: &str, how: &str) -> Result<(), String> {
    let years = total.years.to_string();
    let amount = total.amount.normalize().to_string();
    rows.push(&[&total.sku, &total.region, &years, word, &amount, &total.as_of, &total.sources, how])
}

/// The discount of P1 and P2 in East US against their own published hours; both must agree to a percent.
fn premium_discount(facts: &Facts, years: i64) -> Result<Decimal, String> {
    let mut found = None;
    for total in facts.totals.iter().filter(|total| family(&total.sku) == PREMIUM && total.years == years) {
        let Some(anchor) = facts.anchor(&total.sku, &total.region) else { continue };
        let discount = below(anchor.price, total);
        if found.is_some_and(|other| other != discount) {
            return Err(format!("{}: {discount} is another discount than that of its sister", total.sku));
        }
        found = Some(discount);
    }
    found.ok_or_else(|| format!("no published Premium reservation of {years} years"))
}

fn below(hourly: Decimal, total: &Total) -> Decimal {
    (Decimal::ONE - total.amount / (hourly * Decimal::from(HOURS_PER_YEAR * total.years))).round_dp(2)
}

/// P3 and P4 in East US: the hour × hours × (1 − discount).
fn premium_by_discount(facts: &Facts, rows: &mut Table, years: i64) -> Result<(), String> {
    let discount = premium_discount(facts, years)?;
    for sku in ["Premium_P3", "Premium_P4"] {
        let hour = facts.anchor(sku, BASE).map_or_else(|| facts.base(sku).map(|base| base.price), |it| Ok(it.price))?;
        let hours = Decimal::from(HOURS_PER_YEAR * years);
        let percent = (discount * Decimal::ONE_HUNDRED).normalize();
        let how = format!("{hour} an hour × {hours} h × (1 − {percent} %), as P1 and P2");
        let total = Total {
            sku: sku.to_owned(),
            region: BASE.to_owned(),
            years,
            amount: (hour * hours * (Decimal::ONE - discount)).round(),
            as_of: "2026-10-01".to_owned(),
            sources: joined("S05", &facts.base(sku)?.sources),
        };
        push(rows, &total, "derived", &how)?;
    }
    Ok(())
}
