//! Fields: draft text while a person types, the plan's value once they are done, a sentence when it cannot be.

mod choice;
mod confirm;
mod draft;
mod evidence;
mod held;
mod message;
mod number;
mod range;
mod switch;
#[cfg(test)]
mod tests;
mod text;
mod typed;

pub use choice::{Choice, ChoiceField};
pub use confirm::ConfirmField;
pub use evidence::drills;
pub use held::{Asked, Held, use_held};
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
