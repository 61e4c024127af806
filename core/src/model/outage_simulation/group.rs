//! The outage of an active group, from event to event (M-07).

mod copies;
mod memory;
mod rates;

use super::log::{ClassState, Level, Log, MemberState, Snapshot};
use super::queue::{Due, Entry, Queue};
use super::scene::{Loss, Scene};
use super::states::{Clients, Link, Reclaim};
use super::{Event, EventKind, Phase, Timestamp};
use crate::units::{Bytes, BytesPerSec, Secs};
use memory::Memory;

/// Most moments of one log: far above what two losses can give, so that no input keeps a page busy.
const MOST_MOMENTS: usize = 1_000;

/// One member: its states ([`super::states`]) and its quantities. What is decided or runs for it stands in the queue.
#[derive(Debug, Clone)]
struct Member {
    state: MemberState,
    memory: [Memory; 2],
    clients: Clients,
    link: Link,
    /// Its changes that had not left it when it was lost, beside what it held alone.
    late: Bytes,
}

impl Member {
    /// Nothing is missing, and nothing is left to send.
    fn forget_gaps(&mut self) {
        self.late = Bytes::ZERO;
        for class in &mut self.state.classes {
            (class.missed.now, class.unsent.now) = (Bytes::ZERO, Bytes::ZERO);
        }
    }
}

/// A simulation under way: [`Simulation::run`] gives the log.
///
/// Between events every quantity moves in a straight line, so the state at an event is exact. Each step takes the earliest
/// of what is due and what is reached (a threshold, the last of what may be evicted, the last of what is to be freed).
#[derive(Debug, Clone)]
pub struct Simulation<'a> {
    scene: &'a Scene,
    now: Timestamp,
    queue: Queue,
    members: Vec<Member>,
    /// Stream bytes of what the only member in sync holds alone, by class.
    alone: [Level; 2],
    at_risk: Level,
    /// Until that is all live data, or less again.
    risk_to_live: Option<Secs>,
    at_risk_since: Option<Timestamp>,
    redundant: bool,
    /// Events of this moment, not yet in the log.
    fresh: Vec<Event>,
    log: Log,
}

impl<'a> Simulation<'a> {
    /// Everything in order, the losses due.
    #[must_use]
    pub fn new(scene: &'a Scene) -> Self {
        let classes = scene.limits.map(|limit| ClassState {
            used: Level { now: scene.live * scene.factor * limit.weight + limit.backlog, rate: BytesPerSec::ZERO },
            live: Level { now: scene.live * limit.weight, rate: BytesPerSec::ZERO },
            ..ClassState::default()
        });
        let state = MemberState { phase: Phase::Up, classes };
        let member =
            Member { state, memory: [Memory::START; 2], clients: Clients::Here, link: Link::Kept, late: Bytes::ZERO };
        Self {
            scene,
            now: Timestamp::START,
            queue: Queue::of(scene.losses.iter().filter(|loss| loss.member < scene.shares.len())),
            members: vec![member; scene.shares.len()],
            alone: <[Level; 2]>::default(),
            at_risk: Level::default(),
            risk_to_live: None,
            at_risk_since: None,
            redundant: true,
            fresh: Vec::new(),
            log: Log { events: Vec::new(), snapshots: Vec::new(), limits: scene.limits },
        }
    }

    /// Runs to the end.
    #[must_use]
    pub fn run(mut self) -> Log {
        while self.step(Timestamp::LAST) {}
        self.log
    }

    /// Takes the next moment at which something happens, if it is not after `limit`; else goes on to `limit` and returns false.
    pub fn step(&mut self, limit: Timestamp) -> bool {
        let reached = self.next_reached();
        let Some(next) = self.queue.first().into_iter().chain(reached).min() else { return false };
        if next > self.scene.until || next >= Timestamp::LAST || self.over() {
            return false;
        }
        if next > limit {
            self.advance(limit.max(self.now));
            return false;
        }
        self.advance(next);
        self.cross();
        self.hold_copies();
        for _ in 0..self.queue.count(next) {
            self.happen();
        }
        self.settle();
        self.record();
        true
    }

    /// Used memory of each class before anything happens.
    #[cfg(test)]
    pub(super) fn start_of(&self) -> [Bytes; 2] {
        self.members.first().map_or([Bytes::ZERO; 2], |member| member.state.classes.map(|class| class.used.now))
    }

    /// Nothing is left to tell: every member is in sync again, nothing drains and nothing is due.
    fn over(&self) -> bool {
        let drains = |memory: &Memory| memory.reclaim == Reclaim::Draining;
        let draining = || self.members.iter().any(|member| member.memory.iter().any(drains));
        (self.redundant && self.queue.first().is_none() && !draining()) || self.log.snapshots.len() >= MOST_MOMENTS
    }

    /// The log so far.
    #[must_use]
    pub const fn log(&self) -> &Log {
        &self.log
    }

    fn advance(&mut self, to: Timestamp) {
        let time = to.since(self.now);
        for Member { state, .. } in &mut self.members {
            state.classes = state.classes.map(|class| class.after(time));
        }
        self.alone = self.alone.map(|level| level.after(time));
        self.now = to;
    }

    /// An event: it goes into the log and moves its member's states.
    fn emit(&mut self, kind: EventKind, member: Option<usize>) {
        self.fresh.push(Event { at: self.now, kind, member, shards: None, bytes: None });
        if let Some(member) = member {
            self.enter(member, kind);
        }
    }

    fn emit_bytes(&mut self, kind: EventKind, member: usize, bytes: Bytes) {
        self.fresh.push(Event { at: self.now, kind, member: Some(member), shards: None, bytes: Some(bytes) });
        self.enter(member, kind);
    }

    /// Moves a member's states by an event. The end of a copy is called off with the copy.
    fn enter(&mut self, member: usize, kind: EventKind) {
        let it = &mut self.members[member];
        if let Some(next) = it.state.phase.next(it.link, kind) {
            it.state.phase = next;
            self.queue.call_off(|of, due| of == member && matches!(due, Due::Synced));
        }
        it.link = it.link.next(kind).unwrap_or(it.link);
        if let Some(next) = it.clients.next(kind) {
            it.clients = next;
            if next == Clients::OnTheWay {
                self.plan(member, self.scene.steps.rehome, Due::ClientsMoved);
            }
        }
    }

    fn plan(&mut self, member: usize, after: Secs, due: Due) {
        self.queue.push(self.now.after(after), member, due);
    }

    /// A loss or a copy that is complete calls off all that was due for a member, but a command that runs: it ends whatever
    /// has happened to its member.
    fn call_off(&mut self, member: usize) {
        self.queue.call_off(|of, due| of == member && !matches!(due, Due::Lost(_) | Due::Unlinked));
    }

    fn phase(&self, member: usize) -> Phase {
        self.members[member].state.phase
    }

    fn count(&self, phase: Phase) -> usize {
        self.members.iter().filter(|member| member.state.phase == phase).count()
    }

    /// Takes what is due next.
    fn happen(&mut self) {
        let Some(Entry { member, due: Some(due), .. }) = self.queue.pop(self.now) else { return };
        let steps = self.scene.steps;
        match due {
            Due::Lost(loss) => self.lose(loss),
            // Clients that arrive where nobody serves are told of with whoever carries on.
            Due::ClientsMoved if self.count(Phase::Up) == 0 => self.enter(member, EventKind::ClientsMoved),
            Due::ClientsMoved => self.emit(EventKind::ClientsMoved, Some(member)),
            Due::HealthAlert => {
                let phase = self.phase(member);
                if phase.linked() && phase != Phase::Up {
                    self.emit(EventKind::HealthAlert, Some(member));
                }
            }
            Due::Decided => self.decide(member),
            Due::Unlinked => self.unlinked(member),
            Due::Back => self.back(member),
            Due::Synced => self.synced(member),
            Due::Deleted if steps.capacity > Secs::ZERO => {
                self.emit(EventKind::NoCapacity, Some(member));
                self.plan(member, steps.capacity, Due::CapacityThere);
            }
            Due::Deleted | Due::CapacityThere => {
                self.emit(EventKind::CreateStarted, Some(member));
                self.plan(member, steps.create, Due::Created);
            }
            Due::Created => self.created(member),
            // A pair's.
            Due::Promoted | Due::Served | Due::FailbackDone => {}
        }
    }

    fn lose(&mut self, loss: Loss) {
        let (scene, member) = (self.scene, loss.member);
        self.call_off(member);
        if loss.cut {
            self.emit(EventKind::Partitioned, Some(member));
        } else {
            let unsent = if self.phase(member) == Phase::Up { self.take_along(member) } else { Bytes::ZERO };
            self.emit_bytes(EventKind::RegionLost, member, unsent);
        }
        if let Some(length) = loss.length {
            self.plan(member, length, Due::Back);
        }
        if self.phase(member).linked() {
            self.plan(member, scene.steps.alert, Due::HealthAlert);
            self.await_decision(member);
        }
        self.redundant = false;
        if self.count(Phase::Up) == 0 {
            self.source_lost();
        }
    }

    /// What is lost with a member that was in sync: what it holds alone, and what has not left it (M-04). All live data at
    /// most: what is overwritten counts once.
    fn take_along(&mut self, member: usize) -> Bytes {
        let arrived = self.writes().arrived;
        let [fullest, others] = self.taken(member, self.own(member) + arrived);
        let late = (fullest + others) * self.scene.lag;
        let last = self.count(Phase::Up) == 1;
        let it = &mut self.members[member];
        let mut alone = Bytes::ZERO;
        if last {
            for (class, level) in it.state.classes.iter_mut().zip(&mut self.alone) {
                class.unsent.now += level.now;
                alone += level.now;
                *level = Level::default();
            }
        }
        it.late = (late - alone).max(Bytes::ZERO);
        (alone + it.late).min(it.state.sum(|class| class.live).now)
    }

    /// The last source of copies is gone.
    fn source_lost(&mut self) {
        if self.count(Phase::Cut) == 0 {
            self.emit(EventKind::NobodyLeft, None);
        }
        for member in 0..self.members.len() {
            if matches!(self.phase(member), Phase::Syncing | Phase::Held) {
                self.emit(EventKind::SyncInterrupted, Some(member));
            }
        }
    }

    /// Whoever acts decides after a while, once at a time for each member.
    fn await_decision(&mut self, member: usize) {
        let awaited = self.queue.holds(member, |due| matches!(due, Due::Decided));
        if let Some(decision) = self.scene.steps.decision.filter(|_| !awaited) {
            self.plan(member, decision, Due::Decided);
        }
    }

    fn decide(&mut self, member: usize) {
        let behind = matches!(self.phase(member), Phase::Away | Phase::Cut | Phase::Held);
        let runs = self.queue.holds(member, |due| matches!(due, Due::Unlinked));
        if behind && self.members[member].link != Link::New && !runs && self.count(Phase::Up) > 0 {
            self.emit(EventKind::Decision, Some(member));
            self.emit(EventKind::UnlinkStarted, Some(member));
            self.plan(member, self.scene.steps.unlink, Due::Unlinked);
        }
    }

    /// Out of the group, even if it is in sync by now. What it had not sent is lost (R8).
    fn unlinked(&mut self, member: usize) {
        let was = self.phase(member);
        if self.count(Phase::Up) == usize::from(was == Phase::Up) {
            return self.emit(EventKind::UnlinkFailed, Some(member));
        }
        let it = &mut self.members[member];
        let lost = it.state.sum(|class| class.unsent).now + it.late;
        it.forget_gaps();
        self.emit_bytes(EventKind::Unlinked, member, lost);
        self.redundant = false;
        if was.there() {
            self.delete(member);
        }
    }

    fn record(&mut self) {
        self.log.events.append(&mut self.fresh);
        self.log.snapshots.push(Snapshot {
            at: self.now,
            members: self.members.iter().map(|member| member.state).collect(),
            at_risk: self.at_risk,
            at_risk_since: self.at_risk_since,
        });
    }
}
