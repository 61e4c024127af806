//! Which region to add to the group, or which primary to choose for the pair, to meet the latency target (M-13): every
//! region of the catalogue tried, with what it costs.
//!
//! A group has a member in every region of the plan, so in normal running its users write at home and another member brings
//! them nothing. What it brings is a near survivor while one region is down: that is what a group's candidates are judged by.
//! A pair writes in one region: its candidates are judged by normal running.

#[cfg(test)]
mod tests;

use crate::catalog::{Catalog, RegionId};
use crate::model::cost::{Total, bill};
use crate::model::demand::{Demand, demand};
use crate::model::fit::Misfit;
use crate::model::latency::{Reach, round_trip, scenario};
use crate::model::sizing::sized;
use crate::model::{Case, Topology};
use crate::plan::{GROUP_MEMBERS, Plan};
use crate::units::{Currency, Money, Ratio};
use std::cmp::Ordering;

/// What a topology reaches, and what it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Writes in normal running.
    pub normal: Reach,
    /// Writes while one region is down: the slowest worst-served region and the smallest share of users inside the target
    /// of all regions that may be the one.
    pub down: Reach,
    /// The judged one ([`Outcome::judged`]) is inside the write target; `None` without a target or a known worst.
    pub meets: Option<bool>,
    /// The steady month of the topology; `None` where the load does not fit or a price is missing.
    pub cost: Option<Money>,
    /// Why there is no cost; `None` where there is one.
    pub lacks: Option<NoCost>,
}

/// Why a candidate has no cost.
#[derive(Debug, Clone, PartialEq)]
pub enum NoCost {
    /// The load does not fit, or the topology is not possible.
    Misfit(Misfit),
    /// The bill lacks a price.
    Incomplete(Total, Currency),
}

impl Outcome {
    /// What the target is held against: any one region down for a group, normal running for a pair.
    #[must_use]
    pub const fn judged(&self, topology: Topology) -> &Reach {
        match topology {
            Topology::Active => &self.down,
            Topology::Rebuild | Topology::Passive => &self.normal,
        }
    }
}

/// A region that was tried, with what the plan would reach with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The region that joins the group, or becomes the primary of the pair.
    pub region: RegionId,
    /// Only some customers may use it.
    pub restricted: bool,
    /// The plan does not name it yet.
    pub new: bool,
    /// What the plan reaches with it.
    pub outcome: Outcome,
}

/// Every region that was tried, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidates {
    /// The plan as it stands.
    pub now: Outcome,
    /// First those that meet the target, the cheapest first; then the others by the share of users inside it, then by the
    /// worst write, then by cost. Without a target by the worst write and cost. Equals by name.
    pub found: Vec<Candidate>,
    /// Regions without a published round trip to any user: nothing can be said of them.
    pub untried: Vec<RegionId>,
}

/// Tries every region of the catalogue: for the group as one more member, for the pair as its primary.
///
/// Nobody moves: a region that the plan lacks comes in without users and writes of its own
/// ([`Plan::add_member`], [`Plan::lead_from`]), and the primary that was before becomes the secondary. So the outcome is what
/// the page shows once the change is made. A plan of five regions can take no other: then the group has no candidates, and
/// the pair has the plan's own. The rebuild has none. Sizes are chosen again where the plan leaves them open.
#[must_use]
pub fn latency_candidates(topology: Topology, plan: &Plan, catalog: &Catalog) -> Candidates {
    let demand = demand(plan);
    let mut candidates =
        Candidates { now: outcome(topology, plan, catalog, &demand), found: Vec::new(), untried: Vec::new() };
    for region in catalog.regions() {
        let Some(changed) = with(topology, plan, &region.id) else { continue };
        if !is_measured(plan, catalog, &region.id) {
            candidates.untried.push(region.id.clone());
            continue;
        }
        candidates.found.push(Candidate {
            region: region.id.clone(),
            restricted: region.restricted,
            new: !names(plan, &region.id),
            outcome: outcome(topology, &changed, catalog, &demand),
        });
    }
    candidates.found.sort_by(|a, b| rank(topology, a, b));
    candidates
}

/// The most regions that a plan may have: the members of a group.
#[must_use]
pub fn is_full(plan: &Plan) -> bool {
    plan.regions.len() >= *GROUP_MEMBERS.end()
}

fn names(plan: &Plan, region: &RegionId) -> bool {
    plan.regions.iter().any(|share| share.region == *region)
}

/// The plan with the region where the topology would use it; `None` where nothing would change or it has no place.
fn with(topology: Topology, plan: &Plan, region: &RegionId) -> Option<Plan> {
    let mut changed = plan.clone();
    let placed = match topology {
        Topology::Rebuild => false,
        Topology::Passive => {
            plan.primary().is_none_or(|primary| primary.region != *region) && changed.lead_from(region)
        }
        Topology::Active => changed.add_member(region.clone()),
    };
    placed.then_some(changed)
}

/// A round trip from some user to the region is known.
fn is_measured(plan: &Plan, catalog: &Catalog, region: &RegionId) -> bool {
    plan.regions.iter().any(|share| round_trip(plan, catalog, &share.region, region).is_some())
}

/// The models that latency and cost need, and no other.
fn outcome(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand) -> Outcome {
    let design = sized(topology, plan, catalog, demand);
    let case = Case::new(topology, plan, catalog, demand, &design);
    let writes = |down: Option<&RegionId>| scenario(&case, down).writes;
    let down = design.caches.iter().map(|cache| writes(Some(&cache.region))).reduce(worse);
    let cost = cost(&case);
    let mut outcome = Outcome {
        normal: writes(None),
        down: down.unwrap_or(Reach { worst: None, within: None }),
        meets: None,
        lacks: cost.as_ref().err().cloned(),
        cost: cost.ok(),
    };
    outcome.meets = outcome.judged(topology).meets(plan.objectives.write_latency);
    outcome
}

/// The slower and the smaller of both; unknown where one is.
fn worse(a: Reach, b: Reach) -> Reach {
    Reach {
        worst: a.worst.zip(b.worst).map(|(a, b)| if b.1 > a.1 { b } else { a }),
        within: a.within.zip(b.within).map(|(a, b)| if b < a { b } else { a }),
    }
}

/// The bill's total, or the first reason for having none.
fn cost(case: &Case) -> Result<Money, NoCost> {
    if let Some(misfit) = case.design.misfits.first() {
        return Err(NoCost::Misfit(misfit.clone()));
    }
    let bill = bill(case);
    bill.total.complete().ok_or_else(|| NoCost::Incomplete(bill.total.clone(), bill.currency))
}

/// A whole order, so that the list does not depend on the order in which regions were tried. What differs by less than the
/// page shows (a cent, a billionth of the users) counts as equal.
fn rank(topology: Topology, a: &Candidate, b: &Candidate) -> Ordering {
    let misses = |it: &Candidate| it.outcome.meets != Some(true);
    let cost = |it: &Candidate| it.outcome.cost.map(Money::to_cents);
    let by_cost = || last_if_none(cost(a), cost(b), Ord::cmp);
    let judged = |it: &Candidate| it.outcome.judged(topology).clone();
    let worst = |it: &Candidate| judged(it).worst.map(|(_, time)| time.as_secs());
    let by_worst = || last_if_none(worst(a), worst(b), f64::total_cmp);
    let outside = |it: &Candidate| judged(it).within.map(outside);
    let by_share = || last_if_none(outside(a), outside(b), f64::total_cmp);
    let order = misses(a).cmp(&misses(b));
    let order = if misses(a) { order.then_with(by_share).then_with(by_worst) } else { order };
    order.then_with(by_cost).then_with(by_worst).then_with(|| a.region.cmp(&b.region))
}

/// Rises with the users outside.
fn outside(within: Ratio) -> f64 {
    -libm::round(within.as_fraction() * 1e9)
}

fn last_if_none<T>(a: Option<T>, b: Option<T>, compare: impl FnOnce(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => compare(&a, &b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}
