//! The words of the product: the runbook of each topology, a move of each kind, the views of a plan with its decision record.
//!
//! A line that one golden has is left out of the next ([`Once`]): rewording a sentence touches one file. Numbers are held by laws and
//! worked examples elsewhere; after a change of words read the diff and accept it (`INSTA_UPDATE=always cargo test -p dr-tests`).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_core::catalog::SkuId;
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::model::Topology;
use dr_core::plan::{Confirmation, Network, Plan};
use dr_core::report::decision::decision_document;
use dr_core::report::document::{Block, Document, Table, plain};
use dr_core::report::runbook::{Shell, document_in, runbook};
use dr_core::report::views::{Subject, VIEWS, View, view};
use dr_core::units::{Bytes, UnitPrice};
use dr_tests::once::Once;
use dr_tests::{CATALOG, presets};
use rust_decimal::Decimal;

/// Views of a plan whose words have goldens of their own: `core/src/report/views`, `core/src/report/chart`, the runbooks here, and the
/// catalogue's list of rules.
const ELSEWHERE: [&str; 11] = [
    "cost-search",
    "cost-states",
    "cost-break-even",
    "recovery-drills",
    "recovery-backlog",
    "recovery-moves",
    "outage-happens",
    "outage-decide",
    "outage-pair",
    "rules-all",
    "rules-glossary",
];
/// Views in which a plan of one region says something else than a new plan, and those in which a published case does.
const OF_ONE_REGION: [&str; 6] =
    ["overview", "cost-months", "recovery-point", "recovery-regions", "rules", "rules-open"];
const OF_A_CASE: [&str; 2] = ["overview", "rules"];

fn golden(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

fn preset(name: &str) -> Plan {
    presets().into_iter().find(|(preset, _)| preset == name).expect("a preset").1
}

/// The views that are asked for, each below its tab and name.
fn views(plan: &Plan, evaluation: &Evaluation, asked: impl Fn(&View) -> bool) -> String {
    let subject = Subject { plan, catalog: &CATALOG, evaluation };
    let view = |view: &View| plain(&format!("{}: {}", view.tab, view.name), &(view.sections)(subject));
    VIEWS.iter().filter(|view| asked(view)).map(view).collect::<Vec<_>>().join("\n")
}

fn record(plan: &Plan, evaluation: &Evaluation) -> Document {
    decision_document(Subject { plan, catalog: &CATALOG, evaluation })
}

/// The kits of a plan without the steps, which are those of its runbooks.
fn drills(plan: &Plan) -> String {
    let evaluation = evaluate(plan, &CATALOG);
    let view = view("recovery-drills").expect("the view of drills");
    let mut sections = (view.sections)(Subject { plan, catalog: &CATALOG, evaluation: &evaluation });
    let is_sheet = |table: &Table| ["drill-sheet", "signatures"].contains(&table.id);
    for section in &mut sections {
        section.blocks.retain(|block| !matches!(block, Block::Table(table) if !is_sheet(table)));
    }
    plain(view.name, &sections)
}

#[test]
fn runbooks_and_moves() {
    let mut once = Once::default();
    let (pair, group) = (preset("marine-logistics"), preset("gaming-leaderboard"));
    let book = |plan: &Plan, topology, shell| {
        document_in(&runbook(topology, plan, &CATALOG, &evaluate(plan, &CATALOG)), plan, shell)
    };
    for (name, plan, topology) in [
        ("runbook-pair", &pair, Topology::Passive),
        ("runbook-group", &group, Topology::Active),
        ("runbook-rebuild", &pair, Topology::Rebuild),
    ] {
        golden(name, &once.text(&book(plan, topology, Shell::Bash).markdown()));
    }
    let mut powershell = book(&group, Topology::Active, Shell::PowerShell);
    powershell
        .sections
        .retain(|section| ["Before you start", "Unplanned failover"].contains(&section.heading.as_str()));
    golden("runbook-in-powershell", &once.text(&powershell.markdown()));
    for (name, plan) in
        [("move-of-a-pair", premium()), ("move-of-a-cache", standard()), ("move-of-a-group", enterprise())]
    {
        let evaluation = evaluate(&plan, &CATALOG);
        golden(name, &once.words(&views(&plan, &evaluation, |view| view.tab == "Migrate")));
    }
    golden("drills", &once.words(&[drills(&pair), drills(&group)].join("\n")));
}

#[test]
fn views_and_records() {
    let mut once = Once::default();
    let mut one_region = Plan::default();
    one_region.remove_region(1);
    let mut of = |name: &str, plan: &Plan, asked: &dyn Fn(&View) -> bool, words: fn(&mut Once, &str) -> String| {
        let evaluation = evaluate(plan, &CATALOG);
        let text = [views(plan, &evaluation, asked), record(plan, &evaluation).plain()].join("\n");
        golden(name, &words(&mut once, &text));
    };
    let whole = |view: &View| view.tab != "Migrate" && !ELSEWHERE.contains(&view.id);
    of("a-new-plan", &Plan::default(), &whole, Once::text);
    of("one-region", &one_region, &|view| OF_ONE_REGION.contains(&view.id), Once::words);
    for name in ["gaming-leaderboard", "tax-filing"] {
        of(name, &preset(name), &|view| OF_A_CASE.contains(&view.id), Once::words);
    }
}

/// A pair of two shards that runs.
fn premium() -> Plan {
    let mut plan = preset("marine-logistics");
    plan.passive.exists = Confirmation::Confirmed;
    (plan.passive.sku, plan.passive.shards) = (Some(SkuId::new("Premium_P2")), Some(2));
    plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(90)));
    plan
}

fn running(size: &str, regions: u32) -> Plan {
    let mut plan = Plan { name: format!("{size} today"), ..Plan::default() };
    plan.passive.exists = Confirmation::NotSo;
    (plan.today.sku, plan.today.regions) = (Some(SkuId::new(size)), regions);
    plan.workload.dataset = Bytes::gb(4.0);
    plan
}

fn standard() -> Plan {
    let mut plan = running("Standard_C3", 1);
    plan.passive.network = Network::Public;
    plan.regions.truncate(1);
    plan
}

fn enterprise() -> Plan {
    running("Enterprise_E10", 2)
}
