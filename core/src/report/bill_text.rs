//! A bill for people and for spreadsheets: a document, in which each figure is rounded to cents once, and CSV, which is exact.

mod csv;

pub use csv::{CSV_COLUMNS, csv, csv_of_all};

use super::document::{Block, Column, Document, Row, RowKind, Section, Table};
use crate::catalog::{KnownPrice, Price, PriceConfidence, RegionId};
use crate::evaluate::Evaluation;
use crate::explore::BillBands;
use crate::model::Topology;
use crate::model::cost::{Bill, BillLine, Total, unpriced};
use crate::report::explored::bill_bands::{of_line, quantiles};
use crate::units::format;
use crate::units::{Bytes, Currency, Money, UnitPrice};
use crate::words::total::NO_HOURLY_RATE;

/// A bill to be written, with the bands of the same plan and topology (M-14) where they have been worked out.
pub type Banded<'a> = (Topology, &'a Bill, Option<&'a BillBands>);

/// The bills of an evaluation, each with its bands.
#[must_use]
pub fn banded<'a>(evaluation: &'a Evaluation, bands: &'a [BillBands; 3]) -> [Banded<'a>; 3] {
    let [rebuild, passive, active] = evaluation.bills();
    let of = |(topology, bill): (Topology, &'a Bill), index: usize| (topology, bill, Some(&bands[index]));
    [of(rebuild, 0), of(passive, 1), of(active, 2)]
}

/// The bills under a title: a section for each.
#[must_use]
pub fn document(title: impl Into<String>, bills: &[Banded]) -> Document {
    Document { title: title.into(), opening: Vec::new(), sections: bills.iter().map(|bill| section(*bill)).collect() }
}

/// "Tax filing: bill of a steady month".
#[must_use]
pub fn title(plan: &str) -> String {
    format!("{plan}: bill of a steady month")
}

/// A bill: each line with quantity, price and amount, the total with its band and what it is based on, and where each line comes from:
/// its formula, its price with date and source, its band, its remark.
#[must_use]
pub fn section(banded: Banded) -> Section {
    let (topology, bill, bands) = banded;
    let says = format!("A steady month in {}.", currency_words(bill.currency));
    let section =
        Section::new(ID_OF[topology as usize], topology.name(), says).with(Block::Table(table(topology, bill)));
    let section = footer(bill, bands).into_iter().fold(section, |section, line| section.with(Block::paragraph(line)));
    let fact =
        |(index, line): (usize, &BillLine)| (line.label(), details(line, &band(bands, index, bill), bill.currency));
    section
        .with(Block::details("Where each line comes from", vec![Block::facts(bill.lines.iter().enumerate().map(fact))]))
}

const ID_OF: [&str; 3] = ["bill-of-rebuild", "bill-of-passive", "bill-of-active"];

fn table(topology: Topology, bill: &Bill) -> Table {
    let row = |line: &BillLine| {
        Row::of([
            line.label(),
            line.meter(),
            region(line).to_owned(),
            format!("{} {}", format::quantity(line.quantity), line.unit),
            line.effective.map_or_else(|| format::NONE.to_owned(), |price| unit_price(price, bill.currency)),
            amount(line, bill.currency),
        ])
    };
    let sum =
        |name: &str, total: &Total| Row::of([name, "", "", "", "", &total.cents(bill.currency)]).kind(RowKind::Total);
    let list = (bill.list_total != bill.total).then(|| sum("At list prices", &bill.list_total));
    let figures = ["Quantity", "Unit price", "Amount"].map(Column::figures);
    Table {
        id: ID_OF[topology as usize],
        name: format!("Bill of the {}", topology.name().to_ascii_lowercase()),
        columns: [Column::names("Line"), Column::text("Meter"), Column::text("Region")]
            .into_iter()
            .chain(figures)
            .collect(),
        rows: bill.lines.iter().map(row).chain([sum("Total", &bill.total)]).chain(list).collect(),
    }
}

fn currency_words(currency: Currency) -> String {
    if currency == Currency::USD { "US dollars".to_owned() } else { currency.to_string() }
}

/// A unit price for the eye: a reserved hour has more digits than anyone reads.
fn unit_price(price: UnitPrice, currency: Currency) -> String {
    format::price(UnitPrice::new(price.as_decimal().round_dp(6)), currency)
}

/// The amount to the cent, or that there is none.
pub(super) fn amount(line: &BillLine, currency: Currency) -> String {
    line.amount.map_or_else(|| "no price".to_owned(), |amount| format::money_cents(amount, currency))
}

/// The origin of what the line is paid by.
fn origin(line: &BillLine) -> String {
    line.paid().map_or_else(|| PriceConfidence::Unknown.as_str().to_owned(), origin_of)
}

/// "published, 2024-07-01, S02": confidence, date and source of a price.
#[must_use]
pub fn origin_of(known: &KnownPrice) -> String {
    let parts = [known.confidence.as_str(), &*known.as_of, &*known.source];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The region's name on the price list; empty for people.
fn region(line: &BillLine) -> &str {
    line.region.as_ref().map_or("", RegionId::as_str)
}

/// How the price was made, or a remark on it, and the list price beside a reservation; may be empty.
fn how(line: &BillLine, currency: Currency) -> String {
    let how = line.paid().map_or("", |known| &known.how);
    let how = if how.is_empty() { String::new() } else { format!("On the price: {how}") };
    let ends = line.paid().and_then(|paid| between(paid, currency));
    let ends = ends.map_or_else(String::new, |ends| format!("The price lies between {ends}"));
    let list = line.price.known().filter(|_| line.reservation.is_some());
    let list = list.map(|known| format!("List price {} ({})", format::price(known.amount, currency), origin_of(known)));
    sentences(&[&how, &ends, list.as_deref().unwrap_or_default()])
}

/// "$0.366 and $0.381": the ends of an estimated price; `None` for a price without a band.
pub(crate) fn between(known: &KnownPrice, currency: Currency) -> Option<String> {
    let (low, high) = known.ends()?;
    Some(format!("{} and {}", format::price(low, currency), format::price(high, currency)))
}

/// "A. B. C", without the empty ones.
fn sentences(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

/// The remark; for a line without a price the sentence that says what to enter.
fn remark(line: &BillLine) -> String {
    let reason = match &line.price {
        Price::Unknown { reason } => reason.words(),
        Price::Known(_) => String::new(),
    };
    sentences(&[&reason, &line.note()])
}

/// "Band P05 $1.20, P50 $1.41, P95 $1.89"; empty without bands, and for a line that is the same in every trial.
fn band(bands: Option<&BillBands>, index: usize, bill: &Bill) -> String {
    let quantiles = bands.and_then(|bands| of_line(bands, index, bill.currency));
    quantiles.map_or_else(String::new, |quantiles| format!("Band {quantiles}"))
}

/// Formula, price with its origin, how it was made, band, remark.
fn details(line: &BillLine, band: &str, currency: Currency) -> String {
    let price = format!("The price is {}", origin(line));
    sentences(&[&line.formula(), &price, &how(line, currency), band, &remark(line)])
}

/// [`format::ROUNDED`] where the printed lines, or the printed parts by price confidence, do not add up to the printed total; `None`
/// where they do.
#[must_use]
pub fn rounding(bill: &Bill) -> Option<&'static str> {
    let lines = bill.lines.iter().filter_map(|line| line.amount);
    let words = bill.by_confidence.iter().map(|(_, amount)| *amount);
    let kept = |parts: &mut dyn Iterator<Item = Money>| format::rounding(parts, bill.total.at_least(), Money::to_cents);
    kept(&mut { lines }).or_else(|| kept(&mut { words }))
}

/// What the total is based on, what it leaves out, and the volume between regions.
fn footer(bill: &Bill, bands: Option<&BillBands>) -> Vec<String> {
    let band = bands.and_then(|bands| quantiles(bands, bill.currency));
    let mut rows: Vec<String> = band.map(|quantiles| format!("Band of the month: {quantiles}")).into_iter().collect();
    let words: Vec<String> = bill
        .by_confidence
        .iter()
        .map(|(confidence, amount)| format!("{} {}", confidence.as_str(), format::money_cents(*amount, bill.currency)))
        .collect();
    if let Some(why) = bill.total.why() {
        rows.push(format!("The total is a lower bound, {}: {why}.", bill.total.cents(bill.currency)));
    }
    if !words.is_empty() {
        let of = if bill.total.is_complete() { "Of the total" } else { "Of what is known of it" };
        rows.push(format!("{of}: {}.", words.join(", ")));
    }
    rows.extend(rounding(bill).map(str::to_owned));
    match unpriced(&bill.lines) {
        0 => {}
        lines => rows.push(format!("Not in the total: {} without a price.", format::counted(lines as usize, "line"))),
    }
    if bill.total.is_without_staff() {
        rows.push(NO_HOURLY_RATE.to_owned());
    }
    rows.push(format!("Replication stream between regions: {} a month.", format::bytes(bill.egress_volume)));
    if bill.sync_volume > Bytes::ZERO {
        rows.push(format!("Full syncs between regions: {} a month.", format::bytes(bill.sync_volume)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::evaluate::evaluate;
    use crate::explore::bill_bands::bands_of_all;
    use crate::plan::Plan;
    use crate::report::markdown::tests::{HOSTILE, assert_reads};

    #[test]
    fn several_bills_are_told_apart() {
        let catalog = Catalog::bundled().unwrap();
        let evaluation = evaluate(&Plan::default(), &catalog);
        let bands = bands_of_all(&Plan::default(), &catalog);
        let bills = banded(&evaluation, &bands);
        let (table, text) = (csv_of_all(&bills), document("", &bills).markdown());
        assert_eq!(table.lines().count(), 1 + bills.iter().map(|(_, bill, _)| bill.lines.len()).sum::<usize>());
        for bill in bills {
            let (topology, alone) = (bill.0, csv(bill));
            let records: Vec<&str> = alone.lines().skip(1).collect();
            let start = format!("{},", topology.name());
            let ours: Vec<&str> = table.lines().filter_map(|line| line.strip_prefix(start.as_str())).collect();
            assert_eq!(ours, records);
            assert!(text.contains(document("", &[bill]).markdown().trim_end()));
        }
    }

    /// Whatever regions and sizes are called, the table has exactly its own cells.
    #[test]
    fn hostile_texts_stay_texts_in_markdown() {
        let catalog = Catalog::bundled().unwrap();
        for text in HOSTILE {
            let mut plan = Plan::default();
            plan.regions[1].region = RegionId::new(text);
            plan.passive.sku = Some(crate::catalog::SkuId::new(text));
            let evaluation = evaluate(&plan, &catalog);
            for answer in [&evaluation.rebuild, &evaluation.passive, &evaluation.active] {
                let bill = (answer.topology, &answer.bill, None);
                let document = document("", &[bill]);
                assert_reads(&document.markdown(), &document.blocks());
            }
        }
    }

    /// A group is based on a range from the start; a rebuild does not.
    #[test]
    fn bands_stand_in_every_format_where_an_input_is_a_range() {
        let (mut plan, catalog) = (Plan::default(), Catalog::bundled().unwrap());
        // Full syncs of a group cost by its data, which the CRDT factor multiplies.
        plan.pricing.active_egress = crate::plan::EgressBilling::ListRate;
        let (evaluation, bands) = (evaluate(&plan, &catalog), bands_of_all(&plan, &catalog));
        for bill in banded(&evaluation, &bands) {
            let says = quantiles(&bands[bill.0 as usize], bill.1.currency);
            assert_eq!(says.is_some(), bill.0 != Topology::Rebuild);
            let total = says.map_or("Band of the month".to_owned(), |says| format!("Band of the month: {says}"));
            let document = document("", &[bill]);
            for text in [document.plain(), document.markdown()] {
                assert_eq!(text.contains(&total.replace('\u{a0}', " ")), bill.0 != Topology::Rebuild, "{text}");
                assert_eq!(text.contains("Band P05"), bill.0 != Topology::Rebuild, "{text}");
            }
            let filled = csv(bill).lines().skip(1).filter(|line| !line.ends_with(",,,")).count();
            assert_eq!(filled > 0, bill.0 != Topology::Rebuild);
        }
    }
}
