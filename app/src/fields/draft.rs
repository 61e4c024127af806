//! The text of an input between the first keystroke and the commit.

use dr_core::plan::{Field, FieldError};
use dr_core::units::Currency;

/// What is in an input.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Draft {
    /// The typed text; `None` while the plan's value is shown.
    pub(super) text: Option<String>,
    /// Why the typed text is no value.
    pub(super) error: Option<String>,
}

/// What a finished text asks of the plan.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Commit {
    /// Nothing: the text is what is there.
    Nothing,
    /// A new value in base units, or none to derive it.
    Set(Option<f64>),
    /// Nothing, and the sentence is shown.
    Refuse(String),
}

/// Reads a finished text, money in this currency: an empty one leaves an optional field to be derived.
pub(super) fn commit(field: &Field, text: &str, current: Option<f64>, currency: Currency) -> Commit {
    if current.is_some_and(|value| field.edit_text(value) == text.trim()) {
        return Commit::Nothing;
    }
    if text.trim().is_empty() && field.optional {
        return if current.is_none() { Commit::Nothing } else { Commit::Set(None) };
    }
    match field.read_in(text, currency) {
        Ok(value) => Commit::Set(Some(value)),
        Err(FieldError { message, .. }) => Commit::Refuse(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dr_core::plan::field;

    #[test]
    fn a_finished_text_sets_refuses_or_leaves() {
        let writes = field("workload.writes").expect("a field");
        let reads = field("workload.reads").expect("a field");
        let cases = [
            (writes, "5,000", Some(5_000.0), Commit::Nothing),
            (writes, "18k/s", Some(5_000.0), Commit::Set(Some(18_000.0))),
            (reads, "", Some(5.0), Commit::Set(None)),
            (reads, " ", None, Commit::Nothing),
        ];
        for (field, text, current, expected) in cases {
            assert_eq!(commit(field, text, current, Currency::USD), expected, "{text}");
        }
        assert!(
            matches!(commit(writes, "", Some(1.0), Currency::USD), Commit::Refuse(message) if message.starts_with("Writes: nothing"))
        );
    }
}
