//! A text that stays in its input with a sentence until it is a value that the plan may hold.

use super::draft::Draft;
use crate::state::{Act, Action, Session};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The text of an input from the first keystroke until it is in the plan.
#[derive(Clone)]
pub struct Held(UseStateHandle<Draft>);

/// Nothing is held at first.
#[hook]
pub fn use_held() -> Held {
    Held(use_state(Draft::default))
}

impl Held {
    /// What the input shows: what is held, else the plan's value.
    #[must_use]
    pub fn shown(&self, value: String) -> String {
        self.0.text.clone().unwrap_or(value)
    }

    /// The value of `aria-invalid`.
    #[must_use]
    pub fn invalid(&self) -> Option<&'static str> {
        self.0.error.is_some().then_some("true")
    }

    /// The sentence below the input, with the id that `aria-describedby` names.
    pub fn line(&self, id: &str) -> Html {
        self.0
            .error
            .as_ref()
            .map_or_else(Html::default, |text| html! { <p id={format!("{id}-says")} class="msg">{ text }</p> })
    }

    /// The value of `aria-describedby`.
    #[must_use]
    pub fn says(&self, id: &str) -> Option<String> {
        self.0.error.is_some().then(|| format!("{id}-says"))
    }

    /// Keeps what is typed.
    #[must_use]
    pub fn oninput(&self) -> Callback<InputEvent> {
        let held = self.0.clone();
        Callback::from(move |event: InputEvent| {
            held.set(Draft { text: Some(event.target_unchecked_into::<HtmlInputElement>().value()), error: None });
        })
    }

    /// Hands the finished text over. What it asks for is done, and the plan's value is shown again; a refusal holds the text.
    #[must_use]
    pub fn onchange(
        &self,
        session: &Session,
        act: &Act,
        finish: impl Fn(String) -> Asked + 'static,
    ) -> Callback<Event> {
        let (held, session, act) = (self.0.clone(), session.clone(), act.clone());
        Callback::from(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            match finish(text.clone()).tried(&session) {
                Ok(action) => {
                    held.set(Draft::default());
                    act.emit(action);
                }
                Err(error) => held.set(Draft { text: Some(text), error: Some(error) }),
            }
        })
    }

    /// Shows a sentence without a text, or none.
    pub fn say(&self, error: Option<String>) {
        self.0.set(Draft { text: None, error });
    }
}

/// What a finished text asks for: a function that makes the edit, twice where it is tried first.
pub struct Asked(Box<dyn Fn() -> Action>);

impl Asked {
    /// An edit or a refusal, made anew at each call.
    #[must_use]
    pub fn new(action: impl Fn() -> Action + 'static) -> Self {
        Self(Box::new(action))
    }

    /// The action, if the plan takes it; else the sentence.
    pub(super) fn tried(&self, session: &Session) -> Result<Action, String> {
        let refused = match (self.0)() {
            Action::Refuse(said) => Some(said),
            Action::Edit { change, .. } => session.refusal(change),
            _ => None,
        };
        refused.map_or_else(|| Ok((self.0)()), Err)
    }
}
