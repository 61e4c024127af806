//! Files that add to an estate, read without it where a person wants that.

use crate::later;
use crate::state::{Action, use_act};
use yew::prelude::*;

/// Reads the files that were opened last without those of before.
#[component]
pub(crate) fn Alone() -> Html {
    let act = use_act();
    let onclick = {
        let act = act.clone();
        Callback::from(move |_: MouseEvent| {
            act.emit(Action::Dismiss);
            let to = act.clone();
            later::with(&act, move |second| (second.alone)(&to));
        })
    };
    html! { <button type="button" class="link" data-alone="" {onclick}>{ "Read these alone" }</button> }
}
