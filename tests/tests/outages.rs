//! The plan's outage, event by event, for each preset: the group of the active cases, the pair of the passive ones.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_core::catalog::Catalog;
use dr_core::evaluate::evaluate;
use dr_core::plan::Plan;
use dr_core::report::document::{Block, plain};
use dr_core::report::views::{Subject, outage};
use dr_tests::once::Once;
use dr_tests::presets;

fn preset(name: &str) -> Plan {
    presets().into_iter().find(|(preset, _)| preset == name).unwrap().1
}

/// The sections of the group or of the pair, without charts.
fn printed(plan: &Plan, group: bool) -> String {
    let catalog = Catalog::bundled().unwrap();
    let subject = Subject { plan, catalog: &catalog, evaluation: &evaluate(plan, &catalog) };
    let mut sections =
        if group { [outage::simulation(subject), outage::act_by(subject)].concat() } else { outage::pair(subject) };
    for section in &mut sections {
        section.blocks.retain(|block| !matches!(block, Block::Figure(_)));
    }
    plain("", &sections)
}

#[test]
fn groups() {
    let mut once = Once::default();
    for name in ["energy-trading", "gaming-leaderboard", "travel-booking"] {
        let mut plan = preset(name);
        let acts = printed(&plan, true);
        plan.outage.acts = false;
        let text = format!("{acts}\n{name}, nobody acts:\n{}", printed(&plan, true));
        insta::assert_snapshot!(name, once.text(&text));
    }
}

#[test]
fn pairs() {
    let mut once = Once::default();
    for name in ["enrolment", "marine-logistics", "tax-filing"] {
        let mut plan = preset(name);
        let acts = printed(&plan, false);
        plan.outage.control_plane_lost = true;
        let text = format!("{acts}\n{name}, control plane lost:\n{}", printed(&plan, false));
        insta::assert_snapshot!(name, once.text(&text));
    }
}
