//! The lines of a bill as functions of the volumes.
//!
//! Every line is straight between the bends that price tiers give it, in the rates and in the data apart. So a few bills say
//! what ten thousand would, and one more for each size.

use super::{SizedBill, Volume, line_of};
use crate::catalog::Catalog;
use crate::model::cost::{Bill, BillLine, FactorPart, LineKind, bill};
use crate::model::demand::demand;
use crate::model::fit::{self, Design, SizeChoice};
use crate::model::horizon::first_design;
use crate::model::sync::{causes, hold_count};
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::units::{Bytes, Money, Range};

/// A bend is looked for down to this part of a range, in halvings.
const HALVINGS: u32 = 12;
/// A line is straight that stays closer to its chord than this part of its amount, or of a thousand: quantities have six decimals.
const STRAIGHT: f64 = 1e-7;

/// The plan with its own bill.
pub(super) struct Base<'a> {
    pub(super) topology: Topology,
    plan: &'a Plan,
    catalog: &'a Catalog,
    pub(super) bill: Bill,
    /// The estimated factors that the plan's own bill has prices of.
    pub(super) factors: Vec<FactorPart>,
    design: Design,
    syncs: Syncs,
}

/// Full syncs at the plan's own volumes.
struct Syncs {
    /// A year.
    count: f64,
    /// Of them for each outage a year.
    per_outage: f64,
    /// The caches that they are counted for.
    caches: usize,
    /// The bill's lines of them, one for each tier that they reach.
    lines: Vec<usize>,
}

/// Where the volumes end.
pub(super) struct Ends {
    pub(super) rates: (f64, f64),
    pub(super) used: (Bytes, Bytes),
}

impl<'a> Base<'a> {
    pub(super) fn of(topology: Topology, plan: &'a Plan, catalog: &'a Catalog) -> Self {
        let demand = demand(plan);
        let design = first_design(topology, plan, catalog, &demand);
        let case = Case::new(topology, plan, catalog, &demand, &design);
        let count =
            |plan: &Plan| -> f64 { causes(&Case { plan, ..case.clone() }).iter().map(|cause| cause.per_year).sum() };
        let with = |outages: f64| {
            let mut plan = plan.clone();
            plan.outages.per_year.mode = outages;
            count(&plan)
        };
        let bill = bill(&case);
        let syncs = Syncs {
            count: count(plan),
            per_outage: with(1.0) - with(0.0),
            caches: design.caches.len(),
            lines: (0..bill.lines.len()).filter(|at| bill.lines[*at].kind == LineKind::FullSyncs).collect(),
        };
        let factors = bill.by_factor();
        Self { topology, plan, catalog, bill, factors, design, syncs }
    }

    /// True where outages cause full syncs that cost something.
    pub(super) fn pays_for_outages(&self) -> bool {
        let mut amounts = self.syncs.lines.iter().filter_map(|at| self.bill.lines[*at].amount);
        self.syncs.per_outage > 0.0 && amounts.any(|amount| amount > Money::ZERO)
    }

    /// Full syncs ÷ the plan's where so many outages happen in a year.
    pub(super) fn syncs_at(&self, outages: f64) -> f64 {
        let more = self.syncs.per_outage * (outages - self.plan.outages.per_year.mode);
        (self.syncs.count + more).max(0.0) / self.syncs.count
    }

    /// Puts another number of full syncs into the lines and the total: they are in proportion to it, in the tiers of the plan's own.
    pub(super) fn count_syncs(&self, factor: f64, results: &mut [f64]) {
        for at in &self.syncs.lines {
            let more = results[*at] * (factor - 1.0);
            results[*at] += more;
            results[self.bill.lines.len()] += more;
        }
    }

    pub(super) fn own_volume(&self) -> Volume {
        let crdt = if self.topology == Topology::Active { self.plan.assumptions.crdt_factor.mode } else { 1.0 };
        Volume { rates: 1.0, data: 1.0, crdt, syncs: 1.0 }
    }

    /// Data in one cache.
    pub(super) fn used(&self, volume: Volume) -> Bytes {
        self.plan.workload.dataset * volume.data * volume.crdt
    }

    /// The plan as if the volumes had been entered. How often a replica copies everything stays but for the outages.
    pub(super) fn plan_with(&self, volume: Volume) -> Plan {
        let mut plan = self.plan.clone();
        plan.workload.writes = plan.workload.writes * volume.rates;
        plan.workload.reads = plan.workload.reads.map(|reads| reads * volume.rates);
        plan.workload.dataset = plan.workload.dataset * volume.data;
        hold_count(&mut plan, self.syncs.count * volume.syncs, self.syncs.caches);
        if self.topology == Topology::Active {
            plan.assumptions.crdt_factor = Range::exactly(volume.crdt);
        }
        plan
    }

    /// Amounts by the lines of the plan's own bill, then the total; `None` where a price is missing and the own bill lacks none.
    pub(super) fn amounts(&self, bill: &Bill) -> Option<Vec<f64>> {
        if self.bill.total.is_complete() && !bill.total.is_complete() {
            return None;
        }
        let mut amounts = vec![0.0; self.bill.lines.len() + 1];
        for (at, line) in bill.lines.iter().enumerate() {
            if let (Some(amount), Some(place)) = (line.amount, line_of(&self.bill, &bill.lines, at)) {
                amounts[place] += amount.as_f64_for_charts();
            }
        }
        amounts[self.bill.lines.len()] = bill.total.at_least().as_f64_for_charts();
        Some(amounts)
    }

    /// The design that some volumes get: the plan's own while it fits, as it is what the targets ask for (M-17) and what is bought; else
    /// the cheapest that fits. `None` where no size does.
    pub(super) fn design_for(&self, volume: Volume) -> Option<Design> {
        let plan = self.plan_with(volume);
        let own = self.own_design(&plan).filter(|design| design.misfits.is_empty());
        let design = own.unwrap_or_else(|| fit::smallest(self.topology, &plan, self.catalog, &demand(&plan)));
        design.possible.then_some(design)
    }

    /// The plan's own design under other volumes.
    fn own_design(&self, plan: &Plan) -> Option<Design> {
        let size = SizeChoice::of(&self.design)?;
        let mut given = plan.clone();
        size.give_to(self.topology, &mut given);
        Some(fit::smallest(self.topology, &given, self.catalog, &demand(&given)))
    }

    /// What the lines and the total cost with a design at the plan's own volumes; `None` where a node of it has no price.
    pub(super) fn sized(&self, design: &Design) -> Option<SizedBill> {
        let bill = self.bill_at(design, self.own_volume());
        Some(SizedBill { amounts: self.amounts(&bill)?, by_factor: self.by_factor(&bill) })
    }

    /// Line of the plan's own bill, factor and amount of every line of a bill that is in proportion to a factor.
    fn by_factor(&self, bill: &Bill) -> Vec<(usize, usize, f64)> {
        let part = |(at, line): (usize, &BillLine)| {
            let (key, _) = line.factor()?;
            let factor = self.factors.iter().position(|part| part.key == key)?;
            Some((line_of(&self.bill, &bill.lines, at)?, factor, line.amount?.as_f64_for_charts()))
        };
        bill.lines.iter().enumerate().filter_map(part).collect()
    }

    /// The bill of a design at some volumes.
    fn bill_at(&self, design: &Design, volume: Volume) -> Bill {
        let plan = self.plan_with(volume);
        let demand = demand(&plan);
        let design = Design { used: self.used(volume), ..design.clone() };
        bill(&Case::new(self.topology, &plan, self.catalog, &demand, &design))
    }
}

/// How the lines move with the volumes, found out once with the plan's own size: a size changes what its nodes cost and nothing
/// of how the other lines follow the volumes, so that a thousand sizes need no thousand times the bends.
pub(super) struct Moves {
    own: Vec<f64>,
    rates: Knots,
    data: Knots,
}

impl Moves {
    pub(super) fn of(base: &Base, ends: &Ends) -> Self {
        let own = base.own_volume();
        let amounts = |volume: Volume| base.amounts(&base.bill_at(&base.design, volume)).unwrap_or_default();
        // Data and CRDT factor count as their product.
        let whole = base.used(own).as_bytes();
        let of_used = |used: f64| if whole > 0.0 { Volume { data: used / whole, ..own } } else { own };
        Self {
            own: amounts(own),
            rates: Knots::of(ends.rates, &|rates| amounts(Volume { rates, ..own })),
            data: Knots::of((ends.used.0.as_bytes(), ends.used.1.as_bytes()), &|used| amounts(of_used(used))),
        }
    }

    /// How many bills were worked out for it.
    #[cfg(test)]
    pub(super) fn bills(&self) -> usize {
        1 + 2 * (self.rates.0.len() + self.data.0.len())
    }

    /// The lines and the total at some rates and so much data in a cache, with the amounts of a size at the plan's own volumes.
    pub(super) fn fill(&self, sized: &[f64], rates: f64, used: f64, results: &mut [f64]) {
        let (by_rates, by_data) = (self.rates.at(rates), self.data.at(used));
        for (index, result) in results.iter_mut().enumerate() {
            let own = self.own[index];
            *result = sized[index] + (by_rates.figure(index) - own) + (by_data.figure(index) - own);
        }
    }
}

/// Figures at rising places, straight between them.
struct Knots(Vec<(f64, Vec<f64>)>);

/// Between two knots.
struct Between<'a> {
    left: &'a [f64],
    right: &'a [f64],
    share: f64,
}

impl Between<'_> {
    fn figure(&self, index: usize) -> f64 {
        // Equal ends are the figure itself, to the last bit.
        self.left[index] + (self.right[index] - self.left[index]) * self.share
    }
}

impl Knots {
    fn of((from, to): (f64, f64), figures: &dyn Fn(f64) -> Vec<f64>) -> Self {
        let mut knots = vec![(from, figures(from))];
        if to > from {
            let end = (to, figures(to));
            split(&mut knots, &end, figures, HALVINGS);
            knots.push(end);
        }
        Self(knots)
    }

    fn at(&self, place: f64) -> Between<'_> {
        let last = self.0.len() - 1;
        let after = self.0.partition_point(|(at, _)| *at < place).min(last);
        let (left, right) = (&self.0[after.saturating_sub(1)], &self.0[after]);
        let width = right.0 - left.0;
        let share = if width > 0.0 { ((place - left.0) / width).clamp(0.0, 1.0) } else { 0.0 };
        Between { left: &left.1, right: &right.1, share }
    }
}

/// Adds the knots between the last one and `end` where the figures bend.
fn split(knots: &mut Vec<(f64, Vec<f64>)>, end: &(f64, Vec<f64>), figures: &dyn Fn(f64) -> Vec<f64>, halvings: u32) {
    let Some((from, left)) = knots.last() else { return };
    let at = f64::midpoint(*from, end.0);
    let middle = figures(at);
    let bent = left.iter().zip(&end.1).zip(&middle).any(|((left, right), middle)| {
        let straight = f64::midpoint(*left, *right);
        (middle - straight).abs() > STRAIGHT * middle.abs().max(1_000.0)
    });
    if !bent || halvings == 0 {
        return;
    }
    let middle = (at, middle);
    split(knots, &middle, figures, halvings - 1);
    knots.push(middle);
    split(knots, end, figures, halvings - 1);
}
