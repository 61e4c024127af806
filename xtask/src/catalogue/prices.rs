//! Node prices: published anchors, and what is derived or estimated from them.
//!
//! For every size and region that has any anchor: published; else derived by the vendor's size ratio from the anchor of
//! the same family with the most significant digits; else estimated by the region's factor against East US, carried
//! from another family. A region without any anchor gets no rows: its prices are unknown.

use super::Table;
use super::facts::{Anchor, Facts, Total, family, short};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The region whose families all have an anchor; regional factors are measured against it.
pub(crate) const BASE: &str = "eastus";
/// Hours in a year as a reservation counts them.
pub(crate) const HOURS_PER_YEAR: i64 = 8_760;
/// Source tag of the vendor's size ratios.
const RATIOS: &str = "S06";

/// One size in one region.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) price: Decimal,
    confidence: &'static str,
    as_of: String,
    pub(crate) sources: String,
    /// `{ratio}`, `{base}` and `{sku}` stand for the size's ratio, its East US price and its short name.
    how: String,
}

/// Every node price, by region and size.
pub(crate) struct Nodes {
    prices: BTreeMap<(String, String), Node>,
    skus: Vec<String>,
    families: Vec<String>,
}

/// Prices of every size in every region that has an anchor.
pub(crate) fn nodes(facts: &Facts) -> Result<Nodes, String> {
    let mut nodes = Nodes {
        prices: BTreeMap::new(),
        skus: facts.skus.clone(),
        families: facts.families().into_iter().map(str::to_owned).collect(),
    };
    let regions: BTreeSet<&str> = facts.anchors.iter().map(|anchor| anchor.region.as_str()).collect();
    // East US first: the estimates of the others stand on it.
    let others = regions.iter().copied().filter(|&region| region != BASE);
    for region in std::iter::once(BASE).chain(others) {
        for sku in &facts.skus {
            if let Some(node) = published(facts, sku, region) {
                nodes.insert(region, sku, node);
            }
        }
        premium_exceptions(facts, &mut nodes, region)?;
        for sku in &facts.skus {
            if nodes.get(region, sku).is_none() {
                let node = match best(facts, region, |other| family(other) == family(sku)) {
                    Some(anchor) => derived(facts, anchor, sku)?,
                    None => estimated(facts, &nodes, sku, region)?,
                };
                nodes.insert(region, sku, node);
            }
        }
    }
    Ok(nodes)
}

impl Nodes {
    fn insert(&mut self, region: &str, sku: &str, node: Node) {
        self.prices.insert((region.to_owned(), sku.to_owned()), node);
    }

    pub(crate) fn get(&self, region: &str, sku: &str) -> Option<&Node> {
        self.prices.get(&(region.to_owned(), sku.to_owned()))
    }

    /// Two tables: groups of one region and family that share everything but the amount, and single rows.
    pub(crate) fn tables(&self) -> Result<Vec<Table>, String> {
        let mut groups =
            Table::new("node_groups", "region|family|confidence|as_of|source|how|prices in the order of sizes");
        let mut rows = Table::new("node_rows", "size|region|confidence|price|as_of|source|how");
        let regions: BTreeSet<&str> = self.prices.keys().map(|(region, _)| region.as_str()).collect();
        for region in regions {
            for wanted in &self.families {
                let skus: Vec<&String> = self.skus.iter().filter(|sku| family(sku) == wanted).collect();
                let mut prices = Vec::new();
                let mut shared: Option<&Node> = None;
                for sku in skus {
                    let node = self.get(region, sku).ok_or_else(|| format!("no price of {sku} in {region}"))?;
                    if node.how.contains('{') {
                        shared = Some(node);
                        prices.push(node.price.to_string());
                    } else {
                        prices.push("-".to_owned());
                        let price = node.price.to_string();
                        rows.push(&[sku, region, node.confidence, &price, &node.as_of, &node.sources, &node.how])?;
                    }
                }
                if let Some(node) = shared {
                    let prices = prices.join(" ");
                    groups.push(&[region, wanted, node.confidence, &node.as_of, &node.sources, &node.how, &prices])?;
                }
            }
        }
        Ok(vec![groups, rows])
    }
}

fn published(facts: &Facts, sku: &str, region: &str) -> Option<Node> {
    facts.anchor(sku, region).map(|anchor| Node {
        price: anchor.price.normalize(),
        confidence: "published",
        as_of: anchor.as_of.clone(),
        sources: anchor.sources.clone(),
        how: anchor.how.clone(),
    })
}

/// The anchor of a region with the most significant digits, the dearer of two alike.
fn best<'a>(facts: &'a Facts, region: &str, wanted: impl Fn(&str) -> bool) -> Option<&'a Anchor> {
    facts
        .anchors
        .iter()
        .filter(|anchor| anchor.region == region && wanted(&anchor.sku))
        .max_by_key(|anchor| (anchor.digits, anchor.price))
}

fn derived(facts: &Facts, anchor: &Anchor, sku: &str) -> Result<Node, String> {
    let (from, to) = (facts.ratio(&anchor.sku)?, facts.ratio(sku)?);
    Ok(Node {
        price: to_price(anchor.price * to / from),
        confidence: "derived",
        as_of: anchor.as_of.clone(),
        sources: format!("{} {RATIOS}", anchor.sources),
        how: format!(
            "{} in {} ({}) × size ratio {{ratio}} ÷ {from}; the anchor is rounded to ± {} %",
            short(&anchor.sku),
            facts.name(&anchor.region)?,
            anchor.price.normalize(),
            anchor.rounding,
        ),
    })
}

fn estimated(facts: &Facts, nodes: &Nodes, sku: &str, region: &str) -> Result<Node, String> {
    let managed = |sku: &str| family(sku) != "Premium";
    // A size of the same product says more about the region than one of the other.
    let anchor = best(facts, region, |other| managed(other) == managed(sku))
        .or_else(|| best(facts, region, |_| true))
        .ok_or_else(|| format!("{region} has no anchor"))?;
    let base = |sku: &str| nodes.get(BASE, sku).ok_or_else(|| format!("no {sku} in {BASE}"));
    let (same, wanted) = (base(&anchor.sku)?, base(sku)?);
    Ok(Node {
        price: to_price(anchor.price * wanted.price / same.price),
        confidence: "estimated",
        as_of: anchor.as_of.clone(),
        sources: joined(&anchor.sources, &wanted.sources),
        how: format!(
            "{{sku}} in {base} ({{base}}) × the region's factor from another family: {anchor} in {here} ({price}) ÷ in {base} ({same})",
            base = facts.name(BASE)?,
            anchor = short(&anchor.sku),
            here = facts.name(region)?,
            price = anchor.price.normalize(),
            same = same.price,
        ),
    })
}

/// P4 and P5 in East US as the facts derive them: P4 from P1, P5 from its own reservation totals.
fn premium_exceptions(facts: &Facts, nodes: &mut Nodes, region: &str) -> Result<(), String> {
    if region != BASE {
        return Ok(());
    }
    let p1 = facts.anchor("Premium_P1", BASE).ok_or("no P1 in East US")?;
    let p3 = facts.anchor("Premium_P3", BASE).ok_or("no P3 in East US")?;
    let mut p4 = derived(facts, p1, "Premium_P4")?;
    let (ratio, p3_ratio) = (facts.ratio("Premium_P4")?, facts.ratio("Premium_P3")?);
    p4.how = format!(
        "P1 in East US ({}) × size ratio {ratio}; from P3 ({}) it would be {}",
        p1.price,
        p3.price,
        to_price(p3.price * ratio / p3_ratio)
    );
    nodes.insert(BASE, "Premium_P4", p4);
    let total = |years| {
        let wanted = |total: &&Total| total.sku == "Premium_P5" && total.region == BASE && total.years == years;
        facts.totals.iter().find(wanted).ok_or("no reservation of P5 in East US")
    };
    let (one, three) = (total(1)?, total(3)?);
    let hourly = |total: &Total| -> Result<Decimal, String> {
        let paid = Decimal::ONE - super::reservations::premium_discount(facts, total.years)?;
        Ok((total.amount / Decimal::from(HOURS_PER_YEAR * total.years) / paid).round_dp(3))
    };
    let (price, check) = (hourly(one)?, hourly(three)?);
    if price != check {
        return Err(format!("P5 by its reservations: {price} and {check}"));
    }
    let how = format!(
        "from its reservation totals in East US, {} for one year and {} for three, without the discounts of P1 and P2: both give {price}",
        one.amount, three.amount
    );
    let (as_of, sources) = (one.as_of.clone(), one.sources.clone());
    nodes.insert(BASE, "Premium_P5", Node { price: price.normalize(), confidence: "derived", as_of, sources, how });
    Ok(())
}

/// Four decimals, as the price lists have at most for these sizes.
fn to_price(exact: Decimal) -> Decimal {
    exact.round_dp(4).normalize()
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
