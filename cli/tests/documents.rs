//! Report, runbook and decision record: the core's bytes in every format, on standard output or in a file.
#![allow(clippy::unwrap_used)]

use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::draw::html;
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::model::Topology;
use dr_core::plan::Plan;
use dr_core::report::decision::decision_document;
use dr_core::report::document::Document;
use dr_core::report::paper::{Letterhead, paper_of};
use dr_core::report::runbook::{document, runbook, shown_first};
use dr_core::report::views::{Subject, VIEWS};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dr-planner")).args(words).output().unwrap()
}

fn said(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn presets() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../public/plans");
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn tax_filing() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/plans/tax-filing.json").to_str().unwrap().to_owned()
}

fn answered(path: &Path) -> (Plan, Catalog, Evaluation) {
    let (plan, catalog) =
        (codec::from_json(&std::fs::read_to_string(path).unwrap()).unwrap(), Catalog::bundled().unwrap());
    let evaluation = evaluate(&plan, &catalog);
    (plan, catalog, evaluation)
}

/// The three formats of a document.
fn formats(document: &Document) -> [(&'static str, String); 3] {
    [("text", document.plain()), ("markdown", document.markdown()), ("html", html::of_document(document))]
}

#[test]
fn runbook_and_decision_record_of_every_preset_are_the_cores() {
    for file in presets() {
        let (plan, catalog, evaluation) = answered(&file);
        let path = file.to_str().unwrap();
        let book = |topology| document(&runbook(topology, &plan, &catalog, &evaluation), &plan);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let first = shown_first(&plan, &evaluation.comparison);
        let mut cases =
            vec![(vec!["runbook", path], book(first)), (vec!["decision", path], decision_document(subject))];
        cases.extend(Topology::ALL.map(|topology| (vec!["runbook", path, topology.slug()], book(topology))));
        for (words, document) in cases {
            for (format, expected) in formats(&document) {
                let output = run(&[&words[..], &["--format", format]].concat());
                assert_eq!(output.status.code(), Some(0), "{words:?}: {}", said(&output.stderr));
                assert!(said(&output.stdout) == expected, "{words:?} as {format}");
            }
            assert!(said(&run(&words).stdout) == document.plain(), "text unless one is named: {words:?}");
        }
    }
}

/// Every view and each of its sections has a name that `--section` takes.
#[test]
fn a_report_of_a_view_has_its_sections() {
    let (path, date) = (tax_filing(), "2026-11-28");
    let (plan, catalog, evaluation) = answered(Path::new(&path));
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let letterhead = Letterhead { date: date.parse().ok(), page: None };
    let views = ["overview", "rules", "recovery-sync"].map(str::to_owned);
    let sections = VIEWS[0].sections;
    let ids = sections(subject).into_iter().map(|section| section.id.to_owned());
    for name in views.into_iter().chain(ids).chain(["inputs", "assumptions", "sources"].map(str::to_owned)) {
        let output = run(&["report", &path, "--section", &name, "--date", date, "--format", "markdown"]);
        let paper = paper_of(subject, &letterhead, std::slice::from_ref(&name)).unwrap();
        assert!(!paper.sections.is_empty(), "{name}");
        assert!(said(&output.stdout) == paper.markdown(), "{name}: {}", said(&output.stderr));
    }
}

#[test]
fn a_section_that_is_not_there_is_named_with_those_that_are() {
    let output = run(&["report", &tax_filing(), "--section", "costs"]);
    assert_eq!((output.status.code(), said(&output.stdout)), (Some(2), ""));
    let told = said(&output.stderr);
    assert!(told.contains("“costs”") && told.contains("overview") && told.contains("side-by-side"), "{told}");
}

#[test]
fn a_document_goes_to_a_file() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("runbook.md");
    let name = file.to_str().unwrap();
    let path = tax_filing();
    let output = run(&["runbook", &path, "passive", "--format", "markdown", "-o", name]);
    assert_eq!((output.status.code(), said(&output.stdout)), (Some(0), ""), "{}", said(&output.stderr));
    let printed = run(&["runbook", &path, "passive", "--format", "markdown"]);
    assert!(std::fs::read(&file).unwrap() == printed.stdout);
    let nowhere = folder.join("no-such-folder/runbook.md");
    let refused = run(&["decision", &path, "--output", nowhere.to_str().unwrap()]);
    assert_eq!((refused.status.code(), said(&refused.stdout)), (Some(1), ""));
    assert!(said(&refused.stderr).contains("runbook.md: "), "{}", said(&refused.stderr));
}

#[test]
fn a_topology_is_one_of_three() {
    let output = run(&["runbook", &tax_filing(), "star"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output.stderr).contains("rebuild, passive, active"), "{}", said(&output.stderr));
}

/// A kit, a log into the plan, what the log changes; a wrong line is refused with its number and nothing is written.
#[test]
fn a_drill_goes_into_the_plan() {
    let folder = std::env::temp_dir().join(format!("dr-drill-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    std::fs::write(path("log.csv"), "step;began;ended\ndecide;02:14;02:38\ndetect 2 min\n").unwrap();
    std::fs::write(path("wrong.csv"), "decide 3\ndance 4\n").unwrap();
    let before = run(&["drill", &tax_filing()]);
    assert!(said(&before.stdout).contains("No drill yet"), "{}", said(&before.stdout));
    let wrong = run(&["drill", &tax_filing(), "--log", &path("wrong.csv"), "--into", &path("none.json")]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong.stderr).contains("Line 2: its first cell, “dance”, is no step"), "{}", said(&wrong.stderr));
    assert!(!folder.join("none.json").exists());
    let after = run(&["drill", &tax_filing(), "--log", &path("log.csv"), "--into", &path("after.json")]);
    let told = said(&after.stdout);
    assert!(told.contains("1 of 2 measured times lies inside P05–P95"), "{told}");
    assert!(told.contains("too few to confirm the ranges"), "{told}");
    assert!(told.contains("The passive pair runs today."), "the first line says which design, and why: {told}");
    let plan = codec::from_json(&std::fs::read_to_string(path("after.json")).unwrap()).unwrap();
    let times = |step: &str| plan.evidence(step).unwrap().times.iter().map(|time| time.as_mins()).collect::<Vec<_>>();
    assert_eq!((times("decide"), times("detect")), (vec![24.0], vec![2.0]));
    let shell = |id: u32, call: &str| {
        format!(
            "2026-11-29T02:0{id}:00Z shell {id}\n2026-11-29T02:1{id}:00Z az redis {call} --name b\n2026-11-29T02:20:00Z ended with 0\n"
        )
    };
    std::fs::write(path("one.txt"), shell(1, "server-link delete")).unwrap();
    std::fs::write(path("two.txt"), shell(2, "server-link create")).unwrap();
    let all =
        run(&["drill", &tax_filing(), "--log", &path("two.txt"), &path("one.txt"), "--into", &path("shells.json")]);
    assert_eq!(all.status.code(), Some(0), "{}", said(&all.stderr));
    let plan = codec::from_json(&std::fs::read_to_string(path("shells.json")).unwrap()).unwrap();
    let times = plan.evidence("unlink").unwrap().times.iter().map(|time| time.as_mins()).collect::<Vec<_>>();
    assert_eq!((times, plan.evidence("geo_failover").is_some()), (vec![9.0], false), "the second shell relinked");
    std::fs::remove_dir_all(folder).unwrap();
}

/// The folder holds what its list says; one that is there is never written into.
#[test]
fn the_evidence_is_a_report_or_a_folder() {
    let folder = std::env::temp_dir().join(format!("dr-evidence-{}", std::process::id()));
    let name = folder.to_str().unwrap();
    let report = run(&["evidence", &tax_filing(), "--date", "2026-11-29"]);
    assert!(
        said(&report.stdout).starts_with("<!DOCTYPE html>") && said(&report.stdout).contains("Approver of failovers")
    );
    assert_eq!(run(&["evidence", &tax_filing(), "--date", "2026-11-29", "--folder", name]).status.code(), Some(0));
    let list = std::fs::read_to_string(folder.join("FILES.txt")).unwrap();
    for line in list.lines() {
        let file = line.split('\t').next().unwrap();
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        assert!(line.contains(&format!("\t{} bytes\t", text.len())), "{line}");
    }
    assert_eq!(std::fs::read_to_string(folder.join("evidence.html")).unwrap(), said(&report.stdout));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), list.lines().count() + 1);
    assert_eq!(run(&["evidence", &tax_filing(), "--folder", name]).status.code(), Some(1));
    std::fs::remove_dir_all(folder).unwrap();
}
