//! Ranges of a plan at an end of which another design is the choice: every one is decided again with the range known.
//!
//! Most ends move nothing that a choice reads. So answers come first, of a step of recovery its times alone; rules and the months ahead
//! are asked where a design, its month, a verdict or the month in which a size is outgrown is another one.

use super::months::{begin, months_decide};
use super::{Evaluation, Terms, answer, costs, paid};
use crate::catalog::Catalog;
use crate::decide::{Reader, Turn, compare, verdicts};
use crate::model::cost::loss::expected_loss;
use crate::model::demand::{Demand, demand};
use crate::model::fit::Misfit;
use crate::model::horizon::{OverHorizon, outgrown};
use crate::model::rto::rto;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Input, Objectives, Plan};
use crate::rules;
use std::cell::OnceCell;

/// Every end of a range at which the choice is another one; empty without a choice. Of a range both ends may.
pub(super) fn turns(plan: &Plan, catalog: &Catalog, terms: Terms, own: &Evaluation) -> Vec<Turn> {
    let comparison = &own.comparison;
    let (Some(choice), Some(over)) = (comparison.choice, &comparison.over) else { return Vec::new() };
    let asked = Asked { catalog, own, terms, choice, over, objectives: plan.objectives_in(catalog.currency()) };
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
    catalog: &'a Catalog,
    own: &'a Evaluation,
    /// How each design is paid.
    terms: Terms,
    choice: Topology,
    over: &'a OverHorizon,
    objectives: Objectives,
}

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

    /// The same caches at the same month, outgrown in the same month if at all: then the months ahead are the same.
    fn same_costs(&self, path: &str, known: &Plan, answers: &[TopologyAnswer; 3]) -> bool {
        let same = |it: &TopologyAnswer| {
            let own = self.own.of(it.topology);
            it.design.caches == own.design.caches && it.bill.total == own.bill.total
        };
        answers.iter().all(same) && !self.grows_otherwise(path, known, answers)
    }

    /// A size of a later month is another one: the range is in what a size has to hold, or in a target that it has to meet. Where the load
    /// outgrows the size at neither end, nothing follows it.
    fn grows_otherwise(&self, path: &str, known: &Plan, answers: &[TopologyAnswer; 3]) -> bool {
        let holds = path == CRDT || path.starts_with("workload.spread.");
        if !holds && !self.is_in_a_held_target(path) {
            return false;
        }
        // What follows a pair is of an open size where the plan's own group does not hold the load: no answer has it.
        let ends = self.over.of(Topology::Passive).leaves.is_some();
        if holds && ends && !self.own.of(Topology::Active).design.misfits.is_empty() {
            return true;
        }
        answers.iter().filter(|it| !is_of_group(path) || it.topology == Topology::Active).any(|it| {
            let own = self.over.of(it.topology).own.outgrown.as_ref();
            let then = outgrown(it.topology, known, self.catalog, &it.design);
            let by_target = |why: &[Misfit]| matches!(why, [Misfit::Target { .. }]);
            own.map(|(month, _)| month) != then.as_ref().map(|(month, _)| month)
                || then.is_some_and(|(_, why)| holds || by_target(&why))
        })
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
        let priced = self.over.counts_loss();
        let known_costs = OnceCell::new();
        let mut same = self.same_costs(path, known, &answers);
        if !same && months_decide(known, &answers) {
            let losses = answers.each_ref().map(|it| expected_loss(known, self.catalog, demand.keys, it));
            let over = known_costs.get_or_init(|| costs(known, self.catalog, self.terms, losses));
            if begin(known, self.catalog, self.terms, demand, over, &mut answers) {
                same = self.same_costs(path, known, &answers);
            }
        }
        let same_costs = !priced && same;
        if same_costs && answers.iter().all(|it| same_verdicts(it, self.own.of(it.topology))) {
            return (Some(self.choice), false);
        }
        let [rebuild, passive, active] = &answers;
        let each = [rebuild, passive, active];
        let found = rules::findings(known, self.catalog, demand, each, None).findings;
        let losses = || each.map(|it| expected_loss(known, self.catalog, demand.keys, it));
        let worked_out = || {
            if same_costs { self.over.clone() } else { costs(known, self.catalog, self.terms, losses()) }
        };
        let over = || known_costs.get_or_init(worked_out).clone();
        let to = compare(known, self.catalog, each, (&found, &[]), &over, Reader::Nobody, &|_| false).choice;
        let cheaper = to.filter(|to| *to != self.choice).is_some_and(|to| {
            let rank = |over: &OverHorizon, of: Topology| over.of(of).rank();
            let (other, own) = (rank(known_costs.get_or_init(worked_out), to), rank(self.over, self.choice));
            other.is_some() && other < own
        });
        (to, cheaper)
    }
}

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
