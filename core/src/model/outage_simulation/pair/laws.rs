//! Laws of a pair's outage, over scenarios of a seeded lattice.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small figures of a test")]

use super::super::states::Service;
use super::super::*;
use crate::evaluate::evaluate;
use crate::model::sync::SyncOutcome;
use crate::model::testing::{CATALOG, plain, sku};
use crate::plan::Failure;
use crate::stats::lattice::Lattice;
use crate::units::{Bytes, Secs};

const SCENARIOS: u32 = 4_000;

/// A scenario from a point of the unit cube: short and long outages, a second one at any moment of the first.
fn scenario(plan: &mut Plan, point: &[f64]) {
    let mut at = point.iter().copied();
    let mut next = |low: f64, high: f64| low + (high - low) * at.next().unwrap();
    let outage = &mut plan.outage;
    outage.lost = next(0.0, 2.0) as u32;
    outage.failure = if next(0.0, 1.0) < 0.9 { Failure::Loss } else { Failure::Partition };
    // From a second to a day and a half, shorter ones more often.
    outage.length = Some(Secs::secs(libm::pow(10.0, next(0.0, 5.1))));
    outage.second = (next(0.0, 1.0) < 0.8).then(|| 1 - outage.lost);
    outage.second_after = Secs::secs(libm::pow(10.0, next(0.0, 4.8)));
    outage.decision = Some(Secs::mins(next(0.0, 60.0)));
    outage.acts = next(0.0, 1.0) < 0.8;
    outage.failback = next(0.0, 1.0) < 0.7;
    outage.control_plane_lost = next(0.0, 1.0) < 0.3;
}

/// Plans whose copies end soon, late, never for the buffer, never for the rate.
fn plans() -> Vec<Plan> {
    let of = |gb: f64, writes: f64, buffer: Bytes| {
        let mut plan = plain(gb, writes);
        (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
        plan.assumptions.replica_buffer = buffer;
        plan
    };
    let large = Bytes::gb(100.0);
    vec![of(0.1, 100.0, large), of(4.0, 20_000.0, large), of(4.0, 5_000.0, Bytes::kb(1.0)), of(4.0, 5e6, large)]
}

fn count(log: &Log, kind: EventKind) -> usize {
    log.events.iter().filter(|event| event.kind == kind).count()
}

/// Once every region is back somebody serves; nothing is lost without a promotion, and with each one the lag's bytes at
/// most; nobody waits longer than the whole takes; users are served before the failback begins; where copies end there are
/// two copies at the end.
#[test]
fn a_pair_comes_back() {
    let (lattice, mut point) = (Lattice::new(11, 9), [0.0; 9]);
    for plan in plans() {
        let whole = evaluate(&plan, &CATALOG);
        for number in 0..SCENARIOS / 4 {
            lattice.point(number, &mut point);
            let mut plan = plan.clone();
            scenario(&mut plan, &point);
            let PairOutage { log, answers } = pair_outage(&plan, &whole).unwrap();
            let told = || format!("{:?}\n{:?}\n{answers:?}", plan.outage, log.events);
            let ends = matches!(whole.passive.sync.outcome, SyncOutcome::Converges { .. });
            let unserved = answers.unserved.unwrap_or_else(|| panic!("nobody serves: {}", told()));
            assert!(unserved <= log.end().as_secs() && answers.failback_gap <= unserved, "{}", told());
            assert!(answers.redundant_after.is_some() || !ends, "no two copies: {}", told());
            let promotions = count(&log, EventKind::Promoted);
            let most = whole.passive.rpo.steady_bytes * promotions as f64;
            assert!(answers.lost <= most * (1.0 + 1e-9), "{}", told());
            assert!(answers.lost_in_burst >= answers.lost, "{}", told());
            assert!(promotions == 0 || plan.outage.acts, "{}", told());
            assert!(count(&log, EventKind::FailbackDone) == 0 || plan.outage.failback, "{}", told());
            served_before_the_recovery_path(&log);
            moved_by_the_table(&log);
        }
    }
}

/// A replay of who serves.
fn served_before_the_recovery_path(log: &Log) {
    let mut serves = true;
    for event in &log.events {
        match event.kind {
            EventKind::RegionLost if event.bytes.is_some() => serves = false,
            EventKind::FailbackStarted => {
                assert!(serves, "goes back while nobody is served: {:?}", log.events);
                serves = false;
            }
            EventKind::Served | EventKind::FailbackDone => {
                assert!(!serves, "served twice: {:?}", log.events);
                serves = true;
            }
            _ => {}
        }
    }
}

/// A replay by the table of services: what moves one has a row for it.
fn moved_by_the_table(log: &Log) {
    let mut service = Service::Serving;
    for event in log.events.iter().filter(|event| event.kind != EventKind::RegionLost || event.bytes.is_some()) {
        match (service.next(event.kind), event.kind) {
            (Some(next), _) => service = next,
            (
                None,
                EventKind::FailoverStarted
                | EventKind::PairUnlinkStarted
                | EventKind::Promoted
                | EventKind::PromotionOff
                | EventKind::Served
                | EventKind::FailbackStarted
                | EventKind::FailbackDone,
            ) => panic!("{service:?} has no row for {:?}: {:?}", event.kind, log.events),
            _ => {}
        }
    }
}
