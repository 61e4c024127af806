//! Sizes that follow from targets.

use super::*;

/// A group sized for its runway pays for the size that still meets it: M20 does up to the end of month 32, and M50 from month 33 on, long
/// before the data outgrow M20. Where the catalogue has no other size, the path says from when on the target is missed.
#[test]
fn a_target_of_the_first_day_is_paid_for_in_the_months_that_follow() {
    let mut plan = Plan::default();
    (plan.workload.dataset, plan.workload.writes) = (crate::units::Bytes::gb(4.0), OpsPerSec::per_s(4_000.0));
    plan.horizon.months = 36;
    let group = &horizon(&plan, &CATALOG).paths[2];
    assert_eq!(steps(group), ["33: M20 → M50"]);
    let [Misfit::Target { asked: Asked::Runway, .. }] = group.steps[0].reasons.as_slice() else {
        panic!("{:?}", group.steps)
    };
    let target = plan.objectives.runway.unwrap();
    let lasts = |months: u32, caches: &[Cache]| {
        let mut later = plan.clone();
        let grown = |growth: Ratio| libm::pow(1.0 + growth.as_fraction(), f64::from(months) / 12.0);
        later.workload.dataset = plan.workload.dataset * grown(plan.workload.growth_per_year);
        later.workload.writes = plan.workload.writes * grown(plan.workload.load_growth());
        let demand = crate::model::demand::demand(&later);
        let design = crate::model::fit::existing(Topology::Active, &later, &CATALOG, &demand, caches);
        let case = crate::model::Case::new(Topology::Active, &later, &CATALOG, &demand, &design);
        match crate::model::runway::runway(&case) {
            crate::model::runway::Runway::Fills(filling) => filling.full_p05.unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let month = |number: usize| group.months[number - 1].caches.as_slice();
    assert!(lasts(32, month(32)) >= target && lasts(33, month(32)) < target && lasts(36, month(36)) >= target);
    let alone = CATALOG.with_sizes(&["P1", "M20"]);
    let group = &horizon(&plan, &alone).paths[2];
    assert_eq!(steps(group), ["33: M20 misses Runway"]);
    assert_eq!(group.months.len(), 36, "it goes on");
    // A target that the first day misses is asked of no month.
    plan.objectives.runway = Some(crate::units::Secs::hours(10_000.0));
    plan.active.sku = sku("MemoryOptimized_M20");
    assert_eq!(steps(&horizon(&plan, &CATALOG).paths[2]), [""; 0]);
}
