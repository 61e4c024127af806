//! Members that are back: what they copy, what they wait for, and what they bring (M-03, M-05, M-07).

use super::{Clients, Due, Link, Simulation, memory};
use crate::model::outage_simulation::EventKind;
use crate::model::outage_simulation::Phase;
use crate::units::{Bytes, BytesPerSec};

impl Simulation<'_> {
    pub(super) fn back(&mut self, member: usize) {
        let was = self.phase(member);
        self.emit(EventKind::RegionBack, Some(member));
        match was {
            Phase::Unlinked => self.delete(member),
            // Nobody has more than it.
            _ if self.count(Phase::Up) == 0 => self.carry_on(member, was == Phase::Cut),
            _ => self.copy(member),
        }
    }

    pub(super) fn delete(&mut self, member: usize) {
        self.emit(EventKind::DeleteStarted, Some(member));
        self.plan(member, self.scene.steps.delete, Due::Deleted);
    }

    /// It is there again, and empty: it waits where nobody is in sync.
    pub(super) fn created(&mut self, member: usize) {
        if self.count(Phase::Up) == 0 {
            // No copy had begun, so the log does not tell of it.
            return self.enter(member, EventKind::SyncInterrupted);
        }
        self.copy(member);
    }

    /// Starts the copy to a member that is back or new: all of it, or what it missed where the backlog holds that (M-05).
    pub(super) fn copy(&mut self, member: usize) {
        let scene = self.scene;
        if self.is_full_between(member) {
            return self.hold(member);
        }
        let fullest = self.members[member].state.classes[0];
        let gap = fullest.missed.now.max(fullest.unsent.now);
        let time = if self.members[member].link == Link::New {
            self.emit(EventKind::NewLink, Some(member));
            scene.steps.new_link
        } else if gap > scene.backlog {
            self.emit_bytes(EventKind::FullSync, member, gap);
            scene.steps.resync
        } else {
            self.emit_bytes(EventKind::PartialResync, member, gap);
            let left = scene.apply - scene.stream * (self.writes().main * scene.limits[0].weight);
            (left > BytesPerSec::ZERO).then(|| gap / left)
        };
        match time {
            Some(time) => self.plan(member, time, Due::Synced),
            None => self.emit(EventKind::NeverInSync, Some(member)),
        }
    }

    /// Sync with a full shard stops (G1, R1): true where the source has one, or the member itself, unless it is new and empty.
    fn is_full_between(&self, member: usize) -> bool {
        let full = |member: usize| {
            let it = &self.members[member];
            it.memory.iter().zip(&self.scene.limits).any(|(memory, limit)| memory.refuses(limit))
        };
        let source = self.members.iter().position(|member| member.state.phase == Phase::Up);
        source.is_some_and(full) || (self.members[member].link != Link::New && full(member))
    }

    /// The copy waits. Memory does not fall while a linked member is behind, so only a force-unlink ends that: whoever acts
    /// decides anew.
    fn hold(&mut self, member: usize) {
        self.emit(EventKind::CopyWaits, Some(member));
        if self.members[member].link != Link::New {
            self.await_decision(member);
        }
    }

    /// Breaks off what a shard that is full by now had to give.
    pub(super) fn hold_copies(&mut self) {
        for member in 0..self.members.len() {
            if self.phase(member) == Phase::Syncing && self.is_full_between(member) {
                self.hold(member);
            }
        }
    }

    /// The end of a copy: both sides hold what either took in, if the source has room for it.
    pub(super) fn synced(&mut self, member: usize) {
        if !self.merge(member) {
            // The source is full by now: that is told next, and holds the copy back.
            return;
        }
        let source = self.members.iter().find(|member| member.state.phase == Phase::Up);
        let source = source.map(|source| (source.state, source.memory));
        self.emit(EventKind::InSync, Some(member));
        if let Some((source, memory)) = source {
            let it = &mut self.members[member];
            // What is reached there is reached here; only a full shard is told anew.
            it.memory = memory.map(|memory| memory.after(EventKind::InSync));
            for (own, other) in it.state.classes.iter_mut().zip(source.classes) {
                (own.used, own.live) = (other.used, other.live);
            }
        }
        self.rejoin(member);
    }

    /// Nobody in sync is left: it takes writes again with what it has, and the others miss what it wrote while it was cut off.
    fn carry_on(&mut self, member: usize, cut: bool) {
        let (it, others) = (&self.members[member], self.members.iter().enumerate());
        let others = others.filter(|(other, _)| *other != member);
        let live = others.map(|(_, it)| it.state.sum(|class| class.live).now).fold(Bytes::ZERO, Bytes::max);
        let missed = it.state.sum(|class| class.missed).now.min(live);
        let unsent = it.state.classes.map(|class| class.unsent.now);
        self.emit_bytes(EventKind::CarriesOn, member, missed);
        for other in 0..self.members.len() {
            // They came while nobody was there.
            if other != member && self.members[other].clients == Clients::Moved {
                self.emit(EventKind::ClientsMoved, Some(other));
            }
        }
        if cut {
            self.missed_by_others(member, unsent);
        }
        for (level, unsent) in self.alone.iter_mut().zip(unsent) {
            level.now = unsent;
        }
        self.rejoin(member);
    }

    fn rejoin(&mut self, member: usize) {
        self.call_off(member);
        self.members[member].forget_gaps();
        for other in 0..self.members.len() {
            if self.phase(other) == Phase::Waiting {
                self.copy(other);
            }
        }
    }

    /// Who is not in sync lacks changes that have just come to those that are.
    fn missed_by_others(&mut self, from: usize, bytes: [Bytes; 2]) {
        for (index, other) in self.members.iter_mut().enumerate() {
            if index != from && other.state.phase.linked() && other.state.phase != Phase::Up {
                for (class, bytes) in other.state.classes.iter_mut().zip(bytes) {
                    class.missed.now += bytes;
                }
            }
        }
    }

    /// Adds what a member alone took in to every member in sync, as far as that has room; true where all of it has.
    ///
    /// Both sides' changes stay: live data is what it would be without the cut. What either evicted stays evicted there.
    fn merge(&mut self, member: usize) -> bool {
        let Some(source) = self.members.iter().position(|member| member.state.phase == Phase::Up) else { return true };
        let source = self.members[source].state;
        let mut moved = [Bytes::ZERO; 2];
        let mut all = true;
        for (place, moved) in moved.iter_mut().enumerate() {
            let limit = &self.scene.limits[place];
            let unsent = self.members[member].state.classes[place].unsent.now;
            let (used, live) = memory::taken_in(self.scene, unsent);
            let room = (limit.usable - source.classes[place].used.now).max(Bytes::ZERO);
            let bounded = limit.usable > Bytes::ZERO && !self.scene.endless;
            let fits = if bounded && used > room { room / used } else { 1.0 };
            all &= fits >= 1.0;
            *moved = unsent * fits;
            for it in self.members.iter_mut().filter(|it| it.state.phase == Phase::Up) {
                let class = &mut it.state.classes[place];
                class.used.now += used * fits;
                class.live.now = (class.live.now + live * fits).max(Bytes::ZERO);
            }
            self.members[member].state.classes[place].unsent.now = unsent - *moved;
        }
        self.missed_by_others(member, moved);
        all
    }
}
