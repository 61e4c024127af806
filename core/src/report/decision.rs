//! The decision record (ADR) as Markdown: context, options, decision, consequences, assumptions, sources.

use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::plan::Plan;

/// The decision record of a plan, ready to be filed beside other architecture decisions.
#[must_use]
pub fn decision_record(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> String {
    let _ = (plan, catalog, evaluation);
    todo!("report")
}
