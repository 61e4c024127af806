//! `dr-planner schema`: what a plan file may hold.

use crate::output::Printed;
use clap::Args;
use dr_core::codec;

/// Print what a plan file may hold: the JSON Schema, or every field as a table
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dr-planner schema > plan.schema.json
  dr-planner schema --markdown > fields.md")]
pub(crate) struct Arguments {
    /// Every field with its label, unit, bounds and default, as Markdown
    #[arg(long)]
    markdown: bool,
}

impl Arguments {
    pub(super) fn schema(&self) -> Printed {
        if self.markdown { codec::reference() } else { codec::schema() }.into()
    }
}
