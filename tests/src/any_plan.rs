//! Plans made at random: mostly ordinary, now and then broken.

use crate::CATALOG;
use dr_core::catalog::SkuId;
use dr_core::plan::{
    Confirmation, Conflicts, Data, DataClass, DataPart, EgressBilling, EgressScheme, Evidence, EvidenceKind, FIELDS,
    Failure, Field, Network, Objectives, Peak, Plan, Pricing, RANGES, RegionShare, ReservationTerm, Today,
    TrafficSwitch, WriteSplit, field,
};
use dr_core::units::names::Named;
use dr_core::units::{Bytes, Dimension, Money, OpsPerSec, Ratio, Secs, UnitPrice};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rust_decimal::Decimal;

/// Regions of every continent; the last does not exist.
pub const REGIONS: [&str; 12] = [
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

/// Rows of the field table that a plan varies beside what is drawn above: recovery, growth, outages, assumptions, months ahead.
const VARIED: [&str; 9] = [
    "recovery.",
    "workload.growth_per_year",
    "workload.load_growth_per_year",
    "outage.",
    "outages.",
    "syncs.",
    "assumptions.",
    "horizon.",
    "traffic.",
];

/// From a tenth of the value to ten times it for a part from 0 to 1, within the field's bounds; a field without a value, and one of 0,
/// gets a value of its lower bounds.
fn moved(field: &Field, value: Option<f64>, part: f64) -> f64 {
    let near = value.filter(|it| *it != 0.0).map(|it| it * 10_f64.powf(2.0 * part - 1.0));
    let moved = near.unwrap_or_else(|| field.min + (field.max - field.min) * part.powi(6)).clamp(field.min, field.max);
    if field.dimension == Dimension::Count { moved.round() } else { moved }
}

/// Moves one row; the three ends of a range are moved together and stay in order.
fn vary(plan: &mut Plan, row: &Field, parts: [f64; 3]) {
    let Some(range) = RANGES.iter().find(|range| range.parts.contains(&row.path)) else {
        let value = moved(row, (row.get)(plan), parts[0]);
        return (row.set)(plan, Some(value));
    };
    let fields = range.parts.map(field);
    let mut ends: Vec<f64> =
        fields.iter().zip(parts).filter_map(|(end, part)| end.map(|end| moved(end, (end.get)(plan), part))).collect();
    ends.sort_by(f64::total_cmp);
    for (end, value) in fields.into_iter().flatten().zip(ends) {
        (end.set)(plan, Some(value));
    }
}

/// Up to three steps of which something is known, each once.
fn evidence() -> impl Strategy<Value = Vec<Evidence>> {
    let steps: Vec<&'static str> = RANGES.iter().filter_map(|range| range.path.strip_prefix("recovery.")).collect();
    let times = prop::collection::vec((1.0..14_400.0_f64).prop_map(Secs::secs), 1..9);
    (subsequence(steps, 0..=3), prop::collection::vec((any::<bool>(), times), 3)).prop_map(|(steps, known)| {
        let one = |(step, (measured, times)): (&str, (bool, Vec<Secs>))| Evidence {
            step: step.to_owned(),
            kind: if measured { EvidenceKind::Measured } else { EvidenceKind::Interval },
            times: if measured { times } else { Vec::new() },
        };
        steps.into_iter().zip(known).map(one).collect()
    })
}

/// What is done to a plan beside its load, regions and prices.
type Course = (Vec<(&'static str, [f64; 3])>, Vec<Evidence>, [bool; 4]);

fn course() -> impl Strategy<Value = Course> {
    let varied = |path: &&'static str| VARIED.iter().any(|begin| path.starts_with(begin));
    let rows: Vec<&'static str> = FIELDS.iter().map(|row| row.path).filter(varied).collect();
    let parts = [0.0..1.0_f64, 0.0..1.0, 0.0..1.0];
    (prop::collection::vec((select(rows), parts), 0..20), evidence(), any::<[bool; 4]>())
}

/// What the data is, in up to three parts that share it, and how often it is exported.
fn data() -> impl Strategy<Value = Data> {
    const CLASSES: [DataClass; 4] =
        [DataClass::Unknown, DataClass::Rebuildable, DataClass::HeldOnlyHere, DataClass::Expendable];
    let parts = prop::collection::vec((select(&CLASSES[..]), 0.0..1.0_f64), 0..4);
    (parts, prop::option::of(300.0..86_400.0_f64)).prop_map(|(parts, interval)| {
        let share = 1.0 / parts.len().max(1) as f64;
        let part = |(at, (class, filled)): (usize, (DataClass, f64))| {
            DataPart::new(&format!("part {at}"), share * filled, share * filled, class, Conflicts::Unknown)
        };
        let parts = parts.into_iter().enumerate().map(part).collect();
        Data { parts, export_interval: interval.map(Secs::secs), ..Data::default() }
    })
}

/// What runs today: a pair or not, or caches of any tier.
fn today() -> impl Strategy<Value = (Confirmation, Today)> {
    let ending = CATALOG.retiring_sizes().iter().map(|size| size.id.clone());
    let sizes: Vec<SkuId> = CATALOG.skus().iter().map(|sku| sku.id.clone()).chain(ending).collect();
    let exists = select(&[Confirmation::Unknown, Confirmation::Confirmed, Confirmation::NotSo][..]);
    (exists, prop::option::of(select(sizes)), 1..5_u32, 1..4_u32, prop::option::of(0..100_000_i64)).prop_map(
        |(exists, sku, caches, regions, month)| {
            (exists, Today { sku, caches, regions, month: month.map(Money::whole), ..Today::default() })
        },
    )
}

/// What redirects clients; mostly nothing is said.
fn switches() -> impl Strategy<Value = TrafficSwitch> {
    let named = TrafficSwitch::NAMES.iter().map(|(switch, ..)| *switch).collect::<Vec<_>>();
    prop_oneof![2 => Just(TrafficSwitch::Unsaid), 1 => select(named)]
}

/// Any plan.
pub fn plans() -> impl Strategy<Value = Plan> {
    (loaded(), course(), data(), today(), switches()).prop_map(
        |(mut plan, (moves, evidence, [partition, waits, lost, stays]), data, today, switch)| {
            (plan.data, plan.traffic.switch) = (data, switch);
            (plan.passive.exists, plan.today) = today;
            for (row, parts) in moves.into_iter().filter_map(|(path, parts)| Some((field(path)?, parts))) {
                vary(&mut plan, row, parts);
            }
            plan.recovery.evidence = evidence;
            plan.outage.failure = if partition { Failure::Partition } else { Failure::Loss };
            (plan.outage.acts, plan.outage.control_plane_lost, plan.outage.failback) = (!waits, lost, !stays);
            plan
        },
    )
}

/// Any load, regions, targets, prices and sizes; all else as in a new plan.
fn loaded() -> impl Strategy<Value = Plan> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use dr_core::plan::check;
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    /// Whatever these laws are held against differs in each of these parts, and is sound as a rule.
    #[test]
    #[allow(clippy::unwrap_used)]
    fn plans_differ_in_every_part_and_are_sound_as_a_rule() {
        let (mut runner, new) = (TestRunner::deterministic(), Plan::default());
        let plans: Vec<Plan> = (0..200).map(|_| plans().new_tree(&mut runner).unwrap().current()).collect();
        let differing = |differs: fn(&Plan, &Plan) -> bool| plans.iter().filter(|plan| differs(plan, &new)).count();
        for (part, count) in [
            ("recovery", differing(|a, b| a.recovery != b.recovery)),
            ("data", differing(|a, b| a.data != b.data)),
            ("today", differing(|a, b| a.today != b.today)),
            ("evidence", differing(|a, b| a.recovery.evidence != b.recovery.evidence)),
            ("growth", differing(|a, b| a.workload.growth_per_year != b.workload.growth_per_year)),
            ("outage", differing(|a, b| a.outage != b.outage)),
            ("outages", differing(|a, b| a.outages != b.outages)),
            ("assumptions", differing(|a, b| a.assumptions != b.assumptions)),
            ("horizon", differing(|a, b| a.horizon != b.horizon)),
            ("traffic", differing(|a, b| a.traffic != b.traffic)),
            ("switch", differing(|a, b| a.traffic.switch != b.traffic.switch)),
        ] {
            assert!(count >= 10, "{part}: {count} of 200");
        }
        let sound = plans.iter().filter(|plan| check(plan).is_empty()).count();
        assert!(sound >= 60, "{sound} of 200");
    }
}
