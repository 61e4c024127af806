//! The least that a placement costs over the horizon: what the search over regions leaves placements out by.

use super::nodes::Nodes;
use crate::catalog::{Catalog, RegionId, Service};
use crate::model::Topology;
use crate::model::horizon::{last_month, least_way, may_wait, under_load};
use crate::plan::Plan;
use crate::units::{Money, Ratio};
use rust_decimal::Decimal;

const MONTHS_A_YEAR: u32 = 12;

/// Nodes of the cheapest sizes that fit, year by year.
///
/// No line of a bill is below 0, and no month runs a size that its load does not fit while another does: so the nodes of the cheapest size that
/// fits the load a year begins with are a lower bound of each of its months. Where a load falls, its last month's counts from the first on.
pub(super) struct Floor {
    topology: Topology,
    /// Under the load of the first month.
    pub(super) first: Nodes,
    own: Vec<Nodes>,
    /// Of the group that follows a pair.
    group: Vec<Nodes>,
}

impl Floor {
    /// For placements of a topology in the regions of such plans.
    pub(super) fn of(topology: Topology, placed: &Plan, catalog: &Catalog) -> Self {
        let loads = loads(placed);
        let nodes = |topology| loads.iter().map(|plan| Nodes::of(topology, plan, catalog)).collect();
        let followed = topology == Topology::Passive && last_month(Service::Premium, placed, catalog).is_some();
        let group = if followed { nodes(Topology::Active) } else { Vec::new() };
        Self { topology, first: Nodes::of(topology, placed, catalog), own: nodes(topology), group }
    }

    /// What they cost at least over the horizon of the plan that has them, with their way from what runs today.
    pub(super) fn over(&mut self, regions: &[RegionId], placed: &Plan, catalog: &Catalog) -> Money {
        let way = least_way(self.topology, placed, catalog);
        let months = placed.horizon.months;
        let ends = if self.group.is_empty() { None } else { last_month(Service::Premium, placed, catalog) };
        let last = ends.map_or(months, |ends| ends.min(months));
        let all: Vec<RegionId> = placed.regions.iter().map(|share| share.region.clone()).collect();
        let own = summed(&mut self.own, (way.from, last), |nodes| nodes.least(regions, placed, catalog));
        let group = summed(&mut self.group, (last + 1, months), |nodes| nodes.least(&all, placed, catalog));
        way.paid + own + group
    }
}

impl Floor {
    /// What the dearest month costs at least: what follows a pair counts, months before a design takes over that waits do not.
    pub(super) fn dearest(&mut self, regions: &[RegionId], placed: &Plan, catalog: &Catalog) -> Money {
        let way = least_way(self.topology, placed, catalog);
        let all: Vec<RegionId> = placed.regions.iter().map(|share| share.region.clone()).collect();
        let ends = if self.group.is_empty() { None } else { last_month(Service::Premium, placed, catalog) };
        let last = ends.map_or(placed.horizon.months, |ends| ends.min(placed.horizon.months));
        let waits = may_wait(self.topology, placed, catalog);
        let from = if waits { way.from.max(last) } else { way.from };
        let own = dearest(&mut self.own, (from, last), |nodes| nodes.least(regions, placed, catalog));
        let group = (last + 1, placed.horizon.months);
        own.max(dearest(&mut self.group, group, |nodes| nodes.least(&all, placed, catalog)))
    }
}

/// The dearest of the years that reach into these months.
fn dearest(years: &mut [Nodes], (from, to): (u32, u32), mut least: impl FnMut(&mut Nodes) -> Option<Money>) -> Money {
    let count = years.len();
    let reaches = |year: usize| {
        let begins = u32::try_from(year).map_or(u32::MAX, |year| year * MONTHS_A_YEAR + 1);
        begins <= to && (year + 1 == count || begins + MONTHS_A_YEAR > from)
    };
    let within = years.iter_mut().enumerate().filter(|(year, _)| reaches(*year) && from <= to);
    within.filter_map(|(_, nodes)| least(nodes)).max().unwrap_or_default()
}

/// The plan under the loads that bound its years: one where nothing grows, or a load falls.
fn loads(plan: &Plan) -> Vec<Plan> {
    let [data, rate] = [plan.workload.growth_per_year, plan.workload.load_growth()].map(Ratio::as_fraction);
    if data < 0.0 || rate < 0.0 {
        let last = under_load(plan, plan.horizon.months);
        let mut low = plan.clone();
        if data < 0.0 {
            low.workload.dataset = last.workload.dataset;
        }
        if rate < 0.0 {
            (low.workload.writes, low.workload.reads) = (last.workload.writes, last.workload.reads);
        }
        return vec![low];
    }
    let years = if data > 0.0 || rate > 0.0 { plan.horizon.months.div_ceil(MONTHS_A_YEAR).max(1) } else { 1 };
    (0..years).map(|year| under_load(plan, year * MONTHS_A_YEAR)).collect()
}

/// The months from one to another, both counted, each by its year; a year that nothing fits is as the one before.
fn summed(years: &mut [Nodes], (from, to): (u32, u32), mut least: impl FnMut(&mut Nodes) -> Option<Money>) -> Money {
    let count = u32::try_from(years.len()).unwrap_or(u32::MAX);
    let (mut sum, mut month) = (Money::ZERO, Money::ZERO);
    for (year, nodes) in (0..).zip(years) {
        month = least(nodes).unwrap_or(month);
        let begins = (year * MONTHS_A_YEAR + 1).max(from);
        let ends = if year + 1 == count { to } else { ((year + 1) * MONTHS_A_YEAR).min(to) };
        sum += month * Decimal::from((ends + 1).saturating_sub(begins));
    }
    sum
}
