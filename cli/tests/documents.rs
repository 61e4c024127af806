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
use dr_core::report::runbook::{document, recommended, runbook};
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
        let first = recommended(&evaluation.comparison);
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
