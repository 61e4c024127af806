//! Where a figure comes from, in a dialog.

use crate::document::{blocks, text};
use crate::later::Asked;
use crate::state::use_session;
use dr_core::report::explain::explain;
use dr_core::report::glossary::marked;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ExplanationDialogProps {
    pub(super) question: Asked,
    pub(super) close: Callback<()>,
}

/// Opens over the page; Escape, the button and a click beside it close it, and the focus goes back to the figure.
#[component]
pub(super) fn ExplanationDialog(props: &ExplanationDialogProps) -> Html {
    let session = use_session();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.question, move |_| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        });
    }
    let Asked { topology, objective } = props.question;
    let explanation =
        marked(explain(objective, topology, &session.plan, &session.catalog, &session.evaluation).section());
    let onclose = props.close.reform(|_: Event| ());
    let onclick = {
        let node = node.clone();
        Callback::from(move |event: MouseEvent| {
            let dialog = node.cast::<HtmlDialogElement>();
            let beside = event.target().as_ref() == dialog.as_ref().map(AsRef::as_ref);
            if let Some(dialog) = dialog.filter(|_| beside) {
                dialog.close();
            }
        })
    };
    let shut = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    html! {
        <dialog ref={node} class="explanation" aria-labelledby="explanation-title" {onclose} {onclick}>
            <div class="explanation-body">
                <header><h2 id="explanation-title">{ &explanation.heading }</h2><button type="button" class="btn" onclick={shut}>{ "Close" }</button></header>
                <p class="say">{ text(&explanation.says) }</p>
                { blocks(&explanation.blocks) }
            </div>
        </dialog>
    }
}
