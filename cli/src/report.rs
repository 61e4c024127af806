//! `dr-planner report`: the report as the page prints it.

use super::said::Said;
use super::{plan, prices};
use dr_core::draw::html;
use dr_core::evaluate::evaluate;
use dr_core::report::paper::{Letterhead, Paper, paper_of};
use dr_core::report::views::Subject;
use dr_core::units::Date;
use std::ffi::OsStr;
use std::time::{SystemTime, UNIX_EPOCH};

/// What is asked for behind the plan.
struct Asked {
    write: fn(&Paper) -> String,
    sections: Vec<String>,
    letterhead: Letterhead,
}

pub(super) fn run(path: &OsStr, options: &[&str], sheets: &[&OsStr]) -> Result<String, Said> {
    let asked = asked(options)?;
    let plan = plan(path)?;
    let catalog = prices::catalog(sheets, &plan)?;
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let paper = paper_of(subject, &asked.letterhead, &asked.sections).map_err(|why| Said::refused(&why))?;
    Ok((asked.write)(&paper))
}

fn asked(options: &[&str]) -> Result<Asked, Said> {
    let mut asked =
        Asked { write: Paper::plain, sections: Vec::new(), letterhead: Letterhead { date: today(), page: None } };
    for pair in options.chunks(2) {
        match *pair {
            ["--format", "text"] => asked.write = Paper::plain,
            ["--format", "markdown"] => asked.write = Paper::markdown,
            ["--format", "html"] => asked.write = html::file,
            ["--section", id] => asked.sections.push(id.to_owned()),
            ["--date", date] => {
                asked.letterhead.date = Some(date.parse::<Date>().map_err(|error| Said::refused(&error))?)
            }
            ["--page", page] => asked.letterhead.page = Some(page.to_owned()),
            _ => return Err(Said::usage()),
        }
    }
    Ok(asked)
}

/// Today in UTC, as the page dates its report.
fn today() -> Option<Date> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Date::of_moment(since.as_secs_f64())
}
