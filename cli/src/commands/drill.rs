//! `dr-planner drill`: the kit of a drill, how the ranges held so far, and the times of a log into the plan.

use super::delivery::{Delivery, Target};
use super::input::{OneTopology, open};
use crate::error::CliError;
use crate::files::{read_log, shown};
use crate::output::Printed;
use crate::prices::Given;
use clap::Args;
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::import::drill_log::read_drill_logs;
use dr_core::report::document::{Block, Document};
use dr_core::report::drill_kit::{drill_kit, drill_title};
use dr_core::report::runbook::shown_words;
use dr_core::report::views::Subject;
use dr_core::report::views::recovery::drill_record;
use std::ffi::OsString;

const EXAMPLES: &str = "\
Examples:
  dr-planner drill plan.json
  dr-planner drill plan.json passive --format markdown -o kit.md
  dr-planner drill plan.json --log drill.csv --into plan-after.json
  dr-planner drill plan.json --log dr-evidence/transcript-20261129T*.txt --into plan-after.json";

/// Print the kit of a drill and how the ranges held in those so far; with a log, put its step times into the plan
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    of: OneTopology,

    /// Logs of a drill: a step and its minutes in a line, or when it began and ended; the runbook's transcripts of it; the log of the night. A
    /// step that two of them time counts once
    #[arg(long, value_name = "FILE", num_args = 1..)]
    log: Vec<OsString>,

    /// File for the plan with the times of the log.
    #[arg(long, value_name = "FILE", requires = "log")]
    into: Option<OsString>,

    #[command(flatten)]
    delivery: Delivery,
}

impl Arguments {
    pub(super) fn drill(&self) -> Result<Printed, CliError> {
        let sheets = Given { files: Vec::new(), texts: Vec::new(), dates: None };
        let (mut plan, catalog) = open(&self.of.plan, &sheets)?;
        let mut left = None;
        if !self.log.is_empty() {
            let named = |path: &OsString| Ok((shown(path), read_log(path)?));
            let logs = self.log.iter().map(named).collect::<Result<Vec<_>, CliError>>()?;
            let log = read_drill_logs(&logs, &plan).map_err(|why| CliError::refused(&why))?;
            plan.add_drill(&log.times);
            left = log.remark;
            codec::admit(&plan).map_err(|error| CliError::refused(&error))?;
        }
        if let Some(file) = &self.into {
            Target::file(file).deliver(codec::to_json(&plan))?;
        }
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let topology = self.of.topology(&plan, &evaluation);
        let sections = vec![drill_record(subject), drill_kit(subject, topology)];
        let words = Block::paragraph(shown_words(topology, &plan, &catalog, &evaluation.comparison));
        let opening = left.map(Block::remark).into_iter().chain([words]).collect();
        self.delivery.document(&Document { title: drill_title(&plan), opening, sections })
    }
}
