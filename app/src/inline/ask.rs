//! A figure that opens its explanation.

use crate::later::{Asked, Late, Panel};
use dr_core::model::Topology;
use dr_core::model::verdict::Objective;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct AskProps {
    pub(crate) topology: Topology,
    pub(crate) objective: Objective,
    pub(crate) words: AttrValue,
}

/// The words as a button; the explanation opens over the page.
#[component]
pub(crate) fn Ask(props: &AskProps) -> Html {
    let open = use_state(|| false);
    let toggle = |to: bool| {
        let open = open.clone();
        move || open.set(to)
    };
    let onclick = {
        let show = toggle(true);
        Callback::from(move |_: MouseEvent| show())
    };
    let close = {
        let hide = toggle(false);
        Callback::from(move |()| hide())
    };
    let asked = Asked { topology: props.topology, objective: props.objective };
    html! {
        <>
            <button type="button" class="link" {onclick}>{ &props.words }</button>
            if *open { <Late panel={Panel::Explanation(asked, close)} /> }
        </>
    }
}
