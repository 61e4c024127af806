//! The subcommands: each a module with its arguments, its help and what it prints.

mod bill;
mod code;
mod completions;
mod decision;
mod delivery;
mod drill;
mod evaluate;
mod evidence;
mod glossary;
mod horizon;
mod import;
mod input;
mod migrate;
mod outage;
mod plan_to_document;
mod portfolio;
mod prices;
mod report;
mod runbook;
mod schema;
mod search;

use super::error::CliError;
use super::output::Printed;
use clap::Subcommand;

/// Printed under the help of the program.
pub(super) const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 the result could not be written or fetched, or the bundled catalogue is damaged; 2 the plan, a price sheet
or the command line is refused; 3 done without the entries of a portfolio, or the files of an estate, that could not be read.";

/// One question to the planner.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Evaluate(evaluate::Arguments),
    Bill(bill::Arguments),
    Horizon(horizon::Arguments),
    Outage(outage::Arguments),
    Search(search::Arguments),
    Report(report::Arguments),
    Runbook(runbook::Arguments),
    Drill(drill::Arguments),
    Evidence(evidence::Arguments),
    Code(code::Arguments),
    Decision(decision::Arguments),
    Portfolio(portfolio::Arguments),
    Migrate(migrate::Arguments),
    Import(import::Arguments),
    Prices(prices::Arguments),
    Schema(schema::Arguments),
    Glossary(glossary::Arguments),
    Completions(completions::Arguments),
}

impl Command {
    /// What it prints.
    pub(super) fn run(&self) -> Result<Printed, CliError> {
        match self {
            Self::Evaluate(arguments) => arguments.evaluate(),
            Self::Bill(arguments) => arguments.bill(),
            Self::Horizon(arguments) => arguments.project_costs(),
            Self::Outage(arguments) => arguments.simulate_outage(),
            Self::Search(arguments) => arguments.search(),
            Self::Report(arguments) => arguments.report(),
            Self::Runbook(arguments) => arguments.runbook(),
            Self::Drill(arguments) => arguments.drill(),
            Self::Evidence(arguments) => arguments.evidence(),
            Self::Code(arguments) => arguments.code(),
            Self::Decision(arguments) => arguments.decision(),
            Self::Portfolio(arguments) => arguments.portfolio(),
            Self::Migrate(arguments) => arguments.migrate(),
            Self::Import(arguments) => arguments.import(),
            Self::Prices(arguments) => arguments.prices(),
            Self::Schema(arguments) => Ok(arguments.schema()),
            Self::Glossary(arguments) => Ok(arguments.glossary()),
            Self::Completions(arguments) => Ok(arguments.completions()),
        }
    }
}
