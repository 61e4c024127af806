//! What to run, in order, with the plan's own names.

use super::panel::{designs, panel};
use crate::document::{blocks, sections};
use crate::files;
use crate::state::{Session, use_session};
use dr_core::model::Topology;
use dr_core::report::decision::decision_document;
use dr_core::report::document::Document;
use dr_core::report::runbook::{document, recommended, runbook};
use yew::prelude::*;

#[component]
pub(super) fn RunbookPanel() -> Html {
    let session = use_session();
    let chosen = use_state(|| None::<Topology>);
    let topology = chosen.unwrap_or_else(|| recommended(&session.evaluation.comparison));
    let book = document(&runbook(topology, &session.plan, &session.catalog, &session.evaluation), &session.plan);
    let choose = Callback::from(move |topology| chosen.set(Some(topology)));
    let markdown = {
        let (session, book) = (session.clone(), book.clone());
        Callback::from(move |_: MouseEvent| save(&session, "runbook", &book))
    };
    let record = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| save(&session, "decision", &decision_document(session.subject())))
    };
    let links = html! {
        <><button type="button" class="link" onclick={markdown}>{ "Markdown" }</button><button type="button" class="link" onclick={record}>{ "Decision record" }</button></>
    };
    html! {
        <>
            { panel(&book.title, "", links, html! { <>{ blocks(&book.opening) }{ designs(&Topology::ALL, topology, &choose) }</> }) }
            { sections(&book.sections) }
        </>
    }
}

fn save(session: &Session, suffix: &str, document: &Document) {
    let name = format!("{}-{suffix}.md", files::file_stem(&session.plan.name));
    files::download(&name, "text/markdown", document.markdown().as_bytes());
}
