//! What the busiest cache has to take, and what one may be planned with (M-09).

use super::Topology;
use super::demand::{Demand, peak_ratio};
use crate::catalog::{Family, Sku};
use crate::plan::Plan;
use crate::units::OpsPerSec;

/// Operations per second of the busiest cache, at peak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Load {
    pub(super) normal: OpsPerSec,
    pub(super) region_down: OpsPerSec,
}

/// Load of the busiest cache (M-09), reads and writes both at the peak ratio.
///
/// - Active member `i`: `reads·uᵢ + writes`, since every member applies every change (R7). With member `j` down and all its
///   arriving clients moved to `i`: `reads·(uᵢ + h·uⱼ) + writes·(1 − sⱼ·(1 − h))`, worst pair; `h` is the share that
///   re-homes.
/// - Passive: the primary serves all writes and the reads, less those of users near the secondary where they read from it;
///   with one side down the other serves everything.
/// - Rebuild: one cache serves everything, before and after.
#[must_use]
pub(super) fn load(topology: Topology, plan: &Plan, demand: &Demand) -> Load {
    let peak = peak_ratio(plan);
    let (reads, writes) = (demand.reads * peak, demand.writes * peak);
    let everything = reads + writes;
    match topology {
        Topology::Rebuild => Load { normal: everything, region_down: everything },
        Topology::Passive => {
            let near = plan.secondary().map_or(0.0, |region| region.users.as_fraction());
            let away = if plan.passive.reads_from_secondary { reads * near } else { OpsPerSec::ZERO };
            Load { normal: (everything - away).max(writes + away), region_down: everything }
        }
        Topology::Active => active_load(plan, reads, writes),
    }
}

fn active_load(plan: &Plan, reads: OpsPerSec, writes: OpsPerSec) -> Load {
    let rehome = plan.assumptions.rehome_share.as_fraction();
    let mut load = Load { normal: writes, region_down: writes };
    for (i, member) in plan.regions.iter().enumerate() {
        let own = member.users.as_fraction();
        let normal = reads * own + writes;
        load.normal = load.normal.max(normal);
        load.region_down = load.region_down.max(normal);
        for (_, dead) in plan.regions.iter().enumerate().filter(|(j, _)| *j != i) {
            let moved_reads = reads * (own + dead.users.as_fraction() * rehome);
            let kept_writes = writes * (1.0 - dead.writes.as_fraction() * (1.0 - rehome));
            load.region_down = load.region_down.max(moved_reads + kept_writes);
        }
    }
    load
}

/// What one cache may be planned with: published GET figure × derating (× shards for Premium, whose figures are for one
/// shard). `None` where nothing is published.
#[must_use]
pub(super) fn limit(sku: &Sku, shards: u32, plan: &Plan) -> Option<OpsPerSec> {
    let caches = if sku.family == Family::Premium { f64::from(shards) } else { 1.0 };
    sku.throughput.map(|published| published * plan.assumptions.throughput_derate * caches)
}
