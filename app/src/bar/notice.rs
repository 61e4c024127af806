//! The message line.

use crate::opening::{Alone, DateOrders, cancel};
use crate::state::{Act, Action, use_act, use_session};
use dr_core::import::dates::asks_for_order;
use dr_core::report::estate::may_be_alone;
use dr_core::stats::sample::Progress;
use yew::prelude::*;

/// What was done or refused; a refusal is announced at once.
#[component]
pub fn NoticeLine() -> Html {
    let session = use_session();
    let act = use_act();
    if let Some(progress) = session.reading {
        return reading(progress, act);
    }
    let Some(notice) = &session.notice else { return html! { <div role="status" class="no-notice"></div> } };
    let (role, class) = if notice.refused { ("alert", "notice refused") } else { ("status", "notice") };
    let dismiss = act.reform(|_: MouseEvent| Action::Dismiss);
    html! {
        <div {role} {class} data-notice="">
            <p>{ &notice.text }</p>
            if asks_for_order(&notice.text) { <DateOrders /> }
            if may_be_alone(&notice.text) { <Alone /> }
            <button type="button" class="link" onclick={dismiss}>{ "Close" }</button>
        </div>
    }
}

/// How far files are that are being read.
fn reading(progress: Progress, act: Act) -> Html {
    let stop = Callback::from(move |_: MouseEvent| cancel(&act));
    html! {
        <div role="status" class="notice" data-reading="">
            <p>{ "Reading the files… " }<progress aria-label="Files read" max={progress.trials.to_string()} value={progress.done.to_string()}></progress></p>
            <button type="button" class="link" onclick={stop}>{ "Cancel" }</button>
        </div>
    }
}
