//! What is known of a recovery step beyond low, most likely and high.

use super::checked_text::{Asked, use_checked_text};
use super::input_id;
use super::typed::{onfocus, onmousedown};
use crate::state::{Action, use_act, use_session};
use dr_core::plan::{Evidence, EvidenceKind, print_drills, range_field, read_drills, step_label, with_not_applied};
use std::rc::Rc;
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
    let (typed, ticked) = (use_checked_text(), use_checked_text());
    let measured = typed.onasked(&session, &act, times.clone(), move |text| Asked::new(move || drilled(path, &text)));
    let interval = {
        let (session, ticked) = (Rc::clone(&session), ticked.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let on = input.checked();
            match Asked::new(move || set(path, on.then(|| (EvidenceKind::Interval, Vec::new())))).tried(&session) {
                Ok(action) => {
                    ticked.say(None);
                    act.emit(action);
                }
                Err(error) => {
                    input.set_checked(!on);
                    let kept = if on { "a range" } else { "a 90 % interval" };
                    ticked.say(Some(with_not_applied(&error, kept)));
                }
            }
        })
    };
    let step = step_label(path).unwrap_or_default();
    let id = input_id(&format!("{path}.drills"));
    let ticks = input_id(&format!("{path}.interval"));
    html! {
        <div class="evidence">
            <label>{ "Your drills" }<input type="text" data-field={format!("{path}.drills")} aria-label={format!("{step}: your drills, minutes")} aria-invalid={typed.is_refused().then_some("true")} aria-describedby={typed.described_by(&id)} value={typed.shown(times)} placeholder="minutes; minutes" oninput={typed.oninput()} onkeydown={typed.onkeydown()} onchange={measured} onfocus={onfocus()} onmousedown={onmousedown()} /></label>
            if range_field(path).is_some() { <label><input type="checkbox" checked={kind == Some(EvidenceKind::Interval)} disabled={kind == Some(EvidenceKind::Measured)} aria-label={format!("{step}: low to high is a 90 % interval")} aria-invalid={ticked.is_refused().then_some("true")} aria-describedby={ticked.described_by(&ticks)} onchange={interval} />{ "90 % interval" }</label> }
            { typed.says(&id) }
            { ticked.says(&ticks) }
        </div>
    }
}

/// What a typed list of measured times asks for; without any the step is its range again.
fn drilled(path: &'static str, text: &str) -> Action {
    match read_drills(text) {
        Ok(times) if times.is_empty() => set(path, None),
        Ok(times) => set(path, Some((EvidenceKind::Measured, times))),
        Err(message) => Action::Refuse(message),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::session_with;

    /// Drills are 0 to 7 d (10,080 min) and at most 200; a 90 % interval begins above 0.
    #[test]
    fn drills_that_no_plan_may_hold_stay_in_their_box_with_the_rule() {
        let session = session_with(|plan| plan.recovery.decide.low = dr_core::units::Secs::ZERO);
        let tried = |text: &str| {
            let text = text.to_owned();
            Asked::new(move || drilled("recovery.decide", &text)).tried(&session).err().unwrap_or_default()
        };
        let many = vec!["7"; 300].join("; ");
        let cases = [
            ("20000", "enter measured times from 0 to 7 d"),
            ("-5", "enter measured times from 0 to 7 d"),
            (many.as_str(), "it has 300 measured times; enter 1 to 200"),
            ("soon", "“soon” is no number"),
        ];
        for (text, part) in cases {
            assert!(tried(text).contains(part), "{text}: {}", tried(text));
        }
        for text in ["", "24; 31 min"] {
            assert_eq!(tried(text), "", "{text}");
        }
        let interval = Asked::new(|| set("recovery.decide", Some((EvidenceKind::Interval, Vec::new()))));
        assert!(interval.tried(&session).is_err_and(|why| why.contains("a 90 % interval begins above 0")));
    }
}
