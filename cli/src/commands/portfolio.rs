//! `dr-planner portfolio`: many plans of one file, as the page shows and exports them.

use super::delivery::{DataFormat, Target};
use super::input::Sheets;
use crate::error::CliError;
use crate::files::read;
use crate::output::{Printed, note};
use crate::prices;
use clap::Args;
use dr_core::catalog::Catalog;
use dr_core::import::kind::Known;
use dr_core::portfolio::{self, Portfolio, Rows};
use dr_core::report::portfolio::{FocusText, csv, document, json};
use dr_core::units::Date;
use std::ffi::OsString;

const EXAMPLES: &str = "\
Examples:
  dr-planner portfolio portfolio.json
  dr-planner portfolio --format csv portfolio.json --prices prices.csv > rows.csv
  dr-planner portfolio portfolio.json --focus --date 2026-11-21 > focus.csv";

/// Print many plans: totals, shares by tag and a row for each plan. Exit code 3 when an entry could not be read
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Portfolio file as the page saves it (JSON); - reads standard input
    #[arg(value_name = "PORTFOLIO")]
    portfolio: OsString,

    #[command(flatten)]
    sheets: Sheets,

    /// Format; csv and json hold exact figures, as the page exports them
    #[arg(long, value_enum, default_value_t = DataFormat::Text, conflicts_with = "focus")]
    format: DataFormat,

    /// Print the bill of every plan with the columns of FOCUS 1.2, as CSV
    #[arg(long, requires = "date")]
    focus: bool,

    #[command(flatten)]
    target: Target,

    /// Day on which the FOCUS file is made
    #[arg(long, value_name = "YYYY-MM-DD", requires = "focus")]
    date: Option<Date>,
}

impl Arguments {
    pub(super) fn portfolio(&self) -> Result<Printed, CliError> {
        let sheets = self.sheets.files()?;
        let text = read(&self.portfolio, Known::Portfolio)?;
        let all = portfolio::read(&text).map_err(|error| CliError::refused(&error))?;
        let text = self.write(&all, &prices::catalog_for_many(&sheets, &all)?);
        for broken in &all.broken {
            note(&format!("Not read: {}\n", broken.message));
        }
        let printed = self.target.deliver(text)?;
        Ok(if all.broken.is_empty() { printed } else { printed.in_part() })
    }

    fn write(&self, all: &Portfolio, catalog: &Catalog) -> String {
        // The command line has a date where it has --focus.
        if let Some(date) = self.date {
            return focus(all, catalog, date);
        }
        let (rows, currency) = (Rows::all(all, catalog).rows, catalog.currency());
        self.format.written(&document(all, &rows, catalog), || csv(&rows, currency), || json(&rows, currency))
    }
}

fn focus(all: &Portfolio, catalog: &Catalog, date: Date) -> String {
    let mut file = FocusText::new(catalog, date);
    file.advance(all, catalog, usize::MAX);
    if let Some(left_out) = file.left_out_note() {
        note(&format!("{left_out}\n"));
    }
    file.text
}
