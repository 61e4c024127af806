//! `dr-planner portfolio`: many plans of one file, as the page shows and exports them.

use super::files::read;
use super::prices;
use super::said::{Said, note};
use dr_core::catalog::Catalog;
use dr_core::import::kind::Known;
use dr_core::portfolio::{self, Portfolio, Rows};
use dr_core::report::portfolio::FocusText;
use dr_core::units::Date;
use std::ffi::OsStr;

type Write = Box<dyn Fn(&Portfolio, &Catalog) -> String>;

/// Entries of the file that were not read are said on standard error, and the exit code is 3.
pub(super) fn run(path: &OsStr, options: &[&str], sheets: &[&OsStr]) -> Result<(String, u8), Said> {
    let write: Write = match options {
        [] => Box::new(|all, catalog| {
            dr_core::report::portfolio::plain(all, &Rows::all(all, catalog).rows, catalog.currency())
        }),
        ["--csv"] => {
            Box::new(|all, catalog| dr_core::report::portfolio::csv(&Rows::all(all, catalog).rows, catalog.currency()))
        }
        ["--json"] => {
            Box::new(|all, catalog| dr_core::report::portfolio::json(&Rows::all(all, catalog).rows, catalog.currency()))
        }
        ["--focus", "--date", date] => {
            let date: Date = date.parse().map_err(|error| Said::refused(&error))?;
            Box::new(move |all, catalog| focus(all, catalog, date))
        }
        _ => return Err(Said::usage()),
    };
    let all = portfolio::read(&read(path, Known::Portfolio)?).map_err(|error| Said::refused(&error))?;
    let text = write(&all, &prices::catalog_for_many(sheets, &all)?);
    for broken in &all.broken {
        note(&format!("Not read: {}\n", broken.message));
    }
    Ok((text, if all.broken.is_empty() { 0 } else { 3 }))
}

fn focus(all: &Portfolio, catalog: &Catalog, date: Date) -> String {
    let mut file = FocusText::new(catalog, date);
    file.advance(all, catalog, usize::MAX);
    if let Some(left_out) = file.left_out_note() {
        note(&format!("{left_out}\n"));
    }
    file.text
}
