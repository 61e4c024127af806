//! A plan as text: versioned JSON, and the `#…` fragment of a link. Both read back exactly.

use crate::plan::Plan;
use std::fmt;

/// Plan files and links above this size are refused unread.
pub const MAX_PLAN_BYTES: usize = 1_000_000;
/// Version that this release writes.
pub const PLAN_VERSION: u32 = 1;

/// Why a text is no plan; one sentence that names the field and the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanError(pub(crate) String);

impl fmt::Display for PlanError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for PlanError {}

/// The plan as pretty JSON with its version, ending in a line break.
#[must_use]
pub fn to_json(plan: &Plan) -> String {
    let _ = plan;
    todo!("codec")
}

/// Reads a plan file: size, syntax, version, fields, bounds.
pub fn from_json(text: &str) -> Result<Plan, PlanError> {
    let _ = text;
    todo!("codec")
}

/// The plan as the fragment of a link, without the `#`.
#[must_use]
pub fn to_fragment(plan: &Plan) -> String {
    let _ = plan;
    todo!("codec")
}

/// Reads the fragment of a link, with or without the `#`.
pub fn from_fragment(fragment: &str) -> Result<Plan, PlanError> {
    let _ = fragment;
    todo!("codec")
}
