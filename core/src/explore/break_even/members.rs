//! How the winner depends on the number of regions.

use super::Cell;
use crate::catalog::{Catalog, RegionId};
use crate::model::Topology;
use crate::model::demand::demand;
use crate::model::sizing::sized;
use crate::plan::{GROUP_MEMBERS, Plan, RegionShare};
use crate::units::Ratio;

/// A plan with another number of regions.
#[derive(Debug, Clone, PartialEq)]
pub struct Members {
    /// Regions, and so members of the group.
    pub count: usize,
    /// Regions that were added to the plan's own.
    pub added: Vec<RegionId>,
    /// What it costs, and who wins.
    pub cell: Cell,
}

/// The plan with two to five regions.
///
/// Fewer: the last regions are left out, and their users and writes go to the first. More: the regions with the shortest
/// published round trip to the first in which the group's size has a price, without users and writes of their own, so that
/// the workload stays the plan's. A plan without a region gives nothing.
#[must_use]
pub fn by_members(plan: &Plan, catalog: &Catalog) -> Vec<Members> {
    if plan.regions.is_empty() {
        return Vec::new();
    }
    let of = |count: usize| {
        let (plan, added) = with_regions(plan, catalog, count);
        Members { count, added, cell: Cell::of(&plan, catalog) }
    };
    GROUP_MEMBERS.map(of).collect()
}

fn with_regions(plan: &Plan, catalog: &Catalog, count: usize) -> (Plan, Vec<RegionId>) {
    let mut changed = plan.clone();
    let left_out = changed.regions.split_off(count.min(changed.regions.len()));
    if let Some(first) = changed.regions.first_mut() {
        for region in left_out {
            first.users = first.users + region.users;
            first.writes = first.writes + region.writes;
        }
    }
    let mut added = Vec::new();
    while changed.regions.len() < count {
        let Some(next) = nearest(&changed, catalog) else { break };
        changed.regions.push(RegionShare { region: next.clone(), users: Ratio::ZERO, writes: Ratio::ZERO });
        added.push(next);
    }
    (changed, added)
}

/// The region nearest to the first that the plan does not have.
fn nearest(plan: &Plan, catalog: &Catalog) -> Option<RegionId> {
    let first = &plan.regions.first()?.region;
    let group = sized(Topology::Active, plan, catalog, &demand(plan));
    let priced = |id: &RegionId| group.caches.first().is_none_or(|cache| catalog.node_amount(&cache.sku, id).is_some());
    let others = catalog.regions().iter().map(|region| &region.id);
    let free = others.filter(|id| !plan.regions.iter().any(|own| own.region == **id) && priced(id));
    let near = free.filter_map(|id| Some((catalog.round_trip(first, id)?.rtt.as_secs(), id)));
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id.clone())
}
