//! The outage of an active group, from event to event (M-07).

mod copies;
mod memory;
mod rates;

use super::log::{ClassState, Level, Log, MemberState, Phase, Snapshot};
use super::queue::{Entry, Queue};
use super::scene::{Loss, Scene};
use super::{Event, EventKind, Moment};
use crate::units::{Bytes, BytesPerSec, Secs};
use memory::Flags;

/// Most moments of one log: far above what two losses can give, so that no input keeps a page busy.
const MOST_MOMENTS: usize = 1_000;

/// Where the clients of a region are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clients {
    Here,
    OnTheWay,
    Moved,
}

/// Something that is due at a known moment.
#[derive(Debug, Clone, Copy)]
enum Due {
    Lost(Loss),
    ClientsMoved,
    HealthAlert,
    Decided,
    Unlinked,
    Back,
    /// The end of the copy of this number.
    Synced(u32),
    Deleted,
    CapacityThere,
    Created,
}

#[derive(Debug, Clone)]
struct Member {
    state: MemberState,
    flags: [Flags; 2],
    clients: Clients,
    /// Rises with each loss and each copy that is complete: what was due before is void, but a command that runs.
    episode: u32,
    /// Number of its copies: the end of one that was broken off is void.
    copies: u32,
    /// Somebody is about to decide on it.
    awaited: bool,
    /// A force-unlink of it runs.
    unlinking: bool,
    back: bool,
    /// Has to be copied to as a new member.
    new: bool,
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
    now: Moment,
    queue: Queue<Due>,
    members: Vec<Member>,
    /// Stream bytes of what the only member in sync holds alone, by class.
    alone: [Level; 2],
    at_risk: Level,
    /// Until that is all live data, or less again.
    risk_to_live: Option<Secs>,
    at_risk_since: Option<Moment>,
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
        let member = Member {
            state,
            flags: <[Flags; 2]>::default(),
            clients: Clients::Here,
            episode: 0,
            copies: 0,
            awaited: false,
            unlinking: false,
            back: true,
            new: false,
            late: Bytes::ZERO,
        };
        Self {
            scene,
            now: Moment::START,
            queue: Queue::of(scene.losses.iter().filter(|loss| loss.member < scene.shares.len()), Due::Lost),
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
        while self.step(Moment::LAST) {}
        self.log
    }

    /// Takes the next moment at which something happens, if it is not after `limit`; else goes on to `limit` and returns false.
    pub fn step(&mut self, limit: Moment) -> bool {
        let reached = self.next_reached();
        let Some(next) = self.queue.first().into_iter().chain(reached).min() else { return false };
        if next > self.scene.until || next >= Moment::LAST || self.over() {
            return false;
        }
        if next > limit {
            self.advance(limit.max(self.now));
            return false;
        }
        self.advance(next);
        self.cross();
        self.hold_copies();
        for entry in self.queue.take(next) {
            self.happen(entry);
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
        let draining = || self.members.iter().any(|member| member.flags.iter().any(|flags| flags.draining));
        (self.redundant && self.queue.first().is_none() && !draining()) || self.log.snapshots.len() >= MOST_MOMENTS
    }

    /// The log so far.
    #[must_use]
    pub const fn log(&self) -> &Log {
        &self.log
    }

    fn advance(&mut self, to: Moment) {
        let time = to.since(self.now);
        for Member { state, .. } in &mut self.members {
            state.classes = state.classes.map(|class| class.after(time));
        }
        self.alone = self.alone.map(|level| level.after(time));
        self.now = to;
    }

    fn tell(&mut self, kind: EventKind, member: Option<usize>) {
        self.fresh.push(Event { at: self.now, kind, member, shards: None, bytes: None });
    }

    fn tell_bytes(&mut self, kind: EventKind, member: usize, bytes: Bytes) {
        self.fresh.push(Event { at: self.now, kind, member: Some(member), shards: None, bytes: Some(bytes) });
    }

    fn plan(&mut self, member: usize, after: Secs, due: Due) {
        let episode = self.members[member].episode;
        self.queue.push(self.now.after(after), member, episode, due);
    }

    fn phase(&self, member: usize) -> Phase {
        self.members[member].state.phase
    }

    fn set_phase(&mut self, member: usize, phase: Phase) {
        self.members[member].state.phase = phase;
    }

    fn count(&self, phase: Phase) -> usize {
        self.members.iter().filter(|member| member.state.phase == phase).count()
    }

    fn happen(&mut self, entry: Entry<Due>) {
        let Entry { member, episode, due, .. } = entry;
        if let Due::Lost(loss) = due {
            return self.lose(loss);
        }
        // A command that runs ends, whatever has happened to its member.
        if self.members[member].episode != episode && !matches!(due, Due::Unlinked) {
            return;
        }
        let steps = self.scene.steps;
        match due {
            Due::ClientsMoved if self.members[member].clients == Clients::OnTheWay => {
                self.members[member].clients = Clients::Moved;
                if self.count(Phase::Up) > 0 {
                    self.tell(EventKind::ClientsMoved, Some(member));
                }
            }
            Due::HealthAlert => {
                let phase = self.phase(member);
                if phase.linked() && phase != Phase::Up {
                    self.tell(EventKind::HealthAlert, Some(member));
                }
            }
            Due::Decided => self.decide(member),
            Due::Unlinked => self.unlinked(member),
            Due::Back => self.back(member),
            Due::Synced(copy) if self.phase(member) == Phase::Syncing && self.members[member].copies == copy => {
                self.synced(member);
            }
            Due::Lost(_) | Due::ClientsMoved | Due::Synced(_) => {}
            Due::Deleted if steps.capacity > Secs::ZERO => {
                self.tell(EventKind::NoCapacity, Some(member));
                self.plan(member, steps.capacity, Due::CapacityThere);
            }
            Due::Deleted | Due::CapacityThere => {
                self.tell(EventKind::CreateStarted, Some(member));
                self.plan(member, steps.create, Due::Created);
            }
            Due::Created => self.copy(member),
        }
    }

    fn lose(&mut self, loss: Loss) {
        let (scene, member) = (self.scene, loss.member);
        let was = self.phase(member);
        self.members[member].episode += 1;
        (self.members[member].back, self.members[member].awaited) = (false, false);
        if loss.cut {
            self.tell(EventKind::Partitioned, Some(member));
        } else {
            let unsent = if was == Phase::Up { self.take_along(member) } else { Bytes::ZERO };
            self.tell_bytes(EventKind::RegionLost, member, unsent);
            self.leave(member);
        }
        if let Some(length) = loss.length {
            self.plan(member, length, Due::Back);
        }
        match was {
            Phase::Unlinked | Phase::Rebuilding => self.set_phase(member, Phase::Unlinked),
            _ if self.members[member].new => self.set_phase(member, Phase::Unlinked),
            _ => {
                self.set_phase(member, if loss.cut { Phase::Cut } else { Phase::Away });
                self.plan(member, scene.steps.alert, Due::HealthAlert);
                self.await_decision(member);
            }
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

    /// Its clients go elsewhere.
    fn leave(&mut self, member: usize) {
        self.members[member].clients = Clients::OnTheWay;
        self.plan(member, self.scene.steps.rehome, Due::ClientsMoved);
    }

    /// The last source of copies is gone.
    fn source_lost(&mut self) {
        if self.count(Phase::Cut) == 0 {
            self.tell(EventKind::NobodyLeft, None);
        }
        for member in 0..self.members.len() {
            if matches!(self.phase(member), Phase::Syncing | Phase::Held) {
                self.set_phase(member, Phase::Waiting);
                self.tell(EventKind::SyncInterrupted, Some(member));
            }
        }
    }

    fn await_decision(&mut self, member: usize) {
        if let Some(decision) = self.scene.steps.decision.filter(|_| !self.members[member].awaited) {
            self.members[member].awaited = true;
            self.plan(member, decision, Due::Decided);
        }
    }

    fn decide(&mut self, member: usize) {
        self.members[member].awaited = false;
        let behind = matches!(self.phase(member), Phase::Away | Phase::Cut | Phase::Held);
        let it = &self.members[member];
        if behind && !it.new && !it.unlinking && self.count(Phase::Up) > 0 {
            self.members[member].unlinking = true;
            self.tell(EventKind::Decision, Some(member));
            self.tell(EventKind::UnlinkStarted, Some(member));
            self.plan(member, self.scene.steps.unlink, Due::Unlinked);
        }
    }

    /// Out of the group, even if it is in sync by now. What it had not sent is lost (R8).
    fn unlinked(&mut self, member: usize) {
        self.members[member].unlinking = false;
        let was = self.phase(member);
        if self.count(Phase::Up) == usize::from(was == Phase::Up) {
            return self.tell(EventKind::UnlinkFailed, Some(member));
        }
        let it = &mut self.members[member];
        let lost = it.state.sum(|class| class.unsent).now + it.late;
        it.forget_gaps();
        it.new = true;
        self.tell_bytes(EventKind::Unlinked, member, lost);
        self.set_phase(member, Phase::Unlinked);
        self.redundant = false;
        if self.members[member].clients == Clients::Here {
            self.leave(member);
        }
        if self.members[member].back {
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
