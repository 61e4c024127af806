//! What follows from a log: every answer is a fold.

use super::scene::{Loss, limits};
use super::{EventKind, Log, Phase, Scene, Simulation, Snapshot, Timestamp, decision};
use crate::catalog::{Catalog, Sku, SkuId};
use crate::model::Answers;
use crate::model::fit::{skew, usable};
use crate::model::missed_changes::backlog_of;
use crate::model::runway::{Deadline, Runway, alert_too_late, window_in_time};
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, Ratio, Secs};
use serde::Serialize;

/// One survivor, until it is lost itself, if nobody acts and no region comes back.
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
    /// Members that go on after the first moment, in the order of the plan's regions; none where no one in the group is left.
    pub survivors: Vec<SurvivorAnswer>,
    /// Latest safe start of the force-unlink: that of the answers, in closed form for the region whose loss leaves the
    /// most changes. No simulated survivor fills before it. Empty where none is left, or none fills in this scenario.
    pub deadline: Deadline,
    /// Time to spare between the scenario's act and [`Deadline::act_by`], negative when it is too late; `None` without a
    /// deadline, or where nobody comes to act: nobody wants to, the region is back before, or no other is left to act from.
    pub spare: Option<Secs>,
    /// Who waits for the health alert and then decides (most likely) starts after the latest safe start.
    pub alert_too_late: bool,
    /// The longest window of the health alert that leaves that time; `None` without a deadline, 0 where none does.
    pub window_in_time: Option<Secs>,
    /// Share of live data evicted, worst member.
    pub evicted: Ratio,
    /// Writes refused, all members, from the loss until every member is in sync again; where that never is, until
    /// [`GroupAnswers::refused_within`].
    pub refused: f64,
    /// Their share of all writes of that time.
    pub refused_share: Ratio,
    /// That time: to the last moment at which every member is in sync again, or to a month after the last region is back.
    pub refused_within: Secs,
    /// Since when some shard refuses for ever; `None` where writes are taken in the end.
    pub refused_for_ever: Option<Secs>,
    /// Time without any member to write to; `None`: for ever.
    pub unserved: Option<Secs>,
    /// Smallest size of the same family that takes the whole outage without a force-unlink; `None`: none does.
    pub smallest: Option<SkuId>,
    /// Highest fill at the loss (fullest shard) with which the present size takes it; `None`: none does.
    pub largest_fill: Option<Ratio>,
    /// Fill at the loss, fullest shard.
    pub fill: Ratio,
    /// Time from the first loss until every member is there and in sync again; `None`: never.
    pub redundant_after: Option<Secs>,
    /// Time from the first loss from which on two members are in sync all the time; 0 where they always are; `None`: never.
    pub two_after: Option<Secs>,
    /// Stream bytes of changes that are lost for good: unsent when an unlinked member was lost or cut off.
    pub lost: Bytes,
    /// Most bytes that exist in a single region at a time, at most all live data: what is overwritten counts once.
    pub at_risk: Bytes,
    /// Longest wait of such a byte; `None`: for ever.
    pub at_risk_for: Option<Secs>,
}

pub(super) fn group(plan: &Plan, catalog: &Catalog, answers: &Answers, scene: &Scene, log: &Log) -> GroupAnswers {
    let survivors = survivors(scene);
    let deadline = deadline(answers, &survivors);
    let acts = log.first(EventKind::Decision, None).is_some();
    let redundant_after = redundant(log);
    let within = redundant_after.unwrap_or(scene.until.as_secs());
    let refused = refused(log, Timestamp::START.after(within));
    let all = scene.stream * within;
    let (at_risk, at_risk_for) = at_risk_until(log, Timestamp::START.after(within));
    let growth = growth_of_the_whole(scene);
    let fill = start(scene) / scene.limits[0].usable.max(Bytes::bytes(1.0));
    GroupAnswers {
        survivors,
        deadline,
        spare: deadline.act_by.filter(|_| acts).map(|act_by| act_by - decision(plan)),
        alert_too_late: alert_too_late(plan, deadline.act_by),
        window_in_time: window_in_time(plan, deadline.act_by),
        evicted: evicted(scene, log),
        refused: count(plan, scene, refused),
        refused_share: Ratio::fraction(if all > Bytes::ZERO { (refused / all).clamp(0.0, 1.0) } else { 0.0 }),
        refused_within: within,
        refused_for_ever: refused_for_ever(log),
        unserved: unserved_by_all(log),
        smallest: growth.and_then(|_| smallest(plan, catalog, answers, scene)),
        largest_fill: growth.and_then(|growth| largest_fill(scene, growth)),
        fill: Ratio::fraction(fill),
        redundant_after,
        two_after: two_after(log),
        lost: lost(log),
        at_risk,
        at_risk_for,
    }
}

/// The answers's deadline; none where no survivor is left, or where the most likely coefficients fill one by the closed
/// form but never in this scenario.
fn deadline(answers: &Answers, survivors: &[SurvivorAnswer]) -> Deadline {
    let Runway::Fills(filling) = &answers.active.runway else { return Deadline::default() };
    let fills = survivors.iter().any(|survivor| survivor.to_full.is_some()) || filling.to_full.mode.is_none();
    if survivors.is_empty() || !fills { Deadline::default() } else { filling.deadline }
}

/// The memory of the fullest shard at the loss.
fn start(scene: &Scene) -> Bytes {
    scene.live * scene.factor * scene.limits[0].weight + scene.limits[0].backlog
}

/// Each survivor's thresholds in the log of the same losses for ever, with nobody acting.
fn survivors(scene: &Scene) -> Vec<SurvivorAnswer> {
    if !scene.leaves_a_group() {
        return Vec::new();
    }
    let log = Simulation::new(&forever(scene)).run();
    let members = (0..scene.shares.len()).filter(|member| scene.survives(*member));
    members
        .map(|member| {
            let to = |kind| log.first(kind, Some(member)).map(Timestamp::as_secs);
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
    let mut scene = Scene { losses, until: Timestamp::LAST, ..scene.clone() };
    scene.steps.decision = None;
    scene
}

/// The scenario with nobody acting.
fn unaided(scene: &Scene) -> Scene {
    let mut scene = scene.clone();
    scene.steps.decision = None;
    scene
}

/// How much a whole member grows in the scenario's outage until all are in sync again, with nobody acting and memory
/// without end; `None` where they never are.
fn growth_of_the_whole(scene: &Scene) -> Option<Bytes> {
    let endless = Scene { endless: true, ..unaided(scene) };
    let log = Simulation::new(&endless).run();
    redundant(&log)?;
    let fullest = log.snapshots.iter().flat_map(|snapshot| &snapshot.members).map(|member| member.classes[0].used.now);
    let most = fullest.fold(Bytes::ZERO, Bytes::max);
    Some((most - start(scene)) / scene.limits[0].weight)
}

/// The smallest of the family with which no shard fills up when the outage is played through with its limits and backlogs;
/// the time of a copy stays that of the plan's own size.
fn smallest(plan: &Plan, catalog: &Catalog, answers: &Answers, scene: &Scene) -> Option<SkuId> {
    let present = catalog.sku(&answers.active.design.caches.first()?.sku)?;
    let takes = |sku: &Sku| {
        let backlog = backlog_of(sku.memory, sku.shards);
        let limits = limits(skew(plan, sku.shards), sku.shards, usable(sku, sku.shards, plan), backlog);
        let log = Simulation::new(&Scene { limits, backlog, ..unaided(scene) }).run();
        log.first(EventKind::Full, None).is_none()
    };
    let sizes = catalog.skus().iter().filter(|sku| sku.active_geo && sku.family == present.family);
    let smaller = |sku: &Sku, best: Option<&Sku>| best.is_none_or(|best| sku.memory < best.memory);
    let best = sizes.fold(None, |best, sku| if smaller(sku, best) && takes(sku) { Some(sku) } else { best });
    best.map(|sku| sku.id.clone())
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

/// Stream bytes refused up to a moment, all members.
fn refused(log: &Log, until: Timestamp) -> Bytes {
    let members = log.at(until).map_or_else(Vec::new, |state| state.members);
    members.iter().map(|member| member.sum(|class| class.refused).now).sum()
}

/// Since when the refusal lasts that does not end with the log.
fn refused_for_ever(log: &Log) -> Option<Secs> {
    let refuses = |snapshot: &&Snapshot| {
        snapshot.members.iter().any(|member| member.sum(|class| class.refused).rate > BytesPerSec::ZERO)
    };
    let since = log.snapshots.iter().rev().take_while(refuses).last();
    since.map(|snapshot| snapshot.at.as_secs())
}

/// The time without anybody to write to; `None` where that lasts for ever.
fn unserved_by_all(log: &Log) -> Option<Secs> {
    let nobody = |snapshot: &Snapshot| !snapshot.members.iter().any(|member| member.phase.serves());
    let waits = log.snapshots.windows(2).filter(|pair| nobody(&pair[0]));
    let total = waits.map(|pair| pair[1].at.since(pair[0].at)).sum();
    log.snapshots.last().is_some_and(|last| !nobody(last)).then_some(total)
}

/// From when on two members are in sync all the time.
fn two_after(log: &Log) -> Option<Secs> {
    let two = |snapshot: &&Snapshot| snapshot.members.iter().filter(|member| member.phase == Phase::Up).count() > 1;
    let since = log.snapshots.iter().rev().take_while(two).last()?;
    Some(since.at.as_secs())
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

/// What members that are unlinked had not sent, whether they were lost or cut off.
fn lost(log: &Log) -> Bytes {
    log.events.iter().filter(|event| event.kind == EventKind::Unlinked).filter_map(|event| event.bytes).sum()
}

/// The same as [`at_risk`], but what waits at the end of the log waits for ever: its most is looked for up to a later moment.
fn at_risk_until(log: &Log, until: Timestamp) -> (Bytes, Option<Secs>) {
    let (most, longest) = at_risk(log);
    match log.snapshots.last().filter(|last| last.at_risk_since.is_some()) {
        Some(last) => (most.max(last.at_risk.after(until.since(last.at)).now), None),
        None => (most, Some(longest)),
    }
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
