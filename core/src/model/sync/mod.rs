//! Full sync (M-03): start, copy, catch-up; or it loops, or never converges.

mod causes;
mod remedy;
#[cfg(test)]
mod tests;

pub use causes::{Cause, SyncCause, causes};
pub(crate) use causes::{FAILOVER_IN_REGION, hold_count};
pub use remedy::{Remedy, remedy};

use super::demand::{Demand, key_memory};
use super::fit::{Cache, skew};
use super::{Case, Topology};
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Ratio, Secs};
use serde::Serialize;

/// Share of the apply rate up to which a link keeps up: the lag of smooth writes stays the one-way delay (measured: flat up to
/// 95 %), and a catch-up ends in a time of people.
pub(crate) const KEEPS_UP_TO: f64 = 0.95;

/// How long a full copy takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FullSync {
    /// What is copied by the fullest shard.
    pub shard_bytes: Bytes,
    /// What is copied altogether.
    pub total_bytes: Bytes,
    /// Control-plane time of a new link.
    pub start: Range<Secs>,
    /// The copy itself, fullest shard.
    pub copy: Range<Secs>,
    /// The rate that each shard can apply afterwards (`R`).
    pub apply_rate: BytesPerSec,
    /// How it ends.
    pub outcome: SyncOutcome,
}

/// How a full sync ends.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum SyncOutcome {
    /// It converges.
    Converges {
        /// Catch-up after the copy.
        catch_up: Range<Secs>,
        /// Copy and catch-up of a link that exists (automatic resync).
        resync: Range<Secs>,
        /// Start, copy and catch-up of a new link.
        new_link: Range<Secs>,
        /// The changes during the copy are more than the plan takes for the replica buffer: the sync may restart. Azure publishes
        /// no buffer, so this warns and decides nothing.
        overrun: Option<Overrun>,
    },
    /// Changes come faster than they can be applied.
    NeverConverges {
        /// Changes of one shard per second.
        incoming: BytesPerSec,
        /// What a shard can apply.
        apply: BytesPerSec,
    },
    /// There is nothing to copy to: the topology is not possible or has no replica.
    NotApplicable,
}

/// Changes during a copy that are more than the assumed replica buffer holds (M-03).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Overrun {
    /// Changes of one shard during the copy: at the most likely rate where they overrun there, else at the slow end.
    pub pending: Bytes,
    /// The assumed buffer of a shard.
    pub buffer: Bytes,
    /// They overrun at the most likely rate of the copy, not only at its slow end.
    pub likely: bool,
}

impl SyncOutcome {
    /// What the changes during the copy overrun, if they do and the sync ends otherwise.
    #[must_use]
    pub const fn overrun(&self) -> Option<Overrun> {
        match self {
            Self::Converges { overrun, .. } => *overrun,
            Self::NeverConverges { .. } | Self::NotApplicable => None,
        }
    }
}

impl FullSync {
    /// That of a design without caches: there is nothing to copy to.
    pub const NONE: Self = Self {
        shard_bytes: Bytes::ZERO,
        total_bytes: Bytes::ZERO,
        start: Range::exactly(Secs::ZERO),
        copy: Range::exactly(Secs::ZERO),
        apply_rate: BytesPerSec::ZERO,
        outcome: SyncOutcome::NotApplicable,
    };

    /// True where no copy of a pair is ever complete (M-03): the secondary stays unreadable, so that there is nothing to take
    /// over from and the age of the last completed sync has no bound.
    ///
    /// That is so where changes arrive faster than they are applied. A buffer that they may overrun decides nothing: nobody
    /// publishes it. A group's members take writes whether or not they are in sync, so that this is about a pair only.
    #[must_use]
    pub fn never_complete(&self, topology: Topology) -> bool {
        topology == Topology::Passive && matches!(self.outcome, SyncOutcome::NeverConverges { .. })
    }

    /// Data and copy of each shard beside the fullest, all alike; `None` where there is one shard or nothing is copied.
    #[must_use]
    pub fn others(&self, shards: u32) -> Option<(Bytes, Range<Secs>)> {
        let count = f64::from(shards.checked_sub(1).filter(|others| *others > 0)?);
        let data = (self.total_bytes - self.shard_bytes).max(Bytes::ZERO) / count;
        let part = data / self.shard_bytes;
        part.is_finite().then(|| (data, self.copy.map(|time| time * part)))
    }
}

/// Slowest rate that a copy is worked out at, so that a rate of zero gives a long time and not an infinite one.
const SLOWEST: BytesPerSec = BytesPerSec::bytes_per_s(1.0);

/// The full sync of one topology (M-03); for the rebuild the reload from the database at its own rate.
///
/// `T = T_start + S_shard·ρ ÷ min(r_sync, nic·η) + T_catch`, `T_catch = w·T_copy ÷ (R − w)` for the fullest shard, all
/// shards in parallel. `S` is the used memory of one cache, so for an active member it holds the CRDT factor (mode).
///
/// - The low duration is based on the high rate. `R` is [`apply_rate`]'s. `w` is the mean of the day: a sync that runs into a burst
///   takes longer.
/// - A shard of Premium has a node of its own, so `nic` is the node's. The shards of a group's member share its nodes:
///   `nic = member_network × nodes ÷ shards`, an assumption with a range, since nothing is published.
/// - Passive guard: `w·T_copy` over the assumed replica buffer is an [`Overrun`]: a warning. A group has none: its buffers are not the
///   open-source ones.
/// - A rejoining member of a group takes in the changes of all others, with its own re-homed clients among them.
pub(super) fn full_sync(case: &Case) -> FullSync {
    let Case { topology, plan, demand, design, .. } = *case;
    if design.caches.is_empty() {
        return FullSync::NONE;
    }
    if topology == Topology::Rebuild {
        return reload(case);
    }
    let assumed = &plan.assumptions;
    let total_bytes = design.used * assumed.snapshot_ratio;
    let shard_bytes = total_bytes * case.shard.share;
    let rate = capped(assumed.sync_rate, network(case), assumed.nic_share);
    let copy = rate.map_falling(|rate| shard_bytes / rate);
    let bytes = if topology == Topology::Active { assumed.active_apply_rate } else { rate.mode };
    let apply_rate = apply_rate(bytes, assumed.apply_commands.mode, command_bytes(plan, demand));
    let buffer = (topology == Topology::Passive).then_some(assumed.replica_buffer);
    let outcome = outcome(assumed.link_start, copy, case.shard.incoming, apply_rate, buffer);
    FullSync { shard_bytes, total_bytes, start: assumed.link_start, copy, apply_rate, outcome }
}

/// What the network of a cache's nodes gives to each of its shards; `None` where nothing is known of a Premium node.
fn network(case: &Case) -> Option<Range<BytesPerSec>> {
    if case.topology == Topology::Active {
        let part = |cache: &Cache| f64::from(cache.nodes) / f64::from(cache.shards.max(1));
        let least = case.design.caches.iter().map(part).fold(f64::INFINITY, f64::min);
        return least.is_finite().then(|| case.plan.assumptions.member_network.map(|node| node * least));
    }
    let caches = case.design.caches.iter();
    caches.filter_map(|cache| case.catalog.sku(&cache.sku)?.bandwidth).reduce(BytesPerSec::min).map(Range::exactly)
}

/// The rates of a copy below what the network gives at its share for a sync.
fn capped(rate: Range<BytesPerSec>, network: Option<Range<BytesPerSec>>, share: Ratio) -> Range<BytesPerSec> {
    let least = |rate: BytesPerSec, cap: BytesPerSec| rate.min(cap * share).max(SLOWEST);
    match network {
        None => rate.map(|rate| rate.max(SLOWEST)),
        Some(cap) => Range::new(least(rate.low, cap.low), least(rate.mode, cap.mode), least(rate.high, cap.high)),
    }
}

/// Bytes that one command takes in the stream, on the wire.
fn command_bytes(plan: &Plan, demand: &Demand) -> Bytes {
    demand.bytes_per_write * (1.0 + plan.assumptions.wire_overhead.as_fraction())
}

/// What a shard applies of a stream, in bytes a second: `R = b ÷ (1 ÷ C + b ÷ r)` for commands of `b` bytes (M-03).
///
/// A command costs `1 ÷ C` whatever its size, and its bytes `b ÷ r`: commands bound small values, bytes bound large ones. Measured on
/// a pair of Redis 7.0.15, a SET takes 2.0 µs and 6 ns a byte. `C` or `r` of 0 applies nothing.
pub(super) fn apply_rate(r: BytesPerSec, commands: OpsPerSec, bytes: Bytes) -> BytesPerSec {
    let (r, commands, bytes) = (r.as_bytes_per_s(), commands.as_per_s(), bytes.as_bytes());
    if r <= 0.0 || commands <= 0.0 || bytes <= 0.0 {
        return BytesPerSec::ZERO;
    }
    BytesPerSec::bytes_per_s(bytes / (1.0 / commands + bytes / r))
}

/// The rate in bytes that a shard needs so as to apply `needed` in all: the inverse of [`apply_rate`]; `None` where its commands alone
/// take all of its time.
fn byte_rate_for(needed: BytesPerSec, commands: OpsPerSec, bytes: Bytes) -> Option<BytesPerSec> {
    let (needed, commands, bytes) = (needed.as_bytes_per_s(), commands.as_per_s(), bytes.as_bytes());
    let left = bytes / needed - 1.0 / commands;
    (left > 0.0 && left.is_finite()).then(|| BytesPerSec::bytes_per_s(bytes / left))
}

/// Share of a cache that its fullest shard holds: `φ ÷ shards`.
pub(super) fn fullest_share(plan: &Plan, shards: u32) -> f64 {
    skew(plan, shards) / f64::from(shards.max(1))
}

/// Share of all changes that reaches a cache during its full sync.
pub(super) fn rejoin_share(topology: Topology, plan: &Plan) -> f64 {
    if topology == Topology::Active { left_after_loss(plan) } else { 1.0 }
}

/// Share of the changes that the other regions still make when one is away, with its clients that re-home; the region
/// whose loss leaves the most. 1 when all clients re-home.
pub(super) fn left_after_loss(plan: &Plan) -> f64 {
    let stay_away = plan.assumptions.rehome_share.complement().as_fraction().clamp(0.0, 1.0);
    let least = plan.regions.iter().map(|region| region.writes.as_fraction()).fold(1.0, f64::min);
    1.0 - least.max(0.0) * stay_away
}

fn outcome(
    start: Range<Secs>,
    copy: Range<Secs>,
    incoming: BytesPerSec,
    apply: BytesPerSec,
    buffer: Option<Bytes>,
) -> SyncOutcome {
    if apply <= incoming {
        return SyncOutcome::NeverConverges { incoming, apply };
    }
    let overrun = buffer.and_then(|buffer| overrun(incoming, copy, buffer));
    let catch_up = copy.map(|copy| incoming * copy / (apply - incoming));
    let resync = sum(copy, catch_up);
    SyncOutcome::Converges { catch_up, resync, new_link: sum(start, resync), overrun }
}

/// Changes during the copy against the buffer: at the most likely rate, else at the slow end.
fn overrun(incoming: BytesPerSec, copy: Range<Secs>, buffer: Bytes) -> Option<Overrun> {
    let [mode, slow] = [copy.mode, copy.high].map(|copy| incoming * copy);
    let likely = mode > buffer;
    (likely || slow > buffer).then_some(Overrun { pending: if likely { mode } else { slow }, buffer, likely })
}

fn sum(a: Range<Secs>, b: Range<Secs>) -> Range<Secs> {
    Range::new(a.low + b.low, a.mode + b.mode, a.high + b.high)
}

/// The import of the last export into a rebuilt cache (M-03): all of the snapshot, `data × ρ × φ ÷ shards ÷ r_sync`, as in M-18 (assumption:
/// no rate is published). `None` where no part that is held only here is exported.
pub(super) fn import(case: &Case) -> Option<Range<Secs>> {
    let Case { plan, shard, .. } = *case;
    plan.data.export_interval.filter(|_| plan.data.held_only_here() > Ratio::ZERO)?;
    let shard = plan.workload.dataset * plan.assumptions.snapshot_ratio * shard.share;
    Some(plan.assumptions.sync_rate.map_falling(|rate| shard / rate.max(SLOWEST)))
}

/// Every key of [`crate::plan::Data::reloaded`] read once from the database and written to a new cache: `keys ÷ min(reload rate × factor,
/// what the database stands)`, at least one key a second; the start is the creation of the cache. Changes go to the database, so there is
/// nothing to catch up.
fn reload(case: &Case) -> FullSync {
    let Case { plan, demand, .. } = *case;
    let keys = demand.reloaded(plan);
    let rates = plan.rebuild.reload(plan.workload.value_size);
    let copy = rates.map_falling(|rate| Secs::secs(keys / rate.as_per_s()));
    let filled = import(case).map_or(copy, |import| sum(import, copy));
    let keys_per_s = rates.mode;
    let bytes = plan.workload.dataset * plan.data.reloaded();
    let start = plan.recovery.create;
    FullSync {
        shard_bytes: bytes,
        total_bytes: bytes,
        start,
        copy,
        apply_rate: keys_per_s * key_memory(plan),
        outcome: SyncOutcome::Converges {
            catch_up: Range::exactly(Secs::ZERO),
            resync: filled,
            new_link: sum(start, filled),
            overrun: None,
        },
    }
}
