//! The way from what runs today to a design (M-10): work, copies, both side by side, now or at the end of the old service.

use super::exchange::lost as lost_of;
use super::first::path;
use super::retirement::{hand_over, keep_until, migration};
use super::walk::Load;
use super::{Change, Month, Origin, Path, Step, end_of, first_design, sizes};
use crate::catalog::{Catalog, Family, RegionId, Service, SkuId};
use crate::model::cost::{BillLine, Total, by_factor, copies_once, resize_once, running, without_amount};
use crate::model::demand::demand;
use crate::model::fit::{Cache, SizeName, existing, scales_in_place};
use crate::model::{Case, Topology};
use crate::plan::{Confirmation, Plan, RegionShare};
use crate::units::{Date, Money};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// What runs today, as the plan says it.
pub(super) enum Today {
    Unsaid,
    Nothing,
    Pair,
    Caches { caches: Vec<Cache>, service: Option<Service> },
}

impl Today {
    pub(super) fn of(plan: &Plan, catalog: &Catalog) -> Self {
        if plan.pair_runs() {
            return Self::Pair;
        }
        let Some(sku) = &plan.today.sku else {
            let nothing = plan.passive.exists == Confirmation::NotSo;
            return if nothing { Self::Nothing } else { Self::Unsaid };
        };
        let known = catalog.sku(sku);
        let ends = catalog.retiring_sizes().iter().find(|size| size.id == *sku);
        let nodes =
            known.map_or_else(|| ends.map_or(2, |size| size.nodes), |_| if is_single(plan, sku) { 1 } else { 2 });
        let service = match known {
            Some(known) => (!known.family.is_managed_redis()).then_some(Service::Premium),
            None => Some(ends.map_or(Service::Premium, crate::catalog::RetiringSize::service)),
        };
        let clustered = known.is_some_and(|sku| sku.family == Family::Premium);
        let cache = |region: RegionId| Cache {
            region,
            sku: sku.clone(),
            shards: if clustered { plan.today.caches.max(1) } else { 1 },
            nodes: nodes.saturating_mul(plan.today.caches),
        };
        Self::Caches { caches: plan.today_regions().into_iter().map(cache).collect(), service }
    }

    /// How a design of these caches comes about. Managed Redis that runs is kept where it has the design's size or is scaled to it; another cache
    /// of it is made where it has not.
    pub(super) fn origin(&self, topology: Topology, plan: &Plan, first: &[Cache], catalog: &Catalog) -> Origin {
        let of_place = self.origin_of_place(topology, plan);
        let Some(next) = first.first() else { return of_place };
        let managed = matches!(self, Self::Caches { service: None, .. });
        if managed && !self.keeps(topology, plan, &next.sku, catalog) { Origin::Moves } else { of_place }
    }

    /// A design of this size is the Managed Redis that runs, as it is or scaled to it.
    fn keeps(&self, topology: Topology, plan: &Plan, size: &SkuId, catalog: &Catalog) -> bool {
        let Self::Caches { service: None, caches } = self else { return false };
        // One member of a group that stays alone is bound by what binds the group.
        let grouped = caches.len() > 1 && !plan.today.grouped.is_not_so();
        let bound = if grouped { Topology::Active } else { topology };
        let alike = |runs: &Cache| runs.sku == *size || scales_in_place(bound, &runs.sku, size, catalog);
        let stands = self.origin_of_place(topology, plan) != Origin::Moves;
        stands && plan.today.caches == 1 && caches.first().is_some_and(alike)
    }

    /// The same of a design of any size: that of the one whose way is the shortest.
    pub(super) fn origin_of_place(&self, topology: Topology, plan: &Plan) -> Origin {
        // In how many of the plan's first regions a cache runs.
        let stands = |caches: &[Cache], first: usize| {
            let in_one = |share: &RegionShare| caches.iter().any(|cache| cache.region == share.region);
            plan.regions.iter().take(first).filter(|share| in_one(share)).count()
        };
        match (self, topology) {
            (Self::Unsaid, _) => Origin::Unsaid,
            (Self::Pair, Topology::Passive) => Origin::Runs,
            (Self::Caches { service: None, caches }, Topology::Rebuild) if stands(caches, 1) > 0 => Origin::Runs,
            (Self::Nothing, _) => Origin::Builds,
            (Self::Caches { .. }, Topology::Passive) if plan.primary_stays() => Origin::Builds,
            // A group's name is given when a database is created, and one that joins loses its data (S3): caches that are none move to it.
            (Self::Caches { service: None, caches }, Topology::Active) if !plan.today.grouped.is_not_so() => {
                match stands(caches, usize::MAX) {
                    all if all == plan.regions.len() => Origin::Runs,
                    // A region more is one more member of the group that runs.
                    some if some > 1 && some == caches.len() => Origin::Builds,
                    _ => Origin::Moves,
                }
            }
            (Self::Pair | Self::Caches { .. }, _) => Origin::Moves,
        }
    }
}

/// The caches of Azure Managed Redis that run are this design's: as they are, scaled to its size, or with one more member (M-10). False of all else
/// that runs.
#[must_use]
pub fn keeps_what_runs(topology: Topology, plan: &Plan, catalog: &Catalog) -> bool {
    let today = Today::of(plan, catalog);
    if !matches!(today, Today::Caches { service: None, .. }) {
        return false;
    }
    let first = first_design(topology, plan, catalog, &demand(plan)).caches;
    first.first().is_some_and(|cache| today.keeps(topology, plan, &cache.sku, catalog))
}

/// The same of a design of this size.
#[must_use]
pub fn may_keep(topology: Topology, plan: &Plan, size: &SkuId, catalog: &Catalog) -> bool {
    Today::of(plan, catalog).keeps(topology, plan, size, catalog)
}

/// The size that runs today in place of the design's, where the design is what runs and is scaled from it (M-10); `None` where it is the same, and
/// where the design is none of it.
#[must_use]
pub fn resized_from(topology: Topology, plan: &Plan, catalog: &Catalog) -> Option<Vec<SizeName>> {
    if topology == Topology::Passive || !keeps_what_runs(topology, plan, catalog) {
        return scaled_from(topology, plan, catalog, &[]);
    }
    scaled_from(topology, plan, catalog, &first_design(topology, plan, catalog, &demand(plan)).caches)
}

fn scaled_from(topology: Topology, plan: &Plan, catalog: &Catalog, first: &[Cache]) -> Option<Vec<SizeName>> {
    if topology == Topology::Passive {
        let (sku, shards) = plan.pair_runs_as()?;
        return Some(vec![SizeName { sku: sku.clone(), shards: Some(shards) }]);
    }
    let (runs, next) = (plan.today.sku.as_ref()?, first.first()?);
    let known = catalog.sku(runs).filter(|sku| sku.family.is_managed_redis() && next.sku != *runs)?;
    Some(vec![SizeName { sku: known.id.clone(), shards: None }])
}

/// True where what runs is the plan's own design of Azure Managed Redis, and that has no high availability: one node.
fn is_single(plan: &Plan, sku: &SkuId) -> bool {
    let (design, has_second) = if plan.today.regions > 1 {
        (&plan.active.sku, plan.active.high_availability)
    } else {
        (&plan.rebuild.sku, plan.rebuild.high_availability)
    };
    design.as_ref() == Some(sku) && !has_second
}

/// A month of what runs today where it is no pair (M-10): its nodes, pay as you go less the discount, or the plan's own figure. Without
/// its traffic, endpoints and monitoring. `None` where the plan does not say what runs.
#[must_use]
pub fn month_of_today(plan: &Plan, catalog: &Catalog) -> Option<Total> {
    let Today::Caches { caches, .. } = Today::of(plan, catalog) else { return None };
    Some(nodes_of(plan, catalog, &caches))
}

/// A month of the nodes of these caches, or the plan's own figure for what runs.
pub(super) fn nodes_of(plan: &Plan, catalog: &Catalog, caches: &[Cache]) -> Total {
    own_month(plan, catalog).map_or_else(|| super::walk::sum(&lines(plan, catalog, caches)), Total::exactly)
}

/// The lines behind [`month_of_today`]; of a month that the plan gives itself as many node-hours as that pays at their price. `None` where
/// the plan does not say what runs, or its own month has no price to be counted by.
#[must_use]
pub fn nodes_of_today(plan: &Plan, catalog: &Catalog) -> Option<Vec<BillLine>> {
    let Today::Caches { caches, .. } = Today::of(plan, catalog) else { return None };
    let mut lines = lines(plan, catalog, &caches);
    if let Some(own) = own_month(plan, catalog) {
        let whole = super::walk::sum(&lines).complete()?;
        let factor = own.as_decimal().checked_div(whole.as_decimal())?;
        for line in &mut lines {
            line.quantity = line.quantity.saturating_mul(factor);
            [line.amount, line.list_cost] = [line.amount, line.list_cost].map(|it| it.map(|it| it * factor));
        }
    }
    Some(lines)
}

/// The nodes of caches for a month.
fn lines(plan: &Plan, catalog: &Catalog, caches: &[Cache]) -> Vec<BillLine> {
    let demand = demand(plan);
    let design = existing(Topology::Rebuild, plan, catalog, &demand, &[]);
    running(&Case::new(Topology::Rebuild, plan, catalog, &demand, &design), caches)
}

/// A month of the nodes of the half of a pair that an import knows (M-10): the least of what runs. `None` where the site file has both
/// halves, or none, and where a half that it has is of no known size.
#[must_use]
pub fn month_of_half(plan: &Plan, catalog: &Catalog) -> Option<Total> {
    let passive = &plan.passive;
    let sizes = [passive.sku.as_ref(), passive.secondary_sku.as_ref()];
    let shards = passive.shards.unwrap_or(1).max(1);
    let nodes = shards.saturating_mul(passive.replicas_per_primary.saturating_add(1));
    let half = |(place, sku): (usize, Option<&SkuId>)| {
        let region = plan.site_of(place).filter(|it| !it.cache.is_empty())?.region.clone();
        Some(Cache { region, sku: sku?.clone(), shards: 1, nodes })
    };
    let halves: Vec<Cache> = sizes.into_iter().enumerate().filter_map(half).collect();
    if halves.len() != 1 {
        return None;
    }
    Some(super::walk::sum(&lines(plan, catalog, &halves)))
}

/// What the plan says that its caches cost, in the currency of the prices.
fn own_month(plan: &Plan, catalog: &Catalog) -> Option<Money> {
    plan.today.month.filter(|_| plan.pricing.currency == catalog.currency())
}

/// The path of a design with its way from what runs today before it. `pair` is the path of a pair as if its service had no end.
///
/// A move now runs both in the first months; one at the end of the old service keeps what runs, with the design's own traffic,
/// endpoints and monitoring (assumption), up to its last day. Of both the one that costs less for certain over the horizon counts. Where
/// the pair runs it is a candidate itself, so that the others move now.
pub(super) fn begin(plan: &Plan, catalog: &Catalog, pair: &Path, mut next: Path) -> Path {
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
        (Origin::Moves, Today::Caches { caches, service }) => cheaper(plan, catalog, &caches, service, &next),
        _ => next,
    }
}

/// No months of anything.
fn none(next: &Path) -> Path {
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

/// The path of the pair that runs where the plan gives it another size: what another design is moved to from. `None` where it runs as the
/// plan has it.
pub(super) fn pair_that_runs(plan: &Plan, catalog: &Catalog) -> Option<Path> {
    plan.pair_runs_as()?;
    Some(path(Topology::Passive, &plan.pair_as_it_runs(), catalog))
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

/// Now, or at the end of the old service where the horizon reaches beyond it: what costs less for certain, else now. Caches that
/// replicate nowhere recover as a rebuild does, one or one a region, so that a design with a replica is not counted as waiting for them: it
/// would meet its targets in no month until then. Of these services only Enterprise caches replicate, as one group, unless the plan says not.
fn cheaper(plan: &Plan, catalog: &Catalog, caches: &[Cache], service: Option<Service>, next: &Path) -> Path {
    let ends =
        service.and_then(|service| end_of(service, plan, catalog).map(|ends| ((service, ends.date), ends.month)));
    let runs = ends.is_none_or(|(_, month)| month > 0);
    let beside = plan.horizon.parallel_months.min(plan.horizon.months).min(ends.map_or(u32::MAX, |(_, month)| month));
    let stay = if runs { staying(plan, catalog, caches, next, (1, beside)) } else { none(next) };
    let now = whole_month(moved_now(plan, catalog, stay, next), next);
    let grouped = caches.len() > 1 && service == Some(Service::Enterprise) && !plan.today.grouped.is_not_so();
    let alike = next.topology == Topology::Rebuild || grouped;
    let later = ends.filter(|(_, month)| *month > 0 && alike).map(|(service, month)| {
        let last = month.min(plan.horizon.months);
        let begin = (last + 1).saturating_sub(plan.horizon.parallel_months).clamp(1, last);
        let runs = if plan.horizon.parallel_months == 0 { last + 1 } else { begin };
        let stay = staying(plan, catalog, caches, next, (begin, last));
        whole_month(moved(plan, catalog, stay, next, (begin, runs, last), Some(service)), next)
    });
    let Some(later) = later else { return now };
    let wait = later.total().certainly(&now.total()) == Some(Ordering::Less);
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

/// What a move replaces is a whole month too: the months side by side hold the old nodes alone, since the next design pays beside its nodes
/// what both of them would (assumption).
fn whole_month(mut path: Path, next: &Path) -> Path {
    for step in &mut path.steps {
        let beside = next.months.get((step.month as usize).saturating_sub(1)).map(|month| &month.other);
        if let (Change::Migration { before, from, .. }, Some(other)) = (&mut step.change, beside)
            && !from.is_empty()
        {
            *before += other;
        }
    }
    path
}

/// What runs today for the months up to `last`: its nodes, and before `begin` what the next design pays beside its nodes.
fn staying(plan: &Plan, catalog: &Catalog, caches: &[Cache], next: &Path, (begin, last): (u32, u32)) -> Path {
    let mut load = Load::of(plan);
    let plan = load.after(0);
    let demand = demand(plan);
    let first = next.months.first().map_or(&[][..], |month| &month.caches);
    let design = existing(next.topology, plan, catalog, &demand, first);
    let lines = running(&Case::new(next.topology, plan, catalog, &demand, &design), caches);
    let own = own_month(plan, catalog);
    let nodes = own.map_or_else(|| super::walk::sum(&lines), Total::exactly);
    // Only nodes have estimated factors.
    let parts = if own.is_some() { Vec::new() } else { by_factor(&lines) };
    let unknown = if own.is_some() { 0 } else { without_amount(&lines) };
    let month = |month: &Month| Month {
        caches: caches.to_vec(),
        bill: if month.number < begin { nodes.clone() + &month.other } else { nodes.clone() },
        by_factor: parts.clone(),
        prepaid: Money::ZERO,
        once: Total::default(),
        unknown_lines: unknown,
        ..month.clone()
    };
    let months = next.months.iter().filter(|it| it.number <= last).map(month).collect();
    Path { months, ..none(next) }
}

/// Months that are left of the plan's own prepayment after so many, with what was paid for them; `None` without any.
fn left_of(plan: &Plan, catalog: &Catalog, used: u32) -> Option<(u32, Money)> {
    let paid = plan.today.prepaid.filter(|_| plan.pricing.currency == catalog.currency())?;
    let months = plan.today.prepaid_months;
    let left = months.checked_sub(used).filter(|left| *left > 0)?;
    let rest = paid * (Decimal::from(left) / Decimal::from(months));
    (rest > Money::ZERO).then_some((left, rest))
}
