//! A design that waits for the end of the service of what runs today (M-10).

use super::ends::end_of;
use super::today::{Today, replicates};
use super::{Change, Origin, Path, under_load};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::cost::Total;
use crate::model::demand::demand;
use crate::model::fit::{Design, SizeName};
use crate::model::sizing::sized;
use crate::plan::Plan;
use crate::units::Date;

/// What is paid until a design takes over at the end of the old service, and what from then on.
#[derive(Debug, Clone, PartialEq)]
pub struct Waits {
    /// The size that runs until then.
    pub from: Vec<SizeName>,
    /// Its month, at first.
    pub before: Total,
    /// The last day of its service.
    pub until: Date,
    /// The month, from 1, in which the design first runs.
    pub month: u32,
    /// The size that takes over: the load of that month asks for it.
    pub to: Vec<SizeName>,
    /// Its bill of that month.
    pub after: Total,
}

/// A design's own month, and how it waits.
pub(super) type MonthOf<'a> = (&'a Total, Option<&'a Waits>);

/// The months that a difference between two designs is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Months {
    /// From the first on.
    #[default]
    All,
    /// Up to this day: then one of them takes over from what runs.
    Until(Date),
    /// After this day: up to it both keep what runs, or what is compared does not run yet.
    After(Date),
}

/// The months by which two designs are compared: the first that each pays, up to the move of one that waits. Where both keep what runs until the
/// end of its service, those after it: up to then they cost the same.
#[must_use]
pub fn compared<'a>(one: MonthOf<'a>, other: MonthOf<'a>) -> (&'a Total, &'a Total, Months) {
    let first = |(own, waits): MonthOf<'a>| waits.map_or(own, |it| &it.before);
    match (one.1, other.1) {
        (Some(a), Some(b)) if a.until == b.until && a.before == b.before => {
            (&a.after, &b.after, Months::After(a.until))
        }
        (Some(waits), _) | (_, Some(waits)) => (first(one), first(other), Months::Until(waits.until)),
        (None, None) => (one.0, other.0, Months::All),
    }
}

/// A design of this topology may wait for the end of what runs (M-10), where that costs less and what runs holds the data until then. Caches that
/// replicate nowhere recover as a rebuild does, so that a design with a replica is not counted as waiting for them: it would meet its targets in no
/// month until then.
#[must_use]
pub fn may_wait(topology: Topology, plan: &Plan, catalog: &Catalog) -> bool {
    let Today::Caches { caches, service } = Today::of(plan, catalog) else { return false };
    let ends = service.and_then(|service| end_of(service, plan, catalog)).map(|ends| ends.month);
    let holds = |last: u32| holds_until(plan, catalog, last.min(plan.horizon.months));
    let alike = topology == Topology::Rebuild || replicates(plan, &caches, service);
    alike && ends.is_some_and(|last| last > 0 && holds(last))
}

/// The memory of what runs in a region, as it is advertised, holds the data of the first month and of the last one.
fn holds_until(plan: &Plan, catalog: &Catalog, last: u32) -> bool {
    let memory = plan.today.sku.as_ref().and_then(|sku| {
        let ends = catalog.retiring_sizes().iter().find(|size| size.id == *sku);
        ends.map(|size| size.memory).or_else(|| catalog.sku(sku).map(|sku| sku.memory))
    });
    let memory = memory.map(|it| it.as_bytes() * f64::from(plan.today.caches.max(1)));
    let data = [0, last].map(|months| under_load(plan, months).workload.dataset.as_bytes());
    memory.is_none_or(|memory| data.into_iter().all(|data| data <= memory))
}

impl Waits {
    pub(super) fn of(path: &Path) -> Option<Self> {
        if path.way == Origin::Moves { Self::becoming(path.topology, path) } else { None }
    }

    /// The same of the group that follows a pair.
    pub(super) fn after_pair(pair: &Path) -> Option<Self> {
        Self::becoming(Topology::Active, pair)
    }

    fn becoming(topology: Topology, path: &Path) -> Option<Self> {
        path.steps.iter().find_map(|step| match &step.change {
            Change::Migration {
                becomes,
                ends: Some((_, until)),
                from,
                to,
                last_month,
                side_by_side,
                before,
                after,
                ..
            } if *becomes == topology => {
                let first = path.months.first().filter(|month| month.number < step.month);
                Some(Self {
                    from: from.clone(),
                    before: first.map_or(before, |month| &month.bill).clone(),
                    until: *until,
                    month: if *side_by_side == 0 { last_month.saturating_add(1) } else { step.month },
                    to: to.clone(),
                    after: after.clone(),
                })
            }
            _ => None,
        })
    }

    /// The plan at the end of the month in which the design first runs, of the size that takes over: the size has to hold that.
    #[must_use]
    pub fn plan(&self, topology: Topology, plan: &Plan) -> Plan {
        self.sized(topology, under_load(plan, self.month))
    }

    /// The same at the beginning of that month, whose bill is [`Waits::after`].
    #[must_use]
    pub fn plan_at_move(&self, topology: Topology, plan: &Plan) -> Plan {
        self.sized(topology, under_load(plan, self.month.saturating_sub(1)))
    }

    fn sized(&self, topology: Topology, mut late: Plan) -> Plan {
        let [first, second] = [0, 1].map(|at| self.to.get(at));
        let size = first.map(|it| it.sku.clone());
        match topology {
            Topology::Rebuild => late.rebuild.sku = size,
            Topology::Passive => {
                (late.passive.sku, late.passive.secondary_sku) = (size, second.map(|it| it.sku.clone()));
                late.passive.shards = first.and_then(|it| it.shards);
            }
            Topology::Active => late.active.sku = size,
        }
        late
    }

    /// The design that takes over, under the load of that month.
    #[must_use]
    pub fn design(&self, topology: Topology, plan: &Plan, catalog: &Catalog) -> Design {
        let late = self.plan(topology, plan);
        sized(topology, &late, catalog, &demand(&late))
    }
}
