//! Bounds of every field: the same data for the page's fields, for imported files and for messages.

use super::Plan;
use std::fmt;

/// A field whose value breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's path in the plan file, `workload.writes`.
    pub field: String,
    /// One sentence: the value with its unit, the rule, what to do.
    pub message: String,
}

impl fmt::Display for FieldError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.field, self.message)
    }
}

impl std::error::Error for FieldError {}
