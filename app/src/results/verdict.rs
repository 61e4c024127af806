//! The answer, first: one or two sentences.

use crate::state::use_session;
use dr_core::model::comparison::Span;
use yew::prelude::*;

#[component]
pub(super) fn Verdict() -> Html {
    let session = use_session();
    let comparison = &session.evaluation.comparison;
    html! {
        <div class="verdict" data-verdict="" role="status">
            <p>
                { spans(&comparison.sentence) }
                if let Some(flip) = &comparison.flip { { " " }<span class="flip">{ flip }</span> }
            </p>
        </div>
    }
}

/// A sentence with its strong parts bold.
pub(super) fn spans(spans: &[Span]) -> Html {
    spans
        .iter()
        .map(|span| {
            if span.strong {
                html! { <b>{ &span.text }</b> }
            } else {
                html! { &span.text }
            }
        })
        .collect()
}
