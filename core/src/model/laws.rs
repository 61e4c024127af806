//! Laws that hold for every plan.

use super::Topology;
use super::sync::SyncOutcome;
use super::testing::Answers;
use crate::catalog::SkuId;
use crate::plan::{Plan, RegionShare};
use crate::units::{Bytes, OpsPerSec, Ratio, Secs};
use proptest::prelude::*;

/// Nothing, ordinary, huge.
fn magnitude() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), (-3.0..15.0_f64).prop_map(|exponent| libm::pow(10.0, exponent)), Just(1e15)]
}

fn some_sku() -> impl Strategy<Value = Option<SkuId>> {
    const NAMES: [&str; 6] =
        ["Balanced_B10", "MemoryOptimized_M2000", "FlashOptimized_A250", "Premium_P1", "Premium_P5", "Other_X"];
    prop_oneof![Just(None), proptest::sample::select(&NAMES[..]).prop_map(|name| Some(SkuId::new(name)))]
}

fn regions() -> impl Strategy<Value = Vec<RegionShare>> {
    const NAMES: [&str; 5] = ["eastus", "northeurope", "southeastasia", "nowhere", "brazilsouth"];
    let one = (proptest::sample::select(&NAMES[..]), 0.0..=1.0_f64, 0.0..=1.0_f64);
    proptest::collection::vec(one.prop_map(|(name, users, writes)| RegionShare::new(name, users, writes)), 0..7)
}

prop_compose! {
    fn loads()(
        dataset in magnitude(), writes in magnitude(), key in magnitude(), value in magnitude(),
        ratio in magnitude(), burst in magnitude(), per_day in magnitude(), shares in proptest::array::uniform5(0.0..=1.0_f64),
        connections in any::<u32>(),
    ) -> Plan {
        let mut plan = Plan::default();
        let load = &mut plan.workload;
        (load.dataset, load.writes) = (Bytes::bytes(dataset), OpsPerSec::per_s(writes));
        (load.key_size, load.value_size) = (Bytes::bytes(key), Bytes::bytes(value));
        (load.peak.ratio, load.peak.burst, load.peak.per_day) = (ratio, Secs::secs(burst), per_day);
        let [creates, overwrites, deletes, expiries, elements] = shares.map(Ratio::fraction);
        (load.split.creates, load.split.overwrites, load.split.deletes) = (creates, overwrites, deletes);
        (load.split.expiries, load.split.element_removals, load.connections) = (expiries, elements, connections);
        plan
    }
}

prop_compose! {
    fn plans()(
        mut plan in loads(), regions in regions(), skus in [some_sku(), some_sku(), some_sku(), some_sku()],
        shards in proptest::option::of(0..20_u32), reserved in 0.0..=1.0_f64, rates in [magnitude(), magnitude()],
        skew in magnitude(), step in magnitude(), shares in proptest::array::uniform3(0.0..=1.0_f64),
    ) -> Plan {
        plan.regions = regions;
        [plan.rebuild.sku, plan.passive.sku, plan.passive.secondary_sku, plan.active.sku] = skus;
        plan.passive.shards = shards;
        plan.passive.reserved = Ratio::fraction(reserved);
        let assumed = &mut plan.assumptions;
        (assumed.hottest_shard, assumed.active_apply_rate) = (skew, crate::units::BytesPerSec::bytes_per_s(rates[0]));
        assumed.sync_rate.low = crate::units::BytesPerSec::bytes_per_s(rates[1]);
        [assumed.rehome_share, assumed.nic_share, assumed.throughput_derate] = shares.map(Ratio::fraction);
        plan.recovery.reconnect.high = Secs::secs(step);
        plan.rebuild.reload_rate = OpsPerSec::per_s(rates[1]);
        plan
    }
}

fn resync(answers: &Answers) -> Option<Secs> {
    match answers.sync.outcome {
        SyncOutcome::Converges { resync, .. } => Some(resync.mode),
        _ => None,
    }
}

/// An ordinary plan whose pair never changes its size.
fn fixed(dataset_gb: f64, writes: f64) -> Plan {
    let mut plan = Plan::default();
    plan.workload.dataset = Bytes::gb(dataset_gb);
    plan.workload.writes = OpsPerSec::per_s(writes);
    (plan.passive.sku, plan.passive.shards) = (Some(SkuId::new("Premium_P4")), Some(2));
    plan.active.sku = Some(SkuId::new("Balanced_B100"));
    plan.assumptions.replica_buffer = Bytes::tb(1.0);
    plan
}

proptest! {
    /// Every figure of every answer is a number: absent where it does not exist, never infinite.
    #[test]
    fn every_answer_is_finite(plan in plans()) {
        for topology in Topology::ALL {
            let answers = Answers::of(topology, &plan);
            let text = format!("{answers:?}");
            let not_a_number = ["NaN", "(inf)", "(-inf)", ": inf", ": -inf"].into_iter().find(|word| text.contains(word));
            prop_assert_eq!(not_a_number, None, "{:?}: {}", topology, text);
            prop_assert_eq!(answers.design.caches.is_empty(), !answers.design.possible);
        }
    }

    /// Ends of ranges stand in order.
    #[test]
    fn ranges_stand_in_order(plan in loads()) {
        let mut plan = plan;
        plan.active.sku = Some(SkuId::new("Balanced_B50"));
        let answers = Answers::of(Topology::Active, &plan);
        let filling = answers.filling();
        prop_assert!(filling.growth.low <= filling.growth.mode && filling.growth.mode <= filling.growth.high);
        for range in [&filling.to_alert, &filling.to_eviction, &filling.to_full] {
            let [low, mode, high] =
                [range.low, range.mode, range.high].map(|time| time.map_or(f64::INFINITY, Secs::as_secs));
            prop_assert!(low <= mode && mode <= high);
        }
        prop_assert!(filling.to_alert.mode <= filling.to_full.mode || filling.to_full.mode.is_none());
    }

    /// More data never copies faster.
    #[test]
    fn a_sync_grows_with_the_data(gb in 0.1..40.0_f64, more in 1.0..3.0_f64, writes in 1.0..20_000.0_f64) {
        for topology in [Topology::Passive, Topology::Active] {
            let (small, large) =
                (Answers::of(topology, &fixed(gb, writes)), Answers::of(topology, &fixed(gb * more, writes)));
            prop_assert!(resync(&small).unwrap() <= resync(&large).unwrap());
        }
    }

    /// More writes never lose less; no lag to tell stands above every lag.
    #[test]
    fn the_lag_grows_with_the_writes(writes in 1.0..1e6_f64, more in 1.0..3.0_f64) {
        for topology in [Topology::Passive, Topology::Active] {
            let p95 = |writes| {
                let rpo = Answers::of(topology, &fixed(4.0, writes)).rpo;
                [rpo.median, rpo.p95, rpo.max].map(|lag| lag.map_or(f64::INFINITY, Secs::as_secs))
            };
            let (few, many) = (p95(writes), p95(writes * more));
            for (few, many) in few.into_iter().zip(many) {
                prop_assert!(few <= many * (1.0 + 1e-12));
            }
        }
    }

    /// Faster growth and fuller members last shorter.
    #[test]
    fn the_runway_falls_with_writes_and_data(gb in 1.0..30.0_f64, writes in 100.0..50_000.0_f64, more in 1.0..2.0_f64) {
        let full = |gb, writes| Answers::of(Topology::Active, &fixed(gb, writes)).filling().to_full.mode.unwrap();
        prop_assert!(full(gb, writes * more) <= full(gb, writes));
        prop_assert!(full(gb * more, writes) <= full(gb, writes));
    }

    /// A derived size always fits, and stays the answer when it is given.
    #[test]
    fn a_derived_size_fits(gb in 0.1..500.0_f64, writes in 1.0..50_000.0_f64) {
        let mut plan = Plan::default();
        (plan.workload.dataset, plan.workload.writes) = (Bytes::gb(gb), OpsPerSec::per_s(writes));
        for topology in Topology::ALL {
            let derived = Answers::of(topology, &plan).design;
            if let Some(cache) = derived.caches.first() {
                prop_assert!(derived.misfits.is_empty());
                let mut given = plan.clone();
                let sku = Some(cache.sku.clone());
                (given.rebuild.sku, given.passive.sku, given.active.sku) = (sku.clone(), sku.clone(), sku);
                prop_assert_eq!(Answers::of(topology, &given).design.caches, derived.caches);
            }
        }
    }
}
