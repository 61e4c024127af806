//! `dr-planner bill`: the bills as the page exports them.

use super::said::{Said, note};
use super::{plan, prices};
use dr_core::codec;
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::explore::{BILL_SAMPLING, bill_bands};
use dr_core::model::Topology;
use dr_core::report::bill_text;
use dr_core::report::focus::{FocusFile, Stamp};
use dr_core::units::Date;

pub(super) fn run(path: &str, options: &[&str], sheets: &[&str]) -> Result<String, Said> {
    if let ["--focus", "--date", date, rest @ ..] = options {
        return focus(path, date, rest, sheets);
    }
    let write: fn(&Evaluation) -> String = match options {
        [] => |evaluation| {
            let bills = evaluation.bills();
            bills.iter().map(|(topology, bill)| bill_text::plain(*topology, bill)).collect::<Vec<_>>().join("\n\n")
        },
        ["--csv"] => |evaluation| bill_text::csv_of_all(&evaluation.bills()),
        ["--markdown"] => |evaluation| bill_text::markdown_of_all(&evaluation.bills()),
        ["--json"] => |evaluation| codec::bills_json(&evaluation.bills()),
        _ => return Err(Said::usage()),
    };
    let plan = plan(path)?;
    Ok(write(&evaluate(&plan, &prices::catalog(sheets, &plan)?)))
}

fn focus(path: &str, date: &str, rest: &[&str], sheets: &[&str]) -> Result<String, Said> {
    let date: Date = date.parse().map_err(|error| Said::refused(&error))?;
    let wanted = match rest {
        [] => None,
        ["--topology", name] => Some(Topology::from_slug(name).ok_or_else(Said::usage)?),
        _ => return Err(Said::usage()),
    };
    let plan = plan(path)?;
    let catalog = prices::catalog(sheets, &plan)?;
    let evaluation = evaluate(&plan, &catalog);
    let Some(topology) = wanted.or_else(|| evaluation.comparison.recommended()) else {
        return Err(Said::refused(&"No topology is possible for this plan: there is no bill to print."));
    };
    let file = FocusFile::of(
        &plan,
        &catalog,
        evaluation.of(topology),
        &Stamp { date, tags: &[], version: &catalog.model_version() },
    );
    let file = file.with_bands(&bill_bands(&plan, &catalog, topology, BILL_SAMPLING));
    if let Some(left_out) = file.left_out_note() {
        note(&format!("{left_out}\n"));
    }
    Ok(file.csv())
}
