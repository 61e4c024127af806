//! A pair whose service ends: until then the pair, from then a group.

use super::exchange::{bought, left, lost};
use super::walk::{Load, renewal};
use super::walked::Walked;
use super::{Change, Month, Path, Retirement, Step, Stop, StopReason, sizes};
use crate::catalog::{Catalog, Service};
use crate::model::cost::{Total, merged, migration_once, without_amount};
use crate::model::demand::demand;
use crate::model::fit::existing;
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::units::{Date, Money, sorted};
use std::rc::Rc;

/// The path of the group that follows a pair: the plan's own group, or where its given size does not hold the load the cheapest that does.
pub(super) fn successor(plan: &Plan, catalog: &Catalog, walked: &Walked) -> Rc<Path> {
    let group = walked.path(Topology::Active, plan, catalog);
    if plan.active.sku.is_none() || !group.months.is_empty() && group.lacks.is_empty() {
        return group;
    }
    let mut open = plan.clone();
    open.active.sku = None;
    walked.path(Topology::Active, &open, catalog)
}

/// Splits the path of a pair at the last day of its service: side by side with a group up to the month of that day, then
/// the group alone. Month and size of the group are those of the active path, which has taken its own steps by then.
pub(super) fn split(plan: &Plan, catalog: &Catalog, ends: &Retirement, mut pair: Path, group: &Path) -> Path {
    if pair.months.is_empty() {
        return pair;
    }
    let last = ends.month.min(plan.horizon.months);
    keep_until(&mut pair, last);
    if last == 0 {
        pair.stops = Some(Stop { month: 1, reason: StopReason::RetiredBefore(ends.date) });
        return pair;
    }
    let parallel = plan.horizon.parallel_months;
    let begin = (last + 1).saturating_sub(parallel).clamp(1, last);
    // Without a month side by side the group is made at the end of the last one, for the next.
    let runs = if parallel == 0 { last + 1 } else { begin };
    let Some(first) = group.months.get(runs as usize - 1).or_else(|| group.months.get(begin as usize - 1)) else {
        let group = match &group.stops {
            Some(Stop { reason: StopReason::NotPossible(misfits), .. }) => misfits.clone(),
            _ => Vec::new(),
        };
        let reason = StopReason::NothingFollows { retires: ends.date, group };
        // Also where the horizon ends in that month: what has to follow is paid in it.
        pair.stops = Some(Stop { month: last + 1, reason });
        return pair;
    };
    let step = migration(plan, catalog, &pair, group, first, (begin, last, Some((Service::Premium, ends.date))));
    hand_over(plan, catalog, pair, group, (begin, runs, last), step)
}

/// What runs until `last`, beside what follows from `runs` on, which alone goes on; the step is in `begin`.
pub(super) fn hand_over(
    plan: &Plan,
    catalog: &Catalog,
    mut stay: Path,
    next: &Path,
    (begin, runs, last): (u32, u32, u32),
    step: Step,
) -> Path {
    join(&mut stay, next, begin, runs, last, &step);
    stay.steps.push(step);
    follow(&mut stay, next, plan, catalog, runs);
    sorted::sort_by_key(&mut stay.steps, |step| step.month);
    stay
}

/// Nothing of the pair comes after its last month.
pub(super) fn keep_until(pair: &mut Path, last: u32) {
    pair.months.retain(|month| month.number <= last);
    pair.steps.retain(|step| step.month <= last);
    pair.unsynced = pair.unsynced.filter(|month| *month <= last);
}

/// The step itself: to the caches of `first`, the first month of what follows, between the months `begin` and `last`.
pub(super) fn migration(
    plan: &Plan,
    catalog: &Catalog,
    stay: &Path,
    next: &Path,
    first: &Month,
    (begin, last, ends): (u32, u32, Option<(Service, Date)>),
) -> Step {
    let mut load = Load::of(plan);
    let plan = load.after(begin - 1);
    let demand = demand(plan);
    let topology = next.topology;
    let design = existing(topology, plan, catalog, &demand, &first.caches);
    let case = Case::new(topology, plan, catalog, &demand, &design);
    let at = |month: u32| stay.months.get((month as usize).checked_sub(1)?);
    let prepaid_left =
        plan.pricing.reservation.and_then(|term| left(term, bought(&stay.steps, 1, last), last, at(last)?.prepaid));
    let once = migration_once(&case);
    let change = Change::Migration {
        becomes: topology,
        ends,
        from: at(begin).map_or_else(Vec::new, |month| sizes(&month.caches, catalog)),
        to: sizes(&first.caches, catalog),
        last_month: last,
        side_by_side: if plan.horizon.parallel_months == 0 { 0 } else { last + 1 - begin },
        before: at(begin).map_or_else(Total::default, |month| month.bill.clone()),
        after: first.bill.clone(),
        load: case.sync.clone(),
        otherwise: None,
        lost: prepaid_left.map_or(Money::ZERO, |(_, rest)| lost(rest, first, plan, catalog)),
        prepaid_left,
    };
    Step { month: begin, change, reasons: Vec::new(), once }
}

/// Adds the group's bill to the months side by side, and the group's months after them.
fn join(pair: &mut Path, group: &Path, begin: u32, runs: u32, last: u32, step: &Step) {
    for month in pair.months.iter_mut().filter(|month| month.number >= runs) {
        let Some(other) = group.months.get(month.number as usize - 1) else { continue };
        month.caches.extend(other.caches.iter().cloned());
        month.bill += &other.bill;
        // What follows is filled by the step itself in its first month; later steps of its own count.
        if month.number > runs {
            month.once += &other.once;
        }
        month.by_factor = merged(std::mem::take(&mut month.by_factor), &other.by_factor);
        // The rest of what ends is in the step; later steps exchange the term of what follows.
        month.prepaid = other.prepaid;
        month.unknown_lines += other.unknown_lines;
    }
    pair.months.extend(group.months.iter().skip(last as usize).cloned());
    let mut spent = Total::default();
    for month in &mut pair.months {
        if month.number == begin {
            month.once += &step.cost_once();
            month.unknown_lines += without_amount(&step.once);
        }
        spent += &month.cost();
        month.cumulative = spent.clone();
    }
}

/// The group's own steps once it runs, and the renewals of its own term.
fn follow(pair: &mut Path, group: &Path, plan: &Plan, catalog: &Catalog, runs: u32) {
    let concerns = |step: &&Step| match step.change {
        Change::Renewal { .. } => runs == 1,
        Change::NothingLarger { .. } | Change::TargetMissed { .. } => true,
        _ => step.month > runs,
    };
    let late = |step: &Step| Step { month: step.month.max(runs), ..step.clone() };
    pair.steps.extend(group.steps.iter().filter(concerns).map(late));
    let own = group.months.iter().filter(|month| runs > 1 && month.number >= runs);
    let since = |month: &Month| bought(&group.steps, runs, month.number);
    pair.steps.extend(own.filter_map(|month| renewal(group.topology, plan, catalog, month, since(month))));
}
