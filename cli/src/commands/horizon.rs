//! `dr-planner horizon`: the cost month by month.

use super::input::PlanInput;
use crate::error::CliError;
use crate::output::Printed;
use clap::Args;
use dr_core::model::horizon::horizon;
use dr_core::report::chart::horizon_chart;
use dr_core::report::horizon::markdown;

const EXAMPLES: &str = "\
Examples:
  dr-planner horizon plan.json
  dr-planner horizon plan.json --prices prices.csv > months.md";

/// Print the cost of each month ahead, with growth, larger sizes and retirements on the way, as Markdown
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: PlanInput,
}

impl Arguments {
    pub(super) fn project_costs(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        let months = horizon(&plan, &catalog);
        Ok(markdown(&plan.name, &months, horizon_chart(&months, &catalog).as_ref()).into())
    }
}
