//! What moves between two events: rates after each of them, and what is reached next.

use super::memory::{self, Writes};
use super::{Clients, Simulation};
use crate::model::outage_simulation::log::{Level, Log};
use crate::model::outage_simulation::scene::Part;
use crate::model::outage_simulation::{Event, EventKind, Phase, ShardClass, Timestamp};
use crate::units::{Bytes, BytesPerSec, Secs};

impl Simulation<'_> {
    /// Who writes how much: shares of all writes.
    pub(super) fn writes(&self) -> Writes {
        let parts = |wanted: Clients, serving: bool| {
            let these = self.members.iter().zip(&self.scene.shares);
            Part::sum(
                these
                    .filter(|(member, _)| member.clients == wanted && (member.state.phase == Phase::Up) == serving)
                    .map(|(_, share)| *share),
            )
        };
        let up = self.count(Phase::Up);
        let moved = if up == 0 { 0.0 } else { parts(Clients::Moved, false) * self.scene.rehome };
        let own = if up == 0 { 0.0 } else { parts(Clients::Here, true) };
        Writes { main: own + moved, arrived: if up == 0 { 0.0 } else { moved / up as f64 } }
    }

    /// New rates after whatever happened.
    pub(super) fn settle(&mut self) {
        let writes = self.writes();
        let held = |phase: Phase| phase.linked() && phase != Phase::Up;
        let blocked = self.members.iter().any(|member| held(member.state.phase));
        let up = self.count(Phase::Up);
        for index in 0..self.members.len() {
            let own = self.own(index);
            let (share, local, held_back) = match self.phase(index) {
                Phase::Up => (writes.main, own + writes.arrived, blocked),
                Phase::Cut => (own, own, true),
                _ => (0.0, 0.0, true),
            };
            let member = &mut self.members[index];
            for place in 0..2 {
                let taken = memory::settle(
                    self.scene,
                    &self.scene.limits[place],
                    &mut member.state.classes[place],
                    &mut member.memory[place],
                    memory::Load { share, local, held_back },
                );
                if taken {
                    self.fresh.push(class_event(self.now, EventKind::WritesTaken, index, place));
                }
            }
        }
        self.settle_gaps(writes.main, up);
        self.settle_risk();
        if up == self.members.len() && !self.redundant {
            self.redundant = true;
            self.emit(EventKind::Redundant, None);
        }
    }

    /// A member's own share of all writes.
    pub(super) fn own(&self, member: usize) -> f64 {
        Part::sum(std::iter::once(self.scene.shares[member]))
    }

    /// Stream of what a member's class takes of a share of all writes: nothing while it refuses.
    pub(super) fn taken(&self, member: usize, share: f64) -> [BytesPerSec; 2] {
        [0, 1].map(|place| {
            let limit = &self.scene.limits[place];
            let refuses = self.members[member].memory[place].refuses(limit);
            if refuses { BytesPerSec::ZERO } else { self.scene.stream * (share * limit.weight) }
        })
    }

    /// What each member misses, holds alone, and what the only member in sync holds alone.
    fn settle_gaps(&mut self, main: f64, up: usize) {
        let none = [BytesPerSec::ZERO; 2];
        let source = self.members.iter().position(|member| member.state.phase == Phase::Up);
        // Members in sync are alike: one stands for all.
        let main = source.map_or(none, |source| self.taken(source, main));
        for index in 0..self.members.len() {
            let phase = self.phase(index);
            let missed = if phase.linked() && phase != Phase::Up { main } else { none };
            let unsent = if phase == Phase::Cut { self.taken(index, self.own(index)) } else { none };
            for (place, class) in self.members[index].state.classes.iter_mut().enumerate() {
                (class.missed.rate, class.unsent.rate) = (missed[place], unsent[place]);
            }
        }
        let alone = up == 1 && self.members.len() > 1;
        for (level, rate) in self.alone.iter_mut().zip(main) {
            *level =
                Level { now: if up > 1 { Bytes::ZERO } else { level.now }, rate: if alone { rate } else { none[0] } };
        }
    }

    /// What exists once: with the only member in sync, or with one that the others have not heard; at most all live data.
    fn settle_risk(&mut self) {
        let linked = || self.members.iter().map(|member| &member.state).filter(|state| state.phase.linked());
        let unsent = linked().flat_map(|state| state.classes.iter().map(|class| class.unsent));
        let risk = self.alone.iter().copied().chain(unsent).fold(Level::default(), Level::plus);
        let live = linked().map(|state| state.sum(|class| class.live));
        let live = live.reduce(|a, b| if b.now > a.now { b } else { a }).unwrap_or_default();
        let (gap, nears) = (live.now - risk.now, risk.rate - live.rate);
        let all = gap < Bytes::ZERO || (gap == Bytes::ZERO && nears > BytesPerSec::ZERO);
        self.at_risk = if all { live } else { risk };
        let meet = gap != Bytes::ZERO && nears != BytesPerSec::ZERO;
        self.risk_to_live = meet.then(|| gap / nears).filter(|time| *time > Secs::ZERO);
        let waits = risk.rate > BytesPerSec::ZERO || risk.now > Bytes::ZERO;
        self.at_risk_since = waits.then(|| self.at_risk_since.unwrap_or(self.now));
    }

    /// The next moment at which a member's memory reaches something.
    pub(super) fn next_reached(&self) -> Option<Timestamp> {
        let serving = self.members.iter().filter(|member| member.state.phase.serves());
        let classes = serving.flat_map(|member| {
            let both = member.state.classes.iter().zip(&member.memory).zip(&self.scene.limits);
            both.filter_map(|((state, memory), limit)| memory::next(self.scene, limit, state, *memory))
        });
        let classes = classes.chain(self.risk_to_live);
        classes.map(|time| self.now.after(time)).min()
    }

    /// Tells what has been reached by now.
    pub(super) fn cross(&mut self) {
        for (index, member) in self.members.iter_mut().enumerate().filter(|(_, member)| member.state.phase.serves()) {
            for place in 0..2 {
                let reached = memory::reached(
                    self.scene,
                    &self.scene.limits[place],
                    &mut member.state.classes[place],
                    &mut member.memory[place],
                );
                for kind in reached.into_iter().flatten() {
                    self.fresh.push(class_event(self.now, kind, index, place));
                }
            }
        }
    }
}

fn class_event(at: Timestamp, kind: EventKind, member: usize, place: usize) -> Event {
    let shards: ShardClass = Log::CLASSES[place];
    Event { at, kind, member: Some(member), shards: Some(shards), bytes: None }
}
