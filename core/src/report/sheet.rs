//! What an opened price sheet lacks for a plan, and what of it the plan does not use.

use crate::catalog::{Catalog, Price, PriceConfidence};
use crate::evaluate::Evaluation;
use crate::import::retail::SheetReport;
use crate::model::Topology;
use crate::model::cost::{BillLine, LineKind};
use crate::plan::Plan;
use crate::units::{UnitPrice, format};

/// A price that a plan needs and the sheet does not give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// "P4 Cache Instance, North Europe".
    pub what: String,
    /// "the catalogue’s derived price of 2026-03-01 is used", or why there is none.
    pub instead: String,
}

/// The prices that the three bills need and the opened sheet does not give, each once, in the order of the bills.
///
/// `catalog` is the one of the evaluation. Without a sheet every price is listed. What people cost is no matter of a
/// sheet, nor is what costs nothing.
#[must_use]
pub fn missing(evaluation: &Evaluation, catalog: &Catalog) -> Vec<Missing> {
    let mut lacking: Vec<Missing> = Vec::new();
    for line in Topology::ALL.into_iter().flat_map(|topology| &evaluation.of(topology).bill.lines) {
        let Some(lack) = missing_of(line, catalog).filter(|lack| lacking.iter().all(|it| it.what != lack.what)) else {
            continue;
        };
        lacking.push(lack);
    }
    lacking
}

/// Traffic whose price the opened sheet gives and the plan's scheme does not take: "Stream, East US to North Europe: $0.01 in
/// the sheet; the higher rate of $0.05 is used". Each once; empty without a sheet.
#[must_use]
pub fn unused(evaluation: &Evaluation, catalog: &Catalog) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for line in Topology::ALL.into_iter().flat_map(|topology| &evaluation.of(topology).bill.lines) {
        let (Some(given), Some(price)) = (given(line, catalog), line.price.known()) else { continue };
        if price.confidence == PriceConfidence::Yours || price.amount == UnitPrice::default() {
            continue;
        }
        let which = if price.amount > given { "the higher rate" } else { "the rate of the plan’s list" };
        let [given, used] = [given, price.amount].map(|price| format::price(price, catalog.currency()));
        let text = format!("{}: {given} in the sheet; {which} of {used} is used", line.label());
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said
}

/// What a sheet changed, lacks and contradicts for a plan, in plain lines for a terminal.
#[must_use]
pub fn lines(plan: &Plan, evaluation: &Evaluation, catalog: &Catalog, report: &SheetReport) -> Vec<String> {
    let lacking = missing(evaluation, catalog);
    let mut lines = vec![format!("{} {}", report.headline(), report.answer(lacking.len()))];
    lines.extend(lacking.iter().map(|lack| format!("Lacks {}: {}.", lack.what, lack.instead)));
    lines.extend(unused(evaluation, catalog).into_iter().map(|text| format!("{text}.")));
    lines.extend(report.contradictions.iter().map(|text| format!("Contradiction: {text}.")));
    if !report.left_out.is_empty() {
        lines.push(format!("Left out: {}.", report.left_out_words()));
    }
    lines.extend(report.notes.iter().cloned());
    if plan.amounts_do_not_count(catalog.currency()) {
        let typed = plan.typed_amounts().join(", ").to_ascii_lowercase();
        lines.push(format!("The plan’s own amounts ({typed}) are in {} and do not count.", plan.pricing.currency));
    }
    lines
}

/// What the sheet gives for a line of traffic between regions, whether the line takes it or not.
fn given(line: &BillLine, catalog: &Catalog) -> Option<UnitPrice> {
    let traffic =
        matches!(line.kind, LineKind::Egress | LineKind::FullSyncs | LineKind::ClientTraffic | LineKind::ExportCopies);
    line.region.as_ref().filter(|_| traffic).and_then(|from| catalog.sheet_egress(from))
}

fn missing_of(line: &BillLine, catalog: &Catalog) -> Option<Missing> {
    // Traffic has two published schemes, and a sheet holds the price of one: the words say which is used.
    let traffic =
        matches!(line.kind, LineKind::Egress | LineKind::FullSyncs | LineKind::ClientTraffic | LineKind::ExportCopies);
    let instead = match &line.price {
        Price::Unknown { reason } => reason.words(),
        Price::Known(price) if price.confidence == PriceConfidence::Yours || price.amount == UnitPrice::default() => {
            return None;
        }
        Price::Known(price) => {
            let how = if traffic && !price.how.is_empty() { format!(" ({})", price.how) } else { String::new() };
            let date = if price.as_of.is_empty() { String::new() } else { format!(" of {}", price.as_of) };
            format!("the catalogue’s {} price{date} is used{how}", price.confidence.as_str())
        }
    };
    if !line.kind.is_on_price_list() || given(line, catalog).is_some() {
        return None;
    }
    if traffic {
        return Some(Missing { what: line.label(), instead });
    }
    let place = line.region.as_ref().map_or_else(String::new, |region| format!(", {}", catalog.region_name(region)));
    Some(Missing { what: format!("{}{place}", line.meter()), instead })
}
