//! The terminal door: the core's bytes on standard output, the page's sentence and exit code 2 for what is no plan.
#![allow(clippy::unwrap_used)]

mod bills;
mod code;
mod portfolios;
mod refusals;

use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::model::horizon::horizon;
use dr_core::report::views::cost::months_document;
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

fn preset(name: &str) -> String {
    presets().into_iter().find(|file| file.file_stem().unwrap() == name).unwrap().to_str().unwrap().to_owned()
}

fn said(output: Vec<u8>) -> String {
    String::from_utf8(output).unwrap()
}

#[test]
fn every_preset_gives_the_bytes_of_the_core() {
    let catalog = Catalog::bundled().unwrap();
    assert_eq!(presets().len(), 6);
    for file in presets() {
        let text = std::fs::read_to_string(&file).unwrap();
        let plan = codec::from_json(&text).unwrap();
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let expected = dr_core::report::json::evaluation_json(subject);
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
        let document = months_document(&plan, &months, &catalog);
        for (format, expected) in [("text", document.plain()), ("markdown", document.markdown())] {
            let output = run(&["horizon", file.to_str().unwrap(), "--format", format], "");
            assert_eq!(output.status.code(), Some(0), "{}", file.display());
            assert!(String::from_utf8(output.stdout).unwrap() == expected, "{}", file.display());
        }
    }
}

#[test]
fn the_outage_of_every_preset_is_the_cores_words() {
    let catalog = Catalog::bundled().unwrap();
    for file in presets() {
        let plan = codec::from_json(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let evaluation = evaluate(&plan, &catalog);
        let expected =
            outage::document(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation }).in_words().plain();
        assert!(expected.contains("Monthly patch of the pair"), "{expected}");
        let output = run(&["outage", file.to_str().unwrap()], "");
        assert_eq!(output.status.code(), Some(0), "{}", file.display());
        assert!(String::from_utf8(output.stdout).unwrap() == expected, "{}", file.display());
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
            &["bill", plan, "--format=csv", "--prices", east, north],
            &["bill", plan, "--prices", east, north, "--format=csv"],
            &["bill", "--format=csv", "--prices", east, "--prices", north, plan],
            &["bill", "--prices", east, plan, "--format=csv", "--prices", north],
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
