//! When a design is outgrown and what follows it, where nobody asks for its bills.

use super::ends::end_of;
use super::{MOST_MONTHS, walk};
use crate::catalog::{Catalog, Service};
use crate::model::Topology;
use crate::model::fit::{Cache, Design};
use crate::plan::Plan;

/// The caches that a design has later on, with the month, from 1, whose load its size does not hold, or in which a target is missed that it
/// meets on the first day (M-10): those of its path, up to the end of its service. None where it stands to the last month, without growth,
/// and where it does not fit on the first day; the same again where nothing larger follows.
pub fn sizes_ahead<'a>(
    topology: Topology,
    plan: &Plan,
    catalog: &'a Catalog,
    design: &Design,
) -> impl Iterator<Item = (u32, Vec<Cache>)> + use<'a> {
    walk::replaced(topology, plan, catalog, design, last_of(topology, plan, catalog))
}

/// The last month of a design.
fn last_of(topology: Topology, plan: &Plan, catalog: &Catalog) -> u32 {
    let ends = if topology == Topology::Passive { end_of(Service::Premium, plan, catalog) } else { None };
    plan.horizon.months.min(MOST_MONTHS).min(ends.map_or(u32::MAX, |ends| ends.month))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{Change, first_design, horizon};
    use super::*;
    use crate::model::demand::demand;
    use crate::presets::PRESETS;
    use crate::units::Ratio;
    use std::rc::Rc;

    #[test]
    fn alone_it_is_outgrown_when_its_path_is() {
        let catalog = Catalog::bundled().unwrap();
        let mut fast = Plan::default();
        fast.workload.growth_per_year = Ratio::percent(60.0);
        let plans = PRESETS.map(|text| crate::codec::from_json(text).unwrap());
        let mut seen = 0;
        for plan in plans.into_iter().chain([Plan::default(), fast]) {
            let (paths, demand) = (horizon(&plan, &catalog), demand(&plan));
            for topology in Topology::ALL {
                let design = first_design(topology, &plan, &catalog, &demand);
                let alone = sizes_ahead(topology, &plan, &catalog, &design).next().map(|it| it.0);
                let own = paths.own[topology as usize].outgrown.as_ref().map(|it| it.0);
                assert_eq!(alone, own, "{}, {topology:?}", plan.name);
                seen += usize::from(alone.is_some());
                // A group by itself, from its second month on: caches that are others than in the month before.
                let own = walk::path(topology, &plan, &catalog, design.clone(), &Rc::default());
                let (mut caches, mut later) = (design.caches.clone(), Vec::new());
                for month in own.months.iter().take(last_of(topology, &plan, &catalog) as usize) {
                    if month.caches != caches {
                        caches.clone_from(&month.caches);
                        later.push((month.number, caches.clone()));
                    }
                }
                let mut ahead: Vec<(u32, Vec<Cache>)> = sizes_ahead(topology, &plan, &catalog, &design).collect();
                let mut before = design.caches.clone();
                ahead.retain(|(_, caches)| std::mem::replace(&mut before, caches.clone()) != *caches);
                assert_eq!(ahead, later, "{}, {topology:?}", plan.name);
            }
        }
        assert!(seen > 2);
    }

    /// The sessions' P3 may hold 16.6 GB and has 16.7 GB at the end of month 22 (14 × 1.1^(22 ÷ 12)), when Premium has ended (2028-09-30, D6):
    /// nobody scales it. A month earlier is in time.
    #[test]
    fn a_pair_is_not_scaled_in_the_month_in_which_it_ends() {
        let catalog = Catalog::bundled().unwrap();
        let mut plan: Plan = crate::codec::from_json(crate::presets::others::SESSIONS).unwrap();
        let scaled = |plan: &Plan| {
            let steps = horizon(plan, &catalog).of(Topology::Passive).steps.clone();
            steps.iter().find(|step| matches!(step.change, Change::Scale { .. })).map(|step| step.month)
        };
        assert_eq!(scaled(&plan).filter(|month| *month <= 22), None);
        plan.workload.dataset = plan.workload.dataset * libm::pow(1.1, 1.0 / 12.0);
        assert_eq!(scaled(&plan), Some(21));
    }
}
