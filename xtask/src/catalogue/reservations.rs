//! Reservations: totals of one node for a whole term, and the discounts that carry them further.

use super::Table;
use super::facts::{Facts, Total, family, short};
use super::prices::{BASE, HOURS_PER_YEAR, Nodes, joined};
use rust_decimal::Decimal;

const TERMS: [i64; 2] = [1, 3];
const PREMIUM: &str = "Premium";
const FLASH: &str = "FlashOptimized";

/// Rows with a total, and a discount per family for every size and region without one.
pub(crate) fn tables(facts: &Facts, nodes: &Nodes) -> Result<Vec<Table>, String> {
    let mut rows = Table::new("reservation_rows", "size|region|years|word|total|as_of|source|how");
    for total in &facts.totals {
        push(&mut rows, total, "published", "")?;
    }
    for years in TERMS {
        premium_by_discount(facts, &mut rows, years)?;
        flash_by_ratio(facts, &mut rows, years)?;
    }
    let mut rules = Table::new("reservation_discounts", "family|years|discount|source|how");
    for years in TERMS {
        let (y, text) = (years.to_string(), premium_discount(facts, years)?.normalize().to_string());
        rules.push(&[
            PREMIUM,
            &y,
            &text,
            "S05",
            "the discount of P1 and P2 in East US, carried to this region or size",
        ])?;
        let total = published_flash(facts, years)?;
        let flash = discount(nodes, total)?.normalize().to_string();
        rules.push(&[FLASH, &y, &flash, &total.sources, "the discount of A1500 in West US, carried here"])?;
    }
    for unverified in &facts.discounts {
        rules.push(&[
            &unverified.family,
            &unverified.years.to_string(),
            &unverified.fraction.normalize().to_string(),
            &unverified.sources,
            "unverified: assumed equal to the discount of A1500 in West US",
        ])?;
    }
    Ok(vec![rows, rules])
}

fn push(rows: &mut Table, total: &Total, word: &str, how: &str) -> Result<(), String> {
    let years = total.years.to_string();
    let amount = total.amount.normalize().to_string();
    rows.push(&[&total.sku, &total.region, &years, word, &amount, &total.as_of, &total.sources, how])
}

/// The discount of P1 and P2 in East US against their own published hours; both must agree to a percent.
pub(crate) fn premium_discount(facts: &Facts, years: i64) -> Result<Decimal, String> {
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

fn discount(nodes: &Nodes, total: &Total) -> Result<Decimal, String> {
    let node = nodes.get(&total.region, &total.sku).ok_or_else(|| format!("no price of {}", total.sku))?;
    Ok(below(node.price, total))
}

fn published_flash(facts: &Facts, years: i64) -> Result<&Total, String> {
    let wanted = |total: &&Total| family(&total.sku) == FLASH && total.years == years;
    facts.totals.iter().find(wanted).ok_or_else(|| format!("no published Flash reservation of {years} years"))
}

/// P3 and P4 in East US: P3's hour × size ratio × hours × (1 − discount), as the facts derive them.
fn premium_by_discount(facts: &Facts, rows: &mut Table, years: i64) -> Result<(), String> {
    let discount = premium_discount(facts, years)?;
    let p3 = facts.anchor("Premium_P3", BASE).ok_or("no P3 in East US")?;
    for sku in ["Premium_P3", "Premium_P4"] {
        let (to, from) = (facts.ratio(sku)?, facts.ratio(&p3.sku)?);
        let hours = Decimal::from(HOURS_PER_YEAR * years);
        let step = if to == from { String::new() } else { format!(" × size ratio {to} ÷ {from}") };
        let percent = (discount * Decimal::ONE_HUNDRED).normalize();
        let how = format!("P3 in East US ({}){step} × {hours} h × (1 − {percent} %)", p3.price);
        let total = Total {
            sku: sku.to_owned(),
            region: BASE.to_owned(),
            years,
            amount: (p3.price * to / from * hours * (Decimal::ONE - discount)).round(),
            as_of: "2026-10-01".to_owned(),
            sources: joined("S05", &p3.sources),
        };
        push(rows, &total, "derived", &how)?;
    }
    Ok(())
}

/// The other Flash sizes in the region of the published one, by size ratio.
fn flash_by_ratio(facts: &Facts, rows: &mut Table, years: i64) -> Result<(), String> {
    let anchor = published_flash(facts, years)?;
    let from = facts.ratio(&anchor.sku)?;
    for sku in facts.skus.iter().filter(|sku| family(sku) == FLASH && **sku != anchor.sku) {
        let to = facts.ratio(sku)?;
        let place = facts.name(&anchor.region)?;
        let how = format!("{} in {place} ({}) × size ratio {to} ÷ {from}", short(&anchor.sku), anchor.amount);
        let total = Total {
            sku: sku.clone(),
            amount: (anchor.amount * to / from).round(),
            sources: joined(&anchor.sources, "S06"),
            ..anchor.clone()
        };
        push(rows, &total, "derived", &how)?;
    }
    Ok(())
}
