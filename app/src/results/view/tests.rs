//! Texts of the panels, by cases.

use super::compare;
use crate::testing::{session, session_with};
use dr_core::evaluate::Evaluation;
use dr_core::model::Topology;
use dr_core::model::active_outage::{Filling, Runway};
use dr_core::model::sync::{FullSync, SyncOutcome};
use dr_core::plan::{EgressBilling, Plan};
use dr_core::units::{Bytes, BytesPerSec, Range, Secs};

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn hours(hours: f64) -> Secs {
    Secs::secs(hours * 3_600.0)
}

fn first() -> Evaluation {
    (*session(Plan::default()).evaluation).clone()
}

fn filling(to_full: Range<Option<Secs>>) -> Filling {
    let Runway::Fills(filling) = first().answers.active.runway else { panic!("the first plan's group fills") };
    Filling { full_p05: to_full.low, to_full, ..filling }
}

#[test]
fn every_end_of_a_sync_has_words() {
    let range = Range::new(hours(1.0), hours(2.0), hours(3.0));
    let converges = SyncOutcome::Converges { catch_up: range, resync: range, new_link: range, tight: false };
    let rate = BytesPerSec::bytes_per_s(1e6);
    let cases = [
        (converges.clone(), Topology::Passive, "1 h – 3 h"),
        (converges, Topology::Rebuild, "2 h to reload 10 GB"),
        (
            SyncOutcome::Loops { pending: Bytes::gb(2.0), buffer: Bytes::gb(1.0) },
            Topology::Passive,
            "loops: it restarts for ever",
        ),
        (SyncOutcome::NeverConverges { incoming: rate, apply: rate }, Topology::Active, "never converges"),
        (SyncOutcome::NotApplicable, Topology::Active, "–"),
    ];
    for (outcome, topology, said) in cases {
        let sync = FullSync { outcome, total_bytes: Bytes::gb(10.0), ..first().answers.passive.sync };
        assert_eq!(plain(&dr_core::report::words::sync(&sync, topology)), said);
    }
}

#[test]
fn what_breaks_has_words() {
    let full = |hour: Option<f64>| Runway::Fills(filling(Range::exactly(hour.map(hours))));
    let cases = [
        (Runway::ColdStart, "cold cache: the database takes the reads"),
        (Runway::NotAtRisk, "no replica until the pair is linked again"),
        (
            full(Some(7.0)),
            "memory of the survivors: full after 7 h or later in 95 of 100 cases; typical 7 h, pessimistic 7 h",
        ),
        (full(None), "memory of the survivors: not full in 95 of 100 cases"),
        (Runway::NotApplicable, "–"),
    ];
    for (runway, said) in cases {
        assert_eq!(plain(&dr_core::report::words::breaks(&runway)), said);
    }
}

/// Memory at a loss is one figure: Compare prints what the Outage tab does.
#[test]
fn memory_in_use_is_one_figure() {
    let session = session(Plan::default());
    let Runway::Fills(filling) = &session.evaluation.active.runway else { panic!("a group") };
    let rows = compare::rows(&session.catalog, &session.evaluation);
    let row = rows.iter().find(|row| row.name == "Memory in use").expect("a row");
    let share = dr_core::units::format::percent(filling.fill);
    assert!(row.cells[2].starts_with(&share), "{} against {share}", row.cells[2]);
}

#[test]
fn the_side_by_side_table() {
    let table = |session: crate::state::Session| {
        let rows = compare::rows(&session.catalog, &session.evaluation);
        let lines: Vec<String> =
            rows.iter().map(|row| format!("{}: {}", row.name, plain(&row.cells.join(" | ")))).collect();
        lines.join("\n")
    };
    insta::assert_snapshot!("side_by_side", table(session(Plan::default())));
    insta::assert_snapshot!("side_by_side_of_one_region", table(session_with(|plan| plan.remove_region(1))));
}

#[test]
fn billed_egress_of_a_group_has_a_price() {
    let egress = |billing: EgressBilling| {
        let session = session_with(|plan| plan.pricing.active_egress = billing);
        let rows = compare::rows(&session.catalog, &session.evaluation);
        let row = rows.into_iter().find(|row| row.name == "Replication traffic a month").expect("a row");
        let [rebuild, _, active] = row.cells;
        assert_eq!(rebuild, "none");
        active
    };
    assert!(egress(EgressBilling::Absorbed).ends_with("· not billed"));
    assert!(egress(EgressBilling::ListRate).contains("· $"));
}
