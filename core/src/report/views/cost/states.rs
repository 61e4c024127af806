//! What each state costs over the steady month (M-10).

use super::super::{NONE, Subject};
use super::line::{PRODUCT, confidence, missing, product, unpriced};
use crate::model::Topology;
use crate::model::cost;
use crate::model::cost::states::{State, StateCost, States, states as of_states};
use crate::report::bill_text::amount;
use crate::report::chart::cost_states_chart;
use crate::report::document::{Block, Column, Row, RowKind, Section, Style, Table, Text};
use crate::report::states as words;
use crate::report::verdict::all_waiting;
use crate::units::{Currency, format};

/// A drill, an outage, a full sync and a new member against the steady month, with the lines that come and go.
#[must_use]
pub fn states(subject: Subject) -> Section {
    let all = Topology::ALL.map(|topology| {
        let (evaluation, answer) = (subject.evaluation, subject.evaluation.of(topology));
        of_states(subject.plan, subject.catalog, &evaluation.demand, answer)
    });
    let currency = subject.catalog.currency();
    let lines = Block::Table(lines(&all, currency));
    Section::new("cost-by-state", "Cost by state", "No design fits, so no state has a cost.")
        .opened_by(cost_states_chart(&all, currency))
        .with(Block::list(all_waiting(&subject.evaluation.comparison)))
        .with(Block::Table(table(&all, currency)))
        .with(Block::details("Lines of each state", vec![lines]))
}

fn table(all: &[States; 3], currency: Currency) -> Table {
    let steady = [
        row("Steady month", all, |states| states.month.cents(currency).into()),
        row("Steady hour", all, |states| states.hour.cents(currency).into()),
    ];
    let changes = State::ALL.into_iter().map(|state| {
        let found = |states: &States| states.changes.iter().find(|change| change.state == state).cloned();
        let per = all.iter().find_map(found).map_or("", |change| change.per.as_str());
        let cell = |states: &States| found(states).map_or_else(|| NONE.into(), |change| changed(&change, currency));
        row(&format!("{}, {per}", state.name()), all, cell)
    });
    Table {
        id: "cost-by-state",
        name: "Cost by state".to_owned(),
        columns: [Column::names("")].into_iter().chain(Topology::ALL.map(Column::of)).collect(),
        rows: steady.into_iter().chain(changes).collect(),
    }
}

fn row(name: &str, all: &[States; 3], cell: impl Fn(&States) -> Text) -> Row {
    Row::of([name.into()].into_iter().chain(all.iter().map(cell)))
}

/// The amount and how many lines have no price; which ones stands with the lines.
fn changed(change: &StateCost, currency: Currency) -> Text {
    if !known(change) {
        return missing("no price");
    }
    let said = words::change(change, currency);
    let amount = Text::from(said.split(": ").next().unwrap_or_default());
    let lines = cost::unpriced(&change.lines);
    let gap = if lines > 0 { ", " } else { "" };
    unpriced(lines).0.into_iter().fold(amount.then(gap), |text, run| text.and(run.text, run.style))
}

/// Some line has a price.
fn known(change: &StateCost) -> bool {
    change.unknown_lines == 0 || change.lines.iter().any(|line| line.amount.is_some())
}

fn lines(all: &[States; 3], currency: Currency) -> Table {
    let changes = Topology::ALL.into_iter().zip(all);
    let changes = changes.flat_map(|(topology, states)| states.changes.iter().map(move |change| (topology, change)));
    Table {
        id: "cost-by-state-lines",
        name: "Lines of each state".to_owned(),
        columns: vec![
            Column::names("State and line"),
            Column::text(PRODUCT).wide_only(),
            Column::text("Price is"),
            Column::figures("Over steady"),
        ],
        rows: changes.flat_map(|(topology, change)| group(topology, change, currency)).collect(),
    }
}

/// The state with its sum, what it is based on, and its lines.
fn group(topology: Topology, change: &StateCost, currency: Currency) -> Vec<Row> {
    let state = format!(
        ": {}, {}: {}",
        format::in_sentence(change.state.name()),
        change.per.as_str(),
        words::change(change, currency)
    );
    let head = Text::styled(topology.name(), Style::Of(topology)).then(state);
    let notes = [Some(words::basis(&change.basis)), words::rounding(change).map(str::to_owned)];
    let notes = notes.into_iter().flatten().map(Row::note);
    let line = |line| {
        let cells = [labelled(line), Text::styled(product(line, currency), Style::Quiet), confidence(line)];
        Row::of(cells.into_iter().chain([amount(line, currency).into()]))
    };
    let lines = change.lines.iter().map(line);
    [Row::of([head]).kind(RowKind::Group)].into_iter().chain(notes).chain(lines).collect()
}

fn labelled(line: &crate::model::cost::BillLine) -> Text {
    Text::from(line.label()).and(format!(" · {}", line.formula()), Style::Quiet)
}
