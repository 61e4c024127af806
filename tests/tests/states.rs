//! Cost by state and beside the bill, checked by hand against published prices.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::{Catalog, SkuId};
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::explore::downtime;
use dr_core::model::Topology;
use dr_core::model::cost::off_bill::off_bill;
use dr_core::model::cost::states::{Basis, State, StateCost, states};
use dr_core::model::cost::{LineKind, Per};
use dr_core::model::sync::SyncOutcome;
use dr_core::plan::{Confirmation, EgressBilling, Plan, RegionShare};
use dr_core::report::states::basis;
use dr_core::units::{Bytes, BytesPerSec, Money, Range, Ratio, Secs, UnitPrice};
use rust_decimal::Decimal;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// 10 GB and a stream of 1 MB/s, sizes given, an hour of an engineer for $90.
fn plan(regions: &[&str]) -> Plan {
    let mut plan = Plan::default();
    let share = 1.0 / regions.len() as f64;
    plan.regions = regions.iter().map(|region| RegionShare::new(region, share, share)).collect();
    plan.workload.dataset = Bytes::gb(10.0);
    plan.rebuild.sku = Some(SkuId::new("Balanced_B20"));
    plan.passive.sku = Some(SkuId::new("Premium_P3"));
    plan.active.sku = Some(SkuId::new("Balanced_B50"));
    plan.pricing.active_egress = EgressBilling::ListRate;
    plan.pricing.engineer_hour = Some(UnitPrice::new(dec("90")));
    let stream = evaluate(&plan, &Catalog::bundled().unwrap()).demand.stream;
    plan.workload.writes = plan.workload.writes * (BytesPerSec::mb_per_s(1.0) / stream);
    plan
}

fn evaluated(plan: &Plan) -> (Catalog, Evaluation) {
    let catalog = Catalog::bundled().unwrap();
    let evaluation = evaluate(plan, &catalog);
    (catalog, evaluation)
}

fn state(plan: &Plan, topology: Topology, state: State) -> StateCost {
    let (catalog, evaluation) = evaluated(plan);
    let all = states(plan, &catalog, &evaluation.demand, evaluation.of(topology));
    all.changes.into_iter().find(|change| change.state == state).unwrap()
}

fn gb(cost: &StateCost) -> Decimal {
    cost.lines
        .iter()
        .filter(|line| line.kind == LineKind::Egress)
        .map(|line| line.quantity)
        .sum::<Decimal>()
        .round_dp(4)
}

#[test]
fn a_pair_by_state() {
    let plan = plan(&["eastus", "northeurope"]);
    // S15 S14: 3.6 GB an hour × 0.05 no longer leave; 10 GB × 0.05; 4 h × 90 + 0.50.
    for (which, per, change) in
        [(State::Outage, Per::Hour, "-0.18"), (State::Resync, Per::Event, "0.50"), (State::Drill, Per::Event, "360.50")]
    {
        let cost = state(&plan, Topology::Passive, which);
        assert_eq!(
            (cost.per, cost.change.at_least().to_cents(), cost.unknown_lines),
            (per, dec(change), 0),
            "{which:?}"
        );
    }
    // A tenant that had a cache before 2026-04-01 gets a new one, after 2026-10-01 too (N2).
    let mut plan = plan;
    (plan.passive.exists, plan.horizon.start) = (Confirmation::Confirmed, "2026-12-01".parse().unwrap());
    plan.passive.tenant_had_cache = Confirmation::Confirmed;
    let cost = state(&plan, Topology::Passive, State::MemberRebuild);
    assert_eq!(cost.basis, Basis::OldCacheBilled { creation_assumed: false });
    let (_, evaluation) = evaluated(&plan);
    let SyncOutcome::Converges { new_link, .. } = evaluation.passive.sync.outcome else { panic!("it converges") };
    // Two nodes while the new cache is created (22 min, T3), linked and filled.
    let hours = 2.0 * (1_320.0 + new_link.mode.as_secs()) / 3_600.0;
    assert_eq!(cost.lines[0].quantity.round_dp(3).to_string(), format!("{hours:.3}"));
    assert_eq!(cost.change.at_least(), cost.lines.iter().filter_map(|line| line.amount).sum::<Money>());
}

/// C2: what the plan does not say about the tenant is not taken as refused; it is said.
#[test]
fn a_pair_is_rebuilt_as_a_pair_unless_that_is_refused() {
    let mut plan = plan(&["eastus", "northeurope"]);
    let unknown = state(&plan, Topology::Passive, State::MemberRebuild);
    plan.passive.tenant_had_cache = Confirmation::Confirmed;
    let allowed = state(&plan, Topology::Passive, State::MemberRebuild);
    assert_eq!(unknown.lines, allowed.lines);
    assert!(allowed.lines.iter().any(|line| line.kind == LineKind::DrillCaches), "a new Premium cache is priced");
    let assumed = |creation_assumed| Basis::OldCacheBilled { creation_assumed };
    assert_eq!([unknown.basis, allowed.basis], [true, false].map(assumed));
    plan.horizon.start = "2028-10-01".parse().unwrap();
    let said = basis(&state(&plan, Topology::Passive, State::MemberRebuild).basis);
    assert!(said.starts_with("Refused: Premium retires on 2028-09-30"), "{said}");
}

/// C1, C2: creation of Premium caches is refused to a tenant without history; what follows the loss of one is the move to a
/// group.
#[test]
fn a_pair_that_gets_no_new_cache_moves_to_a_group() {
    let mut plan = plan(&["eastus", "northeurope"]);
    plan.passive.tenant_had_cache = Confirmation::NotSo;
    for exists in [true, false] {
        plan.passive.exists = if exists { Confirmation::Confirmed } else { Confirmation::NotSo };
        let cost = state(&plan, Topology::Passive, State::MemberRebuild);
        let said = basis(&cost.basis);
        assert!(said.starts_with("Refused: a tenant without") && said.contains("2026-04-01"), "{said}");
        assert!(said.contains("an active group of B50"), "{said}");
        // 160 h × $90, and the first copies at 10 GB × κ 1.5 × $0.05 (S14, S15).
        assert_eq!(cost.change.at_least().to_cents(), dec("14400.75"));
        assert!(cost.lines.iter().all(|line| line.kind != LineKind::DrillCaches), "no new Premium cache is priced");
    }
    plan.regions.truncate(2);
    plan.regions[1] = RegionShare::new("eastus", 0.5, 0.5);
    let cost = state(&plan, Topology::Passive, State::MemberRebuild);
    let said = basis(&cost.basis);
    assert!(cost.unknown_lines == 1 && said.ends_with("No group can follow."), "{said}");
}

#[test]
fn the_survivors_of_a_group_send_what_is_left() {
    let mut plan = plan(&["eastus", "northeurope", "uksouth"]);
    // Steady (3 − 1) × 3.6 GB an hour; with one member gone (2 − 1) × 3.6 GB, all writes re-homed.
    assert_eq!(gb(&state(&plan, Topology::Active, State::Outage)), dec("-3.6"));
    plan.assumptions.rehome_share = Ratio::ZERO;
    assert_eq!(gb(&state(&plan, Topology::Active, State::Outage)), dec("-4.8"));
    plan.regions.truncate(2);
    assert_eq!(gb(&state(&plan, Topology::Active, State::Outage)), dec("-3.6"), "nobody is left to send to");
}

#[test]
fn a_rebuild_runs_a_second_cache_and_reads_every_key() {
    let mut plan = plan(&["eastus", "northeurope"]);
    let cost = state(&plan, Topology::Rebuild, State::Outage);
    let [line] = &cost.lines[..] else { panic!("one extra cache") };
    assert_eq!((line.quantity, line.region.as_ref().unwrap().as_str()), (dec("2"), "northeurope"));
    let reload = state(&plan, Topology::Rebuild, State::Resync);
    assert_eq!((reload.change.complete(), reload.unknown_lines), (None, 1), "nobody said what reads cost");
    plan.outages.million_reads = Some(UnitPrice::new(dec("2")));
    let (_, evaluation) = evaluated(&plan);
    let reload = state(&plan, Topology::Rebuild, State::Resync).change.at_least().as_f64_for_charts();
    assert!((reload - evaluation.demand.keys / 1e6 * 2.0).abs() < 1e-4, "{reload}");
}

#[test]
fn what_stands_beside_is_never_in_the_bill() {
    let mut plan = plan(&["eastus", "northeurope"]);
    // Typed: else the full syncs that follow the outages are counted, and they do belong to the bill.
    plan.pricing.full_syncs_per_year = Some(12);
    let (catalog, before) = evaluated(&plan);
    let unknown =
        off_bill(&plan, &catalog, &before.demand, &before.passive, downtime(&plan, &before.passive)).downtime.unwrap();
    assert_eq!(unknown.cost, None);
    plan.outages.per_year = Range::new(0.5, 1.0, 2.0);
    plan.outages.duration = Range::exactly(Secs::hours(0.5));
    plan.outages.downtime_hour = Some(UnitPrice::new(dec("1000")));
    plan.outages.million_reads = Some(UnitPrice::new(dec("2")));
    plan.recovery.detect = Range::exactly(Secs::hours(2.0));
    let (catalog, after) = evaluated(&plan);
    for topology in Topology::ALL {
        assert_eq!(before.of(topology).bill, after.of(topology).bill);
    }
    // The region is back after half an hour, before anybody has failed over: 7/6 outages × 0.5 h × 1,000; of the triangle
    // 0.5 – 1 – 2 the quantiles by hand: 0.5 + √(0.05 × 0.75) and 2 − √(0.05 × 1.5).
    let lost = |topology| downtime(&plan, after.of(topology));
    let cost = off_bill(&plan, &catalog, &after.demand, &after.passive, lost(Topology::Passive)).downtime.unwrap().cost;
    let cost = cost.unwrap().map(Money::as_f64_for_charts);
    let expected = [(0.5 + 0.0375_f64.sqrt()) * 500.0, 3_500.0 / 6.0, (2.0 - 0.075_f64.sqrt()) * 500.0];
    for (found, (by_hand, within)) in
        [cost.low, cost.mode, cost.high].into_iter().zip(expected.into_iter().zip([2.0, 1e-3, 2.0]))
    {
        assert!((found - by_hand).abs() < within, "{found} {by_hand}");
    }
    let cold = |topology| {
        let beside = off_bill(&plan, &catalog, &after.demand, after.of(topology), lost(topology));
        beside.cold_reads.unwrap().cost.unwrap().mode
    };
    assert!((cold(Topology::Rebuild).as_f64_for_charts() - after.demand.keys / 1e6 * 2.0 * 7.0 / 6.0).abs() < 1e-4);
    assert_eq!((cold(Topology::Passive), cold(Topology::Active)), (Money::ZERO, Money::ZERO));
}
