//! Node prices: a base price of each size, the factor of each region, and the rows that were quoted.
//!
//! A price is `round(base × factor, 3)` (72 of 72 prices of two lists; `core/data/sources/README.md`); a quoted row stands
//! before it. The catalogue carries bases and factors and the core multiplies: 60 sizes in 57 regions need no 3,420 cells.

use super::Table;
use super::facts::{Anchor, Base, Factor, Facts, family};
use rust_decimal::{Decimal, RoundingStrategy};

/// The region whose prices are the bases.
pub(crate) const BASE: &str = "eastus";
/// Hours in a year as a reservation counts them.
pub(crate) const HOURS_PER_YEAR: i64 = 8_760;
/// The narrowest round pair of shares of an estimate that covers all 16 regions with a known factor.
const LOW: Decimal = Decimal::from_parts(86, 0, 0, false, 2);
const HIGH: Decimal = Decimal::from_parts(118, 0, 0, false, 2);

/// A quoted row of Managed Redis further than this from `base × factor` contradicts the factor.
const APART: Decimal = Decimal::from_parts(1, 0, 0, false, 3);

/// Three tables: bases by size, factors by region and service, quoted rows.
pub(crate) fn tables(facts: &Facts) -> Result<Vec<Table>, String> {
    let mut bases = Table::new("node_bases", "size|price|low|high|as_of|source|how");
    for Base { sku, price, band, as_of, sources, basis } in &facts.bases {
        let (low, high) = ends(*band);
        bases.push(&[sku, &price.normalize().to_string(), &low, &high, as_of, sources, basis])?;
    }
    let mut factors = Table::new("region_factors", "region|service|factor|low|high|as_of|source|how");
    for factor in &facts.factors {
        push(&mut factors, factor)?;
    }
    for factor in enterprise(facts)?.into_iter().chain(standard(facts)?) {
        push(&mut factors, &factor)?;
    }
    let mut rows = Table::new("node_rows", "size|region|price|as_of|source|how");
    for anchor in &facts.anchors {
        check(facts, anchor)?;
        let Anchor { sku, region, price, as_of, sources, how } = anchor;
        rows.push(&[sku, region, &price.normalize().to_string(), as_of, sources, how])?;
    }
    Ok(vec![bases, factors, rows])
}

fn ends(band: Option<(Decimal, Decimal)>) -> (String, String) {
    band.map_or_else(Default::default, |(low, high)| (low.to_string(), high.to_string()))
}

fn push(table: &mut Table, factor: &Factor) -> Result<(), String> {
    let Factor { region, service, times, band, as_of, sources, basis } = factor;
    let (low, high) = ends(*band);
    table.push(&[region, service, &times.to_string(), &low, &high, as_of, sources, basis])
}

/// The factor of a retiring tier where none was read: Managed Redis's with its band. The three regions that have both agree
/// within 0.02 (East US and West US 3 1.00, Chile Central 1.40 against 1.38).
fn enterprise(facts: &Facts) -> Result<Vec<Factor>, String> {
    let read = |region: &str| facts.factor(region, "enterprise").is_some();
    let missing = facts.names.keys().filter(|region| !read(region));
    let carried = missing.map(|region| {
        let managed = facts.factor(region, "managed").ok_or_else(|| format!("no factor of {region}"))?;
        let (low, high) = managed.band.unwrap_or((managed.times * LOW, managed.times * HIGH));
        let two = |factor: Decimal| factor.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        Ok(Factor {
            service: "enterprise".to_owned(),
            band: Some((two(low).max(Decimal::ONE), two(high))),
            basis: "the factor of Managed Redis; in three of three regions with both they are within 0.02".to_owned(),
            ..managed.clone()
        })
    });
    carried.collect()
}

/// The factor of Basic and Standard where none was read: Premium's, which it is in Korea Central and UAE North; in Canada Central it is
/// 1.00 where Premium's is 1.20, which the low end covers.
fn standard(facts: &Facts) -> Result<Vec<Factor>, String> {
    let read = |region: &str| facts.factor(region, "standard").is_some();
    let missing = facts.names.keys().filter(|region| !read(region));
    let carried = missing.map(|region| {
        let premium = facts.factor(region, "premium").ok_or_else(|| format!("no factor of {region}"))?;
        let (low, high) = premium.band.unwrap_or((premium.times, premium.times));
        let apart = Decimal::from_parts(83, 0, 0, false, 2);
        let two = |factor: Decimal| factor.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        Ok(Factor {
            service: "standard".to_owned(),
            band: Some((two(low * apart).max(Decimal::ONE), high)),
            basis: "the factor of Premium; in two of three regions with both they are the same, in Canada Central 0.83 of it".to_owned(),
            ..premium.clone()
        })
    });
    carried.collect()
}

/// A quoted row fits its region's factor, so that no price contradicts another: half of a thousandth of rounding apart, of
/// Premium one part in two hundred (its meters of a node and of a pair are rounded each for itself).
fn check(facts: &Facts, anchor: &Anchor) -> Result<(), String> {
    let base = facts.base(&anchor.sku)?;
    let service = match family(&anchor.sku) {
        "Premium" => "premium",
        "Basic" | "Standard" => "standard",
        "Enterprise" | "EnterpriseFlash" => "enterprise",
        _ => "managed",
    };
    let factor = facts.factor(&anchor.region, service).ok_or_else(|| format!("no factor of {}", anchor.region))?;
    let allowed = APART.max(base.price * Decimal::new(5, 3));
    let (low, high) = factor.band.unwrap_or((factor.times, factor.times));
    if anchor.price < base.price * low - allowed || anchor.price > base.price * high + allowed {
        return Err(format!("{} in {}: {} against {} × {}", anchor.sku, anchor.region, anchor.price, base.price, low));
    }
    Ok(())
}

/// Source tags of both, each once.
pub(crate) fn joined(a: &str, b: &str) -> String {
    let mut tags: Vec<&str> = Vec::new();
    for tag in a.split_whitespace().chain(b.split_whitespace()) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags.join(" ")
}
