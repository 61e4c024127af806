//! The figures of one simulated outage of a group, taken from a plan and its answers.

use super::log::ClassLimit;
use super::{Timestamp, scenario};
use crate::model::Answers;
use crate::model::demand::{key_memory, ttl_share};
use crate::model::fit::skew;
use crate::model::runway::{Coefficients, Runway, retained};
use crate::model::sync::SyncOutcome;
use crate::plan::{Evicts, Failure, Plan};
use crate::units::{Bytes, BytesPerSec, Secs};

/// A share as a whole number of 2⁻⁵⁰: sums do not depend on their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part(u64);

impl Part {
    const ONE: f64 = (1_u64 << 50) as f64;

    /// The nearest, between 0 and 1.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 2⁵⁰; NaN is 0")]
    fn of(share: f64) -> Self {
        Self(libm::round(share.clamp(0.0, 1.0) * Self::ONE) as u64)
    }

    /// The sum as a fraction.
    pub(super) fn sum(parts: impl Iterator<Item = Self>) -> f64 {
        parts.map(|part| part.0).sum::<u64>() as f64 / Self::ONE
    }
}

/// One region that fails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss {
    /// Which member.
    pub member: usize,
    /// When.
    pub at: Timestamp,
    /// How long it stays away; `None`: for ever.
    pub length: Option<Secs>,
    /// Only cut off: it goes on writing.
    pub cut: bool,
}

/// How an unlinked member comes back, and how long each step takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steps {
    /// Window of the health alert.
    pub alert: Secs,
    /// Clients of a lost region arrive.
    pub rehome: Secs,
    /// From the loss to the start of the force-unlink; `None`: never.
    pub decision: Option<Secs>,
    /// The force-unlink.
    pub unlink: Secs,
    /// The deletion of the member.
    pub delete: Secs,
    /// The wait for capacity.
    pub capacity: Secs,
    /// The creation.
    pub create: Secs,
    /// Start, copy and catch-up of a new link; `None`: never in sync.
    pub new_link: Option<Secs>,
    /// Copy and catch-up of a link that exists; `None`: never in sync.
    pub resync: Option<Secs>,
}

/// Everything that the simulation of a group is based on.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Each member's share of the writes.
    pub(super) shares: Vec<Part>,
    /// Limits of the classes of shards.
    pub limits: [ClassLimit; 2],
    /// Plain live data of one member.
    pub live: Bytes,
    /// κ.
    pub factor: f64,
    /// Growth of plain live data by all members' changes: `(creates − removals)·(key + value + 60)`; may be negative.
    pub net: BytesPerSec,
    /// What all members' changes leave behind while one is away: `g` of M-07.
    pub retained: BytesPerSec,
    /// Stream of all members' changes.
    pub stream: BytesPerSec,
    /// Steady lag (M-04).
    pub lag: Secs,
    /// Share of a lost region's clients that arrive elsewhere.
    pub rehome: f64,
    /// Share of the live data that the policy may evict; 0: none.
    pub evictable: f64,
    /// Evicted memory for each byte of growth.
    pub evicted_per_byte: f64,
    /// Freed by one shard.
    pub drain: BytesPerSec,
    /// What one shard can apply.
    pub apply: BytesPerSec,
    /// CRDT backlog of one shard.
    pub backlog: Bytes,
    /// Memory never fills up: no threshold is reached.
    pub(super) endless: bool,
    /// What fails.
    pub losses: Vec<Loss>,
    /// Durations.
    pub steps: Steps,
    /// The simulation ends here at the latest.
    pub until: Timestamp,
}

impl Scene {
    /// The outage of the plan's scenario with all coefficients at their most likely values; `None` without a group.
    #[must_use]
    pub fn of(plan: &Plan, answers: &Answers) -> Option<Self> {
        let Runway::Fills(filling) = &answers.active.runway else { return None };
        let (design, demand, sync) = (&answers.active.design, &answers.demand, &answers.active.sync);
        let shards = design.caches.first()?.shards;
        let assumed = &plan.assumptions;
        let losses = losses(plan, plan.regions.len());
        let coefficients = Coefficients {
            factor: assumed.crdt_factor.mode,
            delete: assumed.kept_per_delete.mode,
            element: assumed.kept_per_element.mode,
            overwrite: assumed.kept_per_overwrite.mode,
        };
        Some(Self {
            shares: plan.regions.iter().map(|region| Part::of(region.writes.as_fraction())).collect(),
            limits: limits(skew(plan, shards), shards, design.usable, filling.backlog_per_shard),
            live: plan.workload.dataset,
            factor: coefficients.factor,
            net: (demand.creates - demand.removals) * key_memory(plan),
            retained: retained(plan, demand, &coefficients),
            stream: demand.stream,
            lag: answers.active.rpo.steady,
            rehome: assumed.rehome_share.as_fraction().clamp(0.0, 1.0),
            evictable: evictable(plan),
            evicted_per_byte: plan.outage.evicted_per_byte.mode.max(0.0),
            drain: plan.outage.drain_rate.mode.max(BytesPerSec::bytes_per_s(1.0)),
            apply: sync.apply_rate,
            backlog: filling.backlog_per_shard,
            endless: false,
            until: until(&losses),
            losses,
            steps: steps(plan, &sync.outcome),
        })
    }
}

impl Scene {
    /// True for a member that the first moment spares, or only cuts off: it goes on, at least for a while.
    #[must_use]
    pub fn survives(&self, member: usize) -> bool {
        !self.losses.iter().any(|loss| loss.member == member && loss.at == Timestamp::START && !loss.cut)
    }

    /// False where the first moment takes every member out of the group: nobody is left to run a force-unlink from.
    #[must_use]
    pub fn leaves_a_group(&self) -> bool {
        let lost = |member| self.losses.iter().any(|loss| loss.member == member && loss.at == Timestamp::START);
        !(0..self.shares.len()).all(lost)
    }
}

/// The plan's regions that fail, in time.
pub(super) fn losses(plan: &Plan, members: usize) -> Vec<Loss> {
    let wanted = &plan.outage;
    let place = |index: u32| (index as usize).min(members.saturating_sub(1));
    let length = Some(scenario::length(plan));
    let cut = wanted.failure == Failure::Partition;
    let first = Loss { member: place(wanted.lost), at: Timestamp::START, length, cut };
    // A region that is lost takes both caches of a pair that stands in it; a link is lost between them.
    let twins = |one: usize| (one < 2 && plan.pair_in_one_region() && !cut).then_some(1_usize.saturating_sub(one));
    let second = wanted.second.map(place);
    let second = second.filter(|second| *second != first.member && twins(first.member) != Some(*second));
    let second = second.map(|member| Loss { member, at: Timestamp::START.after(wanted.second_after), ..first });
    let mut losses: Vec<Loss> = std::iter::once(first).chain(second).collect();
    let other = losses.iter().find_map(|loss| Some(Loss { member: twins(loss.member)?, ..*loss }));
    losses.extend(other);
    losses
}

/// A month after the last region is back.
pub(super) fn until(losses: &[Loss]) -> Timestamp {
    let backs = losses.iter().map(|loss| loss.length.map_or(Timestamp::LAST, |length| loss.at.after(length)));
    backs.max().unwrap_or(Timestamp::START).after(Secs::days(31.0))
}

/// Share of live data that may be evicted: all keys, those with a time to live (M-01), or none.
fn evictable(plan: &Plan) -> f64 {
    match plan.active.eviction.evicts() {
        Evicts::Nothing => 0.0,
        Evicts::Expiring => ttl_share(&plan.workload.split),
        Evicts::AnyKey => 1.0,
    }
}

/// The fullest shard holds `φ ÷ n` of everything, the others the rest. The backlogs are spread as the data, so that a
/// member is full when `φ·(data·κ + backlogs + growth) = U`, as in the closed form.
pub(super) fn limits(skew: f64, shards: u32, usable: Bytes, backlog: Bytes) -> [ClassLimit; 2] {
    let count = f64::from(shards.max(1));
    let fullest = (skew / count).min(1.0);
    let backlogs = backlog * (2.0 * count);
    let class = |weight: f64, shards: f64| ClassLimit {
        weight,
        usable: usable * (shards / count),
        backlog: backlogs * weight,
        shards,
    };
    [class(fullest, 1.0), class(1.0 - fullest, count - 1.0)]
}

fn steps(plan: &Plan, outcome: &SyncOutcome) -> Steps {
    let recovery = &plan.recovery;
    let (resync, new_link) = match outcome {
        SyncOutcome::Converges { resync, new_link, .. } => (Some(resync.mode), Some(new_link.mode)),
        _ => (None, None),
    };
    Steps {
        alert: recovery.alert_window,
        rehome: scenario::rehome_delay(plan),
        decision: plan.outage.acts.then(|| scenario::decision(plan)),
        unlink: recovery.force_unlink.mode,
        delete: recovery.delete_member.mode,
        capacity: plan.outage.capacity_wait,
        create: recovery.create.mode,
        new_link,
        resync,
    }
}
