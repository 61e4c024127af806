//! The message line.

use crate::state::{Action, use_act, use_session};
use yew::prelude::*;

/// What was done or refused; a refusal is announced at once.
#[component]
pub fn NoticeLine() -> Html {
    let session = use_session();
    let act = use_act();
    let Some(notice) = &session.notice else { return html! { <div role="status" class="no-notice"></div> } };
    let (role, class) = if notice.refused { ("alert", "notice refused") } else { ("status", "notice") };
    let dismiss = act.reform(|_: MouseEvent| Action::Dismiss);
    html! {
        <div {role} {class} data-notice="">
            <p>{ &notice.text }</p>
            <button type="button" class="link" onclick={dismiss}>{ "Close" }</button>
        </div>
    }
}
