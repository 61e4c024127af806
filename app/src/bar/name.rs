//! The plan's name.

use crate::state::{Action, use_act, use_session};
use dr_core::plan::MAX_NAME;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[component]
pub(super) fn PlanName() -> Html {
    let session = use_session();
    let act = use_act();
    let draft = use_state(|| None::<String>);
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| {
            draft.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let onchange = {
        let draft = draft.clone();
        Callback::from(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value().trim().to_owned();
            draft.set(None);
            let length = text.chars().count();
            act.emit(if (1..=MAX_NAME).contains(&length) {
                Action::edit("name", move |plan| plan.name = text)
            } else {
                Action::Refuse(format!("Plan name: it has {length} characters; enter 1 to {MAX_NAME}."))
            });
        })
    };
    let value = (*draft).clone().unwrap_or_else(|| session.plan.name.clone());
    html! { <input class="plan-name" aria-label="Plan name" data-field="name" autocomplete="off" {value} {oninput} {onchange} /> }
}
