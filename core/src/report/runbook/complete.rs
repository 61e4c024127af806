//! What holds of every step that only looks, said in one place: how long it takes, and what to do if it fails.

use super::powershell::programs;
use super::sides::AT_ONCE;
use super::{SOON, Section, Step};
use crate::plan::Plan;

/// The time of a step that only looks.
const LOOKED: &str = "Takes a minute or two.";

/// The line is one that the head of a runbook says of every step that lacks it.
pub(super) fn is_usual(line: &str) -> bool {
    [LOOKED, AT_ONCE, DOWN, SILENT].contains(&line) || line == Step::default().takes(SOON).takes
}

/// What holds of every step that does not say otherwise.
pub(super) const USUAL: &str = "A step without a time takes seconds to 2 min, at most 10 min. A look without an answer: in an outage that region may \
                                be down, go on with the other; else stop, and look at the region's health. \
                                A step without a rollback has nothing to take back.";

/// Words that end a command which changes nothing.
const LOOKS: [&str; 7] =
    ["show", "list", "version", "list-keys", "list-skus-for-scaling", "get-access-token", "test-connection"];

/// The program only reads.
pub(super) fn is_look(words: &[String]) -> bool {
    let last = words.last().map_or("", String::as_str);
    match words.first().map(String::as_str) {
        Some("az") => LOOKS.contains(&last),
        Some("nslookup") => true,
        _ => false,
    }
}

/// What a section of an outage says of a look without an answer: half of what it asks may be down.
pub(super) const DOWN: &str = "No answer: that region may be down; go on with the other.";
/// What every other section says of it.
pub(super) const SILENT: &str = "No answer: stop, and look at the region's health.";

/// The sections that are read while a region is down.
const OUTAGE: [&str; 3] = ["Watch", "Unplanned failover", "Loss of the secondary"];

/// Completes the steps of a section: with the time that drills measured, and those that only look with how long that takes and what to do
/// if it fails, where they do not say it.
pub(super) fn section(section: &mut Section, plan: &Plan) {
    let fails = if OUTAGE.contains(&section.title.as_str()) { DOWN } else { SILENT };
    for step in &mut section.steps {
        step.measured(plan);
        looks(step, fails);
    }
}

fn looks(step: &mut Step, fails: &str) {
    let all = programs(&step.commands).unwrap_or_default();
    if all.is_empty() || !all.iter().all(|words| is_look(words)) {
        return;
    }
    if step.takes.is_empty() {
        LOOKED.clone_into(&mut step.takes);
    }
    if step.fails.is_empty() {
        fails.clone_into(&mut step.fails);
    }
}
