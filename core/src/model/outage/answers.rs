//! What follows from a log: every answer is a fold.

use super::scene::{Loss, limits};
use super::{EventKind, Log, Moment, Scene, Simulation, decision};
use crate::catalog::{Catalog, SkuId};
use crate::evaluate::Evaluation;
use crate::model::active_outage::{alert_too_late, window_in_time};
use crate::model::fit::{skew, usable};
use crate::plan::Plan;
use crate::units::{Bytes, Ratio, Secs};
use serde::Serialize;

/// One survivor, if nobody acts and the region never comes back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurvivorAnswer {
    /// Place in the plan's regions.
    pub member: usize,
    /// Time to 75 % on the fullest shard; `None`: not within 400 days.
    pub to_alert: Option<Secs>,
    /// Time to 80 %, where the policy evicts.
    pub to_eviction: Option<Secs>,
    /// Time to 100 %.
    pub to_full: Option<Secs>,
}

/// Answers for an active group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupAnswers {
    /// Members that are never lost, in the order of the plan's regions.
    pub survivors: Vec<SurvivorAnswer>,
    /// Latest safe start of the force-unlink: `t(100 %)` of the first survivor that fills `− T_unlink(high) − margin`, at
    /// least 0; `None`: no deadline.
    pub latest_unlink: Option<Secs>,
    /// Time to spare between the scenario's act and that start, negative when it is too late; `None` without an act or a
    /// deadline.
    pub spare: Option<Secs>,
    /// Who waits for the health alert and then decides (most likely) starts after the latest safe start.
    pub alert_too_late: bool,
    /// The longest window of the health alert that leaves that time; `None` without a deadline, 0 where none does.
    pub window_in_time: Option<Secs>,
    /// Share of live data evicted, worst member.
    pub evicted: Ratio,
    /// Writes refused, all members.
    pub refused: f64,
    /// Their share of all writes from the loss to the end of the log.
    pub refused_share: Ratio,
    /// Smallest size of the same family that takes the whole outage without a force-unlink; `None`: none does.
    pub smallest: Option<SkuId>,
    /// Highest fill at the loss (fullest shard) with which the present size takes it; `None`: none does.
    pub largest_fill: Option<Ratio>,
    /// Fill at the loss, fullest shard.
    pub fill: Ratio,
    /// Time from the first loss until every member is there and in sync again; `None`: never.
    pub redundant_after: Option<Secs>,
    /// Stream bytes of changes that are lost for good: unsent when an unlinked member was lost or cut off.
    pub lost: Bytes,
    /// Most bytes that exist in a single region at a time.
    pub at_risk: Bytes,
    /// Longest wait of such a byte.
    pub at_risk_for: Secs,
}

pub(super) fn group(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation, scene: &Scene, log: &Log) -> GroupAnswers {
    let survivors = survivors(scene);
    let full = survivors.iter().filter_map(|survivor| survivor.to_full).reduce(Secs::min);
    let reserve = plan.recovery.force_unlink.high + plan.assumptions.unlink_margin;
    let latest = full.map(|full| (full - reserve).max(Secs::ZERO));
    let refused = refused(log);
    let all = scene.stream * log.end().as_secs();
    let (at_risk, at_risk_for) = at_risk(log);
    let growth = growth_of_the_whole(scene);
    let fill = start(scene) / scene.limits[0].usable.max(Bytes::bytes(1.0));
    GroupAnswers {
        survivors,
        latest_unlink: latest,
        spare: latest.filter(|_| plan.outage.acts).map(|latest| latest - decision(plan)),
        alert_too_late: alert_too_late(plan, latest),
        window_in_time: window_in_time(plan, latest),
        evicted: evicted(scene, log),
        refused: count(plan, scene, refused),
        refused_share: Ratio::fraction(if all > Bytes::ZERO { (refused / all).clamp(0.0, 1.0) } else { 0.0 }),
        smallest: growth.and_then(|growth| smallest(plan, catalog, evaluation, scene, growth)),
        largest_fill: growth.and_then(|growth| largest_fill(scene, growth)),
        fill: Ratio::fraction(fill),
        redundant_after: redundant(log),
        lost: lost(scene, log),
        at_risk,
        at_risk_for,
    }
}

/// The memory of the fullest shard at the loss.
fn start(scene: &Scene) -> Bytes {
    scene.live * scene.factor * scene.limits[0].weight + scene.limits[0].backlog
}

/// Each survivor's thresholds in the log of the same losses for ever, with nobody acting.
fn survivors(scene: &Scene) -> Vec<SurvivorAnswer> {
    let log = Simulation::new(&forever(scene)).run();
    let lost = |member: usize| scene.losses.iter().any(|loss| loss.member == member && !loss.cut);
    let members = (0..scene.shares.len()).filter(|member| !lost(*member));
    members
        .map(|member| {
            let to = |kind| log.first(kind, Some(member)).map(Moment::as_secs);
            SurvivorAnswer {
                member,
                to_alert: to(EventKind::MemoryAlert),
                to_eviction: to(EventKind::EvictionBegins),
                to_full: to(EventKind::Full),
            }
        })
        .collect()
}

/// Nobody acts and nothing comes back.
pub(super) fn forever(scene: &Scene) -> Scene {
    let losses = scene.losses.iter().map(|loss| Loss { length: None, ..*loss }).collect();
    let mut scene = Scene { losses, until: Moment::LAST, ..scene.clone() };
    scene.steps.decision = None;
    scene
}

/// How much a whole member grows in the scenario's outage until all are in sync again, with nobody acting and memory
/// without end; `None` where they never are.
fn growth_of_the_whole(scene: &Scene) -> Option<Bytes> {
    let mut endless = scene.clone();
    endless.steps.decision = None;
    for limit in &mut endless.limits {
        limit.usable = Bytes::tb(1e9);
    }
    let log = Simulation::new(&endless).run();
    if log.first(EventKind::NeverInSync, None).is_some() {
        return None;
    }
    let fullest = log.snapshots.iter().flat_map(|snapshot| &snapshot.members).map(|member| member.classes[0].used.now);
    let most = fullest.fold(Bytes::ZERO, Bytes::max);
    Some((most - start(scene)) / scene.limits[0].weight)
}

/// `φ·(data·κ + backlogs + growth) < U`, by size: the smallest of the family that is not smaller than what it holds.
fn smallest(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation, scene: &Scene, growth: Bytes) -> Option<SkuId> {
    let present = catalog.sku(&evaluation.active.design.caches.first()?.sku)?;
    let takes = |sku: &&crate::catalog::Sku| {
        let backlog = crate::model::active_outage::backlog_of(sku.memory, sku.shards);
        let [fullest, _] = limits(skew(plan, sku.shards), sku.shards, usable(sku, sku.shards, plan), backlog);
        (scene.live * scene.factor + growth) * fullest.weight + fullest.backlog < fullest.usable
    };
    let sizes = catalog.skus().iter().filter(|sku| sku.active_geo && sku.family == present.family);
    sizes.filter(takes).reduce(|a, b| if b.memory < a.memory { b } else { a }).map(|sku| sku.id.clone())
}

/// `1 − growth ÷ U` of the fullest shard; `None` where even an empty member fills.
fn largest_fill(scene: &Scene, growth: Bytes) -> Option<Ratio> {
    let limit = scene.limits[0];
    let share = 1.0 - growth * limit.weight / limit.usable.max(Bytes::bytes(1.0));
    (share > 0.0).then(|| Ratio::fraction(share))
}

fn evicted(scene: &Scene, log: &Log) -> Ratio {
    let Some(last) = log.snapshots.last().filter(|_| scene.live > Bytes::ZERO) else { return Ratio::ZERO };
    let of = |member: &super::MemberState| member.classes.iter().map(|class| class.evicted.now).sum::<Bytes>();
    let most = last.members.iter().map(of).fold(Bytes::ZERO, Bytes::max);
    Ratio::fraction((most / scene.live).clamp(0.0, 1.0))
}

/// Stream bytes refused, all members.
fn refused(log: &Log) -> Bytes {
    let members = log.snapshots.last().map_or(&[][..], |last| &last.members);
    members.iter().flat_map(|member| &member.classes).map(|class| class.refused.now).sum()
}

/// Stream bytes as a number of writes.
fn count(plan: &Plan, scene: &Scene, bytes: Bytes) -> f64 {
    let writes = plan.workload.writes;
    let time = bytes / scene.stream;
    if time.is_finite() { writes * time } else { 0.0 }
}

pub(super) fn redundant(log: &Log) -> Option<Secs> {
    let last = log.events.iter().rev().find(|event| event.kind == EventKind::Redundant)?;
    let later = log
        .events
        .iter()
        .any(|event| event.at > last.at && matches!(event.kind, EventKind::RegionLost | EventKind::Partitioned));
    (!later).then(|| last.at.as_secs())
}

/// Unsent changes of lost members that were unlinked later, and of members that were unlinked while cut off.
fn lost(scene: &Scene, log: &Log) -> Bytes {
    let unlinked = |member| log.first(EventKind::Unlinked, Some(member));
    let lost = log.events.iter().filter(|event| match event.kind {
        EventKind::Unlinked => true,
        EventKind::RegionLost => {
            event.member.and_then(unlinked).is_some_and(|at| at >= event.at) && scene.shares.len() > 1
        }
        _ => false,
    });
    lost.filter_map(|event| event.bytes).sum()
}

/// The most that is at risk at a time, and for how long: both are highest just before something happens.
pub(super) fn at_risk(log: &Log) -> (Bytes, Secs) {
    let mut most = (Bytes::ZERO, Secs::ZERO);
    for pair in log.snapshots.windows(2) {
        let [now, next] = pair else { continue };
        let bytes = now.at_risk.after(next.at.since(now.at)).now;
        let wait = now.at_risk_since.map_or(Secs::ZERO, |since| next.at.since(since));
        most = (most.0.max(bytes), most.1.max(wait));
    }
    most
}
