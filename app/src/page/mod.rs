//! The shell: plan bar, inputs, results, notice.

mod asks;
#[cfg(test)]
mod tests;

use crate::bar::{NoticeLine, PlanBar};
use crate::inputs::Inputs;
use crate::later::{self, Late, Panel};
use crate::opening::DropZone;
use crate::paper;
use crate::results::Results;
use crate::state::{Keeper, Local, SessionProvider, Shelf, View, address, storage, use_session};
use asks::AskLines;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// Milliseconds until the page asks for what its first answer did not need.
const AFTER_FIRST: u32 = 300;

/// The whole page.
#[component]
pub fn App() -> Html {
    let start = use_memo((), |()| {
        let shelf = Shelf::new(Local, &gloo::utils::window().location().pathname().unwrap_or_default());
        storage::start(&shelf, address::fragment().as_deref()).map(|session| {
            let session = match address::view() {
                Some(view) => session.at(view),
                None => session,
            };
            (session, Rc::new(shelf))
        })
    });
    // When the first answer stands; a panel that is asked for before, or that fails, asks itself.
    use_effect_with((), |()| {
        let rest = Timeout::new(AFTER_FIRST, || {
            wasm_bindgen_futures::spawn_local(async {
                later::fetched().await;
            });
        });
        move || drop(rest)
    });
    match &*start {
        Ok((session, shelf)) => html! {
            <ContextProvider<Keeper> context={Keeper(Rc::clone(shelf))}>
                <SessionProvider start={session.clone()} shelf={Rc::clone(shelf)}>{ views() }</SessionProvider>
            </ContextProvider<Keeper>>
        },
        Err(error) => html! { <p role="alert">{ format!("The bundled catalogue is damaged: {error}") }</p> },
    }
}

fn views() -> Html {
    html! { <Views /> }
}

/// At night the failover alone; else everything.
#[component]
fn Views() -> Html {
    let session = use_session();
    if session.view() == View::Night && !session.workspace.shown {
        return html! { <main id="results" tabindex="-1"><Late panel={Panel::View(View::Night)} /></main> };
    }
    html! {
        <>
            <PlanBar />
            <NoticeLine />
            <AskLines />
            <DropZone />
            <div class="shell">
                <Inputs />
                <main id="results" class="results" tabindex="-1"><Results /></main>
            </div>
            <paper::OnPaper />
        </>
    }
}
