//! `code`: the core's files, printed or in a folder.

use super::{preset, run, said};
use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::model::Topology;
use dr_core::report::code::{Language, files, joined};

#[test]
fn code_is_printed_or_written_to_a_folder() {
    let plan = preset("gaming-leaderboard");
    let read = codec::from_json(&std::fs::read_to_string(&plan).unwrap()).unwrap();
    let catalog = Catalog::bundled().unwrap();
    let expected = files(Language::Terraform, Topology::Active, &read, &catalog, &evaluate(&read, &catalog));
    let words = ["code", plan.as_str(), "--topology", "active", "--format", "terraform"];
    let printed = run(&words, "");
    assert_eq!((printed.status.code(), said(printed.stdout)), (Some(0), joined(&expected)));
    let folder = std::env::temp_dir().join(format!("dr-planner-code-{}", std::process::id())).join("infra");
    let out = [words.as_slice(), &["--out", folder.to_str().unwrap()]].concat();
    let written = run(&out, "");
    assert_eq!((written.status.code(), said(written.stdout)), (Some(0), String::new()));
    for file in &expected {
        assert_eq!(std::fs::read_to_string(folder.join(file.name)).unwrap(), file.text, "{}", file.name);
    }
    std::fs::remove_dir_all(folder.parent().unwrap()).unwrap();
}

#[test]
fn a_plan_with_too_few_regions_is_refused() {
    let plan = r#"{"v":1,"regions":[{"region":"eastus","users":1,"writes":1}]}"#;
    let output = run(&["code", "-", "--topology", "passive"], plan);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(output.stderr).contains("too few regions for the passive pair: add one"));
}
