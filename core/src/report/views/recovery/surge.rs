//! What lands on the database while a rebuilt cache is cold (M-10).

use super::super::{NONE, Subject};
use crate::model::surge::{Surge, surge};
use crate::report::chart::surge_chart;
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::units::{Secs, format};

/// The surge of reads after a rebuild, and the recovery time that it leaves.
#[must_use]
pub fn surge_section(subject: Subject) -> Section {
    let surge = surge(subject.plan, &subject.evaluation.demand);
    let rows = lines(subject, &surge).into_iter().map(|(name, text)| Row::of([name.to_owned(), text]));
    let table = Table {
        id: "surge",
        name: "Surge on the database".to_owned(),
        columns: vec![Column::names("At the peak of the day"), Column::figures("Value")],
        rows: rows.collect(),
    };
    Section::new("surge", "Rebuild: the surge on the database", says(&surge))
        .opened_by(Some(surge_chart(&surge)))
        .with(Block::Table(table))
}

fn lines(subject: Subject, surge: &Surge) -> [(&'static str, String); 9] {
    let chain = subject.evaluation.rebuild.rto.first();
    let band = |[p50, p95]: [Secs; 2]| format!("P50 {} · P95 {}", format::duration(p50), format::duration(p95));
    let at_once = |more: Option<Secs>| match (chain, more) {
        (Some(chain), Some(more)) => band(chain.without(subject.plan, "load").map(|time| time + more)),
        (Some(_), None) => "never".to_owned(),
        (None, _) => NONE.to_owned(),
    };
    let bytes = surge.sustained_bytes.map_or_else(|| "no limit in bytes entered".to_owned(), format::rate);
    [
        ("Reads with a warm cache", format::ops(surge.usual)),
        ("Reads with an empty cache", format!("{}, {}", format::ops(surge.peak), format::rate(surge.peak_bytes))),
        ("The database sustains", format!("{}, {bytes}", format::ops(surge.sustained))),
        ("Unanswered at the peak", format::percent(surge.unanswered)),
        ("Overloaded for", format::duration_or(surge.overload, "ever")),
        ("Hit rate back after", format::duration_or(surge.hit_rate_back, "never")),
        (
            "RTO, clients kept out until the reload is done",
            chain.map_or_else(|| NONE.to_owned(), |it| band([it.p50, it.p95])),
        ),
        ("RTO, clients let in at once, until nothing is overloaded", at_once(surge.overload)),
        ("RTO with clients admitted at once, until the hit rate recovers", at_once(surge.hit_rate_back)),
    ]
}

fn says(surge: &Surge) -> String {
    match surge.overload {
        None => format!(
            "The database sustains {} but receives {} at the peak even with a warm cache: it never recovers.",
            format::ops(surge.sustained),
            format::ops(surge.usual)
        ),
        Some(time) if time > Secs::ZERO => format!(
            "An empty cache sends the database {} at the peak; it sustains {}: overloaded for {}, hit rate back after {}.",
            format::ops(surge.peak),
            format::ops(surge.sustained),
            format::duration(time),
            format::duration_or(surge.hit_rate_back, "an unknown time")
        ),
        Some(_) => format!("The database sustains all {} of an empty cache at the peak.", format::ops(surge.peak)),
    }
}
