//! Whatever the plan, there is an answer, and its choice holds; on plans made at random.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::Severity;
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::model::Topology;
use dr_core::model::verdict::Verdict;
use dr_core::plan::check;
use dr_core::report::decision::decision_record;
use dr_core::report::runbook::{runbook, to_markdown};
use dr_core::report::views::{Subject, outage};
use dr_tests::CATALOG;
use dr_tests::any_plan::plans;
use proptest::prelude::*;
use std::cmp::Ordering;

/// No figure of the answer is NaN or infinite: JSON would turn it into a null that means nothing.
fn has_only_numbers(evaluation: &Evaluation) -> Result<(), TestCaseError> {
    let text = format!("{evaluation:?}");
    for odd in ["NaN", "(inf", "(-inf", ": inf,", ": -inf,", ": inf }", ": -inf }"] {
        if let Some(at) = text.find(odd) {
            let start = text[..at].char_indices().rev().nth(200).map_or(0, |(index, _)| index);
            return Err(TestCaseError::fail(format!("{odd} in …{}", &text[start..at + odd.len()])));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_has_an_answer_and_a_sound_one_has_it_in_numbers(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        prop_assert!(serde_json::to_string(&evaluation).is_ok());
        if check(&plan).is_empty() {
            has_only_numbers(&evaluation)?;
        }
    }

    #[test]
    fn the_choice_meets_every_target_and_nothing_cheaper_does(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        let blocked = |topology| {
            let mut findings = evaluation.findings.iter();
            findings.any(|it| it.topology == topology && it.severity == Severity::Block)
        };
        let passes = |topology: Topology| {
            let met = |verdict: &Verdict| verdict.target.is_none() || verdict.met == Some(true);
            let answer = evaluation.of(topology);
            answer.verdicts.iter().all(met)
                && answer.design.possible
                && answer.design.misfits.is_empty()
                && answer.capacity.enough != Some(false)
                // Without targets for RPO and RTO nothing else tells that it holds no copy.
                && !answer.sync.never_complete(topology)
                && !blocked(topology)
        };
        if let Some(choice) = evaluation.comparison.choice {
            prop_assert!(passes(choice));
            prop_assert_eq!(evaluation.comparison.nearest, None);
            let over = evaluation.comparison.over.as_ref().unwrap();
            let mine = over.of(choice);
            for other in Topology::ALL.into_iter().filter(|it| passes(*it) && *it != choice) {
                let theirs = over.of(other);
                let order = mine.total().certainly(&theirs.total());
                // A path that ends before the horizon does is compared with nothing but another one.
                let cheaper = !theirs.whole || mine.whole && order.is_some_and(Ordering::is_le);
                prop_assert!(cheaper, "{choice:?} {mine:?}; {other:?} {theirs:?}");
            }
        }
        prop_assert!(!dr_core::report::verdict::sentence(&evaluation.comparison).is_empty());
    }
}

proptest! {
    // Each case plays outages and writes five documents.
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// An outage of a sound plan is told event by event in figures, and every runbook and record is written.
    #[test]
    fn every_report_of_a_sound_plan_has_figures(plan in plans()) {
        prop_assume!(check(&plan).is_empty());
        let evaluation = evaluate(&plan, &CATALOG);
        let mut texts = vec![
            outage::document(Subject { plan: &plan, catalog: &CATALOG, evaluation: &evaluation }).in_words().plain(),
            decision_record(&plan, &CATALOG, &evaluation),
        ];
        texts.extend(Topology::ALL.map(|topology| to_markdown(&runbook(topology, &plan, &CATALOG, &evaluation), &plan)));
        for text in texts {
            let odd = |word: &str| ["NaN", "inf", "-inf", "infinity"].contains(&word);
            prop_assert!(!text.is_empty() && !text.split(|c: char| !c.is_alphanumeric() && c != '-').any(odd), "{}", text);
        }
    }
}
