//! The months ahead: cumulative cost, cost by year, what changes on the way (M-10).

use super::super::Subject;
use crate::catalog::Catalog;
use crate::model::horizon::{Horizon, horizon};
use crate::plan::Plan;
use crate::report::chart::{by_year, horizon_chart};
use crate::report::document::{Block, Column, Document, Row, RowKind, Section, Style, Table, Text};
use crate::report::horizon::{StepWords, remarks, steps};
use crate::report::inputs::regions::amounts_do_not_count;
use crate::units::format;

/// What each design costs over the plan's horizon, and the changes with month, reason and one-off cost.
#[must_use]
pub fn months(subject: Subject) -> Section {
    section(subject.plan, &horizon(subject.plan, subject.catalog), subject.catalog)
}

/// The same of a horizon that is worked out, under the plan's name.
#[must_use]
pub fn months_document(plan: &Plan, months: &Horizon, catalog: &Catalog) -> Document {
    let title = format!("{}: the horizon", plan.name);
    Document { title, opening: Vec::new(), sections: vec![section(plan, months, catalog)] }
}

fn section(plan: &Plan, months: &Horizon, catalog: &Catalog) -> Section {
    let steps = steps(months);
    let amounts = plan.amounts_do_not_count(months.currency).then(|| amounts_do_not_count(plan, months.currency));
    Section::new("months-ahead", "Months ahead", "No design fits in the first month.")
        .opened_by(horizon_chart(months, catalog))
        .with(Block::paragraph(amounts.unwrap_or_default()))
        .with(Block::Table(years(months)))
        .with(changes(months, &steps))
        .with(Block::details("How to read the sums", vec![Block::list(remarks(months))]))
}

fn years(months: &Horizon) -> Table {
    let table = by_year(months);
    let last = table.rows.len().saturating_sub(1);
    let row = |(at, cells): (usize, Vec<String>)| {
        Row::of(cells).kind(if at == last { RowKind::Total } else { RowKind::Plain })
    };
    let names = table.head.first().cloned().unwrap_or_default();
    let figures = crate::model::Topology::ALL.map(Column::of);
    Table {
        id: "cost-by-year",
        name: "Cost by year".to_owned(),
        columns: [Column::names(names)].into_iter().chain(figures).collect(),
        rows: table.rows.into_iter().enumerate().map(row).collect(),
    }
}

/// "3 changes in 36 months, the first in month 5 (2027-04-01)", with all of them; a paragraph where there is none.
fn changes(months: &Horizon, steps: &[StepWords]) -> Block {
    let whole = format::counted(months.months as usize, "month");
    let Some(first) = steps.first() else {
        return Block::paragraph(format!("No change in {whole}: no size is outgrown, and no term or product ends."));
    };
    let changes = format::counted(steps.len(), "change");
    let summary = format!("{changes} in {whole}, the first in month {} ({})", first.month, first.date);
    Block::details(summary, vec![Block::List(steps.iter().map(step).collect())])
}

fn step(step: &StepWords) -> Text {
    let text = Text::styled(format!("Month {} ({}), ", step.month, step.date), Style::Strong)
        .and(step.topology.name(), Style::Of(step.topology))
        .then(format!(": {}", step.what));
    let why = if step.why.is_empty() { String::new() } else { format!(" {}", step.why) };
    let once = if step.once == format::NONE { String::new() } else { format!(" Once: {}.", step.once) };
    text.and(why, Style::Quiet).then(once)
}
