//! How long an evaluation takes: one plan, every preset, ten thousand plans in a row. Printed, never asserted.
#![allow(clippy::expect_used)]

use divan::{Bencher, black_box};
use dr_core::catalog::Catalog;
use dr_core::evaluate::evaluate;
use dr_core::model::horizon::horizon;
use dr_core::model::outage::{Scene, Simulation, outage};
use dr_core::plan::Plan;
use dr_core::units::OpsPerSec;
use std::sync::OnceLock;

fn main() {
    divan::main();
}

fn catalog() -> Catalog {
    Catalog::bundled().expect("the bundled catalogue")
}

fn presets() -> &'static [(String, Plan)] {
    static PRESETS: OnceLock<Vec<(String, Plan)>> = OnceLock::new();
    PRESETS.get_or_init(dr_tests::presets)
}

fn names() -> Vec<&'static str> {
    presets().iter().map(|(name, _)| name.as_str()).collect()
}

#[divan::bench]
fn load_the_catalogue() -> Catalog {
    catalog()
}

#[divan::bench]
fn default_plan(bencher: Bencher) {
    let (plan, catalog) = (Plan::default(), catalog());
    bencher.bench(|| evaluate(black_box(&plan), black_box(&catalog)));
}

#[divan::bench(args = names())]
fn preset(bencher: Bencher, name: &str) {
    let catalog = catalog();
    let (_, plan) = presets().iter().find(|(preset, _)| preset == name).expect("a preset of that name");
    bencher.bench(|| evaluate(black_box(plan), black_box(&catalog)));
}

/// Every month of a preset's horizon for all three topologies.
#[divan::bench(args = names())]
fn months(bencher: Bencher, name: &str) {
    let catalog = catalog();
    let (_, plan) = presets().iter().find(|(preset, _)| preset == name).expect("a preset of that name");
    bencher.bench(|| horizon(black_box(plan), black_box(&catalog)));
}

/// The simulation of a group's outage alone, nobody acting: thresholds, eviction, refusal, return and drain.
#[divan::bench]
fn one_outage(bencher: Bencher) {
    let catalog = catalog();
    let mut plan = presets().iter().find(|(preset, _)| preset == "gaming-leaderboard").expect("a preset").1.clone();
    plan.outage.acts = false;
    let evaluation = evaluate(&plan, &catalog);
    let scene = Scene::of(&plan, &evaluation).expect("a group");
    bencher.bench(|| Simulation::new(black_box(&scene)).run());
}

/// The same with every answer, and the pair's.
#[divan::bench]
fn one_outage_with_answers(bencher: Bencher) {
    let (plan, catalog) = (&presets()[2].1, catalog());
    let evaluation = evaluate(plan, &catalog);
    bencher.bench(|| outage(black_box(plan), &catalog, &evaluation));
}

/// As a sensitivity or a break-even grid would ask: the write rate moves from plan to plan.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn ten_thousand_plans(bencher: Bencher) {
    let catalog = catalog();
    bencher.bench(|| {
        let mut plan = Plan::default();
        for step in 1..=10_000_u32 {
            plan.workload.writes = OpsPerSec::per_s(f64::from(step));
            black_box(evaluate(&plan, &catalog));
        }
    });
}
