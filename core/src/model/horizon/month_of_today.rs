//! What a month of what runs today costs.

use super::today::Today;
use super::walk::sum;
use crate::catalog::{Catalog, SkuId};
use crate::model::cost::{BillLine, Total, running};
use crate::model::demand::demand;
use crate::model::fit::{Cache, existing};
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::units::Money;

/// A month of what runs today where it is no pair (M-10): its nodes, pay as you go less the discount, or the plan's own figure. Without
/// its traffic, endpoints and monitoring. `None` where the plan does not say what runs.
#[must_use]
pub fn month_of_today(plan: &Plan, catalog: &Catalog) -> Option<Total> {
    let Today::Caches { caches, .. } = Today::of(plan, catalog) else { return None };
    Some(nodes_of(plan, catalog, &caches))
}

/// A month of the nodes of these caches, or the plan's own figure for what runs.
pub(super) fn nodes_of(plan: &Plan, catalog: &Catalog, caches: &[Cache]) -> Total {
    own_month(plan, catalog).map_or_else(|| sum(&lines(plan, catalog, caches)), Total::exactly)
}

/// The lines behind [`month_of_today`]; of a month that the plan gives itself as many node-hours as that pays at their price. `None` where
/// the plan does not say what runs, or its own month has no price to be counted by.
#[must_use]
pub fn nodes_of_today(plan: &Plan, catalog: &Catalog) -> Option<Vec<BillLine>> {
    let Today::Caches { caches, .. } = Today::of(plan, catalog) else { return None };
    let mut lines = lines(plan, catalog, &caches);
    if let Some(own) = own_month(plan, catalog) {
        let whole = sum(&lines).complete()?;
        let factor = own.as_decimal().checked_div(whole.as_decimal())?;
        for line in &mut lines {
            line.quantity = line.quantity.saturating_mul(factor);
            [line.amount, line.list_cost] = [line.amount, line.list_cost].map(|it| it.map(|it| it * factor));
        }
    }
    Some(lines)
}

/// The nodes of caches for a month.
pub(super) fn lines(plan: &Plan, catalog: &Catalog, caches: &[Cache]) -> Vec<BillLine> {
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
    Some(sum(&lines(plan, catalog, &halves)))
}

/// What the plan says that its caches cost, in the currency of the prices.
pub(super) fn own_month(plan: &Plan, catalog: &Catalog) -> Option<Money> {
    plan.today.month.filter(|_| plan.pricing.currency == catalog.currency())
}
