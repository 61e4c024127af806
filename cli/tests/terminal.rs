//! The terminal door: the core's bytes on standard output, the page's sentence and exit code 2 for what is no plan.
#![allow(clippy::unwrap_used)]

use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::explore::bill_bands::bands_of_all;
use dr_core::explore::{BILL_SAMPLING, bill_bands};
use dr_core::import::kind::Known;
use dr_core::import::open::expect;
use dr_core::import::retail::read_files;
use dr_core::model::Topology;
use dr_core::model::horizon::horizon;
use dr_core::portfolio;
use dr_core::report::bill_text;
use dr_core::report::chart::horizon_chart;
use dr_core::report::focus::{FocusFile, Stamp};
use dr_core::report::horizon::markdown;
use dr_core::report::views::{Subject, outage};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn run(words: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dr-planner"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses early may close its input before all of it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn presets() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../public/plans");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_preset_gives_the_bytes_of_the_core() {
    let catalog = Catalog::bundled().unwrap();
    assert_eq!(presets().len(), 6);
    for file in presets() {
        let text = std::fs::read_to_string(&file).unwrap();
        let expected = dr_core::report::json::evaluation_json(&evaluate(&codec::from_json(&text).unwrap(), &catalog));
        for (words, input) in [(["evaluate", file.to_str().unwrap()], ""), (["evaluate", "-"], text.as_str())] {
            let output = run(&words, input);
            assert_eq!(output.status.code(), Some(0), "{}", file.display());
            assert!(String::from_utf8(output.stdout).unwrap() == expected, "{}", file.display());
        }
    }
}

#[test]
fn the_months_of_every_preset_are_the_cores_words() {
    let catalog = Catalog::bundled().unwrap();
    for file in presets() {
        let plan = codec::from_json(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let months = horizon(&plan, &catalog);
        let expected = markdown(&plan.name, &months, horizon_chart(&months, &catalog).as_ref());
        let output = run(&["horizon", file.to_str().unwrap()], "");
        assert_eq!(output.status.code(), Some(0), "{}", file.display());
        assert!(String::from_utf8(output.stdout).unwrap() == expected, "{}", file.display());
    }
}

#[test]
fn the_outage_of_every_preset_is_the_cores_words() {
    let catalog = Catalog::bundled().unwrap();
    for file in presets() {
        let plan = codec::from_json(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let evaluation = evaluate(&plan, &catalog);
        let expected = outage::printed(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation });
        assert!(expected.contains("Monthly patch of the pair\n"), "{expected}");
        let output = run(&["outage", file.to_str().unwrap()], "");
        assert_eq!(output.status.code(), Some(0), "{}", file.display());
        assert!(String::from_utf8(output.stdout).unwrap() == expected, "{}", file.display());
    }
}

#[test]
fn what_is_no_plan_gets_the_pages_sentence_and_exit_code_2() {
    let large = "x".repeat(2_000_000);
    let cases = [
        ("", "This file is empty"),
        ("{\"v\":1", "not whole JSON"),
        (r#"{"portfolio":1}"#, "This is a portfolio, not a plan"),
        ("time,writes/s\n0,1\n", "This is a series of measurements, not a plan"),
        ("{}", "version (v) is missing"),
        (r#"{"v":9}"#, "has version 9"),
        (r#"{"v":1,"workload":{"writes":"many"}}"#, "Writes (workload.writes)"),
        (r#"{"v":1,"workload":{"writes":-4}}"#, "outside the range"),
        (large.as_str(), "it has 2\u{a0}MB, and a plan has at most 1 MB"),
    ];
    for (input, part) in cases {
        let output = run(&["evaluate", "-"], input);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{part}");
        assert!(said.contains(part) && output.stdout.is_empty(), "{said}");
        let bytes = input.as_bytes();
        let expected = expect(Known::Plan, bytes, bytes.len() as u64)
            .and_then(|text| codec::from_json(&text).map_err(|error| error.to_string()));
        assert_eq!(said.trim_end(), expected.unwrap_err());
    }
    let missing = run(&["evaluate", "no-such-file.json"], "");
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8(missing.stderr).unwrap().starts_with("no-such-file.json: "));
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
    let expected = dr_core::report::json::evaluation_json(&evaluate(&dr_core::plan::Plan::default(), &catalog));
    assert!(String::from_utf8(output.stdout).unwrap() == expected);
    assert!(said.starts_with(&report.headline()) && said.contains("\nLacks "), "{said}");
    assert!(!said.contains("rows may be missing"), "both pages are there: {said}");
    let euros = run(&["evaluate", "-", "--prices", &file("euros.ndjson")], &plan);
    let said = String::from_utf8(euros.stderr).unwrap();
    assert!(said.contains("own amounts (budget) are in USD and do not count"), "{said}");
    assert!(String::from_utf8(euros.stdout).unwrap().contains("\"currency\": \"EUR\""));
    let bill = run(&["bill", "-", "--csv", "--prices", &file("euros.ndjson")], &plan);
    let bill = String::from_utf8(bill.stdout).unwrap();
    assert!(bill.contains(",EUR,") && !bill.contains("USD"), "{bill}");
}

#[test]
fn what_is_no_price_sheet_is_refused_before_anything_is_printed() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let plan = codec::to_json(&dr_core::plan::Plan::default());
    let garbage = "\u{1}".repeat(10_000_000);
    for (text, part) in [
        ("", "file is empty"),
        ("{\"Items\":[{", "not whole JSON"),
        (garbage.as_str(), "binary data of no known kind (10\u{a0}MB)"),
    ] {
        let path = folder.join("sheet.json");
        std::fs::write(&path, text).unwrap();
        let output = run(&["evaluate", "-", "--prices", path.to_str().unwrap()], &plan);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
        assert!(said.contains("sheet.json: ") && said.contains(part) && said.len() < 500, "{said}");
    }
    let missing = run(&["evaluate", "-", "--prices", "no-such-sheet.json"], &plan);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8(missing.stderr).unwrap().starts_with("no-such-sheet.json: "));
}

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/files").join(name)
}

/// E1 and E2: a byte order mark is no obstacle, UTF-16 (as Windows redirects write) neither, and bytes that are no UTF-8 are
/// refused with their place instead of being changed.
#[test]
fn a_plan_is_read_in_every_encoding_and_never_changed() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let marked = fixture("bom-plan.json");
    let wide = folder.join("wide-plan.json");
    let text = codec::to_json(&dr_core::plan::Plan::default());
    std::fs::write(&wide, text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()).unwrap();
    for path in [&marked, &wide] {
        let output = run(&["evaluate", path.to_str().unwrap()], "");
        assert_eq!(output.status.code(), Some(0), "{}", said(output.stderr));
    }
    let latin = fixture("latin1-plan.json");
    let output = run(&["evaluate", latin.to_str().unwrap()], "");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let told = said(output.stderr);
    assert!(told.contains("latin1-plan.json: Byte 18 (line 1) is 0xFC, which is no UTF-8."), "{told}");
}

/// E3: the size is the file's, with as many digits as the rule needs.
#[test]
fn a_file_that_is_too_large_has_its_true_size() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("large-plan.json");
    for (size, told) in [(10_485_760, "it has 10.5\u{a0}MB, and"), (1_000_001, "it has 1,000,001\u{a0}B, and")] {
        std::fs::write(&path, vec![b' '; size]).unwrap();
        let output = said(run(&["evaluate", path.to_str().unwrap()], "").stderr);
        assert!(output.contains(told) && output.contains("a plan has at most 1 MB"), "{output}");
    }
}

/// C2: a name is bytes, and whoever has one in Latin-1 still has a file.
#[cfg(unix)]
#[test]
fn a_file_name_of_any_bytes_works() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let run = |words: &[&OsStr]| Command::new(env!("CARGO_BIN_EXE_dr-planner")).args(words).output().unwrap();
    let path = folder.join(OsStr::from_bytes(b"Pr\xfcfung.json"));
    std::fs::write(&path, r#"{"v":1}"#).unwrap();
    let output = run(&[OsStr::new("evaluate"), path.as_os_str()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(output.stderr));
    let missing = folder.join(OsStr::from_bytes(b"none-\xfc.json"));
    let words = [OsStr::new("bill"), missing.as_os_str(), OsStr::new("--prices"), missing.as_os_str()];
    let output = run(&words);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(output.stderr).contains("none-\u{fffd}.json: "));
    assert_eq!(run(&[OsStr::from_bytes(b"\xfc")]).status.code(), Some(2));
    let option = [OsStr::new("bill"), path.as_os_str(), OsStr::from_bytes(b"--\xfc")];
    assert_eq!(run(&option).status.code(), Some(2));
}

#[test]
fn usage_is_help_on_request_and_an_error_otherwise() {
    for (words, code) in [
        (&["help"][..], 0),
        (&["--help"], 0),
        (&["help", "bill"], 0),
        (&["portfolio", "-h"], 0),
        (&["--version"], 0),
        (&[], 2),
        (&["evaluate"], 2),
        (&["evaluate", "-", "--csv"], 2),
        (&["evaluate", "-", "one-file-more.json"], 2),
        (&["bill"], 2),
        (&["invoice", "-"], 2),
        (&["portfolio"], 2),
        (&["portfolio", "-", "--xml"], 2),
        (&["bill", "-", "--xml"], 2),
        (&["bill", "-", "--focus"], 2),
        (&["bill", "-", "--date", "2026-11-21"], 2),
        (&["bill", "-", "--csv", "--json"], 2),
        (&["bill", "-", "--csv", "--focus", "--date", "2026-11-21"], 2),
        (&["bill", "-", "--focus", "--date", "2026-11-21", "--topology", "star"], 2),
        (&["evaluate", "-", "--prices"], 2),
        (&["completions"], 2),
        (&["completions", "cmd"], 2),
    ] {
        let output = run(words, "");
        assert_eq!(output.status.code(), Some(code), "{words:?}");
        let (result, remark) = (said(output.stdout), said(output.stderr));
        assert_eq!((result.is_empty(), remark.is_empty()), (code == 2, code == 0), "{words:?}");
    }
}

/// The sentence names what is wrong and what would be right.
#[test]
fn wrong_usage_is_told_in_a_sentence() {
    let cases = [
        (&["bill", "-", "--xml"][..], "unexpected argument '--xml' found"),
        (&["evaluate"], "required arguments were not provided:\n  <PLAN>"),
        (&["bil", "-"], "a similar subcommand exists: 'bill'"),
        (&["bill", "-", "--focus"], "required arguments were not provided:\n  --date <YYYY-MM-DD>"),
        (&["bill", "-", "--csv", "--json"], "'--csv' cannot be used with '--json'"),
        (&["bill", "-", "--focus", "--topology", "star"], "[possible values: rebuild, passive, active]"),
        (&["evaluate", "-", "b.json"], "“b.json” is one file too many: only --prices takes more files."),
    ];
    for (words, part) in cases {
        let told = said(run(words, "").stderr);
        assert!(told.contains(part), "{words:?}: {told}");
    }
}

/// A flag means the same before and behind the file, and between others.
#[test]
fn flags_stand_in_any_order() {
    let sheets = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/sheets");
    let file = |name: &str| sheets.join(name).to_str().unwrap().to_owned();
    let (plan, east, north) = (preset("tax-filing"), file("east-page-1.json"), file("east-page-2.json"));
    let (plan, east, north) = (plan.as_str(), east.as_str(), north.as_str());
    let together: [&[&[&str]]; 3] = [
        &[
            &["bill", plan, "--csv", "--prices", east, north],
            &["bill", plan, "--prices", east, north, "--csv"],
            &["bill", "--csv", "--prices", east, "--prices", north, plan],
            &["bill", "--prices", east, plan, "--csv", "--prices", north],
        ],
        &[
            &["bill", plan, "--focus", "--date", "2026-11-21", "--topology", "active"],
            &["bill", "--topology=active", "--date", "2026-11-21", plan, "--focus"],
        ],
        &[&["evaluate", plan, "--prices", east], &["evaluate", "--prices", east, plan]],
    ];
    for same in together {
        let outputs: Vec<Output> = same.iter().map(|words| run(words, "")).collect();
        for (words, output) in same.iter().zip(&outputs) {
            assert_eq!(output.status.code(), Some(0), "{words:?}: {}", said(output.stderr.clone()));
            assert!(output.stdout == outputs[0].stdout && output.stderr == outputs[0].stderr, "{words:?}");
        }
    }
}

#[test]
fn every_shell_gets_completions_of_every_subcommand() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&["completions", shell], "");
        let script = said(output.stdout);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        for word in ["evaluate", "bill", "horizon", "outage", "portfolio", "markdown", "prices"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
}

fn preset(name: &str) -> String {
    presets().into_iter().find(|file| file.file_stem().unwrap() == name).unwrap().to_str().unwrap().to_owned()
}

fn said(output: Vec<u8>) -> String {
    String::from_utf8(output).unwrap()
}

#[test]
fn a_bill_is_printed_in_every_format_of_the_page() {
    let (path, catalog) = (preset("tax-filing"), Catalog::bundled().unwrap());
    let plan = codec::from_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let evaluation = evaluate(&plan, &catalog);
    let bands = bands_of_all(&plan, &catalog);
    let bills = bill_text::banded(&evaluation, &bands);
    let plain: Vec<String> = bills.iter().map(|bill| bill_text::plain(*bill)).collect();
    let cases = [
        (vec![], plain.join("\n\n")),
        (vec!["--csv"], bill_text::csv_of_all(&bills)),
        (vec!["--markdown"], bill_text::markdown_of_all(&bills)),
        (vec!["--json"], dr_core::report::json::bills_json(&bills)),
    ];
    for (options, expected) in cases {
        let words: Vec<&str> = ["bill", path.as_str()].into_iter().chain(options.clone()).collect();
        let output = run(&words, "");
        assert_eq!((output.status.code(), said(output.stdout)), (Some(0), expected), "{options:?}");
    }
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

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../public/portfolios/twelve-plans.json");

/// The page refuses with the same sentence (`core::report::focus::file`): there is no file of a header alone.
#[test]
fn a_focus_bill_of_what_is_not_possible_is_refused() {
    let plan = r#"{"v":1,"regions":[{"region":"eastus","users":1,"writes":1}]}"#;
    let output = run(&["bill", "-", "--focus", "--date", "2026-11-21", "--topology", "passive"], plan);
    assert_eq!((output.status.code(), said(output.stdout)), (Some(2), String::new()));
    let why = said(output.stderr);
    assert!(why.starts_with("The passive pair is not possible for this plan: there is no bill to write. "), "{why}");
}

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
        (vec![], dr_core::report::portfolio::plain(&all, &rows, currency)),
        (vec!["--csv"], dr_core::report::portfolio::csv(&rows, currency)),
        (vec!["--json"], dr_core::report::portfolio::json(&rows, currency)),
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
    let many = portfolio::Portfolio { entries: entries.iter().cycle().take(30).cloned().collect(), broken: Vec::new() };
    let rows: Vec<portfolio::Row> = many.entries.iter().map(|entry| portfolio::Row::of(entry, &catalog)).collect();
    let expected = dr_core::report::portfolio::csv(&rows, catalog.currency());
    let file = portfolio::write(&many);
    let output = run(&["portfolio", "-", "--csv"], &file);
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
    let output = run(&["portfolio", EXAMPLE, "--csv", "--prices", &name], "");
    assert_eq!((output.status.code(), said(output.stderr)), (Some(0), format!("{}\n", report.headline())));
    assert_eq!(said(output.stdout), of(&catalog));
    assert_ne!(of(&catalog), of(&bundled), "a sheet that matters");
}

#[test]
fn entries_that_cannot_be_read_are_said_and_change_the_exit_code() {
    let output = run(&["portfolio", "-", "--csv"], r#"{"portfolio":1,"plans":[{"plan":{"name":"A"}},{"plan":7}]}"#);
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

/// Inputs that ended the program with a signal: names of any length ran into the width of a column.
#[test]
fn names_of_any_length_and_keys_twice_get_a_sentence() {
    let long = format!(r#"{{"v":1,"regions":[{{"region":"{}","users":1,"writes":1}}]}}"#, "x".repeat(65_600));
    let cases = [
        (long.as_str(), "a name has 1 to 64 letters, digits"),
        (
            r#"{"v":1,"regions":[{"region":"eastus'\n```\n\n<script>","users":1,"writes":1}]}"#,
            "a name has 1 to 64 letters",
        ),
        (r#"{"v":1,"name":"A","name":"B"}"#, "the field “name” stands twice"),
    ];
    for (input, part) in cases {
        for command in ["evaluate", "bill", "horizon", "outage"] {
            let output = run(&[command, "-"], input);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{command}: {said}");
            assert!(
                said.contains(part) && said.chars().count() < 300 && said.trim_end().lines().count() == 1,
                "{said}"
            );
        }
    }
}
