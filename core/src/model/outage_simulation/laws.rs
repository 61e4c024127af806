//! Laws of the simulation, over ten thousand plans of a seeded lattice.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small figures of a test")]

mod balance;

use super::answers::forever;
use super::*;
use crate::catalog::SkuId;
use crate::evaluate::evaluate;
use crate::model::demand::demand;
use crate::model::runway::{Runway, runway};
use crate::model::testing::{CATALOG, sku};
use crate::model::{Case, Topology};
use crate::plan::{EvictionPolicy, Failure, RegionShare};
use crate::stats::lattice::Lattice;
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Ratio, Secs};
use std::collections::BTreeSet;

/// Of the closed form and of the books.
const PLANS: u32 = 10_000;
/// Of the other laws.
const FEWER: u32 = 2_000;
const INPUTS: usize = 25;

/// A plan from a point of the unit cube.
fn plan_of(point: &[f64]) -> Plan {
    let mut at = point.iter().copied();
    let mut next = |low: f64, high: f64| low + (high - low) * at.next().unwrap();
    let mut plan = Plan::default();
    let members = next(2.0, 6.0).floor() as usize;
    let names = ["eastus", "northeurope", "southeastasia", "brazilsouth", "uksouth"];
    let weights: Vec<f64> = (0..5).map(|_| next(0.01, 1.0)).collect();
    let total: f64 = weights[..members].iter().sum();
    plan.regions = (0..members).map(|i| RegionShare::new(names[i], weights[i] / total, weights[i] / total)).collect();
    let sizes = ["Balanced_B10", "Balanced_B50", "MemoryOptimized_M10", "ComputeOptimized_X20"];
    plan.active.sku = sku(sizes[next(0.0, 4.0) as usize]);
    plan.workload.dataset = Bytes::gb(next(0.5, 12.0));
    plan.workload.writes = OpsPerSec::per_s(next(10.0, 50_000.0));
    let kinds: Vec<f64> = (0..5).map(|_| next(0.0, 1.0)).collect();
    let all: f64 = kinds.iter().sum::<f64>() + 1e-9;
    let split = &mut plan.workload.split;
    split.creates = Ratio::fraction(kinds[0] / all);
    split.deletes = Ratio::fraction(kinds[1] / all);
    (split.expiries, split.element_removals) = (Ratio::fraction(kinds[4] / all), Ratio::fraction(kinds[2] / all));
    split.overwrites = Ratio::fraction(kinds[3] / all);
    plan.assumptions.hottest_shard = next(1.0, 2.0);
    plan.assumptions.crdt_factor = Range::exactly(next(1.0, 2.0));
    plan.assumptions.rehome_share = Ratio::fraction(next(0.0, 1.0));
    let policies = [EvictionPolicy::NoEviction, EvictionPolicy::VolatileLru, EvictionPolicy::AllKeysLru];
    plan.active.eviction = policies[next(0.0, 3.0) as usize];
    plan.outage.drain_rate = Range::exactly(BytesPerSec::mb_per_s(libm::exp2(next(-3.0, 7.0))));
    plan.outage.evicted_per_byte = Range::exactly(next(1.0, 4.0));
    plan.outage.length = Some(Secs::hours(next(0.01, 30.0)));
    plan.outage.decision = Some(Secs::mins(next(0.0, 200.0)));
    plan.outage.acts = next(0.0, 1.0) < 0.7;
    plan.outage.lost = next(0.0, 5.0) as u32;
    plan
}

/// Scenarios beyond the closed form's: partitions, second outages, waits.
fn varied(plan: &mut Plan, number: u32) {
    let whole = f64::from(number % 97);
    plan.outage.failure = if number.is_multiple_of(3) { Failure::Partition } else { Failure::Loss };
    plan.outage.second = (number % 4 > 1).then_some(number % 5);
    plan.outage.second_after = Secs::mins(whole * 7.0 * f64::from(number % 2));
    plan.outage.capacity_wait = Secs::hours(f64::from(number % 7));
}

/// One evaluation a size, of which each plan replaces what a scene and the closed form read: ten thousand whole evaluations
/// would take minutes.
struct Cases(Vec<(Option<SkuId>, Answers)>);

impl Cases {
    fn of(&mut self, plan: &Plan) -> &Answers {
        let place = self.0.iter().position(|(sku, _)| *sku == plan.active.sku).unwrap_or_else(|| {
            self.0.push((plan.active.sku.clone(), evaluate(plan, &CATALOG).answers));
            self.0.len() - 1
        });
        let answers = &mut self.0[place].1;
        answers.demand = demand(plan);
        let active = &mut answers.active;
        active.runway = runway(&Case::new(Topology::Active, plan, &CATALOG, &answers.demand, &active.design));
        answers
    }

    fn scene(&mut self, plan: &Plan) -> Scene {
        Scene::of(plan, self.of(plan)).unwrap()
    }
}

fn each(plans: u32, mut law: impl FnMut(Plan, u32, &mut Cases)) {
    let (lattice, mut cases) = (Lattice::new(7, INPUTS), Cases(Vec::new()));
    let mut point = [0.0; INPUTS];
    for number in 0..plans {
        lattice.point(number, &mut point);
        law(plan_of(&point), number, &mut cases);
    }
}

/// Where the region whose loss leaves the most is lost, its clients move at once, and the fullest shard holds no more than
/// everything, each threshold is reached when the closed form says, to two microseconds and rounding.
#[test]
fn the_simulation_agrees_with_the_closed_form() {
    each(PLANS, |mut plan, _, cases| {
        plan.outage.rehome_delay = Some(Secs::ZERO);
        let least = (0..plan.regions.len()).reduce(|a, b| {
            if plan.regions[b].writes.as_fraction() < plan.regions[a].writes.as_fraction() { b } else { a }
        });
        plan.outage.lost = least.unwrap() as u32;
        let answers = cases.of(&plan);
        let Runway::Fills(filling) = &answers.active.runway else { panic!("no group") };
        let scene = Scene::of(&plan, answers).unwrap();
        let log = Simulation::new(&forever(&scene)).run();
        let survivors = (0..plan.regions.len()).filter(|member| *member != least.unwrap());
        let evicts = scene.evictable > 0.0;
        for member in survivors {
            for (kind, time) in [
                (EventKind::MemoryAlert, filling.to_alert.mode),
                (EventKind::EvictionBegins, filling.to_eviction.mode.filter(|_| evicts)),
                (EventKind::Full, filling.to_full.mode),
            ] {
                let closed = time.filter(|time| *time < Secs::days(399.0)).map(Secs::as_secs);
                let fullest = log.events.iter().find(|event| {
                    event.kind == kind && event.member == Some(member) && event.shards == Some(ShardClass::Fullest)
                });
                let simulated = fullest.map(|event| event.at.as_secs().as_secs());
                let near = match (closed, simulated) {
                    (Some(closed), Some(simulated)) => (closed - simulated).abs() <= 2e-6 + closed * 1e-9,
                    (closed, simulated) => closed.is_none() && simulated.is_none_or(|at| at > 398.0 * 86_400.0),
                };
                assert!(near, "{kind:?} of {member}: {closed:?} against {simulated:?}\n{plan:?}");
            }
        }
    });
}

/// The printed deadline is the closed form's (M-07), so no scenario may fill a survivor before it: not another region's loss,
/// a partition, a second loss, or clients that arrive late. Where the region whose loss leaves the most is the one that is
/// lost, late clients are the only difference: at most `delay·s·h ÷ alive`.
#[test]
fn no_scenario_fills_before_the_closed_form() {
    let mut compared = 0;
    each(PLANS / 5, |mut plan, number, cases| {
        if number.is_multiple_of(2) {
            varied(&mut plan, number);
        }
        let delay = Secs::mins(f64::from(number % 11));
        plan.outage.rehome_delay = Some(delay);
        let answers = cases.of(&plan);
        let Runway::Fills(filling) = &answers.active.runway else { panic!("no group") };
        let scene = Scene::of(&plan, answers).unwrap();
        let Some(closed) = filling.to_full.mode.map(Secs::as_secs) else { return };
        let log = Simulation::new(&forever(&scene)).run();
        let full = (0..plan.regions.len())
            .filter(|member| scene.survives(*member))
            .filter_map(|member| log.first(EventKind::Full, Some(member)))
            .map(|at| at.as_secs().as_secs());
        let Some(first) = full.reduce(f64::min) else { return };
        let near = 2e-6 + closed * 1e-9;
        assert!(first >= closed - near, "{first} before {closed}\n{plan:?}");
        let writes = |at: usize| plan.regions[at].writes.as_fraction();
        let lost = plan.outage.lost as usize;
        let own = (0..plan.regions.len()).all(|at| lost < plan.regions.len() && writes(at) >= writes(lost));
        if own && plan.outage.second.is_none() && plan.outage.failure == Failure::Loss {
            let back = plan.assumptions.rehome_share.as_fraction();
            let alive = 1.0 - writes(lost) * (1.0 - back);
            let most = delay.as_secs() * writes(lost) * back / alive;
            assert!(first - closed <= most + near, "{first} against {closed}, {most} at most\n{plan:?}");
            compared += 1;
        }
    });
    assert!(compared > 100, "{compared}");
}

/// No event moves memory but the end of a copy, and that only upwards on a member that kept its own; between events memory
/// falls only where nothing is held back for a member that is behind.
#[test]
fn no_event_takes_memory_away() {
    let mut kinds = BTreeSet::new();
    each(PLANS, |mut plan, number, cases| {
        varied(&mut plan, number);
        let scene = cases.scene(&plan);
        let log = Simulation::new(&scene).run();
        let mut anew = vec![false; plan.regions.len()];
        for pair in log.snapshots.windows(2) {
            let [before, after] = pair else { unreachable!() };
            let time = after.at.since(before.at);
            let now: Vec<&Event> = log.events.iter().filter(|event| event.at == after.at).collect();
            let copied = |kind: EventKind| matches!(kind, EventKind::InSync | EventKind::CopyWaits);
            let merged = now.iter().any(|event| copied(event.kind));
            kinds.extend(now.iter().map(|event| format!("{:?}", event.kind)));
            for event in now.iter().filter(|event| event.kind == EventKind::NewLink) {
                anew[event.member.unwrap()] = true;
            }
            let behind = before.members.iter().any(|it| it.phase.linked() && it.phase != Phase::Up);
            for (member, (old, new)) in before.members.iter().zip(&after.members).enumerate() {
                for (old, new) in old.classes.iter().zip(&new.classes) {
                    let reached = old.after(time);
                    let jump = (new.used.now - reached.used.now).as_bytes();
                    let tolerance = 4_096.0 + 1e-9 * old.used.now.as_bytes();
                    let lively = (new.live.now - reached.live.now).as_bytes().abs();
                    assert!(merged || jump.abs().max(lively) < tolerance, "{jump} at {now:?}\n{plan:?}");
                    assert!(jump > -tolerance || anew[member], "{jump} at {now:?}\n{plan:?}");
                    assert!(!(behind && old.used.rate < BytesPerSec::ZERO), "falls beside a member that is behind");
                    assert!(new.live.now >= Bytes::bytes(-64.0) && new.evicted.now >= old.evicted.now, "{plan:?}");
                }
            }
            for event in now.iter().filter(|event| event.kind == EventKind::InSync) {
                anew[event.member.unwrap()] = false;
            }
        }
        let limit = |place: usize| log.limits[place].usable * (1.0 + 1e-9) + Bytes::kb(1.0);
        let start = Simulation::new(&scene).start_of();
        for member in log.snapshots.iter().flat_map(|snapshot| &snapshot.members) {
            for (place, start) in start.iter().enumerate() {
                assert!(member.classes[place].used.now <= limit(place).max(*start), "above its limit\n{plan:?}");
            }
        }
    });
    // Every kind of a group has its turn, but the wait for a command that nobody is left to run.
    for kind in
        ["CopyWaits", "CarriesOn", "NothingToEvict", "Drained", "NoCapacity", "SyncInterrupted", "PartialResync"]
    {
        assert!(kinds.contains(kind), "{kind} in {kinds:?}");
    }
}

/// Further losses of any member at any moment of the others, which no plan has.
fn lost_again(scene: &Scene, number: u32) -> Scene {
    let mut scene = scene.clone();
    for extra in 1..4 {
        scene.losses.push(Loss {
            member: (number + extra * 7) as usize % scene.shares.len(),
            at: Timestamp::START.after(Secs::mins(f64::from((number * 31 * extra) % 900))),
            length: Some(Secs::mins(f64::from((number * 17 + extra * 13) % 400))),
            cut: (number + extra).is_multiple_of(3),
        });
    }
    scene.until = super::scene::until(&scene.losses);
    scene
}

/// The events of a log, replayed by the table of phases, give the phases of its snapshots; each row of a group has its turn.
/// One move has no event: a member that is created when nobody is in sync.
#[test]
fn the_log_is_what_moves_the_phases() {
    use super::states::{Link, Phase as P};
    let kinds =
        [EventKind::CopyWaits, EventKind::CarriesOn, EventKind::RegionBack, EventKind::InSync, EventKind::Unlinked];
    let mut seen = BTreeSet::new();
    each(FEWER, |mut plan, number, cases| {
        varied(&mut plan, number);
        let scene = cases.scene(&plan);
        let scene = if number.is_multiple_of(2) { lost_again(&scene, number) } else { scene };
        let log = Simulation::new(&scene).run();
        let mut states = vec![(P::Up, Link::Kept); plan.regions.len()];
        let mut events = log.events.iter().peekable();
        for (place, snapshot) in log.snapshots.iter().enumerate() {
            let more = log.snapshots.get(place + 1).is_some_and(|next| next.at == snapshot.at);
            while let Some(event) = events.next_if(|event| event.at <= snapshot.at) {
                let Some((phase, link)) = event.member.map(|member| &mut states[member]) else { continue };
                if let Some(next) = phase.next(*link, event.kind) {
                    seen.insert((format!("{phase:?}"), format!("{:?}", event.kind)));
                    *phase = next;
                } else {
                    assert!(!kinds.contains(&event.kind), "{phase:?} has no row for {event:?}\n{plan:?}");
                }
                *link = link.next(event.kind).unwrap_or(*link);
            }
            // Two snapshots of one moment share its events: the last one has them all.
            for ((phase, link), member) in states.iter_mut().zip(&snapshot.members).filter(|_| !more) {
                let created = *phase == P::Rebuilding && member.phase == P::Waiting;
                if created && !snapshot.members.iter().any(|it| it.phase == P::Up) {
                    *phase = P::Waiting;
                }
                assert_eq!(*phase, member.phase, "{:?}\n{:?}\n{plan:?}", snapshot.at, log.events);
                let legal = match phase {
                    P::Up | P::Away | P::Cut => *link == Link::Kept,
                    P::Unlinked | P::Rebuilding => *link == Link::New,
                    P::Syncing | P::Waiting | P::Held => *link != Link::Whole,
                };
                assert!(legal, "{phase:?} {link:?}");
            }
        }
    });
    // Those of a pair, the move without an event, and two that take a moment: copies and commands are short.
    let other = [
        "Waiting Served",
        "Away PairUnlinkStarted",
        "Rebuilding SyncInterrupted",
        "Syncing Partitioned",
        "Up Unlinked",
    ];
    for (phase, kind, _) in super::states::tests::table("Phase") {
        let row = (phase.trim_end_matches(" (New)").to_owned(), kind);
        assert!(
            seen.contains(&row) || other.contains(&format!("{} {}", row.0, row.1).as_str()),
            "{row:?} never happens"
        );
    }
}

/// The same events, each member and class at the same time but for rounding.
fn assert_alike(mine: &Log, theirs: &Log, new: impl Fn(usize) -> usize, plan: &Plan) {
    let key =
        |event: &Event, member: Option<usize>| (format!("{:?} {member:?} {:?}", event.kind, event.shards), event.at);
    let mut mine: Vec<_> = mine.events.iter().map(|event| key(event, event.member.map(&new))).collect();
    let mut theirs: Vec<_> = theirs.events.iter().map(|event| key(event, event.member)).collect();
    mine.sort();
    theirs.sort();
    let alike = |(mine, theirs): (&(String, Timestamp), &(String, Timestamp))| {
        let apart = mine.1.since(theirs.1).max(theirs.1.since(mine.1));
        mine.0 == theirs.0 && apart <= Secs::secs(1e-5)
    };
    assert!(mine.len() == theirs.len() && mine.iter().zip(&theirs).all(alike), "{mine:?}\n{theirs:?}\n{plan:?}");
}

/// Two runs give the same log; a run in steps that end between events too, but for the rounding of what is cut in two.
#[test]
fn runs_and_chunks_are_alike() {
    each(FEWER, |mut plan, number, cases| {
        if !number.is_multiple_of(10) {
            return;
        }
        varied(&mut plan, number);
        let scene = cases.scene(&plan);
        let whole = Simulation::new(&scene).run();
        assert_eq!(whole, Simulation::new(&scene).run());
        let mut chunked = Simulation::new(&scene);
        let mut limit = Timestamp::START;
        while limit < whole.end() {
            limit = limit.after(Secs::mins(1.0 + f64::from(number)));
            while chunked.step(limit) {}
        }
        assert_alike(&whole, chunked.log(), |member| member, &plan);
        let (mine, theirs) = (whole.at(whole.end()).unwrap(), chunked.log().at(whole.end()).unwrap());
        for (mine, theirs) in mine.members.iter().zip(&theirs.members) {
            for (mine, theirs) in mine.classes.iter().zip(&theirs.classes) {
                for of in [|it: &ClassState| it.used, |it: &ClassState| it.live, |it: &ClassState| it.refused] {
                    let (mine, theirs) = (of(mine).now.as_bytes(), of(theirs).now.as_bytes());
                    assert!((mine - theirs).abs() <= 4_096.0 + 1e-9 * mine.abs(), "{mine} {theirs}\n{plan:?}");
                }
            }
        }
    });
}

/// The order in which a plan names its regions changes no answer.
#[test]
fn the_order_of_members_does_not_matter() {
    each(FEWER, |mut plan, number, cases| {
        varied(&mut plan, number);
        let count = plan.regions.len();
        let first = (plan.outage.lost as usize).min(count - 1);
        let second = plan.outage.second.map(|second| (second as usize).min(count - 1));
        let scene = cases.scene(&plan);
        let log = Simulation::new(&scene).run();
        let turn = 1 + number as usize % (count - 1).max(1);
        let new = |old: usize| (old + count - turn) % count;
        let mut turned = plan.clone();
        turned.regions.rotate_left(turn);
        turned.outage.lost = new(first) as u32;
        turned.outage.second = second.map(|second| new(second) as u32);
        let other = Simulation::new(&cases.scene(&turned)).run();
        assert_alike(&log, &other, new, &plan);
    });
}

/// Every plan's log is finite, in order, and no figure in it is no number.
#[test]
fn logs_are_finite_and_in_order() {
    each(FEWER, |mut plan, number, cases| {
        varied(&mut plan, number);
        let answers = cases.of(&plan);
        let Outage { group, pair } = outage(&plan, &CATALOG, answers);
        let logs = [group.as_ref().map(|group| &group.log), pair.as_ref().map(|pair| &pair.log)];
        for log in logs.into_iter().flatten() {
            assert!(log.events.len() < 200);
            assert!(log.events.is_sorted_by_key(|event| event.at));
            assert!(log.snapshots.is_sorted_by_key(|snapshot| snapshot.at) && !log.snapshots.is_empty());
        }
        if number.is_multiple_of(50) {
            let text = format!("{group:?}{pair:?}");
            assert!(!text.contains("NaN") && !text.contains("inf)"), "{text}");
        }
    });
}
