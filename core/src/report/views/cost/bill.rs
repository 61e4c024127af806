//! The bill of a steady month (M-10).

use super::super::Subject;
use super::line::{PRODUCT, confidence, confidence_of, missing_prices, origin, product};
use crate::catalog::Catalog;
use crate::explore::BillBands;
use crate::model::Topology;
use crate::model::cost::{Bill, BillLine, LineKind};
use crate::report::bill_text::{self, amount};
use crate::report::chart::bill_chart;
use crate::report::document::{Block, Column, Row, RowKind, Section, Style, Table, Text, cited};
use crate::report::explored::bill_bands::quantiles;
use crate::report::horizon::name;
use crate::report::verdict::all_waiting;
use crate::units::HOURS_PER_MONTH;
use crate::words::bill::not_applied;

/// The ids of the tables of lines, in the order of [`Topology::ALL`]: plain rows are the lines of the bill in their order, then come the
/// total and remarks on it.
pub const TABLES: [&str; 3] = ["bill-rebuild", "bill-passive", "bill-active"];

/// Every line of the three bills with quantity, unit price and amount, the totals, and once for all designs where each line comes from;
/// the bill of the recommended design is open.
///
/// Below a total stand P05, P50 and P95 of the month where an input is a range, as soon as the `bands` are worked out.
#[must_use]
pub fn bill(subject: Subject, bands: Option<&[BillBands; 3]>) -> Section {
    let comparison = &subject.evaluation.comparison;
    let first = comparison.choice.or(comparison.nearest);
    let section = Section::new("bill", "Bill of a steady month", "No design fits, so there is no bill.")
        .opened_by(bill_chart(subject.plan, subject.evaluation))
        .with(Block::remark(basis(subject)))
        .with(Block::list(all_waiting(comparison)));
    let section = Topology::ALL.into_iter().zip(TABLES).enumerate().fold(section, |section, (at, (topology, id))| {
        let bill = &subject.evaluation.of(topology).bill;
        let lines = Block::Table(table(id, topology, bill, bands.map(|bands| &bands[at])));
        section.with(Block::Details {
            summary: summary(topology, bill),
            open: first == Some(topology),
            blocks: if bill.lines.is_empty() { Vec::new() } else { vec![lines] },
        })
    });
    let section = section.with(Block::details(ORIGINS, origins(subject)));
    let sources = cited(std::slice::from_ref(&section), subject.catalog);
    section.with(Block::details(SOURCES, vec![sources]))
}

/// The heading of how the lines are made; on the page each line opens to the same.
pub const ORIGINS: &str = "Where each line comes from";
/// The heading of what the prices are from.
const SOURCES: &str = "Sources of the prices";

/// A bill without the sources of its prices: for a report, which spells each out once at its end.
#[must_use]
pub fn without_sources(mut section: Section) -> Section {
    section.blocks.retain(|block| !matches!(block, Block::Details { summary, .. } if summary.words() == SOURCES));
    section
}

/// "Passive pair, $3,245 a month".
fn summary(topology: Topology, bill: &Bill) -> Text {
    let month = format!(", {} a month", bill.total.amount(bill.currency));
    Text::styled(topology.name(), Style::Of(topology)).then(month)
}

/// What all sums share, and which discount does not apply.
fn basis(subject: Subject) -> String {
    let sheet = if subject.catalog.has_sheet() { "Prices of your sheet, otherwise the bundled ones" } else { "Prices" };
    let lost = subject.evaluation.discount_not_applied(subject.plan);
    let lost = lost.map_or_else(String::new, |lost| format!(" {}", not_applied(lost)));
    format!("{sheet} as of {}, before tax; a month is {HOURS_PER_MONTH} h.{lost}", subject.catalog.as_of())
}

fn table(id: &'static str, topology: Topology, bill: &Bill, bands: Option<&BillBands>) -> Table {
    let line = |line: &BillLine| {
        let cells = [line.label().into(), quiet(product(line, bill.currency)), confidence(line)];
        Row::of(cells.into_iter().chain([amount(line, bill.currency).into()]))
    };
    let total =
        ["Total".into(), quiet(confidence_of(bill)), missing_prices(bill), bill.total.cents(bill.currency).into()];
    let total = Row::of(total).kind(RowKind::Total);
    let notes = below_total(bill, bands).into_iter().map(Row::note);
    Table {
        id,
        name: format!("Bill of the {}", name(topology)),
        columns: vec![
            Column::text("Line"),
            Column::text(PRODUCT).wide_only(),
            Column::text("Price is"),
            Column::figures("A month"),
        ],
        rows: bill.lines.iter().map(line).chain([total]).chain(notes).collect(),
    }
}

fn quiet(text: String) -> Text {
    Text::styled(text, Style::Quiet)
}

/// P05, P50 and P95 of the month where an input is a range; what rounding leaves.
fn below_total(bill: &Bill, bands: Option<&BillBands>) -> Vec<String> {
    let band = bands.and_then(|bands| quantiles(bands, bill.currency));
    [band, bill_text::rounding(bill).map(str::to_owned)].into_iter().flatten().collect()
}

/// The lines of all designs by name, each with its formula; meter and source, how a price is made and what is to know of it stand with the
/// first line that they concern, and a line of a kind that would only repeat another is left out. The tables above have the prices.
fn origins(subject: Subject) -> Vec<Block> {
    let (mut said, mut blocks, mut left_out) = (Described::default(), Vec::new(), false);
    for topology in Topology::ALL {
        let bill = &subject.evaluation.of(topology).bill;
        let of = |line: &BillLine| Some((line.label(), said.described(line, bill, subject.catalog)?));
        let facts: Vec<(String, String)> = bill.lines.iter().filter_map(of).collect();
        left_out |= facts.len() < bill.lines.len();
        if !facts.is_empty() {
            blocks.extend([Block::Heading(Text::styled(topology.name(), Style::Of(topology))), Block::facts(facts)]);
        }
    }
    let alike = if left_out { "A line made like an earlier one is left out." } else { "" };
    [Block::remark(alike)].into_iter().chain(blocks).collect()
}

/// What earlier lines of the bills have told.
#[derive(Default)]
struct Described {
    texts: Vec<String>,
    formulas: Vec<(LineKind, String)>,
}

impl Described {
    /// What a line tells that no earlier one has; `None` where that is nothing.
    fn described(&mut self, line: &BillLine, bill: &Bill, catalog: &Catalog) -> Option<String> {
        let (mut formula, mut rest) = (String::new(), Vec::new());
        rest.extend(self.once(meter(line)));
        for (name, text) in origin(line, bill, catalog) {
            match name {
                "Formula" => formula = text,
                "How" | "Remark" => rest.extend(self.once(text)),
                // The table has them, or the meter above.
                "Region" | "List price" | "Price is" | "Meter" | "Source" => {}
                _ => rest.push(format!("{name}: {text}")),
            }
        }
        let formula_of_kind = (line.kind, formula);
        let new = !rest.is_empty() || !self.formulas.contains(&formula_of_kind);
        let all = [formula_of_kind.1.clone()]
            .into_iter()
            .chain(rest)
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        self.formulas.push(formula_of_kind);
        new.then_some(all)
    }

    /// The text, if it is one and no earlier line has it.
    fn once(&mut self, text: String) -> Option<String> {
        let new = !text.is_empty() && !self.texts.contains(&text);
        if new {
            self.texts.push(text.clone());
        }
        new.then_some(text)
    }
}

/// "P1 Cache Instance, V7 V1, 2026-06-18": the meter with source and date of its price.
fn meter(line: &BillLine) -> String {
    let price = line.paid().or(line.price.known());
    let from = price.into_iter().flat_map(|paid| [&*paid.source, &*paid.as_of]).map(str::to_owned);
    [line.meter()].into_iter().chain(from).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}
