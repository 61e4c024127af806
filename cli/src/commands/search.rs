//! `dr-planner search`: the cheapest design that meets every target.

use super::delivery::tables;
use super::input::PlanInput;
use crate::error::CliError;
use crate::output::Printed;
use clap::{Args, ValueEnum};
use dr_core::evaluate::evaluate;
use dr_core::explore::search::{RegionSearch, search};
use dr_core::report::document::Document;
use dr_core::report::search::search_json;
use dr_core::report::views::Subject;
use dr_core::report::views::cost::{searched, searched_with_regions};

const EXAMPLES: &str = "\
Examples:
  dr-planner search plan.json
  dr-planner search plan.json --regions --format csv > designs.csv";

/// Print the cheapest design that meets every target, what each target costs, and what the next step up buys
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: PlanInput,

    /// Try every region that the plan allows, beside its own
    #[arg(long)]
    regions: bool,

    /// Format; csv holds the tables, json every design that was found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What the answer becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Csv,
    Json,
}

impl Arguments {
    pub(super) fn search(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        let regions = self.regions.then(|| RegionSearch::whole(&plan, &catalog));
        if self.format == Format::Json {
            return Ok(search_json(&search(&plan, &catalog), regions.as_ref(), catalog.currency()).into());
        }
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let sections = match &regions {
            Some(regions) => searched_with_regions(subject, &search(&plan, &catalog), regions),
            None => searched(subject),
        };
        let document = Document { title: plan.name.clone(), opening: Vec::new(), sections };
        Ok(match self.format {
            Format::Markdown => document.markdown(),
            Format::Csv => tables(document.csv())?,
            Format::Text | Format::Json => document.plain(),
        }
        .into())
    }
}
