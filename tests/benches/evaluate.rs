//! How long an evaluation takes: one plan, every preset, ten thousand plans in a row. Printed, never asserted.
#![allow(clippy::expect_used)]

use divan::{Bencher, black_box};
use dr_core::catalog::Catalog;
use dr_core::evaluate::evaluate;
use dr_core::explore::break_even::Grid;
use dr_core::explore::recovery_time::RecoveryStudy;
use dr_core::explore::search::{RegionSearch, search};
use dr_core::explore::sensitivity::{RANK_SAMPLING, Sensitivity};
use dr_core::explore::{BILL_SAMPLING, OUTAGE_SAMPLING, bill_bands, latency_candidates, outage_bands};
use dr_core::jobs::EXACT;
use dr_core::model::Topology;
use dr_core::model::horizon::horizon;
use dr_core::model::outage_simulation::{Scene, Simulation, outage};
use dr_core::plan::Plan;
use dr_core::portfolio::{Entry, Portfolio, Rows, totals};
use dr_core::stats::sample::{Sampling, Study, run};
use dr_core::stats::spread::Spread;
use dr_core::units::{Bytes, OpsPerSec, Ratio};
use std::sync::{Arc, OnceLock};

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

/// Eight steps in a row, as a recovery chain has them: the same chain that docs/speed.md gives to numpy and to Squiggle.
struct EightSteps([Spread; 8]);

impl EightSteps {
    fn new() -> Self {
        let [detect, decide, promote, dns, reconnect, validate] = [
            (2.0, 5.0, 15.0),
            (5.0, 10.0, 30.0),
            (2.0, 10.0, 30.0),
            (1.0, 2.0, 15.0),
            (0.0, 0.5, 15.0),
            (2.0, 5.0, 10.0),
        ]
        .map(|(low, mode, high)| Spread::triangular(low, mode, high));
        let warm_up = Spread::credible_90(1.0, 10.0).expect("an interval");
        Self([detect, decide, promote, dns, reconnect, warm_up, validate, Spread::Exactly(3.0)])
    }
}

impl Study for EightSteps {
    fn inputs(&self) -> usize {
        self.0.len()
    }
    fn outputs(&self) -> usize {
        1
    }
    fn trial(&self, point: &[f64], results: &mut [f64]) {
        results[0] = self.0.iter().zip(point).map(|(step, uniform)| step.at(*uniform)).sum();
    }
}

/// A million trials of one chain with its quantiles and their errors.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn a_million_trials_of_eight_steps(bencher: Bencher) {
    let chain = EightSteps::new();
    bencher.bench(|| run(black_box(&chain), Sampling { seed: 1, trials: 1_000_000 }));
}

/// What the button on the page asks for: every recovery path of a plan, with density, distribution and shares.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn a_million_trials_of_every_way_back(bencher: Bencher) {
    let (plan, catalog) = (Plan::default(), catalog());
    let evaluation = evaluate(&plan, &catalog);
    bencher.bench(|| RecoveryStudy::new(black_box(&plan), &evaluation).times(EXACT, plan.objectives.rto));
}

/// Bands of memory and the curve of the decision: ten thousand outages, each played twice.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn ten_thousand_outages(bencher: Bencher) {
    let (plan, catalog) = (&presets()[2].1, catalog());
    let evaluation = evaluate(plan, &catalog);
    bencher.bench(|| outage_bands(black_box(plan), &evaluation, OUTAGE_SAMPLING));
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

/// What follows the typing: the bands of three bills, 10,000 trials each, with every volume a range.
#[divan::bench]
fn bands_of_three_bills(bencher: Bencher) {
    let (mut plan, catalog) = (Plan::default(), catalog());
    let spread = &mut plan.workload.spread;
    (spread.rates.low, spread.rates.high) = (Ratio::percent(50.0), Ratio::percent(200.0));
    (spread.data.low, spread.data.high) = (Ratio::percent(80.0), Ratio::percent(300.0));
    bencher.bench(|| Topology::ALL.map(|topology| bill_bands(black_box(&plan), &catalog, topology, BILL_SAMPLING)));
}

/// The map of 425 plans.
#[divan::bench(sample_count = 10)]
fn break_even_grid(bencher: Bencher) {
    let (plan, catalog) = (Plan::default(), catalog());
    bencher.bench(|| Grid::whole(black_box(&plan), &catalog));
}

/// Both ends of every range, then the trials of the rank correlation.
#[divan::bench(sample_count = 10)]
fn sensitivity(bencher: Bencher) {
    let (plan, catalog) = (Plan::default(), catalog());
    bencher.bench(|| {
        let sensitivity = Sensitivity::new(black_box(&plan), &catalog, Topology::Passive);
        let columns = sensitivity.sample(RANK_SAMPLING, 0..RANK_SAMPLING.whole_trials());
        (sensitivity.one_at_a_time(), sensitivity.correlations(RANK_SAMPLING, &columns))
    });
}

/// Rows of a portfolio of as many plans, no two alike: twice the plans take twice the time.
#[divan::bench(args = [1_000, 2_000, 10_000], sample_count = 5, sample_size = 1)]
fn portfolio(bencher: Bencher, plans: u32) {
    let catalog = catalog();
    let entry = |number: u32| {
        let mut plan = Plan { name: format!("Plan {number}"), ..Plan::default() };
        plan.workload.writes = OpsPerSec::per_s(f64::from(number % 5_000 + 1));
        plan.workload.dataset = Bytes::gb(1.0 + f64::from(number % 100));
        Arc::new(Entry { tags: vec![("team".to_owned(), format!("{}", number % 20))], topology: None, plan })
    };
    let portfolio = Portfolio { entries: (1..=plans).map(entry).collect(), ..Portfolio::default() };
    bencher.bench(|| totals(&Rows::all(black_box(&portfolio), &catalog).rows));
}

/// Every region of the catalogue as one more member and as the primary: what the Recovery tab works out when it is drawn.
#[divan::bench(args = names())]
fn latency_of_every_region(bencher: Bencher, name: &str) {
    let catalog = catalog();
    let (_, plan) = presets().iter().find(|(preset, _)| preset == name).expect("a preset of that name");
    bencher.bench(|| {
        [Topology::Passive, Topology::Active].map(|topology| latency_candidates(topology, black_box(plan), &catalog))
    });
}

/// What follows the typing: every design in a preset's own regions, with fronts and the price of each target.
#[divan::bench(args = names())]
fn search_of_two_regions(bencher: Bencher, name: &str) {
    let catalog = catalog();
    let (_, plan) = presets().iter().find(|(preset, _)| preset == name).expect("a preset of that name");
    bencher.bench(|| search(black_box(plan), &catalog));
}

/// The same of plans without a pair that ends the list: most of their designs are worked out, over loads that replace sizes.
#[divan::bench(args = growing().iter().map(|(name, _)| name.as_str()))]
fn search_of_two_regions_that_grow(bencher: Bencher, name: &str) {
    let catalog = catalog();
    let (_, plan) = growing().iter().find(|(own, _)| own == name).expect("a fixture of that name");
    bencher.bench(|| search(black_box(plan), &catalog));
}

fn growing() -> &'static [(String, Plan)] {
    static GROWING: OnceLock<Vec<(String, Plan)>> = OnceLock::new();
    GROWING.get_or_init(dr_tests::growing)
}

/// What a worker does on request: every placement in every region.
#[divan::bench(args = names(), sample_count = 3, sample_size = 1)]
fn search_of_every_region(bencher: Bencher, name: &str) {
    let catalog = catalog();
    let (_, plan) = presets().iter().find(|(preset, _)| preset == name).expect("a preset of that name");
    bencher.bench(|| RegionSearch::whole(black_box(plan), &catalog));
}
