//! What moves between two events: rates after each of them, and what is reached next.

use super::memory::{self, Writes};
use super::{Clients, Simulation};
use crate::model::outage::log::{Log, Phase};
use crate::model::outage::scene::Part;
use crate::model::outage::{Event, EventKind, Moment, ShardClass};
use crate::units::{Bytes, BytesPerSec};

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
        let several = self.members.len() > 1;
        let mut risk = BytesPerSec::ZERO;
        for index in 0..self.members.len() {
            let own = Part::sum(std::iter::once(self.scene.shares[index]));
            let (share, local, held_back) = match self.phase(index) {
                Phase::Up => (writes.main, own + writes.arrived, blocked),
                Phase::Cut => (own, own, true),
                _ => (0.0, 0.0, true),
            };
            let member = &mut self.members[index];
            let phase = member.state.phase;
            let missing = if phase.linked() && phase != Phase::Up { writes.main } else { 0.0 };
            member.state.missed.rate = self.scene.stream * (missing * self.scene.limits[0].weight);
            for place in 0..2 {
                let taken = memory::settle(
                    self.scene,
                    &self.scene.limits[place],
                    &mut member.state.classes[place],
                    &mut member.flags[place],
                    memory::Load { share, local, held_back },
                );
                if taken {
                    self.fresh.push(class_event(self.now, EventKind::WritesTaken, index, place));
                }
            }
            // A write that is refused exists nowhere.
            let refused: BytesPerSec = member.state.classes.iter().map(|class| class.refused.rate).sum();
            let taken = (self.scene.stream * local - refused).max(BytesPerSec::ZERO);
            member.state.unsent.rate = if phase == Phase::Cut { taken } else { BytesPerSec::ZERO };
            if phase == Phase::Cut || (phase == Phase::Up && up == 1 && several) {
                risk += taken;
            }
        }
        self.settle_risk(risk, up);
        if up == self.members.len() && !self.redundant {
            self.redundant = true;
            self.tell(EventKind::Redundant, None);
        }
    }

    /// With two members in sync everything exists twice but what a member that was cut off has not sent yet.
    fn settle_risk(&mut self, rate: BytesPerSec, up: usize) {
        if up >= 2 {
            let linked = self.members.iter().filter(|member| member.state.phase.linked());
            self.at_risk.now = linked.map(|member| member.state.unsent.now).sum();
        }
        self.at_risk.rate = rate;
        let waits = rate > BytesPerSec::ZERO || self.at_risk.now > Bytes::ZERO;
        self.at_risk_since = waits.then(|| self.at_risk_since.unwrap_or(self.now));
    }

    /// The next moment at which a member's memory reaches something.
    pub(super) fn next_reached(&self) -> Option<Moment> {
        let serving = self.members.iter().filter(|member| member.state.phase.serves());
        let classes = serving.flat_map(|member| {
            let both = member.state.classes.iter().zip(&member.flags).zip(&self.scene.limits);
            both.filter_map(|((state, flags), limit)| memory::next(self.scene, limit, state, *flags))
        });
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
                    &mut member.flags[place],
                );
                for kind in reached.into_iter().flatten() {
                    self.fresh.push(class_event(self.now, kind, index, place));
                }
            }
        }
    }
}

fn class_event(at: Moment, kind: EventKind, member: usize, place: usize) -> Event {
    let shards: ShardClass = Log::CLASSES[place];
    Event { at, kind, member: Some(member), shards: Some(shards), bytes: None }
}
