//! A text that is handed over when a person is done with it; what is refused stays in its box with a sentence below.

use super::message::{Line, draw};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The text of an input from the first keystroke until it is finished.
#[derive(Clone)]
pub struct Typed(UseStateHandle<State>);

#[derive(Clone, PartialEq, Default)]
struct State {
    text: Option<String>,
    error: Option<String>,
}

/// Nothing is typed at first.
#[hook]
pub fn use_typed() -> Typed {
    Typed(use_state(State::default))
}

impl Typed {
    /// What the input shows: what is being typed, else the plan's value.
    #[must_use]
    pub fn shown(&self, value: String) -> String {
        self.0.text.clone().unwrap_or(value)
    }

    /// The finished text was refused.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.0.error.is_some()
    }

    /// The sentence below the input of this id, if its text was refused.
    pub fn says(&self, id: &str) -> Html {
        draw(self.0.error.clone().map(|text| Line { text, class: "msg" }).as_ref(), id)
    }

    /// What `aria-describedby` of the input of this id is.
    #[must_use]
    pub fn described_by(&self, id: &str) -> Option<String> {
        self.is_refused().then(|| format!("{id}-says"))
    }

    /// Keeps what is typed.
    #[must_use]
    pub fn oninput(&self) -> Callback<InputEvent> {
        let typed = self.0.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            typed.set(State { text: Some(text), error: None });
        })
    }

    /// Shows a sentence without a text, or none.
    pub fn say(&self, error: Option<String>) {
        self.0.set(State { text: None, error });
    }

    /// Escape takes the text back.
    #[must_use]
    pub fn onkeydown(&self) -> Callback<KeyboardEvent> {
        let typed = self.0.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                typed.set(State::default());
            }
        })
    }

    /// Hands the finished text over; the plan's value is shown again.
    #[must_use]
    pub fn onchange(&self, finish: impl Fn(String) + 'static) -> Callback<Event> {
        self.oncommit(move |text| {
            finish(text);
            Ok(())
        })
    }

    /// Hands the finished text over; one that is refused stays, with the sentence.
    #[must_use]
    pub fn oncommit(&self, finish: impl Fn(String) -> Result<(), String> + 'static) -> Callback<Event> {
        let typed = self.0.clone();
        Callback::from(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            typed.set(match finish(text.clone()) {
                Ok(()) => State::default(),
                Err(error) => State { text: Some(text), error: Some(error) },
            });
        })
    }
}

/// The first click selects the whole value, as the tab key does; a second one places the caret.
#[must_use]
pub fn onmousedown() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let at_it = gloo::utils::document().active_element().is_some_and(|active| active == *input.as_ref());
        if !at_it && event.button() == 0 {
            // The browser would place the caret after the focus.
            event.prevent_default();
            let _ = input.focus();
            input.select();
        }
    })
}

/// Selects the whole value of the input that has come into focus.
#[must_use]
pub fn onfocus() -> Callback<FocusEvent> {
    Callback::from(|event: FocusEvent| event.target_unchecked_into::<HtmlInputElement>().select())
}
