//! Caches that stand while their load changes: what they lack, and the size that follows.

use super::choose::{any_shards, ranked, skus};
use super::design::{Cache, Design};
use super::misfit::{Misfit, SizeName};
use super::need::Need;
use super::size::{Size, nodes};
use super::{made, misfits};
use crate::catalog::{Catalog, RegionId, SkuId};
use crate::model::Topology;
use crate::model::demand::Demand;
use crate::plan::Plan;

/// The design that caches make under this load (M-02), without a search for another size: `smallest` is none.
#[must_use]
pub(in crate::model) fn existing(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    caches: &[Cache],
) -> Design {
    made(&Need::of(topology, plan, demand), &regions(caches), &sizes(catalog, caches), None)
}

/// What caches lack under this load, each limit that is passed; empty when it fits.
#[must_use]
pub(in crate::model) fn missing_capacity(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    caches: &[Cache],
) -> Vec<Misfit> {
    misfits(&Need::of(topology, plan, demand), &sizes(catalog, caches))
}

/// The caches that follow those that no longer fit: the cheapest size that fits, the same for all. A group has no way to
/// less memory or fewer shards (D3). Of the sizes that fit only those count that `settles` accepts; where it accepts none,
/// all do. `None` when no such size fits.
#[must_use]
pub(in crate::model) fn following(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    caches: &[Cache],
    settles: &dyn Fn(&[Cache]) -> bool,
) -> Option<Vec<Cache>> {
    let need = Need::of(topology, plan, demand);
    let now = sizes(catalog, caches).into_iter().next()?;
    let reachable = |size: &Size| {
        let larger = size.memory() >= now.memory() && size.shards >= now.shards;
        topology != Topology::Active || larger
    };
    let regions = regions(caches);
    let made = |size: &Size| -> Vec<Cache> {
        let cache = |region: &&RegionId| Cache {
            region: (*region).clone(),
            sku: size.sku.id.clone(),
            shards: size.shards,
            nodes: nodes(topology, plan, size),
        };
        regions.iter().map(cache).collect()
    };
    let all = skus(topology, catalog).flat_map(any_shards).filter(reachable);
    // The first that settles is the cheapest that does: to ask is work, to rank is little.
    let fitting: Vec<Vec<Cache>> = ranked(&need, catalog, &regions, all).iter().map(|(size, _)| made(size)).collect();
    fitting.iter().find(|caches| settles(caches)).or(fitting.first()).cloned()
}

/// A cache of Azure Managed Redis of the first size is scaled to the second where it stands: a group never to less memory or fewer shards (D3); of
/// a lone one Azure lists the sizes that it may have, so that none is ruled out here. False for a size that the catalogue does not know.
#[must_use]
pub(in crate::model) fn scales_in_place(topology: Topology, from: &SkuId, to: &SkuId, catalog: &Catalog) -> bool {
    let size =
        |id: &SkuId| catalog.sku(id).filter(|sku| sku.family.is_managed_redis()).and_then(|sku| any_shards(sku).next());
    let (Some(from), Some(to)) = (size(from), size(to)) else { return false };
    topology != Topology::Active || to.memory() >= from.memory() && to.shards >= from.shards
}

impl Cache {
    /// The size as people say it: "P2 with 3 shards", "B10".
    #[must_use]
    pub fn size_name(&self, catalog: &Catalog) -> SizeName {
        let known = catalog.sku(&self.sku).map(|sku| Size { sku, shards: self.shards }.name());
        known.unwrap_or_else(|| SizeName { sku: self.sku.clone(), shards: None })
    }
}

fn regions(caches: &[Cache]) -> Vec<&RegionId> {
    caches.iter().map(|cache| &cache.region).collect()
}

/// A design names only sizes that the catalogue knows.
fn sizes<'a>(catalog: &'a Catalog, caches: &[Cache]) -> Vec<Size<'a>> {
    caches.iter().filter_map(|cache| Some(Size { sku: catalog.sku(&cache.sku)?, shards: cache.shards })).collect()
}
