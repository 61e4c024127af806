//! A plan that is a published case: what its source prints, beside what the models say for its inputs.

use super::super::Subject;
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::report::outcomes::{OutcomeRow, outcomes, outside};

/// The printed outcomes beside the model, the printed figures, and what is assumed; `None` for a plan without a case.
#[must_use]
pub fn published_case(subject: Subject) -> Option<Section> {
    let story = &subject.plan.story;
    if story.printed.is_empty() {
        return None;
    }
    let outcomes = outcomes(subject.plan, subject.catalog, subject.evaluation);
    let basis = if outcomes.is_empty() {
        ""
    } else {
        "One table of people’s ranges, made with the published times in view, serves every case. P05–P95 spans the recovery steps, the worst lag's copy rate, the assumed spread of requests."
    };
    let assumed = if story.assumed.is_empty() { "" } else { "Assumed here, not printed" };
    let section = Section::new("published-case", "The published case", story.summary.as_str())
        .with(Block::paragraph(story.changed.as_str()))
        .with(Block::paragraph(outside(&outcomes).unwrap_or_default()))
        .with(Block::Table(beside_the_model(&outcomes)))
        .with(Block::remark(basis))
        .with(Block::Table(printed(subject)))
        .with(Block::Heading(assumed.into()))
        .with(Block::list(story.assumed.iter().map(String::as_str)));
    Some(section)
}

fn beside_the_model(outcomes: &[OutcomeRow]) -> Table {
    let row = |row: &OutcomeRow| {
        // Good and bad stand in the words already: inside, or how far off.
        let says = match row.inside {
            Some(true) => Text::styled(format!("✓ {}", row.says), Style::Good),
            Some(false) => Text::styled(format!("✕ {}", row.says), Style::Bad),
            None => row.says.as_str().into(),
        };
        Row::of([row.what.into(), row.printed.as_str().into(), row.model.as_str().into(), says, quiet(&row.source)])
    };
    Table {
        id: "outcomes",
        name: "Published outcomes and the model’s".to_owned(),
        columns: vec![
            Column::text("Outcome"),
            Column::figures("Printed"),
            Column::figures("Model"),
            Column::text("The printed figure is"),
            Column::text("Source"),
        ],
        rows: outcomes.iter().map(row).collect(),
    }
}

fn printed(subject: Subject) -> Table {
    let row = |fact: &crate::plan::Printed| {
        Row::of([fact.what.as_str().into(), fact.outcome.as_str().into(), quiet(&fact.source)])
    };
    Table {
        id: "printed",
        name: "Printed figures".to_owned(),
        columns: ["Printed", "Figure", "Source"].map(Column::text).to_vec(),
        rows: subject.plan.story.printed.iter().map(row).collect(),
    }
}

fn quiet(text: &str) -> Text {
    Text::styled(text, Style::Quiet)
}
