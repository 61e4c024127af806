//! `dr-planner outage`: a region's outage, event by event.

use super::delivery::Format;
use super::plan_to_document::PlanToDocument;
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
    to_document: PlanToDocument,
}

impl Arguments {
    pub(super) fn simulate_outage(&self) -> Result<Printed, CliError> {
        self.to_document.printed(|plan, catalog, format| {
            let document = outage::document(Subject { plan, catalog, evaluation: &evaluate(plan, catalog) });
            match format {
                Format::Text | Format::Markdown => document.in_words(),
                Format::Html | Format::Csv => document,
            }
        })
    }
}
