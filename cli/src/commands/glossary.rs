//! `dr-planner glossary`: the terms of the planner.

use crate::output::Printed;
use clap::Args;
use dr_core::report::document::plain;
use dr_core::report::glossary;

const EXAMPLES: &str = "\
Examples:
  dr-planner glossary
  dr-planner glossary --markdown > glossary.md";

/// Print what the planner's terms mean
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// As Markdown instead of text
    #[arg(long)]
    markdown: bool,
}

impl Arguments {
    pub(super) fn glossary(&self) -> Printed {
        if self.markdown { glossary::reference() } else { plain("Redis DR Planner", &[glossary::section()]) }.into()
    }
}
