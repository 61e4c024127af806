//! `dr-planner outage`: a region's outage, event by event.

use super::delivery::{Delivery, Format};
use super::input::PlanInput;
use crate::error::CliError;
use crate::output::Printed;
use clap::Args;
use dr_core::evaluate::evaluate;
use dr_core::report::views::{Subject, outage};

const EXAMPLES: &str = "\
Examples:
  dr-planner outage plan.json
  dr-planner outage - --prices prices.csv < plan.json";

/// Simulate the plan's outage: print it event by event, what follows from it, and what a flush, scaling and patching do
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: PlanInput,

    #[command(flatten)]
    delivery: Delivery,
}

impl Arguments {
    pub(super) fn simulate_outage(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let document = outage::document(subject);
        self.delivery.document(&match self.delivery.format() {
            Format::Text | Format::Markdown => document.in_words(),
            Format::Html | Format::Csv => document,
        })
    }
}
