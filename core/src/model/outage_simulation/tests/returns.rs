//! Members that come back to a group: what they wait for, what they bring, and what goes with the last of them.

use super::*;

/// Gaming, the preset, with the durations that these cases are worked with.
fn gaming() -> Plan {
    let text = include_str!("../../../../../public/plans/gaming-leaderboard.json");
    let mut plan = crate::codec::from_json(text).unwrap();
    worked_steps(&mut plan);
    plan
}

/// Gaming with two regions that write alike.
fn gaming_of_two() -> Plan {
    let mut plan = gaming();
    plan.regions = even_regions(&["westus2", "northeurope"]);
    plan
}

/// B50, creates only: with a four-hour partition that heals, live data is at every later moment what it is without one.
#[test]
fn a_partition_that_heals_leaves_all_data() {
    let mut plan = gaming_of_two();
    plan.active.sku = sku("Balanced_B50");
    plan.workload.writes = OpsPerSec::per_s(2_000.0);
    let split = &mut plan.workload.split;
    (split.creates, split.overwrites, split.deletes) = (Ratio::ONE, Ratio::ZERO, Ratio::ZERO);
    (split.expiries, split.element_removals) = (Ratio::ZERO, Ratio::ZERO);
    plan.outage.acts = false;
    (plan.outage.failure, plan.outage.length) = (Failure::Partition, Some(Secs::secs(1e-6)));
    let live = |plan: &Plan| {
        let log = group(plan).log;
        assert!(log.end() < Timestamp::START.after(Secs::hours(4.1)), "{:?}", log.events);
        let later = log.at(Timestamp::START.after(Secs::hours(10.0))).unwrap();
        later.members.iter().map(|member| member.sum(|class| class.live).now.as_gb()).collect::<Vec<f64>>()
    };
    let whole = live(&plan);
    plan.outage.length = Some(Secs::hours(4.0));
    for (healed, whole) in live(&plan).iter().zip(&whole) {
        // Nobody writes to the member that copies, for the 17 s that it takes: half of the writes until clients are elsewhere.
        let missing = 1_000.0 * 20.0 * 220.0 / 1e9;
        assert!((0.0..missing).contains(&(whole - healed)), "{healed} {whole}");
    }
}

/// 60,000 writes/s fill both shards within 70 min: from then on nothing is missed, and the copy waits for the force-unlink,
/// with whoever acts deciding anew once the copy waits.
#[test]
fn a_full_source_holds_the_copy_back() {
    let mut plan = gaming();
    plan.workload.writes = OpsPerSec::per_s(60_000.0);
    plan.active.eviction = crate::plan::EvictionPolicy::NoEviction;
    plan.outage.acts = false;
    for length in [Secs::hours(4.0), Secs::days(30.0)] {
        plan.outage.length = Some(length);
        let GroupOutage { log, answers } = group(&plan);
        assert_eq!(log.first(EventKind::CopyWaits, Some(0)), Some(Timestamp::START.after(length)));
        assert_eq!((log.first(EventKind::InSync, None), answers.redundant_after), (None, None));
        assert_eq!(answers.two_after, Some(Secs::ZERO), "the two survivors are in sync throughout");
        let full = log.first(EventKind::Full, Some(1)).unwrap();
        let missed = |at: Timestamp| log.at(at).unwrap().members[0].classes[0].missed.now;
        assert_eq!(missed(full), missed(log.end()), "nothing is taken that could be missed");
    }
    (plan.outage.acts, plan.outage.length) = (true, Some(Secs::hours(4.0)));
    plan.outage.decision = Some(Secs::hours(5.0));
    let GroupOutage { log, answers } = group(&plan);
    insta::assert_snapshot!(kinds(&log), @"RegionLost ClientsMoved MemoryAlert MemoryAlert MemoryAlert MemoryAlert Full Full HealthAlert Full Full RegionBack CopyWaits Decision UnlinkStarted Unlinked DeleteStarted WritesTaken WritesTaken WritesTaken WritesTaken Drained Drained Drained Drained CreateStarted NewLink MemoryAlert MemoryAlert InSync Redundant Drained Drained Drained Drained Drained Drained");
    assert!(answers.redundant_after.is_some());
}

/// The second and last member goes 2 h after the first: with it goes what it alone held, two hours of changes. The first
/// carries on without them until it is back and brings them.
#[test]
fn the_last_survivor_takes_its_hours_along() {
    let mut plan = gaming_of_two();
    plan.workload.writes = OpsPerSec::per_s(1_000.0);
    (plan.outage.second, plan.outage.second_after) = (Some(1), Secs::hours(2.0));
    plan.outage.acts = false;
    let stream = evaluate(&plan, &CATALOG).demand.stream;
    let GroupOutage { log, answers } = group(&plan);
    let bytes = |kind, member| {
        let mut found = log.events.iter().filter(|event| event.kind == kind && event.member == Some(member));
        found.next().unwrap().bytes.unwrap()
    };
    // Half of the writes for two hours, and the other half from the moment that its clients arrive.
    let alone = stream * (Secs::hours(2.0) - rehome_delay(&plan) * 0.5);
    assert!((bytes(EventKind::RegionLost, 1) / alone - 1.0).abs() < 1e-6);
    assert!((bytes(EventKind::CarriesOn, 0) / alone - 1.0).abs() < 1e-6);
    assert_eq!(answers.unserved, Some(Secs::hours(2.0)));
    let synced = log.first(EventKind::InSync, Some(1)).unwrap();
    assert_eq!(answers.redundant_after, Some(synced.as_secs()));
    let before = log.at(Timestamp::START.after(Secs::hours(6.0) - Secs::secs(1.0))).unwrap();
    let after = log.at(synced).unwrap();
    let used = |state: &Snapshot| state.members[0].sum(|class| class.used).now;
    // Two hours of both, each with the clients of the other after a while.
    let one = used(&before) - used(log.snapshots.first().unwrap());
    assert!(((used(&after) - used(&before)) / one - 1.0).abs() < 0.02, "{:?} {one:?}", used(&after) - used(&before));
}

/// A survivor counts until it is lost itself; where the first moment takes all, there is none.
#[test]
fn survivors_count_until_their_own_loss() {
    let mut plan = gaming_of_two();
    (plan.outage.second, plan.outage.acts) = (Some(1), false);
    plan.outage.second_after = Secs::hours(20.0);
    plan.outage.length = Some(Secs::hours(30.0));
    let answers = group(&plan).answers;
    assert_eq!((answers.survivors.len(), answers.survivors[0].member), (1, 1));
    assert!(answers.deadline.act_by.is_some() && answers.survivors[0].to_full < Some(Secs::hours(5.0)));
    plan.outage.second_after = Secs::ZERO;
    for failure in [Failure::Loss, Failure::Partition] {
        (plan.outage.failure, plan.outage.acts) = (failure, true);
        plan.outage.length = Some(Secs::hours(2.0));
        let answers = group(&plan).answers;
        assert_eq!((answers.survivors.len(), answers.deadline.act_by, answers.spare), (0, None, None), "{failure:?}");
        let unserved = if failure == Failure::Loss { Secs::hours(2.0) } else { Secs::ZERO };
        assert_eq!(answers.unserved, Some(unserved));
    }
}

/// What the first of two outages has kept is freed before the second: the smallest size is the one whose own log never fills.
#[test]
fn two_outages_fill_no_more_than_one() {
    for members in [3, 5] {
        let mut plan = gaming();
        if members == 5 {
            plan.regions = even_regions(&["westus2", "northeurope", "southeastasia", "brazilsouth", "uksouth"]);
        }
        (plan.outage.acts, plan.outage.second) = (false, Some(1));
        (plan.outage.second_after, plan.outage.length) = (Secs::hours(10.0), Some(Secs::hours(3.9)));
        let full = |size: &str| {
            let mut plan = plan.clone();
            plan.active.sku = sku(size);
            group(&plan).log.first(EventKind::Full, None).is_some()
        };
        let answers = group(&plan).answers;
        assert_eq!(answers.smallest, sku("Balanced_B20"), "{members}");
        assert!(!full("Balanced_B20") && full("Balanced_B10"), "{members}");
        // The largest fill that takes it: full with more, not with less.
        let filled = |dataset: Bytes| {
            let mut plan = plan.clone();
            plan.workload.dataset = dataset;
            group(&plan)
        };
        let fill = |gb: f64| filled(Bytes::gb(gb)).answers.fill.as_fraction();
        let largest = answers.largest_fill.unwrap().as_fraction();
        for (factor, fills) in [(0.999, false), (1.001, true)] {
            let gb = 7.0 + (largest * factor - fill(7.0)) / (fill(8.0) - fill(7.0));
            let outage = filled(Bytes::gb(gb));
            assert_eq!(outage.log.first(EventKind::Full, None).is_some(), fills, "{members} {factor} {gb}");
        }
    }
}

/// A force-unlink that runs when its member is back and in sync ends all the same: the member is deleted and recreated.
#[test]
fn a_force_unlink_that_runs_is_finished() {
    let mut plan = gaming();
    (plan.outage.decision, plan.outage.length) = (Some(Secs::secs(5.0)), Some(Secs::secs(10.0)));
    let log = group(&plan).log;
    insta::assert_snapshot!(kinds(&log), @"RegionLost Decision UnlinkStarted RegionBack PartialResync InSync Redundant Drained Drained Drained Drained Drained Drained Unlinked DeleteStarted ClientsMoved CreateStarted NewLink InSync Redundant Drained Drained Drained Drained Drained Drained");
    // Nobody is left to run it from: the last other member is lost within those seconds.
    let mut plan = gaming_of_two();
    (plan.outage.decision, plan.outage.length) = (Some(Secs::secs(5.0)), Some(Secs::hours(1.0)));
    (plan.outage.second, plan.outage.second_after) = (Some(1), Secs::secs(10.0));
    let log = group(&plan).log;
    assert_eq!(log.first(EventKind::Unlinked, None), None);
    assert!(log.first(EventKind::UnlinkFailed, Some(0)).is_some());
}
