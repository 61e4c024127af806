//! `dr-planner decision`: the decision record.

use super::plan_to_document::PlanToDocument;
use crate::error::CliError;
use crate::output::Printed;
use clap::Args;
use dr_core::evaluate::evaluate;
use dr_core::report::decision::decision_document;
use dr_core::report::views::Subject;

const EXAMPLES: &str = "\
Examples:
  dr-planner decision plan.json
  dr-planner decision plan.json --format markdown -o decision.md";

/// Print the decision record: context, options, decision, consequences, assumptions, sources
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    to_document: PlanToDocument,
}

impl Arguments {
    pub(super) fn decision(&self) -> Result<Printed, CliError> {
        self.to_document.printed(|plan, catalog, _| {
            decision_document(Subject { plan, catalog, evaluation: &evaluate(plan, catalog) })
        })
    }
}
