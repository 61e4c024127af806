//! `dr-planner decision`: the decision record.

use super::delivery::Delivery;
use super::input::PlanInput;
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
    input: PlanInput,

    #[command(flatten)]
    delivery: Delivery,
}

impl Arguments {
    pub(super) fn decision(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        self.delivery.document(&decision_document(subject))
    }
}
