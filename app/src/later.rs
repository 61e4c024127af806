//! What a first result does not need: a second part of the program, which comes in idle time or when it is asked for.
//!
//! Here is the way to it; what is in it says [`crate::second`]. So what draws a panel of it need not know the panel.

use crate::state::{Act, Action, Session, View, use_session};
use dr_core::import::dates::DateOrder;
use dr_core::model::Topology;
use dr_core::model::verdict::Objective;
use dr_core::plan::Plan;
use dr_core::report::chart::Chart;
use dr_core::report::estate::Given;
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, FileSystemEntry};
use yew::prelude::*;

/// Names and bytes of files that a person opens.
pub(crate) type Files = Vec<(String, Vec<u8>)>;
/// Where a worker's words go.
pub(crate) type Words<'a> = &'a mut dyn FnMut(String);
/// The second part when it has come; nothing where it did not.
pub(crate) type Coming = Pin<Box<dyn Future<Output = Option<&'static Second>>>>;

/// A panel that a first result does not need.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Panel {
    /// One of the views, other than the first.
    View(View),
    /// The inputs behind “Advanced”.
    Inputs,
    /// The open portfolio.
    Portfolio,
    /// What was read of Azure.
    Estate,
    /// Where a figure comes from, and what closes it.
    Explanation(Asked, Callback<()>),
    /// What the search finds where no design of the plan meets every target.
    Beyond,
    /// What a term means.
    Term(&'static str),
    /// A chart among the blocks of a section.
    Figure(Rc<Chart>),
}

/// A figure that is asked about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Asked {
    pub(crate) topology: Topology,
    pub(crate) objective: Objective,
}

/// A text that leaves the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Export {
    /// The plan as JSON.
    Plan,
    /// Every answer as JSON.
    Evaluation,
    /// All bills as CSV.
    Bills,
    /// The decision record as Markdown.
    Decision,
    /// The runbook as Markdown.
    Runbook,
    /// The report as one HTML file.
    Report,
    /// What is to be signed, as one HTML file.
    Evidence,
}

/// What the second part does.
#[derive(Clone, Copy)]
pub(crate) struct Second {
    /// Draws a panel.
    pub(crate) draw: fn(&Panel, &Session) -> Html,
    /// Opens files whose bytes are there.
    pub(crate) take: fn(Files, &Act),
    /// Opens files that a person chose.
    pub(crate) open: fn(Vec<File>, &Act),
    /// Opens the same files again, with the order of day and month in their dates.
    pub(crate) again: fn(DateOrder, &Act),
    /// Opens the same files without those of the estate to which they were to be added.
    pub(crate) alone: fn(&Act),
    /// Opens the files of folders.
    pub(crate) folders: fn(Vec<FileSystemEntry>, &Act),
    /// Writes a file.
    pub(crate) text: fn(Export, &Session) -> String,
    /// Saves a bill with the columns of FOCUS.
    pub(crate) focus: fn(Option<Topology>, &Session, &Act),
    /// Puts the report into the page, for paper.
    pub(crate) paper: fn(&Session),
    /// The plan for a link without the names of an estate; nothing where it holds none.
    pub(crate) without_names: fn(&Session) -> Option<Plan>,
    /// The evaluation of a plan file as JSON.
    pub(crate) evaluation: fn(&str) -> Result<String, String>,
    /// Answers a job, in a worker.
    pub(crate) answer: fn(&str, &dyn Fn() -> f64, Words<'_>),
    /// Sorts and reads files, in a worker; beside them what the page knows, as text.
    pub(crate) import: fn(Given, &str, Words<'_>),
}

thread_local! {
    static WAY: Cell<fn() -> Coming> = const { Cell::new(|| Box::pin(std::future::ready(None))) };
    static HERE: Cell<Option<&'static Second>> = const { Cell::new(None) };
}

/// Says how the second part is fetched; the program does so first.
pub(crate) fn comes_by(way: fn() -> Coming) {
    WAY.set(way);
}

/// The second part, when it is there.
#[cfg(not(test))]
pub(crate) fn here() -> Option<&'static Second> {
    HERE.get()
}

/// In a test it is at hand.
#[cfg(test)]
pub(crate) fn here() -> Option<&'static Second> {
    HERE.get().or(Some(&crate::second::SECOND))
}

/// Fetches the second part, unless it is there; true when it is.
pub(crate) async fn fetched() -> bool {
    if here().is_none() {
        let coming = WAY.get()();
        HERE.set(coming.await);
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
enum Part {
    /// It is there.
    Here(&'static Second),
    /// It is under way.
    Comes,
    /// It did not come.
    Failed,
}

/// The second part for a view, and how to ask for it once more.
struct Wanted {
    state: Part,
    again: Callback<()>,
}

/// Asks for the second part when a view needs it, and draws the view again when it has come or failed.
#[hook]
fn use_part() -> Wanted {
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
    Wanted { state, again: ask }
}

#[derive(Properties, PartialEq)]
pub(crate) struct LateProps {
    pub(crate) panel: Panel,
}

/// A panel of the second part: until that is there, a line says so, or why it did not come.
#[component]
pub(crate) fn Late(props: &LateProps) -> Html {
    let session = use_session();
    let part = use_part();
    match part.state {
        Part::Here(second) => (second.draw)(&props.panel, &session),
        Part::Comes => html! { <p class="quiet on-screen" role="status">{ "Loading…" }</p> },
        Part::Failed => html! {
            <div class="late" role="alert">
                <p>{ DID_NOT_COME }</p>
                <button type="button" class="btn on-screen" onclick={part.again.reform(|_: MouseEvent| ())}>{ "Try again" }</button>
            </div>
        },
    }
}
