//! What to run, in order, with the plan's own names.

use super::panel::{designs, panel};
use crate::files;
use crate::state::use_session;
use dr_core::model::Topology;
use dr_core::report::decision::decision_record;
use dr_core::report::runbook::{Section, Step, runbook, to_markdown};
use yew::prelude::*;

#[component]
pub(super) fn RunbookPanel() -> Html {
    let session = use_session();
    let chosen = use_state(|| None::<Topology>);
    let comparison = &session.evaluation.comparison;
    let topology = chosen.or(comparison.choice).or(comparison.nearest).unwrap_or(Topology::Active);
    let book = runbook(topology, &session.plan, &session.catalog, &session.evaluation);
    let choose = Callback::from(move |topology| chosen.set(Some(topology)));
    let markdown = {
        let (session, book) = (session.clone(), book.clone());
        Callback::from(move |_: MouseEvent| {
            let name = format!("{}-runbook.md", files::file_stem(&session.plan.name));
            files::download(&name, "text/markdown", to_markdown(&book, &session.plan).as_bytes());
        })
    };
    let record = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| {
            let name = format!("{}-decision.md", files::file_stem(&session.plan.name));
            let text = decision_record(&session.plan, &session.catalog, &session.evaluation);
            files::download(&name, "text/markdown", text.as_bytes());
        })
    };
    let links = html! {
        <><button type="button" class="link" onclick={markdown}>{ "Markdown" }</button><button type="button" class="link" onclick={record}>{ "Decision record" }</button></>
    };
    html! {
        <>
            { panel("Runbook", "Commands for a POSIX shell with the Azure CLI, signed in to the right subscription. Read them before you run them; none of them was run by this page.", links, html! { <>
                { designs(&Topology::ALL, topology, &choose) }
            </> }) }
            { for book.sections.iter().map(section) }
        </>
    }
}

fn section(section: &Section) -> Html {
    html! {
        { panel(&section.title, &section.when, Html::default(), html! { <>
            <ol class="steps">{ for section.steps.iter().map(step) }</ol>
        </> }) }
    }
}

fn step(step: &Step) -> Html {
    let commands = step.commands.clone();
    let copy = Callback::from(move |_: MouseEvent| files::copy(&commands));
    html! {
        <li>
            <p>{ &step.text }</p>
            if !step.commands.is_empty() {
                <div class="code">
                    <pre tabindex="0" aria-label="Commands">{ &step.commands }</pre>
                    <button type="button" class="btn copy" onclick={copy}>{ "Copy" }</button>
                </div>
            }
            if !step.check.is_empty() { <p class="check">{ &step.check }</p> }
        </li>
    }
}
