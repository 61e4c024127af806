//! What leaves the page as a file.

use super::menu::Entry;
use super::share::{is_of_an_estate, share_whole};
use crate::files::{download, file_stem};
use crate::later::{self, Export};
use crate::paper::{letterhead, report};
use crate::state::{Act, Action, Session, WorkspaceAct};
use dr_core::codec;
use dr_core::explore::bill_bands::bands_of_all;
use dr_core::report::bill_text;
use dr_core::report::decision::decision_record;
use dr_core::report::runbook::{runbook, shown_first, to_markdown};
use yew::prelude::*;

/// The text of an export; reached through [`crate::later`] alone.
pub(crate) fn export_text(export: Export, session: &Session) -> String {
    match export {
        Export::Plan => codec::to_json(&session.plan),
        Export::Evaluation => dr_core::report::json::evaluation_json(session.subject()),
        Export::Bills => bills(session),
        Export::Decision => decision_record(&session.plan, &session.catalog, &session.evaluation),
        Export::Runbook => shown_runbook(session),
        Export::Evidence => {
            let estate = session.workspace.estate.as_ref();
            let watched = estate.and_then(|it| it.listing.watched(&session.plan.name));
            dr_core::draw::html::file(&dr_core::report::paper::evidence(session.subject(), &letterhead(), watched))
        }
        Export::Report => dr_core::draw::html::file(&report(session)),
    }
}

/// Label, note, ending and type of a file.
const fn described(export: Export) -> [&'static str; 4] {
    let (json, markdown) = ("application/json", "text/markdown");
    match export {
        Export::Plan => ["Plan (JSON)", "opens here and in the terminal", ".json", json],
        Export::Evaluation => {
            ["Evaluation (JSON)", "every answer, as the terminal prints it", "-evaluation.json", json]
        }
        Export::Bills => ["Bill (CSV)", "all lines, all topologies", "-bill.csv", "text/csv"],
        Export::Decision => ["Decision record (Markdown)", "context, options, consequences", "-decision.md", markdown],
        Export::Runbook => {
            ["Runbook (Markdown)", "of the design that runs, else the recommended one", "-runbook.md", markdown]
        }
        Export::Evidence => {
            ["Evidence (HTML)", "links and lag, findings, drills, lines to sign", "-evidence.html", "text/html"]
        }
        Export::Report => {
            ["Report (HTML)", "answers, charts, inputs and sources in one file", "-report.html", "text/html"]
        }
    }
}

/// The entry that saves a file. The plan is saved whatever does not come.
fn file(export: Export, session: &Session, act: &Act) -> Entry {
    let [label, note, ending, mime] = described(export);
    let (session, act) = (session.clone(), act.clone());
    let save = move |()| {
        let (session, name) = (session.clone(), format!("{}{ending}", file_stem(&session.plan.name)));
        if export == Export::Plan {
            return download(&name, mime, codec::to_json(&session.plan).as_bytes());
        }
        later::with(&act, move |second| download(&name, mime, (second.text)(export, &session).as_bytes()));
    };
    Entry::new(label, note, Callback::from(save))
}

/// The export menu of a session.
pub(super) fn entries(session: &Session, act: &Act) -> Vec<Entry> {
    let file = |export| file(export, session, act);
    let portfolio = act.reform(|()| Action::Workspace(WorkspaceAct::Show(true)));
    let named = {
        let (session, act) = (session.clone(), act.clone());
        Callback::from(move |()| share_whole(&session, &act))
    };
    let named = is_of_an_estate(session)
        .then(|| Entry::new("Link with names", "as Share, with the names and ids of the estate", named));
    let entries = vec![
        file(Export::Plan),
        file(Export::Evaluation),
        file(Export::Bills),
        Entry::new("Bill (FOCUS 1.2 columns)", "of the recommended topology", focus(session, act)),
        file(Export::Decision),
        file(Export::Runbook),
        Entry::new("Add to a portfolio…", "many plans with tags, totals by tag", portfolio),
        file(Export::Report),
        file(Export::Evidence),
        Entry::new("Print…", "the report, on at most ten pages", print(act)),
    ];
    entries.into_iter().chain(named).collect()
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

pub(super) fn shown_runbook(session: &Session) -> String {
    let topology = shown_first(&session.plan, &session.evaluation.comparison);
    to_markdown(&runbook(topology, &session.plan, &session.catalog, &session.evaluation), &session.plan)
}
