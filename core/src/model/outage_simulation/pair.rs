//! The outage of a passive pair, from event to event (M-08).

mod answers;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

pub use answers::PairAnswers;
pub(super) use answers::answers;

use super::log::{Level, Log, Snapshot};
use super::queue::{Due, Entry, Queue};
use super::scene::{Loss, limits, losses};
use super::states::{Link, Service};
use super::{Event, EventKind, Phase, Timestamp, decision};
use crate::model::Answers;
use crate::model::Topology;
use crate::model::rto::{RtoChain, RtoPath};
use crate::model::sync::SyncOutcome;
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, Secs};

struct Pair<'a> {
    plan: &'a Plan,
    answers: &'a Answers,
    now: Timestamp,
    queue: Queue,
    /// Who has the role of the primary.
    primary: usize,
    phases: [Phase; 2],
    service: Service,
    /// What the next copy brings.
    link: Link,
    /// Changes that the other side does not hold.
    missed: Level,
    since: Option<Timestamp>,
    log: Log,
    fresh: Vec<Event>,
}

/// Share of all data by which moments of whole microseconds may miss it.
const ALL: f64 = 1e-9;

/// Plays the plan's outage on its pair; `None` where there is no pair or both its regions stay up.
///
/// The primary is lost: what had not left it is lost (M-04), the secondary is promoted by the way of M-06, the old primary
/// comes back as a secondary and copies everything (M-03), and if the plan says so, a planned failover goes back once users
/// are served. The secondary or the link is lost: the primary goes on, and what it missed decides between partial and full
/// (M-05). A secondary that is lost before it takes writes breaks its promotion off: users wait for the primary, as
/// they do where no copy is ever complete.
pub(super) fn play(plan: &Plan, answers: &Answers) -> Option<Log> {
    let design = &answers.passive.design;
    // A pair has two caches.
    let shards = design.caches.get(1)?.shards;
    let of_pair: Vec<Loss> = losses(plan, plan.regions.len()).into_iter().filter(|loss| loss.member < 2).collect();
    // One link can be lost once.
    let count = if of_pair.first()?.cut { 1 } else { 2 };
    let mut pair = Pair {
        plan,
        answers,
        now: Timestamp::START,
        queue: Queue::of(of_pair.iter().take(count)),
        primary: 0,
        phases: [Phase::Up; 2],
        service: Service::Serving,
        link: Link::Kept,
        missed: Level::default(),
        since: None,
        log: Log { events: Vec::new(), snapshots: Vec::new(), limits: limits(1.0, shards, design.usable, Bytes::ZERO) },
        fresh: Vec::new(),
    };
    if answers.passive.sync.never_complete(Topology::Passive) {
        (pair.phases[1], pair.link) = (Phase::Syncing, Link::Whole);
        pair.never(1);
    }
    while pair.step() {}
    Some(pair.log)
}

impl Pair<'_> {
    fn step(&mut self) -> bool {
        let Some(next) = self.queue.first() else { return false };
        if next >= Timestamp::LAST {
            return false;
        }
        if let Some(all) = self.all_changed().filter(|all| *all < next) {
            self.pass(all);
            self.picture();
            return true;
        }
        self.pass(next);
        for _ in 0..self.queue.count(next) {
            self.happen();
        }
        self.record();
        true
    }

    fn pass(&mut self, next: Timestamp) {
        self.missed = self.missed.after(next.since(self.now));
        self.now = next;
    }

    /// What exists once: an overwrite takes the place of another, so it is at most all data.
    fn at_risk(&self) -> Level {
        let data = self.answers.passive.design.used;
        if self.missed.now >= data * (1.0 - ALL) { Level { now: data, rate: BytesPerSec::ZERO } } else { self.missed }
    }

    /// When as much as all data will have changed.
    fn all_changed(&self) -> Option<Timestamp> {
        let Level { now, rate } = self.at_risk();
        let gap = self.answers.passive.design.used - now;
        let all = (rate > BytesPerSec::ZERO).then(|| self.now.after(gap / rate))?;
        (all > self.now).then_some(all)
    }

    /// An event: it goes into the log and moves the states. A lost secondary leaves the service as it is.
    fn emit(&mut self, kind: EventKind, member: Option<usize>, bytes: Option<Bytes>) {
        self.fresh.push(Event { at: self.now, kind, member, shards: None, bytes });
        if let Some(member) = member {
            self.enter(member, kind);
        }
        if kind != EventKind::RegionLost || member == Some(self.primary) {
            self.service = self.service.next(kind).unwrap_or(self.service);
        }
        self.link = self.link.next(kind).unwrap_or(self.link);
    }

    fn enter(&mut self, member: usize, kind: EventKind) {
        let phase = self.phases[member];
        self.phases[member] = phase.next(self.link, kind).unwrap_or(phase);
    }

    fn after(&mut self, time: Secs, member: usize, due: Due) {
        self.queue.push(self.now.after(time), member, due);
    }

    /// A loss and the return of a primary call off every step and copy.
    fn call_off(&mut self) {
        self.queue.call_off(|_, due| !matches!(due, Due::Lost(_) | Due::Back));
    }

    fn serving(&self) -> bool {
        self.service == Service::Serving
    }

    /// The secondary holds what the primary held.
    fn synced(&self) -> bool {
        self.phases[1 - self.primary] == Phase::Up
    }

    /// Takes what is due next.
    fn happen(&mut self) {
        let Some(Entry { member, due: Some(due), .. }) = self.queue.pop(self.now) else { return };
        match due {
            Due::Lost(loss) if loss.cut => self.cut(loss),
            Due::Lost(loss) => self.lose(loss),
            Due::Back => self.back(member),
            Due::Decided if self.service == Service::Down => self.decide(),
            Due::Promoted => self.promoted(),
            Due::Served => self.served(),
            Due::Synced => self.in_sync(member),
            Due::FailbackDone => {
                self.primary = member;
                self.emit(EventKind::FailbackDone, Some(member), None);
            }
            // The others are a group's.
            _ => {}
        }
    }

    /// The link alone: a secondary is read-only, so only the primary goes on writing.
    fn cut(&mut self, loss: Loss) {
        self.emit(EventKind::Partitioned, Some(1), None);
        self.after(loss.length.unwrap_or(Timestamp::LAST.as_secs()), 1, Due::Back);
    }

    fn lose(&mut self, loss: Loss) {
        let (member, other) = (loss.member, 1 - loss.member);
        self.call_off();
        if let Some(length) = loss.length {
            self.after(length, member, Due::Back);
        }
        if member != self.primary {
            self.emit(EventKind::RegionLost, Some(member), None);
            return self.stay();
        }
        let replica = self.synced();
        let unsent = match (replica, self.serving()) {
            (true, true) => self.answers.passive.rpo.steady_bytes,
            // Nobody wrote meanwhile, so all has left it.
            (true, false) => Bytes::ZERO,
            (false, _) => self.at_risk().now,
        };
        self.emit(EventKind::RegionLost, Some(member), Some(unsent));
        if !replica {
            self.emit(EventKind::NobodyLeft, None, None);
            if self.phases[other].there() {
                self.emit(EventKind::SyncInterrupted, Some(other), None);
            }
        } else if self.plan.outage.acts {
            self.after(decision(self.plan), member, Due::Decided);
        }
    }

    /// The secondary is gone: whatever was to make it the primary is off, and the old primary serves as soon as it can.
    fn stay(&mut self) {
        if self.serving() {
            return;
        }
        if matches!(self.service, Service::Promoting | Service::FailingBack) {
            self.emit(EventKind::PromotionOff, Some(1 - self.primary), None);
        }
        if self.phases[self.primary].there() { self.served() } else { self.emit(EventKind::NobodyLeft, None, None) }
    }

    /// The way of an unplanned outage: geo-failover, or unlinking where the sizes differ or the control plane is gone.
    fn chain(&self) -> Option<&RtoChain> {
        let gone = self.plan.outage.control_plane_lost;
        let chains = || self.answers.passive.rto.iter().filter(|chain| chain.unplanned);
        chains().find(|chain| !gone || chain.path == RtoPath::Unlink).or_else(|| chains().next())
    }

    fn decide(&mut self) {
        let Some(chain) = self.chain() else { return };
        // Detection and decision come first, then the act.
        let act = chain.steps.get(2).map_or(Secs::ZERO, |step| step.time.mode);
        let unlinks = chain.path == RtoPath::Unlink;
        let kind = if unlinks { EventKind::PairUnlinkStarted } else { EventKind::FailoverStarted };
        self.emit(EventKind::Decision, Some(self.primary), None);
        self.emit(kind, Some(1 - self.primary), None);
        // Either side of the link.
        self.enter(self.primary, kind);
        self.after(act, 1 - self.primary, Due::Promoted);
    }

    fn promoted(&mut self) {
        let rest: Secs = self.chain().map_or(Secs::ZERO, |chain| chain.steps.iter().skip(3).map(|s| s.time.mode).sum());
        self.primary = 1 - self.primary;
        self.emit(EventKind::Promoted, Some(self.primary), None);
        self.after(rest, self.primary, Due::Served);
        if self.phases[1 - self.primary].there() {
            self.copy();
        }
    }

    fn served(&mut self) {
        self.emit(EventKind::Served, Some(self.primary), None);
        self.go_back();
    }

    /// The planned failover to the first region (M-06), once users are served and it holds everything: clients are paused
    /// until it is done.
    fn go_back(&mut self) {
        let due = self.plan.outage.failback && self.primary != 0 && self.serving() && self.synced();
        let chains = &self.answers.passive.rto;
        let planned = chains.iter().find(|chain| chain.path == RtoPath::PlannedFailover);
        if let Some(planned) = planned.filter(|_| due) {
            self.emit(EventKind::FailbackStarted, Some(0), None);
            // The new primary keeps the pause (S1): users wait for it even where the recovery path is through.
            self.after(planned.total.mode.max(planned.pause(self.plan)), 0, Due::FailbackDone);
        }
    }

    fn back(&mut self, member: usize) {
        self.emit(EventKind::RegionBack, Some(member), None);
        if self.service == Service::Promoting {
            return;
        }
        if member == self.primary && !self.serving() {
            self.call_off();
            self.served();
            match self.phases[1 - member] {
                // It was lost with its replica in sync, and nothing was written since.
                Phase::Up => self.emit(EventKind::Redundant, None, None),
                other if other.there() => self.copy(),
                _ => {}
            }
        } else if self.phases[self.primary].there() && !self.synced() {
            self.copy();
        }
    }

    /// A new link, everything, or what was missed where the backlog holds that (M-03, M-05).
    fn copy(&mut self) {
        let (assumed, sync) = (&self.plan.assumptions, &self.answers.passive.sync);
        let shard = self.answers.passive.shard;
        let gap = self.missed.now * shard.share;
        let left = sync.apply_rate - shard.incoming;
        let (resync, new_link) = match &sync.outcome {
            SyncOutcome::Converges { resync, new_link, .. } => (Some(resync.mode), Some(new_link.mode)),
            _ => (None, None),
        };
        let (kind, time) = match (self.link == Link::New, self.link == Link::Whole || gap > assumed.passive_backlog) {
            (true, _) => (EventKind::NewLink, new_link),
            (false, true) => (EventKind::FullSync, resync),
            (false, false) => {
                (EventKind::PartialResync, (left > BytesPerSec::ZERO).then(|| gap / left.max(BytesPerSec::ZERO)))
            }
        };
        let member = 1 - self.primary;
        let bytes = (kind != EventKind::NewLink).then_some(gap);
        self.emit(kind, Some(member), bytes);
        match time {
            Some(time) => self.after(time, member, Due::Synced),
            None => self.never(member),
        }
    }

    /// A copy that does not end: changes come faster than they are applied.
    fn never(&mut self, member: usize) {
        self.emit(EventKind::NeverInSync, Some(member), None);
    }

    fn in_sync(&mut self, member: usize) {
        self.emit(EventKind::InSync, Some(member), None);
        self.emit(EventKind::Redundant, None, None);
        self.go_back();
    }

    fn record(&mut self) {
        let risks = self.serving() && !self.synced();
        self.missed.rate = if risks { self.answers.demand.stream } else { BytesPerSec::ZERO };
        if self.synced() {
            self.missed.now = Bytes::ZERO;
        }
        let waits = risks || self.missed.now > Bytes::ZERO;
        self.since = waits.then(|| self.since.unwrap_or(self.now));
        if self.fresh.is_empty() {
            return;
        }
        self.log.events.append(&mut self.fresh);
        self.picture();
    }

    fn picture(&mut self) {
        let (at, at_risk, at_risk_since) = (self.now, self.at_risk(), self.since);
        self.log.snapshots.push(Snapshot { at, members: Vec::new(), at_risk, at_risk_since });
    }
}
