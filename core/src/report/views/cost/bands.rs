//! Bands of the month (M-14).

use super::super::{NONE, Subject};
use crate::explore::BillBands;
use crate::explore::bill_bands::money;
use crate::model::Topology;
use crate::model::cost::Bill;
use crate::report::chart::bill_bands_chart;
use crate::report::document::{Block, Column, Row, RowKind, Section, Style, Table, Text};
use crate::report::explored::bill_bands::{cents, sentence};
use crate::report::verdict::all_waiting;
use crate::stats::bands::Bands;
use crate::units::format;

/// P05, P50 and P95 of each total, and of every line that is not the same in each trial; without `bands` that they are on their way.
#[must_use]
pub fn bands(subject: Subject, bands: Option<&[BillBands; 3]>) -> Section {
    let heading = "Band of the month";
    let Some(bands) = bands else {
        return Section::new("bill-bands", heading, "Bands are worked out as soon as the typing pauses.");
    };
    let currency = subject.catalog.currency();
    let each =
        Topology::ALL.iter().zip(bands).map(|(it, bands)| format!("{}: {}", it.name(), sentence(bands, currency)));
    let lines = vec![Block::Table(table(subject, bands)), Block::remark(RANGES)];
    Section::new("bill-bands", heading, "No design fits, so there is no band.")
        .opened_by(bill_bands_chart(bands, currency))
        .with(Block::list(all_waiting(&subject.evaluation.comparison)))
        .with(Block::details("What varies, by design", vec![Block::list(each)]))
        .with(Block::details("Lines that vary", lines))
}

const RANGES: &str = "Unit prices do not vary. Ranges of operations and data: Advanced inputs, Workload.";

fn table(subject: Subject, bands: &[BillBands; 3]) -> Table {
    let rows = Topology::ALL.into_iter().zip(bands).flat_map(|(topology, bands)| group(subject, topology, bands));
    let figures = ["As planned", "P05", "P50", "P95"].map(Column::figures);
    Table {
        id: "bill-bands",
        name: "Band of the month".to_owned(),
        columns: [Column::names("Line")].into_iter().chain(figures).collect(),
        rows: rows.collect(),
    }
}

fn group(subject: Subject, topology: Topology, bands: &BillBands) -> Vec<Row> {
    let bill = &subject.evaluation.of(topology).bill;
    let lines = bill.lines.iter().zip(&bands.lines).filter_map(|(line, bands)| Some((line, bands.as_ref()?)));
    let moving = lines.filter(|(_, bands)| bands.p95.value > bands.p05.value);
    let line = |(line, bands): (&crate::model::cost::BillLine, &Bands)| {
        let planned = line.amount.map_or_else(|| NONE.to_owned(), |amount| format::money_cents(amount, bill.currency));
        row(&line.label(), planned, bands, |amount| format::money_cents(money(amount), bill.currency))
    };
    let head = Row::of([Text::styled(topology.name(), Style::Of(topology))]).kind(RowKind::Group);
    [head].into_iter().chain(moving.map(line)).chain([total(bill, bands)]).collect()
}

fn total(bill: &Bill, bands: &BillBands) -> Row {
    let planned = bill.total.cents(bill.currency);
    row("Total", planned, &bands.total, |amount| cents(bands, money(amount), bill.currency)).kind(RowKind::Total)
}

fn row(name: &str, planned: String, bands: &Bands, cell: impl Fn(f64) -> String) -> Row {
    let quantiles = [bands.p05, bands.p50, bands.p95].map(|quantile| cell(quantile.value));
    Row::of([name.to_owned(), planned].into_iter().chain(quantiles))
}
