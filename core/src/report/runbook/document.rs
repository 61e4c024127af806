//! The runbook as a document.

use super::{Runbook, Section, Step};
use crate::plan::Plan;
use crate::report::document::{self, Block, Document};

/// The runbook as a document: a section for each part, numbered steps with their commands and what to check.
#[must_use]
pub fn document(runbook: &Runbook, plan: &Plan) -> Document {
    let warning = "Read before you run: names come from the plan, durations from the model.";
    Document {
        title: format!("Runbook: {}, {}", plan.name, runbook.topology.name().to_ascii_lowercase()),
        opening: vec![Block::remark(warning)],
        sections: runbook.sections.iter().map(section).collect(),
    }
}

/// The runbook as Markdown: a heading a section, numbered steps, commands in fenced blocks.
#[must_use]
pub fn to_markdown(runbook: &Runbook, plan: &Plan) -> String {
    document(runbook, plan).markdown()
}

fn section(section: &Section) -> document::Section {
    let steps = Block::Steps(section.steps.iter().map(step).collect());
    document::Section::new(id(&section.title), &section.title, section.when.as_str()).with(steps)
}

/// The name of a part in addresses and commands.
fn id(title: &str) -> &'static str {
    match title {
        "Before you start" => "before",
        "Create" => "create",
        "Watch" => "watch",
        "Planned failover" => "planned-failover",
        "Unplanned failover" => "unplanned-failover",
        "Afterwards" => "afterwards",
        _ => "not-possible",
    }
}

fn step(step: &Step) -> Vec<Block> {
    let check = if step.check.is_empty() { String::new() } else { format!("Expected: {}", step.check) };
    let blocks =
        [Block::paragraph(step.text.as_str()), Block::Commands(step.commands.clone()), Block::paragraph(check)];
    blocks.into_iter().filter(|block| !block.is_blank()).collect()
}
