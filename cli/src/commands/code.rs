//! `dr-planner code`: Bicep or Terraform for one design, as files.

use super::input::{PlanInput, named, topologies};
use crate::error::CliError;
use crate::files::{shown, write_all};
use crate::output::Printed;
use clap::Args;
use dr_core::evaluate::evaluate;
use dr_core::model::Topology;
use dr_core::report::code::{CodeFile, Language, files, joined};
use dr_core::report::runbook::shown_first;
use std::ffi::OsString;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  dr-planner code plan.json
  dr-planner code plan.json --topology active --format terraform --out infra";

/// Print or write the infrastructure of a design as code: caches, endpoints, zones, access, alerts, workbook
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: PlanInput,

    /// Topology of the code [default: the one that runs, else the recommended one]
    #[arg(long, value_parser = topologies())]
    topology: Option<Topology>,

    /// Language of the code.
    #[arg(long, default_value = "bicep", value_parser = named::<Language>())]
    format: Language,

    /// Folder to write the files to, made where it is missing; without it they are printed, each under its name.
    #[arg(long, value_name = "DIR")]
    out: Option<OsString>,
}

impl Arguments {
    pub(super) fn code(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        let evaluation = evaluate(&plan, &catalog);
        let topology = self.topology.unwrap_or_else(|| shown_first(&plan, &evaluation.comparison));
        let files = files(self.format, topology, &plan, &catalog, &evaluation);
        if files.is_empty() {
            let name = topology.name().to_ascii_lowercase();
            return Err(CliError::refused(&format!("the plan has too few regions for the {name}: add one")));
        }
        match &self.out {
            None => Ok(joined(&files).into()),
            Some(folder) => written(folder, &files),
        }
    }
}

/// Every file in the folder; nothing is printed.
fn written(folder: &OsString, files: &[CodeFile]) -> Result<Printed, CliError> {
    let whole = Path::new(folder);
    std::fs::create_dir_all(whole).map_err(|why| CliError::Unwritten(format!("{}: {why}", shown(folder))))?;
    write_all(whole, files.iter().map(|file| (file.name, file.text.as_str())))
}
