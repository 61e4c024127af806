//! The cheapest size that fits.

use super::Last;
use super::need::Need;
use super::size::{Size, nodes};
use crate::catalog::{Catalog, Family, RegionId, Sku, SkuId};
use crate::model::Topology;
use crate::plan::{MOST_SHARDS, Plan};
use crate::units::{UnitPrice, sorted};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Every SKU that may be chosen without being asked for: never Flash.
pub(super) fn skus(topology: Topology, catalog: &Catalog) -> impl Iterator<Item = &Sku> {
    catalog.skus().iter().filter(move |sku| match topology {
        Topology::Rebuild => sku.family.is_managed_redis() && sku.family != Family::FlashOptimized,
        Topology::Passive => sku.passive_geo,
        Topology::Active => sku.active_geo && sku.family != Family::FlashOptimized,
    })
}

/// A SKU with every number of shards that it can have: 1 to 30 for Premium.
pub(super) fn any_shards(sku: &Sku) -> impl Iterator<Item = Size<'_>> {
    (1..=shard_choices(sku)).map(move |shards| sized(sku, shards))
}

/// A SKU with the plan's shards; with any where the plan leaves them open.
pub(super) fn planned_shards<'a>(topology: Topology, plan: &Plan, sku: &'a Sku) -> impl Iterator<Item = Size<'a>> {
    let given = plan.passive.shards.filter(|_| topology == Topology::Passive && sku.family == Family::Premium);
    let shards = given.map_or(1..=shard_choices(sku), |shards| shards.max(1)..=shards.max(1));
    shards.map(move |shards| sized(sku, shards))
}

pub(super) fn shard_choices(sku: &Sku) -> u32 {
    if sku.family == Family::Premium { MOST_SHARDS } else { 1 }
}

/// AMR's shards come with the size.
pub(super) fn sized(sku: &Sku, shards: u32) -> Size<'_> {
    Size { sku, shards: if sku.family == Family::Premium { shards } else { sku.shards } }
}

/// The one with the most usable memory; the first of equals.
pub(super) fn largest<'a>(plan: &Plan, sizes: impl Iterator<Item = Size<'a>>) -> Option<Size<'a>> {
    sizes.reduce(|most, size| if size.usable(plan) > most.usable(plan) { size } else { most })
}

/// The cheapest that fits: previews last, then sizes whose throughput is open, then sizes without a price; equals by
/// memory and processors.
pub(super) fn best<'a>(
    need: &Need,
    catalog: &Catalog,
    regions: &[&RegionId],
    sizes: impl Iterator<Item = Size<'a>>,
) -> Option<Size<'a>> {
    let places: Vec<_> = regions.iter().map(|region| (*region, catalog.region_at(region.as_str()))).collect();
    let mut best: Option<Offer<'a>> = None;
    for size in sizes.filter(|size| need.fits(size)) {
        // More shards of the same size only cost more.
        if best.as_ref().is_some_and(|known| known.size.sku.id == size.sku.id) {
            continue;
        }
        let offer = Offer { size, open: open(need, catalog, &size), cost: hourly(need, catalog, &places, &size) };
        if best.as_ref().is_none_or(|other| offer.order(other).is_lt()) {
            best = Some(offer);
        }
    }
    best.map(|offer| offer.size)
}

/// Every size that fits, the best first: as [`best`] ranks them, but with more shards of one size too.
pub(super) fn ranked<'a>(
    need: &Need,
    catalog: &Catalog,
    regions: &[&RegionId],
    sizes: impl Iterator<Item = Size<'a>>,
) -> Vec<(Size<'a>, Last)> {
    let places: Vec<_> = regions.iter().map(|region| (*region, catalog.region_at(region.as_str()))).collect();
    let offer =
        |size: Size<'a>| Offer { size, open: open(need, catalog, &size), cost: hourly(need, catalog, &places, &size) };
    let mut offers: Vec<Offer<'a>> = sizes.filter(|size| need.fits(size)).map(offer).collect();
    sorted::sort_by(&mut offers, Offer::order);
    offers.into_iter().map(|offer| (offer.size, offer.last())).collect()
}

/// A size that fits, with what ranks it.
struct Offer<'a> {
    size: Size<'a>,
    /// Nothing published says that it serves the load.
    open: bool,
    cost: Option<Decimal>,
}

impl Offer<'_> {
    const fn last(&self) -> Last {
        Last { preview: self.size.sku.preview, open: self.open }
    }

    fn order(&self, other: &Self) -> Ordering {
        let (a, b) = (self.size.sku, other.size.sku);
        let costs = match (self.cost, other.cost) {
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        };
        let known = self.last().cmp(&other.last()).then(costs);
        known.then(self.size.memory().as_bytes().total_cmp(&other.size.memory().as_bytes())).then(a.vcpus.cmp(&b.vcpus))
    }
}

/// True when neither the size nor a smaller one of its family has a published figure that covers the load: a larger size
/// serves at least what a smaller one of the same family does.
fn open(need: &Need, catalog: &Catalog, size: &Size) -> bool {
    let smaller = |sku: &&Sku| sku.family == size.sku.family && sku.memory < size.sku.memory;
    size.sku.throughput.is_none() && !catalog.skus().iter().filter(smaller).any(|sku| need.published(&sized(sku, 1)))
}

/// A region with its position in the catalogue.
type Place<'a> = (&'a RegionId, Option<usize>);

/// An hour of all caches at list prices less the discount, or own ones; `None` where one has no price.
fn hourly(need: &Need, catalog: &Catalog, places: &[Place], size: &Size) -> Option<Decimal> {
    let secondary = need.plan.passive.secondary_sku.as_ref().filter(|_| need.topology == Topology::Passive);
    let at = |sku: &SkuId| catalog.sku_at(sku.as_str());
    let (first, second) = (at(&size.sku.id), secondary.and_then(at));
    let nodes = Decimal::from(nodes(need.topology, need.plan, size));
    places.iter().enumerate().try_fold(Decimal::ZERO, |sum, (index, place)| {
        let other = secondary.filter(|_| index == 1);
        let sku = other.map_or((&size.sku.id, first), |id| (id, second));
        Some(sum.saturating_add(node_hour(need.plan, catalog, sku, *place)?.saturating_mul(nodes)))
    })
}

/// The plan's own price wins over the catalogue's less the discount.
fn node_hour(plan: &Plan, catalog: &Catalog, sku: (&SkuId, Option<usize>), region: Place) -> Option<Decimal> {
    let own = plan.pricing.own_price(sku.0, region.0, catalog.currency()).map(|own| own.per_node_hour);
    let left = Decimal::ONE - plan.pricing.discount.clamp(Decimal::ZERO, Decimal::ONE);
    let list = || Some(catalog.amount_at((sku.1?, region.1?))?.as_decimal().saturating_mul(left));
    own.map(UnitPrice::as_decimal).or_else(list)
}
