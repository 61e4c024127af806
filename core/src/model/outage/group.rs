//! The outage of an active group, from event to event (M-07).

mod memory;
mod rates;

use super::log::{ClassState, Level, Log, MemberState, Phase, Snapshot};
use super::queue::{Entry, Queue};
use super::scene::{Loss, Part, Scene};
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
    Synced,
    Deleted,
    CapacityThere,
    Created,
}

#[derive(Debug, Clone)]
struct Member {
    state: MemberState,
    flags: [Flags; 2],
    clients: Clients,
    /// Rises with each loss: what was due before is void.
    episode: u32,
    /// Rises with each copy that starts or is broken off.
    back: bool,
    /// Has to be copied to as a new member.
    new: bool,
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
    at_risk: Level,
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
        let state = MemberState { phase: Phase::Up, classes, missed: Level::default(), unsent: Level::default() };
        let member = Member {
            state,
            flags: <[Flags; 2]>::default(),
            clients: Clients::Here,
            episode: 0,
            back: true,
            new: false,
        };
        Self {
            scene,
            now: Moment::START,
            queue: Queue::of(scene.losses.iter().filter(|loss| loss.member < scene.shares.len()), Due::Lost),
            members: vec![member; scene.shares.len()],
            at_risk: Level::default(),
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

    /// Takes the next moment at which something happens, if it is not after `limit`; false when there is none.
    pub fn step(&mut self, limit: Moment) -> bool {
        let reached = self.next_reached();
        let Some(next) = self.queue.first().into_iter().chain(reached).min() else { return false };
        if next > limit || next > self.scene.until || next >= Moment::LAST || self.over() {
            return false;
        }
        self.advance(next);
        self.cross();
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

    /// Nothing is left to tell: everything is there twice again, nothing drains and nothing is due.
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
            state.missed = state.missed.after(time);
            state.unsent = state.unsent.after(time);
        }
        self.at_risk = self.at_risk.after(time);
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
        if self.members[member].episode != episode {
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
            Due::Synced if self.phase(member) == Phase::Syncing => self.synced(member),
            Due::Lost(_) | Due::ClientsMoved | Due::Synced => {}
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
        self.members[member].back = false;
        let own = Part::sum(std::iter::once(scene.shares[member]));
        if loss.cut {
            self.tell(EventKind::Partitioned, Some(member));
        } else {
            let unsent = if was == Phase::Up { scene.stream * own * scene.lag } else { Bytes::ZERO };
            self.tell_bytes(EventKind::RegionLost, member, unsent);
            self.members[member].clients = Clients::OnTheWay;
            self.plan(member, scene.steps.rehome, Due::ClientsMoved);
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
                if let Some(decision) = scene.steps.decision {
                    self.plan(member, decision, Due::Decided);
                }
            }
        }
        self.redundant = false;
        if self.count(Phase::Up) == 0 {
            self.source_lost();
        }
    }

    /// The last source of copies is gone.
    fn source_lost(&mut self) {
        if self.count(Phase::Cut) == 0 {
            self.tell(EventKind::NobodyLeft, None);
        }
        for member in 0..self.members.len() {
            if self.phase(member) == Phase::Syncing {
                self.members[member].episode += 1;
                self.set_phase(member, Phase::Waiting);
                self.tell(EventKind::SyncInterrupted, Some(member));
            }
        }
    }

    fn decide(&mut self, member: usize) {
        let pointless = !matches!(self.phase(member), Phase::Away | Phase::Cut) || self.count(Phase::Up) == 0;
        if !pointless {
            self.tell(EventKind::Decision, Some(member));
            self.tell(EventKind::UnlinkStarted, Some(member));
            self.plan(member, self.scene.steps.unlink, Due::Unlinked);
        }
    }

    /// Out of the group. What it had not sent is lost: its unsent changes of a partition (R8).
    fn unlinked(&mut self, member: usize) {
        let was = self.phase(member);
        if !matches!(was, Phase::Away | Phase::Cut | Phase::Syncing | Phase::Waiting) {
            return;
        }
        let lost = self.members[member].state.unsent.now;
        self.tell_bytes(EventKind::Unlinked, member, lost);
        self.at_risk.now = (self.at_risk.now - lost).max(Bytes::ZERO);
        self.set_phase(member, Phase::Unlinked);
        self.members[member].new = true;
        if was == Phase::Cut {
            self.members[member].clients = Clients::OnTheWay;
            self.plan(member, self.scene.steps.rehome, Due::ClientsMoved);
        }
        if self.members[member].back {
            self.delete(member);
        }
    }

    fn back(&mut self, member: usize) {
        self.tell(EventKind::RegionBack, Some(member));
        self.members[member].back = true;
        match self.phase(member) {
            Phase::Unlinked => self.delete(member),
            _ => self.copy(member),
        }
    }

    fn delete(&mut self, member: usize) {
        self.tell(EventKind::DeleteStarted, Some(member));
        self.set_phase(member, Phase::Rebuilding);
        self.plan(member, self.scene.steps.delete, Due::Deleted);
    }

    /// Starts the copy to a member that is back or new: all of it, or what it missed where the backlog holds that (M-05).
    fn copy(&mut self, member: usize) {
        let (scene, new) = (self.scene, self.members[member].new);
        if self.count(Phase::Up) == 0 {
            // Nobody has more than it: it carries on, unless it is new and empty.
            if new {
                return self.set_phase(member, Phase::Waiting);
            }
            return self.synced(member);
        }
        self.set_phase(member, Phase::Syncing);
        let state = self.members[member].state;
        let gap = state.missed.now.max(state.unsent.now * scene.limits[0].weight);
        let time = if new {
            self.tell(EventKind::NewLink, Some(member));
            scene.steps.new_link
        } else if gap > scene.backlog {
            self.tell_bytes(EventKind::FullSync, member, gap);
            if self.members[member].clients == Clients::Here {
                self.members[member].clients = Clients::OnTheWay;
                self.plan(member, scene.steps.rehome, Due::ClientsMoved);
            }
            scene.steps.resync
        } else {
            self.tell_bytes(EventKind::PartialResync, member, gap);
            let left = scene.apply - scene.stream * (self.writes().main * scene.limits[0].weight);
            (left > BytesPerSec::ZERO).then(|| gap / left)
        };
        match time {
            Some(time) => self.plan(member, time, Due::Synced),
            None => self.tell(EventKind::NeverInSync, Some(member)),
        }
    }

    fn synced(&mut self, member: usize) {
        let source = self.members.iter().find(|member| member.state.phase == Phase::Up);
        let source = source.map(|member| (member.state, member.flags));
        self.tell(EventKind::InSync, Some(member));
        let it = &mut self.members[member];
        it.episode += 1;
        (it.clients, it.new) = (Clients::Here, false);
        (it.state.phase, it.state.missed, it.state.unsent) = (Phase::Up, Level::default(), Level::default());
        if let Some((source, flags)) = source {
            // What is reached there is reached here; only a full shard is told anew.
            it.flags = flags.map(Flags::not_full);
            for (own, other) in it.state.classes.iter_mut().zip(source.classes) {
                let change = other.used.now - own.used.now;
                // What it takes over counts as offered or drained, so that its own books balance.
                own.offered.now += change.max(Bytes::ZERO);
                own.drained.now += (Bytes::ZERO - change).max(Bytes::ZERO);
                (own.used, own.live) = (other.used, other.live);
            }
        }
        for other in 0..self.members.len() {
            if self.phase(other) == Phase::Waiting {
                self.copy(other);
            }
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
