//! What leaves the page as a file.

use super::menu::Entry;
use crate::files::{download, file_stem};
use crate::results::save_focus;
use crate::state::{Act, Action, BookAct, Session};
use dr_core::codec;
use dr_core::explore::bill_bands::bands_of_all;
use dr_core::model::Topology;
use dr_core::report::bill_text;
use dr_core::report::decision::decision_record;
use dr_core::report::runbook::{runbook, to_markdown};
use yew::prelude::*;

/// The export menu of a session.
pub(super) fn entries(session: &Session, act: &Act) -> Vec<Entry> {
    let file = |label: &str, note: &str, suffix: &'static str, mime: &'static str, write: fn(&Session) -> String| {
        let session = session.clone();
        let save =
            move |()| download(&format!("{}{suffix}", file_stem(&session.plan.name)), mime, write(&session).as_bytes());
        Entry::new(label, note, Callback::from(save))
    };
    let json = "application/json";
    let markdown = "text/markdown";
    vec![
        file("Plan (JSON)", "opens here and in the terminal", ".json", json, |session| codec::to_json(&session.plan)),
        file("Evaluation (JSON)", "every answer, as the terminal prints it", "-evaluation.json", json, |session| {
            codec::evaluation_json(&session.evaluation)
        }),
        file("Bill (CSV)", "all lines, all topologies", "-bill.csv", "text/csv", bills),
        Entry::new("Bill (FOCUS 1.2 columns)", "of the recommended topology", focus(session, act)),
        file("Decision record (Markdown)", "context, options, consequences", "-decision.md", markdown, |session| {
            decision_record(&session.plan, &session.catalog, &session.evaluation)
        }),
        file("Runbook (Markdown)", "of the recommended topology", "-runbook.md", markdown, recommended_runbook),
        Entry::new(
            "Add to a portfolio…",
            "many plans with tags, totals by tag",
            act.reform(|()| Action::Book(BookAct::Show(true))),
        ),
        Entry::new("Print…", "results in full", Callback::from(|()| drop(gloo::utils::window().print()))),
    ]
}

pub(super) fn bills(session: &Session) -> String {
    let bands = bands_of_all(&session.plan, &session.catalog);
    bill_text::csv_of_all(&bill_text::banded(&session.evaluation, &bands))
}

fn focus(session: &Session, act: &Act) -> Callback<()> {
    let (session, act) = (session.clone(), act.clone());
    Callback::from(move |()| save_focus(session.evaluation.comparison.recommended(), &session, &act))
}

fn recommended(session: &Session) -> Topology {
    let comparison = &session.evaluation.comparison;
    comparison.choice.or(comparison.nearest).unwrap_or(Topology::Active)
}

pub(super) fn recommended_runbook(session: &Session) -> String {
    let topology = recommended(session);
    to_markdown(&runbook(topology, &session.plan, &session.catalog, &session.evaluation), &session.plan)
}
