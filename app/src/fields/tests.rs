//! What the fields look like, as HTML.

use super::draft::Draft;
use super::number::NumberBox;
use super::{Choice, ChoiceField, NumberField, RangeInput, SwitchField, input_id};
use crate::testing::{drawn, parts, session_with};
use dr_core::plan::Plan;
use dr_core::units::{Bytes, OpsPerSec, Range, Secs};
use insta::assert_snapshot;
use yew::prelude::*;

#[test]
fn a_path_becomes_an_id() {
    assert_eq!(input_id("workload.peak.ratio"), "f-workload-peak-ratio");
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

fn a_switch_and_a_list() -> Html {
    let get: fn(&Plan) -> bool = |plan| plan.workload.custom_hash_tags;
    let set: fn(&mut Plan, bool) = |plan, on| plan.workload.custom_hash_tags = on;
    let choices = vec![Choice::new("a", "First"), Choice::new("b", "Second")];
    html! {
        <>
            <SwitchField path="workload.custom_hash_tags" label="Keys have hash tags of their own" {get} {set} />
            <ChoiceField path="active.sku" label="Size" {choices} chosen="b" from="A remark" onchoose={Callback::noop()} />
        </>
    }
}

/// Every kind of field in each of its states, in one golden.
#[test]
fn fields() {
    let plain = || session_with(|_| {});
    let set = session_with(|plan| plan.workload.reads = Some(OpsPerSec::per_s(9_000.0)));
    let found = session_with(|plan| plan.workload.largest_key = Bytes::gb(1.0));
    let range = session_with(|plan| {
        plan.recovery.detect = Range::new(Secs::secs(60.0), Secs::secs(300.0), Secs::secs(540.0));
    });
    let tags = session_with(|plan| plan.workload.custom_hash_tags = true);
    let derived = || html! { <NumberField path="workload.reads" derived="20,000/s: 4 × the writes, derived" /> };
    assert_snapshot!(parts(&[
        ("a number with its unit", drawn(&plain(), html! { <NumberField path="workload.writes" /> })),
        ("an optional number: what is derived", drawn(&plain(), derived())),
        ("set: it can be derived again", drawn(&set, derived())),
        ("a finding below its field", drawn(&found, html! { <NumberField path="workload.largest_key" /> })),
        ("a refused text stays in the box", drawn(&plain(), html! { <Refused /> })),
        ("a range in three boxes", drawn(&range, html! { <RangeInput path="recovery.detect" /> })),
        ("a switch and a list", drawn(&tags, a_switch_and_a_list())),
    ]));
}

#[test]
fn a_path_that_is_no_field_draws_nothing() {
    let view = html! { <><NumberField path="workload.colour" /><RangeInput path="recovery.colour" /></> };
    assert_eq!(drawn(&session_with(|_| {}), view), "");
}
