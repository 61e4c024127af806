//! What the fields look like, as HTML.

use super::draft::Draft;
use super::number::NumberBox;
use super::{Choice, ChoiceField, NumberField, RangeInput, SwitchField, input_id};
use crate::testing::{drawn, session_with};
use dr_core::plan::Plan;
use dr_core::units::{Bytes, OpsPerSec, Range, Secs};
use insta::assert_snapshot;
use yew::prelude::*;

#[test]
fn a_path_becomes_an_id() {
    assert_eq!(input_id("workload.peak.ratio"), "f-workload-peak-ratio");
}

#[test]
fn a_number_shows_its_value_and_unit() {
    assert_snapshot!(drawn(&session_with(|_| {}), html! { <NumberField path="workload.writes" /> }));
}

#[test]
fn an_optional_number_shows_what_is_derived() {
    let view = html! { <NumberField path="workload.reads" derived="20,000/s: 4 × the writes, derived" /> };
    assert_snapshot!(drawn(&session_with(|_| {}), view));
}

#[test]
fn an_optional_number_that_is_set_can_be_derived_again() {
    let session = session_with(|plan| plan.workload.reads = Some(OpsPerSec::per_s(9_000.0)));
    assert_snapshot!(drawn(&session, html! { <NumberField path="workload.reads" derived="20,000/s: derived" /> }));
}

#[test]
fn a_finding_stands_below_its_field_and_describes_it() {
    let session = session_with(|plan| plan.workload.largest_key = Bytes::gb(1.0));
    assert_snapshot!(drawn(&session, html! { <NumberField path="workload.largest_key" /> }));
}

/// A box whose typed text was refused.
#[component]
fn Refused() -> Html {
    let draft = use_state(|| Draft {
        text: Some("many".to_owned()),
        error: Some("Writes: “many” is no number.".to_owned()),
        focused: false,
    });
    html! { <NumberBox path="workload.writes" {draft} says=true /> }
}

#[test]
fn a_refused_text_stays_in_the_box() {
    assert_snapshot!(drawn(&session_with(|_| {}), html! { <Refused /> }));
}

#[test]
fn a_range_stands_in_three_boxes() {
    let session = session_with(|plan| {
        plan.recovery.detect = Range::new(Secs::secs(60.0), Secs::secs(300.0), Secs::secs(540.0));
    });
    assert_snapshot!(drawn(&session, html! { <RangeInput path="recovery.detect" /> }));
}

#[test]
fn a_switch_and_a_list() {
    let get: fn(&Plan) -> bool = |plan| plan.workload.custom_hash_tags;
    let set: fn(&mut Plan, bool) = |plan, on| plan.workload.custom_hash_tags = on;
    let choices = vec![Choice::new("a", "First"), Choice::new("b", "Second")];
    let view = html! {
        <>
            <SwitchField path="workload.custom_hash_tags" label="Keys have hash tags of their own" {get} {set} />
            <ChoiceField path="active.sku" label="Size" {choices} chosen="b" from="A remark" onchoose={Callback::noop()} />
        </>
    };
    assert_snapshot!(drawn(&session_with(|plan| plan.workload.custom_hash_tags = true), view));
}

#[test]
fn a_path_that_is_no_field_draws_nothing() {
    let view = html! { <><NumberField path="workload.colour" /><RangeInput path="recovery.colour" /></> };
    assert_eq!(drawn(&session_with(|_| {}), view), "");
}
