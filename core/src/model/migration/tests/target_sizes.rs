//! The size that is moved to: by the published mapping, by need, and why they differ.

use super::*;
use crate::catalog::Family;
use crate::model::horizon::{Change, horizon, sizes};
use crate::units::Ratio;

/// Rows of the published tables: Z1 (migrate-overview, 2025-09-28), Z2 (skill, 2026-05-12), Z3 and Z4 (Enterprise).
#[test]
fn the_mapping_is_as_published() {
    let cases = [
        ("Standard_C0", 0, "B0", ""),
        ("Basic_C2", 0, "B3", ""),
        ("Standard_C4", 0, "M10", "M20"),
        ("Standard_C5", 0, "M20", "M50"),
        ("Standard_C6", 0, "M50", ""),
        ("Premium_P1", 0, "B5", ""),
        ("Premium_P2", 0, "B10", "B20"),
        ("Premium_P3", 0, "B20", "B50"),
        ("Premium_P5", 0, "B100", ""),
        ("Premium_P1", 3, "B20", ""),
        ("Premium_P2", 13, "B250", ""),
        ("Premium_P3", 10, "B350", ""),
        ("Premium_P4", 8, "B500", ""),
        ("Premium_P5", 9, "M1500", ""),
        ("Enterprise_E5", 2, "X5", "B10"),
        ("Enterprise_E10", 8, "B50", ""),
        ("Enterprise_E20", 2, "B50", ""),
        ("Enterprise_E100", 2, "B100", ""),
    ];
    for (from, units, to, also) in cases {
        let row = CATALOG.mapping(&SkuId::new(from), units).unwrap();
        assert_eq!((row.to.short(), row.also.as_ref().map_or("", |id| id.short())), (to, also), "{from} {units}");
    }
    for (from, units) in [("Enterprise_E200", 2), ("EnterpriseFlash_F300", 3), ("Premium_P1", 16)] {
        assert_eq!(CATALOG.mapping(&SkuId::new(from), units), None, "{from} {units}: no source has a row");
    }
}

/// By hand with an even load and B sizes of 80 % usable, 75 % of it filled: 5 GB × 1 needs 8.33 GB, × 1.5 12.5 GB, × 2 16.7 GB; of B
/// sizes 12, 24 and 24 GB. P2 maps to B10 or B20 (Z1): at k = 1 B10 holds 7.2 GB, so that B10 is the mapped one.
#[test]
fn the_need_counts_the_crdt_factor_and_the_mapping_does_not() {
    let mut plan = pair("Premium_P2", Some(0), 5.0);
    plan.assumptions.crdt_factor = Range::new(1.0, 1.5, 2.0);
    let sizes = moved(&plan, Topology::Active).sizes;
    let needs: Vec<&str> = sizes.needs.iter().map(|need| short(need.sku.as_ref())).collect();
    assert_eq!((needs.as_slice(), short(sizes.mapped.as_ref())), (&["B10", "B20", "B20"][..], "B10"));
    assert_eq!(sizes.differs, Differs::CrdtFactor);
    assert!(!sizes.lacks.is_empty());
    let gb: Vec<f64> = sizes.needs.iter().map(|need| (need.asked.as_gb() * 100.0).round() / 100.0).collect();
    assert_eq!(gb, [8.33, 12.5, 16.67]);
}

/// Why mapping and need differ: data of the old size, of less, of more, without a row, in a size that no group takes.
#[test]
fn a_disagreement_has_a_reason() {
    let differs = |plan: &Plan, target| moved(plan, target).sizes.differs;
    let cases = vec![
        (pair("Premium_P1", Some(0), 3.0), Topology::Active, Differs::Same),
        (pair("Premium_P4", Some(0), 5.0), Topology::Active, Differs::OldSizeRoomy),
        (pair("Premium_P1", Some(0), 40.0), Topology::Active, Differs::Load),
        (pair("Premium_P2", Some(16), 40.0), Topology::Active, Differs::NoRow),
        (runs("Standard_C1", 1, 1, 0.5), Topology::Active, Differs::NotInGroup),
        (runs("Enterprise_E200", 1, 1, 5.0), Topology::Active, Differs::NoRow),
        (runs("Standard_C1", 1, 1, 0.5), Topology::Rebuild, Differs::Same),
    ];
    for (plan, target, expected) in cases {
        let what = plan.today.sku.clone().or(plan.passive.sku.clone()).unwrap();
        assert_eq!(differs(&plan, target), expected, "{what} {:?}", moved(&plan, target).sizes);
    }
}

/// Z2: above 70 % load with memory below 50 % Compute, memory above 70 % with low load Memory, else Balanced. A P1 holds 6 GB.
#[test]
fn the_family_follows_memory_and_load() {
    let family = |dataset: f64, peak_share: f64| {
        let mut plan = pair("Premium_P1", Some(0), dataset);
        let limit = moved(&plan, Topology::Active).running.throughput.unwrap();
        (plan.workload.writes, plan.workload.reads) = (limit * (peak_share / 2.0), Some(limit * (peak_share / 2.0)));
        moved(&plan, Topology::Active).sizes.family.family
    };
    let cases = [
        (1.0, 0.8, Family::ComputeOptimized),
        (5.0, 0.2, Family::MemoryOptimized),
        (5.0, 0.8, Family::Balanced),
        (3.5, 0.5, Family::Balanced),
    ];
    for (dataset, load, expected) in cases {
        assert_eq!(family(dataset, load), expected, "{dataset} GB at {load}");
    }
    let unknown = moved(&runs("Standard_C3", 1, 1, 5.5), Topology::Rebuild).sizes.family;
    assert_eq!((unknown.family, unknown.load), (Family::Balanced, None), "D4: Balanced when unsure");
}

/// A pair that is chosen becomes a group at the end of its service: what is created then holds the load of that month, as the months ahead have it
/// (M-10). P2 × 3 of 20 GB that grow 60 % a year: the group of today is too small by then.
#[test]
fn the_group_after_a_pair_is_sized_for_its_move() {
    let mut plan = pair("Premium_P2", Some(3), 20.0);
    plan.horizon.months = 36;
    plan.workload.growth_per_year = Ratio::percent(60.0);
    let ahead = horizon(&plan, &CATALOG);
    let step = ahead.of(Topology::Passive).steps.iter().find_map(|step| match &step.change {
        Change::Migration { to, .. } => Some(to.clone()),
        _ => None,
    });
    let [late, now] =
        [Topology::Passive, Topology::Active].map(|target| migration(&plan, &CATALOG, target, None).unwrap());
    assert_eq!(Some(sizes(&late.design.caches, &CATALOG)), step);
    assert_ne!(late.design.caches[0].sku, now.design.caches[0].sku);
    assert_eq!(target_of(Some(Topology::Passive), &plan), Topology::Passive);
}
