//! The answer in one or two sentences (M-12).

use super::super::Subject;
use crate::report::document::{Section, Style, Text};
use crate::report::open_work::open_words;
use crate::report::price_doubt;
use crate::report::verdict::{deadline, sentence, tipping_point};

/// Which topology and why, until when a person must act, the smallest change of a target that changes the choice, what estimated
/// prices leave open, and how many confirmations are open.
#[must_use]
pub fn verdict(subject: Subject) -> Section {
    let comparison = &subject.evaluation.comparison;
    let mut says = Text::from(sentence(comparison));
    if let Some(deadline) = deadline(comparison) {
        says = says.then(" ").and(deadline, Style::Quiet);
    }
    if let Some(tipping) = tipping_point(comparison) {
        says = says.then(" ").and(tipping, Style::Quiet);
    }
    for doubt in price_doubt::sentences(comparison) {
        says = says.then(" ").and(doubt, Style::Quiet);
    }
    if let Some(open) = open_words(subject.evaluation, comparison.recommended()) {
        says = says.then(" ").and(open, Style::Quiet);
    }
    Section::new("verdict", "Verdict", says)
}

/// What is asked for where the price of a node is missing: "M50 in West Europe, a node-hour".
#[must_use]
pub fn price_label(node: &str) -> String {
    format!("{node}, a node-hour")
}
