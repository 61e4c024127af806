//! Memory of one class of shards: its rates, and what it reaches next.

use crate::model::active_outage::{ALERT, EVICTION};
use crate::model::outage::EventKind;
use crate::model::outage::log::{ClassLimit, ClassState, Level};
use crate::model::outage::scene::Scene;
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

/// What a class has reached already.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one threshold, reached or not")]
pub(super) struct Flags {
    alert: bool,
    eviction: bool,
    full: bool,
    /// Nothing that may be evicted is left.
    spent: bool,
    pub(super) draining: bool,
}

impl Flags {
    /// The same of a class that is not full, or not yet known to be.
    pub(super) fn not_full(self) -> Self {
        Self { full: false, ..self }
    }

    /// Turns writes and copies away; a class without any memory is not known to.
    pub(super) fn refuses(self, limit: &ClassLimit) -> bool {
        self.full && limit.usable > Bytes::ZERO
    }
}

/// Memory and plain live data that changes of so many stream bytes take while a member is away.
pub(super) fn taken_in(scene: &Scene, stream: Bytes) -> (Bytes, Bytes) {
    if stream <= Bytes::ZERO || scene.stream <= BytesPerSec::ZERO {
        return (Bytes::ZERO, Bytes::ZERO);
    }
    let time = stream / scene.stream;
    ((scene.net.max(BytesPerSec::ZERO) * scene.factor + scene.kept) * time, scene.net * time)
}

/// Sets the rates of a class (M-07); true when it takes writes again.
///
/// While a linked member is away: `used` grows by `κ·max(0, net) + g`, live data falls by what is evicted. Else what was
/// kept is freed at the drain rate. A full class takes nothing in.
pub(super) fn settle(scene: &Scene, limit: &ClassLimit, state: &mut ClassState, flags: &mut Flags, load: Load) -> bool {
    let none = BytesPerSec::ZERO;
    let part = load.share * limit.weight;
    let net = scene.net * part;
    let kept = state.used.now - limit.backlog - state.live.now * scene.factor;
    flags.draining = !load.held_back && kept > rounding(limit);
    let drain = if flags.draining { scene.drain * limit.shards } else { none };
    let growth = if load.held_back { net.max(none) * scene.factor + scene.kept * part } else { net * scene.factor };
    let taken = flags.full && growth - drain < none;
    forget(flags, limit, state);
    flags.full &= !taken;
    let refuses = flags.refuses(limit);
    flags.spent &= load.held_back;
    let evicts = !refuses && load.held_back && flags.eviction && scene.evictable > 0.0;
    let evicted = match (evicts, flags.spent) {
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

/// What lies above the present level can be reached again.
fn forget(flags: &mut Flags, limit: &ClassLimit, state: &ClassState) {
    let below = |level: Ratio| state.used.now < limit.usable * level - rounding(limit);
    flags.alert &= !below(ALERT);
    flags.eviction &= !below(EVICTION);
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
pub(super) fn next(scene: &Scene, limit: &ClassLimit, state: &ClassState, flags: Flags) -> Option<Secs> {
    if limit.shards < 1.0 {
        return None;
    }
    let rise = |level: Ratio, done: bool| {
        let left = limit.usable * level - state.used.now;
        match done || scene.endless {
            true => None,
            false if hits(limit, state.used, level) => Some(Secs::ZERO),
            false => (state.used.rate > BytesPerSec::ZERO).then(|| left / state.used.rate),
        }
    };
    let evicting = !flags.spent && state.evicted.rate > BytesPerSec::ZERO && state.live.rate < BytesPerSec::ZERO;
    let spent = evicting.then(|| {
        let left = (state.live.now - floor(scene, limit)).max(Bytes::ZERO);
        left / (BytesPerSec::ZERO - state.live.rate)
    });
    let empties = state.live.rate < BytesPerSec::ZERO && state.live.now > rounding(limit);
    let empty = empties.then(|| state.live.now / (BytesPerSec::ZERO - state.live.rate));
    let all = [
        empty,
        rise(ALERT, flags.alert),
        rise(EVICTION, flags.eviction),
        rise(Ratio::ONE, flags.full),
        spent,
        drained_in(scene, limit, state, flags),
    ];
    all.into_iter().flatten().filter(|time| time.is_finite()).reduce(Secs::min)
}

fn drained_in(scene: &Scene, limit: &ClassLimit, state: &ClassState, flags: Flags) -> Option<Secs> {
    let kept = state.used.now - limit.backlog - state.live.now * scene.factor;
    let rate = state.live.rate * scene.factor - state.used.rate;
    (flags.draining && rate > BytesPerSec::ZERO).then(|| (kept - rounding(limit)).max(Bytes::ZERO) / rate)
}

/// What has just been reached, in its order; each once.
pub(super) fn reached(
    scene: &Scene,
    limit: &ClassLimit,
    state: &mut ClassState,
    flags: &mut Flags,
) -> [Option<EventKind>; 5] {
    if limit.shards < 1.0 {
        return [None; 5];
    }
    let used = state.used;
    let rise = |level: Ratio, done: &mut bool, kind: EventKind| {
        let now = !*done && !scene.endless && hits(limit, used, level);
        *done |= now;
        now.then_some(kind)
    };
    let alert = rise(ALERT, &mut flags.alert, EventKind::MemoryAlert);
    let eviction = rise(EVICTION, &mut flags.eviction, EventKind::EvictionBegins);
    let full = rise(Ratio::ONE, &mut flags.full, EventKind::Full);
    let left = state.live.now - floor(scene, limit);
    let spent = state.evicted.rate > BytesPerSec::ZERO && !flags.spent && left <= rounding(limit) * 2.0;
    flags.spent |= spent;
    let drained =
        flags.draining && drained_in(scene, limit, state, *flags).is_some_and(|time| time <= Secs::secs(2e-6));
    if drained {
        flags.draining = false;
        state.used.now = limit.backlog + state.live.now * scene.factor;
    }
    // Without eviction 80 % is a figure like any other.
    let eviction = eviction.filter(|_| scene.evictable > 0.0);
    [alert, eviction, spent.then_some(EventKind::NothingToEvict), full, drained.then_some(EventKind::Drained)]
}
