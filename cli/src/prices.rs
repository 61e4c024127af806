//! `--prices`: files of the Azure Retail Prices API over the bundled prices.

use super::error::CliError;
use super::files::{read, shown};
use super::output::note;
use dr_core::catalog::Catalog;
use dr_core::evaluate::evaluate;
use dr_core::import::dates::DateOrder;
use dr_core::import::kind::Known;
use dr_core::import::retail::{SheetReport, read_files_dated};
use dr_core::plan::Plan;
use dr_core::portfolio::Portfolio;
use dr_core::report::sheet;
use dr_core::units::Date;
use std::ffi::OsStr;

/// Price sheets that a command was given.
pub(super) struct Given<'a> {
    /// Their names, in the order of the command line.
    pub(super) files: Vec<&'a OsStr>,
    /// Sheets that are read already, names and texts.
    pub(super) texts: Vec<(String, String)>,
    /// The order of day and month in their dates, where a person says it.
    pub(super) dates: Option<DateOrder>,
}

/// The bundled catalogue with the prices of the files, if there are any; what they replace, lack and contradict for the
/// plan goes to standard error.
pub(super) fn catalog(sheets: &Given<'_>, plan: &Plan) -> Result<Catalog, CliError> {
    let (catalog, report) = opened(sheets, plan.horizon.start)?;
    for line in report.iter().flat_map(|report| sheet::lines(plan, &evaluate(plan, &catalog), &catalog, report)) {
        note(&format!("{line}\n"));
    }
    Ok(catalog)
}

/// The same for many plans, of which no single one's gaps are told; rows count that hold on the first of their first days.
pub(super) fn catalog_for_many(sheets: &Given<'_>, all: &Portfolio) -> Result<Catalog, CliError> {
    let start = all.entries.iter().map(|entry| entry.plan.horizon.start).min();
    let (catalog, report) = opened(sheets, start.unwrap_or_else(|| Plan::default().horizon.start))?;
    if let Some(report) = report {
        note(&format!("{}\n", report.headline()));
    }
    Ok(catalog)
}

fn opened(sheets: &Given<'_>, start: Date) -> Result<(Catalog, Option<SheetReport>), CliError> {
    let bundled = Catalog::bundled().map_err(|error| CliError::damaged(&error))?;
    if sheets.files.is_empty() && sheets.texts.is_empty() {
        return Ok((bundled, None));
    }
    let mut files = sheets.texts.clone();
    for path in &sheets.files {
        files.push((shown(path), read(path, Known::PriceSheet)?));
    }
    let names = || files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let refused = |error| CliError::refused(&format!("{}: {error}", names()));
    let (catalog, report) = read_files_dated(&files, &bundled, start, sheets.dates).map_err(refused)?.over(&bundled);
    Ok((catalog, Some(report)))
}
