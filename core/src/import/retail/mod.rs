//! A file of the Azure Retail Prices API: its own JSON, one page, a list of pages, or a bare list of rows.
//!
//! A row becomes a price only if its meter is one that a plan is billed on; every other row is counted under the reason
//! for leaving it out, so that nothing is guessed and nothing is silently dropped.

mod meter;
mod row;

use crate::catalog::{Catalog, Meter, RegionId, SkuId};
use crate::plan::ReservationTerm;
use crate::units::UnitPrice;
use meter::Target;
use row::Row;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

/// Sheets above this size are refused unread.
pub const MAX_SHEET_BYTES: usize = 64_000_000;

/// Why a file is no price sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetError(String);

impl fmt::Display for SheetError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for SheetError {}

/// Why a row was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// It is no row of the price list: a field is missing or of another kind.
    Broken,
    /// Its meter is none that a plan is billed on.
    Foreign,
    /// Its region or size is none of the catalogue's.
    UnknownPlace,
    /// A price of development and test subscriptions.
    DevTest,
    /// A savings plan's price: the planner does not model savings plans.
    SavingsPlan,
    /// A currency other than the sheet's first.
    OtherCurrency,
    /// An older row of the same meter, by its effective date.
    Superseded,
}

impl LeftOut {
    /// The reason in words, for "12 rows: …".
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Broken => "not readable as a price row",
            Self::Foreign => "of other services or meters",
            Self::UnknownPlace => "of a size or region that the catalogue does not have",
            Self::DevTest => "prices of development and test subscriptions",
            Self::SavingsPlan => "savings plans, which the planner does not model",
            Self::OtherCurrency => "in another currency than the sheet's first row",
            Self::Superseded => "superseded by a newer row of the same meter",
        }
    }
}

/// One price of a sheet with the day from which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetPrice {
    /// The price of one unit, in the sheet's currency.
    pub amount: UnitPrice,
    /// Effective date of the row, `2026-03-01`; empty where the row has none.
    pub effective: String,
}

/// Two rows of one meter and date that name different prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// "B10 in North Europe".
    pub what: String,
    /// The price that was kept: the higher one, so that a budget holds.
    pub kept: Decimal,
    /// The price that was left out.
    pub other: Decimal,
}

/// What a sheet says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// ISO code of the currency, `USD`.
    pub currency: String,
    /// Price of one node for one hour.
    pub nodes: BTreeMap<(SkuId, RegionId), SheetPrice>,
    /// Price of one node for one hour by the meter of a pair, halved; counts only where the node has no row of its own.
    pairs: BTreeMap<(SkuId, RegionId), SheetPrice>,
    /// Price of one node for a whole term.
    pub reservations: BTreeMap<(SkuId, RegionId, ReservationTerm), SheetPrice>,
    /// Price of a GB sent to another region, by source region.
    pub egress: BTreeMap<RegionId, SheetPrice>,
    /// Flat and tiered meters by region: tier start and price, rising.
    pub meters: BTreeMap<(Meter, RegionId), Vec<(Decimal, SheetPrice)>>,
    /// Rows in the file.
    pub rows: u32,
    /// Rows left out, by reason.
    pub left_out: BTreeMap<LeftOut, u32>,
    /// Rows that contradict each other.
    pub contradictions: Vec<Contradiction>,
}

impl Sheet {
    /// How many rows became prices.
    #[must_use]
    pub fn used(&self) -> u32 {
        self.rows - self.left_out.values().sum::<u32>()
    }
}

/// Reads a sheet. An error when the file is too large, is no JSON, holds no rows, or none that a plan is billed on.
pub fn read(text: &str, catalog: &Catalog) -> Result<Sheet, SheetError> {
    if text.len() > MAX_SHEET_BYTES {
        let size = crate::report::format::bytes(crate::units::Bytes::bytes(text.len() as f64));
        return Err(SheetError(format!("This is no price sheet: it has {size}, and 64 MB are read at most.")));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| {
        SheetError(format!("This is no price sheet: it is not whole JSON ({error}). Save the answer of the Retail Prices API as it comes."))
    })?;
    let mut sheet = Sheet::default();
    let mut items = Vec::new();
    collect(&value, &mut items);
    for item in items {
        sheet.rows += 1;
        if let Err(reason) = sheet.take(item, catalog) {
            *sheet.left_out.entry(reason).or_default() += 1;
        }
    }
    sheet.fill_from_pairs();
    match (sheet.rows, sheet.used()) {
        (0, _) => Err(SheetError(
            "This is no price sheet: it has no “Items”. Save the answer of the Retail Prices API as it comes."
                .to_owned(),
        )),
        (rows, 0) => Err(SheetError(format!(
            "This price sheet has {rows} rows, and none is a price of Redis, bandwidth, private endpoints or monitoring that a plan is billed on{}. Ask the API for the services that the page names.",
            sheet.reasons()
        ))),
        _ => Ok(sheet),
    }
}

/// Rows of one page, of a list of pages, or of a bare list.
fn collect<'a>(value: &'a Value, items: &mut Vec<&'a Value>) {
    match value {
        Value::Array(list) => {
            for entry in list {
                if entry.get("Items").is_some() { collect(entry, items) } else { items.push(entry) }
            }
        }
        Value::Object(page) => {
            if let Some(Value::Array(list)) = page.get("Items") {
                items.extend(list);
            }
        }
        _ => {}
    }
}

impl Sheet {
    /// A node's own meter wins over half of the pair's: the two differ by rounding and are one price.
    fn fill_from_pairs(&mut self) {
        for (place, price) in std::mem::take(&mut self.pairs) {
            match self.nodes.entry(place) {
                Entry::Vacant(free) => drop(free.insert(price)),
                Entry::Occupied(_) => *self.left_out.entry(LeftOut::Superseded).or_default() += 1,
            }
        }
    }

    fn reasons(&self) -> String {
        let counted: Vec<String> =
            self.left_out.iter().map(|(reason, rows)| format!("{rows} {}", reason.as_str())).collect();
        if counted.is_empty() { String::new() } else { format!(" ({})", counted.join("; ")) }
    }

    fn take(&mut self, item: &Value, catalog: &Catalog) -> Result<(), LeftOut> {
        let row = Row::read(item)?;
        if self.currency.is_empty() {
            row.currency.clone_into(&mut self.currency);
        } else if self.currency != row.currency {
            return Err(LeftOut::OtherCurrency);
        }
        let target = meter::target(&row, catalog)?;
        let price = SheetPrice { amount: UnitPrice::new(row.price), effective: row.effective.to_owned() };
        match target {
            Target::Node(sku, region) => {
                let what = format!("{} in {}", sku.short(), catalog.region_name(&region));
                keep(&mut self.nodes, (sku, region), price, what, &mut self.contradictions)
            }
            Target::NodePair(sku, region) => {
                let amount = UnitPrice::new((row.price / Decimal::TWO).normalize());
                let what = format!("{} in {}", sku.short(), catalog.region_name(&region));
                keep(&mut self.pairs, (sku, region), SheetPrice { amount, ..price }, what, &mut self.contradictions)
            }
            Target::Reservation(sku, region, term) => {
                let what = format!("{} reserved in {}", sku.short(), catalog.region_name(&region));
                keep(&mut self.reservations, (sku, region, term), price, what, &mut self.contradictions)
            }
            Target::Egress(region) => {
                let what = format!("inter-region traffic from {}", catalog.region_name(&region));
                keep(&mut self.egress, region, price, what, &mut self.contradictions)
            }
            Target::Meter(meter, region) => self.keep_tier(meter, region, row.tier, price),
        }
    }

    fn keep_tier(&mut self, meter: Meter, region: RegionId, from: Decimal, price: SheetPrice) -> Result<(), LeftOut> {
        let ladder = self.meters.entry((meter, region)).or_default();
        match ladder.iter_mut().find(|(start, _)| *start == from) {
            Some((_, kept)) if kept.effective >= price.effective => return Err(LeftOut::Superseded),
            Some((_, kept)) => *kept = price,
            None => {
                ladder.push((from, price));
                ladder.sort_by_key(|(start, _)| *start);
            }
        }
        Ok(())
    }
}

/// Keeps the newer row; of two with one date the dearer, noting the contradiction. An equal row is superseded.
fn keep<K: Ord>(
    table: &mut BTreeMap<K, SheetPrice>,
    key: K,
    price: SheetPrice,
    what: String,
    contradictions: &mut Vec<Contradiction>,
) -> Result<(), LeftOut> {
    let Some(kept) = table.get_mut(&key) else {
        table.insert(key, price);
        return Ok(());
    };
    let (old, new) = (kept.amount.as_decimal(), price.amount.as_decimal());
    if kept.effective == price.effective && old != new {
        contradictions.push(Contradiction { what, kept: old.max(new), other: old.min(new) });
    }
    if (&price.effective, new) > (&kept.effective, old) {
        *kept = price;
    }
    Err(LeftOut::Superseded)
}

#[cfg(test)]
mod tests;
