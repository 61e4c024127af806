//! `dr-planner runbook`: what to run, in order, with the plan's own names.

use super::delivery::Delivery;
use super::input::{Dates, open, topologies};
use crate::error::CliError;
use crate::output::Printed;
use crate::prices::Given;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use dr_core::evaluate::evaluate;
use dr_core::model::Topology;
use dr_core::report::runbook::{Shell, document_in, recommended, runbook};
use dr_core::units::names::Named;
use std::ffi::{OsStr, OsString};

const EXAMPLES: &str = "\
Examples:
  dr-planner runbook plan.json
  dr-planner runbook plan.json passive --format markdown -o runbook.md
  dr-planner runbook plan.json --shell powershell";

/// Print the runbook of a topology: create, watch, fail over, come back, with the commands
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Plan file as the page saves it (JSON); - reads standard input.
    #[arg(value_name = "PLAN")]
    plan: OsString,

    /// Topology of the runbook [default: the recommended one]
    #[arg(value_parser = topologies())]
    topology: Option<Topology>,

    /// Shell of the commands: a POSIX shell with the Azure CLI, or PowerShell 7 with cmdlets where they exist
    #[arg(long, value_name = "SHELL", default_value = "bash", value_parser = shells())]
    shell: Shell,

    /// Price sheet to use over the bundled prices, once for each.
    #[arg(long = "prices", value_name = "SHEET")]
    prices: Vec<OsString>,

    #[command(flatten)]
    dates: Dates,

    #[command(flatten)]
    delivery: Delivery,
}

impl Arguments {
    pub(super) fn runbook(&self) -> Result<Printed, CliError> {
        let files: Vec<&OsStr> = self.prices.iter().map(OsString::as_os_str).collect();
        let sheets = Given { files, texts: Vec::new(), dates: self.dates.order() };
        let (plan, catalog) = open(&self.plan, &sheets)?;
        let evaluation = evaluate(&plan, &catalog);
        let topology = self.topology.unwrap_or_else(|| recommended(&evaluation.comparison));
        self.delivery.document(&document_in(&runbook(topology, &plan, &catalog, &evaluation), &plan, self.shell))
    }
}

/// A shell by its name.
fn shells() -> impl TypedValueParser<Value = Shell> {
    let names = Shell::NAMES.iter().map(|(_, name, _)| *name);
    PossibleValuesParser::new(names).try_map(|name| Shell::named(&name).ok_or("it is no shell"))
}
