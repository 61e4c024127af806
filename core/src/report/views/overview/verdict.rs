//! The answer in one or two sentences (M-12).

use super::super::Subject;
use super::super::cost::beyond;
use crate::explore::search::search;
use crate::report::document::{Section, Style, Text};
use crate::report::open_work::open_words;
use crate::report::price_doubt;
use crate::report::verdict::{deadline, sentence, tipping_point};

/// Which topology and why, until when a person must act, the smallest change of a target that changes a choice, what estimated prices
/// leave open, and how many confirmations are open.
#[must_use]
pub fn verdict(subject: Subject) -> Section {
    verdict_beside(subject, None)
}

/// The same in a document, which has at once what the search finds where that is another design; on the page it follows the typing
/// ([`beyond`]).
#[must_use]
pub fn verdict_searched(subject: Subject) -> Section {
    verdict_beside(subject, searched(subject))
}

/// What the search finds where that is not the plan's own choice.
#[must_use]
pub fn searched(subject: Subject) -> Option<Text> {
    if !subject.evaluation.comparison.open.is_empty() {
        return None;
    }
    beyond(subject, &search(subject.plan, subject.catalog))
}

fn verdict_beside(subject: Subject, searched: Option<Text>) -> Section {
    let comparison = &subject.evaluation.comparison;
    let mut says = Text::from(sentence(comparison));
    // Without a choice the smallest change is the search's, over all sizes and terms.
    let tipping = comparison.choice.and_then(|_| tipping_point(comparison));
    if let Some(found) = searched {
        says = Text(says.then(" ").0.into_iter().chain(found.0).collect());
    }
    if let Some(deadline) = deadline(comparison) {
        says = says.then(" ").and(deadline, Style::Quiet);
    }
    if let Some(tipping) = tipping {
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
