//! The move to Azure Managed Redis: sizes, paths, dates, and the runbook of one path.

use crate::document::section_with;
use crate::files;
use crate::results::fold::{first_open, folded};
use crate::results::runbook::shells;
use crate::state::{Session, View, use_session};
use dr_core::model::migration::PathKind;
use dr_core::report::runbook::Shell;
use dr_core::report::views::migrate;
use yew::prelude::*;

/// A view of the tab.
pub(super) fn view(view: View, session: &Session) -> Html {
    let subject = session.subject();
    match view {
        View::MovePaths => first_open(&migrate::paths(subject)),
        View::MoveDates => first_open(&migrate::dates(subject)),
        View::MoveRunbook => html! { <MoveRunbook /> },
        _ => first_open(&migrate::sizes(subject)),
    }
}

/// The runbook of the chosen path, the first one until another is chosen; the sections below the first are folded.
#[component]
fn MoveRunbook() -> Html {
    let session = use_session();
    let asked = use_state(|| None::<PathKind>);
    let written = use_state(Shell::default);
    let shell = *written;
    let subject = session.subject();
    let Ok(moved) = migrate::moved(subject, None) else { return first_open(&migrate::commands(subject)) };
    let shown = migrate::chosen(&moved, *asked);
    let button = |path: PathKind| {
        let asked = asked.clone();
        let onclick = Callback::from(move |_: MouseEvent| asked.set(Some(path)));
        html! { <button type="button" aria-pressed={(Some(path) == shown).to_string()} {onclick}>{ path.name() }</button> }
    };
    let save = {
        let (session, shown) = (session.clone(), shown);
        Callback::from(move |_: MouseEvent| {
            if let Ok(document) = migrate::document(session.subject(), None, shown, shell) {
                let name = format!("{}-migration.md", files::file_stem(&session.plan.name));
                files::download(&name, "text/markdown", document.markdown().as_bytes());
            }
        })
    };
    let sections = migrate::runbook_sections(subject, &moved, shown, shell);
    let save = html! { <button type="button" class="link" onclick={save}>{ "Markdown" }</button> };
    let paths = html! { <><span class="seg" role="group" aria-label="Path">{ for migrate::applying(&moved).into_iter().map(button) }</span>{ shells(&written) }</> };
    html! {
        <>
            { for sections.first().map(|first| section_with(first, save, paths)) }
            { for sections.iter().skip(1).map(folded) }
        </>
    }
}
