//! A finding, and the order of several.

use crate::catalog::Severity;

/// One thing that somebody should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable name: `EST-HALF`.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What holds, in a sentence.
    pub says: String,
    /// What shows it, and what to do.
    pub do_next: String,
}

impl Finding {
    /// The most severe first, then by name and words.
    pub(in crate::estate) fn order(&self) -> (Severity, &'static str, &str) {
        (self.severity, self.id, &self.says)
    }
}

pub(in crate::estate) fn finding(
    id: &'static str,
    severity: Severity,
    says: String,
    do_next: impl Into<String>,
) -> Finding {
    Finding { id, severity, says, do_next: do_next.into() }
}
