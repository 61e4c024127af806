//! Laws that hold for every plan, on plans made at random.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::{Catalog, SkuId};
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::model::Topology;
use dr_core::model::comparison::Verdict;
use dr_core::model::cost::{Bill, LineKind};
use dr_core::plan::{
    EgressBilling, EgressScheme, Network, Objectives, Peak, Plan, Pricing, RegionShare, ReservationTerm, WriteSplit,
    check, field,
};
use dr_core::report::bill_text;
use dr_core::report::focus::{FocusFile, Stamp};
use dr_core::units::{Bytes, Money, OpsPerSec, Ratio, Secs, UnitPrice};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rust_decimal::Decimal;
use std::sync::LazyLock;
use xtask::catalogue::csv;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled().unwrap());

const REGIONS: [&str; 12] = [
    "eastus",
    "westus2",
    "northeurope",
    "westeurope",
    "uksouth",
    "uaenorth",
    "southafricanorth",
    "southeastasia",
    "brazilsouth",
    "australiacentral",
    "mexicocentral",
    "atlantis",
];

/// Mostly ordinary, spread over the powers of ten, now and then what a broken file could hold.
fn rate(least: f64, most: f64) -> impl Strategy<Value = f64> {
    prop_oneof![60 => (least.log10()..most.log10()).prop_map(|power| 10_f64.powf(power)), 2 => Just(0.0), 1 => select(&[1e300, f64::NAN, -1.0][..])]
}

fn split() -> impl Strategy<Value = WriteSplit> {
    [0.0..1.0_f64, 0.0..1.0, 0.0..1.0, 0.0..1.0, 0.0..1.0].prop_map(|parts| {
        let whole = parts.iter().sum::<f64>().max(1e-9);
        let [creates, overwrites, deletes, expiries, element_removals] =
            parts.map(|part| Ratio::fraction(part / whole));
        WriteSplit { creates, overwrites, deletes, expiries, element_removals }
    })
}

fn regions() -> impl Strategy<Value = Vec<RegionShare>> {
    let shares = || prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64), 5);
    let named = |names: Vec<&'static str>, shares: Vec<(f64, f64)>| -> Vec<RegionShare> {
        names.into_iter().zip(shares).map(|(name, (users, writes))| RegionShare::new(name, users, writes)).collect()
    };
    let sound = subsequence(&REGIONS[..REGIONS.len() - 1], 1..=5).prop_shuffle();
    let any = prop::collection::vec(select(&REGIONS[..]), 0..7);
    prop_oneof![8 => sound.boxed(), 1 => any.boxed()]
        .prop_flat_map(move |names| (Just(names), shares()).prop_map(move |(names, shares)| named(names, shares)))
}

fn objectives() -> impl Strategy<Value = Objectives> {
    let secs = |most: f64| prop::option::of((0.0..most).prop_map(Secs::secs));
    let budget = prop::option::of((0..50_000_i64).prop_map(Money::whole));
    (secs(600.0), secs(7_200.0), secs(86_400.0), secs(0.3), budget).prop_map(
        |(rpo, rto, runway, write_latency, budget)| Objectives {
            rpo,
            rto,
            runway,
            write_latency,
            read_latency: None,
            budget,
        },
    )
}

fn pricing() -> impl Strategy<Value = Pricing> {
    let reservation = prop::option::of(select(&[ReservationTerm::OneYear, ReservationTerm::ThreeYears][..]));
    let scheme = select(&[EgressScheme::Dearer, EgressScheme::ByContinent, EgressScheme::BySourceRegion][..]);
    let billing = select(&[EgressBilling::Absorbed, EgressBilling::ListRate][..]);
    let hour = prop::option::of((0..300_i64).prop_map(|it| UnitPrice::new(Decimal::from(it))));
    (reservation, scheme, billing, hour, 0..100_u32, prop::option::of(0..60_u32)).prop_map(
        |(reservation, egress_scheme, active_egress, engineer_hour, percent, full_syncs_per_year)| Pricing {
            reservation,
            egress_scheme,
            active_egress,
            engineer_hour,
            discount: Decimal::new(i64::from(percent), 2),
            full_syncs_per_year,
            ..Pricing::default()
        },
    )
}

/// The last part: which size, how the caches are reached.
fn sizes() -> impl Strategy<Value = (Option<SkuId>, Option<SkuId>, Option<u32>, Network)> {
    let sizes: Vec<SkuId> = CATALOG.skus().iter().map(|sku| sku.id.clone()).chain([SkuId::new("Premium_P9")]).collect();
    let size = || prop::option::of(select(sizes.clone()));
    let network = select(&[Network::Public, Network::PrivateEndpoint, Network::VnetInjected][..]);
    (size(), size(), prop::option::of(0..12_u32), network)
}

fn plans() -> impl Strategy<Value = Plan> {
    let load =
        (rate(1e7, 2e12), rate(1.0, 1e6), prop::option::of(rate(1.0, 1e7)), rate(4.0, 500.0), rate(1.0, 1e5), split());
    let peak = (1.0..10.0_f64, 1.0..7_200.0_f64, 0.0..12.0_f64);
    (load, peak, regions(), objectives(), pricing(), sizes()).prop_map(
        |(load, peak, regions, objectives, pricing, sizes)| {
            let mut plan = Plan { regions, objectives, pricing, ..Plan::default() };
            let (dataset, writes, reads, key, value, split) = load;
            plan.workload.dataset = Bytes::bytes(dataset);
            plan.workload.writes = OpsPerSec::per_s(writes);
            plan.workload.reads = reads.map(OpsPerSec::per_s);
            plan.workload.key_size = Bytes::bytes(key);
            plan.workload.value_size = Bytes::bytes(value);
            plan.workload.split = split;
            plan.workload.peak = Peak { ratio: peak.0, burst: Secs::secs(peak.1), per_day: peak.2 };
            (plan.passive.sku, plan.active.sku, plan.passive.shards, plan.passive.network) = sizes;
            plan
        },
    )
}

fn bills(evaluation: &Evaluation) -> [&Bill; 3] {
    Topology::ALL.map(|topology| &evaluation.of(topology).bill)
}

/// No figure of the answer is NaN or infinite: JSON would turn it into a null that means nothing.
fn has_only_numbers(evaluation: &Evaluation) -> Result<(), TestCaseError> {
    let text = format!("{evaluation:?}");
    for odd in ["NaN", "(inf", "(-inf", ": inf,", ": -inf,", ": inf }", ": -inf }"] {
        if let Some(at) = text.find(odd) {
            let start = text[..at].char_indices().rev().nth(200).map_or(0, |(index, _)| index);
            return Err(TestCaseError::fail(format!("{odd} in …{}", &text[start..at + odd.len()])));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_has_an_answer_and_a_sound_one_has_it_in_numbers(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        prop_assert!(serde_json::to_string(&evaluation).is_ok());
        if check(&plan).is_empty() {
            has_only_numbers(&evaluation)?;
        }
    }

    #[test]
    fn a_bill_is_the_sum_of_its_lines(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        for bill in bills(&evaluation) {
            let lines = bill.lines.iter();
            prop_assert_eq!(bill.total, lines.clone().filter_map(|line| line.amount).sum::<Money>());
            prop_assert_eq!(bill.total, bill.by_word.iter().map(|(_, amount)| *amount).sum::<Money>());
            prop_assert_eq!(bill.unknown_lines as usize, lines.clone().filter(|line| line.amount.is_none()).count());
            for line in lines {
                prop_assert_eq!(line.amount, line.effective.map(|price| price * line.quantity));
                prop_assert_eq!(line.amount.is_none(), line.price.known().is_none());
                prop_assert!(line.quantity >= Decimal::ZERO);
            }
            prop_assert!(bill.lines.is_sorted_by_key(|line| line.kind), "the order in which bills are printed");
        }
    }

    /// Exactly: no cent is lost between the bill and the file.
    #[test]
    fn the_rows_of_a_focus_file_add_up_to_the_bill(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        let stamp = Stamp { date: CATALOG.as_of(), tags: &[], version: "1" };
        for (topology, bill) in evaluation.bills() {
            let file = FocusFile::of(&plan, &CATALOG, evaluation.of(topology), &stamp);
            prop_assert_eq!(file.rows.iter().map(|row| row.billed_cost).sum::<Money>(), bill.total);
            prop_assert_eq!(file.rows.iter().map(|row| row.list_cost).sum::<Money>(), bill.list_total);
            prop_assert_eq!(file.left_out, bill.unknown_lines);
            let written = csv::records(&file.csv()).unwrap();
            prop_assert_eq!(written.len(), 1 + file.rows.len());
            let billed = written[1..].iter().map(|row| row[0].parse::<Decimal>().unwrap()).sum::<Decimal>();
            prop_assert_eq!(billed.round_dp(2), bill.total.as_decimal().round_dp(2));
        }
    }

    #[test]
    fn the_choice_meets_every_target_and_nothing_cheaper_does(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        let blocked = |topology| {
            let mut findings = evaluation.findings.iter();
            findings.any(|it| it.topology == topology && it.severity == dr_core::catalog::Severity::Block)
        };
        let passes = |topology: Topology| {
            let met = |verdict: &Verdict| verdict.target.is_none() || verdict.met == Some(true);
            let answer = evaluation.of(topology);
            answer.verdicts.iter().all(met)
                && answer.design.possible
                && answer.design.misfits.is_empty()
                && answer.capacity.enough != Some(false)
                && !blocked(topology)
        };
        if let Some(choice) = evaluation.comparison.choice {
            prop_assert!(passes(choice));
            prop_assert_eq!(evaluation.comparison.nearest, None);
            let priced = |topology: Topology| {
                let mut lines = evaluation.of(topology).bill.lines.iter();
                !lines.any(|line| line.kind == LineKind::Nodes && line.amount.is_none())
            };
            let mine = evaluation.of(choice).bill.total;
            for other in Topology::ALL.into_iter().filter(|it| passes(*it) && priced(*it)) {
                prop_assert!(priced(choice) && mine <= evaluation.of(other).bill.total);
            }
        }
        prop_assert!(!evaluation.comparison.sentence.is_empty());
    }
}

/// What a person reads as one bill adds up, or the text says that lines are rounded.
fn adds_up_or_says_so(topology: Topology, bill: &Bill) -> Result<(), TestCaseError> {
    let cents: Decimal = bill.lines.iter().filter_map(|line| line.amount).map(Money::to_cents).sum();
    let says = [bill_text::plain(topology, bill), bill_text::markdown(bill)].map(|text| text.contains("rounded"));
    prop_assert!(cents == bill.total.to_cents() || says == [true, true], "{cents} against {}", bill.total.to_cents());
    prop_assert_eq!(bill_text::rounding(bill).is_some(), says[0]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printed_lines_add_up_to_the_printed_total_or_it_says_rounded(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        for (topology, bill) in evaluation.bills() {
            adds_up_or_says_so(topology, bill)?;
        }
    }
}

#[test]
fn the_presets_add_up_or_say_rounded() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../public/plans");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let Ok(plan) = dr_core::codec::from_json(&text) else { continue };
        seen += 1;
        for (topology, bill) in evaluate(&plan, &CATALOG).bills() {
            adds_up_or_says_so(topology, bill).unwrap();
        }
    }
    assert!(seen >= 6, "{seen} presets");
}

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
                prop_assert!(small.total <= large.total, "{} > {}", small.total.to_cents(), large.total.to_cents());
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
    bills(&evaluate(plan, &CATALOG)).map(|bill| bill.total)
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
            prop_assert!(alike(bill.total, none[at] - saved.sum::<Money>()));
            // Before the sum or after it: every line less its discount is the discounted list cost.
            for line in &bill.lines {
                let left = Decimal::ONE - line.kind.discount(&all.pricing);
                prop_assert!(alike(line.amount.unwrap(), line.list_cost.unwrap() * left), "{}", line.label);
            }
        }
    }

    #[test]
    fn a_discount_on_an_own_price_is_a_lower_own_price(percent in 0..100_i64, cents in 1..500_i64) {
        let own = |price: Decimal, discount: Decimal| {
            let mut plan = full_bill();
            plan.pricing.discount = discount;
            plan.pricing.overrides = plan.regions.iter().map(|share| dr_core::plan::PriceOverride {
                sku: SkuId::new("Premium_P5"),
                region: share.region.clone(),
                per_node_hour: UnitPrice::new(price),
            }).collect();
            evaluate(&plan, &CATALOG).passive.bill.total
        };
        let (price, discount) = (Decimal::new(cents, 2), Decimal::new(percent, 2));
        prop_assert!(alike(own(price, discount), own(price * (Decimal::ONE - discount), Decimal::ZERO)));
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

#[test]
fn without_writes_nothing_leaves_a_region() {
    let evaluation = evaluate(&sized(10.0, 0.0), &CATALOG);
    for bill in bills(&evaluation) {
        assert_eq!(bill.egress_volume, Bytes::ZERO);
        let egress = bill.lines.iter().filter(|line| line.kind == LineKind::Egress);
        assert!(egress.into_iter().all(|line| line.amount == Some(Money::ZERO)));
    }
}
