//! Plans made at random: mostly ordinary, now and then broken.

use crate::CATALOG;
use dr_core::catalog::SkuId;
use dr_core::plan::{
    EgressBilling, EgressScheme, Network, Objectives, Peak, Plan, Pricing, RegionShare, ReservationTerm, WriteSplit,
};
use dr_core::units::{Bytes, Money, OpsPerSec, Ratio, Secs, UnitPrice};
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

/// Any plan.
pub fn plans() -> impl Strategy<Value = Plan> {
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
