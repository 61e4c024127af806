//! Where the coefficients of a group's memory come from, in words: an assumption, or a drill.

use crate::plan::{Calibration, Plan, RangeField};

/// "“drill.csv” of 2026-03-01", or "“drill.csv”, read on 2026-03-01" where the series has no dates.
#[must_use]
pub fn drill(known: &Calibration) -> String {
    let when = if known.of_series { " of" } else { ", read on" };
    format!("“{}”{when} {}", known.source, known.date)
}

/// One sentence about all of them: assumptions, or what κ and the bytes retained per delete were fitted to.
#[must_use]
pub fn basis(plan: &Plan) -> String {
    match (plan.calibrated(), &plan.calibration) {
        (Some(known), _) if !known.has_factor() => {
            format!("Bytes retained per delete are fitted to {}; other coefficients are assumptions.", drill(known))
        }
        (Some(known), _) => format!(
            "κ and bytes retained per delete are fitted to {}; other coefficients are assumptions.",
            drill(known)
        ),
        (None, Some(known)) => format!(
            "κ or bytes retained per delete changed since the fit to {}: all coefficients are assumptions.",
            drill(known)
        ),
        (None, None) => "Coefficients are assumed until a drill calibrates them.".to_owned(),
    }
}

/// What a calibrated range was fitted to; `None` for any other, and without a calibration that holds.
#[must_use]
pub fn fitted(plan: &Plan, path: &str) -> Option<String> {
    let is_of = |known: &&Calibration| {
        path == "assumptions.kept_per_delete" || (path == "assumptions.crdt_factor" && known.has_factor())
    };
    plan.calibrated().filter(is_of).map(|known| format!("fitted to {}", drill(known)))
}

/// Where a range comes from: the drill that it was fitted to, or the source of its default.
#[must_use]
pub fn source_of(plan: &Plan, range: &RangeField) -> String {
    fitted(plan, range.path).unwrap_or_else(|| range.source.to_owned())
}
