//! When the outage began: asked first, and to be put right later.

use super::saved_log::Change;
use crate::files;
use dr_core::report::night::{BEGAN, NightLog, Timestamp};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct BeganProps {
    pub(super) at: Option<Timestamp>,
    pub(super) change: Change,
}

/// A box for day and time, and a button for now while nobody has said.
#[component]
pub(super) fn Began(props: &BeganProps) -> Html {
    let set = |at: Option<Timestamp>, change: &Change| {
        if at.is_some() {
            change.emit(Box::new(move |log: &mut NightLog| log.began = at));
        }
    };
    let typed = {
        let change = props.change.clone();
        Callback::from(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            set(Timestamp::of_seconds(files::seconds_of(&text)), &change);
        })
    };
    let now = {
        let change = props.change.clone();
        Callback::from(move |_: MouseEvent| set(Timestamp::of_seconds(files::seconds_now()), &change))
    };
    let value = props.at.map(|at| files::local_time(at.seconds())).unwrap_or_default();
    html! {
        <div class={classes!("began", props.at.is_none().then_some("asked"))}>
            <label>{ BEGAN }<input type="datetime-local" {value} onchange={typed} /></label>
            if props.at.is_none() { <button type="button" class="btn primary" onclick={now}>{ "Now" }</button> }
        </div>
    }
}
