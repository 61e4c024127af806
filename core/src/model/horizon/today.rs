//! What runs today, and how a design comes about from it (M-10).

use super::first_design;
use super::way::Origin;
use crate::catalog::{Catalog, Family, RegionId, Service, SkuId};
use crate::model::Topology;
use crate::model::demand::demand;
use crate::model::fit::{Cache, SizeName, scales_in_place};
use crate::plan::{Confirmation, Plan, RegionShare};

/// What runs today, as the plan says it.
pub(super) enum Today {
    Unsaid,
    Nothing,
    Pair,
    Caches { caches: Vec<Cache>, service: Option<Service> },
}

impl Today {
    pub(super) fn of(plan: &Plan, catalog: &Catalog) -> Self {
        if plan.pair_runs() {
            return Self::Pair;
        }
        let Some(sku) = &plan.today.sku else {
            let nothing = plan.passive.exists == Confirmation::NotSo;
            return if nothing { Self::Nothing } else { Self::Unsaid };
        };
        let known = catalog.sku(sku);
        let ends = catalog.retiring_sizes().iter().find(|size| size.id == *sku);
        let nodes =
            known.map_or_else(|| ends.map_or(2, |size| size.nodes), |_| if is_single(plan, sku) { 1 } else { 2 });
        let service = match known {
            Some(known) => (!known.family.is_managed_redis()).then_some(Service::Premium),
            None => Some(ends.map_or(Service::Premium, crate::catalog::RetiringSize::service)),
        };
        let clustered = known.is_some_and(|sku| sku.family == Family::Premium);
        let cache = |region: RegionId| Cache {
            region,
            sku: sku.clone(),
            shards: if clustered { plan.today.caches.max(1) } else { 1 },
            nodes: nodes.saturating_mul(plan.today.caches),
        };
        Self::Caches { caches: plan.today_regions().into_iter().map(cache).collect(), service }
    }

    /// How a design of these caches comes about. Managed Redis that runs is kept where it has the design's size or is scaled to it; another cache
    /// of it is made where it has not.
    pub(super) fn origin(&self, topology: Topology, plan: &Plan, first: &[Cache], catalog: &Catalog) -> Origin {
        let of_place = self.origin_of_place(topology, plan);
        let Some(next) = first.first() else { return of_place };
        let managed = matches!(self, Self::Caches { service: None, .. });
        if managed && !self.keeps(topology, plan, &next.sku, catalog) { Origin::Moves } else { of_place }
    }

    /// A design of this size is the Managed Redis that runs, as it is or scaled to it.
    fn keeps(&self, topology: Topology, plan: &Plan, size: &SkuId, catalog: &Catalog) -> bool {
        let Self::Caches { service: None, caches } = self else { return false };
        // One member of a group that stays alone is bound by what binds the group.
        let grouped = caches.len() > 1 && !plan.today.grouped.is_not_so();
        let bound = if grouped { Topology::Active } else { topology };
        let alike = |runs: &Cache| runs.sku == *size || scales_in_place(bound, &runs.sku, size, catalog);
        let stands = self.origin_of_place(topology, plan) != Origin::Moves;
        stands && plan.today.caches == 1 && caches.first().is_some_and(alike)
    }

    /// The same of a design of any size: that of the one whose way is the shortest.
    pub(super) fn origin_of_place(&self, topology: Topology, plan: &Plan) -> Origin {
        // In how many of the plan's first regions a cache runs.
        let stands = |caches: &[Cache], first: usize| {
            let in_one = |share: &RegionShare| caches.iter().any(|cache| cache.region == share.region);
            plan.regions.iter().take(first).filter(|share| in_one(share)).count()
        };
        match (self, topology) {
            (Self::Unsaid, _) => Origin::Unsaid,
            (Self::Pair, Topology::Passive) => Origin::Runs,
            (Self::Caches { service: None, caches }, Topology::Rebuild) if stands(caches, 1) > 0 => Origin::Runs,
            (Self::Nothing, _) => Origin::Builds,
            (Self::Caches { .. }, Topology::Passive) if plan.primary_stays() => Origin::Builds,
            // A group's name is given when a database is created, and one that joins loses its data (S3): caches that are none move to it.
            (Self::Caches { service: None, caches }, Topology::Active) if !plan.today.grouped.is_not_so() => {
                match stands(caches, usize::MAX) {
                    all if all == plan.regions.len() => Origin::Runs,
                    // A region more is one more member of the group that runs.
                    some if some > 1 && some == caches.len() => Origin::Builds,
                    _ => Origin::Moves,
                }
            }
            (Self::Pair | Self::Caches { .. }, _) => Origin::Moves,
        }
    }
}

/// The caches of Azure Managed Redis that run are this design's: as they are, scaled to its size, or with one more member (M-10). False of all else
/// that runs.
#[must_use]
pub fn keeps_what_runs(topology: Topology, plan: &Plan, catalog: &Catalog) -> bool {
    let today = Today::of(plan, catalog);
    if !matches!(today, Today::Caches { service: None, .. }) {
        return false;
    }
    let first = first_design(topology, plan, catalog, &demand(plan)).caches;
    first.first().is_some_and(|cache| today.keeps(topology, plan, &cache.sku, catalog))
}

/// The same of a design of this size.
#[must_use]
pub fn may_keep(topology: Topology, plan: &Plan, size: &SkuId, catalog: &Catalog) -> bool {
    Today::of(plan, catalog).keeps(topology, plan, size, catalog)
}

/// The size that runs today in place of the design's, where the design is what runs and is scaled from it (M-10); `None` where it is the same, and
/// where the design is none of it.
#[must_use]
pub fn resized_from(topology: Topology, plan: &Plan, catalog: &Catalog) -> Option<Vec<SizeName>> {
    if topology == Topology::Passive || !keeps_what_runs(topology, plan, catalog) {
        return scaled_from(topology, plan, catalog, &[]);
    }
    scaled_from(topology, plan, catalog, &first_design(topology, plan, catalog, &demand(plan)).caches)
}

pub(super) fn scaled_from(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    first: &[Cache],
) -> Option<Vec<SizeName>> {
    if topology == Topology::Passive {
        let (sku, shards) = plan.pair_runs_as()?;
        return Some(vec![SizeName { sku: sku.clone(), shards: Some(shards) }]);
    }
    let (runs, next) = (plan.today.sku.as_ref()?, first.first()?);
    let known = catalog.sku(runs).filter(|sku| sku.family.is_managed_redis() && next.sku != *runs)?;
    Some(vec![SizeName { sku: known.id.clone(), shards: None }])
}

/// These caches replicate: of services that end only Enterprise has groups, and they count as one unless the plan says not.
pub(super) fn replicates(plan: &Plan, caches: &[Cache], service: Option<Service>) -> bool {
    caches.len() > 1 && service == Some(Service::Enterprise) && !plan.today.grouped.is_not_so()
}

/// True where what runs is the plan's own design of Azure Managed Redis, and that has no high availability: one node.
fn is_single(plan: &Plan, sku: &SkuId) -> bool {
    let (design, has_second) = if plan.today.regions > 1 {
        (&plan.active.sku, plan.active.high_availability)
    } else {
        (&plan.rebuild.sku, plan.rebuild.high_availability)
    };
    design.as_ref() == Some(sku) && !has_second
}
