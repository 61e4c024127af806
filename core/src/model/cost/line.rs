//! Making lines: the one place where quantity meets price.

use super::item::{Formula, Label, Note};
use super::{BillLine, LineKind, LinePrice, Scope};
use crate::catalog::{KnownPrice, Meter, Price, RegionId, Tier, TieredPrice};
use crate::model::Place;
use crate::model::fit::Cache;
use crate::units::UnitPrice;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// Largest quantity that a line holds; a plan beyond it is refused by its own check.
const MOST: f64 = 1e15;

/// Below it a quantity in millionths is below 2^53.
const EXACT: f64 = 9e9;

/// A model's figure as a quantity: six decimals (a kB of a GB), 0 for what is no number, at most [`MOST`].
pub(super) fn decimal(value: f64) -> Decimal {
    let value = if value.is_nan() { 0.0 } else { value.clamp(0.0, MOST) };
    if value >= EXACT {
        return Decimal::from_f64(value).unwrap_or_default().round_dp(6);
    }
    // Below it the millionths are a whole number that f64 holds: no search for the shortest digits is needed.
    #[expect(clippy::cast_possible_truncation, reason = "below 2^53")]
    let (mut millionths, mut places) = (libm::rint(value * 1e6) as i64, 6);
    while places > 0 && millionths % 10 == 0 {
        (millionths, places) = (millionths / 10, places - 1);
    }
    Decimal::new(millionths, places)
}

/// A yearly quantity by the month, to six decimals like every quantity.
pub(super) fn by_the_month(in_a_year: Decimal) -> Decimal {
    (in_a_year / Decimal::from(12)).round_dp(6)
}

/// What is counted: everything of a line but its kind and its price.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) label: Label,
    /// The catalogue's name of the meter; `None` where the label has one of its own.
    pub(super) meter: Option<&'static str>,
    pub(super) region: Option<RegionId>,
    pub(super) quantity: Decimal,
    pub(super) unit: &'static str,
    pub(super) formula: Formula,
    pub(super) notes: Vec<Note>,
}

/// A line that is paid at its list price.
pub(super) fn line(kind: LineKind, item: Item, price: LinePrice) -> BillLine {
    let effective = price.known().map(|known| known.amount);
    line_paying(kind, item, price, effective)
}

/// A line that is paid at another price than the list's.
pub(super) fn line_paying(kind: LineKind, item: Item, price: LinePrice, effective: Option<UnitPrice>) -> BillLine {
    let Item { label, meter, region, quantity, unit, formula, notes } = item;
    let list_cost = price.known().map(|known| known.amount * quantity);
    let amount = effective.map(|each| each * quantity);
    let (contracted, term, reservation) = (effective, None, None);
    BillLine {
        kind,
        label,
        meter,
        region,
        quantity,
        unit,
        formula,
        price,
        effective,
        contracted,
        term,
        list_cost,
        amount,
        notes,
        reservation,
        cache: None,
        node: None,
    }
}

/// One line for each tier that the month's total reaches; one without an amount where there is no schedule.
pub(super) fn tiered(kind: LineKind, item: Item, schedule: Result<&TieredPrice, String>) -> Vec<BillLine> {
    match schedule {
        Ok(schedule) => tiered_after(Decimal::ZERO, kind, item, schedule),
        Err(reason) => vec![line(kind, item, Price::Unknown { reason: reason.into() })],
    }
}

/// One line for each tier that a quantity reaches which comes after what the month has had of the meter `before`.
pub(super) fn tiered_after(before: Decimal, kind: LineKind, mut item: Item, schedule: &TieredPrice) -> Vec<BillLine> {
    let at = |tier: &Tier| Price::Known(KnownPrice { amount: tier.price, ..schedule.origin.clone() });
    let Some((first, further)) = schedule.tiers.split_first() else { return Vec::new() };
    let mut lines = Vec::new();
    let mut end = before.saturating_add(item.quantity);
    // From the last tier down, so that what is left at the end is the first tier's part.
    for tier in further.iter().rev() {
        let start = tier.from.max(before);
        if start >= end {
            continue;
        }
        let notes = std::iter::once(Note::Tier(tier.from, item.unit)).chain(item.notes.iter().cloned()).collect();
        let part = Item { quantity: end - start, notes, ..item.clone() };
        lines.push(line(kind, part, at(tier)));
        end = start;
    }
    if end > first.from.max(before) {
        item.quantity = end - before;
        lines.push(line(kind, item, at(first)));
    }
    lines.reverse();
    lines
}

/// The caches of one region, with a meter's schedule there.
pub(super) struct Site<'a> {
    pub(super) region: &'a RegionId,
    pub(super) schedule: Result<&'a TieredPrice, String>,
    pub(super) caches: usize,
}

impl Site<'_> {
    /// How many caches.
    pub(super) fn len(&self) -> Decimal {
        Decimal::from(self.caches)
    }

    /// The region with its name.
    pub(super) fn place(&self, scope: &Scope) -> Place {
        Place::of(scope.catalog, self.region)
    }
}

/// The regions of a design with a meter's schedule in each, in the order of the caches.
pub(super) fn by_region<'a>(scope: &Scope<'a>, meter: Meter) -> Vec<Site<'a>> {
    let mut sites: Vec<Site<'a>> = Vec::with_capacity(scope.design.caches.len());
    for Cache { region, .. } in &scope.design.caches {
        match sites.iter_mut().find(|site| site.region == region) {
            Some(site) => site.caches += 1,
            None => sites.push(Site { region, schedule: scope.catalog.meter(meter, region), caches: 1 }),
        }
    }
    sites
}
