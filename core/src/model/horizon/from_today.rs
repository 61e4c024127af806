//! The way from what runs today to a design (M-10): work, copies, both side by side, now or at the end of the old service.

use super::ends::end_of;
use super::exchange::lost as lost_of;
use super::retirement::{hand_over, keep_until, migration};
use super::staying::Staying;
use super::today::{Today, scaled_from};
use super::waits::may_wait;
use super::walked::Walked;
use super::{Change, Origin, Path, Step, sizes};
use crate::catalog::{Catalog, Service};
use crate::model::cost::{Total, copies_once, resize_once, without_amount};
use crate::model::demand::demand;
use crate::model::fit::{Cache, existing};
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::units::{Date, Money};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::rc::Rc;

/// The path of a design with its way from what runs today before it. `pair` is the path of a pair as if its service had no end.
///
/// A move now runs both in the first months; one at the end of the old service keeps what runs up to its last day ([`Staying`]). Of both the
/// one that costs less for certain over the horizon counts. Where the pair runs it is a candidate itself, so that the others move now.
pub(super) fn begin(plan: &Plan, catalog: &Catalog, pair: &Path, mut next: Path, walked: &Walked) -> Path {
    let today = Today::of(plan, catalog);
    let first = next.months.first().map(|month| month.caches.clone()).unwrap_or_default();
    next.way = today.origin(next.topology, plan, &first, catalog);
    if next.months.is_empty() {
        return next;
    }
    match (next.way, today) {
        (Origin::Runs, _) => scaled(plan, catalog, next, &first),
        (Origin::Builds, Today::Caches { service: None, caches }) => {
            let joins = first.iter().filter(|it| caches.iter().all(|runs| runs.region != it.region));
            // The copies go to the members that join, from one that runs.
            let from = first.iter().find(|it| caches.iter().any(|runs| runs.region == it.region));
            let made: Vec<Cache> = from.into_iter().chain(joins).cloned().collect();
            let joining = made.len().saturating_sub(1);
            scaled(plan, catalog, built(plan, catalog, next, &made, joining), &first)
        }
        (Origin::Builds, _) => {
            let joining = usize::from(next.topology == Topology::Passive && plan.primary_stays());
            built(plan, catalog, next, &first, joining)
        }
        (Origin::Moves, Today::Pair) => {
            let runs = end_of(Service::Premium, plan, catalog).is_none_or(|ends| ends.month > 0);
            let stay = Path { steps: Vec::new(), unsynced: None, ..pair.clone() };
            moved_now(plan, catalog, if runs { stay } else { none(&next) }, &next)
        }
        (Origin::Moves, Today::Caches { caches, service }) => {
            let stays = Staying::of(plan, catalog, (&caches, service), &next, walked);
            cheaper(plan, catalog, &stays, service, &next)
        }
        _ => next,
    }
}

/// No months of anything.
pub(super) fn none(next: &Path) -> Path {
    Path { months: Vec::new(), steps: Vec::new(), unsynced: None, ..next.clone() }
}

/// The first copies in the first month; of a cache that stays and was linked, or is of another size, the hours of a new link too.
fn built(plan: &Plan, catalog: &Catalog, mut next: Path, made: &[Cache], joining: usize) -> Path {
    let demand = demand(plan);
    let design = existing(next.topology, plan, catalog, &demand, made);
    let case = Case::new(next.topology, plan, catalog, &demand, &design);
    let scaled = || made.first().is_some_and(|it| !plan.runs_in_size(&it.sku, it.shards));
    let relinked =
        next.topology == Topology::Passive && plan.primary_stays() && (!plan.today.elsewhere.is_empty() || scaled());
    let once = if relinked { resize_once(&case) } else { copies_once(&case) };
    if once.is_empty() {
        return next;
    }
    let change = Change::Build { to: sizes(made, catalog), load: case.sync.clone(), joining };
    let step = Step { month: 1, change, reasons: Vec::new(), once };
    begun_with(&mut next, step);
    next
}

/// What runs is scaled to the design's size in the first month, where it has another one.
fn scaled(plan: &Plan, catalog: &Catalog, mut next: Path, first: &[Cache]) -> Path {
    let Some(from) = scaled_from(next.topology, plan, catalog, first) else { return next };
    let pair = next.topology == Topology::Passive;
    let demand = demand(plan);
    let design = existing(next.topology, plan, catalog, &demand, first);
    let case = Case::new(next.topology, plan, catalog, &demand, &design);
    let once = if pair { resize_once(&case) } else { Vec::new() };
    let change = Change::Resize { from, to: sizes(first, catalog), relink: pair.then(|| case.sync.clone()) };
    begun_with(&mut next, Step { month: 1, change, reasons: Vec::new(), once });
    next
}

/// A step before the others of the first month, with what it costs once.
fn begun_with(next: &mut Path, step: Step) {
    let mut spent = Total::default();
    for month in &mut next.months {
        if month.number == 1 {
            month.once += &step.cost_once();
            month.unknown_lines += without_amount(&step.once);
        }
        spent += &month.cost();
        month.cumulative = spent.clone();
    }
    next.steps.insert(0, step);
}

/// The path of the pair that runs, in its own size where the plan gives it another: what another design is moved to from.
pub(super) fn pair_that_runs(plan: &Plan, catalog: &Catalog, walked: &Walked) -> Rc<Path> {
    if plan.pair_runs_as().is_none() {
        return walked.path(Topology::Passive, plan, catalog);
    }
    walked.path(Topology::Passive, &plan.pair_as_it_runs(), catalog)
}

fn moved_now(plan: &Plan, catalog: &Catalog, mut stay: Path, next: &Path) -> Path {
    let last = plan.horizon.parallel_months.min(plan.horizon.months);
    keep_until(&mut stay, last);
    moved(plan, catalog, stay, next, (1, 1, last), None)
}

/// The step and what follows it, as a path of the next design.
fn moved(
    plan: &Plan,
    catalog: &Catalog,
    stay: Path,
    next: &Path,
    (begin, runs, last): (u32, u32, u32),
    ends: Option<(Service, Date)>,
) -> Path {
    let Some(first) = next.months.get(runs as usize - 1).or_else(|| next.months.get(begin as usize - 1)) else {
        return next.clone();
    };
    let last = last.min(u32::try_from(stay.months.len()).unwrap_or(u32::MAX));
    let mut step = migration(plan, catalog, &stay, next, first, (begin, last, ends));
    let unsynced = next.unsynced.map(|month| month.max(runs));
    if let Change::Migration { lost, prepaid_left, .. } = &mut step.change {
        *prepaid_left = left_of(plan, catalog, last);
        *lost = prepaid_left.map_or(Money::ZERO, |(_, rest)| lost_of(rest, first, plan, catalog));
    }
    let (lacks, stops) = (next.lacks.clone(), next.stops.clone());
    let stay = Path { topology: next.topology, lacks, unsynced, stops, way: next.way, ..stay };
    hand_over(plan, catalog, stay, next, (begin, runs, last), step)
}

/// Now, or at the end of the old service where the horizon reaches beyond it and the design may wait ([`may_wait`]): what costs less for
/// certain, else now.
fn cheaper(plan: &Plan, catalog: &Catalog, stays: &Staying, service: Option<Service>, next: &Path) -> Path {
    let ends =
        service.and_then(|service| end_of(service, plan, catalog).map(|ends| ((service, ends.date), ends.month)));
    let runs = ends.is_none_or(|(_, month)| month > 0);
    let beside = plan.horizon.parallel_months.min(plan.horizon.months).min(ends.map_or(u32::MAX, |(_, month)| month));
    let stay = if runs { stays.months(next, (1, beside)) } else { none(next) };
    let now = stays.whole_month(moved_now(plan, catalog, stay, next));
    let later = ends.filter(|_| may_wait(next.topology, plan, catalog)).map(|(service, month)| {
        let last = month.min(plan.horizon.months);
        let begin = (last + 1).saturating_sub(plan.horizon.parallel_months).clamp(1, last);
        let runs = if plan.horizon.parallel_months == 0 { last + 1 } else { begin };
        let stay = stays.months(next, (begin, last));
        stays.whole_month(moved(plan, catalog, stay, next, (begin, runs, last), Some(service)))
    });
    let Some(later) = later else { return now };
    let wait = later.total().beside(&now.total()) == Some(Ordering::Less);
    let (mut best, other) = if wait { (later, now) } else { (now, later) };
    let total = other.total();
    let first = best.steps.iter_mut().find_map(|step| match &mut step.change {
        Change::Migration { otherwise, .. } => Some(otherwise),
        _ => None,
    });
    if let Some(otherwise) = first {
        *otherwise = Some(total);
    }
    best
}

/// Months that are left of the plan's own prepayment after so many, with what was paid for them; `None` without any.
fn left_of(plan: &Plan, catalog: &Catalog, used: u32) -> Option<(u32, Money)> {
    let paid = plan.today.prepaid.filter(|_| plan.pricing.currency == catalog.currency())?;
    let months = plan.today.prepaid_months;
    let left = months.checked_sub(used).filter(|left| *left > 0)?;
    let rest = paid * (Decimal::from(left) / Decimal::from(months));
    (rest > Money::ZERO).then_some((left, rest))
}
