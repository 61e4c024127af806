//! The tab Rules: findings, and every rule with its status (M-11).

mod all_rules;
mod findings;
#[cfg(test)]
mod tests;

use super::Subject;
use crate::catalog::Severity;
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::report::document::Section;

pub use all_rules::all_rules;
pub use findings::{findings, findings_by_tag, open_by_tag, open_findings};

/// Findings of every topology.
#[must_use]
pub fn rules(subject: Subject) -> Vec<Section> {
    vec![findings(subject, None)]
}

/// What nobody has confirmed yet.
#[must_use]
pub fn open_work(subject: Subject) -> Vec<Section> {
    vec![open_findings(subject, None)]
}

/// Every rule with its status.
#[must_use]
pub fn everything(subject: Subject) -> Vec<Section> {
    vec![all_rules(subject)]
}

/// How many findings a topology has: block, warn, info.
#[must_use]
pub fn counts(evaluation: &Evaluation, topology: Topology) -> [usize; 3] {
    Severity::ALL.map(|severity| {
        evaluation
            .findings
            .iter()
            .filter(|finding| finding.topology == topology && finding.severity == severity)
            .count()
    })
}
