//! What the last month of a design costs at least: what keeps designs from being walked whose months pass the budget anyway.

use super::found::Found;
use crate::catalog::{Catalog, ReservationTerm, Service};
use crate::model::cost::{Flows, Total, terms};
use crate::model::demand::{Demand, demand};
use crate::model::fit::{Design, designs};
use crate::model::horizon::{HorizonCost, followed, last_month, may_wait, under_load};
use crate::model::runway::Runway;
use crate::model::{Case, Topology, rpo, runway};
use crate::plan::{Objectives, Plan};
use crate::units::{Money, Ratio, Secs};
use std::cell::{OnceCell, RefCell};

/// The sizes that hold the load of the last month, with what it costs by each term and what they reach under it.
///
/// No month runs a size that its load does not fit while another does ([`super::floor`]), and a size that a load replaces meets the targets that
/// the one before it met, where one does (M-10).
struct LastMonth<'a> {
    topology: Topology,
    plan: Plan,
    catalog: &'a Catalog,
    demand: Demand,
    /// A part of the load falls: what meets the targets in the last month need not be what runs then.
    falls: bool,
    terms: Vec<Option<ReservationTerm>>,
    sizes: Vec<Size>,
}

struct Size {
    design: Design,
    months: Vec<Money>,
    reaches: OnceCell<Reaches>,
}

/// Figures of the targets that later sizes follow.
#[derive(Clone, Copy)]
struct Reaches {
    rpo: Option<Secs>,
    /// `None` where it never ends.
    runway: Option<Secs>,
}

impl<'a> LastMonth<'a> {
    /// Of a month, from 1; `None` where no load grows.
    fn of(topology: Topology, plan: &Plan, catalog: &'a Catalog, month: u32) -> Option<Self> {
        let growth = [plan.workload.growth_per_year, plan.workload.load_growth()].map(Ratio::as_fraction);
        if growth.into_iter().all(|it| it <= 0.0) {
            return None;
        }
        let falls = growth.into_iter().any(|it| it < 0.0);
        let plan = under_load(&plan.with_open_sizes(), month.saturating_sub(1));
        let demand = demand(&plan);
        let terms = terms(&plan);
        let paid: Vec<Plan> = terms.iter().map(|term| plan.paid_by(*term)).collect();
        let flows = Flows::default();
        let size = |design: Design| {
            let months = flows.by_terms(&Case::new(topology, &plan, catalog, &demand, &design), &paid);
            Size { months: months.iter().map(Total::at_least).collect(), design, reaches: OnceCell::new() }
        };
        let sizes = designs(topology, &plan, catalog, &demand).into_iter().map(|it| size(it.design)).collect();
        Some(Self { topology, plan, catalog, demand, falls, terms, sizes })
    }

    /// The least by a term of the sizes that meet these targets, of all where none does; 0 without any.
    fn least(&self, term: Option<ReservationTerm>, targets: Option<&Objectives>) -> Money {
        let targets = targets.filter(|_| !self.falls);
        let at = self.terms.iter().position(|it| *it == term);
        let month = |size: &Size| at.and_then(|at| size.months.get(at)).copied().unwrap_or_default();
        let mut least: Option<Money> = None;
        let mut all: Option<Money> = None;
        for size in &self.sizes {
            let own = month(size);
            all = Some(all.map_or(own, |all| all.min(own)));
            if least.is_none_or(|least| own < least) && targets.is_none_or(|it| self.meets(size, it)) {
                least = Some(own);
            }
        }
        least.or(all).unwrap_or_default()
    }

    fn meets(&self, size: &Size, targets: &Objectives) -> bool {
        let Reaches { rpo, runway } = *size.reaches.get_or_init(|| self.reaches(&size.design));
        targets.rpo.is_none_or(|most| rpo.is_some_and(|rpo| rpo <= most))
            && targets.runway.is_none_or(|least| runway.is_none_or(|runway| runway >= least))
    }

    fn reaches(&self, design: &Design) -> Reaches {
        let case = Case::new(self.topology, &self.plan, self.catalog, &self.demand, design);
        let runway = if let Runway::Fills(filling) = runway::runway(&case) { filling.full_p05 } else { None };
        Reaches { rpo: rpo::judged(&case), runway }
    }
}

/// Whether targets decide sizes of later months: of what a growing load replaces, and of the group that follows a pair.
pub(super) fn follow_targets(topology: Topology, plan: &Plan, catalog: &Catalog) -> bool {
    let load = &plan.workload;
    let grows = [load.growth_per_year, load.load_growth()].into_iter().any(|it| it.as_fraction() > 0.0);
    topology != Topology::Rebuild && (grows || topology == Topology::Passive && pair_ends(plan, catalog).is_some())
}

/// The last month of a pair whose service ends in the horizon, from 1.
fn pair_ends(plan: &Plan, catalog: &Catalog) -> Option<u32> {
    last_month(Service::Premium, plan, catalog).filter(|ends| *ends < plan.horizon.months)
}

/// The last months of the designs of a plan.
pub(super) struct LastMonths<'a> {
    plan: &'a Plan,
    catalog: &'a Catalog,
    /// The last month of a pair whose service ends in the horizon, from 1.
    ends: Option<u32>,
    waits: [bool; 3],
    /// What runs costs in its dearest month while a design of a topology waits that is paid by a term.
    waiting: RefCell<Vec<(Topology, Option<ReservationTerm>, Money)>>,
    of: [OnceCell<Option<LastMonth<'a>>>; 3],
    /// The budget that the group that follows a pair needs by a term under targets, whatever the pair's size.
    followed: RefCell<Vec<(Objectives, Option<ReservationTerm>, Money)>>,
}

impl<'a> LastMonths<'a> {
    pub(super) fn of(plan: &'a Plan, catalog: &'a Catalog) -> Self {
        let ends = pair_ends(plan, catalog);
        let waits = Topology::ALL.map(|topology| may_wait(topology, plan, catalog));
        let (waiting, followed) = (RefCell::default(), RefCell::default());
        Self { plan, catalog, ends, waits, waiting, of: [const { OnceCell::new() }; 3], followed }
    }

    /// Takes note of what runs costs while a design waits.
    pub(super) fn waits(&self, found: &Found, cost: &HorizonCost) {
        let Some(waits) = &cost.waits else { return };
        let runs = cost.own.bills.iter().take((waits.month as usize).saturating_sub(1));
        let (topology, term) = (found.choice.topology, found.choice.reservation);
        let mut known = self.waiting.borrow_mut();
        if known.iter().all(|it| (it.0, it.1) != (topology, term)) {
            known.push((topology, term, runs.copied().max().unwrap_or_default()));
        }
    }

    /// Takes note of the budget that a pair needs for the group that follows it.
    pub(super) fn follows(&self, found: &Found, targets: &Objectives, budget: Option<Money>) {
        let Some(budget) = budget.filter(|_| found.choice.topology == Topology::Passive) else { return };
        self.followed.borrow_mut().push((followed(targets), found.choice.reservation, budget));
    }

    /// What the dearest month of a design costs at least under these targets, the first one where it is paid, and of a pair the group that follows.
    pub(super) fn least(&self, found: &Found, targets: Option<&Objectives>) -> Money {
        let (own, term) = (found.choice.topology, found.choice.reservation);
        let month = found.month.at_least();
        let waiting = || self.waiting.borrow().iter().find(|it| (it.0, it.1) == (own, term)).map(|it| it.2);
        // A design that may wait moves now where that costs less.
        let first = if self.waits[own as usize] { waiting().unwrap_or_default().min(month) } else { month };
        let last = self.last(own, term, targets.filter(|_| own != Topology::Rebuild));
        let group = self.ends.filter(|_| own == Topology::Passive).map(|_| self.group(term, targets));
        first.max(last).max(group.unwrap_or_default())
    }

    /// Of the group that follows a pair: as it was walked under these targets; else the least without, as its size is the nearest to them that
    /// keeps the budget.
    fn group(&self, term: Option<ReservationTerm>, targets: Option<&Objectives>) -> Money {
        let targets = targets.map(followed);
        let known =
            self.followed.borrow().iter().find(|it| it.1 == term && Some(&it.0) == targets.as_ref()).map(|it| it.2);
        known.unwrap_or_else(|| self.last(Topology::Active, term, None))
    }

    fn last(&self, topology: Topology, term: Option<ReservationTerm>, targets: Option<&Objectives>) -> Money {
        let ends = self.ends.filter(|_| topology == Topology::Passive);
        let month = ends.unwrap_or(self.plan.horizon.months);
        let of = || LastMonth::of(topology, self.plan, self.catalog, month);
        let last = self.of[topology as usize].get_or_init(of).as_ref();
        last.map_or(Money::ZERO, |last| last.least(term, targets))
    }
}
