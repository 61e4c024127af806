//! `dr-planner report`: the report as the page prints it.

use super::input::PlanInput;
use crate::error::CliError;
use crate::output::Printed;
use clap::{Args, ValueEnum};
use dr_core::draw::html;
use dr_core::evaluate::evaluate;
use dr_core::report::paper::{Letterhead, Paper, paper_of};
use dr_core::report::views::Subject;
use dr_core::units::Date;
use std::time::{SystemTime, UNIX_EPOCH};

const EXAMPLES: &str = "\
Examples:
  dr-planner report plan.json
  dr-planner report plan.json --format html > report.html
  dr-planner report plan.json --section answer --section sources --format markdown";

/// Print the report: answer, charts, findings, inputs, assumptions and sources
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: PlanInput,

    /// Format; html is one file with its charts drawn, for paper and without a network
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Section to print, as often as there are sections [default: the report]
    #[arg(long = "section", value_name = "NAME")]
    sections: Vec<String>,

    /// Day on which the report is made [default: today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,

    /// Address of the page on which the report's link opens the plan
    #[arg(long, value_name = "ADDRESS")]
    page: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Html,
}

impl Arguments {
    pub(super) fn report(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let letterhead = Letterhead { date: self.date.or_else(today), page: self.page.clone() };
        let paper = paper_of(subject, &letterhead, &self.sections).map_err(|why| CliError::refused(&why))?;
        Ok(self.format.write(&paper).into())
    }
}

impl Format {
    fn write(self, paper: &Paper) -> String {
        match self {
            Self::Text => paper.plain(),
            Self::Markdown => paper.markdown(),
            Self::Html => html::file(paper),
        }
    }
}

/// Today in UTC, as the page dates its report.
fn today() -> Option<Date> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Date::of_moment(since.as_secs_f64())
}
