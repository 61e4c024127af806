//! `dr-planner bill`: the bills as the page exports them.

use super::said::{Said, note};
use super::{plan, prices};
use dr_core::evaluate::evaluate;
use dr_core::explore::bill_bands::bands_of_all;
use dr_core::model::Topology;
use dr_core::report::bill_text::{self, Banded, banded};
use dr_core::report::focus::{self, Stamp};
use dr_core::units::Date;
use std::ffi::OsStr;

pub(super) fn run(path: &OsStr, options: &[&str], sheets: &[&OsStr]) -> Result<String, Said> {
    if let ["--focus", "--date", date, rest @ ..] = options {
        return focus_file(path, date, rest, sheets);
    }
    let write: fn(&[Banded]) -> String = match options {
        [] => |bills| bills.iter().map(|bill| bill_text::plain(*bill)).collect::<Vec<_>>().join("\n\n"),
        ["--csv"] => bill_text::csv_of_all,
        ["--markdown"] => bill_text::markdown_of_all,
        ["--json"] => dr_core::report::json::bills_json,
        _ => return Err(Said::usage()),
    };
    let plan = plan(path)?;
    let catalog = prices::catalog(sheets, &plan)?;
    Ok(write(&banded(&evaluate(&plan, &catalog), &bands_of_all(&plan, &catalog))))
}

fn focus_file(path: &OsStr, date: &str, rest: &[&str], sheets: &[&OsStr]) -> Result<String, Said> {
    let date: Date = date.parse().map_err(|error| Said::refused(&error))?;
    let wanted = match rest {
        [] => None,
        ["--topology", name] => Some(Topology::from_slug(name).ok_or_else(Said::usage)?),
        _ => return Err(Said::usage()),
    };
    let plan = plan(path)?;
    let catalog = prices::catalog(sheets, &plan)?;
    let evaluation = evaluate(&plan, &catalog);
    let stamp = Stamp { date, tags: &[], version: &catalog.model_version() };
    let (_, file) = focus::file(&plan, &catalog, &evaluation, wanted, &stamp).map_err(|why| Said::refused(&why))?;
    for said in file.left_out_note().into_iter().chain(file.prepaid_note().map(str::to_owned)) {
        note(&format!("{said}\n"));
    }
    Ok(file.csv())
}
