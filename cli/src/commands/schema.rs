//! `dr-planner schema`: what a plan file may hold.

use crate::output::Printed;
use clap::Args;
use dr_core::codec;

const EXAMPLES: &str = "\
Examples:
  dr-planner schema > plan.schema.json
  dr-planner schema --markdown > fields.md";

/// Print what a plan file may hold, as JSON Schema (draft 2020-12)
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Every field with its default, its bounds and its source, as Markdown instead
    #[arg(long)]
    markdown: bool,
}

impl Arguments {
    pub(super) fn schema(&self) -> Printed {
        if self.markdown { codec::reference() } else { codec::schema() }.into()
    }
}
