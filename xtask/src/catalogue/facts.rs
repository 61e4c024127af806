//! What the price files say: quoted prices and totals, base prices of the sizes, factors of the regions.

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

/// The price of one node and one hour that regional factors multiply.
#[derive(Debug)]
pub(crate) struct Base {
    pub(crate) sku: String,
    pub(crate) price: Decimal,
    /// Low and high end of an estimate; none for a price that a list gave.
    pub(crate) band: Option<(Decimal, Decimal)>,
    pub(crate) as_of: String,
    pub(crate) sources: String,
    pub(crate) basis: String,
}

/// The factor of a region and a service over the base prices.
#[derive(Debug, Clone)]
pub(crate) struct Factor {
    pub(crate) region: String,
    pub(crate) service: String,
    pub(crate) times: Decimal,
    /// Low and high end of an estimate; none for a factor that prices there gave.
    pub(crate) band: Option<(Decimal, Decimal)>,
    pub(crate) as_of: String,
    pub(crate) sources: String,
    pub(crate) basis: String,
}

/// What the price files say.
pub(crate) struct Facts {
    pub(crate) names: BTreeMap<String, String>,
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) totals: Vec<Total>,
    pub(crate) bases: Vec<Base>,
    pub(crate) factors: Vec<Factor>,
}

impl Facts {
    pub(crate) fn read(folder: &Folder) -> Result<Self, String> {
        let mut facts = Self {
            names: BTreeMap::new(),
            anchors: Vec::new(),
            totals: Vec::new(),
            bases: folder.rows("base-prices.csv")?.iter().map(base).collect::<Result<_, _>>()?,
            factors: folder.rows("region-factors.csv")?.iter().map(factor).collect::<Result<_, _>>()?,
        };
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

    pub(crate) fn base(&self, sku: &str) -> Result<&Base, String> {
        let found = self.bases.iter().find(|base| base.sku == sku);
        found.ok_or_else(|| format!("base-prices.csv has no {sku}"))
    }

    pub(crate) fn factor(&self, region: &str, service: &str) -> Option<&Factor> {
        self.factors.iter().find(|factor| factor.region == region && factor.service == service)
    }

    pub(crate) fn anchor(&self, sku: &str, region: &str) -> Option<&Anchor> {
        self.anchors.iter().find(|anchor| anchor.sku == sku && anchor.region == region)
    }
}

fn base(row: &Row) -> Result<Base, String> {
    let text = |column: &str| row.get(column).map(str::to_owned);
    let price = decimal(row.get("price")?)?;
    let band = band(row)?;
    if band.is_some_and(|(low, high)| low > price || price > high) {
        return Err(format!("base-prices.csv: {price} of {} is outside its band", row.get("sku")?));
    }
    Ok(Base { sku: text("sku")?, price, band, as_of: text("as_of")?, sources: text("sources")?, basis: text("basis")? })
}

fn band(row: &Row) -> Result<Option<(Decimal, Decimal)>, String> {
    match (row.get("low")?, row.get("high")?) {
        ("", "") => Ok(None),
        (low, high) => Ok(Some((decimal(low)?, decimal(high)?))),
    }
}

fn factor(row: &Row) -> Result<Factor, String> {
    let text = |column: &str| row.get(column).map(str::to_owned);
    let band = band(row)?;
    let factor = decimal(row.get("factor")?)?;
    if band.is_some_and(|(low, high)| low > factor || factor > high) {
        return Err(format!("region-factors.csv: {factor} in {} is outside its band", row.get("region")?));
    }
    Ok(Factor {
        region: text("region")?,
        service: text("service")?,
        times: factor,
        band,
        as_of: text("as_of")?,
        sources: text("sources")?,
        basis: text("basis")?,
    })
}

fn anchor(row: &Row, price: Decimal) -> Result<Anchor, String> {
    let sku = row.get("sku")?.to_owned();
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
        as_of: row.get("as_of")?.to_owned(),
        sources: row.get("sources")?.to_owned(),
        how,
    })
}

/// `MemoryOptimized` of `MemoryOptimized_M10`.
pub(crate) fn family(sku: &str) -> &str {
    sku.split('_').next().unwrap_or(sku)
}

pub(crate) fn decimal(text: &str) -> Result<Decimal, String> {
    text.parse().map_err(|error| format!("“{text}”: {error}"))
}
