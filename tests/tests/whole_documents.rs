//! Every view of a plan with its decision record, as a terminal prints them: the one golden of the words of a plan.
//!
//! Numbers are held by laws and worked examples elsewhere; after a change of words read the diff and accept it
//! (`INSTA_UPDATE=always cargo test -p dr-tests --test whole_documents`).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_core::evaluate::evaluate;
use dr_core::plan::Plan;
use dr_core::report::decision::decision_document;
use dr_core::report::document::Document;
use dr_core::report::views::{Subject, VIEWS};
use dr_tests::{CATALOG, presets};

/// Views that take seconds for a plan: of the new plan alone.
const SLOW: [&str; 4] = ["cost-break-even", "cost-moves", "recovery-moves", "outage-decide"];

/// A heading of the tab and the view before the sections of each.
fn every_view(plan: &Plan, whole: bool) -> String {
    let evaluation = evaluate(plan, &CATALOG);
    let subject = Subject { plan, catalog: &CATALOG, evaluation: &evaluation };
    let view = |view: &dr_core::report::views::View| Document {
        title: format!("{}: {}", view.tab, view.name),
        opening: Vec::new(),
        sections: (view.sections)(subject),
    };
    // The glossary has a file of its own.
    let looked_at = |id| id != "rules-glossary" && (whole || !SLOW.contains(&id));
    let views = VIEWS.iter().filter(|view| looked_at(view.id)).map(view);
    views.chain([decision_document(subject)]).map(|document| document.plain()).collect::<Vec<_>>().join("\n\n")
}

fn golden(name: &str, plan: &Plan) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, every_view(plan, name == "a-new-plan"));
    });
}

#[test]
fn of_a_new_plan() {
    golden("a-new-plan", &Plan::default());
}

#[test]
fn of_a_plan_of_one_region() {
    let mut plan = Plan::default();
    plan.remove_region(1);
    golden("one-region", &plan);
}

#[test]
fn of_a_published_pair() {
    golden("tax-filing", &preset("tax-filing"));
}

#[test]
fn of_a_published_group() {
    golden("gaming-leaderboard", &preset("gaming-leaderboard"));
}

fn preset(name: &str) -> Plan {
    presets().into_iter().find(|(preset, _)| preset == name).expect("a preset").1
}
