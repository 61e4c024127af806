//! The cheapest size that fits.

use super::need::Need;
use super::size::{Size, nodes};
use crate::catalog::{Catalog, Family, RegionId, Sku, SkuId};
use crate::model::Topology;
use crate::plan::Plan;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Shards of a clustered Premium cache, at most (D10).
const MOST_SHARDS: u32 = 10;

/// Every SKU that may be chosen without being asked for: never Flash.
pub(super) fn skus(topology: Topology, catalog: &Catalog) -> impl Iterator<Item = &Sku> {
    catalog.skus().iter().filter(move |sku| match topology {
        Topology::Rebuild => sku.family.is_managed_redis() && sku.family != Family::FlashOptimized,
        Topology::Passive => sku.passive_geo,
        Topology::Active => sku.active_geo && sku.family != Family::FlashOptimized,
    })
}

/// A SKU with every number of shards that it can have: 1 to 10 for Premium.
pub(super) fn any_shards(sku: &Sku) -> impl Iterator<Item = Size<'_>> {
    (1..=shard_choices(sku)).map(move |shards| sized(sku, shards))
}

/// A SKU with the plan's shards; with any where the plan leaves them open.
pub(super) fn planned_shards<'a>(topology: Topology, plan: &Plan, sku: &'a Sku) -> impl Iterator<Item = Size<'a>> {
    let given = plan.passive.shards.filter(|_| topology == Topology::Passive && sku.family == Family::Premium);
    let shards = given.map_or(1..=shard_choices(sku), |shards| shards.max(1)..=shards.max(1));
    shards.map(move |shards| sized(sku, shards))
}

fn shard_choices(sku: &Sku) -> u32 {
    if sku.family == Family::Premium { MOST_SHARDS } else { 1 }
}

/// AMR's shards come with the size.
fn sized(sku: &Sku, shards: u32) -> Size<'_> {
    Size { sku, shards: if sku.family == Family::Premium { shards } else { sku.shards } }
}

/// The one with the most usable memory; the first of equals.
pub(super) fn largest<'a>(plan: &Plan, sizes: impl Iterator<Item = Size<'a>>) -> Option<Size<'a>> {
    sizes.reduce(|most, size| if size.usable(plan) > most.usable(plan) { size } else { most })
}

/// The cheapest that fits: previews last, known prices before unknown ones, then by memory and processors.
pub(super) fn best<'a>(
    need: &Need,
    catalog: &Catalog,
    regions: &[&RegionId],
    sizes: impl Iterator<Item = Size<'a>>,
) -> Option<Size<'a>> {
    let mut best: Option<(Size<'a>, Option<Decimal>)> = None;
    for size in sizes.filter(|size| need.fits(size)) {
        // More shards of the same size only cost more.
        if best.as_ref().is_some_and(|(known, _)| known.sku.id == size.sku.id) {
            continue;
        }
        let cost = hourly(need, catalog, regions, &size);
        if best.as_ref().is_none_or(|(other, other_cost)| order(&size, cost, other, *other_cost).is_lt()) {
            best = Some((size, cost));
        }
    }
    best.map(|(size, _)| size)
}

fn order(a: &Size, a_cost: Option<Decimal>, b: &Size, b_cost: Option<Decimal>) -> Ordering {
    let memory = |size: &Size| size.sku.memory.as_bytes() * f64::from(if premium(size) { size.shards } else { 1 });
    let costs = match (a_cost, b_cost) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    let previews = a.sku.preview.cmp(&b.sku.preview);
    previews.then(costs).then(memory(a).total_cmp(&memory(b))).then(a.sku.vcpus.cmp(&b.sku.vcpus))
}

fn premium(size: &Size) -> bool {
    size.sku.family == Family::Premium
}

/// US dollars an hour for all caches at list or own prices; `None` where one has no price.
fn hourly(need: &Need, catalog: &Catalog, regions: &[&RegionId], size: &Size) -> Option<Decimal> {
    let secondary = need.plan.passive.secondary_sku.as_ref().filter(|_| need.topology == Topology::Passive);
    let nodes = Decimal::from(nodes(need.topology, need.plan, size));
    regions.iter().enumerate().try_fold(Decimal::ZERO, |sum, (index, region)| {
        let sku = secondary.filter(|_| index == 1).unwrap_or(&size.sku.id);
        Some(sum.saturating_add(node_hour(need.plan, catalog, sku, region)?.saturating_mul(nodes)))
    })
}

/// The plan's own price wins over the catalogue's.
fn node_hour(plan: &Plan, catalog: &Catalog, sku: &SkuId, region: &RegionId) -> Option<Decimal> {
    let own = plan.pricing.overrides.iter().find(|own| own.sku == *sku && own.region == *region);
    own.map(|own| own.per_node_hour.as_decimal())
        .or_else(|| catalog.node_price(sku, region).known().map(|price| price.amount.as_decimal()))
}
