//! How the cost of a plan moves with its volumes, its discounts and its regions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::{RegionId, SkuId};
use dr_core::evaluate::evaluate;
use dr_core::model::Topology;
use dr_core::model::cost::LineKind;
use dr_core::model::fit::Cache;
use dr_core::model::horizon::horizon;
use dr_core::plan::{
    EgressBilling, EgressScheme, Network, Objectives, Plan, PriceOverride, RegionShare, ReservationTerm, field,
};
use dr_core::units::{Bytes, Money, OpsPerSec, Range, Ratio, UnitPrice};
use dr_tests::any_plan::REGIONS;
use dr_tests::{CATALOG, bills};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// An ordinary plan whose sizes are given, so that only volumes move the bill.
fn sized(dataset_gb: f64, writes: f64) -> Plan {
    let mut plan = Plan::default();
    plan.rebuild.sku = Some(SkuId::new("Balanced_B100"));
    plan.passive.sku = Some(SkuId::new("Premium_P5"));
    plan.passive.shards = Some(2);
    plan.active.sku = Some(SkuId::new("Balanced_B100"));
    plan.pricing.active_egress = EgressBilling::ListRate;
    plan.workload.dataset = Bytes::gb(dataset_gb);
    plan.workload.writes = OpsPerSec::per_s(writes);
    plan
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_data_or_more_writes_never_cost_less(
        dataset in 0.1..80.0_f64, more in 0.0..20.0_f64, writes in 0.0..50_000.0_f64, faster in 0.0..50_000.0_f64,
    ) {
        let base = evaluate(&sized(dataset, writes), &CATALOG);
        for larger in [sized(dataset + more, writes), sized(dataset, writes + faster)] {
            let larger = evaluate(&larger, &CATALOG);
            for (small, large) in bills(&base).into_iter().zip(bills(&larger)) {
                let [small, large] = [small, large].map(|bill| bill.total.at_least());
                prop_assert!(small <= large, "{} > {}", small.to_cents(), large.to_cents());
            }
        }
    }

    #[test]
    fn two_members_that_each_write_like_the_primary_send_twice_as_much(writes in 1.0..50_000.0_f64) {
        let passive = evaluate(&sized(10.0, writes), &CATALOG).passive.bill.egress_volume;
        let same = evaluate(&sized(10.0, writes), &CATALOG).active.bill.egress_volume;
        let each = evaluate(&sized(10.0, 2.0 * writes), &CATALOG).active.bill.egress_volume;
        prop_assert!((same / passive - 1.0).abs() < 1e-9, "one copy of every write either way");
        prop_assert!((each / passive - 2.0).abs() < 1e-9);
    }

    #[test]
    fn the_volume_of_a_group_is_n_minus_one_copies(members in 2..=5_usize, writes in 1.0..50_000.0_f64) {
        let mut plan = sized(10.0, writes);
        plan.regions = REGIONS[..members].iter().map(|name| RegionShare::new(name, 1.0, 1.0)).collect();
        let evaluation = evaluate(&plan, &CATALOG);
        let copies = evaluation.active.bill.egress_volume / evaluation.passive.bill.egress_volume;
        prop_assert!((copies - (members as f64 - 1.0)).abs() < 1e-9, "{copies}");
    }
}

/// Fields that are a quantity of the bill: more of it never costs less.
const QUANTITIES: [(&str, f64); 14] = [
    ("workload.dataset", 50e9),
    ("workload.writes", 50_000.0),
    ("workload.reads", 200_000.0),
    ("workload.value_size", 5_000.0),
    ("workload.key_size", 500.0),
    ("assumptions.wire_overhead", 1.0),
    ("pricing.full_syncs_per_year", 100.0),
    ("pricing.alerts_per_cache", 50.0),
    ("pricing.logs_per_cache", 1e12),
    ("pricing.endpoint_traffic", 1.0),
    ("pricing.drills_per_year", 50.0),
    ("pricing.hours_per_drill", 50.0),
    ("pricing.drill_cache_hours", 50.0),
    ("pricing.run_hours_per_month", 500.0),
];

/// Fields that take a share off: more of it never costs more.
const SHARES_OFF: [&str; 5] = [
    "pricing.discount",
    "pricing.discount_bandwidth",
    "pricing.discount_endpoints",
    "pricing.discount_monitoring",
    "pricing.stream_compression",
];

/// Every kind of line, priced.
fn full_bill() -> Plan {
    let mut plan = sized(20.0, 5_000.0);
    plan.passive.network = Network::PrivateEndpoint;
    plan.active.network = Network::PrivateEndpoint;
    plan.workload.reads = Some(OpsPerSec::per_s(20_000.0));
    plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(90)));
    plan.pricing.drill_cache_hours = Decimal::ONE;
    plan.pricing.run_hours_per_month = Decimal::TEN;
    plan
}

fn with(mut plan: Plan, path: &str, value: f64) -> Plan {
    (field(path).unwrap().set)(&mut plan, Some(value));
    plan
}

fn totals(plan: &Plan) -> [Money; 3] {
    bills(&evaluate(plan, &CATALOG)).map(|bill| bill.total.at_least())
}

/// The same plan with sizes that follow from it.
fn derived() -> Plan {
    let mut plan = full_bill();
    (plan.rebuild.sku, plan.passive.sku, plan.passive.shards, plan.active.sku) = (None, None, None, None);
    plan
}

/// What the nodes that run all the time cost, and the caches; `None` where no size fits or one has no price.
fn nodes(plan: &Plan) -> [Option<(Money, Vec<Cache>)>; 3] {
    let evaluation = evaluate(plan, &CATALOG);
    Topology::ALL.map(|topology| {
        let answer = evaluation.of(topology);
        let lines = answer.bill.lines.iter().filter(|line| line.kind == LineKind::Nodes);
        let nodes = lines.map(|line| line.amount).sum::<Option<Money>>().filter(|_| answer.design.possible)?;
        Some((nodes, answer.design.caches.clone()))
    })
}

/// The whole horizon of each design, as far as it reaches.
fn over_the_horizon(plan: &Plan) -> [Money; 3] {
    horizon(plan, &CATALOG).paths.map(|path| path.total().at_least())
}

/// Decimals of 28 digits round in the last; far below a cent.
fn alike(one: Money, other: Money) -> bool {
    (one - other).as_decimal().abs() < Decimal::new(1, 5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cost_is_monotone_in_every_quantity(at in 0..QUANTITIES.len(), less in 0.01..1.0_f64, more in 0.0..1.0_f64) {
        let (path, most) = QUANTITIES[at];
        let (small, large) = (less * most, (less + more).min(1.0) * most);
        for (small, large) in totals(&with(full_bill(), path, small)).into_iter().zip(totals(&with(full_bill(), path, large))) {
            prop_assert!(small <= large, "{path}: {} > {}", small.to_cents(), large.to_cents());
        }
    }

    /// Sizes that follow from the plan never get cheaper with more to hold or to serve, and the whole bill of one size with them: sizes are
    /// chosen by their nodes (M-02), and alerts are by shard, so that twelve P1 cost less in nodes than three P3, and more in all.
    #[test]
    fn cost_is_monotone_where_the_size_follows(at in 0..QUANTITIES.len(), less in 0.001..1.0_f64, more in 0.0..1.0_f64) {
        let (path, most) = QUANTITIES[at];
        let plans = [less * most, (less + more).min(1.0) * most].map(|value| with(derived(), path, value));
        let [small, large] = plans.each_ref().map(nodes);
        let [small_total, large_total] = plans.each_ref().map(totals);
        for at in 0..3 {
            let (Some((small, before)), Some((large, after))) = (&small[at], &large[at]) else { continue };
            prop_assert!(small <= large, "{path}, nodes: {} > {}", small.to_cents(), large.to_cents());
            if before != after {
                continue;
            }
            let (small, large) = (small_total[at], large_total[at]);
            prop_assert!(small <= large, "{path}: {} > {}", small.to_cents(), large.to_cents());
        }
    }

    /// A member without users and writes of its own adds its cache and a copy of every stream. The sizes are those that the load needs:
    /// where a target asks for a larger one (M-17), another member may put it out of reach.
    #[test]
    fn another_region_never_costs_less(writes in 1.0..20_000.0_f64, gb in 0.5..60.0_f64, given in any::<bool>()) {
        let mut plan = if given { full_bill() } else { derived() };
        plan.objectives = Objectives { rpo: None, runway: None, budget: None, ..plan.objectives };
        (plan.workload.writes, plan.workload.dataset) = (OpsPerSec::per_s(writes), Bytes::gb(gb));
        let mut before = totals(&plan);
        for region in REGIONS {
            if !plan.add_member(RegionId::new(region)) {
                continue;
            }
            let after = totals(&plan);
            for (small, large) in before.into_iter().zip(after) {
                prop_assert!(small <= large, "{region}: {} > {}", small.to_cents(), large.to_cents());
            }
            before = after;
        }
    }

    /// More outages are followed by more full syncs, where the plan does not count them itself.
    #[test]
    fn more_outages_never_cost_less(less in 0.0..20.0_f64, more in 0.0..20.0_f64, given in any::<bool>()) {
        let of = |times: f64| {
            let mut plan = if given { full_bill() } else { derived() };
            plan.outages.per_year = Range::exactly(times);
            totals(&plan)
        };
        for (small, large) in of(less).into_iter().zip(of(less + more)) {
            prop_assert!(small <= large, "{} > {}", small.to_cents(), large.to_cents());
        }
    }

    #[test]
    fn a_larger_discount_never_costs_more(at in 0..SHARES_OFF.len(), less in 0.0..0.9_f64, more in 0.0..0.09_f64) {
        let path = SHARES_OFF[at];
        for (small, large) in totals(&with(full_bill(), path, less)).into_iter().zip(totals(&with(full_bill(), path, less + more))) {
            prop_assert!(small >= large, "{path}: {} < {}", small.to_cents(), large.to_cents());
        }
    }

    #[test]
    fn two_halves_of_a_volume_cost_what_the_whole_does(writes in 100.0..50_000.0_f64, part in 0.0..1.0_f64) {
        let traffic = |writes: f64| {
            let evaluation = evaluate(&sized(10.0, writes), &CATALOG);
            bills(&evaluation).map(|bill| {
                let lines = bill.lines.iter().filter(|line| line.kind == LineKind::Egress);
                lines.filter_map(|line| line.amount).sum::<Money>()
            })
        };
        let halves = [traffic(writes * part), traffic(writes * (1.0 - part))];
        for (at, whole) in traffic(writes).into_iter().enumerate() {
            prop_assert!(alike(halves[0][at] + halves[1][at], whole), "{}", whole.to_cents());
        }
    }

    #[test]
    fn discounts_commute(percents in prop::collection::vec(0..100_u32, 4)) {
        let families = &SHARES_OFF[..4];
        let share = |at: usize| f64::from(percents[at]) / 100.0;
        let none = totals(&full_bill());
        // In any order: each family takes its own part off, and never one of another's.
        let all = families.iter().enumerate().fold(full_bill(), |plan, (at, path)| with(plan, path, share(at)));
        let back = families.iter().enumerate().rev().fold(full_bill(), |plan, (at, path)| with(plan, path, share(at)));
        prop_assert_eq!(totals(&all), totals(&back));
        for (at, topology) in Topology::ALL.into_iter().enumerate() {
            let saved = families.iter().enumerate().map(|(family, path)| {
                none[at] - totals(&with(full_bill(), path, share(family)))[at]
            });
            let evaluation = evaluate(&all, &CATALOG);
            let bill = &evaluation.of(topology).bill;
            prop_assert!(alike(bill.total.at_least(), none[at] - saved.sum::<Money>()));
            // Before the sum or after it: every line less its discount is the discounted list cost.
            for line in &bill.lines {
                let left = Decimal::ONE - line.kind.discount(&all.pricing);
                prop_assert!(alike(line.amount.unwrap(), line.list_cost.unwrap() * left), "{}", line.label());
            }
        }
    }

    #[test]
    fn no_discount_comes_off_an_own_price(percent in 1..100_i64, cents in 1..500_i64, reserved in any::<bool>()) {
        let own = |price: Decimal, discount: Decimal| {
            let mut plan = full_bill();
            plan.pricing.discount = discount;
            plan.pricing.reservation = reserved.then_some(ReservationTerm::OneYear);
            plan.pricing.overrides = plan.regions.iter().map(|share| PriceOverride {
                sku: SkuId::new("Premium_P5"),
                region: share.region.clone(),
                per_node_hour: UnitPrice::new(price),
            }).collect();
            evaluate(&plan, &CATALOG).passive.bill.clone()
        };
        let (price, discount) = (Decimal::new(cents, 2), Decimal::new(percent, 2));
        let bill = own(price, discount);
        prop_assert_eq!(bill.total.at_least(), own(price, Decimal::ZERO).total.at_least());
        prop_assert!(bill.lines.iter().all(|line| !line.note().contains("discount")));
    }

    #[test]
    fn coverage_mixes_the_reserved_month_and_the_one_paid_as_it_goes(percent in 0..=100_i64, discount in 0..50_i64) {
        let at = |coverage: Decimal| {
            let mut plan = full_bill();
            plan.pricing.reservation = Some(ReservationTerm::ThreeYears);
            plan.pricing.reservation_coverage = coverage;
            plan.pricing.discount = Decimal::new(discount, 2);
            totals(&plan)
        };
        let coverage = Decimal::new(percent, 2);
        let (open, reserved, mixed) = (at(Decimal::ZERO), at(Decimal::ONE), at(coverage));
        for index in 0..3 {
            let expected = reserved[index] * coverage + open[index] * (Decimal::ONE - coverage);
            prop_assert!(alike(mixed[index], expected));
        }
    }

    #[test]
    fn two_active_members_that_each_write_like_the_primary_cost_twice_the_egress(writes in 1.0..50_000.0_f64) {
        let egress = |writes: f64, topology: Topology| {
            let mut plan = sized(10.0, writes);
            // One price both ways (S14 S15: inside Europe 0.02 by continent).
            plan.pricing.egress_scheme = EgressScheme::ByContinent;
            plan.regions = ["northeurope", "uksouth"].map(|name| RegionShare::new(name, 0.5, 0.5)).into();
            let evaluation = evaluate(&plan, &CATALOG);
            let lines = evaluation.of(topology).bill.lines.iter().filter(|line| line.kind == LineKind::Egress);
            lines.filter_map(|line| line.amount).sum::<Money>()
        };
        let (passive, active) = (egress(writes, Topology::Passive), egress(2.0 * writes, Topology::Active));
        prop_assert!(alike(passive * Decimal::TWO, active), "{} {}", passive.to_cents(), active.to_cents());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Months add to the whole, and so do months side by side and hours of the migration.
    #[test]
    fn the_horizon_is_monotone(less in 0.0..1.0_f64, more in 0.0..1.0_f64, given in any::<bool>()) {
        let end = (less + more).min(1.0);
        for (path, least, most) in [
            ("horizon.months", 1.0, 40.0),
            ("horizon.parallel_months", 0.0, 6.0),
            ("horizon.migration_hours", 0.0, 500.0),
        ] {
            let at = |share: f64| {
                let mut plan = if given { full_bill() } else { derived() };
                plan.workload.growth_per_year = Ratio::percent(20.0);
                over_the_horizon(&with(plan, path, (least + share * (most - least)).round()))
            };
            for (small, large) in at(less).into_iter().zip(at(end)) {
                prop_assert!(small <= large, "{path}: {} > {}", small.to_cents(), large.to_cents());
            }
        }
    }
}

#[test]
fn without_writes_nothing_leaves_a_region() {
    let evaluation = evaluate(&sized(10.0, 0.0), &CATALOG);
    for bill in bills(&evaluation) {
        assert_eq!(bill.egress_volume, Bytes::ZERO);
        let egress = bill.lines.iter().filter(|line| line.kind == LineKind::Egress);
        assert!(egress.into_iter().all(|line| line.amount == Some(Money::ZERO)));
    }
}
