//! Nodes by the hour: list price, discount, own price.

use super::discount::{less, said};
use super::line::{Item, line_paying};
use super::reservation::reserved;
use super::{BillLine, Formula, Label, LineKind, LinePrice, Nodes, Note, Part, PricedNode, Scope};
use crate::catalog::{Family, Price, Sku};
use crate::model::Place;
use crate::model::fit::Cache;
use crate::units::{HOURS_PER_MONTH, UnitPrice};
use rust_decimal::Decimal;

/// What one node-hour costs.
pub(super) struct NodePrice {
    pub(super) list: LinePrice,
    pub(super) effective: Option<UnitPrice>,
    /// The negotiated discount on it; 0 for an own price, which has it.
    pub(super) discount: Decimal,
    pub(super) note: Option<Note>,
}

/// For each cache one line, `nodes × 730 h × price of a node-hour`; two where a reservation covers a part of the hours.
///
/// The meter is always the one of a single node (`P4 Cache Instance`). The price list also has a meter for a pair of
/// nodes (`P4 Cache`); adding it would count every node twice.
pub(super) fn lines(scope: &Scope) -> Vec<BillLine> {
    let caches = scope.design.caches.iter().enumerate();
    caches.flat_map(|(at, cache)| lines_of(scope, at, cache)).collect()
}

fn lines_of(scope: &Scope, at: usize, cache: &Cache) -> Vec<BillLine> {
    let mut lines = priced(scope, cache);
    for line in &mut lines {
        line.cache = Some(at);
        // Two caches of one region have a name each.
        if let Label::Nodes { secondary, .. } = &mut line.label {
            *secondary = at == 1 && scope.plan.pair_in_one_region();
        }
    }
    lines
}

fn priced(scope: &Scope, cache: &Cache) -> Vec<BillLine> {
    let hours = Decimal::from(cache.nodes) * Decimal::from(HOURS_PER_MONTH);
    let item = node_hours(
        scope,
        cache,
        hours,
        Formula::NodeHours { nodes: nodes(scope, cache), share: None, not_applied: None },
    );
    let Some(term) = scope.plan.pricing.reservation else { return vec![pay_as_you_go(scope, cache, item)] };
    reserved(scope, cache, term, item)
}

/// The node-hours of a cache before they have a price.
pub(super) fn node_hours(scope: &Scope, cache: &Cache, hours: Decimal, formula: Formula) -> Item {
    Item {
        label: Label::Nodes {
            sku: cache.sku.clone(),
            place: Place::of(scope.catalog, &cache.region),
            part: Part::Whole,
            secondary: false,
        },
        meter: None,
        region: Some(cache.region.clone()),
        quantity: hours,
        unit: "node-hour",
        formula,
        notes: availability(scope, cache).into_iter().collect(),
    }
}

/// A line of node-hours at the own price, else at the list price less the discount.
pub(super) fn pay_as_you_go(scope: &Scope, cache: &Cache, mut item: Item) -> BillLine {
    let price = price_of(scope, cache);
    item.notes.extend(price.note);
    let mut line = line_paying(LineKind::Nodes, item, price.list, price.effective);
    line.node = Some(node_of(scope, cache));
    line
}

/// What a price of a node-hour is for.
pub(super) fn node_of(scope: &Scope, cache: &Cache) -> PricedNode {
    PricedNode { sku: cache.sku.clone(), place: Place::of(scope.catalog, &cache.region) }
}

/// What a node-hour of a cache costs without a reservation: the user's own price, which no discount comes off, else the catalogue's less
/// the discount.
pub(super) fn price_of(scope: &Scope, cache: &Cache) -> NodePrice {
    let own = own_price(scope, cache);
    let list = own.map_or_else(|| scope.catalog.node_price(&cache.sku, &cache.region), Price::yours);
    let list: LinePrice = list.with_reason();
    let discount = if own.is_some() { Decimal::ZERO } else { LineKind::Nodes.discount(&scope.plan.pricing) };
    let effective = list.known().map(|known| less(known.amount, discount));
    let note = effective.and_then(|_| said(discount));
    NodePrice { list, effective, discount, note }
}

/// What the user pays for a node-hour of a cache as it is used, where it is typed.
pub(super) fn own_price(scope: &Scope, cache: &Cache) -> Option<UnitPrice> {
    let own = scope.plan.pricing.own_price(&cache.sku, &cache.region, scope.catalog.currency());
    own.map(|own| own.per_node_hour)
}

/// The nodes of a cache; with the shards where a Premium cache has several.
pub(super) fn nodes(scope: &Scope, cache: &Cache) -> Nodes {
    let shards = (cache.shards > 1 && is_premium(scope, cache)).then_some(cache.shards);
    Nodes { count: cache.nodes, shards }
}

pub(super) fn is_premium(scope: &Scope, cache: &Cache) -> bool {
    scope.catalog.sku(&cache.sku).map(|sku: &Sku| sku.family) == Some(Family::Premium)
}

/// What the nodes of an AMR are: two with high availability, one without; zones add no meter.
fn availability(scope: &Scope, cache: &Cache) -> Option<Note> {
    let managed = scope.catalog.sku(&cache.sku).is_some_and(|sku| sku.family.is_managed_redis());
    managed.then_some(if cache.nodes == 1 { Note::OneNode } else { Note::TwoNodes })
}
