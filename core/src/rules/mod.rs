//! Findings (M-11): a rule is data in the catalogue plus one predicate over the plan.

use crate::catalog::Severity;
use crate::model::Topology;
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
