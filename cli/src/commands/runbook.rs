//! `dr-planner runbook`: what to run, in order, with the plan's own names.

use super::delivery::Delivery;
use super::input::{Dates, OneTopology, named, open};
use crate::error::CliError;
use crate::output::Printed;
use crate::prices::Given;
use clap::Args;
use dr_core::evaluate::evaluate;
use dr_core::report::runbook::{Shell, document_in, runbook};
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
    #[command(flatten)]
    of: OneTopology,

    /// Shell of the commands: a POSIX shell with the Azure CLI, or PowerShell 7.3 or later with cmdlets where they exist
    #[arg(long, value_name = "SHELL", default_value = "bash", value_parser = named::<Shell>())]
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
        let (plan, catalog) = open(&self.of.plan, &sheets)?;
        let evaluation = evaluate(&plan, &catalog);
        let topology = self.of.topology(&plan, &evaluation);
        self.delivery.document(&document_in(&runbook(topology, &plan, &catalog, &evaluation), &plan, self.shell))
    }
}
