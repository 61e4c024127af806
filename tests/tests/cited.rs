//! On paper there is no other place to look a source up: each that a report, a decision record or the evidence cites is in its list, and
//! the list has no other.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_core::evaluate::evaluate;
use dr_core::plan::Plan;
use dr_core::report::decision::decision_document;
use dr_core::report::paper::{Letterhead, evidence, evidence_files, paper};
use dr_core::report::views::Subject;
use dr_tests::any_plan::plans;
use dr_tests::{CATALOG, presets};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The tags that are words of a text.
fn tags(text: &str) -> BTreeSet<&str> {
    let known: BTreeSet<&str> = CATALOG.sources().iter().map(|it| it.tag.as_str()).collect();
    text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|word| known.contains(word)).collect()
}

/// Words in parentheses that look like a tag, "(M31)", "(D6, Q9)", and are none: a letter and a number that is neither a quantile nor a size.
fn strange(text: &str) -> Vec<&str> {
    let inside = text.split('(').skip(1).filter_map(|rest| rest.split([')', ':', ';']).next());
    let words = inside.flat_map(|it| it.split(", ")).filter(|word| {
        let (first, number) = word.split_at_checked(1).unwrap_or_default();
        "ACDGMNRSTUVWZ".contains(first) && !first.is_empty() && number.parse::<u8>().is_ok()
    });
    let retiring = || CATALOG.retiring_sizes().iter().map(|it| it.id.short());
    let sizes = || CATALOG.skus().iter().map(|it| it.id.short()).chain(retiring());
    words.filter(|word| tags(word).is_empty() && sizes().all(|size| size != *word)).collect()
}

/// What a document cites before its list of sources, and what the list has.
fn cited_and_listed(text: &str) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let (body, rest) = text.split_once("\nSources\n-------\n").unwrap_or((text, ""));
    let list = rest.split("\n\n").find(|part| !part.trim().is_empty()).unwrap_or_default();
    let listed = list.lines().filter_map(|line| line.trim().strip_prefix("- ")?.split(':').next());
    assert_eq!(strange(body), Vec::<&str>::new(), "no source of the catalogue, in\n{body}");
    (tags(body), listed.collect())
}

fn papers(plan: &Plan) -> [(&'static str, String); 3] {
    let evaluation = evaluate(plan, &CATALOG);
    let subject = Subject { plan, catalog: &CATALOG, evaluation: &evaluation };
    let letterhead = Letterhead::default();
    [
        ("report", paper(subject, &letterhead).plain()),
        ("decision record", decision_document(subject).plain()),
        ("evidence", evidence(subject, &letterhead, None).plain()),
    ]
}

#[test]
fn what_a_preset_cites_is_listed_and_nothing_else() {
    for (name, plan) in presets().into_iter().chain([("new".to_owned(), Plan::default())]) {
        for (what, text) in papers(&plan) {
            let (cited, listed) = cited_and_listed(&text);
            assert!(cited.len() > 3, "{name}: the {what} cites {cited:?}");
            assert_eq!(cited, listed, "{name}: the {what}");
        }
    }
}

/// The findings beside the evidence are read without it.
#[test]
fn the_file_of_findings_lists_its_own() {
    let (_, plan) = presets().remove(0);
    let evaluation = evaluate(&plan, &CATALOG);
    let subject = Subject { plan: &plan, catalog: &CATALOG, evaluation: &evaluation };
    let files = evidence_files(subject, String::new(), None);
    let (_, _, text) = files.iter().find(|(name, ..)| *name == "findings.md").unwrap();
    let (body, list) = text.split_once("## Sources").unwrap();
    let listed: BTreeSet<&str> =
        list.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("**").map(|it| it.0)).collect();
    assert_eq!(tags(body), listed);
}

proptest! {
    // Each case writes three documents.
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_any_plan_cites_is_listed_and_nothing_else(plan in plans()) {
        for (what, text) in papers(&plan) {
            let (cited, listed) = cited_and_listed(&text);
            prop_assert_eq!(cited, listed, "the {}", what);
        }
    }
}
