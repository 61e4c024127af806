//! The answer, first: one or two sentences.

use super::own_price::OwnPrice;
use crate::document::text;
use crate::state::Session;
use dr_core::report::views::overview;
use yew::prelude::*;

pub(super) fn verdict(session: &Session) -> Html {
    text(&overview::verdict(session.subject()).says)
}

/// A box for each node's price that keeps a cost open.
pub(super) fn missing(session: &Session) -> Html {
    let nodes = session.evaluation.missing_nodes();
    if nodes.is_empty() {
        return Html::default();
    }
    let boxes = nodes.into_iter().map(|node| {
        let name = node.name();
        let label = overview::price_label(&name);
        html! { <OwnPrice key={name} sku={node.sku} region={node.place.region} {label} /> }
    });
    html! { <div class="missing" role="group" aria-label="Prices that are missing">{ for boxes }</div> }
}
