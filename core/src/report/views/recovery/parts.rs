//! What each part of the data loses with its region (M-04), topology by topology.

use super::super::Subject;
use crate::model::Topology;
use crate::model::rpo::{Loss, PartLoss, Rpo, RpoBasis};
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::report::words;
use crate::units::format;
use crate::units::names::Named;

/// The parts of the data, what each loses by each topology, and which of them decides.
#[must_use]
pub fn data_parts(subject: Subject) -> Section {
    let rows = subject.evaluation.rebuild.rpo.parts.iter().enumerate();
    let rows = rows.map(|(index, part)| row(subject, index, part)).collect();
    let columns = vec![
        Column::names("Part"),
        Column::figures("Data"),
        Column::figures("Writes"),
        Column::text("Class"),
        Column::text("Conflicts"),
        Column::of(Topology::Rebuild),
        Column::of(Topology::Passive),
        Column::of(Topology::Active),
    ];
    let table = Table { id: "data-parts", name: "What each part of the data loses".to_owned(), columns, rows };
    Section::new("data-parts", "What each part loses", says(&subject.evaluation.rebuild.rpo)).with(Block::Table(table))
}

fn row(subject: Subject, index: usize, part: &PartLoss) -> Row {
    let loss = |topology: Topology| {
        let rpo = &subject.evaluation.of(topology).rpo;
        rpo.parts.get(index).map_or_else(|| super::super::NONE.to_owned(), |part| lost(rpo, part.loss))
    };
    Row::of([
        part.name.clone(),
        format::percent(part.share),
        format::percent(part.writes),
        part.class.label().to_owned(),
        part.conflicts.label().to_owned(),
        loss(Topology::Rebuild),
        loss(Topology::Passive),
        loss(Topology::Active),
    ])
}

/// A replicated part loses the lag, which is the topology's.
fn lost(rpo: &Rpo, loss: Loss) -> String {
    match loss {
        Loss::Lag => format!("P95 {}", format::duration_or(rpo.p95, "unbounded")),
        other => words::loss(other),
    }
}

fn says(rebuild: &Rpo) -> String {
    match rebuild.basis {
        RpoBasis::NotSaid => "Which data the database holds is open: name its parts, each with a class.".to_owned(),
        _ => "The worst part not expendable decides the RPO.".to_owned(),
    }
}
