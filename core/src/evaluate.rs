//! The one door: a plan and a catalogue in, every answer out.

use crate::catalog::Catalog;
use crate::model::comparison::Comparison;
use crate::model::demand::Demand;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::rules::Finding;
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

/// Evaluates a plan. Total: a plan that passed [`crate::plan::check`] always gives an answer, and so does one that did
/// not, with what is wrong among the findings.
#[must_use]
pub fn evaluate(plan: &Plan, catalog: &Catalog) -> Evaluation {
    let _ = (plan, catalog);
    todo!("evaluate")
}
