//! `dr-planner evidence`: what is to be signed, as one report or as a folder.

use super::delivery::Target;
use super::input::PlanInput;
use super::report::today;
use crate::error::CliError;
use crate::files::{shown, write_all};
use crate::output::Printed;
use clap::Args;
use dr_core::draw::html;
use dr_core::evaluate::evaluate;
use dr_core::report::paper::{Letterhead, evidence, evidence_files};
use dr_core::report::views::Subject;
use dr_core::units::Date;
use std::ffi::OsString;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  dr-planner evidence plan.json -o evidence.html
  dr-planner evidence plan.json --folder evidence-2026-11";

/// Print the evidence of a plan as one HTML report: findings, open work, drills, configuration, lines to sign; or write it into a folder
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: PlanInput,

    /// New folder for the report, the plan, bills, drills and findings, with a list of them
    #[arg(long, value_name = "FOLDER", conflicts_with = "output")]
    folder: Option<OsString>,

    #[command(flatten)]
    target: Target,

    /// Day of the report [default: today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
}

impl Arguments {
    pub(super) fn evidence(&self) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let letterhead = Letterhead { date: self.date.or_else(today), page: None };
        let report = html::file(&evidence(subject, &letterhead));
        let Some(folder) = &self.folder else { return self.target.deliver(report) };
        let folder = Path::new(folder);
        let failed = |why: std::io::Error| CliError::Unwritten(format!("{}: {why}", shown(folder.as_os_str())));
        // A folder that is there may hold another pack: nothing is overwritten.
        std::fs::create_dir(folder).map_err(failed)?;
        write_all(folder, evidence_files(subject, report).iter().map(|(name, _, text)| (*name, text.as_str())))
    }
}
