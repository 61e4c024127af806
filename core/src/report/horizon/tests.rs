//! The horizon of presets as a person reads it, and the sentences for what seldom happens.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::catalog::{Catalog, RegionId, SkuId};
use crate::model::horizon::horizon;
use crate::plan::{Plan, RegionShare, ReservationTerm};
use crate::report::markdown::tests::{HOSTILE, assert_reads};
use crate::report::views::cost::months_document;
use crate::units::{Bytes, OpsPerSec, Ratio};

fn read(plan: &Plan) -> String {
    let catalog = Catalog::bundled().unwrap();
    let months = horizon(plan, &catalog);
    months_document(plan, &months, &catalog).markdown()
}

/// Everything but the table of months.
fn head(plan: &Plan) -> String {
    let month = |line: &&str| line.split(" | ").nth(1).is_some_and(|cell| cell.starts_with("20"));
    read(plan).lines().filter(|line| !month(line)).collect::<Vec<_>>().join("\n")
}

/// A pair too large for Premium soon, prepaid for three years, people without a price.
#[test]
fn nothing_larger_and_a_term_that_outlives_its_cache() {
    let mut plan = Plan { name: "a | b".to_owned(), ..Plan::default() };
    plan.workload.dataset = Bytes::gb(600.0);
    // A third of the usual fill: P5 with 30 shards holds what it does with 10.
    plan.passive.max_fill = Ratio::percent(80.0 / 3.0);
    plan.workload.writes = OpsPerSec::per_s(1_000.0);
    plan.workload.growth_per_year = Ratio::percent(40.0);
    plan.workload.load_growth_per_year = Some(Ratio::ZERO);
    plan.pricing.reservation = Some(ReservationTerm::ThreeYears);
    plan.horizon.months = 48;
    plan.horizon.parallel_months = 0;
    insta::assert_snapshot!(head(&plan));
}

/// What is held only in the cache is in no database: a rebuild that takes over from a pair creates its cache and reloads nothing.
#[test]
fn a_rebuild_that_reloads_nothing_copies_nothing() {
    use crate::plan::{Confirmation, Conflicts, DataClass, DataPart};
    let mut plan = Plan::default();
    plan.passive.exists = Confirmation::Confirmed;
    plan.data.parts = vec![DataPart::new("sessions", 1.0, 1.0, DataClass::HeldOnlyHere, Conflicts::Unknown)];
    let said = head(&plan).replace('\u{a0}', " ");
    let step = said.lines().find(|line| line.contains("Rebuild: One cache of ")).unwrap();
    assert!(step.contains(": the cache is created in ") && step.contains("; nothing is reloaded."), "{step}");
    assert!(!said.contains(" 0 B are copied"), "{said}");
}

/// Whatever a plan, its regions and its sizes are called, the file has exactly its own blocks.
#[test]
fn hostile_texts_stay_texts() {
    let catalog = Catalog::bundled().unwrap();
    for text in HOSTILE {
        let mut plan = Plan { name: (*text).to_owned(), ..Plan::default() };
        plan.regions[1].region = RegionId::new(text);
        plan.active.sku = Some(SkuId::new(text));
        let months = horizon(&plan, &catalog);
        let document = months_document(&plan, &months, &catalog);
        assert_reads(&document.markdown(), &document.blocks());
    }
}

#[test]
fn what_cannot_be_is_said() {
    let mut plan = Plan::default();
    plan.regions.truncate(1);
    (plan.rebuild.sku, plan.workload.growth_per_year) = (Some(SkuId::new("Balanced_B5")), Ratio::ZERO);
    let one_region = head(&plan);
    plan.regions = vec![RegionShare { region: RegionId::new("nowhere"), ..plan.regions[0].clone() }];
    plan.rebuild.sku = Some(SkuId::new("Other_X"));
    insta::assert_snapshot!(format!("{one_region}\n\n{}", head(&plan)));
}
