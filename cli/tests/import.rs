//! `dr-planner import`: the estate of the fixtures as a table, a portfolio and JSON, with the exit codes of every other command.
#![allow(clippy::unwrap_used)]

use dr_core::portfolio;
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    files
}

fn import(files: &[PathBuf], words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dr-planner")).arg("import").args(files).args(words).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn an_estate_becomes_a_table_and_a_portfolio() {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("estate-portfolio.json");
    let output = import(&fixtures("estate"), &["--out", out.to_str().unwrap()]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let printed = text(&output.stdout);
    let lines = [
        "7 caches: 1 pair, 1 group and 3 caches alone.",
        "pair-weu and pair-neu  pair-weu  primary    Succeeded  West Europe   Premium_P2 × 3  Succeeded       30 %",
        "old-e10                old-e10   alone      –          West Europe   Enterprise_E10  Running",
        "2027-03-31",
        "2028-09-30",
        "EST-LAG",
    ];
    for line in lines {
        assert!(printed.contains(line), "{line}:\n{printed}");
    }
    let all = portfolio::read(&std::fs::read_to_string(out).unwrap()).unwrap();
    let names: Vec<&str> = all.entries.iter().map(|it| it.plan.name.as_str()).collect();
    assert_eq!(names, ["pair-weu and pair-neu", "orders", "small", "old-e10", "solo"]);
    assert_eq!(all.broken.len(), 0);
}

#[test]
fn every_format_has_what_it_is_for() {
    let of = |format: &str| text(&import(&fixtures("estate"), &["--format", format]).stdout);
    let json: Value = serde_json::from_str(&of("json")).unwrap();
    let pair = &json["deployments"][0];
    assert_eq!((pair["topology"].as_str(), pair["caches"][0]["role"].as_str()), (Some("passive"), Some("primary")));
    assert_eq!(pair["caches"][1]["peak_lag_s"].as_f64(), Some(90.0));
    assert!(pair["evidence"].as_array().unwrap().iter().any(|it| it["field"] == "workload.dataset"));
    let csv = of("csv");
    assert!(
        csv.contains(
            "pair-weu and pair-neu,passive.checks.same_version,confirmed,redisVersion: 6.0 on pair-weu and pair-neu"
        ),
        "{csv}"
    );
    let markdown = of("markdown");
    assert!(markdown.contains("## Evidence") && markdown.contains("## Unknown"), "{markdown}");
}

/// The portfolio of an import, and what another import says has changed since: here the metrics and a cache are missing.
#[test]
fn a_later_import_is_held_against_the_portfolio() {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("before.json");
    let all = fixtures("estate");
    assert!(import(&all, &["--out", out.to_str().unwrap()]).status.success());
    let same = text(&import(&all, &["--since", out.to_str().unwrap()]).stdout);
    assert!(same.contains("0 of 5 deployments changed, 0 caches are new, 0 caches are not in the files."), "{same}");
    let fewer: Vec<PathBuf> = all.iter().filter(|it| !it.to_string_lossy().contains("e10")).cloned().collect();
    let printed = text(&import(&fewer, &["--since", out.to_str().unwrap()]).stdout);
    assert!(
        printed.contains("0 of 4 deployments changed, 0 caches are new, 1 cache is not in the files."),
        "{printed}"
    );
    let json = text(&import(&fewer, &["--since", out.to_str().unwrap(), "--format", "json"]).stdout);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["since"]["changes"][0]["what"], "old-e10");
    assert_eq!((json["since"]["same"].as_u64(), json["since"]["not_compared"].as_u64()), (Some(4), Some(0)));
    let wrong = import(&fewer, &["--since", all[0].to_str().unwrap()]);
    assert_eq!(wrong.status.code(), Some(2), "{}", text(&wrong.stderr));
}

/// Code in JSON is read; Bicep, Terraform and the state file are named with the command that makes JSON of them.
#[test]
fn code_is_imported_as_its_tools_print_it() {
    let output = import(&fixtures("code"), &[]);
    let printed = text(&output.stdout);
    assert_eq!((output.status.code(), printed.contains("EST-ASKED")), (Some(0), true), "{printed}");
    let sources = ["main.bicep", "main.tf", "state-v4.tfstate"];
    let mut files: Vec<PathBuf> =
        fixtures("files").into_iter().filter(|it| sources.iter().any(|name| it.ends_with(name))).collect();
    files.extend(fixtures("code"));
    let output = import(&files, &[]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    for part in ["main.bicep: This is Bicep", "az bicep build", "main.tf: This is Terraform", "terraform show -json"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(said.matches("terraform show -json PLAN").count(), 2, "{said}");
}

/// What cannot be read is named on standard error and in the document; the code says that a part is missing, or that nothing is left.
#[test]
fn what_is_not_read_is_named() {
    let mut files = fixtures("estate");
    files.push(PathBuf::from("no-such-file.json"));
    files.extend(fixtures("files").into_iter().filter(|it| it.ends_with("netlify.toml")));
    let output = import(&files, &[]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("This is a TOML file") && said.contains("no-such-file.json: "), "{said}");
    assert!(text(&output.stdout).contains("7 caches"));
    let nothing = import(&files[files.len() - 2..], &[]);
    assert_eq!((nothing.status.code(), text(&nothing.stdout)), (Some(2), String::new()));
    assert!(text(&nothing.stderr).contains("No file describes an estate."));
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(name)
}

/// An export stands beside the plans, in the table, as CSV and as JSON; a meter that a spreadsheet would run as a formula is a text.
#[test]
fn what_was_paid_stands_beside_the_plans() {
    let mut files = fixtures("estate");
    files.push(file("costs/focus-november.csv"));
    let of = |format: &str| {
        let output = import(&files, &["--format", format]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let plain = of("text").replace('\u{a0}', " ");
    assert!(plain.contains("EUR was paid and the plan’s month is in USD; the two are not subtracted."), "{plain}");
    let csv = of("csv");
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://example.com\"\"), P2 Cache Instance"), "{csv}");
    assert!(!csv.lines().flat_map(|line| line.split(',')).any(|cell| cell.trim_matches('"').starts_with('=')), "{csv}");
    let json: Value = serde_json::from_str(&of("json")).unwrap();
    let paid = &json["deployments"][0]["paid"][0];
    assert_eq!(
        (paid["month"].as_str(), paid["paid"].as_str(), paid["days"].as_u64()),
        (Some("2026-11-01"), Some("4131.5"), Some(30))
    );
    assert_eq!(json["deployments"][2]["paid"].as_array().map(Vec::len), Some(0));
}

/// A table whose dates can be read both ways asks; `--dates` answers. A sheet among the files prices the plans.
#[test]
fn dates_are_asked_for_and_sheets_are_taken() {
    let files =
        [fixtures("estate"), vec![file("files/cost-details-mca.csv"), file("sheets/agreement-ea.csv")]].concat();
    let asked = import(&files, &[]);
    assert_eq!(asked.status.code(), Some(3));
    assert!(text(&asked.stderr).contains("give --dates dmy or --dates mdy"), "{}", text(&asked.stderr));
    let told = import(&files, &["--dates", "mdy"]);
    assert_eq!(
        (told.status.code(), text(&told.stderr).contains("3 prices in USD from 7 rows")),
        (Some(0), true),
        "{}",
        text(&told.stderr)
    );
    assert_eq!(import(&files, &["--dates", "ymd"]).status.code(), Some(2));
    let empty = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("empty-sheet.json");
    std::fs::write(&empty, r#"{"Items":[]}"#).unwrap();
    let left = import(&[fixtures("estate"), vec![empty]].concat(), &[]);
    assert_eq!(
        (left.status.code(), text(&left.stderr).contains("This is no price sheet")),
        (Some(3), true),
        "{}",
        text(&left.stderr)
    );
    assert!(text(&left.stdout).contains("7 caches"));
}

/// What metrics replace stands beside what was assumed, and the day in hours: 1,700/s at 11:00 of every day.
#[test]
fn what_metrics_replace_is_shown_with_its_fit() {
    let files = [fixtures("estate"), fixtures("metrics")].concat();
    let of = |format: &str| text(&import(&files, &["--format", format]).stdout).replace('\u{a0}', " ");
    let plain = of("text");
    for line in [
        "125 MB/s, 88 MB/s to 177 MB/s",
        "1 full sync of pair-neu, the last on 2026-10-02: 7 min to 9 min",
        "line through 73 points",
    ] {
        assert!(plain.contains(line), "{line}: {plain}");
    }
    let csv = of("csv");
    // Plain where every figure of the column is a rate a second.
    let plain = csv.replace("\"1,700/s\"", "1700").replace("\"1,150/s\"", "1150");
    assert!(plain.contains("solo,11:00,1700,1700,1700"), "{csv}");
    assert!(plain.contains("solo,2026-10-16,1150"), "{csv}");
}

/// The report of a week: a pair whose files prove nothing against it is ready; half a pair is not, and says why. As one HTML file too.
#[test]
fn readiness_is_told_deployment_by_deployment() {
    let whole = import(&fixtures("estate"), &["--readiness"]);
    let said = text(&whole.stdout).replace('\u{a0}', " ");
    assert!(said.contains("pairs and groups are ready to fail over"), "{said}");
    let row = |said: &str, name: &str| said.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
    let list = fixtures("estate").into_iter().filter(|it| it.ends_with("az-redis-list.json")).collect::<Vec<_>>();
    let half = import(&list, &["--readiness"]);
    let half = text(&half.stdout).replace('\u{a0}', " ");
    assert!(half.contains("0 of "), "{half}");
    assert!(row(&half, "pair-neu").contains("no") && half.contains("whether the link stands"), "{half}");
    let html = import(&fixtures("estate"), &["--readiness", "--format", "html"]);
    assert!(text(&html.stdout).starts_with("<!DOCTYPE html>") && text(&html.stdout).contains("Ready to fail over"));
}

/// Case log-analytics-us.csv, alone: read, and said to be of no cache. Price sheets alone are named.
#[test]
fn what_stands_alone_is_read_or_named() {
    let series = import(&[file("files/log-analytics-us.csv")], &[]);
    let printed = text(&series.stdout).replace('\u{a0}', " ");
    assert_eq!((series.status.code(), text(&series.stderr)), (Some(0), String::new()));
    assert!(printed.contains("its mean is 2,925/s") && printed.contains("from 2026-02-25"), "{printed}");
    let sheet = import(&[file("sheets/agreement-mca.csv")], &[]);
    let said = text(&sheet.stderr);
    assert_eq!(sheet.status.code(), Some(2));
    assert!(said.contains("agreement-mca.csv: This is a price sheet, and it describes no cache."), "{said}");
}

/// Half a pair of a template has one month in the estate and in the portfolio that is written of it.
#[test]
fn the_estate_and_its_portfolio_have_one_price() {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("half-portfolio.json");
    let estate = import(&[file("files/arm-geo-pair.json")], &["--format", "json", "--out", out.to_str().unwrap()]);
    let estate: Value = serde_json::from_slice(&estate.stdout).unwrap();
    let run = |words: &[&str]| Command::new(env!("CARGO_BIN_EXE_dr-planner")).args(words).output().unwrap().stdout;
    let rows = run(&["portfolio", out.to_str().unwrap(), "--format", "json"]);
    let rows: Value = serde_json::from_slice(&rows).unwrap();
    let month = estate["deployments"][0]["monthly"].as_str().unwrap();
    assert!(rows.to_string().contains(&format!("\"{month}\"")), "{month}: {rows}");
}

/// A file of more than 64 MB is named with its own size, and every other file is read.
#[test]
fn a_large_file_loses_nothing_of_the_others() {
    let large = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("large.json");
    let bytes = std::fs::read(file("estate/server-link-weu.json")).unwrap();
    std::fs::write(&large, [bytes, vec![b' '; 70_000_000]].concat()).unwrap();
    let output = import(&[vec![large.clone()], fixtures("estate")].concat(), &[]);
    let said = text(&output.stderr).replace('\u{a0}', " ");
    assert_eq!(output.status.code(), Some(3));
    assert!(said.contains("large.json: It has 70 MB, and a file of an estate is read up to 64 MB"), "{said}");
    assert!(text(&output.stdout).contains("7 caches"));
    let _ = std::fs::remove_file(large);
}
