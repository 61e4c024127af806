//! The log of a simulated outage: events, and the state after each, in straight lines.

use super::{Event, EventKind, Phase, ShardClass, Timestamp};
use crate::units::{Bytes, BytesPerSec, Ratio, Secs};
use serde::Serialize;

/// A quantity that moves in a straight line until the next event.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Level {
    /// At the event.
    pub now: Bytes,
    /// From then on.
    pub rate: BytesPerSec,
}

impl Level {
    /// Both together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self { now: self.now + other.now, rate: self.rate + other.rate }
    }

    /// So much later, at the same rate.
    #[must_use]
    pub fn after(self, time: Secs) -> Self {
        // A rate of zero keeps what is there, however long.
        let now = if self.rate == BytesPerSec::ZERO { self.now } else { self.now + self.rate * time };
        Self { now, ..self }
    }
}

/// Memory and writes of the shards of one class on one member, all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct ClassState {
    /// Used memory: `κ·live + kept + backlogs`.
    pub used: Level,
    /// Live data in plain bytes.
    pub live: Level,
    /// Live data evicted since the loss, plain bytes.
    pub evicted: Level,
    /// Stream bytes of the writes that were refused here.
    pub refused: Level,
    /// Memory that was freed since.
    pub drained: Level,
    /// Stream bytes of the others' changes that it misses.
    pub missed: Level,
    /// Stream bytes of changes that it holds and the others miss: its own while it is cut off, and what was written to it
    /// alone before it was lost as the last in sync.
    pub unsent: Level,
}

impl ClassState {
    pub(super) fn after(self, time: Secs) -> Self {
        Self {
            used: self.used.after(time),
            live: self.live.after(time),
            evicted: self.evicted.after(time),
            refused: self.refused.after(time),
            drained: self.drained.after(time),
            missed: self.missed.after(time),
            unsent: self.unsent.after(time),
        }
    }
}

/// One member between two events.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MemberState {
    /// What it does.
    pub phase: Phase,
    /// Its shards: the fullest, and all others.
    pub classes: [ClassState; 2],
}

impl MemberState {
    /// So much later, if nothing happens meanwhile.
    #[must_use]
    pub fn after(self, time: Secs) -> Self {
        Self { classes: self.classes.map(|class| class.after(time)), ..self }
    }

    /// Sum of a quantity over its classes of shards.
    #[must_use]
    pub fn sum(&self, of: fn(&ClassState) -> Level) -> Level {
        let [fullest, others] = self.classes.each_ref().map(of);
        fullest.plus(others)
    }
}

/// Limits of one class of shards.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClassLimit {
    /// Share of the member's data and writes, 0 to 1.
    pub weight: f64,
    /// Memory that its shards can use.
    pub usable: Bytes,
    /// Backlogs reserved up front.
    pub backlog: Bytes,
    /// Primary shards in it; 0 for the others of a member with a single shard.
    pub shards: f64,
}

/// State of everything from one moment on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Snapshot {
    /// From when.
    pub at: Timestamp,
    /// Each member, in the order of the plan's regions; empty for a pair.
    pub members: Vec<MemberState>,
    /// Writes that exist in a single region and will be lost with it, at most all live data of a group: what is overwritten
    /// counts once.
    pub at_risk: Level,
    /// Since when the oldest of them waits; `None` while the lag of M-04 is all.
    pub at_risk_since: Option<Timestamp>,
}

/// Everything that a simulated outage gives; answers are folds over it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Log {
    /// In the order of time.
    pub events: Vec<Event>,
    /// One for each moment at which something happens, in the order of time; never empty.
    pub snapshots: Vec<Snapshot>,
    /// The limits of each member's classes, the same for all; of no meaning for a pair.
    pub limits: [ClassLimit; 2],
}

impl Log {
    /// The state at a moment: the last snapshot before it, moved on in straight lines.
    #[must_use]
    pub fn at(&self, moment: Timestamp) -> Option<Snapshot> {
        let next = self.snapshots.partition_point(|snapshot| snapshot.at <= moment);
        let last = self.snapshots.get(next.checked_sub(1)?)?;
        let time = moment.since(last.at);
        let members = last.members.iter().map(|member| member.after(time));
        Some(Snapshot { at: moment, members: members.collect(), at_risk: last.at_risk.after(time), ..*last })
    }

    /// Share of its limit that a member's fullest shard uses; `None` for a member that the log lacks.
    #[must_use]
    pub fn level(&self, member: usize, moment: Timestamp) -> Option<Ratio> {
        let next = self.snapshots.partition_point(|snapshot| snapshot.at <= moment);
        let last = self.snapshots.get(next.checked_sub(1)?)?;
        let used = last.members.get(member)?.classes[0].used.after(moment.since(last.at)).now;
        // A byte keeps the ratio a number where nothing is usable.
        Some(Ratio::fraction(used / self.limits[0].usable.max(Bytes::bytes(1.0))))
    }

    /// Used memory and plain live data of a whole member, all shards.
    #[must_use]
    pub fn memory(&self, member: usize, moment: Timestamp) -> Option<(Bytes, Bytes)> {
        let state = self.at(moment)?;
        let [fullest, others] = state.members.get(member)?.classes;
        Some((fullest.used.now + others.used.now, fullest.live.now + others.live.now))
    }

    /// When something first happens, on one member or on any.
    #[must_use]
    pub fn first(&self, kind: EventKind, member: Option<usize>) -> Option<Timestamp> {
        let found = self.events.iter().find(|event| event.kind == kind && (member.is_none() || event.member == member));
        found.map(|event| event.at)
    }

    /// The last event's moment.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.snapshots.last().map_or(Timestamp::START, |snapshot| snapshot.at)
    }

    /// The name of a class at its place.
    pub(super) const CLASSES: [ShardClass; 2] = [ShardClass::Fullest, ShardClass::Others];
}
