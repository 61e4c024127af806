//! Memory of one class of shards: its rates, and what it reaches next.

use crate::model::outage_simulation::EventKind;
use crate::model::outage_simulation::log::{ClassLimit, ClassState, Level};
use crate::model::outage_simulation::scene::Scene;
use crate::model::outage_simulation::states::{Reclaim, Threshold};
use crate::units::{Bytes, BytesPerSec, Ratio, Secs};

/// Shares of all writes in the group's main part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writes {
    /// What every member that is in sync takes in.
    pub(super) main: f64,
    /// What each of them gets from clients of lost regions, beside its own.
    pub(super) arrived: f64,
}

/// What one member takes in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Load {
    /// Share of all writes that is applied here.
    pub(super) share: f64,
    /// Share of all writes that clients send here.
    pub(super) local: f64,
    /// A linked member has not seen everything: nothing is freed.
    pub(super) held_back: bool,
}

/// The states of a class.
#[derive(Debug, Clone, Copy)]
pub(super) struct Memory {
    threshold: Threshold,
    pub(super) reclaim: Reclaim,
}

impl Memory {
    /// Before anything happens.
    pub(super) const START: Self = Self { threshold: Threshold::Below, reclaim: Reclaim::Idle };

    /// After an event of the class.
    pub(super) fn after(self, event: EventKind) -> Self {
        Self {
            threshold: self.threshold.next(event).unwrap_or(self.threshold),
            reclaim: self.reclaim.next(event).unwrap_or(self.reclaim),
        }
    }

    /// Turns writes and copies away; a class without any memory is not known to.
    pub(super) fn refuses(self, limit: &ClassLimit) -> bool {
        self.threshold == Threshold::Full && limit.usable > Bytes::ZERO
    }
}

/// Memory and plain live data that changes of so many stream bytes take while a member is away.
pub(super) fn taken_in(scene: &Scene, stream: Bytes) -> (Bytes, Bytes) {
    if stream <= Bytes::ZERO || scene.stream <= BytesPerSec::ZERO {
        return (Bytes::ZERO, Bytes::ZERO);
    }
    let time = stream / scene.stream;
    ((scene.net.max(BytesPerSec::ZERO) * scene.factor + scene.retained) * time, scene.net * time)
}

/// Sets the rates of a class (M-07); true when it takes writes again.
///
/// While a linked member is away: `used` grows by `κ·max(0, net) + g`, live data falls by what is evicted. Else what was
/// kept is freed at the drain rate. A full class takes nothing in.
pub(super) fn settle(
    scene: &Scene,
    limit: &ClassLimit,
    state: &mut ClassState,
    memory: &mut Memory,
    load: Load,
) -> bool {
    let none = BytesPerSec::ZERO;
    let part = load.share * limit.weight;
    let net = scene.net * part;
    let kept = state.used.now - limit.backlog - state.live.now * scene.factor;
    memory.reclaim = match (load.held_back, memory.reclaim) {
        (true, Reclaim::Spent) => Reclaim::Spent,
        (false, _) if kept > rounding(limit) => Reclaim::Draining,
        _ => Reclaim::Idle,
    };
    let drain = if memory.reclaim == Reclaim::Draining { scene.drain * limit.shards } else { none };
    let growth = if load.held_back { net.max(none) * scene.factor + scene.retained * part } else { net * scene.factor };
    let taken = memory.threshold == Threshold::Full && growth - drain < none;
    if taken {
        *memory = memory.after(EventKind::WritesTaken);
    }
    fall(memory, limit, state);
    let refuses = memory.refuses(limit);
    let evicts = !refuses && load.held_back && memory.threshold >= Threshold::Eviction && scene.evictable > 0.0;
    let evicted = match (evicts, memory.reclaim == Reclaim::Spent) {
        (false, _) => none,
        (true, false) => growth.max(none) * (scene.evicted_per_byte / scene.factor.max(1.0)),
        // What comes in goes out.
        (true, true) => net.max(none),
    };
    let rate = |rate: BytesPerSec| if refuses { none } else { rate };
    // What is not there cannot be deleted.
    let empty = state.live.now <= rounding(limit);
    let growth = if empty && !load.held_back { growth.max(none) } else { growth };
    state.used.rate = rate(growth - drain);
    state.live.rate = rate(if empty { (net - evicted).max(none) } else { net - evicted });
    state.evicted.rate = evicted;
    state.refused.rate = if refuses { scene.stream * (load.local * limit.weight) } else { none };
    state.drained.rate = rate(drain);
    taken
}

/// What lies above the present level can be reached again; a class that is full stays so until it takes writes.
fn fall(memory: &mut Memory, limit: &ClassLimit, state: &ClassState) {
    let above = |(_, share, _): &&(_, Ratio, _)| state.used.now >= limit.usable * *share - rounding(limit);
    if memory.threshold != Threshold::Full {
        let highest = Threshold::ALL.iter().rev().find(above).map_or(Threshold::Below, |(threshold, ..)| *threshold);
        memory.threshold = memory.threshold.min(highest);
    }
}

/// Bytes that are lost in rounding: a member's memory as f64, and rates of a microsecond.
fn rounding(limit: &ClassLimit) -> Bytes {
    limit.usable * 1e-12 + Bytes::bytes(1.0)
}

/// True when a level is reached, up to rounding; memory that is falling reaches nothing.
fn hits(limit: &ClassLimit, used: Level, level: Ratio) -> bool {
    used.rate >= BytesPerSec::ZERO && used.now >= limit.usable * level - rounding(limit)
}

/// Live data that the policy cannot touch.
fn floor(scene: &Scene, limit: &ClassLimit) -> Bytes {
    scene.live * (limit.weight * (1.0 - scene.evictable))
}

/// Time until the next thing that this class reaches; `None` when it reaches nothing more.
pub(super) fn next(scene: &Scene, limit: &ClassLimit, state: &ClassState, memory: Memory) -> Option<Secs> {
    if limit.shards < 1.0 {
        return None;
    }
    let above = Threshold::ALL.iter().find(|(threshold, ..)| *threshold > memory.threshold && !scene.endless);
    let rise = above.and_then(|(_, share, _)| {
        if hits(limit, state.used, *share) {
            return Some(Secs::ZERO);
        }
        (state.used.rate > BytesPerSec::ZERO).then(|| (limit.usable * *share - state.used.now) / state.used.rate)
    });
    let evicting = memory.reclaim != Reclaim::Spent
        && state.evicted.rate > BytesPerSec::ZERO
        && state.live.rate < BytesPerSec::ZERO;
    let spent = evicting.then(|| {
        let left = (state.live.now - floor(scene, limit)).max(Bytes::ZERO);
        left / (BytesPerSec::ZERO - state.live.rate)
    });
    let empties = state.live.rate < BytesPerSec::ZERO && state.live.now > rounding(limit);
    let empty = empties.then(|| state.live.now / (BytesPerSec::ZERO - state.live.rate));
    let all = [empty, rise, spent, drained_in(scene, limit, state, memory)];
    all.into_iter().flatten().filter(|time| time.is_finite()).reduce(Secs::min)
}

fn drained_in(scene: &Scene, limit: &ClassLimit, state: &ClassState, memory: Memory) -> Option<Secs> {
    let kept = state.used.now - limit.backlog - state.live.now * scene.factor;
    let rate = state.live.rate * scene.factor - state.used.rate;
    (memory.reclaim == Reclaim::Draining && rate > BytesPerSec::ZERO)
        .then(|| (kept - rounding(limit)).max(Bytes::ZERO) / rate)
}

/// What has just been reached, in its order; each once.
pub(super) fn reached(
    scene: &Scene,
    limit: &ClassLimit,
    state: &mut ClassState,
    memory: &mut Memory,
) -> [Option<EventKind>; 5] {
    if limit.shards < 1.0 {
        return [None; 5];
    }
    let used = state.used;
    let [alert, eviction, full] = Threshold::ALL.map(|(threshold, share, kind)| {
        (memory.threshold < threshold && !scene.endless && hits(limit, used, share)).then_some(kind)
    });
    let left = state.live.now - floor(scene, limit);
    let spent =
        state.evicted.rate > BytesPerSec::ZERO && memory.reclaim != Reclaim::Spent && left <= rounding(limit) * 2.0;
    let spent = spent.then_some(EventKind::NothingToEvict);
    let drained = drained_in(scene, limit, state, *memory).is_some_and(|time| time <= Secs::secs(2e-6));
    if drained {
        state.used.now = limit.backlog + state.live.now * scene.factor;
    }
    let drained = drained.then_some(EventKind::Drained);
    *memory = [alert, eviction, spent, full, drained].into_iter().flatten().fold(*memory, Memory::after);
    // Without an eviction policy that share is a figure like any other.
    [alert, eviction.filter(|_| scene.evictable > 0.0), spent, full, drained]
}
