//! The size that a design begins with: by its first month, unless its months ahead pass a budget that another size keeps (M-17).

use super::ends::end_of;
use super::walk::{self, Load};
use super::{MOST_MONTHS, Path};
use crate::catalog::{Catalog, Service};
use crate::model::cost::{Flows, Months, nodes_alone};
use crate::model::demand::{Demand, demand};
use crate::model::fit::{self, Asked, Design, existing, missing_capacity};
use crate::model::runway::Trials;
use crate::model::sizing::{self, missed};
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::units::Money;
use std::rc::Rc;

/// The size of one topology (M-17): that of [`sizing::sized`]; of an open one whose months ahead pass the budget the cheapest whose months
/// keep it and that meets what that one meets, where there is one.
#[must_use]
pub fn first_design(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand) -> Design {
    if plan.horizon.months > MOST_MONTHS {
        let mut cut = plan.clone();
        cut.horizon.months = MOST_MONTHS;
        return first_design(topology, &cut, catalog, demand);
    }
    let first = sizing::sized(topology, plan, catalog, demand);
    let Some(keeps) = Budget::of(topology, plan, catalog, demand, &Rc::default()).filter(|it| it.is_asked(&first))
    else {
        return first;
    };
    let own = walk::path(topology, plan, catalog, first.clone(), &keeps.flows);
    keeps.instead_of(&first, &own).map_or(first, |(design, _)| design)
}

/// The path of a topology from that size, as if its service had no end.
pub(super) fn path(topology: Topology, plan: &Plan, catalog: &Catalog, flows: &Rc<Flows>) -> Path {
    let demand = demand(plan);
    let first = sizing::sized(topology, plan, catalog, &demand);
    let own = walk::path(topology, plan, catalog, first.clone(), flows);
    let budget = Budget::of(topology, plan, catalog, &demand, flows).filter(|it| it.is_asked(&first));
    let other = budget.and_then(|it| it.instead_of(&first, &own));
    other.map_or(own, |(design, path)| Path { begins: Some(design), ..path })
}

/// The budget that the months of a topology are held against.
struct Budget<'a> {
    topology: Topology,
    plan: &'a Plan,
    catalog: &'a Catalog,
    demand: &'a Demand,
    most: Money,
    /// The last month of the topology: a pair's is that of its service.
    last: u32,
    trials: Trials,
    flows: Rc<Flows>,
}

impl<'a> Budget<'a> {
    fn of(
        topology: Topology,
        plan: &'a Plan,
        catalog: &'a Catalog,
        demand: &'a Demand,
        flows: &Rc<Flows>,
    ) -> Option<Self> {
        let most = plan.objectives_in(catalog.currency()).budget?;
        let ends = if topology == Topology::Passive { end_of(Service::Premium, plan, catalog) } else { None };
        let last = ends.map_or(u32::MAX, |it| it.month).min(plan.horizon.months);
        Some(Self { topology, plan, catalog, demand, most, last, trials: Trials::default(), flows: Rc::clone(flows) })
    }

    /// The size is open and holds the load.
    const fn is_asked(&self, first: &Design) -> bool {
        first.possible && first.sku_derived && first.misfits.is_empty() && self.last > 0
    }

    fn keeps(&self, path: &Path) -> bool {
        let mut own = path.months.iter().take_while(|month| month.number <= self.last);
        own.all(|month| month.bill.complete().is_some_and(|bill| bill <= self.most))
    }

    /// Another size with its path; `None` where the first keeps the budget, or where no other does.
    fn instead_of(&self, first: &Design, own: &Path) -> Option<(Design, Path)> {
        let Self { topology, plan, catalog, demand, .. } = *self;
        // A first month beyond it is the least that meets the targets: a larger size costs more.
        let month = own.months.first()?.bill.at_least();
        if month > self.most || self.keeps(own) {
            return None;
        }
        let case = Case::new(topology, plan, catalog, demand, first).with_trials(&self.trials);
        let met = [Asked::Copy, Asked::Rpo, Asked::Runway].into_iter().filter(|it| missed(&case, &[*it]).is_none());
        let met: Vec<Asked> = met.collect();
        let all = fit::designs(topology, plan, catalog, demand).into_iter().map(|offered| offered.design);
        let mut others = all.filter(|design| design.caches != first.caches && self.may_keep(design, &met));
        others.find_map(|design| {
            let path = walk::path(topology, plan, catalog, design.clone(), &self.flows);
            let sized_for = first.sized_for.iter().copied().chain([Asked::Budget]).collect();
            let kept = self.keeps(&path);
            kept.then_some((Design { sized_for, ..design }, path))
        })
    }

    /// Its first month is inside the budget, its last one too where it stands until then, and it meets these targets.
    fn may_keep(&self, design: &Design, met: &[Asked]) -> bool {
        let Self { topology, plan, catalog, demand, .. } = *self;
        // Nodes alone tell it of most sizes.
        let inside = |case: &Case| {
            nodes_alone(case).at_least() <= self.most
                && Months::sharing(&self.flows).bill(case).total.complete().is_some_and(|month| month <= self.most)
        };
        let case = Case::new(topology, plan, catalog, demand, design).with_trials(&self.trials);
        if !inside(&case) {
            return false;
        }
        let mut load = Load::of(plan);
        let plan = load.after(self.last - 1);
        let late = crate::model::demand::demand(plan);
        let stands = missing_capacity(topology, plan, catalog, &late, &design.caches).is_empty();
        let then = existing(topology, plan, catalog, &late, &design.caches);
        (!stands || inside(&Case::new(topology, plan, catalog, &late, &then))) && missed(&case, met).is_none()
    }
}
