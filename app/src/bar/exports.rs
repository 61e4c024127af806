//! What leaves the page as a file.

use super::menu::Entry;
use crate::files::{download, file_stem};
use crate::later::{self, Export};
use crate::paper::report;
use crate::state::{Act, Action, Session, WorkspaceAct};
use dr_core::codec;
use dr_core::explore::bill_bands::bands_of_all;
use dr_core::report::bill_text;
use dr_core::report::decision::decision_record;
use dr_core::report::runbook::{recommended, runbook, to_markdown};
use yew::prelude::*;

/// The text of an export; reached through [`crate::later`] alone.
pub(crate) fn export_text(export: Export, session: &Session) -> String {
    match export {
        Export::Plan => codec::to_json(&session.plan),
        Export::Evaluation => dr_core::report::json::evaluation_json(&session.evaluation),
        Export::Bills => bills(session),
        Export::Decision => decision_record(&session.plan, &session.catalog, &session.evaluation),
        Export::Runbook => recommended_runbook(session),
        Export::Report => dr_core::draw::html::file(&report(session)),
    }
}

/// The export menu of a session.
pub(super) fn entries(session: &Session, act: &Act) -> Vec<Entry> {
    let file = |label: &str, note: &str, suffix: &'static str, mime: &'static str, export: Export| {
        let (session, act) = (session.clone(), act.clone());
        let save = move |()| {
            let session = session.clone();
            // The plan is saved whatever does not come.
            if export == Export::Plan {
                let name = format!("{}{suffix}", file_stem(&session.plan.name));
                return download(&name, mime, codec::to_json(&session.plan).as_bytes());
            }
            later::with(&act, move |second| {
                let name = format!("{}{suffix}", file_stem(&session.plan.name));
                download(&name, mime, (second.text)(export, &session).as_bytes());
            });
        };
        Entry::new(label, note, Callback::from(save))
    };
    let json = "application/json";
    let markdown = "text/markdown";
    vec![
        file("Plan (JSON)", "opens here and in the terminal", ".json", json, Export::Plan),
        file(
            "Evaluation (JSON)",
            "every answer, as the terminal prints it",
            "-evaluation.json",
            json,
            Export::Evaluation,
        ),
        file("Bill (CSV)", "all lines, all topologies", "-bill.csv", "text/csv", Export::Bills),
        Entry::new("Bill (FOCUS 1.2 columns)", "of the recommended topology", focus(session, act)),
        file(
            "Decision record (Markdown)",
            "context, options, consequences",
            "-decision.md",
            markdown,
            Export::Decision,
        ),
        file("Runbook (Markdown)", "of the recommended topology", "-runbook.md", markdown, Export::Runbook),
        Entry::new(
            "Add to a portfolio…",
            "many plans with tags, totals by tag",
            act.reform(|()| Action::Workspace(WorkspaceAct::Show(true))),
        ),
        file(
            "Report (HTML)",
            "answers, charts, inputs and sources in one file",
            "-report.html",
            "text/html",
            Export::Report,
        ),
        Entry::new("Print…", "the report, on at most ten pages", print(act)),
    ]
}

/// What is printed is drawn on the spot, so the part that draws it must be there.
fn print(act: &Act) -> Callback<()> {
    let act = act.clone();
    Callback::from(move |()| later::with(&act, |_| drop(gloo::utils::window().print())))
}

pub(super) fn bills(session: &Session) -> String {
    let bands = bands_of_all(&session.plan, &session.catalog);
    bill_text::csv_of_all(&bill_text::banded(&session.evaluation, &bands))
}

fn focus(session: &Session, act: &Act) -> Callback<()> {
    let (session, act) = (session.clone(), act.clone());
    Callback::from(move |()| {
        let (session, to) = (session.clone(), act.clone());
        later::with(&act, move |second| (second.focus)(session.evaluation.comparison.recommended(), &session, &to));
    })
}

pub(super) fn recommended_runbook(session: &Session) -> String {
    let topology = recommended(&session.evaluation.comparison);
    to_markdown(&runbook(topology, &session.plan, &session.catalog, &session.evaluation), &session.plan)
}
