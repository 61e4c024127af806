//! The shell: plan bar, inputs, results, notice.

#[cfg(test)]
mod tests;

use crate::bar::{DropZone, NoticeLine, PlanBar};
use crate::inputs::Inputs;
use crate::results::Results;
use crate::state::{SessionProvider, storage};
use yew::prelude::*;

/// The whole page.
#[component]
pub fn App() -> Html {
    let start = use_memo((), |()| storage::start());
    match &*start {
        Ok(session) => html! { <SessionProvider start={session.clone()}>{ views() }</SessionProvider> },
        Err(error) => html! { <p role="alert">{ format!("The bundled catalogue is damaged: {error}") }</p> },
    }
}

fn views() -> Html {
    html! {
        <>
            <PlanBar />
            <NoticeLine />
            <DropZone />
            <div class="shell">
                <Inputs />
                <main id="results" class="results" tabindex="-1"><Results /></main>
            </div>
        </>
    }
}
