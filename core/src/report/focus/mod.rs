//! The bill as a FOCUS-1.2-shaped CSV: the columns and value rules of the `FinOps` Open Cost and Usage Specification, filled with
//! a forecast.
//!
//! Column conformance only: FOCUS has no forecast dataset, and an invoice differs. A row is a bill line of the first month
//! of the plan's horizon, taken as the steady month of 730 h. Amounts are exact decimals, so that
//! `ListCost = ListUnitPrice × PricingQuantity` holds to the last digit and `EffectiveCost` adds up to the bill. A prepaid
//! reservation is a purchase row with `BilledCost` and without `EffectiveCost`, and its hours are usage rows with `EffectiveCost` and
//! without `BilledCost`: without one, both columns are the same. A line without a price cannot conform (`BilledCost` may not be
//! null): it is left out and counted.

mod line;
mod row;
#[cfg(test)]
mod tests;

pub use row::{COLUMNS, Row};

use super::runbook::Names;
use super::verdict::waiting;
use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::explore::{BILL_SAMPLING, BillBands, bill_bands};
use crate::model::fit::Misfit;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::units::Date;
use crate::units::format;
use crate::units::sentence_error;
use crate::words::total::no_price;
use row::Cell;

/// The charge category of a prepaid term.
const PURCHASE: &str = "Purchase";

/// What a forecast cannot know by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// The day on which the file is made: the core has no clock.
    pub date: Date,
    /// Tags of the plan, key and value; empty gives a null cell.
    pub tags: &'a [(String, String)],
    /// What made the figures: [`Catalog::model_version`], asked for once for many plans.
    pub version: &'a str,
}

/// Rows with what had to be left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FocusFile {
    /// One row a bill line, in the order of the bill; then one for each prepaid term.
    pub rows: Vec<Row>,
    /// Lines without a price, which no row can stand for.
    pub left_out: u32,
    /// That the design waits for the end of what runs, and its bill is by today's load; `None` where it does not.
    pub waits: Option<String>,
}

sentence_error! {
    /// Why there is no file, in one sentence.
    FocusError
}

/// The file of one plan's bill with its bands: of this topology, of the recommended one if none is named. With it the topology that it is of. The page, the
/// terminal and a portfolio all take it from here.
///
/// # Errors
///
/// The sentence that says why there is no bill: no topology is possible, or not this one, or none of its lines has a price.
pub fn file(
    plan: &Plan,
    catalog: &Catalog,
    evaluation: &Evaluation,
    topology: Option<Topology>,
    stamp: &Stamp,
) -> Result<(Topology, FocusFile), FocusError> {
    let comparison = &evaluation.comparison;
    let Some(topology) = topology.or_else(|| comparison.recommended()) else {
        if let Some(why) = no_price(&comparison.missing) {
            return Err(FocusError(format!(
                "No design is the cheapest yet: {why}. Enter the price or name a topology."
            )));
        }
        return Err(FocusError("No topology is possible for this plan: there is no bill to write.".to_owned()));
    };
    let (answer, name) = (evaluation.of(topology), topology.name().to_ascii_lowercase());
    let file = FocusFile::of(plan, catalog, answer, stamp);
    if !file.rows.is_empty() {
        let file = file.with_bands(&bill_bands(plan, catalog, topology, BILL_SAMPLING));
        return Ok((topology, FocusFile { waits: waiting(comparison, topology), ..file }));
    }
    let why = answer.bill.total.why().or_else(|| answer.design.misfits.first().map(Misfit::words));
    let why = why.map_or_else(String::new, |why| format!(" {}.", why.trim_end_matches('.')));
    let not = if answer.bill.lines.is_empty() { "is not possible for this plan" } else { "has no line with a price" };
    Err(FocusError(format!("The {name} {not}: there is no bill to write.{why}")))
}

impl FocusFile {
    /// What is said of a file that was saved: what it lacks, and what a forecast is.
    #[must_use]
    pub fn says(&self, topology: Topology) -> String {
        let left_out = self.left_out_note().unwrap_or_else(|| "Every line is in the file.".to_owned());
        let prepaid = self.prepaid_note().map_or_else(String::new, |note| format!(" {note}"));
        let waits = self.waits.as_ref().map_or_else(String::new, |note| format!(" {note}"));
        format!(
            "Saved the bill of the {} with the columns of FOCUS 1.2. {left_out}{prepaid}{waits} This is a forecast: the columns \
             conform, an invoice will differ.",
            topology.name().to_ascii_lowercase()
        )
    }

    /// The rows of one topology's bill (M-10): `EffectiveCost` is the line's amount, `ListCost` its list cost, `ContractedCost` the
    /// list cost less the negotiated discount and before any reservation.
    ///
    /// A topology that is not possible has no rows.
    #[must_use]
    pub fn of(plan: &Plan, catalog: &Catalog, answer: &TopologyAnswer, stamp: &Stamp) -> Self {
        let scope = line::Scope {
            catalog,
            answer,
            names: Names::of(plan, catalog),
            frame: line::Frame::of(plan, answer, stamp),
        };
        let mut rows: Vec<Row> = answer.bill.lines.iter().filter_map(|line| line::row(&scope, line)).collect();
        let left_out = answer.bill.lines.len().saturating_sub(rows.len());
        rows.extend(answer.bill.lines.iter().filter_map(|line| line::purchase(&scope, line)));
        Self { rows, left_out: u32::try_from(left_out).unwrap_or(u32::MAX), waits: None }
    }

    /// Fills P05, P50 and P95 of each row (M-14), to the cent; without a range, or where no trial has a bill, they stay null. The
    /// bands must be those of the same plan and topology.
    #[must_use]
    pub fn with_bands(mut self, bands: &BillBands) -> Self {
        let priced = (0..bands.lines.len()).filter(|index| bands.lines[*index].is_some());
        for (row, index) in self.rows.iter_mut().zip(priced) {
            let Some(quantiles) = bands.quantiles_of(index) else { break };
            [row.cost_p05, row.cost_p50, row.cost_p95] = quantiles.map(Some);
        }
        self
    }

    /// Adds the rows of another plan.
    pub fn append(&mut self, mut other: Self) {
        self.rows.append(&mut other.rows);
        self.left_out = self.left_out.saturating_add(other.left_out);
    }

    /// The file: a header, a record a row, CRLF at the end of each (RFC 4180). Nulls are empty cells; text that a spreadsheet
    /// would run as a formula starts with an apostrophe, numbers stay numbers.
    #[must_use]
    pub fn csv(&self) -> String {
        header() + &self.records()
    }

    /// The records of [`FocusFile::csv`] without the header.
    #[must_use]
    pub fn records(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            push_record(&mut text, &row.cells());
        }
        text
    }

    /// Which column is the bill where a prepaid term is bought; `None` where both columns of cost are the same.
    #[must_use]
    pub fn prepaid_note(&self) -> Option<&'static str> {
        let bought = self.rows.iter().any(|row| row.charge_category == PURCHASE);
        bought.then_some(
            "A prepaid term is billed at once, in rows of its own: EffectiveCost adds up to the bill of the month.",
        )
    }

    /// How many lines are not in the file, in a sentence; `None` when all are.
    #[must_use]
    pub fn left_out_note(&self) -> Option<String> {
        let lacking = self.rows.iter().find_map(|row| row.missing_prices.as_ref());
        let lacking = lacking.map(|why| format!("The rows add up to a lower bound: {why}."));
        let said: Vec<String> = left_out_note(self.left_out).into_iter().chain(lacking).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }
}

/// How many lines are not in a file, in a sentence; `None` when all are.
#[must_use]
pub fn left_out_note(lines: u32) -> Option<String> {
    match lines {
        0 => None,
        1 => Some("1 line has no price and is not in the file.".to_owned()),
        more => Some(format!("{} lines have no price and are not in the file.", format::count(f64::from(more)))),
    }
}

/// The first line of the file.
#[must_use]
pub fn header() -> String {
    COLUMNS.join(",") + "\r\n"
}

fn push_record(text: &mut String, cells: &[Cell]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        match cell {
            Cell::Null => {}
            Cell::Number(number) => text.push_str(&format::exact(*number)),
            Cell::Text(words) => text.push_str(&crate::units::quote::csv_cell(words)),
        }
    }
    text.push_str("\r\n");
}
