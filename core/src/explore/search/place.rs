//! Where the caches of a topology may stand, and the plan that puts them there.

use crate::catalog::{Catalog, Region, RegionId};
use crate::model::Topology;
use crate::plan::{GROUP_MEMBERS, Plan};

/// The regions in which the plan lets caches stand, in the catalogue's order: inside its residency and continents, and open to every
/// customer or named by the plan.
#[must_use]
pub fn allowed<'a>(plan: &Plan, catalog: &'a Catalog) -> Vec<&'a Region> {
    let first = plan.primary().and_then(|share| catalog.region(&share.region));
    let named = |region: &Region| plan.regions.iter().any(|share| share.region == region.id);
    let stands = |region: &&Region| {
        let named = named(region);
        (named || !region.restricted) && plan.placement.allows(region, first, named)
    };
    catalog.regions().iter().filter(stands).collect()
}

/// The plan with the caches of a topology in these regions: they come first, in this order; regions with users or writes follow, the
/// others go. Nobody moves, and what runs today stays where it runs. `None` where that makes more regions than a plan may have, or a group
/// without a member in each.
#[must_use]
pub fn with_caches(plan: &Plan, topology: Topology, caches: &[RegionId]) -> Option<Plan> {
    if caches.iter().eq(plan.regions.iter().map(|share| &share.region).take(caches.len()))
        && (topology != Topology::Active || caches.len() == plan.regions.len())
    {
        return Some(plan.clone());
    }
    // A rebuild needs a second region to come back in; one without users stays for that.
    let regions = plan.regions_behind(caches, topology == Topology::Rebuild);
    let fits = regions.len() <= *GROUP_MEMBERS.end() && (topology != Topology::Active || regions.len() == caches.len());
    fits.then(|| {
        let mut placed = Plan { regions, ..plan.clone() };
        placed.leave_what_runs(plan);
        placed
    })
}

/// Every way to place the caches of a topology in allowed regions.
///
/// A rebuild takes one region, and a second one to come back in where the plan's others are closed to it; a pair two different ones in either
/// order. A group has a member where people are, because its clients
/// use their own; another member costs its nodes and makes no figure better (M-17), so that one joins only where people are in a
/// single region.
pub(super) fn placements(topology: Topology, plan: &Plan, catalog: &Catalog) -> Vec<Vec<RegionId>> {
    let allowed: Vec<RegionId> = allowed(plan, catalog).into_iter().map(|region| region.id.clone()).collect();
    match topology {
        Topology::Rebuild => allowed.iter().map(|region| rebuilt(plan, catalog, region, &allowed)).collect(),
        Topology::Passive => {
            let pair = |one: &RegionId| -> Vec<Vec<RegionId>> {
                let others = allowed.iter().filter(|other| *other != one);
                others.map(|other| vec![one.clone(), other.clone()]).collect()
            };
            allowed.iter().flat_map(pair).collect()
        }
        Topology::Active => group(plan, &allowed),
    }
}

/// A rebuild in a region, and where the plan would let it come back in none of the others, an allowed one for that: the paired region, else
/// the first.
fn rebuilt(plan: &Plan, catalog: &Catalog, region: &RegionId, allowed: &[RegionId]) -> Vec<RegionId> {
    let alone = vec![region.clone()];
    let back = |plan: Plan| Some(plan.comes_back(catalog)?.region.clone());
    let barred = with_caches(plan, Topology::Rebuild, &alone).and_then(back).is_some_and(|it| !allowed.contains(&it));
    let other = |it: &&RegionId| *it != region && allowed.contains(it);
    let paired = catalog.region(region).and_then(|it| it.pair.as_ref()).filter(other);
    let with = paired.or_else(|| allowed.iter().find(other)).map(|it| vec![region.clone(), it.clone()]);
    let fits = |caches: &Vec<RegionId>| with_caches(plan, Topology::Rebuild, caches).is_some();
    with.filter(|caches| barred && fits(caches)).unwrap_or(alone)
}

fn group(plan: &Plan, allowed: &[RegionId]) -> Vec<Vec<RegionId>> {
    let mut members: Vec<RegionId> = plan.peopled().into_iter().cloned().collect();
    if members.is_empty() {
        members.extend(plan.regions.iter().map(|share| share.region.clone()));
        members.dedup();
    }
    if !members.iter().all(|member| allowed.contains(member)) {
        return Vec::new();
    }
    if members.len() >= *GROUP_MEMBERS.start() {
        return vec![members];
    }
    let others = allowed.iter().filter(|region| !members.contains(region) && !members.is_empty());
    others.map(|other| [members.as_slice(), std::slice::from_ref(other)].concat()).collect()
}
