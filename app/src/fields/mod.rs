//! Fields: draft text while a person types, the plan's value once they are done, a sentence when it cannot be.

mod checked_text;
mod choice;
mod confirm;
mod draft;
mod evidence;
mod message;
mod number;
mod range;
mod switch;
#[cfg(test)]
mod tests;
mod text;
mod typed;

pub use checked_text::{Asked, CheckedText, use_checked_text};
pub use choice::{Choice, ChoiceField};
pub use confirm::ConfirmField;
pub use evidence::drills;
pub use number::NumberField;
pub use range::RangeInput;
pub use switch::SwitchField;
pub use text::{PlaceInput, TextInput};
pub use typed::{Typed, onfocus, onmousedown, use_typed};

/// A field's path as the id of its input.
#[must_use]
pub fn input_id(path: &str) -> String {
    format!("f-{}", path.replace('.', "-"))
}
