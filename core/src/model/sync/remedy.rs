//! The number that would let a full sync end, each one tried.

use super::{KEEPS_UP_TO, SyncOutcome, byte_rate_for, command_bytes};
use crate::catalog::{Family, Sku, SkuId};
use crate::model::demand::demand;
use crate::model::fit::smallest;
use crate::model::{Case, Topology};
use crate::plan::{MOST_SHARDS, Plan};
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range};
use serde::Serialize;

/// What would let a full sync end, each alone, everything else as planned; `None` where that alone does not help.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Remedy {
    /// The rate of a shard, rounded up to three digits: that of the sync for a pair, of applying for a group.
    pub rate: Option<BytesPerSec>,
    /// Shards of a pair, of the same size; those of an AMR size come with it, so that a group takes another size.
    pub shards: Option<u32>,
    /// The cheapest size of a group's members whose shards apply what comes in, and that lacks nothing that the planned one has.
    pub size: Option<SkuId>,
    /// The most writes per second, rounded down to three digits.
    pub writes: Option<OpsPerSec>,
    /// The replica buffer, rounded up to three digits; a group has no such limit.
    pub buffer: Option<Bytes>,
}

/// The remedies of a sync that never converges or overruns its assumed buffer (M-03), and the buffer of one that is tight; `None` where it ends.
///
/// `rate ≥ max(w ÷ 0.95, w·S ÷ buffer)`, `w ≤ min(0.95·R, buffer ÷ T_copy)`, `buffer ≥ w·T_copy`, the fewest shards of a pair
/// or the cheapest size of a group by trial. Each is put into the plan, and named only if the sync then ends: the node's bandwidth may cap the rate.
#[must_use]
pub fn remedy(case: &Case) -> Option<Remedy> {
    let Case { topology, plan, shard, ref sync, .. } = *case;
    let incoming = shard.incoming;
    let shards = case.design.caches.first()?.shards;
    let (pending, likely) = match &sync.outcome {
        SyncOutcome::Converges { overrun: Some(overrun), .. } => (overrun.pending, overrun.likely),
        SyncOutcome::NeverConverges { .. } => (incoming * sync.copy.mode, true),
        SyncOutcome::Converges { .. } | SyncOutcome::NotApplicable => return None,
    };
    let trial = Trial(case);
    let needed = three_up(pending.as_bytes());
    if !likely {
        return Some(Remedy { rate: None, shards: None, size: None, writes: None, buffer: Some(Bytes::bytes(needed)) });
    }
    let buffer = (topology == Topology::Passive).then_some(plan.assumptions.replica_buffer);
    let by_buffer = buffer.map_or(0.0, |buffer| incoming * (sync.shard_bytes / buffer.max(Bytes::bytes(1.0))) / UNIT);
    let commands = plan.assumptions.apply_commands.mode;
    let by_changes = byte_rate_for(incoming / KEEPS_UP_TO, commands, command_bytes(plan, case.demand));
    let rate = by_changes.map(|rate| BytesPerSec::bytes_per_s(three_up((rate / UNIT).max(by_buffer))));
    let least = buffer.map_or(f64::INFINITY, |buffer| (buffer / sync.copy.mode) / UNIT);
    let part = (sync.apply_rate * KEEPS_UP_TO / UNIT).min(least) / (incoming / UNIT);
    let writes = OpsPerSec::per_s(three_down(plan.workload.writes.as_per_s() * part));
    let pair = topology == Topology::Passive;
    Some(Remedy {
        rate: rate.filter(|rate| trial.ends(&with_rate(topology, plan, *rate), shards)),
        shards: (shards + 1..=MOST_SHARDS).find(|more| pair && trial.ends(plan, *more)),
        size: if pair { None } else { trial.size(plan) },
        writes: Some(writes).filter(|writes| {
            let mut fewer = plan.clone();
            fewer.workload.writes = *writes;
            *writes > OpsPerSec::ZERO && trial.ends(&fewer, shards)
        }),
        buffer: buffer.map(|_| Bytes::bytes(needed)).filter(|buffer| {
            let mut larger = plan.clone();
            larger.assumptions.replica_buffer = *buffer;
            trial.ends(&larger, shards)
        }),
    })
}

const UNIT: BytesPerSec = BytesPerSec::bytes_per_s(1.0);

fn with_rate(topology: Topology, plan: &Plan, rate: BytesPerSec) -> Plan {
    let mut faster = plan.clone();
    if topology == Topology::Active {
        faster.assumptions.active_apply_rate = rate;
    } else {
        faster.assumptions.sync_rate = Range::exactly(rate);
    }
    faster
}

/// It ends, and at the most likely rate the assumed buffer holds the changes meanwhile.
fn settled(outcome: &SyncOutcome) -> bool {
    let overrun = outcome.overrun().is_some_and(|overrun| overrun.likely);
    matches!(outcome, SyncOutcome::Converges { .. }) && !overrun
}

/// Tries another plan or design in place of the case's own.
struct Trial<'a>(&'a Case<'a>);

impl Trial<'_> {
    /// Whether the sync ends with this plan and so many shards of the same data.
    fn ends(&self, plan: &Plan, shards: u32) -> bool {
        let Case { topology, catalog, .. } = *self.0;
        let mut design = self.0.design.clone();
        for cache in &mut design.caches {
            cache.shards = shards;
        }
        let changed = demand(plan);
        let demand = if plan.workload.writes == self.0.demand.writes { self.0.demand } else { &changed };
        settled(&Case::new(topology, plan, catalog, demand, &design).sync.outcome)
    }
}

impl Trial<'_> {
    /// The cheapest size of the catalogue with which the members' sync ends, by the price of a node in the first region; one in
    /// preview or without a price comes after the others.
    fn size(&self, plan: &Plan) -> Option<SkuId> {
        let region = &plan.primary()?.region;
        let rank = |sku: &Sku| {
            let price = self.0.catalog.node_price(&sku.id, region).known().map(|known| known.amount);
            (sku.preview, price.is_none(), price)
        };
        let sizes = self.0.catalog.skus().iter().filter(|sku| sku.active_geo && sku.family != Family::FlashOptimized);
        sizes.filter(|sku| self.ends_with(plan, sku)).min_by_key(|sku| rank(sku)).map(|sku| sku.id.clone())
    }

    fn ends_with(&self, plan: &Plan, sku: &Sku) -> bool {
        let mut other = plan.clone();
        other.active.sku = Some(sku.id.clone());
        let Case { topology, catalog, demand, .. } = *self.0;
        let design = smallest(topology, &other, catalog, demand);
        let sync = Case::new(topology, &other, catalog, demand, &design).sync;
        design.misfits.len() <= self.0.design.misfits.len() && settled(&sync.outcome)
    }
}

/// Rounded up to three digits, so that the figure on the page is the one that was tried.
fn three_up(value: f64) -> f64 {
    three(value, libm::ceil)
}

fn three_down(value: f64) -> f64 {
    three(value, libm::floor)
}

fn three(value: f64, round: fn(f64) -> f64) -> f64 {
    if !(value.is_finite() && value > 0.0) {
        return 0.0;
    }
    let digit = libm::pow(10.0, libm::floor(libm::log10(value)) - 2.0);
    round(value / digit) * digit
}
