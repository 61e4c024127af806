//! What the models' tests share.

use super::capacity::{Capacity, capacity};
use super::demand::{Demand, demand};
use super::fit::Design;
use super::latency::{LatencyAnswer, latency};
use super::rpo::{Rpo, rpo};
use super::rto::{RtoChain, rto};
use super::runway::{Filling, Runway, runway};
use super::sizing::sized;
use super::sync::FullSync;
use super::{Case, Topology, fit};
use crate::catalog::{Catalog, RegionId, SkuId};
use crate::plan::{Confirmation, Plan, Readiness, RegionShare};
use crate::units::{Bytes, OpsPerSec, Range, Ratio, Secs};
use std::sync::LazyLock;

pub(super) static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled().unwrap());

/// Every answer of the models for one topology.
#[derive(Debug)]
pub(super) struct Answers {
    pub(super) demand: Demand,
    pub(super) design: Design,
    pub(super) sync: FullSync,
    pub(super) rpo: Rpo,
    pub(super) rto: Vec<RtoChain>,
    pub(super) runway: Runway,
    pub(super) capacity: Capacity,
    pub(super) latency: LatencyAnswer,
}

impl Answers {
    pub(super) fn of(topology: Topology, plan: &Plan) -> Self {
        let catalog = &*CATALOG;
        let demand = demand(plan);
        let design = sized(topology, plan, catalog, &demand);
        let case = Case::new(topology, plan, catalog, &demand, &design);
        Self {
            rpo: rpo(&case),
            rto: rto(&case),
            runway: runway(&case),
            capacity: capacity(&case),
            latency: latency(&case),
            sync: case.sync,
            demand,
            design,
        }
    }

    /// The case that they answer.
    pub(super) fn case<'a>(&'a self, topology: Topology, plan: &'a Plan) -> Case<'a> {
        Case::new(topology, plan, &CATALOG, &self.demand, &self.design)
    }

    pub(super) fn filling(&self) -> &Filling {
        match &self.runway {
            Runway::Fills(filling) => filling,
            other => panic!("not filling but {other:?}"),
        }
    }

    pub(super) fn size(&self) -> String {
        let cache: &fit::Cache = self.design.caches.first().unwrap();
        format!("{} × {}", cache.sku.short(), cache.shards)
    }
}

/// As a design names it.
#[expect(clippy::unnecessary_wraps, reason = "a design's size is optional")]
pub(super) fn sku(name: &str) -> Option<SkuId> {
    Some(SkuId::new(name))
}

/// Regions with equal shares, by name.
pub(super) fn even_regions(names: &[&str]) -> Vec<RegionShare> {
    let share = 1.0 / names.len() as f64;
    names.iter().map(|name| RegionShare::new(name, share, share)).collect()
}

pub(super) fn region(name: &str) -> RegionId {
    RegionId::new(name)
}

/// The durations that hand-worked tests are worked with, and a group whose clients redirect themselves, drilled; a target of 30 min.
pub(crate) fn worked_steps(plan: &mut Plan) {
    let mins = |low: f64, mode: f64, high: f64| Range::new(Secs::mins(low), Secs::mins(mode), Secs::mins(high));
    let steps = &mut plan.recovery;
    (steps.detect, steps.decide, steps.repoint) = (mins(2.0, 5.0, 15.0), mins(5.0, 10.0, 30.0), mins(2.0, 8.0, 20.0));
    (steps.keys, steps.warm_up, steps.validate) = (mins(1.0, 2.0, 10.0), mins(0.0, 1.0, 5.0), mins(2.0, 5.0, 10.0));
    (steps.create, steps.readiness) = (mins(7.0, 10.0, 14.0), Readiness::Rehearsed);
    plan.active.checks.application_redirects = Confirmation::Confirmed;
    plan.objectives.rto = Some(Secs::mins(30.0));
}

/// A steady plan: no bursts, even shards, plain memory, all of one kind of change given by the caller, and a pair whose
/// geo-replicated name leads to both caches.
pub(super) fn plain(dataset_gb: f64, writes: f64) -> Plan {
    let mut plan = Plan::default();
    worked_steps(&mut plan);
    plan.workload.dataset = Bytes::gb(dataset_gb);
    plan.workload.writes = OpsPerSec::per_s(writes);
    plan.workload.peak.ratio = 1.0;
    plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
    plan.assumptions.hottest_shard = 1.0;
    plan.assumptions.wire_overhead = Ratio::ZERO;
    // Commands cost nothing beside their bytes, so that a rate is what it is called.
    plan.assumptions.apply_commands = Range::exactly(OpsPerSec::per_s(1e15));
    plan.assumptions.crdt_factor = Range::exactly(1.0);
    plan
}

/// B10 with 9.6 GB usable, κ = 1, even shards; half of the changes delete keys of 20 B that keep 80 B more, half create, so that live
/// data stays.
pub(super) fn b10(dataset_gb: f64, writes: f64) -> Plan {
    let mut plan = plain(dataset_gb, writes);
    plan.active.sku = sku("Balanced_B10");
    let split = &mut plan.workload.split;
    (split.creates, split.deletes) = (Ratio::percent(50.0), Ratio::percent(50.0));
    (split.overwrites, split.expiries) = (Ratio::ZERO, Ratio::ZERO);
    plan.workload.key_size = Bytes::bytes(20.0);
    plan.assumptions.kept_per_delete = Range::exactly(Bytes::bytes(80.0));
    plan
}
