//! Where a figure comes from, in a dialog.

use crate::state::use_session;
use dr_core::model::Topology;
use dr_core::model::verdict::Objective;
use dr_core::report::explain::{Explanation, explain};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// The figure that is asked about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Asked {
    pub(crate) topology: Topology,
    pub(crate) objective: Objective,
}

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
    let explanation = explain(objective, topology, &session.plan, &session.catalog, &session.evaluation);
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
                <header><h2 id="explanation-title">{ &explanation.title }</h2><button type="button" class="btn" onclick={shut}>{ "Close" }</button></header>
                { body(&explanation) }
            </div>
        </dialog>
    }
}

fn body(explanation: &Explanation) -> Html {
    html! {
        <>
            <h3>{ format!("Formula {}", explanation.model) }</h3>
            <ol class="formula">{ for explanation.formula.iter().map(|line| html! { <li>{ line }</li> }) }</ol>
            if !explanation.inputs.is_empty() {
                <table>
                    <thead><tr><th scope="col">{ "Input" }</th><th scope="col" class="num">{ "Value" }</th><th scope="col">{ "From" }</th></tr></thead>
                    <tbody>{ for explanation.inputs.iter().map(|(name, value, from)| html! { <tr><td>{ name }</td><td class="num">{ value }</td><td class="quiet">{ from }</td></tr> }) }</tbody>
                </table>
            }
            if !explanation.caveats.is_empty() {
                <h3>{ "Mind" }</h3>
                <ul class="mind">{ for explanation.caveats.iter().map(|caveat| html! { <li>{ caveat }</li> }) }</ul>
            }
        </>
    }
}
