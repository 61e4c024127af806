//! The answer, first: one or two sentences.

use super::own_price::OwnPrice;
use crate::state::Session;
use dr_core::decide::Span;
use yew::prelude::*;

pub(super) fn verdict(session: &Session) -> Html {
    let comparison = &session.evaluation.comparison;
    html! {
        <>
            { spans(&comparison.sentence) }
            if let Some(deadline) = &comparison.deadline { { " " }<span class="deadline">{ deadline }</span> }
            if let Some(flip) = &comparison.flip { { " " }<span class="flip">{ flip }</span> }
        </>
    }
}

/// A box for each node's price that keeps a cost open.
pub(super) fn missing(session: &Session) -> Html {
    let nodes = session.evaluation.missing_nodes();
    if nodes.is_empty() {
        return Html::default();
    }
    let boxes = nodes.into_iter().map(|node| {
        let label = format!("{}, a node-hour", node.name);
        html! { <OwnPrice key={node.name} sku={node.sku} region={node.region} {label} /> }
    });
    html! { <div class="missing" role="group" aria-label="Prices that are missing">{ for boxes }</div> }
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
