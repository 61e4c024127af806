//! What runs out while a region is down: memory of an active group's survivors by the closed form (M-07).

mod deadline;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

pub use super::trials::{COEFFICIENTS, Coefficients, INPUTS, Spreads, TRIALS, Trials};
pub use deadline::{Deadline, Memory, unlink_takes};

use super::demand::Demand;
use super::fit::skew;
use super::missed_changes::backlog_of;
use super::thresholds::{ALERT, EVICTION, FULL};
use super::{Case, Topology};
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Ratio, Secs};
use serde::Serialize;

/// How long a region may stay down before something runs out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
#[expect(clippy::large_enum_variant, reason = "an evaluation holds three of them, each read in place")]
pub enum Runway {
    /// No replica: users wait until the reload is done.
    ColdStart,
    /// Nothing fills up while the region is down; the pair stands without a replica until it is linked again.
    NotAtRisk,
    /// The survivors' memory fills.
    Fills(Filling),
    /// The topology is not possible for this plan.
    NotApplicable,
}

/// Memory of one survivor while a member of its group is away (M-07, closed form).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filling {
    /// Usable memory of the fullest shard, scaled to the whole member: `U/φ`.
    pub limit: Bytes,
    /// Used at the moment of the loss, with backlogs: `used₀`.
    pub used: Range<Bytes>,
    /// Growth while the member is away: `κ·dlive/dt + g`.
    pub growth: Range<BytesPerSec>,
    /// Time to 75 % (memory alert); low is the earliest. `None` where it is never reached.
    pub to_alert: Range<Option<Secs>>,
    /// Time to 80 % (eviction begins).
    pub to_eviction: Range<Option<Secs>>,
    /// Time to 100 % (writes refused, sync stops).
    pub to_full: Range<Option<Secs>>,
    /// The time to 100 % that 95 of 100 cases exceed: P05 over the coefficients' ranges, at most the most likely time. The
    /// runway target is held against it. `None`: not even one case in twenty fills.
    pub full_p05: Option<Secs>,
    /// Latest safe start of the force-unlink.
    pub deadline: Deadline,
    /// Who waits for the health alert and then decides starts the force-unlink after [`Deadline::act_by`]; see
    /// [`alert_too_late`].
    pub alert_too_late: bool,
    /// Both backlogs, HA and CRDT, of every shard of a member: reserved up front (R2).
    pub backlogs: Bytes,
    /// CRDT backlog of one shard: `clamp(1 % of size ÷ shards, 1 MB, 250 MB)` (M-05).
    pub backlog_per_shard: Bytes,
    /// Outage that the backlog covers: a longer one means a full resync on return. `None` without changes: any outage.
    pub partial_resync_within: Option<Secs>,
    /// Share of usable memory in use, before and at the loss: data with its overhead and both backlogs, most likely κ.
    pub fill: Ratio,
}

/// Time to a share `x` of the limit (M-07): `t(x) = (x·U/φ − used₀) ÷ growth`.
///
/// 0 when already above; `None` when growth is not positive and the level is not reached.
#[must_use]
pub fn time_to(x: Ratio, limit: Bytes, used: Bytes, growth: BytesPerSec) -> Option<Secs> {
    let left = limit * x - used;
    if left <= Bytes::ZERO {
        return Some(Secs::ZERO);
    }
    if growth <= BytesPerSec::ZERO {
        return None;
    }
    Some(left / growth).filter(|time| time.is_finite())
}

/// The region that the closed form is about: the one whose loss leaves the most changes (M-07), the scenario's own where
/// no other leaves more. `None` in a plan without regions.
#[must_use]
pub fn worst_loss(plan: &Plan) -> Option<usize> {
    // Where every client re-homes, each loss leaves the same.
    let away = plan.assumptions.rehome_share.complement().as_fraction() > 0.0;
    let writes = |at: usize| if away { plan.regions[at].writes.as_fraction() } else { 0.0 };
    let last = plan.regions.len().checked_sub(1)?;
    let own = (plan.outage.lost as usize).min(last);
    Some((0..=last).fold(own, |least, at| if writes(at) < writes(least) { at } else { least }))
}

/// Whether who waits for the health alert and then decides starts the force-unlink too late (M-07):
/// `window + decision (most likely) > act by`. False without a deadline.
#[must_use]
pub fn alert_too_late(plan: &Plan, act_by: Option<Secs>) -> bool {
    act_by.is_some_and(|latest| plan.recovery.alert_window + plan.recovery.decide.mode > latest)
}

/// The longest window of the health alert that is not too late by [`alert_too_late`]; `None` without a deadline, 0 where no
/// window is in time.
#[must_use]
pub fn window_in_time(plan: &Plan, latest: Option<Secs>) -> Option<Secs> {
    latest.map(|latest| (latest - plan.recovery.decide.mode).max(Secs::ZERO))
}

/// The runway of one topology: only an active group's survivors fill (M-07).
#[must_use]
pub fn runway(case: &Case) -> Runway {
    let Some(member) = member(case) else {
        return Runway::NotApplicable;
    };
    match case.topology {
        Topology::Rebuild => Runway::ColdStart,
        Topology::Passive => Runway::NotAtRisk,
        Topology::Active => Runway::Fills(filling(case, member)),
    }
}

/// Advertised size and shards of one member.
#[derive(Debug, Clone, Copy)]
struct Member {
    advertised: Bytes,
    shards: u32,
}

impl Member {
    /// CRDT backlog of one shard (M-05, R2): `clamp(1 % of size ÷ shards, 1 MB, 250 MB)`; which size Azure takes is
    /// unknown, the advertised one is assumed.
    fn backlog_per_shard(self) -> Bytes {
        backlog_of(self.advertised, self.shards)
    }

    /// Two of every shard, HA and CRDT, both reserved up front (R2).
    fn backlogs(self) -> Bytes {
        self.backlog_per_shard() * (2.0 * f64::from(self.shards))
    }
}

fn member(case: &Case) -> Option<Member> {
    let cache = case.design.caches.first()?;
    let advertised = case.catalog.sku(&cache.sku).map_or(Bytes::ZERO, |sku| sku.memory);
    Some(Member { advertised, shards: cache.shards })
}

fn memory(case: &Case, member: Member) -> Memory {
    let limit = case.design.usable / skew(case.plan, member.shards);
    Memory::of(case.plan, case.demand, limit, member.backlogs())
}

/// What a size gives to a member's runway: `U/φ` less both backlogs. All else in M-07 is the plan's, so that of two sizes of one plan
/// the one with more room lasts longer, or both for ever.
pub(super) fn room(case: &Case) -> Bytes {
    let room = |member: Member| case.design.usable / skew(case.plan, member.shards) - member.backlogs();
    member(case).map_or(Bytes::ZERO, room)
}

/// Whether a group's runway is at least a target: [`Filling::full_p05`] alone. True without a design.
pub(super) fn outlasts(case: &Case, target: Secs) -> bool {
    member(case).is_none_or(|member| {
        let memory = memory(case, member);
        let factor = case.plan.assumptions.crdt_factor.mode;
        let typical = time_to(FULL, memory.limit, memory.used(factor), growth(case.plan, &memory).mode);
        memory.outlasts(case.plan, typical, target, &case.trials)
    })
}

/// A survivor that fills while the region is away whose loss leaves the most changes (M-07).
///
/// `used₀ = data·κ + both backlogs`, `growth = κ·dlive/dt + g`; the low end of every time is based on the high coefficients.
fn filling(case: &Case, member: Member) -> Filling {
    let Case { plan, shard, .. } = *case;
    let missed = shard.incoming;
    let assumed = &plan.assumptions;
    let (backlog_per_shard, backlogs) = (member.backlog_per_shard(), member.backlogs());
    let memory = memory(case, member);
    let limit = memory.limit;
    let used = assumed.crdt_factor.map(|factor| memory.used(factor));
    let growth = growth(plan, &memory);
    let reach = |x: Ratio| Range {
        low: time_to(x, limit, used.high, growth.high),
        mode: time_to(x, limit, used.mode, growth.mode),
        high: time_to(x, limit, used.low, growth.low),
    };
    let to_full = reach(FULL);
    let full_p05 = memory.full_p05(plan, to_full.mode, &case.trials);
    let deadline = Deadline::of(plan, full_p05, to_full);
    Filling {
        limit,
        used,
        growth,
        to_alert: reach(ALERT),
        to_eviction: reach(EVICTION),
        to_full,
        full_p05,
        deadline,
        alert_too_late: alert_too_late(plan, deadline.act_by),
        backlogs,
        backlog_per_shard,
        partial_resync_within: Some(backlog_per_shard / missed).filter(|time| time.is_finite()),
        // A byte keeps the ratio a number where nothing is usable.
        fill: Ratio::fraction(used.mode / limit.max(Bytes::bytes(1.0))),
    }
}

/// `κ·dlive/dt + g` (M-07), all coefficients at their low, most likely and high ends.
///
/// `g = removals·(key + m_del) + elements·m_elem + overwrites·m_over`: what cannot be freed until every member has seen it.
/// `dlive/dt = (creates − removals)·(key + value + 60)` where it is positive: a shrinking data set frees nothing meanwhile.
/// Each rate is that of the regions alive, with re-homed clients.
fn growth(plan: &Plan, memory: &Memory) -> Range<BytesPerSec> {
    let assumed = &plan.assumptions;
    let (factor, delete) = (assumed.crdt_factor, assumed.kept_per_delete);
    let (element, overwrite) = (assumed.kept_per_element, assumed.kept_per_overwrite);
    let at = |factor, delete, element, overwrite| memory.growth(&Coefficients { factor, delete, element, overwrite });
    Range {
        low: at(factor.low, delete.low, element.low, overwrite.low),
        mode: at(factor.mode, delete.mode, element.mode, overwrite.mode),
        high: at(factor.high, delete.high, element.high, overwrite.high),
    }
}

/// `g` of all regions' changes together: what they leave behind until every member has seen them (M-07).
pub(super) fn retained(plan: &Plan, demand: &Demand, given: &Coefficients) -> BytesPerSec {
    retained_of([demand.removals, demand.element_removals, demand.overwrites], plan.workload.key_size, given)
}

/// The same from removals, element removals and overwrites a second, and the size of a key.
#[must_use]
pub fn retained_of(rates: [OpsPerSec; 3], key: Bytes, given: &Coefficients) -> BytesPerSec {
    let [removals, elements, overwrites] = rates;
    removals * (key + given.delete) + elements * given.element + overwrites * given.overwrite
}
