//! One design over the horizon, where nobody asks for the other two, or each is paid by a term of its own.

use super::ends::retirement;
use super::walked::Walked;
use super::{HorizonCost, MOST_MONTHS, OwnMonths, Path, Waits, from_today};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::plan::Plan;
use crate::units::Money;
use std::rc::Rc;

/// The path of one topology, its way from what runs today and to what follows it included, and its months by itself.
pub(super) fn path_of(topology: Topology, plan: &Plan, catalog: &Catalog, walked: &Walked) -> (Path, OwnMonths) {
    let own = walked.path(topology, plan, catalog);
    let ends = retirement(plan, catalog).filter(|_| topology == Topology::Passive);
    let follows = ends.as_ref().map(|ends| (ends, super::retirement::successor(plan, catalog, walked)));
    let after = follows.as_ref().map(|(ends, group)| (*ends, &**group));
    let path = Path::clone(&own);
    let path = match after {
        Some((ends, group)) => super::retirement::split(plan, catalog, ends, path, group),
        None => path,
    };
    // Only a move away from a pair that runs reads what the pair costs.
    let leaves = topology != Topology::Passive && plan.pair_runs();
    let pair = if leaves { from_today::pair_that_runs(plan, catalog, walked) } else { Rc::clone(&own) };
    let path = from_today::begin(plan, catalog, &pair, path, walked);
    let months = OwnMonths::of(&own, after, &path, catalog);
    (path, months)
}

/// What one design costs over the horizon (M-10), with the loss that is expected of it in a year, where the plan prices it. Paths that `walked`
/// has are not walked again.
#[must_use]
pub fn cost_alone(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    loss: Option<Money>,
    walked: &Walked,
) -> HorizonCost {
    if plan.horizon.months > MOST_MONTHS {
        let mut cut = plan.clone();
        cut.horizon.months = MOST_MONTHS;
        return cost_alone(topology, &cut, catalog, loss, walked);
    }
    let (path, own) = path_of(topology, plan, catalog, walked);
    HorizonCost::of(&path, own, plan.horizon.months, plan.pricing.reservation, loss)
}

/// How a design waits for the end of the old service (M-10); `None` where it moves now, or not at all.
#[must_use]
pub fn waits(topology: Topology, plan: &Plan, catalog: &Catalog) -> Option<Waits> {
    cost_alone(topology, plan, catalog, None, &Walked::default()).waits
}

/// How the group that follows a pair waits for the end of its service (M-10); `None` where the horizon does not reach that, and where none follows.
#[must_use]
pub fn follows_pair(plan: &Plan, catalog: &Catalog) -> Option<Waits> {
    let mut cut = plan.clone();
    cut.horizon.months = plan.horizon.months.min(MOST_MONTHS);
    Waits::after_pair(&path_of(Topology::Passive, &cut, catalog, &Walked::default()).0)
}

#[cfg(test)]
mod tests {
    use super::super::horizon;
    use super::*;
    use crate::presets::PRESETS;

    #[test]
    fn alone_it_costs_what_it_costs_beside_the_others() {
        let catalog = Catalog::bundled().unwrap();
        let plans = PRESETS.map(|text| crate::codec::from_json(text).unwrap());
        for plan in plans.into_iter().chain([Plan::default()]) {
            let costs = horizon(&plan, &catalog).costs([Some(Money::whole(7)); 3]);
            for topology in Topology::ALL {
                let alone = cost_alone(topology, &plan, &catalog, Some(Money::whole(7)), &Walked::default());
                assert_eq!(&alone, costs.of(topology), "{}, {topology:?}", plan.name);
            }
        }
    }
}
