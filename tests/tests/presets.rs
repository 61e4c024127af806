//! The plans that ship with the page and the worked examples: what a reader may expect of each file.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_core::catalog::{Catalog, Severity};
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::model::sync::SyncOutcome;
use dr_core::plan::{Confirmation, Plan};
use dr_core::rules::Finding;
use dr_tests::{fixtures, growing, presets};
use serde_json::Value;
use std::path::Path;

/// The six cases of S0 and S2, in the order of their file names, with the topology that each chose.
const CASES: [(&str, &str, bool); 6] = [
    ("energy-trading", "S2", true),
    ("enrolment", "S0", false),
    ("gaming-leaderboard", "S2", true),
    ("marine-logistics", "S0", false),
    ("tax-filing", "S0", false),
    ("travel-booking", "S2", true),
];

#[test]
fn the_six_cases_are_there_and_say_what_is_printed_and_what_is_assumed() {
    let presets = presets();
    assert_eq!(presets.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), CASES.map(|case| case.0));
    for ((name, plan), (_, source, _)) in presets.iter().zip(CASES) {
        let story = &plan.story;
        assert!(story.printed.len() >= 4 && story.assumed.len() >= 4 && !story.summary.is_empty(), "{name}");
        for printed in &story.printed {
            assert_eq!(printed.source, source, "{name}: {}", printed.what);
            assert!(!printed.what.is_empty() && !printed.outcome.is_empty(), "{name}");
        }
    }
}

/// Nothing in a file is dropped or changed by reading and saving it; fields that came later are added.
#[test]
fn files_read_back_exactly() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (folder, plans) in
        [("public/plans", presets()), ("tests/fixtures/plans", fixtures()), ("tests/fixtures/growing", growing())]
    {
        for (name, plan) in plans {
            let text = std::fs::read_to_string(root.join(folder).join(format!("{name}.json"))).unwrap();
            let saved = codec::to_json(&plan);
            assert_eq!(codec::from_json(&saved).unwrap(), plan, "{name}");
            holds(&serde_json::from_str(&saved).unwrap(), &serde_json::from_str(&text).unwrap(), &name);
        }
    }
}

fn holds(saved: &Value, written: &Value, path: &str) {
    // Old files confirm with true, and with false say that it is not so.
    let answer =
        written.as_bool().filter(|_| saved.is_string()).map(|flag| Value::from(if flag { "yes" } else { "no" }));
    let Value::Object(fields) = written else { return assert_eq!(saved, answer.as_ref().unwrap_or(written), "{path}") };
    for (name, value) in fields {
        holds(&saved[name], value, &format!("{path}.{name}"));
    }
}

#[test]
fn shares_add_up() {
    for (name, plan) in presets().into_iter().chain(fixtures()) {
        let users: f64 = plan.regions.iter().map(|region| region.users.as_fraction()).sum();
        let writes: f64 = plan.regions.iter().map(|region| region.writes.as_fraction()).sum();
        for sum in [users, writes, plan.workload.split.total().as_fraction()] {
            assert!((sum - 1.0).abs() < 1e-9, "{name}: {sum}");
        }
    }
}

/// A preset shows a bill and a latency: its regions have prices for the chosen size and round trips to each other.
#[test]
fn regions_have_prices_and_round_trips() {
    let catalog = Catalog::bundled().unwrap();
    for (name, plan) in presets().into_iter().chain(fixtures()) {
        for (index, here) in plan.regions.iter().enumerate() {
            for sku in chosen(&plan) {
                assert!(catalog.node_price(sku, &here.region).known().is_some(), "{name}: {sku} in {}", here.region);
            }
            for there in &plan.regions[..index] {
                assert!(catalog.round_trip(&here.region, &there.region).is_some(), "{name}");
            }
        }
    }
}

fn chosen(plan: &Plan) -> impl Iterator<Item = &dr_core::catalog::SkuId> {
    [&plan.passive.sku, &plan.active.sku].into_iter().flatten()
}

/// Passive cases name a Premium pair that exists; active ones name a managed size and no pair.
#[test]
fn each_case_names_the_topology_that_is_printed() {
    for ((name, plan), (_, _, active)) in presets().into_iter().zip(CASES) {
        assert_eq!((plan.active.sku.is_some(), plan.passive.sku.is_none()), (active, active), "{name}");
        let exists = if active { Confirmation::NotSo } else { Confirmation::Confirmed };
        assert_eq!(plan.passive.exists, exists, "{name}");
    }
}

/// A case evaluates without a blocking surprise: the pair that an active case does not have could be created by a tenant that
/// had a cache before, so that it is asked for and not blocked (N2).
#[test]
fn nothing_blocks_the_design_that_each_case_chose() {
    let catalog = Catalog::bundled().unwrap();
    for ((name, plan), (_, _, active)) in presets().into_iter().zip(CASES) {
        let evaluation = evaluate(&plan, &catalog);
        let blocks = evaluation.findings.iter().filter(|finding| finding.severity == Severity::Block);
        assert_eq!(blocks.map(|finding| finding.id.as_str()).collect::<Vec<_>>(), Vec::<&str>::new(), "{name}");
        let mut said = evaluation.findings.iter().chain(&evaluation.open);
        let asked = said.any(|it| it.id == "PAS-EOL" && it.sentence.contains("not created yet"));
        assert_eq!(asked, active, "{name}");
        let chosen = if active { &evaluation.active } else { &evaluation.passive };
        assert_eq!(chosen.bill.unknown_lines, 0, "{name}");
    }
}

/// S3: three M10 members become three X20 members; both files are one plan but for name and size.
#[test]
fn the_how_to_scales_three_m10_to_x20() {
    let catalog = Catalog::bundled().unwrap();
    let plans = fixtures();
    let of = |wanted: &str| plans.iter().find(|(name, _)| name == wanted).unwrap().1.clone();
    let (small, large) = (of("how-to-three-m10"), of("how-to-three-x20"));
    for (plan, sku) in [(&small, "MemoryOptimized_M10"), (&large, "ComputeOptimized_X20")] {
        let evaluation = evaluate(plan, &catalog);
        let caches = &evaluation.active.design.caches;
        assert_eq!(caches.iter().map(|cache| cache.sku.as_str()).collect::<Vec<_>>(), [sku; 3]);
        assert!(evaluation.active.design.misfits.is_empty());
        let blocked = |finding: &&Finding| finding.severity == Severity::Block;
        assert_eq!(evaluation.findings.iter().find(blocked), None);
    }
    let mut scaled = small;
    (scaled.name, scaled.active.sku) = (large.name.clone(), large.active.sku.clone());
    assert_eq!(scaled, large);
}

/// S1: a 53 GB cache is copied in 5–10 minutes.
#[test]
fn the_53_gb_pair_syncs_in_five_to_ten_minutes() {
    let catalog = Catalog::bundled().unwrap();
    let (_, plan) = fixtures().into_iter().find(|(name, _)| name == "premium-p4-53gb").unwrap();
    let sync = evaluate(&plan, &catalog).answers.passive.sync;
    let SyncOutcome::Converges { resync, .. } = sync.outcome else { panic!("{:?}", sync.outcome) };
    assert!(resync.low.as_mins() <= 5.0 && resync.high.as_mins() >= 10.0, "{resync:?}");
    assert!(resync.low.as_mins() > 4.5 && resync.high.as_mins() < 11.0, "{resync:?}");
}
