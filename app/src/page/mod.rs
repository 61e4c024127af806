//! The shell: plan bar, inputs, results, notice.

use crate::results::Results;
use crate::state::{SessionProvider, storage};
use yew::prelude::*;

/// The whole page.
#[component]
pub fn App() -> Html {
    let start = use_memo((), |()| storage::start());
    match &*start {
        Ok(session) => html! {
            <SessionProvider start={session.clone()}>
                <main id="results" class="results"><Results /></main>
            </SessionProvider>
        },
        Err(error) => html! { <p role="alert">{ format!("The bundled catalogue is damaged: {error}") }</p> },
    }
}
