//! The files that subcommands share: a plan, and price sheets over the bundled prices.

use crate::error::CliError;
use crate::files::{read, shown};
use crate::prices::{self, Given};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::evaluate::Evaluation;
use dr_core::import::dates::DateOrder;
use dr_core::import::kind::Known;
use dr_core::model::Topology;
use dr_core::plan::Plan;
use dr_core::report::runbook::shown_first;
use dr_core::units::names::Named;
use std::ffi::{OsStr, OsString};

/// A plan file, and the prices for it.
#[derive(Debug, Args)]
pub(super) struct PlanInput {
    /// Plan file as the page saves it (JSON); - reads standard input.
    #[arg(value_name = "PLAN")]
    plan: OsString,

    #[command(flatten)]
    sheets: Sheets,
}

impl PlanInput {
    /// The plan, and the catalogue that prices it.
    pub(super) fn open(&self) -> Result<(Plan, Catalog), CliError> {
        open(&self.plan, &self.sheets.files()?)
    }
}

/// A plan file, and the catalogue that prices it with these sheets.
pub(super) fn open(plan: &OsStr, sheets: &Given<'_>) -> Result<(Plan, Catalog), CliError> {
    open_text(&read(plan, Known::Plan)?, sheets)
}

/// A plan's text, and the catalogue that prices it with these sheets.
pub(super) fn open_text(text: &str, sheets: &Given<'_>) -> Result<(Plan, Catalog), CliError> {
    let plan = codec::from_json(text).map_err(|error| CliError::refused(&error))?;
    let catalog = prices::catalog(sheets, &plan)?;
    Ok((plan, catalog))
}

/// A topology by the name that files use.
pub(super) fn topologies() -> impl TypedValueParser<Value = Topology> {
    PossibleValuesParser::new(Topology::ALL.map(Topology::slug))
        .try_map(|slug| Topology::from_slug(&slug).ok_or("it is no topology"))
}

/// One of several by the name that files use.
pub(super) fn named<T: Named + Send + Sync>() -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(T::NAMES.iter().map(|(_, name, _)| *name))
        .try_map(|name| T::named(&name).ok_or("it is no such name"))
}

/// A plan file, and the topology that is asked about.
#[derive(Debug, Args)]
pub(super) struct OneTopology {
    /// Plan file as the page saves it (JSON); - reads standard input.
    #[arg(value_name = "PLAN")]
    pub(super) plan: OsString,

    /// Topology [default: the one that runs, else the recommended one]
    #[arg(value_parser = topologies())]
    topology: Option<Topology>,

    /// The same as an option
    #[arg(long = "topology", value_name = "TOPOLOGY", value_parser = topologies(), conflicts_with = "topology")]
    named: Option<Topology>,
}

impl OneTopology {
    /// The one that was asked for, else the one that runs, else the recommended one.
    pub(super) fn topology(&self, plan: &Plan, evaluation: &Evaluation) -> Topology {
        self.topology.or(self.named).unwrap_or_else(|| shown_first(plan, &evaluation.comparison))
    }
}

/// `--prices SHEET`, as often as there are sheets; or once, with the others after it.
#[derive(Debug, Args)]
pub(super) struct Sheets {
    /// Price sheet to use over the bundled prices: an answer of the Azure Retail Prices API (JSON), its rows as CSV, or the price
    /// sheet of an agreement (EA, MCA) as CSV. Give all pages of one answer. Standard error says what the sheets replace and what is missing.
    #[arg(long = "prices", value_name = "SHEET")]
    prices: Vec<OsString>,

    /// More price sheets, after --prices.
    #[arg(value_name = "SHEET", hide = true)]
    more: Vec<OsString>,

    #[command(flatten)]
    dates: Dates,
}

/// `--dates dmy|mdy`: what a table with dates like 2/3/2026 may not say itself.
#[derive(Debug, Args)]
pub(super) struct Dates {
    /// Order of day and month in dates like 2/3/2026, where the tables do not settle it
    #[arg(long, value_name = "dmy|mdy", value_parser = orders())]
    dates: Option<DateOrder>,
}

fn orders() -> impl TypedValueParser<Value = DateOrder> {
    PossibleValuesParser::new(["dmy", "mdy"]).try_map(|word| DateOrder::of(&word).ok_or("it is no order of dates"))
}

impl Dates {
    /// The order, where one was given.
    pub(super) const fn order(&self) -> Option<DateOrder> {
        self.dates
    }
}

impl Sheets {
    /// The sheets in their order.
    pub(super) fn files(&self) -> Result<Given<'_>, CliError> {
        match self.more.first() {
            Some(extra) if self.prices.is_empty() => Err(CliError::Refused(format!(
                "“{}” is one file too many: only --prices takes more files. See dr-planner help",
                shown(extra)
            ))),
            _ => Ok(Given {
                files: self.prices.iter().chain(&self.more).map(OsString::as_os_str).collect(),
                texts: Vec::new(),
                dates: self.dates.order(),
            }),
        }
    }
}
