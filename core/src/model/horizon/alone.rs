//! One design over the horizon, where nobody asks for the other two.

use super::{HorizonCost, MOST_MONTHS, OwnMonths, Path, Waits, first, retirement, today};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::plan::Plan;
use crate::units::Money;

/// The path of one topology, as [`super::horizon`] has it, and its months by itself.
fn path_of(topology: Topology, plan: &Plan, catalog: &Catalog) -> (Path, OwnMonths) {
    let own = first::path(topology, plan, catalog);
    let pair_runs = plan.pair_runs();
    // Only a move away from a pair that runs reads what the pair costs.
    let pair = if topology != Topology::Passive && pair_runs {
        today::pair_that_runs(plan, catalog).unwrap_or_else(|| first::path(Topology::Passive, plan, catalog))
    } else {
        own.clone()
    };
    let ends = retirement(plan, catalog).filter(|_| topology == Topology::Passive);
    let follows = ends.as_ref().map(|ends| {
        let group = first::path(Topology::Active, plan, catalog);
        (ends, super::retirement::successor(plan, catalog, &group).into_owned())
    });
    let after = follows.as_ref().map(|(ends, group)| (*ends, group));
    let months = OwnMonths::of(&own, after, catalog);
    let own = match after {
        Some((ends, group)) => super::retirement::split(plan, catalog, ends, own, group),
        None => own,
    };
    (today::begin(plan, catalog, &pair, own), months)
}

/// What one design costs over the horizon (M-10), with the loss that is expected of it in a year, where the plan prices it.
#[must_use]
pub fn cost_alone(topology: Topology, plan: &Plan, catalog: &Catalog, loss: Option<Money>) -> HorizonCost {
    if plan.horizon.months > MOST_MONTHS {
        let mut cut = plan.clone();
        cut.horizon.months = MOST_MONTHS;
        return cost_alone(topology, &cut, catalog, loss);
    }
    let (path, own) = path_of(topology, plan, catalog);
    HorizonCost::of(&path, own, plan.horizon.months, plan.pricing.reservation, loss)
}

/// How a design waits for the end of the old service (M-10); `None` where it moves now, or not at all.
#[must_use]
pub fn waits(topology: Topology, plan: &Plan, catalog: &Catalog) -> Option<Waits> {
    cost_alone(topology, plan, catalog, None).waits
}

/// How the group that follows a pair waits for the end of its service (M-10); `None` where the horizon does not reach that, and where none follows.
#[must_use]
pub fn follows_pair(plan: &Plan, catalog: &Catalog) -> Option<Waits> {
    let mut cut = plan.clone();
    cut.horizon.months = plan.horizon.months.min(MOST_MONTHS);
    Waits::after_pair(&path_of(Topology::Passive, &cut, catalog).0)
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
                let alone = cost_alone(topology, &plan, &catalog, Some(Money::whole(7)));
                assert_eq!(&alone, costs.of(topology), "{}, {topology:?}", plan.name);
            }
        }
    }
}
