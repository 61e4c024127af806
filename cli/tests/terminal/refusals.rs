//! What is no plan, no price sheet or no command line: a sentence and exit code 2, and every file that can be read is read.

use super::{run, said};
use dr_core::codec;
use dr_core::import::kind::Known;
use dr_core::import::open::expect;
use std::path::PathBuf;
use std::process::Command;

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
        (&["evaluate", "-", "--format", "csv"], 2),
        (&["evaluate", "-", "one-file-more.json"], 2),
        (&["bill"], 2),
        (&["invoice", "-"], 2),
        (&["portfolio"], 2),
        (&["portfolio", "-", "--xml"], 2),
        (&["bill", "-", "--xml"], 2),
        (&["bill", "-", "--focus"], 2),
        (&["bill", "-", "--date", "2026-11-21"], 2),
        (&["bill", "-", "--format", "xml"], 2),
        (&["bill", "-", "--format", "csv", "--focus", "--date", "2026-11-21"], 2),
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
        (&["bill", "-", "--format", "xml"], "[possible values: text, markdown, html, csv, json]"),
        (&["bill", "-", "--focus", "--topology", "star"], "[possible values: rebuild, passive, active]"),
        (&["evaluate", "-", "b.json"], "“b.json” is one file too many: only --prices takes more files."),
    ];
    for (words, part) in cases {
        let told = said(run(words, "").stderr);
        assert!(told.contains(part), "{words:?}: {told}");
    }
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
        (r#"{"v":1,"name":"A","name":"B"}"#, "the field “name” is there twice"),
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
