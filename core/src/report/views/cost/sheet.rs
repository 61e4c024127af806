//! The price sheet: what it replaces, what it does not give, what it contradicts, and how to get one.

use super::super::Subject;
use crate::catalog::SheetRow;
use crate::import::retail::{SheetReport, price_list_address};
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::report::sheet::{missing, unused};
use crate::units::format;

/// Prices that are listed at most; the rest is counted.
const MOST: usize = 200;

/// A sheet that was opened.
#[derive(Debug, Clone, Copy)]
pub struct Opened<'a> {
    /// Names of its files: "east.json, north.json".
    pub name: &'a str,
    /// What it replaced and left out.
    pub report: &'a SheetReport,
    /// True where it is there again at the next visit.
    pub persisted: bool,
}

/// Which prices are in use; of an `opened` sheet its prices in the plan's regions, what it does not give, what of it is not used and
/// what was left out.
#[must_use]
pub fn price_sheet(subject: Subject, opened: Option<Opened>) -> Section {
    let section = |says: String| Section::new("price-sheet", "Price sheet", says);
    let section = match opened {
        Some(opened) => of_sheet(subject, opened, section),
        None if subject.catalog.has_sheet() => lists(
            subject,
            section(format!("Prices of your sheet, otherwise the bundled ones of {}.", subject.catalog.as_of())),
        ),
        None => section(format!(
            "Bundled prices of {}; a file of the Azure Retail Prices API replaces them row by row and stays in this browser.",
            subject.catalog.as_of()
        )),
    };
    section.with(how_to(subject))
}

fn of_sheet(subject: Subject, opened: Opened, section: impl Fn(String) -> Section) -> Section {
    let report = opened.report;
    let lacks = missing(subject.evaluation, subject.catalog).len();
    let says = format!("{}: {} {}", opened.name, report.headline(), report.answer(lacks));
    let regions: Vec<_> = subject.plan.regions.iter().map(|region| region.region.clone()).collect();
    let rows = report.rows_in(&regions);
    let rest = report.prices.len().saturating_sub(rows.len().min(MOST));
    let rest = if rest == 0 {
        String::new()
    } else {
        format!("Not listed: {} in other regions or further down.", format::counted(rest, "price"))
    };
    let section = section(says).with(Block::Table(prices(report, &rows))).with(Block::remark(rest));
    let left_out =
        report.left_out.iter().map(|(why, rows)| format!("{} {}", format::count(f64::from(*rows)), why.as_str()));
    let notes = report.notes.iter().cloned().chain(report.reread(subject.plan.horizon.start));
    let section = titled(lists(subject, section), "Contradicting rows", report.contradictions.clone());
    let section = titled(titled(section, "Rows left out", left_out), "Remarks", notes);
    section.with(Block::remark(if opened.persisted {
        "The prices are persisted in this browser for the next visit."
    } else {
        "Too large to be persisted in this browser: open it again at the next visit."
    }))
}

/// What the sheet in use does not give, and what of it the bills do not use.
fn lists(subject: Subject, section: Section) -> Section {
    let lacks = missing(subject.evaluation, subject.catalog).into_iter();
    let section = titled(section, "Missing in the sheet", lacks.map(|lack| format!("{}: {}", lack.what, lack.instead)));
    titled(section, "Unused prices of traffic", unused(subject.evaluation, subject.catalog))
}

fn titled(section: Section, title: &str, lines: impl IntoIterator<Item = String>) -> Section {
    let lines = Block::list(lines);
    if lines.is_blank() { section } else { section.with(Block::Heading(title.into())).with(lines) }
}

/// The prices in the plan's regions, those first that differ from the bundled ones.
fn prices(report: &SheetReport, rows: &[&SheetRow]) -> Table {
    let row = |row: &&SheetRow| {
        let far = if row.is_far() { " far off" } else { "" };
        let words = Text::from(row.words(report.currency)).and(far, Style::Warn);
        let effective = row.effective.map_or_else(|| "no date".to_owned(), |day| day.to_string());
        Row::of([row.what.as_str().into(), Text::styled(row.unit, Style::Quiet), words, effective.into()])
    };
    Table {
        id: "sheet-prices",
        name: "Prices of the sheet in the plan’s regions".to_owned(),
        columns: vec![
            Column::names("Price in the plan’s regions"),
            Column::text("For one"),
            Column::text("Bundled → sheet"),
            Column::figures("Effective"),
        ],
        rows: rows.iter().take(MOST).map(row).collect(),
    }
}

fn how_to(subject: Subject) -> Block {
    let steps = "Open this address, save the answer and every page of NextPageLink, then open all files together. currencyCode sets \
                 the currency. This page sends no request.";
    let address = price_list_address(subject.plan, subject.catalog.currency());
    Block::details("How to get a price sheet", vec![Block::paragraph(steps), Block::Commands(address)])
}
