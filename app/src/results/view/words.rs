//! Words that several panels share.

use dr_core::catalog::Severity;
use dr_core::evaluate::Evaluation;
use dr_core::model::Topology;
use dr_core::model::verdict::Objective;

/// Class of the topology's colour.
pub(in crate::results) const fn class(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "t-rebuild",
        Topology::Passive => "t-passive",
        Topology::Active => "t-active",
    }
}

/// Stable name in attributes.
pub(in crate::results) const fn slug(topology: Topology) -> &'static str {
    topology.slug()
}

/// An objective in words.
pub(in crate::results) const fn objective(objective: Objective) -> &'static str {
    match objective {
        // The width of a card: its note says "a month", and whose writes they are.
        Objective::Cost => "Cost, as planned",
        Objective::Latency => "Latency P95",
        other => other.heading(),
    }
}

/// A severity in words.
pub(in crate::results) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "block",
        Severity::Warn => "warn",
        Severity::Info => "info",
    }
}

/// Findings of one topology by severity: block, warn, info.
pub(in crate::results) fn counts(evaluation: &Evaluation, topology: Topology) -> [usize; 3] {
    [Severity::Block, Severity::Warn, Severity::Info].map(|severity| {
        evaluation
            .findings
            .iter()
            .filter(|finding| finding.topology == topology && finding.severity == severity)
            .count()
    })
}
