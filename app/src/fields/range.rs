//! Low, most likely and high of one uncertain input.

use super::draft::Draft;
use super::evidence::EvidenceInput;
use super::number::NumberBox;
use crate::state::use_session;
use dr_core::plan::{check, field, range_field};
use dr_core::report::coefficients::source_of;
use yew::prelude::*;

/// Properties of [`RangeInput`].
#[derive(Properties, PartialEq)]
pub struct RangeInputProps {
    /// Path of the range in the plan file, `recovery.detect`.
    pub path: &'static str,
}

/// Three figures in a row, with the source of their defaults.
#[component]
pub fn RangeInput(props: &RangeInputProps) -> Html {
    let session = use_session();
    let drafts = [use_state(Draft::default), use_state(Draft::default), use_state(Draft::default)];
    let Some(range) = range_field(props.path) else { return Html::default() };
    let unit = field(range.parts[0]).map_or("", |field| field.unit);
    let error = drafts.iter().find_map(|draft| draft.error.clone());
    let unordered =
        || check(&session.plan).into_iter().find(|error| error.field == props.path).map(|error| error.message);
    let message = error.or_else(unordered);
    let boxes = range.parts.iter().zip(drafts).map(|(path, draft)| {
        let name = field(path).map(|field| field.label);
        html! { <NumberBox {path} {draft} {name} unit={false} /> }
    });
    html! {
        <fieldset class="three" data-field={props.path} tabindex="-1">
            <legend>{ range.label }<span class="unit">{ format!(" {unit}: low, likely, high") }</span></legend>
            <div>{ for boxes }</div>
            <p class="from">{ source_of(&session.plan, range) }</p>
            if let Some(message) = message { <p class="msg">{ message }</p> }
            if props.path.starts_with("recovery.") { <EvidenceInput path={props.path} /> }
        </fieldset>
    }
}

/// Ranges below each other.
pub fn ranges(paths: &[&'static str]) -> Html {
    paths.iter().map(|path| html! { <RangeInput {path} /> }).collect()
}
