//! What a line of the bill opens to, as HTML.

use super::row;
use crate::state::use_session;
use crate::testing::{drawn, session};
use dr_core::model::Topology;
use dr_core::plan::Plan;
use insta::assert_snapshot;
use yew::prelude::*;

/// The lines of the pair's nodes and of what has no price, opened.
#[component]
fn Opened() -> Html {
    let session = use_session();
    let lines = &session.evaluation.passive.bill.lines;
    let unpriced = lines.iter().find(|line| line.amount.is_none());
    let shown = lines.first().into_iter().chain(unpriced);
    html! { <table>{ for shown.map(|line| row(line, Topology::Passive, &session, true, Callback::noop())) }</table> }
}

#[test]
fn an_open_line_says_where_it_comes_from() {
    assert_snapshot!(drawn(&session(Plan::default()), html! { <Opened /> }));
}
