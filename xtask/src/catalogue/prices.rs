//! Node prices: published anchors, and what is derived or estimated from them.
//!
//! For every size and region that has any anchor: published; else derived by the vendor's size ratio from the anchor of
//! the same family with the most significant digits; else estimated by the region's factor against East US, carried
//! from another family. A region without any anchor gets no rows: its prices are unknown.

use super::{Folder, Table};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The region whose families all have an anchor; regional factors are measured against it.
pub(crate) const BASE: &str = "eastus";
/// Hours in a year as a reservation counts them.
pub(crate) const HOURS_PER_YEAR: i64 = 8_760;
/// Source tag of the vendor's size ratios.
const RATIOS: &str = "S06";

/// A published price of one node and one hour.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    pub(crate) sku: String,
    pub(crate) region: String,
    pub(crate) price: Decimal,
    digits: usize,
    /// Half a unit of the printed price's last digit, in percent of the price.
    rounding: Decimal,
    as_of: String,
    pub(crate) sources: String,
    how: String,
}

/// A published total of one node for a whole term.
#[derive(Debug, Clone)]
pub(crate) struct Total {
    pub(crate) sku: String,
    pub(crate) region: String,
    pub(crate) years: i64,
    pub(crate) amount: Decimal,
    pub(crate) as_of: String,
    pub(crate) sources: String,
}

/// A discount of a whole family that the facts could not verify.
#[derive(Debug)]
pub(crate) struct Discount {
    pub(crate) family: String,
    pub(crate) years: i64,
    pub(crate) fraction: Decimal,
    pub(crate) sources: String,
}

/// What the price files say.
pub(crate) struct Facts {
    pub(crate) skus: Vec<String>,
    pub(crate) ratios: BTreeMap<String, Decimal>,
    pub(crate) names: BTreeMap<String, String>,
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) totals: Vec<Total>,
    pub(crate) discounts: Vec<Discount>,
}

impl Facts {
    pub(crate) fn read(folder: &Folder) -> Result<Self, String> {
        let mut facts = Self {
            skus: Vec::new(),
            ratios: BTreeMap::new(),
            names: BTreeMap::new(),
            anchors: Vec::new(),
            totals: Vec::new(),
            discounts: Vec::new(),
        };
        for row in folder.rows("skus.csv")? {
            facts.skus.push(row.get("id")?.to_owned());
        }
        for row in folder.rows("size-ratios.csv")? {
            facts.ratios.insert(row.get("sku")?.to_owned(), decimal(row.get("ratio_in_family")?)?);
        }
        for row in folder.rows("regions.csv")? {
            facts.names.insert(row.get("arm_region")?.to_owned(), row.get("display_name")?.to_owned());
        }
        for row in folder.rows("prices.csv")? {
            facts.take(&row)?;
        }
        facts.prefer_nodes_to_pairs()?;
        Ok(facts)
    }

    fn take(&mut self, row: &super::csv::Row) -> Result<(), String> {
        let text = |column: &str| row.get(column).map(str::to_owned);
        let years = match row.get("term")? {
            "1 Year" => 1,
            "3 Years" => 3,
            _ => 0,
        };
        let price = decimal(row.get("price")?)?;
        match (row.get("status")?, row.get("currency")?, row.get("type")?) {
            // Pounds are reference values; the bill is in dollars.
            (_, "GBP", _) => {}
            ("QUOTED", "USD", "Consumption") => self.anchors.push(anchor(row, price)?),
            ("QUOTED", "USD", "Reservation") => self.totals.push(Total {
                sku: text("sku")?,
                region: text("region")?,
                years,
                amount: price,
                as_of: text("as_of")?,
                sources: text("sources")?,
            }),
            ("UNVERIFIED", "", "Reservation") => self.discounts.push(Discount {
                family: row.get("sku")?.trim_end_matches("_*").to_owned(),
                years,
                fraction: price,
                sources: text("sources")?,
            }),
            other => return Err(format!("prices.csv: no rule for {other:?}")),
        }
        Ok(())
    }

    /// Where both a node's and a pair's meter are quoted, the pair must be two nodes, and the node's stays.
    fn prefer_nodes_to_pairs(&mut self) -> Result<(), String> {
        let mut kept: BTreeMap<(String, String), Anchor> = BTreeMap::new();
        for anchor in std::mem::take(&mut self.anchors) {
            let key = (anchor.sku.clone(), anchor.region.clone());
            let Some(other) = kept.get(&key) else {
                kept.insert(key, anchor);
                continue;
            };
            if (anchor.price - other.price).abs() > other.price / Decimal::ONE_HUNDRED {
                return Err(format!("{} in {}: {} and {} for a node", key.0, key.1, other.price, anchor.price));
            }
            if anchor.how.is_empty() {
                kept.insert(key, anchor);
            }
        }
        self.anchors = kept.into_values().collect();
        Ok(())
    }

    pub(crate) fn ratio(&self, sku: &str) -> Result<Decimal, String> {
        self.ratios.get(sku).copied().ok_or_else(|| format!("size-ratios.csv has no {sku}"))
    }

    pub(crate) fn name(&self, region: &str) -> Result<&str, String> {
        self.names.get(region).map(String::as_str).ok_or_else(|| format!("regions.csv has no {region}"))
    }

    pub(crate) fn anchor(&self, sku: &str, region: &str) -> Option<&Anchor> {
        self.anchors.iter().find(|anchor| anchor.sku == sku && anchor.region == region)
    }

    fn families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = self.skus.iter().map(|sku| family(sku)).collect();
        families.dedup();
        families
    }
}

fn anchor(row: &super::csv::Row, price: Decimal) -> Result<Anchor, String> {
    let (sku, text) = (row.get("sku")?.to_owned(), row.get("price")?);
    let half = Decimal::new(5, price.scale() + 1);
    let rounding = (half / price * Decimal::ONE_HUNDRED).round_sf(1).unwrap_or(Decimal::ONE).normalize();
    let (price, how) = match row.get("basis")? {
        "per node" if row.get("note")?.contains("HA pair; halved") => {
            (price, format!("printed for the pair of nodes, {}; halved", price * Decimal::TWO))
        }
        "per node" => (price, String::new()),
        "per pair (1 shard)" => (price / Decimal::TWO, format!("printed for the pair of nodes, {price}; halved")),
        other => return Err(format!("prices.csv: “{other}” is neither a node nor a pair")),
    };
    Ok(Anchor {
        sku,
        region: row.get("region")?.to_owned(),
        price,
        digits: significant(text),
        rounding,
        as_of: row.get("as_of")?.to_owned(),
        sources: row.get("sources")?.to_owned(),
        how,
    })
}

/// `MemoryOptimized` of `MemoryOptimized_M10`.
pub(crate) fn family(sku: &str) -> &str {
    sku.split('_').next().unwrap_or(sku)
}

/// `M10` of `MemoryOptimized_M10`.
pub(crate) fn short(sku: &str) -> &str {
    sku.rsplit('_').next().unwrap_or(sku)
}

pub(crate) fn decimal(text: &str) -> Result<Decimal, String> {
    text.parse().map_err(|error| format!("“{text}”: {error}"))
}

/// Digits from the first that is not 0: 0.032 has two, 1.465 has four.
fn significant(text: &str) -> usize {
    text.replace('.', "").trim_start_matches('0').len()
}

/// One size in one region.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) price: Decimal,
    word: &'static str,
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
        let mut groups = Table::new("node_groups", "region|family|word|as_of|source|how|prices in the order of sizes");
        let mut rows = Table::new("node_rows", "size|region|word|price|as_of|source|how");
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
                        rows.push(&[sku, region, node.word, &price, &node.as_of, &node.sources, &node.how])?;
                    }
                }
                if let Some(node) = shared {
                    let prices = prices.join(" ");
                    groups.push(&[region, wanted, node.word, &node.as_of, &node.sources, &node.how, &prices])?;
                }
            }
        }
        Ok(vec![groups, rows])
    }
}

fn published(facts: &Facts, sku: &str, region: &str) -> Option<Node> {
    facts.anchor(sku, region).map(|anchor| Node {
        price: anchor.price.normalize(),
        word: "published",
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
        word: "derived",
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
        word: "estimated",
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
    nodes.insert(BASE, "Premium_P5", Node { price: price.normalize(), word: "derived", as_of, sources, how });
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
