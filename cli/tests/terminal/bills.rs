//! Bills in every format, with prices of a sheet, and with the columns of FOCUS.

use super::{preset, run, said};
use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::explore::bill_bands::bands_of_all;
use dr_core::explore::{BILL_SAMPLING, bill_bands};
use dr_core::import::retail::read_files;
use dr_core::model::Topology;
use dr_core::report::bill_text;
use dr_core::report::focus::{FocusFile, Stamp};
use std::path::PathBuf;

#[test]
fn a_bill_is_printed_in_every_format_of_the_page() {
    let (path, catalog) = (preset("tax-filing"), Catalog::bundled().unwrap());
    let plan = codec::from_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let evaluation = evaluate(&plan, &catalog);
    let bands = bands_of_all(&plan, &catalog);
    let bills = bill_text::banded(&evaluation, &bands);
    let document = bill_text::document(bill_text::title(&plan.name), &bills);
    let cases = [
        (vec![], document.plain()),
        (vec!["--format", "csv"], bill_text::csv_of_all(&bills)),
        (vec!["--format", "markdown"], document.markdown()),
        (vec!["--format", "html"], dr_core::draw::html::of_document(&document)),
        (vec!["--format", "json"], dr_core::report::json::bills_json(&bills)),
    ];
    for (options, expected) in cases {
        let words: Vec<&str> = ["bill", path.as_str()].into_iter().chain(options.clone()).collect();
        let output = run(&words, "");
        assert_eq!((output.status.code(), said(output.stdout)), (Some(0), expected), "{options:?}");
    }
}

#[test]
fn a_price_sheet_changes_the_prices_and_says_what_it_lacks() {
    let sheets = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/sheets");
    let file = |name: &str| sheets.join(name).to_str().unwrap().to_owned();
    let bundled = Catalog::bundled().unwrap();
    let plan = codec::to_json(&dr_core::plan::Plan::default());
    let (east, north) = (file("east-page-1.json"), file("east-page-2.json"));
    let output = run(&["evaluate", "-", "--prices", &north, &east], &plan);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let files: Vec<(String, String)> =
        [&east, &north].map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).into();
    let (catalog, report) =
        read_files(&files, &bundled, dr_core::plan::Plan::default().horizon.start).unwrap().over(&bundled);
    let fresh = dr_core::plan::Plan::default();
    let evaluation = evaluate(&fresh, &catalog);
    let subject = dr_core::report::views::Subject { plan: &fresh, catalog: &catalog, evaluation: &evaluation };
    let expected = dr_core::report::json::evaluation_json(subject);
    assert!(String::from_utf8(output.stdout).unwrap() == expected);
    assert!(said.starts_with(&report.headline()) && said.contains("\nLacks "), "{said}");
    assert!(!said.contains("rows may be missing"), "both pages are there: {said}");
    let euros = run(&["evaluate", "-", "--prices", &file("euros.ndjson")], &plan);
    let said = String::from_utf8(euros.stderr).unwrap();
    assert!(said.contains("own amounts (budget) are in USD and do not count"), "{said}");
    assert!(String::from_utf8(euros.stdout).unwrap().contains("\"currency\": \"EUR\""));
    let bill = run(&["bill", "-", "--format=csv", "--prices", &file("euros.ndjson")], &plan);
    let bill = String::from_utf8(bill.stdout).unwrap();
    assert!(bill.contains(",EUR,") && !bill.contains("USD"), "{bill}");
}

#[test]
fn a_focus_bill_is_the_recommended_one_unless_said_otherwise() {
    let (path, catalog) = (preset("tax-filing"), Catalog::bundled().unwrap());
    let plan = codec::from_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let evaluation = evaluate(&plan, &catalog);
    let file = |topology| {
        let stamp = Stamp { date: "2026-11-21".parse().unwrap(), tags: &[], version: &catalog.model_version() };
        let bands = bill_bands(&plan, &catalog, topology, BILL_SAMPLING);
        FocusFile::of(&plan, &catalog, evaluation.of(topology), &stamp).with_bands(&bands).csv()
    };
    let words = ["bill", path.as_str(), "--focus", "--date", "2026-11-21"];
    assert_eq!(said(run(&words, "").stdout), file(evaluation.comparison.recommended().unwrap()));
    for topology in Topology::ALL {
        let output = run(&[&words[..], &["--topology", topology.slug()]].concat(), "");
        assert_eq!((output.status.code(), said(output.stdout)), (Some(0), file(topology)));
    }
    let wrong = run(&["bill", path.as_str(), "--focus", "--date", "21.11.2026"], "");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(wrong.stderr).contains("“21.11.2026” is no date"));
}

#[test]
fn what_a_focus_bill_leaves_out_is_said_beside_it() {
    let output = run(&["bill", "-", "--focus", "--date", "2026-11-21", "--topology", "passive"], r#"{"v":1}"#);
    assert_eq!(said(output.stderr), "1 line has no price and is not in the file.\n");
    assert!(said(output.stdout).starts_with("BilledCost,"));
}

/// The page refuses with the same sentence (`core::report::focus::file`): there is no file of a header alone.
#[test]
fn a_focus_bill_of_what_is_not_possible_is_refused() {
    let plan = r#"{"v":1,"regions":[{"region":"eastus","users":1,"writes":1}]}"#;
    let output = run(&["bill", "-", "--focus", "--date", "2026-11-21", "--topology", "passive"], plan);
    assert_eq!((output.status.code(), said(output.stdout)), (Some(2), String::new()));
    let why = said(output.stderr);
    assert!(why.starts_with("The passive pair is not possible for this plan: there is no bill to write. "), "{why}");
}
