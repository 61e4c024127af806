//! Where no placement meets every target: the smallest move of them.

use super::super::ahead::Ahead;
use super::super::found::Found;
use super::super::place::with_caches;
use super::super::pool::Pool;
use super::super::relaxation::{self, Relaxation};
use super::{Near, RegionSearch};
use crate::catalog::Catalog;
use crate::decide::{Candidate, relaxed};
use crate::model::Topology;
use crate::model::horizon::may_wait;
use crate::model::verdict::{Figure, Objective};
use crate::units::Money;
use std::rc::Rc;

impl RegionSearch {
    /// The smallest move of the targets over every placement of a topology. What no size moves, and its nodes over the budget, bound a placement
    /// from below: they are taken in the order of that bound, and all sizes of one are tried only while it is below what was found.
    pub(super) fn relaxation(&self, topology: Topology, catalog: &Catalog) -> Option<Relaxation> {
        let objectives = self.plan.objectives_in(catalog.currency());
        // No month costs less than its nodes do; the first is not paid where the design may wait.
        let waits = may_wait(topology, &self.plan, catalog);
        let over = |[month, dearest]: [Money; 2]| {
            let budget = objectives.budget.map_or(0.0, Money::as_f64_for_charts);
            let least = if waits { dearest } else { dearest.max(month) };
            if budget > 0.0 { (least.as_f64_for_charts() / budget - 1.0).max(0.0) } else { 0.0 }
        };
        let bound = |Near { least, design: it }: &Near| {
            let unmet = it.unmet.iter().copied().filter(|unmet| fixed(*unmet, it)).collect();
            let candidate = Candidate { unmet, free: true, ..it.candidate() };
            over(*least) + relaxed(&objectives, &candidate).map_or(f64::INFINITY, |relaxed| relaxed.distance)
        };
        // A block stands in the way of every size; a copy that never ends may not.
        let open = |Near { design, .. }: &&Near| {
            design.choice.topology == topology && (design.free || design.figure(Objective::Rto) == Figure::None)
        };
        let mut near: Vec<(f64, Money, &Found)> =
            self.near.iter().filter(open).map(|it| (bound(it), it.least[0], &it.design)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut best: Option<Relaxation> = None;
        for (distance, least, it) in near {
            let done = best.as_ref().is_some_and(|best| {
                let dearer = best.design.month.complete().is_some_and(|cost| least >= cost);
                distance > best.moved.distance || (distance >= best.moved.distance && dearer)
            });
            if done || !distance.is_finite() {
                break;
            }
            let Some(placed) = with_caches(&self.plan, it.choice.topology, &it.choice.regions) else { continue };
            let pool = Pool::of_one(it.choice.topology, &placed, catalog, Rc::clone(&self.own));
            let ahead = Ahead::new(&placed, catalog);
            let limit = best.as_ref().map_or(f64::INFINITY, |best| best.moved.distance);
            let mut own = relaxation::smallest_below(limit, &pool, it.choice.topology, &ahead);
            if let Some(own) = &mut own {
                own.design.choice.regions.clone_from(&it.choice.regions);
            }
            best = [best, own].into_iter().flatten().min_by(Relaxation::order);
        }
        best
    }
}

/// No size moves it: a latency, and the recovery time of a design that has one.
pub(super) fn fixed(objective: Objective, found: &Found) -> bool {
    match objective {
        Objective::Latency => true,
        Objective::Rto => found.figure(Objective::Rto) != Figure::None,
        _ => false,
    }
}
