//! `dr-planner evaluate PLAN.json`: the page's evaluation on a terminal.

use dr_core::catalog::Catalog;
use dr_core::codec::{self, MAX_PLAN_BYTES};
use dr_core::evaluate::evaluate;
use std::fs::File;
use std::io::{self, Read, Write};
use std::process::ExitCode;

const HELP: &str = "dr-planner: disaster recovery of Redis on Azure, evaluated as on the page

usage: dr-planner evaluate PLAN.json     print every answer as JSON (PLAN.json may be - for standard input)
       dr-planner help                   print this text

Exit codes: 0 evaluated, 1 could not write or the bundled catalogue is damaged, 2 no plan or wrong usage.
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["evaluate", path] => run(path),
        ["help" | "--help" | "-h"] => print(HELP),
        _ => refuse(HELP),
    }
}

fn run(path: &str) -> ExitCode {
    let plan = match read(path)
        .map_err(|error| format!("{path}: {error}"))
        .and_then(|text| codec::from_json(&text).map_err(|error| error.to_string()))
    {
        Ok(plan) => plan,
        Err(message) => return refuse(&format!("{message}\n")),
    };
    match Catalog::bundled() {
        Ok(catalog) => print(&codec::evaluation_json(&evaluate(&plan, &catalog))),
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads at most one byte more than a plan may have: the codec then says that it is too large.
fn read(path: &str) -> io::Result<String> {
    let mut bytes = Vec::new();
    let source: Box<dyn Read> = if path == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    source.take(MAX_PLAN_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn refuse(text: &str) -> ExitCode {
    let _ = io::stderr().write_all(text.as_bytes());
    ExitCode::from(2)
}
