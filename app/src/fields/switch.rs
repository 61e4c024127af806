//! Yes or no.

use super::{input_id, message};
use crate::state::{Action, use_act, use_session};
use dr_core::plan::Plan;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`SwitchField`].
#[derive(Properties)]
pub struct SwitchFieldProps {
    /// Path of the field in the plan file.
    pub path: &'static str,
    /// The label.
    pub label: &'static str,
    /// Reads the value.
    pub get: fn(&Plan) -> bool,
    /// Sets it.
    pub set: fn(&mut Plan, bool),
}

impl PartialEq for SwitchFieldProps {
    /// The path tells the fields apart.
    fn eq(&self, other: &Self) -> bool {
        (self.path, self.label) == (other.path, other.label)
    }
}

/// A labelled check box of the plan.
#[component]
pub fn SwitchField(props: &SwitchFieldProps) -> Html {
    let session = use_session();
    let act = use_act();
    let id = input_id(props.path);
    let (path, set) = (props.path, props.set);
    let checked = (props.get)(&session.plan);
    let line = message::line_below(path, None, &session);
    let onchange = Callback::from(move |event: Event| {
        let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
        act.emit(Action::edit(path, move |plan| set(plan, checked)));
    });
    html! {
        <div class="switch">
            <label for={id.clone()}>{ props.label }</label>
            <input id={id.clone()} data-field={path} type="checkbox" {checked} {onchange}
                aria-describedby={line.is_some().then(|| format!("{id}-says"))} />
            { message::draw(line.as_ref(), &id) }
        </div>
    }
}
