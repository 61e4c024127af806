//! The runbook: what to run, in order, with the plan's own names filled in.

use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::plan::Plan;

/// A runbook of one topology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runbook {
    /// Sections: create, watch, planned failover, unplanned failover, afterwards.
    pub sections: Vec<Section>,
}

/// One part of a runbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// When to do it, in one sentence.
    pub when: String,
    /// Steps in order.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What to do and why, in one or two sentences.
    pub text: String,
    /// Shell commands; empty where there is nothing to run.
    pub commands: String,
    /// How to see that it worked; may be empty.
    pub check: String,
}

/// Writes the runbook of one topology.
#[must_use]
pub fn runbook(topology: Topology, plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Runbook {
    let _ = (topology, plan, catalog, evaluation);
    todo!("report")
}

/// The runbook as Markdown.
#[must_use]
pub fn to_markdown(runbook: &Runbook, plan: &Plan) -> String {
    let _ = (runbook, plan);
    todo!("report")
}
