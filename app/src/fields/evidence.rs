//! What is known of a recovery step beyond low, most likely and high.

use crate::state::{Action, use_act, use_session};
use dr_core::plan::{Evidence, EvidenceKind, print_drills, range_field, read_drills, step_label};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`EvidenceInput`].
#[derive(Properties, PartialEq)]
pub(super) struct EvidenceInputProps {
    /// Path of the step's range in the plan file, `recovery.detect`.
    pub(super) path: &'static str,
}

/// Measured times that replace the range, or the range as a 90 % interval.
#[component]
pub(super) fn EvidenceInput(props: &EvidenceInputProps) -> Html {
    let session = use_session();
    let act = use_act();
    let path = props.path;
    let known = session.plan.evidence(path);
    let kind = known.map(|known| known.kind);
    let times = known.map(|known| print_drills(&known.times)).unwrap_or_default();
    let measured =
        act.reform(move |event: Event| match read_drills(&event.target_unchecked_into::<HtmlInputElement>().value()) {
            Ok(times) if times.is_empty() => set(path, None),
            Ok(times) => set(path, Some((EvidenceKind::Measured, times))),
            Err(message) => Action::Refuse(message),
        });
    let interval = act.reform(move |event: Event| {
        let on = event.target_unchecked_into::<HtmlInputElement>().checked();
        set(path, on.then(|| (EvidenceKind::Interval, Vec::new())))
    });
    let step = step_label(path).unwrap_or_default();
    html! {
        <div class="evidence">
            <label>{ "Your drills" }<input type="text" data-field={format!("{path}.drills")} aria-label={format!("{step}: your drills, minutes")} value={times} placeholder="minutes; minutes" onchange={measured} /></label>
            if range_field(path).is_some() { <label><input type="checkbox" checked={kind == Some(EvidenceKind::Interval)} disabled={kind == Some(EvidenceKind::Measured)} aria-label={format!("{step}: low to high is a 90 % interval")} onchange={interval} />{ "90 % interval" }</label> }
        </div>
    }
}

/// Drills of a step whose duration is computed; they replace it.
pub fn drills(path: &'static str) -> Html {
    html! {
        <fieldset class="three" data-field={path} tabindex="-1">
            <legend>{ step_label(path) }<span class="unit">{ " computed, or as measured" }</span></legend>
            <EvidenceInput {path} />
        </fieldset>
    }
}

fn set(path: &'static str, known: Option<(EvidenceKind, Vec<dr_core::units::Secs>)>) -> Action {
    Action::edit("recovery.evidence", move |plan| {
        let step = path.strip_prefix("recovery.").unwrap_or(path);
        plan.recovery.evidence.retain(|evidence| evidence.step != step);
        plan.recovery.evidence.extend(known.map(|(kind, times)| Evidence { step: step.to_owned(), kind, times }));
    })
}
