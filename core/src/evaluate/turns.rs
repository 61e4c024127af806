//! Ranges of a plan at an end of which another design is the choice: every one is decided again with the range known.
//!
//! Most ends move nothing that a choice reads. So answers come first, of a step of recovery its times alone; rules and the months ahead
//! are asked where a design, its month, a verdict or the month in which a size is outgrown is another one.

use super::months::{begin, months_decide};
use super::{Evaluation, Terms, answer, paid};
use crate::catalog::Catalog;
use crate::decide::{Reader, Turn, compare, verdicts};
use crate::model::cost::loss::expected_loss;
use crate::model::demand::{Demand, demand};
use crate::model::fit::{Cache, Design};
use crate::model::horizon::{OverHorizon, Walked, cost_alone, sizes_ahead};
use crate::model::rto::rto;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Input, Objectives, Plan, ReservationTerm};
use crate::rules;
use crate::units::Money;
use std::cell::{OnceCell, RefCell};

/// Every end of a range at which the choice is another one; empty without a choice. Of a range both ends may.
pub(super) fn turns(plan: &Plan, catalog: &Catalog, terms: Terms, own: &Evaluation) -> Vec<Turn> {
    let comparison = &own.comparison;
    let (Some(choice), Some(over)) = (comparison.choice, &comparison.over) else { return Vec::new() };
    let objectives = plan.objectives_in(catalog.currency());
    let asked = Asked { plan, catalog, own, terms, choice, over, objectives, ahead: RefCell::default() };
    let inputs = Input::all(plan).into_iter().filter(|input| asked.is_read(input.path));
    let ends = inputs.flat_map(|input| [input.low, input.high].map(|at| (input.clone(), at)));
    ends.filter_map(|(input, at)| {
        let mut known = plan.clone();
        input.set(&mut known, at);
        let times = input.path.starts_with("recovery.");
        let (to, cheaper) =
            if times { asked.by_times(input.path, &known) } else { asked.by_answers(input.path, &known) };
        (to != Some(choice)).then_some(Turn { input, at, to, cheaper })
    })
    .collect()
}

const CRDT: &str = "assumptions.crdt_factor";

struct Asked<'a> {
    plan: &'a Plan,
    catalog: &'a Catalog,
    own: &'a Evaluation,
    /// How each design is paid.
    terms: Terms,
    choice: Topology,
    over: &'a OverHorizon,
    objectives: Objectives,
    /// The sizes of later months, of the plan's own designs.
    ahead: RefCell<Vec<Later>>,
}

/// What the sizes of later months are beside the plan's own.
#[derive(Clone, Copy, PartialEq)]
enum Sizes {
    /// No load replaces them, whatever the term: the cheapest stays the cheapest.
    Stand,
    Same,
    /// Others, or maybe: where their months pass a budget, the design begins with another size, or would.
    Others,
}

/// Of a design and a term the caches of later months.
type Later = (Topology, Option<ReservationTerm>, Vec<(u32, Vec<Cache>)>);

impl Asked<'_> {
    /// Something that a choice is made by reads the range.
    fn is_read(&self, path: &str) -> bool {
        let (targets, loss) = (&self.objectives, self.over.counts_loss());
        match path.split('.').next() {
            Some("migration" | "outage") => false,
            Some("outages") => loss,
            Some("recovery") => targets.rto.is_some() || loss,
            Some("syncs") => targets.rpo.is_some() || loss,
            _ if path.starts_with("assumptions.kept_") => targets.runway.is_some(),
            _ => true,
        }
    }

    /// The choice where recovery alone is known better.
    fn by_times(&self, path: &str, known: &Plan) -> (Option<Topology>, bool) {
        let takes = |topology: Topology| {
            let mut ways = self.own.of(topology).rto.iter().filter(|way| way.unplanned);
            ways.any(|way| way.steps.iter().any(|step| step.field == path))
        };
        let timed = Topology::ALL.map(|topology| {
            let own = self.own.of(topology).clone();
            if !takes(topology) {
                return own;
            }
            let times = rto(&own.case(known, self.catalog, &self.own.demand));
            TopologyAnswer { rto: times, ..own }
        });
        self.chosen(path, known, &self.own.demand, timed)
    }

    fn by_answers(&self, path: &str, known: &Plan) -> (Option<Topology>, bool) {
        let demand = demand(known);
        let answers = Topology::ALL.map(|topology| {
            if is_of_group(path) && topology != Topology::Active {
                return self.own.of(topology).clone();
            }
            answer(topology, &paid(known, self.terms[topology as usize]), self.catalog, &demand)
        });
        self.chosen(path, known, &demand, answers)
    }

    /// Designs whose months ahead are the plan's own: the same caches at the same month, and the same sizes after them.
    fn same_months(&self, path: &str, known: &Plan, answers: &[TopologyAnswer; 3]) -> [bool; 3] {
        let same = answers.each_ref().map(|it| {
            let own = self.own.of(it.topology);
            it.design.caches == own.design.caches && it.bill.total == own.bill.total
        });
        let load = path.starts_with("workload.spread.");
        if !load && path != CRDT && !self.is_in_a_held_target(path) {
            return same;
        }
        let [of_rebuild, of_pair, of_group] = self.terms;
        let [rebuild, passive, active] = answers;
        let group = if same[2] { self.sizes(known, active, of_group) } else { Sizes::Others };
        let follows = || {
            // A group of a given size that does not hold the load is none that follows: that one is in no answer.
            let holds = self.own.of(Topology::Active).design.misfits.is_empty();
            let one_term = of_pair == of_group || group != Sizes::Same;
            holds && (if one_term { group } else { self.sizes(known, active, of_pair) }) != Sizes::Others
        };
        let ends = self.over.of(Topology::Passive).leaves.is_some();
        let keeps = |it: &TopologyAnswer, term| self.sizes(known, it, term) != Sizes::Others;
        [
            same[0] && (!load || keeps(rebuild, of_rebuild)),
            same[1] && (is_of_group(path) || keeps(passive, of_pair)) && (!ends || follows()),
            group != Sizes::Others,
        ]
    }

    /// The sizes of a design's later months beside the plan's own.
    fn sizes(&self, known: &Plan, answer: &TopologyAnswer, term: Option<ReservationTerm>) -> Sizes {
        let topology = answer.topology;
        let later = |plan: &Plan, design: &Design| -> Vec<_> {
            sizes_ahead(topology, &paid(plan, term), self.catalog, design).collect()
        };
        let mut ahead = self.ahead.borrow_mut();
        let at = ahead.iter().position(|it| (it.0, it.1) == (topology, term)).unwrap_or_else(|| {
            ahead.push((topology, term, later(self.plan, &self.own.of(topology).design)));
            ahead.len() - 1
        });
        let (own, then) = (&ahead[at].2, later(known, &answer.design));
        let over = self.over.of(topology);
        let passes = |most: Money| {
            // Of one that waits the size is chosen by months that nobody pays.
            over.waits.is_some() || over.own.bill(1).is_some_and(|first| first <= most) && over.own.over(most) > 0
        };
        if own.is_empty() && then.is_empty() {
            Sizes::Stand
        } else if *own != then || self.objectives.budget.is_some_and(passes) {
            Sizes::Others
        } else {
            Sizes::Same
        }
    }

    /// A target that sizes of later months go on to meet reads the range.
    fn is_in_a_held_target(&self, path: &str) -> bool {
        match path.strip_prefix("assumptions.") {
            Some(it) if it.starts_with("kept_") => self.objectives.runway.is_some(),
            Some("sync_rate" | "apply_commands" | "member_network") => self.objectives.rpo.is_some(),
            Some(_) => false,
            None => path.starts_with("syncs.") && self.objectives.rpo.is_some(),
        }
    }

    /// The choice of these answers, and whether another one costs less than the plan's own: that one where they have its designs, months
    /// and verdicts.
    fn chosen(
        &self,
        path: &str,
        known: &Plan,
        demand: &Demand,
        mut answers: [TopologyAnswer; 3],
    ) -> (Option<Topology>, bool) {
        for answer in &mut answers {
            answer.verdicts = verdicts(known, answer);
        }
        let known_costs = OnceCell::new();
        let mut same = self.same_months(path, known, &answers);
        if same != SAME && months_decide(known, &answers) {
            let over = known_costs.get_or_init(|| self.costs(known, demand, &answers, same));
            if begin(known, self.catalog, self.terms, demand, over, &mut answers) {
                same = self.same_months(path, known, &answers);
            }
        }
        let same_costs = same == SAME && !self.over.counts_loss();
        if same_costs && answers.iter().all(|it| same_verdicts(it, self.own.of(it.topology))) {
            return (Some(self.choice), false);
        }
        let each = answers.each_ref();
        let found = rules::findings(known, self.catalog, demand, each, None).findings;
        let worked_out = || self.costs(known, demand, &answers, same);
        let over = || known_costs.get_or_init(worked_out).clone();
        let to = compare(known, self.catalog, each, (&found, &[]), &over, Reader::Nobody, &|_| false).choice;
        let cheaper = to.filter(|to| *to != self.choice).is_some_and(|to| {
            let rank = |over: &OverHorizon, of: Topology| over.of(of).rank();
            let (other, own) = (rank(known_costs.get_or_init(worked_out), to), rank(self.over, self.choice));
            other.is_some() && other < own
        });
        (to, cheaper)
    }

    /// What the designs cost; where the months ahead are the plan's own, what is lost in them may still be another sum.
    fn costs(&self, known: &Plan, demand: &Demand, answers: &[TopologyAnswer; 3], same: [bool; 3]) -> OverHorizon {
        let losses = answers.each_ref().map(|it| expected_loss(known, self.catalog, demand.keys, it));
        let mut over = self.over.losing(losses);
        let walked = Walked::default();
        for topology in Topology::ALL.into_iter().filter(|it| !same[*it as usize]) {
            let (plan, loss) = (paid(known, self.terms[topology as usize]), losses[topology as usize]);
            over.costs[topology as usize] = cost_alone(topology, &plan, self.catalog, loss, &walked);
        }
        over
    }
}

/// Every design has the plan's own months ahead.
const SAME: [bool; 3] = [true; 3];

/// A group alone keeps memory, spends it on CRDTs, and shares a node's network.
fn is_of_group(path: &str) -> bool {
    path.starts_with("assumptions.kept_") || matches!(path, CRDT | "assumptions.member_network")
}

/// Each target met or missed alike, and nothing else in the way but what was.
fn same_verdicts(one: &TopologyAnswer, own: &TopologyAnswer) -> bool {
    let met = |it: &TopologyAnswer| it.verdicts.iter().map(|verdict| verdict.met).collect::<Vec<_>>();
    met(one) == met(own)
        && one.design.misfits == own.design.misfits
        && one.capacity.enough == own.capacity.enough
        && one.sync.never_complete(one.topology) == own.sync.never_complete(own.topology)
}

#[cfg(test)]
mod tests;
