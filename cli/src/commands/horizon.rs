//! `dr-planner horizon`: the cost month by month.

use super::delivery::Delivery;
use super::input::PlanInput;
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
    input: PlanInput,

    #[command(flatten)]
    delivery: Delivery,
}

impl Arguments {
    pub(super) fn project_costs(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        let months = horizon(&plan, &catalog);
        self.delivery.document(&months_document(&plan.name, &months, &catalog))
    }
}
