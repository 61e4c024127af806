//! The text of an input between the first keystroke and the commit.

use dr_core::plan::{Field, FieldError};
use dr_core::units::Currency;

/// What is in an input.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Draft {
    /// The typed text; `None` while the plan's value is shown.
    pub(super) text: Option<String>,
    /// Why the typed text is no value, and what the plan keeps.
    pub(super) error: Option<String>,
    /// A person is at the input: the plan's value is shown as it is edited, without commas that a next digit would put astray.
    pub(super) focused: bool,
}

impl Draft {
    /// What the input shows: what is being typed, else the plan's value.
    pub(super) fn shown(&self, field: &Field, current: Option<f64>) -> String {
        match (&self.text, current) {
            (Some(text), _) => text.clone(),
            (None, Some(value)) if self.focused => field.edit_text(value),
            (None, Some(value)) => field.box_text(value),
            (None, None) => String::new(),
        }
    }
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
    if current.is_some_and(|value| [field.edit_text(value), field.box_text(value)].iter().any(|own| own == text.trim()))
    {
        return Commit::Nothing;
    }
    if text.trim().is_empty() && field.optional {
        return if current.is_none() { Commit::Nothing } else { Commit::Set(None) };
    }
    match field.read_in(text, currency) {
        Ok(value) => Commit::Set(Some(value)),
        Err(FieldError { message, .. }) => {
            Commit::Refuse(format!("{message} {}", field.not_applied(current, currency)))
        }
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
            (writes, "5000", Some(5_000.0), Commit::Nothing),
            (writes, "18k/s", Some(5_000.0), Commit::Set(Some(18_000.0))),
            (writes, "50000", Some(5_000.0), Commit::Set(Some(50_000.0))),
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

    /// The old verdict is not taken for the new text's.
    #[test]
    fn a_refused_text_says_what_the_plan_keeps() {
        let cases = [
            ("workload.writes", Some(5_000.0), "the plan keeps 5,000/s."),
            ("workload.reads", None, "the plan leaves it empty."),
            ("objectives.budget", Some(5_000.0), "the plan keeps 5,000\u{a0}$/month."),
        ];
        for (path, current, kept) in cases {
            let Commit::Refuse(said) = commit(field(path).expect("a field"), "5,0000", current, Currency::USD) else {
                panic!("{path} takes a broken group")
            };
            assert!(said.ends_with(&format!(" Not applied: {kept}")), "{said}");
        }
    }

    /// Commas are for reading: a digit typed after one would not stand where it is meant.
    #[test]
    fn a_number_is_grouped_until_it_is_edited() {
        let writes = field("workload.writes").expect("a field");
        for (focused, shown) in [(false, "5,000"), (true, "5000")] {
            assert_eq!(Draft { focused, ..Draft::default() }.shown(writes, Some(5_000.0)), shown);
        }
    }
}
