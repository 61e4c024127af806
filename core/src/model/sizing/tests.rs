use super::*;
use crate::catalog::SkuId;
use crate::evaluate::evaluate;
use crate::model::testing::CATALOG;
use crate::plan::Confirmation;
use crate::units::{Bytes, Money, OpsPerSec, Secs};

/// At 2.1 GB the smallest member (B3, 3 GB) fills within the four hours that a new plan asks for, and B5 does not.
#[test]
fn a_larger_size_is_taken_where_the_smallest_misses_the_runway() {
    let mut plan = Plan::default();
    for gb in [1.0, 1.5, 2.0, 2.1, 3.0, 5.0, 8.0] {
        plan.workload.dataset = Bytes::gb(gb);
        let evaluation = evaluate(&plan, &CATALOG);
        let group = &evaluation.active;
        let lasts = match &group.runway {
            Runway::Fills(filling) => filling.full_p05,
            other => panic!("{other:?}"),
        };
        println!(
            "{gb} GB: {:?} for {:?}, lasts {lasts:?}; {:?}",
            group.design.caches[0].sku, group.design.sized_for, evaluation.comparison.choice
        );
        assert!(lasts.is_none_or(|lasts| lasts >= Secs::hours(4.0)), "{gb} GB");
    }
}

/// Where budget and runway exclude each other, the size is the one whose targets move least (M-17): at 8 GB, 20,000 writes/s and $5,000 a
/// month B20 lasts 22 min of the four hours (0.91 short), M50 3 h 31 min (0.12 short) inside the budget or a little above it.
#[test]
fn a_size_between_budget_and_runway_is_the_nearest_to_both() {
    let mut plan = Plan::default();
    (plan.workload.dataset, plan.workload.writes) = (Bytes::gb(8.0), crate::units::OpsPerSec::per_s(20_000.0));
    plan.objectives.rto = Some(Secs::hours(2.0));
    let away = |plan: &Plan| {
        let evaluation = evaluate(plan, &CATALOG);
        let Runway::Fills(filling) = &evaluation.active.runway else { panic!("a group that fills") };
        let (lasts, asked) = (filling.full_p05.unwrap(), plan.objectives.runway.unwrap());
        let month = evaluation.active.bill.total.complete().unwrap();
        let (month, budget) = (month.as_f64_for_charts(), plan.objectives.budget.unwrap().as_f64_for_charts());
        let away = ((asked - lasts) / asked).max(0.0) + ((month - budget) / budget).max(0.0);
        (away, evaluation.active.design.caches[0].sku.clone())
    };
    let (taken, size) = away(&plan);
    for sku in ["Balanced_B20", "MemoryOptimized_M50", "MemoryOptimized_M100", "MemoryOptimized_M150", "Balanced_B100"]
    {
        let mut given = plan.clone();
        given.active.sku = Some(crate::catalog::SkuId::new(sku));
        let (other, _) = away(&given);
        assert!(taken <= other + 1e-9, "{size} is {taken} away, {sku} {other}");
    }
    assert!(taken < 0.2, "{size} is {taken} away");
}

/// A pair has no runway (M-07: its secondary takes no writes while a region is away), so that a target of one moves no size of it, on the
/// first day or later; a group has one, and its sizes follow.
#[test]
fn a_runway_is_asked_of_a_group_alone() {
    let mut plan = Plan::default();
    plan.workload.dataset = Bytes::gb(6.0);
    plan.workload.growth_per_year = crate::units::Ratio::percent(60.0);
    plan.horizon.months = 36;
    let cost = |topology: Topology, runway: Option<Secs>| {
        let mut plan = plan.clone();
        plan.objectives.runway = runway;
        let first = sized(topology, &plan, &CATALOG, &super::super::demand::demand(&plan));
        (
            first.caches,
            crate::model::horizon::cost_alone(
                topology,
                &plan,
                &CATALOG,
                None,
                &crate::model::horizon::Walked::default(),
            ),
        )
    };
    let asked = Some(Secs::days(30.0));
    assert_eq!(cost(Topology::Passive, asked), cost(Topology::Passive, None));
    assert_ne!(cost(Topology::Active, Some(Secs::hours(4.0))), cost(Topology::Active, None));
}

/// A pair of 120 GB in East US 2 and Central US that is to become a group for at most $40,000 a month: the cheapest that meets RPO and runway is
/// M500 ($25,196), and from month 4 on its load takes B700 ($51,172), since a group has no way to fewer shards (D3). M700 costs $35,792 and stands
/// in all 36 months. A sentence that none meets would be false.
#[test]
fn a_size_whose_months_pass_the_budget_gives_way_to_one_that_keeps_it() {
    let mut plan = Plan::default();
    plan.regions =
        vec![crate::plan::RegionShare::new("eastus2", 0.6, 0.6), crate::plan::RegionShare::new("centralus", 0.4, 0.4)];
    let load = &mut plan.workload;
    (load.dataset, load.connections) = (Bytes::gb(120.0), 8_000);
    (load.writes, load.reads) = (OpsPerSec::per_s(40_000.0), Some(OpsPerSec::per_s(200_000.0)));
    (load.key_size, load.value_size) = (Bytes::bytes(40.0), Bytes::bytes(600.0));
    (plan.passive.exists, plan.passive.tenant_had_cache) = (Confirmation::Confirmed, Confirmation::Confirmed);
    (plan.passive.sku, plan.passive.shards) = (Some(SkuId::new("Premium_P4")), Some(4));
    (plan.objectives.rpo, plan.objectives.rto) = (Some(Secs::mins(5.0)), Some(Secs::hours(2.0)));
    plan.objectives.budget = Some(Money::whole(40_000));
    let (class, conflicts) = (crate::plan::DataClass::HeldOnlyHere, crate::plan::Conflicts::LastWriteWins);
    plan.data.parts = vec![crate::plan::DataPart::new("sessions", 1.0, 1.0, class, conflicts)];
    let first = sized(Topology::Active, &plan, &CATALOG, &super::super::demand::demand(&plan));
    assert_eq!(first.caches[0].sku.as_str(), "MemoryOptimized_M500", "by its first month");
    let evaluation = evaluate(&plan, &CATALOG);
    let group = &evaluation.active;
    assert_eq!(group.design.caches[0].sku.as_str(), "MemoryOptimized_M700");
    assert!(group.design.sized_for.contains(&Asked::Budget), "{:?}", group.design.sized_for);
    let comparison = &evaluation.comparison;
    assert_eq!(comparison.choice, Some(Topology::Active), "{:?}", comparison.outcome);
    let own = &comparison.over.as_ref().unwrap().of(Topology::Active).own;
    assert!(own.dearest() <= Money::whole(40_000), "{:?}", own.bills);
    assert_eq!(own.bills.first().copied(), group.bill.total.complete());
    // Whoever asks without a reader, and whoever gives that size, has the same answer.
    let unread = crate::evaluate::evaluate_unread(&plan, &CATALOG);
    assert_eq!((unread.comparison.choice, &unread.active.design), (comparison.choice, &group.design));
    plan.active.sku = Some(SkuId::new("MemoryOptimized_M700"));
    let given = evaluate(&plan, &CATALOG).comparison.over.unwrap();
    assert_eq!(given.of(Topology::Active).rank(), comparison.over.as_ref().unwrap().of(Topology::Active).rank());
    // Below the least of M700 nothing keeps the budget, and the size of the first month stays.
    plan.active.sku = None;
    plan.objectives.budget = Some(Money::whole(30_000));
    assert_eq!(evaluate(&plan, &CATALOG).active.design.caches[0].sku.as_str(), "MemoryOptimized_M500");
}
