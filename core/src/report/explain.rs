//! Where a figure comes from: formula, inputs, source and date, made on demand.

use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::comparison::Objective;
use crate::plan::Plan;

/// How one figure was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The figure in words: "RPO P95 of the passive pair is 38 s".
    pub title: String,
    /// Number of the model formula: "M-04".
    pub model: &'static str,
    /// The formula in symbols or words, with this plan's figures filled in.
    pub formula: Vec<String>,
    /// Inputs: name, value, where it comes from ("your input", "assumption", "S1, 2024-11-15").
    pub inputs: Vec<(String, String, String)>,
    /// What the figure leaves out or must not be read as.
    pub caveats: Vec<String>,
}

/// Explains the headline figure of one objective for one topology.
#[must_use]
pub fn explain(
    objective: Objective,
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    evaluation: &Evaluation,
) -> Explanation {
    let _ = (objective, topology, plan, catalog, evaluation);
    todo!("report")
}
