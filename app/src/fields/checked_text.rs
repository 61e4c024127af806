//! A typed text that the plan is asked about first: what it may not hold stays in its input with the sentence.

use super::typed::{Typed, use_typed};
use crate::state::{Act, Action, Session};
use dr_core::plan::with_not_applied;
use std::ops::Deref;
use yew::prelude::*;

/// The text of an input from the first keystroke until it is in the plan.
#[derive(Clone)]
pub struct CheckedText(Typed);

/// Nothing is held at first.
#[hook]
pub fn use_checked_text() -> CheckedText {
    CheckedText(use_typed())
}

impl Deref for CheckedText {
    type Target = Typed;

    fn deref(&self) -> &Typed {
        &self.0
    }
}

impl CheckedText {
    /// Hands the finished text over. What it asks for is done, and the plan's value is shown again; a refusal holds the text and says
    /// that the plan keeps `kept`.
    #[must_use]
    pub fn onasked(
        &self,
        session: &Session,
        act: &Act,
        kept: String,
        finish: impl Fn(String) -> Asked + 'static,
    ) -> Callback<Event> {
        let (session, act) = (session.clone(), act.clone());
        self.0.oncommit(move |text| {
            let tried = finish(text).tried(&session);
            tried.map(|action| act.emit(action)).map_err(|said| with_not_applied(&said, &kept))
        })
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
