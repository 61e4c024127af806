//! The one door: a plan and a catalogue in, every answer out.

use crate::catalog::Catalog;
use crate::model::active_outage::runway;
use crate::model::capacity::capacity;
use crate::model::comparison::{Comparison, compare, verdicts};
use crate::model::cost::{Bill, MissingPrice, PricedNode, bill, not_applied};
use crate::model::demand::{Demand, demand};
use crate::model::fit::design;
use crate::model::latency::latency;
use crate::model::rpo::rpo;
use crate::model::rto::rto;
use crate::model::sync::full_sync;
use crate::model::{Topology, TopologyAnswer};
use crate::order::sort_few;
use crate::plan::Plan;
use crate::rules::{self, Finding};
use serde::Serialize;

/// Every answer for one plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// What the load means in bytes, keys and rates; everything that basic mode derives.
    pub demand: Demand,
    /// One cache, reloaded from the database.
    pub rebuild: TopologyAnswer,
    /// Two Premium caches, one read-only.
    pub passive: TopologyAnswer,
    /// Two to five AMR members, all writable.
    pub active: TopologyAnswer,
    /// Who passes, who is cheapest, and why.
    pub comparison: Comparison,
    /// All findings, blocks first.
    pub findings: Vec<Finding>,
}

impl Evaluation {
    /// The bill of each topology, in the order of [`Topology::ALL`].
    #[must_use]
    pub fn bills(&self) -> [(Topology, &Bill); 3] {
        Topology::ALL.map(|topology| (topology, &self.of(topology).bill))
    }

    /// The nodes whose missing price leaves the month of a possible design a lower bound, each once, in the order of
    /// [`Topology::ALL`]: what to enter before costs can be compared.
    #[must_use]
    pub fn missing_nodes(&self) -> Vec<PricedNode> {
        let answers = Topology::ALL.map(|topology| self.of(topology));
        let possible = answers.into_iter().filter(|answer| answer.design.possible).map(|answer| &answer.bill.total);
        MissingPrice::of_all(possible).into_iter().filter_map(|missing| missing.node).collect()
    }

    /// "The 12 % discount does not apply to reserved nodes: assumption."; `None` where every line gets the discount of its family.
    #[must_use]
    pub fn discount_not_applied(&self, plan: &Plan) -> Option<String> {
        Topology::ALL.into_iter().find_map(|topology| not_applied(&self.of(topology).bill.lines, &plan.pricing))
    }

    /// The answer for one topology.
    #[must_use]
    pub fn of(&self, topology: Topology) -> &TopologyAnswer {
        match topology {
            Topology::Rebuild => &self.rebuild,
            Topology::Passive => &self.passive,
            Topology::Active => &self.active,
        }
    }
}

/// Evaluates a plan: demand, then for each topology design, full sync, bill, RPO, RTO, runway, capacity, latency and
/// verdicts, then the findings over all three and the comparison.
///
/// Total: a plan that passed [`crate::plan::check`] always gives an answer, and so does one that did not, with what is
/// wrong among the findings.
#[must_use]
pub fn evaluate(plan: &Plan, catalog: &Catalog) -> Evaluation {
    let demand = demand(plan);
    let [rebuild, passive, active] = Topology::ALL.map(|topology| answer(topology, plan, catalog, &demand));
    let answers = [&rebuild, &passive, &active];
    let mut findings = rules::findings(plan, catalog, &demand, answers);
    sort_few(&mut findings, |a, b| (a.severity, &a.id).cmp(&(b.severity, &b.id)));
    let comparison = compare(plan, catalog, answers, &findings);
    Evaluation { demand, rebuild, passive, active, comparison, findings }
}

/// One topology, each answer from those before it.
fn answer(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand) -> TopologyAnswer {
    let design = design(topology, plan, catalog, demand);
    let sync = full_sync(topology, plan, catalog, demand, &design);
    let rto = rto(topology, plan, demand, &design, &sync);
    let mut answer = TopologyAnswer {
        topology,
        bill: bill(topology, plan, catalog, demand, &design, &sync),
        rpo: rpo(topology, plan, catalog, demand, &design, &sync),
        runway: runway(topology, plan, catalog, demand, &design),
        capacity: capacity(topology, plan, catalog, demand, &design),
        latency: latency(topology, plan, catalog, &design),
        verdicts: Vec::new(),
        design,
        sync,
        rto,
    };
    answer.verdicts = verdicts(plan, &answer);
    answer
}
