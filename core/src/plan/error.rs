//! What a field that breaks a rule is told with.

use std::fmt;

/// A field whose value breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's path in the plan file, `workload.writes`.
    pub field: String,
    /// One sentence: the field, the value with its unit, the rule, what to do.
    pub message: String,
}

impl FieldError {
    pub(super) fn new(field: &str, message: String) -> Self {
        Self { field: field.to_owned(), message }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for FieldError {}
