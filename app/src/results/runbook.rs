//! What to run, in order, with the plan's own names.

use super::fold::{first_open, folded};
use super::panel::{designs, panel};
use crate::document::blocks;
use crate::files;
use crate::state::{Session, Tab, View, use_session};
use dr_core::model::Topology;
use dr_core::report::decision::decision_document;
use dr_core::report::document::Document;
use dr_core::report::runbook::{PARTS, Part, Shell, document_in, part, runbook, shown_first};
use dr_core::units::names::Named;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct RunbookPanelProps {
    pub(super) part: Part,
}

/// The part of a runbook that a view of the tab shows.
pub(super) fn part_of(view: View) -> Part {
    let at = Tab::Runbook.views().position(|it| it == view).unwrap_or_default();
    PARTS[at.min(PARTS.len() - 1)]
}

/// One part of the runbook of one design: its first section open; what every shell needs is folded above a later part.
#[component]
pub(super) fn RunbookPanel(props: &RunbookPanelProps) -> Html {
    let session = use_session();
    let chosen = use_state(|| None::<Topology>);
    let topology = chosen.unwrap_or_else(|| shown_first(&session.plan, &session.evaluation.comparison));
    let shell = use_state(Shell::default);
    let book = runbook(topology, &session.plan, &session.catalog, &session.evaluation);
    let book = document_in(&book, &session.plan, *shell);
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
    let (needed, shown) = part(&book, &props.part);
    html! {
        <>
            { panel(&book.title, "", links, html! { <>{ blocks(&book.opening) }{ designs(&Topology::ALL, topology, &choose) }{ shells(&shell) }</> }) }
            { for needed.iter().map(folded) }
            { first_open(&shown) }
        </>
    }
}

/// The shell that the commands are written for.
pub(super) fn shells(shown: &UseStateHandle<Shell>) -> Html {
    let button = |(of, _, label): &(Shell, &'static str, &'static str)| {
        let (of, shown) = (*of, shown.clone());
        let pressed = (of == *shown).to_string();
        html! { <button type="button" aria-pressed={pressed} onclick={Callback::from(move |_: MouseEvent| shown.set(of))}>{ *label }</button> }
    };
    html! { <span class="seg" role="group" aria-label="Shell">{ for Shell::NAMES.iter().map(button) }</span> }
}

fn save(session: &Session, suffix: &str, document: &Document) {
    let name = format!("{}-{suffix}.md", files::file_stem(&session.plan.name));
    files::download(&name, "text/markdown", document.markdown().as_bytes());
}
