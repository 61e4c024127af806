//! What a first result does not need: a second part of the program, which comes in idle time or when it is asked for.
//!
//! The build cuts the program at [`second`]: what only its table reaches is a file of its own. Everywhere else but in the
//! built page the table is at hand.

use crate::bar::{Export, export_text, take};
use crate::page::put_on_paper;
use crate::results::{Panel, draw, save_focus};
use crate::state::{Act, Action, Session};
use crate::worker::answer;
use dr_core::model::Topology;
use std::cell::Cell;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::SplitLoaderError;
#[cfg(in_parts)]
use wasm_split_helpers::wasm_split;
use yew::prelude::*;

/// Names and bytes of files that a person opens.
pub(crate) type Files = Vec<(String, Vec<u8>)>;
/// Where a worker's words go.
pub(crate) type Words<'a> = &'a mut dyn FnMut(String);

/// What the second part does.
#[derive(Clone, Copy)]
pub(crate) struct Second {
    /// Draws a panel.
    pub(crate) draw: fn(&Panel, &Session) -> Html,
    /// Opens files.
    pub(crate) take: fn(Files, &Act),
    /// Writes a file.
    pub(crate) text: fn(Export, &Session) -> String,
    /// Saves a bill with the columns of FOCUS.
    pub(crate) focus: fn(Option<Topology>, &Session, &Act),
    /// Puts the report into the page, for paper.
    pub(crate) paper: fn(&Session),
    /// Answers a job, in a worker.
    pub(crate) answer: fn(&str, &dyn Fn() -> f64, Words<'_>),
}

static SECOND: Second = Second { draw, take, text: export_text, focus: save_focus, paper: put_on_paper, answer };

/// The way into the second part; an error where it did not come.
#[cfg(in_parts)]
#[wasm_split(second, fallible)]
fn second() -> Result<&'static Second, SplitLoaderError> {
    Ok(&SECOND)
}

/// Not cut: the table is at hand.
#[cfg(not(in_parts))]
#[allow(clippy::unused_async, clippy::unnecessary_wraps, reason = "as the one that is cut")]
async fn second() -> Result<&'static Second, SplitLoaderError> {
    Ok(&SECOND)
}

thread_local! {
    static HERE: Cell<Option<&'static Second>> = const { Cell::new(None) };
}

/// The second part, when it is there.
pub(crate) fn here() -> Option<&'static Second> {
    #[cfg(not(in_parts))]
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

/// Does what needs the second part: at once where it is there, else when it has come; says so where it does not come.
pub(crate) fn with(act: &Act, todo: impl FnOnce(&'static Second) + 'static) {
    if let Some(second) = here() {
        return todo(second);
    }
    let act = act.clone();
    spawn_local(async move {
        match fetched().await.then(here).flatten() {
            Some(second) => todo(second),
            None => act.emit(Action::Refuse(format!("{DID_NOT_COME} Try again in a minute."))),
        }
    });
}

/// Why something is not done.
pub(crate) const DID_NOT_COME: &str = "This part of the page did not load: the server or the connection fails. Your inputs are \
                                       safe.";

/// On paper in place of a panel that is under way: a browser waits for nobody when it prints.
pub(crate) const NOT_PRINTED: &str =
    "The report is not printed: the page was still loading it. Print again when every tab shows its figures.";

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
            spawn_local(async move {
                failed.set(!fetched().await);
                drawn.force_update();
            });
        })
    };
    {
        let ask = ask.clone();
        use_effect_with((), move |()| {
            if here().is_none() {
                ask.emit(());
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
