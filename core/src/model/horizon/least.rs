//! The least that a design's way from what runs today costs: for whoever leaves designs out by it.

use super::Origin;
use super::ends::end_of;
use super::month_of_today::nodes_of;
use super::today::Today;
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::plan::Plan;
use crate::units::Money;
use rust_decimal::Decimal;

/// What any way of a design costs at least (M-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeastWay {
    /// Beside the design's own months, in the currency of the prices: the hours of people that a move takes, where they have a price, and the
    /// old nodes while both run.
    pub paid: Money,
    /// The first month, from 1, from which on the design itself is paid in any case: one that may wait for the end of an old service is not before.
    pub from: u32,
}

/// The least that the way of a design in this plan costs, without its months (M-10): `hours × rate + months side by side × old nodes`, each only
/// where every way of it pays that; 0 from the first month on for a design that runs, is built, or of which the plan does not say what runs.
#[must_use]
pub fn least_way(topology: Topology, plan: &Plan, catalog: &Catalog) -> LeastWay {
    let today = Today::of(plan, catalog);
    if today.origin_of_place(topology, plan) != Origin::Moves {
        return LeastWay { paid: Money::ZERO, from: 1 };
    }
    let rate = plan.pricing.engineer_hour.filter(|_| plan.pricing.currency == catalog.currency());
    let hours = Decimal::from(plan.horizon.migration_hours);
    let people = rate.map_or(Money::ZERO, |rate| rate * hours);
    let Today::Caches { caches, service } = today else { return LeastWay { paid: people, from: 1 } };
    let ends = service.and_then(|service| end_of(service, plan, catalog)).map(|ends| ends.month);
    let beside = plan.horizon.parallel_months.min(plan.horizon.months).min(ends.unwrap_or(u32::MAX));
    let old = nodes_of(plan, catalog, &caches).at_least();
    // A design that may wait is first paid in the last months of the service.
    let waits = topology != Topology::Passive && ends.is_some_and(|month| month > 0);
    let from = if waits { ends.map_or(1, |month| month.saturating_add(1)) } else { 1 };
    LeastWay { paid: people + old * Decimal::from(beside), from }
}
