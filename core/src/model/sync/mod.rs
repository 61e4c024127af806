//! Full sync (M-03): start, copy, catch-up; or it loops, or never converges.

mod causes;
mod remedy;
#[cfg(test)]
mod tests;

pub(crate) use causes::{FAILOVER_IN_REGION, hold_count};
pub use causes::{SyncCause, causes};
pub use remedy::{Remedy, remedy};

use super::demand::{Demand, key_memory};
use super::fit::skew;
use super::{Case, Topology};
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, Range, Secs};
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
        /// At the slow end of the sync rate the changes would overrun the replica buffer: it may loop.
        tight: bool,
    },
    /// The changes during the copy overrun the replica buffer: the sync restarts for ever.
    Loops {
        /// Changes of one shard during the copy.
        pending: Bytes,
        /// The buffer they overrun.
        buffer: Bytes,
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
    /// Changes that are never caught up with overrun the replica buffer as well, only later. A group's members take writes
    /// whether or not they are in sync, so that this is about a pair only.
    #[must_use]
    pub fn never_complete(&self, topology: Topology) -> bool {
        let ends = !matches!(self.outcome, SyncOutcome::Loops { .. } | SyncOutcome::NeverConverges { .. });
        topology == Topology::Passive && !ends
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
/// - The low duration stands on the high rate. `R` is the mode of the copy's rate for a pair, and what a shard can apply
///   from its peers for a group. `w` is the mean of the day: a sync that runs into a burst takes longer.
/// - Passive guard: `w·T_copy` over the replica buffer at the mode of the rate loops for ever; over it only at the slow end
///   is `tight`. A group has no guard: its buffers are not the open-source ones, and none is published.
/// - A rejoining member of a group takes in the changes of all others, with its own re-homed clients among them.
pub(super) fn full_sync(case: &Case) -> FullSync {
    let Case { topology, plan, catalog, demand, design, .. } = *case;
    if design.caches.is_empty() {
        return FullSync::NONE;
    }
    if topology == Topology::Rebuild {
        return reload(plan, demand);
    }
    let assumed = &plan.assumptions;
    let total_bytes = design.used * assumed.snapshot_ratio;
    let shard_bytes = total_bytes * case.shard;
    let nic = design.caches.iter().filter_map(|cache| catalog.sku(&cache.sku)?.bandwidth).reduce(BytesPerSec::min);
    let capped = |rate: BytesPerSec| nic.map_or(rate, |nic| rate.min(nic * assumed.nic_share)).max(SLOWEST);
    let rate = assumed.sync_rate.map(capped);
    let copy = rate.map_falling(|rate| shard_bytes / rate);
    let apply_rate = if topology == Topology::Active { assumed.active_apply_rate } else { rate.mode };
    let buffer = (topology == Topology::Passive).then_some(assumed.replica_buffer);
    let outcome = outcome(assumed.link_start, copy, case.incoming, apply_rate, buffer);
    FullSync { shard_bytes, total_bytes, start: assumed.link_start, copy, apply_rate, outcome }
}

/// Share of the fullest shard: `total × φ ÷ shards`.
pub(super) fn per_shard<T>(plan: &Plan, shards: u32, total: T) -> T
where
    T: std::ops::Mul<f64, Output = T>,
{
    total * (skew(plan, shards) / f64::from(shards.max(1)))
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
    let pending = incoming * copy.mode;
    if let Some(buffer) = buffer.filter(|buffer| pending > *buffer) {
        return SyncOutcome::Loops { pending, buffer };
    }
    let tight = buffer.is_some_and(|buffer| incoming * copy.high > buffer);
    let catch_up = copy.map(|copy| incoming * copy / (apply - incoming));
    let resync = sum(copy, catch_up);
    SyncOutcome::Converges { catch_up, resync, new_link: sum(start, resync), tight }
}

fn sum(a: Range<Secs>, b: Range<Secs>) -> Range<Secs> {
    Range::new(a.low + b.low, a.mode + b.mode, a.high + b.high)
}

/// Every key read once from the database and written to a new cache: `keys ÷ min(reload rate × factor, what the database
/// stands)`, at least one key a second; the start is the creation of the cache. Changes go to the database, so there is nothing
/// to catch up.
fn reload(plan: &Plan, demand: &Demand) -> FullSync {
    let rates = plan.rebuild.reload(plan.workload.value_size);
    let copy = rates.map_falling(|rate| Secs::secs(demand.keys / rate.as_per_s()));
    let keys_per_s = rates.mode;
    let start = plan.recovery.create;
    FullSync {
        shard_bytes: plan.workload.dataset,
        total_bytes: plan.workload.dataset,
        start,
        copy,
        apply_rate: keys_per_s * key_memory(plan),
        outcome: SyncOutcome::Converges {
            catch_up: Range::exactly(Secs::ZERO),
            resync: copy,
            new_link: sum(start, copy),
            tight: false,
        },
    }
}
