//! `dr-planner import`: what Azure prints of an estate, as a table, a portfolio and findings.

use super::input::Dates;
use crate::error::CliError;
use crate::files::{self, bytes, shown};
use crate::output::{Printed, note};
use crate::prices::{self, Given};
use clap::{Args, ValueEnum};
use dr_core::calibrate::calibrate_estate;
use dr_core::catalog::Catalog;
use dr_core::draw::html;
use dr_core::estate::{DateOrder, Estate, MAX_ESTATE_BYTES, Read, drift, read_dated, too_large};
use dr_core::import::kind::Known;
use dr_core::portfolio::{self, Portfolio, Rows};
use dr_core::report::estate::{Answer, json};
use std::ffi::{OsStr, OsString};

const EXAMPLES: &str = "\
Examples:
  dr-planner import estate/*.json
  dr-planner import caches.json links.json metrics.json --out portfolio.json
  dr-planner import estate/*.json --format csv > estate.csv
  dr-planner import estate/*.json costs.csv price-sheet.csv --dates dmy
  dr-planner import later/*.json --since portfolio.json
  dr-planner import week/*.json --since portfolio.json --readiness --format html > readiness.html

docs/import.md lists the commands that write these files; they only read, and need Reader and Monitoring Reader.";

/// Read what Azure prints of its caches and what code says of them, in any mixture: a table of the estate with findings, and a portfolio of its plans. Exit
/// code 3 when a file could not be read
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Files of az, Azure Resource Manager, Resource Graph, Azure Monitor and terraform show -json, cost exports and price sheets,
    /// told apart by their content; - reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<OsString>,

    /// Portfolio file to write: a plan for each pair, group and lone cache
    #[arg(short, long, value_name = "FILE")]
    out: Option<OsString>,

    /// Portfolio of an earlier import: what changed since, cause by cause
    #[arg(long, value_name = "PORTFOLIO")]
    since: Option<OsString>,

    /// Print whether each pair and group could fail over today instead: the report of a week
    #[arg(long)]
    readiness: bool,

    /// Format of the table; csv and markdown also hold what each field is based on and what no file says
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Price sheet to use over the bundled prices; once for each
    #[arg(long = "prices", value_name = "SHEET")]
    prices: Vec<OsString>,

    #[command(flatten)]
    dates: Dates,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Csv,
    Html,
    Json,
}

impl Arguments {
    pub(super) fn import(&self) -> Result<Printed, CliError> {
        let bundled = Catalog::bundled().map_err(|error| CliError::damaged(&error))?;
        let before = self.since.as_deref().map(before).transpose()?;
        let read = read_estate(&self.files, self.dates.order());
        for line in read.unread.iter().chain(&read.sheets_alone()).chain(&read.remarks) {
            note(&format!("{line}\n"));
        }
        if read.taken == 0 {
            return Err(CliError::refused(&"No file describes an estate. docs/import.md lists what is read"));
        }
        let mut estate = Estate::of(&read.facts, &bundled);
        calibrate_estate(&mut estate, &read.facts, &bundled);
        let all = estate.portfolio();
        let files: Vec<&OsStr> = self.prices.iter().map(OsString::as_os_str).collect();
        let mut sheets = Given { files, texts: read.sheets.clone(), dates: self.dates.order() };
        let mut priced = prices::catalog_for_many(&sheets, &all);
        // A sheet among the files that is no sheet loses nothing of the estate; one after --prices is asked for.
        let left = if let (Err(error), false) = (&priced, sheets.texts.is_empty()) {
            note(&format!("{error}\n"));
            sheets.texts.clear();
            priced = prices::catalog_for_many(&sheets, &all);
            true
        } else {
            false
        };
        let catalog = priced?;
        if let Some(out) = &self.out {
            let written = std::fs::write(out, portfolio::write(&all));
            written.map_err(|why| CliError::Unwritten(format!("{}: {why}", shown(out))))?;
        }
        let rows = Rows::all(&all, &catalog);
        let drift = before.map(|before| drift(&before, &estate, &read.facts, &catalog));
        let answer = Answer::new(&read, &estate, &rows, &catalog);
        let text = self.print(&match &drift {
            Some(drift) => answer.with_since(drift),
            None => answer,
        });
        let printed = Printed::from(text);
        Ok(if read.unread.is_empty() && !left { printed } else { printed.in_part() })
    }

    fn print(&self, answer: &Answer<'_>) -> String {
        let document = |whole: bool| if self.readiness { answer.weekly() } else { answer.document(whole) };
        match self.format {
            Format::Text => document(false).plain(),
            Format::Markdown => document(true).markdown(),
            Format::Csv => document(true).csv(),
            Format::Html => html::of_document(&document(true)),
            Format::Json => json(answer),
        }
    }
}

/// The files that can be opened; the others have a sentence among those of the files that are not for an estate.
pub(super) fn read_estate(paths: &[OsString], dates: Option<DateOrder>) -> Read {
    let (mut files, mut unopened) = (Vec::new(), Vec::new());
    for path in paths {
        match bytes(path, MAX_ESTATE_BYTES as u64) {
            Ok((bytes, size)) => match too_large(&path.to_string_lossy(), size) {
                Some(sentence) => unopened.push(sentence),
                None => files.push((path.to_string_lossy().into_owned(), bytes)),
            },
            Err(error) => unopened.push(format!("{}: {error}", shown(path))),
        }
    }
    let mut read = read_dated(files, dates);
    read.unread.extend(unopened);
    read
}

/// The portfolio of an earlier import.
fn before(path: &OsStr) -> Result<Portfolio, CliError> {
    let text = files::read(path, Known::Portfolio)?;
    portfolio::read(&text).map_err(|error| CliError::refused(&format!("{}: {error}", shown(path))))
}
