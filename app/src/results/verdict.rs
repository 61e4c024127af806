//! The answer, first: one or two sentences.

use crate::state::Session;
use dr_core::model::comparison::Span;
use yew::prelude::*;

pub(super) fn verdict(session: &Session) -> Html {
    let comparison = &session.evaluation.comparison;
    html! {
        <div class="verdict" data-verdict="" role="status">
            <p>
                { spans(&comparison.sentence) }
                if let Some(deadline) = &comparison.deadline { { " " }<span class="deadline">{ deadline }</span> }
                if let Some(flip) = &comparison.flip { { " " }<span class="flip">{ flip }</span> }
            </p>
        </div>
    }
}

/// A sentence with its strong parts bold.
pub(crate) fn spans(spans: &[Span]) -> Html {
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
