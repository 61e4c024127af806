//! What holds of every step that only looks, said in one place: how long it takes, and what to do if it fails.

use super::Step;
use super::powershell::programs;

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

/// Completes a step that only looks with its time and what to do if it fails, where it says neither.
pub(super) fn looks(step: &mut Step) {
    let all = programs(&step.commands).unwrap_or_default();
    if all.is_empty() || !all.iter().all(|words| is_look(words)) {
        return;
    }
    if step.takes.is_empty() {
        "Takes a minute or two.".clone_into(&mut step.takes);
    }
    if step.fails.is_empty() {
        "No answer: that region may be down; go on with the other.".clone_into(&mut step.fails);
    }
}
