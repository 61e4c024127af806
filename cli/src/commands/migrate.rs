//! `dr-planner migrate`: from what runs today to Azure Managed Redis, of a plan or of a portfolio.

use super::delivery::{DataFormat, Target, tables};
use super::input::{Sheets, named, open_text};
use crate::error::CliError;
use crate::files::read_plan_or_portfolio;
use crate::output::{Printed, note};
use crate::prices;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use dr_core::evaluate::evaluate;
use dr_core::import::kind::Known;
use dr_core::model::migration::PathKind;
use dr_core::portfolio::{self, Rows};
use dr_core::report::portfolio::{moves, moves_json};
use dr_core::report::runbook::Shell;
use dr_core::report::views::{Subject, migrate};
use dr_core::units::Date;
use std::ffi::OsString;

const EXAMPLES: &str = "\
Examples:
  dr-planner migrate plan.json
  dr-planner migrate plan.json --path export-import --format markdown -o runbook.md
  dr-planner migrate portfolio.json --from 2026-12-01 --per-month 4";

/// Print the move from what runs today to Azure Managed Redis: sizes, paths, dates, runbook; of a portfolio the waves
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Plan or portfolio file as the page saves it (JSON); - reads standard input
    #[arg(value_name = "PLAN|PORTFOLIO")]
    file: OsString,

    #[command(flatten)]
    sheets: Sheets,

    /// Path whose runbook is printed, of a plan [default: the first that applies]
    #[arg(long, value_name = "NAME", value_parser = paths())]
    path: Option<PathKind>,

    /// Shell of the runbook's commands: a POSIX shell with the Azure CLI, or PowerShell 7.3 or later
    #[arg(long, value_name = "SHELL", default_value = "bash", value_parser = named::<Shell>())]
    shell: Shell,

    /// Day that the dates are judged on [default: the first day of the plan]
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Date>,

    /// Moves that begin in a month at most, of a portfolio [default: the fewest with which all are in time]
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    per_month: Option<u32>,

    /// Format; csv holds the tables, json the exact figures
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    format: DataFormat,

    #[command(flatten)]
    target: Target,
}

/// A path by the name that commands use.
fn paths() -> impl TypedValueParser<Value = PathKind> {
    PossibleValuesParser::new(PathKind::ALL.map(PathKind::slug))
        .try_map(|slug| PathKind::from_slug(&slug).ok_or("it is no path"))
}

impl Arguments {
    pub(super) fn migrate(&self) -> Result<Printed, CliError> {
        let sheets = self.sheets.files()?;
        let (kind, text) = read_plan_or_portfolio(&self.file)?;
        if kind == Known::Portfolio {
            return self.portfolio(&text);
        }
        let (plan, catalog) = open_text(&text, &sheets)?;
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let document =
            migrate::document(subject, self.from, self.path, self.shell).map_err(|why| CliError::refused(&why))?;
        let csv = if self.format == DataFormat::Csv { tables(document.csv())? } else { String::new() };
        self.target.deliver(self.format.written(&document, || csv.clone(), || migrate::json(subject, self.from)))
    }

    fn portfolio(&self, text: &str) -> Result<Printed, CliError> {
        let all = portfolio::read(text).map_err(|error| CliError::refused(&error))?;
        let catalog = prices::catalog_for_many(&self.sheets.files()?, &all)?;
        let (rows, currency) = (Rows::all(&all, &catalog).rows, catalog.currency());
        let document = moves(&all, &rows, self.from, self.per_month, currency);
        let csv = if self.format == DataFormat::Csv { tables(document.csv())? } else { String::new() };
        let json = || moves_json(&rows, self.from, self.per_month, currency);
        let printed = self.target.deliver(self.format.written(&document, || csv.clone(), json))?;
        for broken in &all.broken {
            note(&format!("Not read: {}\n", broken.message));
        }
        Ok(if all.broken.is_empty() { printed } else { printed.in_part() })
    }
}
