//! `--prices`: files of the Azure Retail Prices API over the bundled prices.

use super::error::CliError;
use super::files::{read, shown};
use super::output::note;
use dr_core::catalog::Catalog;
use dr_core::evaluate::evaluate;
use dr_core::import::kind::Known;
use dr_core::import::retail::{SheetReport, read_files};
use dr_core::plan::Plan;
use dr_core::portfolio::Portfolio;
use dr_core::units::Date;
use std::ffi::OsStr;
use std::fmt::Write;

/// The bundled catalogue with the prices of the files, if there are any; what they replace, lack and contradict for the
/// plan is told on standard error.
pub(super) fn catalog(sheets: &[&OsStr], plan: &Plan) -> Result<Catalog, CliError> {
    let (catalog, report) = opened(sheets, plan.horizon.start)?;
    if let Some(report) = report {
        note(&told(plan, &catalog, &report));
    }
    Ok(catalog)
}

/// The same for many plans, of which no single one's gaps are told; rows count that hold on the first of their first days.
pub(super) fn catalog_for_many(sheets: &[&OsStr], all: &Portfolio) -> Result<Catalog, CliError> {
    let start = all.entries.iter().map(|entry| entry.plan.horizon.start).min();
    let (catalog, report) = opened(sheets, start.unwrap_or_else(|| Plan::default().horizon.start))?;
    if let Some(report) = report {
        note(&format!("{}\n", report.headline()));
    }
    Ok(catalog)
}

fn opened(sheets: &[&OsStr], start: Date) -> Result<(Catalog, Option<SheetReport>), CliError> {
    let bundled = Catalog::bundled().map_err(|error| CliError::damaged(&error))?;
    if sheets.is_empty() {
        return Ok((bundled, None));
    }
    let mut files = Vec::new();
    for path in sheets {
        files.push((shown(path), read(path, Known::PriceSheet)?));
    }
    let names = || files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let refused = |error| CliError::refused(&format!("{}: {error}", names()));
    let (catalog, report) = bundled.with_sheet(&read_files(&files, &bundled, start).map_err(refused)?);
    Ok((catalog, Some(report)))
}

/// What the page says of a sheet, a line each.
fn told(plan: &Plan, catalog: &Catalog, report: &SheetReport) -> String {
    let evaluation = evaluate(plan, catalog);
    let lacks = evaluation.lacks(catalog);
    let mut lines = vec![format!("{} {}", report.headline(), report.answer(lacks.len()))];
    lines.extend(lacks.iter().map(|lack| format!("Lacks {}: {}.", lack.what, lack.instead)));
    lines.extend(evaluation.outweighed(catalog).into_iter().map(|text| format!("{text}.")));
    lines.extend(report.contradictions.iter().map(|text| format!("Contradiction: {text}.")));
    if !report.left_out.is_empty() {
        lines.push(format!("Left out: {}.", report.left_out_words()));
    }
    lines.extend(report.notes.iter().cloned());
    if plan.amounts_do_not_count(catalog.currency()) {
        lines.push(format!(
            "The plan’s own amounts ({}) are in {} and do not count.",
            plan.typed_amounts().join(", ").to_ascii_lowercase(),
            plan.pricing.currency
        ));
    }
    lines.into_iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{line}");
        text
    })
}
