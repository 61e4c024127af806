//! Bills of given caches, as one works them out on paper.

use crate::CATALOG;
use dr_core::catalog::SkuId;
use dr_core::model::cost::{Bill, BillLine, LineKind, bill};
use dr_core::model::demand::demand;
use dr_core::model::fit::{Cache, Design};
use dr_core::model::sync::{FullSync, SyncOutcome};
use dr_core::model::{Case, Topology};
use dr_core::plan::{Network, Plan, RegionShare};
use dr_core::units::{Bytes, BytesPerSec, Range, Ratio, Secs};
use rust_decimal::Decimal;

/// An exact figure.
#[must_use]
pub fn dec(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// The amount of a line in cents.
#[must_use]
pub fn cents(line: &BillLine) -> String {
    line.amount.unwrap_or_else(|| panic!("{} has no price: {:?}", line.label(), line.price)).to_cents().to_string()
}

/// A plan that pays for nodes only, in the given regions with equal shares.
#[must_use]
pub fn nodes_only(regions: &[&str]) -> Plan {
    let mut plan = Plan::default();
    let share = 1.0 / regions.len() as f64;
    plan.regions = regions.iter().map(|region| RegionShare::new(region, share, share)).collect();
    plan.passive.network = Network::Public;
    plan.active.network = Network::Public;
    plan.pricing.alerts_per_cache = 0;
    plan.pricing.logs_per_cache = Bytes::ZERO;
    plan.pricing.full_syncs_per_year = Some(0);
    plan.pricing.drills_per_year = 0;
    plan
}

fn design(sku: &str, shards: u32, nodes: u32, plan: &Plan, caches: usize) -> Design {
    let cache = |region: &RegionShare| Cache { region: region.region.clone(), sku: SkuId::new(sku), shards, nodes };
    Design {
        caches: plan.regions.iter().take(caches).map(cache).collect(),
        possible: true,
        sku_derived: false,
        smallest: None,
        usable: Bytes::ZERO,
        used: Bytes::ZERO,
        fill: Ratio::ZERO,
        misfits: Vec::new(),
        asked: Vec::new(),
        sized_for: Vec::new(),
    }
}

fn sync_of(total: Bytes) -> FullSync {
    let none = Range::exactly(Secs::ZERO);
    FullSync {
        shard_bytes: total,
        total_bytes: total,
        start: none,
        copy: none,
        apply_rate: BytesPerSec::ZERO,
        outcome: SyncOutcome::Converges { catch_up: none, resync: none, new_link: none, overrun: None },
    }
}

/// The bill of caches of one size in every region of the plan, with a full sync of 26 GB.
#[must_use]
pub fn billed(topology: Topology, plan: &Plan, sku: &str, shards: u32, nodes: u32) -> Bill {
    let caches = if topology == Topology::Rebuild { 1 } else { plan.regions.len() };
    let design = design(sku, shards, nodes, plan, caches);
    let demand = demand(plan);
    bill(&Case { sync: sync_of(Bytes::gb(26.0)), ..Case::new(topology, plan, &CATALOG, &demand, &design) })
}

/// The lines of a kind.
#[must_use]
pub fn of_kind(bill: &Bill, kind: LineKind) -> Vec<&BillLine> {
    bill.lines.iter().filter(|line| line.kind == kind).collect()
}

/// 1,000 writes/s of one byte count that makes the stream exactly 1 MB/s.
pub fn one_mb_per_s(plan: &mut Plan) {
    let bytes = demand(plan).stream;
    plan.workload.writes = plan.workload.writes * (BytesPerSec::mb_per_s(1.0) / bytes);
}
