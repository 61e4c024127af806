//! The cards as a table: five objectives, their targets, and the figure of each topology.

use super::super::Subject;
use super::cards::{Card, Measure, cards};
use crate::model::Topology;
use crate::model::verdict::Objective;
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text, marked};

/// Every objective with its target, and how each topology does.
#[must_use]
pub fn targets(subject: Subject) -> Section {
    let cards = cards(subject);
    let says = cards.iter().enumerate().fold(Text::default(), |says, (at, card)| {
        let name = says.then(if at == 0 { "" } else { " " }).and(card.topology.name(), Style::Of(card.topology));
        name.then(": ").and(card.badge.text.as_str(), card.badge.style.clone()).then(".")
    });
    Section::new("targets", "Targets", says).with(Block::Table(table(&cards)))
}

fn table(cards: &[Card]) -> Table {
    let row = |name: &str, target: &str, cells: &dyn Fn(&Card) -> Text| {
        Row::of([Text::from(name), target.into()].into_iter().chain(cards.iter().map(cells)))
    };
    let measure = |at: usize, objective: Objective| {
        let target = cards.first().and_then(|card| card.measures.get(at)).map_or("", |it| it.target.as_str());
        row(objective.heading(), target, &|card| {
            card.measures.get(at).map_or_else(Text::default, |it| figure(card.topology, it))
        })
    };
    let design = row("Design", "", &|card| card.design.as_str().into());
    let findings = row("Findings", "", &|card| {
        let counts: Vec<&str> = card.counts.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        counts.join(", ").into()
    });
    let names = Topology::ALL.map(|topology| Column::text(Text::styled(topology.name(), Style::Of(topology))));
    let measures = Objective::ALL.into_iter().enumerate().map(|(at, objective)| measure(at, objective));
    Table {
        id: "targets",
        name: "Figures and targets".to_owned(),
        columns: [Column::names(""), Column::text("Target")].into_iter().chain(names).collect(),
        rows: [design].into_iter().chain(measures).chain([findings]).collect(),
    }
}

/// "38 s ✓ · median 3 s"; the figure leads to its explanation.
fn figure(topology: Topology, measure: &Measure) -> Text {
    let figure = Text::styled(measure.value.as_str(), Style::Explained(topology, measure.objective));
    let marked = Text(figure.0.into_iter().chain(marked("", measure.met).0).collect());
    if measure.note.is_empty() { marked } else { marked.and(format!(" · {}", measure.note), Style::Quiet) }
}
