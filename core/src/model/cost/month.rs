//! The lines of a month in two parts, and their sums without the lines: a path of many months (M-10) needs no more of each.

use super::factors::{FactorPart, by_factor, merged};
use super::total::without_amount;
use super::traffic::{self, Sent, Tariffs};
use super::{
    BillLine, LineKind, Per, Scope, Total, clients, discount, endpoints, exports, nodes, people, traffic_switch, watch,
};
use crate::model::sync::{SyncOutcome, causes};
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::units::{Bytes, Money, OpsPerSec};
use std::cell::RefCell;
use std::rc::Rc;

/// Lines that depend on the caches alone, whatever the load: nodes, endpoints, zones, alerts, logs, drills and people.
pub(super) fn steady(scope: &Scope) -> Vec<BillLine> {
    let mut lines = nodes::lines(scope);
    lines.extend(beside_nodes(scope));
    lines
}

/// Those of them that no term changes.
fn beside_nodes(scope: &Scope) -> Vec<BillLine> {
    let mut lines = endpoints::hours(scope);
    lines.extend(clients::zones(scope));
    lines.extend(traffic_switch::service(scope));
    lines.extend(watch::alerts(scope));
    lines.extend(watch::logs(scope));
    lines.extend(people::drills(scope));
    lines.extend(people::drill_caches(scope));
    lines.extend(people::run(scope));
    discount::apply(&mut lines, &scope.plan.pricing);
    lines
}

/// Lines that follow the load: traffic, and exports by the size of the data; with the volume of the stream.
pub(super) fn flowing(scope: &Scope) -> (Vec<BillLine>, Bytes) {
    let mut sent = Sent::default();
    let (mut lines, volume) = traffic::egress(scope, &mut sent);
    lines.extend(traffic::full_syncs(scope, &mut sent));
    lines.extend(clients::traffic(scope, &mut sent));
    lines.extend(endpoints::data(scope));
    lines.extend(clients::peering(scope));
    lines.extend(exports::storage(scope));
    lines.extend(exports::copies(scope, &mut sent));
    discount::apply(&mut lines, &scope.plan.pricing);
    (lines, volume)
}

/// What lines of a month add up to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::model) struct Sums {
    /// All of them.
    pub(in crate::model) total: Total,
    /// Those that are not of nodes.
    pub(in crate::model) other: Total,
    /// Those that were prepaid.
    pub(in crate::model) prepaid: Money,
    /// What of them is in proportion to each estimated factor of prices.
    pub(in crate::model) by_factor: Vec<FactorPart>,
    /// Lines without an amount.
    pub(in crate::model) unknown_lines: u32,
}

impl Sums {
    fn of(lines: &[BillLine]) -> Self {
        let prepaid = lines.iter().filter(|line| line.reservation.is_some());
        Self {
            total: Total::of(lines, |line| line.amount),
            other: Total::of(lines.iter().filter(|line| line.kind != LineKind::Nodes), |line| line.amount),
            prepaid: prepaid.filter_map(|line| line.amount).sum(),
            by_factor: by_factor(lines),
            unknown_lines: without_amount(lines),
        }
    }

    fn and(mut self, more: &Self) -> Self {
        self.total += &more.total;
        self.other += &more.other;
        self.prepaid += more.prepaid;
        self.by_factor = merged(self.by_factor, &more.by_factor);
        self.unknown_lines += more.unknown_lines;
        self
    }
}

/// What flows in months, summed once for each load and its full syncs: sizes of a topology differ in nothing else of it. For designs of one
/// plan, which differ in their sizes, the term and the load alone.
#[derive(Default)]
pub struct Flows {
    tariffs: Tariffs,
    /// In the order of the keys.
    known: RefCell<Vec<(FlowKey, Rc<Sums>)>>,
}

/// What the flow of a month depends on, numbers as their bits: data, writes and reads; the bytes of a full sync and how many a year; whether there
/// is none at all.
type FlowKey = (Topology, [u64; 3], [u64; 2], bool);

impl Flows {
    fn of(&self, case: &Case) -> Rc<Sums> {
        let key = key(case);
        let mut known = self.known.borrow_mut();
        let at = known.binary_search_by(|it| it.0.cmp(&key)).unwrap_or_else(|at| {
            let scope = Scope { tariffs: Some(&self.tariffs), ..Scope::new(Per::Month, case) };
            known.insert(at, (key, Rc::new(Sums::of(&flowing(&scope).0))));
            at
        });
        Rc::clone(&known[at].1)
    }

    /// The totals of [`super::bill`] under each plan, which differs from the case's in the term of its nodes alone (M-10).
    #[must_use]
    pub fn by_terms(&self, case: &Case, plans: &[Plan]) -> Vec<Total> {
        let sum = |lines: &[BillLine]| Total::of(lines, |line| line.amount);
        let others = sum(&beside_nodes(&Scope::new(Per::Month, case))) + &self.of(case).total;
        let total = |plan: &Plan| {
            let case = Case { plan, ..case.clone() };
            let total = sum(&nodes::lines(&Scope::new(Per::Month, &case))) + &others;
            // What a sum lacks is named in the order of the bill's lines.
            if total.is_complete() { total } else { super::bill(&case).total }
        };
        plans.iter().map(total).collect()
    }
}

fn key(case: &Case) -> FlowKey {
    let load = &case.plan.workload;
    let reads = load.reads.map_or(f64::NAN, OpsPerSec::as_per_s);
    let syncs: f64 = causes(case).iter().map(|cause| cause.per_year).sum();
    (
        case.topology,
        [load.dataset.as_bytes(), load.writes.as_per_s(), reads].map(f64::to_bits),
        [case.sync.total_bytes.as_bytes(), syncs].map(f64::to_bits),
        matches!(case.sync.outcome, SyncOutcome::NotApplicable),
    )
}

/// The months of one design: what stands is summed once, what flows once for each load.
#[derive(Default)]
pub(in crate::model) struct Months {
    steady: Option<Sums>,
    flows: Rc<Flows>,
}

impl Months {
    /// With what flows in the months of other designs of the plan.
    pub(in crate::model) fn sharing(flows: &Rc<Flows>) -> Self {
        Self { steady: None, flows: Rc::clone(flows) }
    }

    /// The caches are others from now on.
    pub(in crate::model) fn forget(&mut self) {
        self.steady = None;
    }

    /// The sums of [`super::bill`], whose lines nobody reads. Between two calls the caches and all of the plan but its load stay as they are,
    /// unless [`Months::forget`] was called.
    pub(in crate::model) fn bill(&mut self, case: &Case) -> Sums {
        if case.design.caches.is_empty() {
            return Sums::default();
        }
        let steady = self.steady.get_or_insert_with(|| Sums::of(&steady(&Scope::new(Per::Month, case))));
        steady.clone().and(&self.flows.of(case))
    }
}

#[cfg(test)]
mod tests {
    use super::super::bill;
    use super::*;
    use crate::model::testing::{Answers, CATALOG};
    use crate::presets::PRESETS;

    /// Month after month of growth, against the bill of the same load line by line.
    #[test]
    fn sums_are_those_of_the_bill() {
        for preset in PRESETS {
            let mut plan = crate::codec::from_json(preset).unwrap();
            for topology in Topology::ALL {
                let first = Answers::of(topology, &plan);
                let mut months = Months::default();
                for _ in 0..3 {
                    plan.workload.writes = plan.workload.writes * 1.3;
                    plan.workload.dataset = plan.workload.dataset * 1.01;
                    let demand = crate::model::demand::demand(&plan);
                    let case = Case::new(topology, &plan, &CATALOG, &demand, &first.design);
                    let (sums, whole) = (months.bill(&case), bill(&case));
                    assert_eq!(sums.total.at_least(), whole.total.at_least());
                    assert_eq!(sums.total.is_complete(), whole.total.is_complete());
                    assert_eq!((sums.by_factor, sums.unknown_lines), (whole.by_factor(), whole.unknown_lines));
                    let terms = crate::model::cost::terms(&plan).into_iter().map(|term| plan.paid_by(term));
                    let terms: Vec<Plan> = terms.collect();
                    let each: Vec<Total> =
                        terms.iter().map(|plan| bill(&Case { plan, ..case.clone() }).total).collect();
                    assert_eq!(Flows::default().by_terms(&case, &terms), each);
                }
            }
        }
    }

    /// Every size and number of shards under two loads, each with what the others have summed, against its own.
    #[test]
    fn all_sizes_share_what_flows() {
        for preset in PRESETS {
            let plan = crate::codec::from_json(preset).unwrap().with_open_sizes();
            let (flows, mut sizes) = (Rc::default(), 0);
            for topology in Topology::ALL {
                let demand = crate::model::demand::demand(&plan);
                for offered in crate::model::fit::designs(topology, &plan, &CATALOG, &demand) {
                    let mut plan = plan.clone();
                    for _ in 0..2 {
                        let demand = crate::model::demand::demand(&plan);
                        let case = Case::new(topology, &plan, &CATALOG, &demand, &offered.design);
                        assert_eq!(Months::sharing(&flows).bill(&case), Months::default().bill(&case));
                        plan.workload.writes = plan.workload.writes * 1.5;
                        sizes += 1;
                    }
                }
            }
            assert!(flows.known.borrow().len() < sizes);
        }
    }
}
