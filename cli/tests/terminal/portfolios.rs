//! Many plans of one file, in every format.

use super::{run, said};
use dr_core::catalog::Catalog;
use dr_core::import::retail::read_files;
use dr_core::portfolio;
use std::path::PathBuf;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../public/portfolios/twelve-plans.json");

#[test]
fn a_portfolio_is_printed_in_every_format_of_the_page() {
    let catalog = Catalog::bundled().unwrap();
    let all = portfolio::read(&std::fs::read_to_string(EXAMPLE).unwrap()).unwrap();
    assert_eq!((all.entries.len(), all.broken.len()), (12, 0));
    let (rows, currency) = (portfolio::Rows::all(&all, &catalog).rows, catalog.currency());
    let mut focus = dr_core::report::portfolio::FocusText::new(&catalog, "2026-11-21".parse().unwrap());
    focus.advance(&all, &catalog, 5);
    focus.advance(&all, &catalog, 50);
    let cases = [
        (vec![], dr_core::report::portfolio::document(&all, &rows, &catalog).plain()),
        (vec!["--format", "csv"], dr_core::report::portfolio::csv(&rows, currency)),
        (vec!["--format", "json"], dr_core::report::portfolio::json(&rows, currency)),
        (vec!["--focus", "--date", "2026-11-21"], focus.text),
    ];
    for (options, expected) in cases {
        let words: Vec<&str> = ["portfolio", EXAMPLE].into_iter().chain(options.clone()).collect();
        let output = run(&words, "");
        assert_eq!((output.status.code(), said(output.stdout)), (Some(0), expected), "{options:?}");
    }
}

/// The terminal evaluates on all cores: the same bytes as of plans that are evaluated one after the other.
#[test]
fn a_portfolio_on_all_cores_gives_the_bytes_of_one() {
    let catalog = Catalog::bundled().unwrap();
    let entries = portfolio::read(&std::fs::read_to_string(EXAMPLE).unwrap()).unwrap().entries;
    let many = portfolio::Portfolio {
        entries: entries.iter().cycle().take(30).cloned().collect(),
        ..portfolio::Portfolio::default()
    };
    let rows: Vec<portfolio::Row> = many.entries.iter().map(|entry| portfolio::Row::of(entry, &catalog)).collect();
    let expected = dr_core::report::portfolio::csv(&rows, catalog.currency());
    let file = portfolio::write(&many);
    let output = run(&["portfolio", "-", "--format=csv"], &file);
    assert!(said(output.stdout) == expected);
    let mut alone = dr_core::report::portfolio::FocusText::new(&catalog, "2026-11-21".parse().unwrap());
    while !alone.advance(&many, &catalog, 1) {}
    let output = run(&["portfolio", "-", "--focus", "--date", "2026-11-21"], &file);
    assert!(said(output.stdout) == alone.text);
}

/// As the core makes it of the same files; the headline of the sheet is told, not what one plan lacks.
#[test]
fn a_price_sheet_changes_a_portfolio_too() {
    let sheet = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/sheets/east-page-2.json");
    let (name, text) = (sheet.to_str().unwrap().to_owned(), std::fs::read_to_string(&sheet).unwrap());
    let bundled = Catalog::bundled().unwrap();
    let all = portfolio::read(&std::fs::read_to_string(EXAMPLE).unwrap()).unwrap();
    let start = all.entries.iter().map(|entry| entry.plan.horizon.start).min().unwrap();
    let read = read_files(&[(name.clone(), text)], &bundled, start).unwrap();
    let (catalog, report) = read.over(&bundled);
    let of = |catalog: &Catalog| {
        dr_core::report::portfolio::csv(&portfolio::Rows::all(&all, catalog).rows, catalog.currency())
    };
    let output = run(&["portfolio", EXAMPLE, "--format=csv", "--prices", &name], "");
    assert_eq!((output.status.code(), said(output.stderr)), (Some(0), format!("{}\n", report.headline())));
    assert_eq!(said(output.stdout), of(&catalog));
    assert_ne!(of(&catalog), of(&bundled), "a sheet that matters");
}

#[test]
fn entries_that_cannot_be_read_are_said_and_change_the_exit_code() {
    let output =
        run(&["portfolio", "-", "--format=csv"], r#"{"portfolio":1,"plans":[{"plan":{"name":"A"}},{"plan":7}]}"#);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(said(output.stderr), "Not read: Entry 2: plan: it is no group of fields.\n");
    assert_eq!(said(output.stdout).lines().count(), 2);
    let none = run(&["portfolio", "-"], r#"{"v":1}"#);
    assert_eq!(none.status.code(), Some(2));
    assert_eq!(
        said(none.stderr),
        "This is a plan, not a portfolio. Open it alone on the page, or give it to dr-planner evaluate, bill, horizon or outage.\n"
    );
}
