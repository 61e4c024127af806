//! Unknown, confirmed or not so.

use super::{input_id, message};
use crate::state::{Action, use_act, use_session};
use dr_core::plan::{Confirmation, Plan};
use dr_core::units::names::Named;
use yew::prelude::*;

/// Properties of [`ConfirmField`].
#[derive(Properties)]
pub struct ConfirmFieldProps {
    /// Path of the field in the plan file.
    pub path: &'static str,
    /// What is to be confirmed.
    pub label: &'static str,
    /// Reads the answer.
    pub get: fn(&Plan) -> Confirmation,
    /// Sets it.
    pub set: fn(&mut Plan, Confirmation),
}

impl PartialEq for ConfirmFieldProps {
    /// The path tells the fields apart.
    fn eq(&self, other: &Self) -> bool {
        (self.path, self.label) == (other.path, other.label)
    }
}

/// Three buttons of which one is chosen, under what is to be confirmed.
#[component]
pub fn ConfirmField(props: &ConfirmFieldProps) -> Html {
    let session = use_session();
    let act = use_act();
    let id = input_id(props.path);
    let (path, set) = (props.path, props.set);
    let answer = (props.get)(&session.plan);
    let line = message::line_below(path, None, &session);
    let choices = Confirmation::NAMES.iter().map(|(choice, name, label)| {
        let choice = *choice;
        let onchange = act.reform(move |_: Event| Action::edit(path, move |plan| set(plan, choice)));
        html! {
            <label><input type="radio" name={id.clone()} value={*name} checked={choice == answer} {onchange} />{ *label }</label>
        }
    });
    html! {
        <fieldset class="three" data-field={path} tabindex="-1"
            aria-describedby={line.is_some().then(|| format!("{id}-says"))}>
            <legend>{ props.label }</legend>
            <div class="answers">{ for choices }</div>
            { message::draw(line.as_ref(), &id) }
        </fieldset>
    }
}
