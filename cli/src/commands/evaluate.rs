//! `dr-planner evaluate`: every answer.

use super::input::PlanInput;
use crate::error::CliError;
use crate::output::Printed;
use clap::Args;
use dr_core::evaluate::evaluate;
use dr_core::report::json::evaluation_json;
use dr_core::report::views::Subject;

const EXAMPLES: &str = "\
Examples:
  dr-planner evaluate plan.json
  dr-planner evaluate --prices page-1.json --prices page-2.json plan.json
  dr-planner evaluate - < plan.json > answers.json";

/// Print every answer as JSON: cost, RPO, RTO, memory runway, latency and findings of each topology
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: PlanInput,
}

impl Arguments {
    pub(super) fn evaluate(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        Ok(evaluation_json(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluate(&plan, &catalog) }).into())
    }
}
