//! `dr-planner bill`: the bills as the page exports them.

use super::delivery::{DataFormat, Target};
use super::input::{PlanInput, topologies};
use crate::error::CliError;
use crate::output::{Printed, note};
use clap::Args;
use dr_core::catalog::Catalog;
use dr_core::evaluate::evaluate;
use dr_core::explore::bill_bands::bands_of_all;
use dr_core::model::Topology;
use dr_core::plan::Plan;
use dr_core::report::bill_text::{self, banded};
use dr_core::report::focus::{self, Stamp};
use dr_core::report::json::bills_json;
use dr_core::units::Date;

const EXAMPLES: &str = "\
Examples:
  dr-planner bill plan.json
  dr-planner bill plan.json --format csv > bill.csv
  dr-planner bill --focus --date 2026-11-21 --topology active plan.json > focus.csv";

/// Print the bill of a steady month of every topology
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: PlanInput,

    /// Format; csv and json hold exact figures, as the page exports them
    #[arg(long, value_enum, default_value_t = DataFormat::Text, conflicts_with = "focus")]
    format: DataFormat,

    /// Print one bill with the columns of FOCUS 1.2, as CSV
    #[arg(long, requires = "date")]
    focus: bool,

    #[command(flatten)]
    target: Target,

    /// Day on which the FOCUS file is made
    #[arg(long, value_name = "YYYY-MM-DD", requires = "focus")]
    date: Option<Date>,

    /// Topology of the FOCUS file [default: the recommended one]
    #[arg(long, value_parser = topologies(), requires = "focus")]
    topology: Option<Topology>,
}

impl Arguments {
    pub(super) fn bill(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        // The command line has a date where it has --focus.
        if let Some(date) = self.date {
            return self.focus(&plan, &catalog, date);
        }
        let evaluation = evaluate(&plan, &catalog);
        let bands = bands_of_all(&plan, &catalog);
        let bills = banded(&evaluation, &bands);
        let document = bill_text::document(bill_text::title(&plan.name), &bills);
        self.target.deliver(self.format.written(&document, || bill_text::csv_of_all(&bills), || bills_json(&bills)))
    }

    fn focus(&self, plan: &Plan, catalog: &Catalog, date: Date) -> Result<Printed, CliError> {
        let evaluation = evaluate(plan, catalog);
        let stamp = Stamp { date, tags: &[], version: &catalog.model_version() };
        let made = focus::file(plan, catalog, &evaluation, self.topology, &stamp);
        let (_, file) = made.map_err(|why| CliError::refused(&why))?;
        for remark in
            file.left_out_note().into_iter().chain(file.prepaid_note().map(str::to_owned)).chain(file.waits.clone())
        {
            note(&format!("{remark}\n"));
        }
        self.target.deliver(file.csv())
    }
}
