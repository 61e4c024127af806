//! What nodes cost, region by region: the lower bound of every placement.

use crate::catalog::{Catalog, RegionId, ReservationTerm};
use crate::model::cost::nodes_alone;
use crate::model::cost::terms;
use crate::model::demand::demand;
use crate::model::fit::{Cache, Design, SizeChoice, designs};
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::units::Money;
use std::collections::BTreeMap;

/// What the nodes of one cache cost in a month, by size and term, region by region.
pub(super) struct Nodes {
    topology: Topology,
    /// Every size that fits, by the caches that it makes. Which sizes fit does not depend on where the caches stand.
    sizes: Vec<(SizeChoice, Design)>,
    terms: Vec<Option<ReservationTerm>>,
    /// Size by size, and of each size term by term; what has no price counts as 0.
    by_region: BTreeMap<RegionId, Vec<Money>>,
}

impl Nodes {
    pub(super) fn of(topology: Topology, plan: &Plan, catalog: &Catalog) -> Self {
        let offers = designs(topology, plan, catalog, &demand(plan)).into_iter();
        let sizes = offers.filter_map(|offer| Some((SizeChoice::of(&offer.design)?, offer.design))).collect();
        Self { topology, sizes, terms: terms(plan), by_region: BTreeMap::new() }
    }

    fn in_region(&mut self, region: &RegionId, plan: &Plan, catalog: &Catalog) -> &[Money] {
        let Self { topology, sizes, terms, by_region } = self;
        by_region.entry(region.clone()).or_insert_with(|| {
            let demand = demand(plan);
            let plans: Vec<Plan> = terms.iter().map(|term| plan.paid_by(*term)).collect();
            let mut costs = Vec::with_capacity(sizes.len() * plans.len());
            for (_, design) in sizes.iter() {
                let cache = design.caches.first().map(|cache| Cache { region: region.clone(), ..cache.clone() });
                let alone = Design { caches: cache.into_iter().collect(), ..design.clone() };
                let cost = |plan| nodes_alone(&Case::new(*topology, plan, catalog, &demand, &alone)).at_least();
                costs.extend(plans.iter().map(cost));
            }
            costs
        })
    }

    /// The least that any size costs in these regions; `None` where none fits.
    pub(super) fn least(&mut self, regions: &[RegionId], plan: &Plan, catalog: &Catalog) -> Option<Money> {
        let mut sums = vec![Money::ZERO; self.sizes.len() * self.terms.len()];
        // A rebuild comes back in a second region, and runs in the first alone.
        let run = if self.topology == Topology::Rebuild { 1 } else { regions.len() };
        for region in regions.iter().take(run) {
            sums.iter_mut().zip(self.in_region(region, plan, catalog)).for_each(|(sum, cost)| *sum += *cost);
        }
        sums.into_iter().min()
    }

    /// The nodes of a design by each term.
    pub(super) fn cost(
        &mut self,
        design: &Design,
        plan: &Plan,
        catalog: &Catalog,
    ) -> Vec<(Option<ReservationTerm>, Money)> {
        let size = SizeChoice::of(design);
        let at = self.sizes.iter().position(|(own, _)| Some(own) == size.as_ref());
        let (terms, count) = (self.terms.clone(), self.terms.len());
        let mut costs = vec![Money::ZERO; count];
        for cache in &design.caches {
            let all = self.in_region(&cache.region, plan, catalog);
            let own = at.and_then(|at| all.get(at * count..(at + 1) * count)).unwrap_or_default();
            costs.iter_mut().zip(own).for_each(|(sum, cost)| *sum += *cost);
        }
        terms.into_iter().zip(costs).collect()
    }
}
