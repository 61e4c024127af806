//! A term that opens what it means.

use crate::later::{Late, Panel};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct DefinedProps {
    /// Its name in the glossary.
    pub(crate) term: &'static str,
    pub(crate) words: AttrValue,
}

/// The words as a button in the line; a press, Enter or a touch shows the meaning below the line and hides it again, Escape hides it.
#[component]
pub(crate) fn Defined(props: &DefinedProps) -> Html {
    let open = use_state(|| false);
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let open = open.clone();
        Callback::from(move |event: KeyboardEvent| {
            if *open && event.key() == "Escape" {
                event.stop_propagation();
                event.prevent_default();
                open.set(false);
            }
        })
    };
    html! {
        <>
            <button type="button" class="term" aria-expanded={open.to_string()} {onclick} {onkeydown}>{ &props.words }</button>
            if *open { <Late panel={Panel::Term(props.term)} /> }
        </>
    }
}

/// What a term means, beside the text that uses it.
pub(crate) fn meaning(term: &'static str) -> Html {
    let means = dr_core::report::glossary::meaning(term);
    html! { <span class="meaning" role="note"><dfn>{ term }</dfn>{ ": " }{ means.unwrap_or_default() }</span> }
}
