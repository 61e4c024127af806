//! People, and what they run for practice: drills, the caches of drills, the engineers who run the design.

use super::line::{Item, by_the_month, line, line_paying};
use super::nodes::{node_hours, node_of, nodes, price_of};
use super::{BillLine, Extra, Formula, Label, LineKind, LinePrice, NoPrice, Note, Own, Scope};
use crate::catalog::{Catalog, Price};
use crate::model::fit::Cache;
use crate::model::{Place, Topology};
use crate::plan::Plan;
use crate::units::UnitPrice;
use rust_decimal::Decimal;

/// `drills a year × hours of people ÷ 12 × what an hour costs`; without that price the line has no amount.
pub(super) fn drills(scope: &Scope) -> Option<BillLine> {
    let pricing = &scope.plan.pricing;
    if pricing.drills_per_year == 0 {
        return None;
    }
    let hours = pricing.hours_per_drill.max(Decimal::ZERO);
    let formula = Formula::Drills { drills: pricing.drills_per_year, hours };
    let month = by_the_month(hours.saturating_mul(Decimal::from(pricing.drills_per_year)));
    Some(line(LineKind::Drills, hours_of_people(Label::Drills, month, formula), engineer(scope)))
}

/// The hours of people of one drill.
pub(super) fn drill_once(scope: &Scope) -> Option<BillLine> {
    let hours = scope.plan.pricing.hours_per_drill.max(Decimal::ZERO);
    let formula = Formula::Drills { drills: 1, hours };
    (!hours.is_zero()).then(|| line(LineKind::Drills, hours_of_people(Label::Drills, hours, formula), engineer(scope)))
}

/// `drills a year × hours of an extra cache ÷ 12 × its nodes × price of a node-hour`: a cache like the design's last one
/// (for the rebuild where it comes back), pay as you go; none by default.
pub(super) fn drill_caches(scope: &Scope) -> Option<BillLine> {
    let pricing = &scope.plan.pricing;
    let hours = pricing.drill_cache_hours.max(Decimal::ZERO);
    let in_a_year = hours.saturating_mul(Decimal::from(pricing.drills_per_year));
    if in_a_year.is_zero() {
        return None;
    }
    let cache = extra_cache(scope)?;
    let quantity = by_the_month(in_a_year.saturating_mul(Decimal::from(cache.nodes)));
    let formula = Formula::DrillCaches { drills: pricing.drills_per_year, hours, nodes: nodes(scope, &cache) };
    Some(extra_line(scope, &cache, Extra::Drills, quantity, formula))
}

/// A line of node-hours beside the steady ones: pay as you go, a reservation covers only the steady ones.
pub(super) fn extra_line(scope: &Scope, cache: &Cache, why: Extra, hours: Decimal, formula: Formula) -> BillLine {
    let price = price_of(scope, cache);
    let mut item = node_hours(scope, cache, hours, formula);
    item.label = Label::ExtraNodes { why, sku: cache.sku.clone(), place: Place::of(scope.catalog, &cache.region) };
    item.notes = price.note.into_iter().collect();
    let mut line = line_paying(LineKind::DrillCaches, item, price.list, price.effective);
    line.node = Some(node_of(scope, cache));
    line
}

/// The cache that a drill or an outage adds: like the last of the design, for the rebuild where it comes back.
pub(super) fn extra_cache(scope: &Scope) -> Option<Cache> {
    let last = scope.design.caches.last()?.clone();
    match (scope.topology, scope.plan.comes_back(scope.catalog)) {
        (Topology::Rebuild, Some(second)) => Some(Cache { region: second.region.clone(), ..last }),
        _ => Some(last),
    }
}

/// `hours a month × what an hour costs`; no line for 0 hours, which is the default.
pub(super) fn run(scope: &Scope) -> Option<BillLine> {
    let hours = scope.plan.pricing.run_hours_per_month.max(Decimal::ZERO);
    let formula = Formula::Run(hours);
    (!hours.is_zero()).then(|| line(LineKind::Run, hours_of_people(Label::Engineers, hours, formula), engineer(scope)))
}

/// Hours of people that the move from a pair to a group takes, once.
pub(super) fn migration_once(scope: &Scope) -> Option<BillLine> {
    let hours = Decimal::from(scope.plan.horizon.migration_hours);
    let mut item = hours_of_people(Label::Migration, hours, Formula::Migration(hours));
    item.notes.push(Note::HoursAssumed);
    (!hours.is_zero()).then(|| line(LineKind::Migration, item, engineer(scope)))
}

pub(super) fn hours_of_people(label: Label, quantity: Decimal, formula: Formula) -> Item {
    Item { label, meter: None, region: None, quantity, unit: "hour", formula, notes: Vec::new() }
}

/// What an hour of an engineer costs; unknown until it is entered in the prices' currency.
pub(super) fn engineer(scope: &Scope) -> LinePrice {
    yours(scope.plan, scope.catalog, scope.plan.pricing.engineer_hour, Own::EngineerHour)
}

/// An amount that the plan alone knows: unknown until it is entered in the currency of the prices.
pub(super) fn yours(plan: &Plan, catalog: &Catalog, amount: Option<UnitPrice>, what: Own) -> LinePrice {
    let (typed, prices) = (plan.pricing.currency, catalog.currency());
    let reason = match amount {
        Some(amount) if typed == prices => return Price::yours(amount),
        Some(_) => NoPrice::OtherCurrency { what, typed, prices },
        None => NoPrice::NotEntered(what),
    };
    Price::Unknown { reason }
}
