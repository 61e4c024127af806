//! A text that is handed over when a person is done with it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The text of an input from the first keystroke until it is finished.
pub struct Typed(UseStateHandle<Option<String>>);

/// Nothing is typed at first.
#[hook]
pub fn use_typed() -> Typed {
    Typed(use_state(|| None))
}

impl Typed {
    /// What the input shows: what is being typed, else the plan's value.
    #[must_use]
    pub fn shown(&self, value: String) -> String {
        (*self.0).clone().unwrap_or(value)
    }

    /// Keeps what is typed.
    #[must_use]
    pub fn oninput(&self) -> Callback<InputEvent> {
        let typed = self.0.clone();
        Callback::from(move |event: InputEvent| {
            typed.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    }

    /// Hands the finished text over; the plan's value is shown again.
    #[must_use]
    pub fn onchange(&self, finish: impl Fn(String) + 'static) -> Callback<Event> {
        let typed = self.0.clone();
        Callback::from(move |event: Event| {
            typed.set(None);
            finish(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    }
}
