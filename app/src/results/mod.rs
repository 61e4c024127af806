//! Everything that the plan answers: the verdict, three cards, six tabs.

use crate::state::use_session;
use yew::prelude::*;

/// The results of the session's plan.
#[component]
pub fn Results() -> Html {
    let session = use_session();
    let spans = session.evaluation.comparison.sentence.iter();
    html! {
        <p class="verdict" data-verdict="">
            { for spans.map(|span| if span.strong { html! { <b>{ &span.text }</b> } } else { html! { &span.text } }) }
        </p>
    }
}
