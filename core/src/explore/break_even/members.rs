//! How the winner depends on the number of regions.

use super::{Cell, Kind};
use crate::catalog::{Catalog, RegionId};
use crate::model::Topology;
use crate::model::demand::demand;
use crate::model::sizing::design;
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

/// At which number of regions, the nearest to the plan's own first, each winner changes: "With 3 regions the passive pair becomes
/// cheaper than the active group. …", or that none does.
///
/// `own` is the plan's number of regions; with fewer than two regions the smallest group stands in.
#[must_use]
pub fn members_say(members: &[Members], own: usize) -> String {
    let Some(own) = members.iter().position(|row| row.count >= own).or(members.len().checked_sub(1)) else {
        return String::new();
    };
    let mut flips: Vec<(usize, String)> = Kind::ALL.into_iter().flat_map(|kind| flips(members, own, kind)).collect();
    if flips.is_empty() && members.iter().any(|row| row.cell.no_price) {
        return "The effect of the number of regions is unknown while a size has no price.".to_owned();
    }
    if flips.is_empty() {
        return "The number of regions changes neither the choice nor the order of costs.".to_owned();
    }
    flips.sort_by_key(|flip| flip.0);
    let said: Vec<String> = flips.into_iter().map(|(_, text)| text).collect();
    said.join(" ")
}

/// The first change above the plan's own number and the first below it, with how far away each is.
fn flips(members: &[Members], own: usize, kind: Kind) -> Vec<(usize, String)> {
    let winner = |row: &Members| kind.winner(&row.cell);
    let Some((from, count)) = members.get(own).map(|row| (winner(row), row.count)) else { return Vec::new() };
    if kind != Kind::Choice && from.is_none() {
        return Vec::new();
    }
    let (below, above) = (members[..own].iter().rev(), members[own..].iter());
    let first = |row: &&Members| winner(row) != from && (kind == Kind::Choice || winner(row).is_some());
    let found = [above.clone().find(first), below.clone().find(first)];
    let said = |row: &Members| {
        (
            row.count.abs_diff(count),
            format!("With {} regions {}.", row.count, kind.becomes(winner(row), row.cell.no_price)),
        )
    };
    found.into_iter().flatten().map(said).collect()
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
    let group = design(Topology::Active, plan, catalog, &demand(plan));
    let priced = |id: &RegionId| group.caches.first().is_none_or(|cache| catalog.node_amount(&cache.sku, id).is_some());
    let others = catalog.regions().iter().map(|region| &region.id);
    let free = others.filter(|id| !plan.regions.iter().any(|own| own.region == **id) && priced(id));
    let near = free.filter_map(|id| Some((catalog.round_trip(first, id)?.rtt.as_secs(), id)));
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id.clone())
}
