//! What the price files say: published prices and totals, size ratios, unverified discounts.

use super::Folder;
use super::csv::Row;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A published price of one node and one hour.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    pub(crate) sku: String,
    pub(crate) region: String,
    pub(crate) price: Decimal,
    pub(crate) digits: usize,
    /// Half a unit of the printed price's last digit, in percent of the price.
    pub(crate) rounding: Decimal,
    pub(crate) as_of: String,
    pub(crate) sources: String,
    pub(crate) how: String,
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

    fn take(&mut self, row: &Row) -> Result<(), String> {
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

    pub(crate) fn families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = self.skus.iter().map(|sku| family(sku)).collect();
        families.dedup();
        families
    }
}

fn anchor(row: &Row, price: Decimal) -> Result<Anchor, String> {
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

/// Digits from the first that is not 0: 0.032 has two, 1.465 has four.
fn significant(text: &str) -> usize {
    text.replace('.', "").trim_start_matches('0').len()
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
