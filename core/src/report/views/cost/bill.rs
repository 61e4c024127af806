//! The bill of a steady month (M-10).

use super::super::Subject;
use super::line::{PRODUCT, amount, confidence, confidence_of, lacks, origin, product};
use super::name;
use crate::explore::BillBands;
use crate::model::Topology;
use crate::model::cost::{Bill, MissingPrice, no_price};
use crate::report::bill_text;
use crate::report::chart::bill_chart;
use crate::report::document::{Block, Column, Row, RowKind, Section, Style, Table, Text};

/// The id of the table of lines: a group for each design, then its lines in the order of its bill, the total, and remarks on that.
pub const TABLE: &str = "bill";

/// Every line of the three bills with quantity, unit price and amount, the totals, and where each line comes from.
///
/// Below a total stand P05, P50 and P95 of the month where an input is a range, as soon as the `bands` are worked out.
#[must_use]
pub fn bill(subject: Subject, bands: Option<&[BillBands; 3]>) -> Section {
    let all: Vec<Block> = Topology::ALL.into_iter().flat_map(|topology| origins(subject, topology)).collect();
    Section::new("bill", "Bill of a steady month", says(subject))
        .with_figure(bill_chart(subject.plan, subject.evaluation))
        .with(Block::Table(table(subject, bands)))
        .with(Block::remark(basis(subject)))
        .with(Block::details("Where each line comes from", all))
}

/// "$981 for the rebuild, … a month, before tax.", what the sums lack, and which discount does not apply.
fn says(subject: Subject) -> String {
    let evaluation = subject.evaluation;
    let total = |topology: Topology| {
        let bill = &evaluation.of(topology).bill;
        format!("{} for the {}", bill.total.amount(bill.currency), name(topology))
    };
    let bills = evaluation.bills();
    let missing = no_price(&MissingPrice::of_all(bills.iter().map(|(_, bill)| &bill.total)));
    let missing = missing.map(|why| format!(" {why}: sums with ≥ are without it."));
    let discount = evaluation.discount_not_applied(subject.plan).map(|not| format!(" {not}"));
    let [rebuild, passive, active] = Topology::ALL.map(total);
    let more: String = missing.into_iter().chain(discount).collect();
    format!("{rebuild}, {passive}, {active}, each month before tax.{more}")
}

fn basis(subject: Subject) -> String {
    let sheet = if subject.catalog.has_sheet() { "Prices of your sheet, otherwise the bundled ones" } else { "Prices" };
    format!("{sheet} as of {}. A month is 730 hours.", subject.catalog.as_of())
}

fn table(subject: Subject, bands: Option<&[BillBands; 3]>) -> Table {
    let bands = |topology: Topology| {
        let own = Topology::ALL.iter().zip(bands?).find(|(of, _)| **of == topology);
        own.map(|(_, bands)| bands)
    };
    Table {
        id: TABLE,
        name: "Bill of a steady month".to_owned(),
        columns: vec![
            Column::text("Line"),
            Column::text(PRODUCT).wide_only(),
            Column::text("Price is"),
            Column::figures("A month"),
        ],
        rows: Topology::ALL.into_iter().flat_map(|topology| group(subject, topology, bands(topology))).collect(),
    }
}

fn group(subject: Subject, topology: Topology, bands: Option<&BillBands>) -> Vec<Row> {
    let bill = &subject.evaluation.of(topology).bill;
    let line = |line| {
        let cells = [line_label(line), quiet(product(line, bill.currency)), confidence(line)];
        Row::of(cells.into_iter().chain([amount(line, bill.currency).into()]))
    };
    let total = ["Total".into(), quiet(confidence_of(bill)), lacks(bill), bill.total.cents(bill.currency).into()];
    let head = Row::of([Text::styled(topology.name(), Style::Of(topology))]).kind(RowKind::Group);
    let notes = below_total(bill, bands).into_iter().map(Row::note);
    let lines = bill.lines.iter().map(line);
    [head].into_iter().chain(lines).chain([Row::of(total).kind(RowKind::Total)]).chain(notes).collect()
}

fn line_label(line: &crate::model::cost::BillLine) -> Text {
    line.label.as_str().into()
}

fn quiet(text: String) -> Text {
    Text::styled(text, Style::Quiet)
}

/// P05, P50 and P95 of the month where an input is a range; what rounding leaves.
fn below_total(bill: &Bill, bands: Option<&BillBands>) -> Vec<String> {
    let band = bands.and_then(|bands| bands.quantiles(bill.currency));
    [band, bill_text::rounding(bill).map(str::to_owned)].into_iter().flatten().collect()
}

/// A design's lines by name, each with formula, meter, price and source.
fn origins(subject: Subject, topology: Topology) -> Vec<Block> {
    let bill = &subject.evaluation.of(topology).bill;
    if bill.lines.is_empty() {
        return Vec::new();
    }
    let fact = |line: &crate::model::cost::BillLine| {
        let parts = origin(line, bill, subject.catalog).into_iter().map(|(name, text)| format!("{name}: {text}"));
        (line.label.clone(), parts.collect::<Vec<_>>().join(" · "))
    };
    vec![Block::Heading(Text::styled(topology.name(), Style::Of(topology))), Block::facts(bill.lines.iter().map(fact))]
}
