//! The runbook as Markdown.

use super::{Runbook, Step};
use crate::plan::Plan;
use crate::report::markdown::{inline, push};

/// The runbook as Markdown: a heading a section, numbered steps, commands in fenced blocks.
#[must_use]
pub fn to_markdown(runbook: &Runbook, plan: &Plan) -> String {
    let mut text = String::new();
    push(&mut text, &format!("# Runbook: {}, {}", inline(&plan.name), runbook.topology.name().to_ascii_lowercase()));
    push(
        &mut text,
        "Read the commands before you run them: names are made from the plan's, and durations are the model's.",
    );
    for section in &runbook.sections {
        push(&mut text, &format!("## {}", section.title));
        push(&mut text, &inline(&section.when));
        for (number, step) in section.steps.iter().enumerate() {
            push_step(&mut text, number + 1, step);
        }
    }
    text
}

fn push_step(text: &mut String, number: usize, step: &Step) {
    push(text, &format!("{number}. {}", inline(&step.text)));
    if !step.commands.is_empty() {
        let commands: Vec<String> = step.commands.lines().map(|line| format!("   {line}")).collect();
        push(text, &format!("   ```sh\n{}\n   ```", commands.join("\n")));
    }
    if !step.check.is_empty() {
        push(text, &format!("   Check: {}", inline(&step.check)));
    }
}
