//! The cheapest design over all terms (M-17).

use super::{Evaluation, answer_of, evaluate_unread, over_of, paid};
use crate::catalog::Catalog;
use crate::decide::{candidate, verdicts};
use crate::model::cost::{bill, terms};
use crate::model::demand::Demand;
use crate::model::fit::SizeChoice;
use crate::model::horizon::{first_design, may_wait};
use crate::model::sizing::sized;
use crate::model::verdict::Objective;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Objectives, Plan, ReservationTerm};

/// A design with the way that it is paid.
#[derive(Debug, Clone, PartialEq)]
pub struct Paid {
    /// The design's answer, its bill by that term.
    pub answer: TopologyAnswer,
    /// The reservation; `None` where it is paid as it is used.
    pub term: Option<ReservationTerm>,
}

impl Paid {
    /// The plan with this design's size and term.
    #[must_use]
    pub fn taken(&self, plan: &Plan) -> Plan {
        let mut taken = plan.clone();
        if let Some(size) = SizeChoice::of(&self.answer.design) {
            size.give_to(self.answer.topology, &mut taken);
        }
        taken.pricing.reservation = self.term;
        taken
    }
}

/// Of a plan with open sizes and its evaluation, the cheapest design that meets every target over all terms (M-17): of each topology the
/// cheapest month, of those the least over the horizon. `None` where there is none, and while a missing price keeps that open.
#[must_use]
pub fn cheapest_of_terms(plan: &Plan, catalog: &Catalog, own: &Evaluation) -> Option<Paid> {
    if !own.comparison.open.is_empty() {
        return None;
    }
    let objectives = plan.objectives_in(catalog.currency());
    let best = |topology: Topology| {
        let each = terms(plan).into_iter();
        let met = each.filter_map(|term| met_by(topology, term, plan, catalog, &objectives, own));
        let mut met: Vec<Paid> = met.collect();
        met.sort_by_key(|it| (it.answer.bill.total.complete(), it.term.map(ReservationTerm::years)));
        let within = |it: &Paid| {
            objectives.budget.is_none_or(|most| over_of(topology, &it.taken(plan), catalog).own.over(most) == 0)
        };
        // Of a size whose months pass the budget the one that keeps it may follow.
        let kept = |it: Paid| if within(&it) { Some(it) } else { begun(&it, plan, catalog, own).filter(within) };
        met.into_iter().find_map(kept)
    };
    let mut all: Vec<Paid> = Topology::ALL.into_iter().filter_map(best).collect();
    if all.len() > 1 {
        all.sort_by_cached_key(|it| {
            let rank = over_of(it.answer.topology, &it.taken(plan), catalog).rank();
            (rank.is_none(), rank, it.answer.bill.total.complete(), it.answer.topology)
        });
    }
    all.into_iter().next()
}

/// The design of a topology by a term, where it meets every target; what the evaluation has already is not worked out again.
fn met_by(
    topology: Topology,
    term: Option<ReservationTerm>,
    plan: &Plan,
    catalog: &Catalog,
    objectives: &Objectives,
    own: &Evaluation,
) -> Option<Paid> {
    let known = own.of(topology);
    // Neither a size nor a term moves these two.
    let moves = |it: &Objective| !matches!(it, Objective::Rto | Objective::Latency);
    let first = candidate(objectives, known, &own.findings);
    if !known.design.possible || !first.unmet.iter().all(moves) {
        return None;
    }
    let (answer, judged) = if term == plan.pricing.reservation {
        (known.clone(), first)
    } else {
        let paid = plan.paid_by(term);
        let answer = by_another_term(known, &paid, catalog, &own.demand);
        let other = (answer.design != known.design).then(|| evaluate_unread(&paid, catalog).findings);
        let judged = candidate(objectives, &answer, other.as_ref().unwrap_or(&own.findings));
        (answer, judged)
    };
    // Of a design that waits no first month is paid: whether its months keep the budget is asked of them.
    let budget = |it: &Objective| *it == Objective::Cost && may_wait(topology, plan, catalog);
    let meets = judged.free && judged.unmet.iter().all(budget) && answer.bill.total.is_complete();
    meets.then_some(Paid { answer, term })
}

/// The same by the size whose months ahead keep the budget, where that is another one and meets every target.
fn begun(it: &Paid, plan: &Plan, catalog: &Catalog, own: &Evaluation) -> Option<Paid> {
    let topology = it.answer.topology;
    let paid = paid(plan, it.term);
    let design = first_design(topology, &paid, catalog, &own.demand);
    if design.caches == it.answer.design.caches {
        return None;
    }
    let answer = answer_of(topology, &paid, catalog, &own.demand, &design);
    let judged = candidate(&plan.objectives_in(catalog.currency()), &answer, &evaluate_unread(&paid, catalog).findings);
    (judged.free && judged.unmet.is_empty()).then_some(Paid { answer, term: it.term })
}

/// An answer under the plan with another term: that moves the bill, and the size where a budget is set; all else stays with the size.
fn by_another_term(known: &TopologyAnswer, paid: &Plan, catalog: &Catalog, demand: &Demand) -> TopologyAnswer {
    let topology = known.topology;
    let design = sized(topology, paid, catalog, demand);
    if design != known.design {
        return answer_of(topology, paid, catalog, demand, &design);
    }
    let mut answer = known.clone();
    answer.bill = bill(&known.case(paid, catalog, demand));
    answer.verdicts = verdicts(paid, &answer);
    answer
}
