//! `dr-planner evidence`: what is to be signed, as one report or as a folder.

use super::delivery::Target;
use super::import::read_estate;
use super::input::PlanInput;
use super::report::today;
use crate::error::CliError;
use crate::files::{shown, write_all};
use crate::output::{Printed, note};
use clap::Args;
use dr_core::catalog::Catalog;
use dr_core::draw::html;
use dr_core::estate::Estate;
use dr_core::evaluate::evaluate;
use dr_core::plan::Plan;
use dr_core::portfolio::Rows;
use dr_core::report::document::Section;
use dr_core::report::estate::Answer;
use dr_core::report::paper::{Letterhead, evidence, evidence_files};
use dr_core::report::views::Subject;
use dr_core::units::{Date, quote};
use std::ffi::OsString;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  dr-planner evidence plan.json -o evidence.html
  dr-planner evidence plan.json --estate caches.json links.json metrics.json -o evidence.html
  dr-planner evidence plan.json --folder evidence-2026-11";

/// Print the evidence of a plan as one HTML report: findings, open work, drills, configuration, lines to sign; or write it into a folder
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: PlanInput,

    /// Files of az as `dr-planner import` reads them: link, health and lag of the plan's caches over their window
    #[arg(long, value_name = "FILE", num_args = 1..)]
    estate: Vec<OsString>,

    /// New folder for the report, the plan, bills, drills and findings, links where --estate gives them, with a list of all
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
        let watched = if self.estate.is_empty() { None } else { Some(self.watched(&plan)?) };
        let report = html::file(&evidence(subject, &letterhead, watched.clone()));
        let Some(folder) = &self.folder else { return self.target.deliver(report) };
        let folder = Path::new(folder);
        let failed = |why: std::io::Error| CliError::Unwritten(format!("{}: {why}", shown(folder.as_os_str())));
        // A folder that is there may hold another pack: nothing is overwritten.
        std::fs::create_dir(folder).map_err(failed)?;
        write_all(
            folder,
            evidence_files(subject, report, watched.as_ref()).iter().map(|(name, _, text)| (*name, text.as_str())),
        )
    }

    /// What the files show of the plan's caches; files without them are refused, for the pack would say nothing of them.
    fn watched(&self, plan: &Plan) -> Result<Section, CliError> {
        let catalog = Catalog::bundled().map_err(|error| CliError::damaged(&error))?;
        let read = read_estate(&self.estate, None);
        for line in read.unread.iter().chain(&read.remarks) {
            note(&format!("{line}\n"));
        }
        let estate = Estate::of(&read.facts, &catalog);
        let rows = Rows::all(&estate.portfolio(), &catalog);
        let found = Answer::new(&read, &estate, &rows, &catalog).watched(plan);
        found.ok_or_else(|| {
            let name = quote::short(&plan.name);
            CliError::refused(&format!(
                "The files of --estate have no deployment “{name}” and no cache that its site file names. Give the files of this plan's \
                 caches, or enter their names in the Site inputs."
            ))
        })
    }
}
