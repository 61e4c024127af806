//! What runs today for the months until a design replaces it: its nodes, and what it pays beside them (M-10).

use super::first_design;
use super::from_today::none;
use super::month_of_today::{lines, own_month};
use super::today::{Today, replicates};
use super::walk::sum;
use super::walked::Walked;
use super::{Change, Month, Path, Step};
use crate::catalog::{Catalog, PriceConfidence, RegionId, Service};
use crate::model::cost::{FactorPart, LineKind, Total, bill, by_confidence, by_factor, without_amount};
use crate::model::demand::demand;
use crate::model::fit::Cache;
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::units::Money;
use std::borrow::Cow;

/// A month of what runs: the same whatever replaces it.
pub(super) struct Staying<'a> {
    caches: &'a [Cache],
    nodes: Total,
    /// What of the nodes is in proportion to each estimated factor; no other line has one.
    by_factor: Vec<FactorPart>,
    unknown_lines: u32,
    /// Beside its nodes, month by month.
    beside: Vec<Total>,
}

impl<'a> Staying<'a> {
    /// Of these caches, with their service where that ends.
    pub(super) fn of(
        plan: &Plan,
        catalog: &Catalog,
        (caches, service): (&'a [Cache], Option<Service>),
        next: &Path,
        walked: &Walked,
    ) -> Self {
        let beside = beside_nodes(plan, catalog, (caches, service), walked);
        let beside = beside.unwrap_or_else(|| next.months.iter().map(|month| month.other.clone()).collect());
        if let Some(own) = own_month(plan, catalog) {
            return Self { caches, nodes: Total::exactly(own), by_factor: Vec::new(), unknown_lines: 0, beside };
        }
        let lines = lines(plan, catalog, caches);
        let unknown_lines = without_amount(&lines);
        Self { caches, nodes: sum(&lines), by_factor: by_factor(&lines), unknown_lines, beside }
    }

    /// The months up to `last`: before `begin` whole ones, from then on the nodes alone, since the next design runs beside them and pays there
    /// what both of them would (assumption).
    pub(super) fn months(&self, next: &Path, (begin, last): (u32, u32)) -> Path {
        let month = |month: &Month| {
            let alone = month.number < begin;
            let other = if alone { self.beside(month.number) } else { month.other.clone() };
            let bill = self.nodes.clone();
            Month {
                caches: self.caches.to_vec(),
                bill: if alone { bill + &other } else { bill },
                other,
                by_factor: self.by_factor.clone(),
                prepaid: Money::ZERO,
                once: Total::default(),
                unknown_lines: self.unknown_lines,
                ..month.clone()
            }
        };
        let months = next.months.iter().filter(|it| it.number <= last).map(month).collect();
        Path { months, ..none(next) }
    }

    /// What the move from it replaces is a whole month too, though the months side by side hold the old nodes alone. A later move replaces the
    /// design's own month.
    pub(super) fn whole_month(&self, mut path: Path) -> Path {
        let first = path.steps.iter_mut().find(|step| matches!(step.change, Change::Migration { .. }));
        if let Some(Step { month, change: Change::Migration { before, from, .. }, .. }) = first
            && !from.is_empty()
        {
            *before += &self.beside(*month);
        }
        path
    }

    fn beside(&self, month: u32) -> Total {
        self.beside.get((month as usize).saturating_sub(1)).cloned().unwrap_or_default()
    }
}

/// What the plan's own group, or its rebuild where these caches replicate nowhere, would pay beside its nodes where they stand (assumption);
/// `None` where the plan cannot have that.
fn beside_nodes(
    plan: &Plan,
    catalog: &Catalog,
    (caches, service): (&[Cache], Option<Service>),
    walked: &Walked,
) -> Option<Vec<Total>> {
    let (topology, stands) = standing(plan, caches, service);
    let path = walked.path(topology, &stands, catalog);
    (!path.months.is_empty()).then(|| path.months.iter().map(|month| month.other.clone()).collect())
}

/// What these caches are beside their nodes, and the plan with them where they stand.
fn standing<'p>(plan: &'p Plan, caches: &[Cache], service: Option<Service>) -> (Topology, Cow<'p, Plan>) {
    let topology = if replicates(plan, caches, service) { Topology::Active } else { Topology::Rebuild };
    let runs: Vec<RegionId> = caches.iter().map(|cache| cache.region.clone()).collect();
    if plan.regions.iter().map(|share| &share.region).take(runs.len()).eq(&runs) {
        return (topology, Cow::Borrowed(plan));
    }
    let regions = plan.regions_behind(&runs, topology == Topology::Rebuild);
    (topology, Cow::Owned(Plan { regions, ..plan.clone() }))
}

/// A first month of what runs today, where it is no pair, by how sure its prices are (M-10), in the order of [`PriceConfidence`]; a month that
/// the plan gives is the person's own. `None` where the plan does not say what runs.
#[must_use]
pub fn confidence_of_today(plan: &Plan, catalog: &Catalog) -> Option<Vec<(PriceConfidence, Money)>> {
    let Today::Caches { caches, service } = Today::of(plan, catalog) else { return None };
    let (topology, stands) = standing(plan, &caches, service);
    let demand = demand(&stands);
    let design = first_design(topology, &stands, catalog, &demand);
    let case = Case::new(topology, &stands, catalog, &demand, &design);
    let own = own_month(plan, catalog).map(|own| (PriceConfidence::Yours, own));
    let mut lines = bill(&case).lines;
    lines.retain(|line| line.kind != LineKind::Nodes);
    if own.is_none() {
        lines.extend(super::month_of_today::lines(plan, catalog, &caches));
    }
    let amounts = lines.iter().filter_map(|line| Some((line.confidence(), line.amount?)));
    Some(by_confidence(amounts.chain(own)))
}
