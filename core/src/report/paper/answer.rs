//! The answer: which topology, why, and the three beside each other.

use super::{Subject, all};
use crate::catalog::Severity;
use crate::explore::break_even::write_flip;
use crate::model::verdict::{Objective, Verdict};
use crate::model::{Topology, TopologyAnswer};
use crate::report::decision::{deadline_words, design_words, verdict_words};
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};

/// The verdict and the figures that it stands on.
pub(super) fn answer(subject: Subject) -> Section {
    let comparison = &subject.evaluation.comparison;
    let more = [comparison.deadline.clone(), comparison.flip.clone()];
    let edge = write_flip(subject.plan, subject.catalog).map(|edge| edge.words());
    let more = more
        .into_iter()
        .flatten()
        .chain(edge)
        .fold(Section::new("answer", "Answer", comparison.sentence.clone()), |section, line| {
            section.with(Block::paragraph(line))
        });
    let summary = &subject.plan.story.summary;
    more.with(Block::Table(table(subject))).with(Block::paragraph(summary.as_str()))
}

fn table(subject: Subject) -> Table {
    let columns = std::iter::once(Column::names("")).chain(Topology::ALL.map(Column::of)).map(left).collect();
    let mut rows = vec![row("Design", all(subject).map(|answer| design_words(subject.catalog, answer).into()))];
    for (index, objective) in Objective::ALL.into_iter().enumerate() {
        rows.push(row(objective.heading(), all(subject).map(|answer| figure(answer, index))));
    }
    rows.push(row("Force-unlink", all(subject).map(|answer| deadline_words(answer).into())));
    rows.push(row("Findings", Topology::ALL.map(|topology| findings(subject, topology).into())));
    Table { id: "answer", name: "The three topologies".to_owned(), columns, rows }
}

/// Words stand in these columns, not figures below each other.
fn left(column: Column) -> Column {
    Column { figures: false, ..column }
}

fn row(name: &str, cells: [Text; 3]) -> Row {
    Row::of(std::iter::once(Text::from(name)).chain(cells))
}

fn figure(answer: &TopologyAnswer, index: usize) -> Text {
    let Some(verdict) = answer.verdicts.get(index) else { return Text::default() };
    Text::styled(verdict_words(verdict, answer.bill.currency), style(verdict))
}

const fn style(verdict: &Verdict) -> Style {
    match verdict.met {
        Some(true) => Style::Good,
        Some(false) => Style::Bad,
        None => Style::Plain,
    }
}

fn findings(subject: Subject, topology: Topology) -> String {
    let count = |severity| {
        let of = |it: &&crate::rules::Finding| it.topology == topology && it.severity == severity;
        subject.evaluation.findings.iter().filter(of).count()
    };
    format!("{} block, {} warn", count(Severity::Block), count(Severity::Warn))
}
