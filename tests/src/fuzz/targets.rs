//! What each reader promises of anything that it accepts.

use crate::CATALOG;
use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::import::retail::{self, read_persisted};
use dr_core::import::series::{read_series, take_writes};
use dr_core::jobs::{Job, Reply};
use dr_core::model::Topology;
use dr_core::model::horizon::horizon;
use dr_core::plan::{FIELDS, Plan, check};
use dr_core::portfolio::{self, Rows};
use dr_core::report::bill_text;
use dr_core::report::decision::decision_record;
use dr_core::report::horizon::remarks;
use dr_core::report::runbook::{runbook, to_markdown};
use dr_core::report::views::{Subject, outage};
use dr_core::units::Date;

/// Entries of a portfolio that are evaluated: the reader is what is under fire here, `plan` fires at the models.
const MOST_ROWS: usize = 4;
/// Trials of a job that are really drawn.
const MOST_TRIALS: u32 = 2_000;

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

fn said(sentence: &impl ToString) {
    let sentence = sentence.to_string();
    assert!(!sentence.is_empty() && sentence.len() < 2_000, "a message of {} bytes", sentence.len());
}

/// A plan that was accepted is accepted again, as a file and as a link, and reads back equal.
fn kept_whole(plan: &Plan) {
    assert_eq!(check(plan), [], "a plan outside its bounds");
    let file = codec::from_json(&codec::to_json(plan)).unwrap_or_else(|error| panic!("own file refused: {error}"));
    assert_eq!(&file, plan, "changed by its file");
    let link =
        codec::from_fragment(&codec::to_fragment(plan)).unwrap_or_else(|error| panic!("own link refused: {error}"));
    assert_eq!(&link, plan, "changed by its link");
}

/// Everything that is printed of a plan is printed.
fn answered(plan: &Plan, catalog: &Catalog) {
    let evaluation = evaluate(plan, catalog);
    let json = dr_core::report::json::evaluation_json(Subject { plan, catalog, evaluation: &evaluation });
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "the evaluation is no JSON");
    for topology in Topology::ALL {
        let bill = (topology, &evaluation.of(topology).bill, None);
        let document = bill_text::document("", &[bill]);
        for text in [document.plain(), document.markdown(), bill_text::csv(bill)] {
            assert!(!text.is_empty());
        }
        assert!(!to_markdown(&runbook(topology, plan, catalog, &evaluation), plan).is_empty());
    }
    assert!(!decision_record(plan, catalog, &evaluation).is_empty());
    let _ = remarks(&horizon(plan, catalog));
    let _ = outage::document(Subject { plan, catalog, evaluation: &evaluation }).in_words().plain();
}

pub(super) fn plan(data: &[u8]) {
    let Some(text) = text(data) else { return };
    match codec::from_json(text) {
        Ok(plan) => {
            kept_whole(&plan);
            answered(&plan, &CATALOG);
        }
        Err(error) => said(&error),
    }
}

pub(super) fn fragment(data: &[u8]) {
    let Some(text) = text(data) else { return };
    match codec::from_fragment(text) {
        Ok(plan) => kept_whole(&plan),
        Err(error) => said(&error),
    }
}

pub(super) fn portfolio(data: &[u8]) {
    let Some(text) = text(data) else { return };
    match portfolio::read(text) {
        Ok(mut all) => {
            let again =
                portfolio::read(&portfolio::write(&all)).unwrap_or_else(|error| panic!("own file refused: {error}"));
            assert_eq!(again, all, "changed by its file");
            all.entries.truncate(MOST_ROWS);
            let rows = Rows::all(&all, &CATALOG);
            let _ = portfolio::totals(&rows.rows).says(CATALOG.currency());
            assert!(!dr_core::report::portfolio::csv(&rows.rows, CATALOG.currency()).is_empty());
            assert!(!dr_core::report::portfolio::document(&all, &rows.rows, &CATALOG).plain().is_empty());
        }
        Err(error) => said(&error),
    }
}

fn start() -> Date {
    Plan::default().horizon.start
}

/// A price sheet that was read is read again from what the browser keeps of it, and a plan can be billed with it.
pub(super) fn sheet(data: &[u8]) {
    let Some(text) = text(data) else { return };
    match retail::read(text, &CATALOG, start()) {
        Ok(sheet) => {
            let kept = retail::persisted(&sheet, &CATALOG);
            assert!(read_persisted(&kept, &CATALOG).is_some(), "the kept prices cannot be read");
            answered(&Plan::default(), &sheet.over(&CATALOG).0);
        }
        Err(error) => said(&error),
    }
}

pub(super) fn persisted_sheet(data: &[u8]) {
    let Some(sheet) = text(data).and_then(|text| read_persisted(text, &CATALOG)) else { return };
    assert!(
        read_persisted(&retail::persisted(&sheet, &CATALOG), &CATALOG).is_some(),
        "the kept prices cannot be read again"
    );
    answered(&Plan::default(), &sheet.over(&CATALOG).0);
}

/// A series either becomes a plan that is kept whole, or a sentence.
pub(super) fn series(data: &[u8]) {
    let Some(text) = text(data) else { return };
    match read_series(text) {
        Ok(series) => match take_writes(&series, &Plan::default(), "series.csv") {
            Ok((plan, sentence)) => {
                said(&sentence);
                kept_whole(&plan);
            }
            Err(error) => said(&error),
        },
        Err(error) => said(&error),
    }
}

pub(super) fn job(data: &[u8]) {
    let Some(text) = text(data) else { return };
    if let Some(reply) = Reply::from_json(text) {
        assert!(Reply::from_json(&reply.to_json()).is_some(), "a reply that cannot be read again");
    }
    match Job::from_json(text) {
        Ok(job) => {
            assert_eq!(Job::from_json(&job.to_json()).as_ref(), Ok(&job), "changed by its text");
            // A search over regions takes seconds.
            let short = matches!(&job, Job::RecoveryTimes { sampling, .. } if sampling.trials <= MOST_TRIALS);
            if short {
                let mut last = None;
                job.run(&|| 0.0, &mut |reply| last = Some(reply));
                assert!(last.is_some_and(|reply| reply.is_last()), "a job without an end");
            }
        }
        Err(error) => said(&error),
    }
}

/// What a field accepts is within its bounds, and the text that the page writes for it reads back.
pub(super) fn quantity(data: &[u8]) {
    let Some(text) = text(data) else { return };
    for field in FIELDS {
        match field.read(text) {
            Ok(value) => {
                assert!(value.is_finite(), "{}: {text:?} is {value}", field.path);
                let shown = field.edit_text(value);
                let again = field.read(&shown).map(|again| field.edit_text(again)).map_err(|error| error.message);
                // A figure below the last digit that a box shows may be out of bounds as it is shown.
                let lost = value.abs() < 1e-6;
                assert!(
                    lost || again.as_ref() == Ok(&shown),
                    "{}: {text:?} is {value}, shown as {shown:?}, then {again:?}",
                    field.path
                );
            }
            Err(error) => said(&error.message),
        }
    }
}
