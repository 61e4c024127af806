//! The runbook as Markdown.

use super::{Runbook, Step};
use crate::plan::Plan;
use crate::report::markdown::{Block, write};

/// The runbook as Markdown: a heading a section, numbered steps, commands in fenced blocks.
#[must_use]
pub fn to_markdown(runbook: &Runbook, plan: &Plan) -> String {
    write(&blocks(runbook, plan))
}

/// What [`to_markdown`] writes.
pub(super) fn blocks(runbook: &Runbook, plan: &Plan) -> Vec<Block> {
    let mut text = vec![
        Block::heading(1, format!("Runbook: {}, {}", plan.name, runbook.topology.name().to_ascii_lowercase())),
        Block::Quote(
            "Read the commands before you run them: names are made from the plan's, and durations are the model's."
                .into(),
        ),
    ];
    for section in &runbook.sections {
        text.extend([Block::heading(2, &section.title), Block::paragraph(&section.when)]);
        text.push(Block::Steps(section.steps.iter().map(step).collect()));
    }
    text
}

fn step(step: &Step) -> Vec<Block> {
    let check = if step.check.is_empty() { String::new() } else { format!("Check: {}", step.check) };
    vec![Block::paragraph(&step.text), Block::Shell(step.commands.clone()), Block::paragraph(check)]
}
