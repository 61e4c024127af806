//! `dr-planner horizon`: the cost month by month.

use super::plan_to_document::PlanToDocument;
use crate::error::CliError;
use crate::output::Printed;
use clap::Args;
use dr_core::model::horizon::horizon;
use dr_core::report::views::cost::months_document;

const EXAMPLES: &str = "\
Examples:
  dr-planner horizon plan.json
  dr-planner horizon plan.json --prices prices.csv --format html -o months.html";

/// Print the cost of each month ahead, with growth, larger sizes and retirements on the way
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    to_document: PlanToDocument,
}

impl Arguments {
    pub(super) fn project_costs(&self) -> Result<Printed, CliError> {
        self.to_document.printed(|plan, catalog, _| months_document(plan, &horizon(plan, catalog), catalog))
    }
}
