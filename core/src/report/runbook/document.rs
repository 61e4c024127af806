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

/// A part of a runbook that is shown by itself: name in addresses, name, and the sections that it holds.
pub type Part = (&'static str, &'static str, &'static [&'static str]);

/// The parts in their order.
pub const PARTS: [Part; 4] = [
    ("prepare", "Prepare", &["before", "create", "traffic-switch", NOT_POSSIBLE]),
    ("watch", "Watch", &["watch", NOT_POSSIBLE]),
    ("fail-over", "Fail over", &["unplanned-failover", "planned-failover", NOT_POSSIBLE]),
    ("come-back", "Come back", &["afterwards", NOT_POSSIBLE]),
];
const NOT_POSSIBLE: &str = "not-possible";
const EVERY_SHELL: &str = "before";

/// What every shell needs before the steps of a part, in an incident too, where it is no section of that part; and its sections.
#[must_use]
pub fn part(document: &Document, (_, _, ids): &Part) -> (Option<document::Section>, Vec<document::Section>) {
    let of = |id: &str| document.sections.iter().find(|section| section.id == id).cloned();
    let needed = (!ids.contains(&EVERY_SHELL)).then(|| of(EVERY_SHELL)).flatten();
    (needed, ids.iter().filter_map(|id| of(id)).collect())
}

fn section(section: &Section) -> document::Section {
    let steps = Block::Steps(section.steps.iter().map(step).collect());
    document::Section::new(id(&section.title), &section.title, section.when.as_str()).with(steps)
}

/// The name of a part in addresses and commands.
fn id(title: &str) -> &'static str {
    match title {
        "Before you start" => EVERY_SHELL,
        "Create" => "create",
        "Watch" => "watch",
        "Traffic switch" => "traffic-switch",
        "Planned failover" => "planned-failover",
        "Unplanned failover" => "unplanned-failover",
        "Afterwards" => "afterwards",
        _ => NOT_POSSIBLE,
    }
}

fn step(step: &Step) -> Vec<Block> {
    let check = if step.check.is_empty() { String::new() } else { format!("Expected: {}", step.check) };
    let blocks =
        [Block::paragraph(step.text.as_str()), Block::Commands(step.commands.clone()), Block::paragraph(check)];
    blocks.into_iter().filter(|block| !block.is_blank()).collect()
}
