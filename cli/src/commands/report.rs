//! `dr-planner report`: what the page shows and prints.

use super::delivery::{Delivery, Format, tables};
use super::input::PlanInput;
use crate::error::CliError;
use crate::output::Printed;
use clap::Args;
use dr_core::draw::html;
use dr_core::evaluate::evaluate;
use dr_core::report::paper::{Letterhead, paper_of};
use dr_core::report::views::Subject;
use dr_core::units::Date;
use std::time::{SystemTime, UNIX_EPOCH};

const EXAMPLES: &str = "\
Examples:
  dr-planner report plan.json
  dr-planner report plan.json --section overview --section sources
  dr-planner report plan.json --section cost-bill --format csv
  dr-planner report plan.json --format html -o report.html";

/// Print the report of a plan: the answer with its figures, inputs, assumptions and sources
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: PlanInput,

    /// View or section to print, once for each [default: the whole report]
    #[arg(long = "section", value_name = "NAME")]
    sections: Vec<String>,

    #[command(flatten)]
    delivery: Delivery,

    /// Day of the report [default: today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,

    /// Address of the page that the report's link opens the plan on
    #[arg(long, value_name = "ADDRESS")]
    page: Option<String>,
}

impl Arguments {
    pub(super) fn report(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let letterhead = Letterhead { date: self.date.or_else(today), page: self.page.clone() };
        let paper = paper_of(subject, &letterhead, &self.sections).map_err(|why| CliError::refused(&why))?;
        self.delivery.deliver(match self.delivery.format() {
            Format::Text => paper.plain(),
            Format::Markdown => paper.markdown(),
            Format::Html => html::file(&paper),
            Format::Csv => tables(paper.csv())?,
        })
    }
}

/// Today in UTC, as the page dates its report.
pub(super) fn today() -> Option<Date> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Date::of_moment(since.as_secs_f64())
}
