//! The prices of a sheet that the user opened, over the bundled ones.

mod row;
mod target;

use super::price::{NodePrice, Origin, PriceTable};
use super::{Catalog, KnownPrice, PriceConfidence, RegionId, Tier, TieredPrice};
use crate::units::{Currency, Date, UnitPrice};
use row::change;
pub use row::{FAR, SheetRow};
use rust_decimal::Decimal;
use std::sync::Arc;
pub(crate) use target::Target;

/// One price of a sheet with the day from which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SheetPrice {
    pub(crate) amount: Decimal,
    pub(crate) effective: Option<Date>,
}

/// The prices of a sheet, by the positions of sizes and regions in the catalogue that it was read for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PriceSheet {
    /// The one currency of its prices.
    pub(crate) currency: Currency,
    /// In the order of the targets, one each.
    pub(crate) prices: Vec<(Target, SheetPrice)>,
}

/// A sheet's prices with their currency.
#[derive(Debug, Clone)]
pub(crate) struct OpenSheet {
    pub(crate) currency: Currency,
    pub(crate) prices: Arc<PriceTable>,
}

const SOURCE: &str = "your price sheet";

impl Catalog {
    /// The one currency of every price that the catalogue gives: US dollars, or the opened sheet's.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.sheet.as_ref().map_or(Currency::USD, |sheet| sheet.currency)
    }

    /// True with a price sheet over the bundled prices.
    #[must_use]
    pub fn has_sheet(&self) -> bool {
        self.sheet.is_some()
    }

    /// The catalogue with the bundled prices alone.
    #[must_use]
    pub fn without_sheet(&self) -> Self {
        Self { sheet: None, ..self.clone() }
    }

    /// The catalogue with no price of a node in a region. Every region of the bundled catalogue has them, so this is how tests ask
    /// what is said of a price that is missing.
    #[must_use]
    pub fn without_node_prices(&self, region: &RegionId) -> Self {
        let mut prices = (*self.prices).clone();
        let width = self.regions.len().max(1);
        if let Some(at) = self.region_at(region.as_str()) {
            prices.nodes.iter_mut().skip(at).step_by(width).for_each(|price| *price = None);
        }
        Self { prices: Arc::new(prices), ..self.clone() }
    }

    /// The catalogue with the prices of a sheet over the bundled ones, and what that changes. A sheet that was open before
    /// is put away.
    ///
    /// Each price of the sheet replaces exactly the bundled one of the same meter, size and region, and anchors no other;
    /// its confidence is [`PriceConfidence::Yours`], its date the row's. A sheet in another currency than US dollars hides every
    /// bundled price: what it lacks is unknown, because nothing is converted and no bill mixes two currencies. The sheet
    /// must have been read for this catalogue.
    #[must_use]
    pub(crate) fn with_sheet(&self, sheet: &PriceSheet) -> (Self, Vec<SheetRow>) {
        let base = self.without_sheet();
        let mut prices = PriceTable { nodes: vec![None; base.prices.nodes.len()], ..PriceTable::default() };
        let mut rows: Vec<SheetRow> = Vec::new();
        for &(target, ref price) in &sheet.prices {
            let now = put(&mut prices, &base, target, price);
            if let Some(now) = now {
                rows.push(row(&base, sheet.currency, target, price, now));
            }
        }
        (Self { sheet: Some(OpenSheet { currency: sheet.currency, prices: Arc::new(prices) }), ..base }, rows)
    }

    /// The tables in the order in which they are asked: the sheet's, then the bundled unless the currency is another.
    pub(super) fn tables(&self) -> impl Iterator<Item = &PriceTable> {
        let bundled = (self.currency() == Currency::USD).then_some(&*self.prices);
        self.sheet.as_ref().map(|sheet| &*sheet.prices).into_iter().chain(bundled)
    }

    /// The bundled price that a price of a sheet stands for.
    fn stands_for(&self, target: Target) -> Option<KnownPrice> {
        let sku = |at: usize| self.size_id(at);
        let place = |at: usize| self.regions.get(at).map(|region| &region.id);
        match target {
            Target::Node { sku: at, region, .. } => self.node_price(sku(at)?, place(region)?).known().cloned(),
            Target::Reservation { sku: at, region, term } => {
                self.reservation_price(sku(at)?, place(region)?, term).known().cloned()
            }
            Target::Egress { region, .. } => {
                self.prices.egress_by_source.get(&region).map(|schedule| schedule.origin.clone())
            }
            Target::Meter { meter, region, .. } => self.schedule(meter, region).map(|schedule| schedule.origin.clone()),
        }
    }
}

fn yours(price: &SheetPrice) -> KnownPrice {
    KnownPrice {
        amount: UnitPrice::new(price.amount),
        confidence: PriceConfidence::Yours,
        as_of: price.effective.map_or_else(Arc::default, |day| day.to_string().into()),
        source: SOURCE.into(),
        how: Arc::default(),
        band: None,
    }
}

/// Puts a price into its table; gives the price to report, none for what belongs to a row that was reported already.
fn put(table: &mut PriceTable, base: &Catalog, target: Target, price: &SheetPrice) -> Option<UnitPrice> {
    let known = yours(price);
    let amount = known.amount;
    match target {
        Target::Node { sku, region, .. } => {
            let origin = origin(table, known)?;
            *table.nodes.get_mut(sku * base.regions.len() + region)? = Some(NodePrice { amount, origin });
        }
        Target::Reservation { sku, region, term } => drop(table.reservations.insert((sku, region, term), known)),
        Target::Egress { region, from } => {
            let empty = TieredPrice { tiers: Vec::new(), origin: known };
            return climb(table.egress_by_source.entry(region).or_insert(empty), from, amount);
        }
        Target::Meter { meter, region, from } => {
            let schedule =
                table.meters.entry((meter, region)).or_insert(TieredPrice { tiers: Vec::new(), origin: known });
            return climb(schedule, from, amount);
        }
    }
    Some(amount)
}

/// Adds a tier. A free first tier is an allowance of the whole account: it is named and not subtracted, and the first tier
/// that is paid holds from 0 on.
fn climb(schedule: &mut TieredPrice, from: Decimal, price: UnitPrice) -> Option<UnitPrice> {
    if price == UnitPrice::default() {
        return None;
    }
    let first = schedule.tiers.is_empty();
    if first {
        schedule.origin.amount = price;
        if !from.is_zero() {
            schedule.origin.how = format!("{from} a month free for a billing account are not subtracted").into();
        }
    }
    schedule.tiers.push(Tier { from: if first { Decimal::ZERO } else { from }, price });
    first.then_some(price)
}

/// The number of the origin with this date.
fn origin(table: &mut PriceTable, known: KnownPrice) -> Option<u16> {
    let at = table.origins.iter().position(|origin| origin.as_of == known.as_of).unwrap_or_else(|| {
        table.origins.push(Origin {
            confidence: known.confidence,
            as_of: known.as_of,
            source: known.source,
            how: known.how,
            band: None,
        });
        table.origins.len() - 1
    });
    u16::try_from(at).ok()
}

fn row(base: &Catalog, currency: Currency, target: Target, price: &SheetPrice, now: UnitPrice) -> SheetRow {
    let before = if currency == Currency::USD { base.stands_for(target) } else { None };
    let change = before.as_ref().and_then(|before| change(before.amount, now));
    SheetRow {
        what: target.what(base),
        region: target.place(base),
        unit: target.unit(),
        before,
        now,
        effective: price.effective,
        change,
    }
}
