//! What the drawings show of the tabs whose views are no sections yet.

use super::Subject;
use crate::model::horizon::horizon;
use crate::model::outage::outage;
use crate::report::chart::{bill_chart, horizon_chart, outage_chart, pair_risk_chart};
use crate::report::document::{Block, Column, LogEntry, Row, Section, Table};
use crate::report::horizon::{by_year, remarks};
use crate::report::outage_log::{LogLine, outage_log};
use crate::report::outage_says::{group_sentences, pair_sentences};

/// The sections of a tab.
pub(super) fn of_tab(tab: &str, subject: Subject) -> Vec<Section> {
    match tab {
        "Cost" => vec![cost(subject)],
        "Outage" => vec![lost(subject)],
        _ => Vec::new(),
    }
}

fn cost(subject: Subject) -> Section {
    let months = horizon(subject.plan, subject.catalog);
    let years = by_year(&months);
    let mut columns = years.head.into_iter();
    let first = columns.next().map(Column::names);
    let columns = first.into_iter().chain(columns.map(Column::figures)).collect();
    let rows = years.rows.into_iter().map(Row::of).collect();
    let table = Table { id: "years", name: "Cost by year".to_owned(), columns, rows };
    Section::new("cost", "Cost", "")
        .with_figure(bill_chart(subject.plan, subject.evaluation))
        .with_figure(horizon_chart(&months, subject.catalog))
        .with(Block::Table(table))
        .with(Block::list(remarks(&months)))
}

/// The plan's own outage, event by event.
fn lost(subject: Subject) -> Section {
    let (plan, catalog) = (subject.plan, subject.catalog);
    let outage = outage(plan, catalog, subject.evaluation);
    let mut section = Section::new("outage", "Outage", "").with_figure(outage_chart(plan, catalog, subject.evaluation));
    if let Some(group) = &outage.group {
        section = section
            .with(Block::Heading("Active group".into()))
            .with(Block::list(group_sentences(plan, &group.answers)))
            .with(log(&outage_log(plan, catalog, &group.log)));
    }
    if let Some(pair) = &outage.pair {
        section = section
            .with(Block::Heading("Passive pair".into()))
            .with(Block::list(pair_sentences(plan, catalog, pair)))
            .with(log(&outage_log(plan, catalog, &pair.log)))
            .with_figure(pair_risk_chart(plan, catalog, pair));
    }
    section
}

fn log(lines: &[LogLine]) -> Block {
    let event = |line: &LogLine| LogEntry { at: line.at, weight: line.weight, text: line.text.as_str().into() };
    Block::Log(lines.iter().map(event).collect())
}
