//! The entry point: a plan and a catalogue in, every answer out.

mod turns;

use crate::catalog::Catalog;
use crate::decide::{Comparison, Reader, Reason, candidate, compare, judge_months, verdicts};
use crate::model::capacity::capacity;
use crate::model::cost::loss::expected_loss;
use crate::model::cost::{MissingPrice, PricedNode, bill, not_applied, terms};
use crate::model::demand::{Demand, demand};
use crate::model::fit::{Design, SizeChoice, design};
use crate::model::horizon::{HorizonCost, OverHorizon, cost_alone, horizon};
use crate::model::latency::latency;
use crate::model::rpo::rpo;
use crate::model::rto::rto;
use crate::model::runway::runway;
use crate::model::sizing::{design as sized, enlarged};
use crate::model::verdict::Objective;
use crate::model::{Answers, Case, Topology, TopologyAnswer};
use crate::plan::{Objectives, Plan, ReservationTerm};
use crate::rules::{self, Finding, Found};
use crate::units::Money;
use rust_decimal::Decimal;
use serde::Serialize;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Deref;

/// Every answer for one plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// What the models answer, topology by topology; its fields are read as if they were the evaluation's own.
    #[serde(flatten)]
    pub answers: Answers,
    /// Who passes, who is cheapest, and why.
    pub comparison: Comparison,
    /// All findings, blocks first.
    pub findings: Vec<Finding>,
    /// What nobody has confirmed yet, by how much hangs on it: of the recommended design first, then where a rule would block.
    pub open: Vec<Finding>,
}

impl Evaluation {
    /// The nodes whose missing price leaves the month of a possible design a lower bound, each once, in the order of
    /// [`Topology::ALL`]: what to enter before costs can be compared.
    #[must_use]
    pub fn missing_nodes(&self) -> Vec<PricedNode> {
        let answers = Topology::ALL.map(|topology| self.of(topology));
        let possible = answers.into_iter().filter(|answer| answer.design.possible).map(|answer| &answer.bill.total);
        MissingPrice::of_all(possible).into_iter().filter_map(MissingPrice::into_node).collect()
    }

    /// The discount on nodes that reserved ones do not get ([`crate::words::bill::not_applied`] says so); `None` where every line gets
    /// the discount of its family.
    #[must_use]
    pub fn discount_not_applied(&self, plan: &Plan) -> Option<Decimal> {
        Topology::ALL.into_iter().find_map(|topology| not_applied(&self.of(topology).bill.lines, &plan.pricing))
    }
}

impl Deref for Evaluation {
    type Target = Answers;

    fn deref(&self) -> &Answers {
        &self.answers
    }
}

/// Evaluates a plan: demand, then for each topology design, full sync, bill, RPO, RTO, runway, capacity, latency and
/// verdicts, then the findings over all three and the comparison.
///
/// Total: a plan that passed [`crate::plan::check`] always gives an answer, and so does one that did not, with what is
/// wrong among the findings.
///
/// # Examples
///
/// ```
/// use dr_core::catalog::Catalog;
/// use dr_core::evaluate::evaluate;
/// use dr_core::model::Topology;
/// use dr_core::plan::Plan;
/// use dr_core::report::verdict;
///
/// let catalog = Catalog::bundled()?;
/// let evaluation = evaluate(&Plan::default(), &catalog);
/// for topology in Topology::ALL {
///     // Cost, RPO, RTO, runway and write latency, each against its target.
///     assert_eq!(evaluation.of(topology).verdicts.len(), 5);
/// }
/// assert!(!verdict::sentence(&evaluation.comparison).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn evaluate(plan: &Plan, catalog: &Catalog) -> Evaluation {
    evaluated(plan, catalog, as_planned(plan), Reader::Person)
}

/// The same for one of many plans that nobody reads one by one: the comparison has the same choice, without what each design costs over
/// the horizon and without the doubts about prices, unless the choice needs them.
#[must_use]
pub fn evaluate_unread(plan: &Plan, catalog: &Catalog) -> Evaluation {
    evaluated(plan, catalog, as_planned(plan), Reader::Nobody)
}

/// The same for a row of a list: a budget is held against the months ahead, of the nearest too, and of a pair it is said what has to follow.
#[must_use]
pub fn evaluate_listed(plan: &Plan, catalog: &Catalog) -> Evaluation {
    let of = |reader: Reader| evaluated(plan, catalog, as_planned(plan), reader);
    if plan.objectives.budget.is_some() {
        return of(Reader::List);
    }
    let own = of(Reader::Nobody);
    if own.comparison.recommended() == Some(Topology::Passive) { of(Reader::List) } else { own }
}

/// How each topology is paid, in the order of [`Topology::ALL`].
pub type Terms = [Option<ReservationTerm>; 3];

/// The comparison of an evaluation where each topology is paid by a term of its own, which is what a search compares (M-17).
#[must_use]
pub fn compare_by_terms(plan: &Plan, catalog: &Catalog, terms: Terms) -> Comparison {
    evaluated(plan, catalog, terms, Reader::Person).comparison
}

/// Every topology by the plan's own term.
const fn as_planned(plan: &Plan) -> Terms {
    [plan.pricing.reservation; 3]
}

/// The plan as one topology is paid.
fn paid(plan: &Plan, term: Option<ReservationTerm>) -> Cow<'_, Plan> {
    if plan.pricing.reservation == term {
        return Cow::Borrowed(plan);
    }
    let mut paid = plan.clone();
    paid.pricing.reservation = term;
    Cow::Owned(paid)
}

/// What the designs cost over the horizon, each by its term.
fn costs(plan: &Plan, catalog: &Catalog, terms: Terms, losses: [Option<Money>; 3]) -> OverHorizon {
    if terms == as_planned(plan) {
        return horizon(plan, catalog).costs(losses);
    }
    let each = Topology::ALL.map(|it| (it, terms[it as usize], losses[it as usize]));
    let costs = each.map(|(topology, term, loss)| cost_alone(topology, &paid(plan, term), catalog, loss));
    OverHorizon { months: plan.horizon.months, costs }
}

fn evaluated(plan: &Plan, catalog: &Catalog, terms: Terms, reader: Reader) -> Evaluation {
    let demand = demand(plan);
    let [rebuild, passive, active] =
        Topology::ALL.map(|topology| answer(topology, &paid(plan, terms[topology as usize]), catalog, &demand));
    let answers = [&rebuild, &passive, &active];
    let losses = || answers.map(|answer| expected_loss(plan, catalog, demand.keys, answer));
    let worked_out = || costs(plan, catalog, terms, losses());
    let known = (reader > Reader::Nobody).then(worked_out);
    let Found { mut findings, mut open } = rules::findings(plan, catalog, &demand, answers, known.as_ref());
    findings.sort_by(|a, b| (a.severity, &a.id).cmp(&(b.severity, &b.id)));
    let over = || known.clone().unwrap_or_else(worked_out);
    let comparison = compare(plan, catalog, answers, &findings, &over, reader);
    rank(&mut open, comparison.recommended());
    let mut own = Evaluation { answers: Answers { demand, rebuild, passive, active }, comparison, findings, open };
    if reader == Reader::Person {
        turned(plan, catalog, terms, &mut own);
    }
    // Last: what a range turns is judged by the first month, as long as the months ahead are the same.
    if let Some(over) = &known {
        let answers = &mut own.answers;
        for answer in [&mut answers.rebuild, &mut answers.passive, &mut answers.active] {
            judge_months(&mut answer.verdicts, &over.of(answer.topology).own, catalog.currency());
        }
    }
    own
}

/// Takes in what the ranges of the plan turn. What decides gives way to a range that leaves the choice open.
fn turned(plan: &Plan, catalog: &Catalog, terms: Terms, own: &mut Evaluation) {
    let turns = turns::turns(plan, catalog, terms, own);
    let decided = match own.comparison.reason {
        Some(Reason::Alone) => Some(None),
        Some(Reason::Cheapest { next, by }) => Some(Some((next, by))),
        _ => None,
    };
    let open = turns.iter().find(|turn| turn.leaves_open());
    if let (Some(next), Some(turn)) = (decided, open) {
        own.comparison.reason = Some(Reason::Turns { to: turn.to, next });
    }
    own.comparison.turns = turns;
}

/// What the costs of all designs hang on as well as rules do: the way from what runs today, and whether a pair can be created at all.
const DECIDE_MOST: [&str; 2] = ["passive.exists", "passive.tenant_had_cache"];

/// Open work by how much hangs on it: of the recommended design first, then where a no would block; among those first what decides most,
/// then by the rules that one answer decides, then by id.
fn rank(open: &mut [Finding], recommended: Option<Topology>) {
    let mut decides: BTreeMap<String, usize> = BTreeMap::new();
    for it in open.iter() {
        *decides.entry(it.field.clone()).or_default() += 1;
    }
    let key = |it: &Finding| {
        let rules = decides.get(&it.field).copied().unwrap_or_default();
        (Some(it.topology) != recommended, it.severity, !DECIDE_MOST.contains(&it.field.as_str()), Reverse(rules))
    };
    open.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id)));
}

/// One topology, each answer from those before it. An open size is the smallest that fits unless a larger one misses fewer targets.
fn answer(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand) -> TopologyAnswer {
    let smallest = design(topology, plan, catalog, demand);
    let answer = answer_of(topology, plan, catalog, demand, smallest);
    let larger = {
        let case = answer.case(plan, catalog, demand);
        enlarged(&case, &answer.rpo, &answer.runway, || answer.bill.clone())
    };
    larger.map(|design| answer_of(topology, plan, catalog, demand, design)).unwrap_or(answer)
}

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
    fn taken(&self, plan: &Plan) -> Plan {
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
        met.into_iter().find(within)
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
        let mut paid = plan.clone();
        paid.pricing.reservation = term;
        let answer = by_another_term(known, &paid, catalog, &own.demand);
        let other = (answer.design != known.design).then(|| evaluate_unread(&paid, catalog).findings);
        let judged = candidate(objectives, &answer, other.as_ref().unwrap_or(&own.findings));
        (answer, judged)
    };
    let meets = judged.free && judged.unmet.is_empty() && answer.bill.total.is_complete();
    meets.then_some(Paid { answer, term })
}

/// An answer under the plan with another term: that moves the bill, and the size where a budget is set; all else stays with the size.
fn by_another_term(known: &TopologyAnswer, paid: &Plan, catalog: &Catalog, demand: &Demand) -> TopologyAnswer {
    let topology = known.topology;
    let design = sized(topology, paid, catalog, demand);
    if design != known.design {
        return answer_of(topology, paid, catalog, demand, design);
    }
    let mut answer = known.clone();
    answer.bill = bill(&known.case(paid, catalog, demand));
    answer.verdicts = verdicts(paid, &answer);
    answer
}

/// The answer of one topology alone, where nobody compares: as an evaluation has it.
pub(crate) fn answer_alone(topology: Topology, plan: &Plan, catalog: &Catalog) -> TopologyAnswer {
    answer(topology, plan, catalog, &demand(plan))
}

/// What one design costs over the horizon (M-10), as the comparison of an evaluation has it.
pub(crate) fn over_of(topology: Topology, plan: &Plan, catalog: &Catalog) -> HorizonCost {
    let priced = plan.outages.downtime_hour.is_some() || plan.outages.lost_record.is_some();
    let loss = || expected_loss(plan, catalog, demand(plan).keys, &answer_alone(topology, plan, catalog));
    cost_alone(topology, plan, catalog, if priced { loss() } else { None })
}

/// The answer of a design.
pub(crate) fn answer_of(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    design: Design,
) -> TopologyAnswer {
    let case = Case::new(topology, plan, catalog, demand, &design);
    let mut answer = TopologyAnswer {
        topology,
        bill: bill(&case),
        rpo: rpo(&case),
        rto: rto(&case),
        runway: runway(&case),
        capacity: capacity(&case),
        latency: latency(&case),
        verdicts: Vec::new(),
        shard: case.shard,
        sync: case.sync,
        design,
    };
    answer.verdicts = verdicts(plan, &answer);
    answer
}
