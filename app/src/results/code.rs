//! Bicep and Terraform of one design: its files to copy and to save, its alerts, its dashboards.

use super::fold::first_open;
use super::panel::{designs, panel};
use crate::document::blocks;
use crate::files::download;
use crate::state::use_session;
use dr_core::model::Topology;
use dr_core::report::code::{CodeFile, Language, document, files, languages};
use dr_core::report::runbook::shown_first;
use dr_core::units::names::Named;
use yew::prelude::*;

/// One language of one design: its files first.
#[component]
pub(super) fn CodePanel() -> Html {
    let session = use_session();
    let chosen = use_state(|| None::<Topology>);
    let language = use_state(Language::default);
    let topology = chosen.unwrap_or_else(|| shown_first(&session.plan, &session.evaluation.comparison));
    let (plan, catalog, evaluation) = (&session.plan, &session.catalog, &session.evaluation);
    let whole = document(*language, topology, plan, catalog, evaluation);
    let saves = files(*language, topology, plan, catalog, evaluation);
    let choose = Callback::from(move |topology| chosen.set(Some(topology)));
    let of_language = |it: Language| {
        let (shown, language) = ((it == *language).to_string(), language.clone());
        html! { <button type="button" aria-pressed={shown} onclick={Callback::from(move |_: MouseEvent| language.set(it))}>{ it.label() }</button> }
    };
    let choices = html! {
        <>
            { blocks(&whole.opening) }
            { designs(&Topology::ALL, topology, &choose) }
            <span class="seg" role="group" aria-label="Language">{ for languages().into_iter().map(of_language) }</span>
            if !saves.is_empty() { <p>{ "Save: " }{ for saves.into_iter().map(save) }</p> }
        </>
    };
    html! {
        <>
            { panel(&whole.title, "", Html::default(), choices) }
            { first_open(&whole.sections) }
        </>
    }
}

/// A button that saves one file.
fn save(file: CodeFile) -> Html {
    let name = file.name;
    let onclick = Callback::from(move |_: MouseEvent| download(file.name, "text/plain", file.text.as_bytes()));
    html! { <><button type="button" class="link" {onclick}>{ name }</button>{ " " }</> }
}
