//! What a first result does not need: a second part of the program, which comes in idle time or when it is asked for.
//!
//! The build cuts the program at [`second`]: what only its table reaches is a file of its own. Everywhere else but in the
//! built page the table is at hand.

use crate::results::{Panel, draw};
use crate::state::Session;
use std::cell::Cell;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

/// What the second part does.
#[derive(Clone, Copy)]
pub(crate) struct Second {
    /// Draws a panel.
    pub(crate) draw: fn(Panel, &Session) -> Html,
}

static SECOND: Second = Second { draw };

/// The way into the second part; an error where it did not come.
#[wasm_split(second, fallible)]
fn second() -> Result<&'static Second, SplitLoaderError> {
    Ok(&SECOND)
}

thread_local! {
    static HERE: Cell<Option<&'static Second>> = const { Cell::new(None) };
}

/// The second part, when it is there.
pub(crate) fn here() -> Option<&'static Second> {
    #[cfg(not(target_family = "wasm"))]
    HERE.set(Some(&SECOND));
    HERE.get()
}

/// Fetches the second part, unless it is there; true when it is.
pub(crate) async fn fetched() -> bool {
    if here().is_none() {
        HERE.set(second().await.ok());
    }
    here().is_some()
}

/// How far the second part is.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// It is there.
    Here(&'static Second),
    /// It is under way.
    Comes,
    /// It did not come.
    Failed,
}

/// The second part for a view, and how to ask for it once more.
pub(crate) struct Asked {
    pub(crate) state: Part,
    pub(crate) again: Callback<()>,
}

/// Asks for the second part when a view needs it, and draws the view again when it has come or failed.
#[hook]
pub(crate) fn use_part() -> Asked {
    let failed = use_state(|| false);
    let drawn = use_force_update();
    let ask = {
        let failed = failed.clone();
        Callback::from(move |()| {
            let (failed, drawn) = (failed.clone(), drawn.clone());
            failed.set(false);
            wasm_bindgen_futures::spawn_local(async move {
                failed.set(!fetched().await);
                drawn.force_update();
            });
        })
    };
    {
        let ask = ask.clone();
        use_effect_with((), move |()| {
            if here().is_none() {
                ask.emit(())
            }
        });
    }
    let state = match here() {
        Some(second) => Part::Here(second),
        None if *failed => Part::Failed,
        None => Part::Comes,
    };
    Asked { state, again: ask }
}
