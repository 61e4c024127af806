//! `dr-planner`: the page's evaluation, bills, months of a horizon, outages and portfolios on a terminal.

mod bill;
mod files;
mod portfolio;
mod prices;
mod report;
mod said;

use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::import::kind::Known;
use dr_core::model::horizon::horizon;
use dr_core::model::outage::outage;
use dr_core::plan::Plan;
use dr_core::report::chart::horizon_chart;
use dr_core::report::horizon::markdown;
use dr_core::report::outage_says::outage_text;
use dr_core::report::scenario_says::scenarios_text;
use files::read;
use said::{Said, print, refuse};
use std::ffi::{OsStr, OsString};
use std::process::ExitCode;

const HELP: &str = "dr-planner: disaster recovery of Redis on Azure, evaluated as on the page

usage: dr-planner evaluate PLAN.json     print every answer as JSON (PLAN.json may be - for standard input)
       dr-planner bill PLAN.json [--csv | --markdown | --json]
                                         print the bills of all topologies: as text, or in one of the page's formats
       dr-planner bill PLAN.json --focus --date YYYY-MM-DD [--topology rebuild | passive | active]
                                         print one bill with the columns of FOCUS 1.2; the recommended one if not said
       dr-planner horizon PLAN.json      print the cost month by month, with the steps on the way, as Markdown
       dr-planner portfolio FILE.json [--csv | --json | --focus --date YYYY-MM-DD]
                                         print many plans: totals, shares by tag and a row a plan, or the page's files
       dr-planner report PLAN.json [--format text | markdown | html] [--section NAME ...] [--date YYYY-MM-DD] [--page ADDRESS]
                                         print the page's report, or sections of it; as HTML one file with its charts, for paper
                                         and without a network. --page is where its link opens the plan
       dr-planner outage PLAN.json       print the plan's outage event by event, what follows from it, and what a flush, scaling and
                                         patching do
       ... --prices SHEET ...            at the end of each: the prices of files of the Azure Retail Prices API (the
                                         pages of one answer, or rows as CSV); what they replace and lack is told on
                                         standard error
       dr-planner help                   print this text

Exit codes: 0 done, 1 could not write or the bundled catalogue is damaged, 2 no plan, no price sheet or wrong
usage, 3 done without the entries of a portfolio that could not be read.
";

fn main() -> ExitCode {
    // Names of files may be any bytes: only what must be a word is read as one.
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let words: Vec<&OsStr> = words.iter().map(OsString::as_os_str).collect();
    let (command, sheets) = match words.iter().position(|word| *word == "--prices") {
        Some(at) if at + 1 < words.len() => (&words[..at], &words[at + 1..]),
        _ => (&words[..], &[][..]),
    };
    match run(command, sheets) {
        Ok((text, code)) => print(&text, code),
        Err(said) => refuse(&said),
    }
}

fn run(command: &[&OsStr], sheets: &[&OsStr]) -> Result<(String, u8), Said> {
    let [name, rest @ ..] = command else { return Err(Said::usage()) };
    match (name.to_str(), rest) {
        (Some("evaluate"), [path]) => answers(path, sheets).map(whole),
        (Some("horizon"), [path]) => months(path, sheets).map(whole),
        (Some("outage"), [path]) => happens(path, sheets).map(whole),
        (Some("bill"), [path, options @ ..]) => bill::run(path, &plain(options)?, sheets).map(whole),
        (Some("report"), [path, options @ ..]) => report::run(path, &plain(options)?, sheets).map(whole),
        (Some("portfolio"), [path, options @ ..]) => portfolio::run(path, &plain(options)?, sheets),
        (Some("help" | "--help" | "-h"), []) => Ok(whole(HELP.to_owned())),
        _ => Err(Said::usage()),
    }
}

/// Options as text; none is written otherwise.
fn plain<'a>(options: &[&'a OsStr]) -> Result<Vec<&'a str>, Said> {
    options.iter().map(|option| option.to_str().ok_or_else(Said::usage)).collect()
}

/// A result without anything missing.
fn whole(text: String) -> (String, u8) {
    (text, 0)
}

fn answers(path: &OsStr, sheets: &[&OsStr]) -> Result<String, Said> {
    let plan = plan(path)?;
    Ok(dr_core::report::json::evaluation_json(&evaluate(&plan, &prices::catalog(sheets, &plan)?)))
}

fn happens(path: &OsStr, sheets: &[&OsStr]) -> Result<String, Said> {
    let plan = plan(path)?;
    let catalog = prices::catalog(sheets, &plan)?;
    let evaluation = evaluate(&plan, &catalog);
    let played = outage_text(&plan, &catalog, &outage(&plan, &catalog, &evaluation));
    let beside = scenarios_text(&plan, &catalog, &evaluation);
    Ok(if beside.is_empty() { played } else { [played, beside].join("\n") })
}

fn months(path: &OsStr, sheets: &[&OsStr]) -> Result<String, Said> {
    let plan = plan(path)?;
    let catalog = prices::catalog(sheets, &plan)?;
    let months = horizon(&plan, &catalog);
    Ok(markdown(&plan.name, &months, horizon_chart(&months, &catalog).as_ref()))
}

fn plan(path: &OsStr) -> Result<Plan, Said> {
    codec::from_json(&read(path, Known::Plan)?).map_err(|error| Said::refused(&error))
}
