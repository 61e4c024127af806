//! The entry point: a plan and a catalogue in, every answer out.

mod months;
mod turns;

use crate::catalog::{Catalog, Service};
use crate::decide::{Comparison, Reader, Reason, Successor, TippingPoint, compare, judge_months, successor, verdicts};
use crate::model::capacity::capacity;
use crate::model::cost::loss::expected_loss;
use crate::model::cost::{MissingPrice, PricedNode, bill, not_applied};
use crate::model::demand::{Demand, demand};
use crate::model::fit::{Design, smallest};
use crate::model::horizon::{HorizonCost, OverHorizon, Walked, cost_alone, horizon};
use crate::model::latency::latency;
use crate::model::rpo::rpo;
use crate::model::rto::rto;
use crate::model::runway::runway;
use crate::model::sizing::enlarged;
use crate::model::{Answers, Case, Topology, TopologyAnswer};
use crate::plan::{Plan, ReservationTerm};
use crate::rules::{self, Finding, Found};
use crate::units::{Date, Money, sorted};
use months::{begin, months_decide};
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

/// The same for a row of a list, whose topology may be given: a budget is held against the months ahead, of the nearest too, and of a pair it is
/// said what has to follow.
#[must_use]
pub fn evaluate_listed(plan: &Plan, catalog: &Catalog, given: Option<Topology>) -> Evaluation {
    let of = |reader: Reader| evaluated(plan, catalog, as_planned(plan), reader);
    if plan.objectives.budget.is_some() {
        return of(Reader::List);
    }
    let own = of(Reader::Nobody);
    if given.or(own.comparison.recommended()) == Some(Topology::Passive) { of(Reader::List) } else { own }
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
    if plan.pricing.reservation == term { Cow::Borrowed(plan) } else { Cow::Owned(plan.paid_by(term)) }
}

/// What the designs cost over the horizon, each by its term.
fn costs(plan: &Plan, catalog: &Catalog, terms: Terms, losses: [Option<Money>; 3]) -> OverHorizon {
    if terms == as_planned(plan) {
        return horizon(plan, catalog).costs(losses);
    }
    let walked = Walked::default();
    let each = Topology::ALL.map(|it| (it, terms[it as usize], losses[it as usize]));
    let costs = each.map(|(topology, term, loss)| cost_alone(topology, &paid(plan, term), catalog, loss, &walked));
    OverHorizon { months: plan.horizon.months, costs }
}

fn evaluated(plan: &Plan, catalog: &Catalog, terms: Terms, reader: Reader) -> Evaluation {
    let demand = demand(plan);
    let mut each = Topology::ALL.map(|it| answer(it, &paid(plan, terms[it as usize]), catalog, &demand));
    let worked_out = |each: &[TopologyAnswer; 3]| {
        let losses = || each.each_ref().map(|answer| expected_loss(plan, catalog, demand.keys, answer));
        costs(plan, catalog, terms, losses())
    };
    let told = reader > Reader::Nobody;
    let mut known = (told || months_decide(plan, &each)).then(|| worked_out(&each));
    if let Some(over) = &known
        && begin(plan, catalog, terms, &demand, over, &mut each)
        && over.counts_loss()
    {
        known = Some(worked_out(&each));
    }
    let answers = each.each_ref();
    let ahead = known.as_ref().filter(|_| told);
    let Found { mut findings, mut open } = rules::findings(plan, catalog, &demand, answers, ahead);
    sorted::sort_by(&mut findings, |a, b| (a.severity, &a.id).cmp(&(b.severity, &b.id)));
    let over = || known.clone().unwrap_or_else(|| worked_out(&each));
    // An evaluation each: of a plan that a person reads, paid by its own term.
    let holds = |tipping: &TippingPoint| {
        reader == Reader::Person
            && terms == as_planned(plan)
            && evaluate_unread(&tipping.of(plan), catalog).comparison.choice == Some(tipping.topology)
    };
    let mut comparison = compare(plan, catalog, answers, (&findings, &open), &over, reader, &holds);
    if let Some(over) = ahead {
        comparison.successor = follower(plan, catalog, over, answers[2], &findings);
    }
    rank(&mut open, comparison.recommended());
    let [rebuild, passive, active] = each;
    let mut own = Evaluation { answers: Answers { demand, rebuild, passive, active }, comparison, findings, open };
    if reader == Reader::Person {
        turned(plan, catalog, terms, &mut own);
    }
    // Last: what a range turns is judged by the first month, as long as the months ahead are the same.
    if let Some(over) = known.as_ref().filter(|_| told) {
        let answers = &mut own.answers;
        for answer in [&mut answers.rebuild, &mut answers.passive, &mut answers.active] {
            judge_months(&mut answer.verdicts, over.of(answer.topology), catalog.currency());
        }
    }
    own
}

/// What the group lacks that follows a pair whose service ends inside the horizon: the plan's own, or where its given size does not hold the
/// load the open one, as the months ahead have it.
fn follower(
    plan: &Plan,
    catalog: &Catalog,
    over: &OverHorizon,
    group: &TopologyAnswer,
    findings: &[Finding],
) -> Option<Successor> {
    let (_, until) = over.of(Topology::Passive).leaves.filter(|(service, _)| *service == Service::Premium)?;
    if group.design.possible && group.design.misfits.is_empty() {
        return successor(&plan.objectives_in(catalog.currency()), catalog, until, group, findings);
    }
    if plan.active.sku.is_some() { followed_by(plan, catalog, until) } else { None }
}

/// The same of a group whose size is open, whatever the plan gives.
pub(crate) fn followed_by(plan: &Plan, catalog: &Catalog, until: Date) -> Option<Successor> {
    let mut open = plan.clone();
    open.active.sku = None;
    let own = evaluate_unread(&open, catalog);
    let fits = own.active.design.possible && own.active.design.misfits.is_empty();
    let objectives = open.objectives_in(catalog.currency());
    fits.then(|| successor(&objectives, catalog, until, &own.active, &own.findings))?
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
    sorted::sort_by(open, |a, b| key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id)));
}

/// One topology, each answer from those before it. An open size is the smallest that fits unless a larger one misses fewer targets.
fn answer(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand) -> TopologyAnswer {
    let smallest = smallest(topology, plan, catalog, demand);
    let answer = answer_of(topology, plan, catalog, demand, &smallest);
    let larger = {
        let case = answer.case(plan, catalog, demand);
        enlarged(&case, &answer.rpo, &answer.runway, || answer.bill.total.clone())
    };
    larger.map(|design| answer_of(topology, plan, catalog, demand, &design)).unwrap_or(answer)
}

/// The answer of one topology alone, where nobody compares: as an evaluation has it by its first month.
pub(crate) fn answer_alone(topology: Topology, plan: &Plan, catalog: &Catalog) -> TopologyAnswer {
    answer(topology, plan, catalog, &demand(plan))
}

/// What one design costs over the horizon (M-10), as the comparison of an evaluation has it.
pub(crate) fn over_of(topology: Topology, plan: &Plan, catalog: &Catalog) -> HorizonCost {
    over_beside(topology, plan, catalog, &Walked::default())
}

/// The same beside others of the catalogue, whose paths are not walked again.
pub(crate) fn over_beside(topology: Topology, plan: &Plan, catalog: &Catalog, walked: &Walked) -> HorizonCost {
    let priced = plan.outages.downtime_hour.is_some() || plan.outages.lost_record.is_some();
    let loss = || expected_loss(plan, catalog, demand(plan).keys, &answer_alone(topology, plan, catalog));
    cost_alone(topology, plan, catalog, if priced { loss() } else { None }, walked)
}

/// The answer of a design.
pub(crate) fn answer_of(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    design: &Design,
) -> TopologyAnswer {
    answer_to(&Case::new(topology, plan, catalog, demand, design))
}

/// The answer of a case.
pub(crate) fn answer_to(case: &Case) -> TopologyAnswer {
    let mut answer = TopologyAnswer {
        topology: case.topology,
        bill: bill(case),
        rpo: rpo(case),
        rto: rto(case),
        runway: runway(case),
        capacity: capacity(case),
        latency: latency(case),
        verdicts: Vec::new(),
        shard: case.shard,
        sync: case.sync.clone(),
        design: case.design.clone(),
    };
    answer.verdicts = verdicts(case.plan, &answer);
    answer
}
