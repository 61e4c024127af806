//! Members that are back: what they copy, what they wait for, and what they bring (M-03, M-05, M-07).

use super::{Clients, Due, Simulation, memory};
use crate::model::outage::EventKind;
use crate::model::outage::log::Phase;
use crate::units::{Bytes, BytesPerSec};

impl Simulation<'_> {
    pub(super) fn back(&mut self, member: usize) {
        self.tell(EventKind::RegionBack, Some(member));
        self.members[member].back = true;
        match self.phase(member) {
            Phase::Unlinked => self.delete(member),
            _ => self.copy(member),
        }
    }

    pub(super) fn delete(&mut self, member: usize) {
        self.tell(EventKind::DeleteStarted, Some(member));
        self.set_phase(member, Phase::Rebuilding);
        self.plan(member, self.scene.steps.delete, Due::Deleted);
    }

    /// Starts the copy to a member that is back or new: all of it, or what it missed where the backlog holds that (M-05).
    pub(super) fn copy(&mut self, member: usize) {
        let (scene, new) = (self.scene, self.members[member].new);
        if self.count(Phase::Up) == 0 {
            // Nobody has more than it: it carries on, unless it is new and empty.
            return if new { self.set_phase(member, Phase::Waiting) } else { self.carry_on(member) };
        }
        if self.is_full_between(member) {
            return self.hold(member);
        }
        self.set_phase(member, Phase::Syncing);
        let fullest = self.members[member].state.classes[0];
        let gap = fullest.missed.now.max(fullest.unsent.now);
        let time = if new {
            self.tell(EventKind::NewLink, Some(member));
            scene.steps.new_link
        } else if gap > scene.backlog {
            self.tell_bytes(EventKind::FullSync, member, gap);
            self.turn_away(member);
            scene.steps.resync
        } else {
            self.tell_bytes(EventKind::PartialResync, member, gap);
            let left = scene.apply - scene.stream * (self.writes().main * scene.limits[0].weight);
            (left > BytesPerSec::ZERO).then(|| gap / left)
        };
        self.members[member].copies += 1;
        match time {
            Some(time) => self.plan(member, time, Due::Synced(self.members[member].copies)),
            None => self.tell(EventKind::NeverInSync, Some(member)),
        }
    }

    /// Sends the clients of a member that cannot serve elsewhere.
    fn turn_away(&mut self, member: usize) {
        if self.members[member].clients == Clients::Here {
            self.leave(member);
        }
    }

    /// Sync with a full shard stops (P1, R1): true where the source has one, or the member itself, unless it is new and empty.
    fn is_full_between(&self, member: usize) -> bool {
        let full = |member: usize| {
            let it = &self.members[member];
            it.flags.iter().zip(&self.scene.limits).any(|(flags, limit)| flags.refuses(limit))
        };
        let source = self.members.iter().position(|member| member.state.phase == Phase::Up);
        source.is_some_and(full) || (!self.members[member].new && full(member))
    }

    /// The copy waits. Memory does not fall while a linked member is behind, so only a force-unlink ends that: whoever acts
    /// decides anew.
    fn hold(&mut self, member: usize) {
        self.set_phase(member, Phase::Held);
        self.tell(EventKind::CopyWaits, Some(member));
        self.turn_away(member);
        if !self.members[member].new {
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
        self.tell(EventKind::InSync, Some(member));
        let source = self.members.iter().find(|member| member.state.phase == Phase::Up);
        if let Some((source, flags)) = source.map(|source| (source.state, source.flags)) {
            let it = &mut self.members[member];
            // What is reached there is reached here; only a full shard is told anew.
            it.flags = flags.map(memory::Flags::not_full);
            for (own, other) in it.state.classes.iter_mut().zip(source.classes) {
                (own.used, own.live) = (other.used, other.live);
            }
        }
        self.rejoin(member);
    }

    /// Nobody in sync is left: it takes writes again with what it has, and the others miss what it wrote while it was cut off.
    fn carry_on(&mut self, member: usize) {
        let (it, others) = (&self.members[member], self.members.iter().enumerate());
        let others = others.filter(|(other, _)| *other != member);
        let live = others.map(|(_, it)| it.state.sum(|class| class.live).now).fold(Bytes::ZERO, Bytes::max);
        let missed = it.state.sum(|class| class.missed).now.min(live);
        let unsent = it.state.classes.map(|class| class.unsent.now);
        self.tell_bytes(EventKind::CarriesOn, member, missed);
        for other in 0..self.members.len() {
            // They came while nobody was there.
            if other != member && self.members[other].clients == Clients::Moved {
                self.tell(EventKind::ClientsMoved, Some(other));
            }
        }
        if self.phase(member) == Phase::Cut {
            self.missed_by_others(member, unsent);
        }
        for (level, unsent) in self.alone.iter_mut().zip(unsent) {
            level.now = unsent;
        }
        self.rejoin(member);
    }

    fn rejoin(&mut self, member: usize) {
        let it = &mut self.members[member];
        it.episode += 1;
        (it.clients, it.new, it.awaited) = (Clients::Here, false, false);
        it.state.phase = Phase::Up;
        it.forget_gaps();
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
