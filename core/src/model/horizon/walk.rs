//! One topology month by month, and the steps that growth forces.

use super::ends::end_of;
use super::exchange::bought;
use super::{Change, Month, Origin, Path, Step, Stop, StopReason, sizes};
use crate::catalog::{Catalog, Service};
use crate::model::cost::{BillLine, Flows, Months, Sums, Total, bill, resize_once, without_amount};
use crate::model::demand::demand;
use crate::model::fit::{Asked, Cache, Design, Misfit, SizeName, existing, following, missing_capacity};
use crate::model::runway::Trials;
use crate::model::sizing::{held, missed};
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::units::{Bytes, Money, OpsPerSec};
use std::rc::Rc;

/// The plan with its load so many months after the start; the fields that do not grow stay.
pub(super) struct Load {
    plan: Plan,
    data: Bytes,
    writes: OpsPerSec,
    reads: Option<OpsPerSec>,
}

impl Load {
    pub(super) fn of(plan: &Plan) -> Self {
        let load = &plan.workload;
        Self { plan: plan.clone(), data: load.dataset, writes: load.writes, reads: load.reads }
    }

    /// The plan under the load after `months`: `today × (1 + growth)^(months ÷ 12)`.
    pub(super) fn after(&mut self, months: u32) -> &Plan {
        let factor = |growth: f64| libm::pow((1.0 + growth).max(0.0), f64::from(months) / 12.0);
        let load = &mut self.plan.workload;
        let (data, rate) = (factor(load.growth_per_year.as_fraction()), factor(load.load_growth().as_fraction()));
        load.dataset = self.data * data;
        load.writes = self.writes * rate;
        load.reads = self.reads.map(|reads| reads * rate);
        &self.plan
    }

    /// From now on the plan's own sizes no longer count: a step has replaced them.
    fn forget_given_sizes(&mut self) {
        (self.plan.passive.secondary_sku, self.plan.passive.shards) = (None, None);
    }
}

/// The plan with its load after so many months (M-10): `today × (1 + growth)^(months ÷ 12)`; what does not grow stays.
#[must_use]
pub fn under_load(plan: &Plan, months: u32) -> Plan {
    let mut load = Load::of(plan);
    load.after(months);
    load.plan
}

/// The path of a topology from its first design on, as if its service had no end.
pub(super) fn path(topology: Topology, plan: &Plan, catalog: &Catalog, first: Design, flows: &Rc<Flows>) -> Path {
    let mut path = Path {
        topology,
        months: Vec::new(),
        lacks: Vec::new(),
        steps: Vec::new(),
        unsynced: None,
        stops: None,
        way: Origin::Unsaid,
        begins: None,
    };
    if first.caches.is_empty() {
        path.stops = Some(Stop { month: 1, reason: StopReason::NotPossible(first.misfits) });
        return path;
    }
    let mut walk = Walk { bills: Months::sharing(flows), ..Walk::of(topology, plan, catalog, &first) };
    path.lacks = first.misfits;
    for number in 1..=plan.horizon.months {
        let step = walk.step(number);
        let month = walk.month(number, step.as_ref());
        path.steps.extend(renewal(topology, plan, catalog, &month, bought(&path.steps, 1, number)));
        path.months.push(month);
        path.steps.extend(step);
    }
    path.unsynced = walk.unsynced;
    path
}

/// The renewal of a prepaid term that was bought in `since`, in the month after its end; none where nothing is prepaid.
pub(super) fn renewal(topology: Topology, plan: &Plan, catalog: &Catalog, month: &Month, since: u32) -> Option<Step> {
    let term = plan.pricing.reservation?;
    let run = month.number.checked_sub(since)?;
    if run == 0 || !run.is_multiple_of(12 * term.years()) || month.prepaid == Money::ZERO {
        return None;
    }
    let mut load = Load::of(plan);
    load.plan.pricing.reservation = None;
    let plan = load.after(month.number - 1);
    let demand = demand(plan);
    let design = existing(topology, plan, catalog, &demand, &month.caches);
    let otherwise = bill(&Case::new(topology, plan, catalog, &demand, &design)).total;
    let change = Change::Renewal { term, renewed: month.bill.clone(), otherwise };
    Some(Step { month: month.number, change, reasons: Vec::new(), once: Vec::new() })
}

/// What lines cost together.
pub(super) fn sum(lines: &[BillLine]) -> Total {
    Total::of(lines, |line| line.amount)
}

struct Walk<'a> {
    topology: Topology,
    catalog: &'a Catalog,
    load: Load,
    /// Without growth every month is like the one before it.
    grows: bool,
    /// Nothing larger follows.
    stays: bool,
    /// The last month at whose end it still runs: a pair is not scaled in the month in which its service ends.
    until: u32,
    caches: Vec<Cache>,
    /// Targets that the caches of the first day meet, and those of later months shall.
    held: Vec<Asked>,
    /// The first month at whose end these caches miss one of them, beyond the horizon where none does; `None` until it is asked for.
    due: Option<u32>,
    /// The first month in which no full sync ends.
    unsynced: Option<u32>,
    bills: Months,
    trials: Trials,
    last: Option<Month>,
    spent: Total,
}

/// Each month, from 1, in which the load replaces the caches of a design, or would, with the caches that it has from then on: those of its path,
/// without a bill.
pub(super) fn replaced<'a>(
    topology: Topology,
    plan: &Plan,
    catalog: &'a Catalog,
    first: &Design,
    months: u32,
) -> impl Iterator<Item = (u32, Vec<Cache>)> + use<'a> {
    let mut walk = Walk::of(topology, plan, catalog, first);
    walk.stays = walk.stays || first.caches.is_empty();
    (1..=months).filter_map(move |number| {
        let reasons = walk.outgrows(number)?;
        walk.advance(number, &reasons);
        Some((number, walk.caches.clone()))
    })
}

impl<'a> Walk<'a> {
    fn of(topology: Topology, plan: &Plan, catalog: &'a Catalog, first: &Design) -> Self {
        let mut walk = Walk {
            topology,
            catalog,
            load: Load::of(plan),
            grows: plan.workload.growth_per_year.as_fraction() != 0.0
                || plan.workload.load_growth().as_fraction() != 0.0,
            // What does not fit on the first day stands as given.
            stays: !first.misfits.is_empty(),
            until: end_of(Service::Premium, plan, catalog)
                .filter(|_| topology == Topology::Passive)
                .map_or(u32::MAX, |ends| ends.month.saturating_sub(1)),
            caches: first.caches.clone(),
            held: Vec::new(),
            due: None,
            unsynced: None,
            bills: Months::default(),
            trials: Trials::default(),
            last: None,
            spent: Total::default(),
        };
        if walk.grows && !walk.stays {
            walk.held = walk.at(0, held);
        }
        walk
    }

    /// What the load at the end of a month leaves these caches short of.
    fn outgrows(&mut self, number: u32) -> Option<Vec<Misfit>> {
        if self.stays || !self.grows || number > self.until {
            return None;
        }
        let plan = self.load.after(number);
        let lacks = missing_capacity(self.topology, plan, self.catalog, &demand(plan), &self.caches);
        if lacks.is_empty() { Some(vec![self.misses(number)?]) } else { Some(lacks) }
    }

    /// What the load at the end of a month forces in that month.
    fn step(&mut self, number: u32) -> Option<Step> {
        let reasons = self.outgrows(number)?;
        let from = sizes(&self.caches, self.catalog);
        let before = self.sums(number).0.total;
        if self.advance(number, &reasons) {
            return Some(self.scaled(number, from, before, reasons));
        }
        let change = match reasons.as_slice() {
            [Misfit::Target { asked, .. }] => Change::TargetMissed { size: from, asked: *asked },
            _ => Change::NothingLarger { size: from },
        };
        Some(Step { month: number, change, reasons, once: Vec::new() })
    }

    /// Takes the caches that follow. False where none do: then these stay, and a target that they miss is held no longer.
    fn advance(&mut self, number: u32, reasons: &[Misfit]) -> bool {
        let target = if let [Misfit::Target { asked, .. }] = reasons { Some(*asked) } else { None };
        self.load.forget_given_sizes();
        if let Some(next) = self.next(number, target.is_some()) {
            (self.caches, self.due) = (next, None);
            self.bills.forget();
            return true;
        }
        if let Some(asked) = target {
            self.held.retain(|held| *held != asked);
            self.due = None;
        } else {
            self.stays = true;
        }
        false
    }

    /// The caches that follow: the cheapest that fits and meets the targets; where none does, and the load forces it, any that fits. A
    /// pair is linked again for the step: a size whose copy never ends would leave it without a replica.
    fn next(&mut self, number: u32, for_targets: bool) -> Option<Vec<Cache>> {
        let (topology, catalog) = (self.topology, self.catalog);
        let plan = self.load.after(number);
        let (late, held) = (demand(plan), &self.held);
        let stands = |caches: &[Cache], asked: &[Asked]| {
            let design = existing(topology, plan, catalog, &late, caches);
            let case = Case::new(topology, plan, catalog, &late, &design).with_trials(&self.trials);
            !case.sync.never_complete(topology) && missed(&case, asked).is_none()
        };
        let following =
            |asked: &[Asked]| following(topology, plan, catalog, &late, &self.caches, &|caches| stands(caches, asked));
        let meets = following(held).filter(|next| held.is_empty() || stands(next, held));
        if for_targets { meets } else { meets.or_else(|| following(&[])) }
    }

    /// A target that the caches miss from the end of this month on; sizes that grow out of their load miss it ever after.
    fn misses(&mut self, number: u32) -> Option<Misfit> {
        if self.held.is_empty() || self.due.unwrap_or_else(|| self.first_missed(number)) > number {
            return None;
        }
        let held = self.held.clone();
        let asked = self.at(number, |case| missed(case, &held))?;
        let size = sizes(&self.caches, self.catalog).into_iter().next()?;
        Some(Misfit::Target { size, asked })
    }

    /// The first month from this one on at whose end a target is missed, by halving.
    fn first_missed(&mut self, number: u32) -> u32 {
        let held = self.held.clone();
        let (mut met, mut found) = (number.saturating_sub(1), self.load.plan.horizon.months);
        let mut is_missed = |month: u32| self.at(month, |case| missed(case, &held)).is_some();
        if is_missed(found) {
            while found - met > 1 {
                let middle = met.midpoint(found);
                *(if is_missed(middle) { &mut found } else { &mut met }) = middle;
            }
        } else {
            found = u32::MAX;
        }
        self.due = Some(found);
        found
    }

    /// What these caches are under the load after so many months.
    fn at<T>(&mut self, months: u32, of: impl FnOnce(&Case) -> T) -> T {
        let plan = self.load.after(months);
        let late = demand(plan);
        let design = existing(self.topology, plan, self.catalog, &late, &self.caches);
        of(&Case::new(self.topology, plan, self.catalog, &late, &design).with_trials(&self.trials))
    }

    fn scaled(&mut self, number: u32, from: Vec<SizeName>, before: Total, reasons: Vec<Misfit>) -> Step {
        let linked = self.topology == Topology::Passive;
        let link = |case: &Case| (case.sync.clone(), resize_once(case));
        let (relink, once) = if linked { Some(self.at(number - 1, link)) } else { None }.unzip();
        let after = self.sums(number).0.total;
        let change = Change::Scale { from, to: sizes(&self.caches, self.catalog), before, after, relink };
        Step { month: number, change, reasons, once: once.unwrap_or_default() }
    }

    /// The sums of a month's bill, under the load at its beginning, and whether no full sync of it ends.
    fn sums(&mut self, number: u32) -> (Sums, bool) {
        let (topology, mut bills) = (self.topology, std::mem::take(&mut self.bills));
        let found = self.at(number - 1, |case| (bills.bill(case), case.sync.never_complete(topology)));
        self.bills = bills;
        found
    }

    fn month(&mut self, number: u32, step: Option<&Step>) -> Month {
        let repeated = self.last.take().filter(|_| !self.grows && step.is_none());
        let mut month = repeated.unwrap_or_else(|| self.billed(number));
        let once = step.map_or(&[][..], |step| &step.once);
        (month.number, month.starts) = (number, self.load.plan.horizon.start.plus_months(number - 1));
        month.once = sum(once);
        self.spent += &month.cost();
        month.cumulative = self.spent.clone();
        if !self.grows {
            self.last = Some(month.clone());
        }
        month.unknown_lines += without_amount(once);
        month
    }

    fn billed(&mut self, number: u32) -> Month {
        let (sums, never) = self.sums(number);
        if never {
            self.unsynced = self.unsynced.or(Some(number));
        }
        let load = &self.load.plan.workload;
        Month {
            number,
            starts: self.load.plan.horizon.start,
            data: load.dataset,
            writes: load.writes,
            caches: self.caches.clone(),
            other: sums.other,
            by_factor: sums.by_factor,
            bill: sums.total,
            prepaid: sums.prepaid,
            once: Total::default(),
            cumulative: Total::default(),
            unknown_lines: sums.unknown_lines,
        }
    }
}
