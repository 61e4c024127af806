//! What the answers look like, as HTML.

use super::{cards, verdict};
use crate::state::Session;
use crate::testing::{drawn, element, session, session_with};
use dr_core::plan::Plan;
use insta::assert_snapshot;
use yew::prelude::*;

fn first() -> Session {
    session(Plan::default())
}

fn one_region() -> Session {
    session_with(|plan| plan.remove_region(1))
}

#[test]
fn the_verdict_of_the_first_plan() {
    assert_snapshot!(drawn(&first(), html! { <verdict::Verdict /> }));
}

#[test]
fn a_card_of_each_topology() {
    let html = drawn(&first(), html! { <cards::Cards /> });
    for name in ["rebuild", "passive", "active"] {
        assert_snapshot!(format!("card_{name}"), element(&html, &format!("data-card=\"{name}\"")));
    }
}

#[test]
fn the_table_of_a_phone() {
    assert_snapshot!(element(&drawn(&first(), html! { <cards::Cards /> }), "class=\"matrix\""));
}

#[test]
fn one_region_is_no_pair_and_no_group() {
    let session = one_region();
    let html = drawn(&session, html! { <><verdict::Verdict /><cards::Cards /></> });
    assert_snapshot!("one_region_verdict", element(&html, "class=\"verdict\""));
    assert_snapshot!("one_region_card_head", element(&element(&html, "data-card=\"active\""), "class=\"design\""));
    assert_snapshot!("one_region_matrix", element(&html, "class=\"matrix\""));
}
