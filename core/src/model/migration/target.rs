//! The size that follows: by the published mapping, and by what the load needs (M-18).

use super::running::Running;
use crate::catalog::{Catalog, Family, MappedSize, SkuId};
use crate::model::Topology;
use crate::model::demand::{Demand, peak_ratio};
use crate::model::fit::{self, Cache, Misfit};
use crate::plan::Plan;
use crate::units::{Bytes, OpsPerSec, Range, Ratio};

/// Server load and memory above which they decide the family, and memory below which a busy cache is called empty (Z2).
const HIGH: f64 = 0.7;
const LOW_MEMORY: f64 = 0.5;

/// Sizes for what runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizes {
    /// Which family, and why.
    pub family: FamilyChoice,
    /// The row of the mapping; `None` where no source has one.
    pub row: Option<MappedSize>,
    /// Of the row's sizes the smaller where the load fits it without the CRDT factor, else the larger.
    pub mapped: Option<SkuId>,
    /// What the load lacks in the smaller of the row's two sizes, without the CRDT factor; empty where that is the mapped one.
    pub passed_over: Vec<Misfit>,
    /// What the load lacks in the mapped size, with the CRDT factor of a group; empty where it holds.
    pub lacks: Vec<Misfit>,
    /// The smallest of the family that holds the load: at the low, most likely and high CRDT factor; once for a single cache.
    pub needs: Vec<Need>,
    /// Why mapping and need differ.
    pub differs: Differs,
}

/// The smallest size that holds the load.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// The CRDT factor; `None` for a cache without a group.
    pub factor: Option<f64>,
    /// The size; `None` where none fits.
    pub sku: Option<SkuId>,
    /// Advertised memory that the data asks for: `data × factor × fullest shard ÷ fill ÷ 0.8`, fullest shard of that size.
    pub asked: Bytes,
    /// Advertised memory of the size.
    pub memory: Bytes,
    /// It is in preview: taken only where nothing else fits.
    pub preview: bool,
}

/// Why the mapping's size and the need differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// They do not.
    Same,
    /// No source has a row for what runs.
    NoRow,
    /// No size holds the load.
    NothingFits,
    /// The mapped size cannot be a member of a group (S3).
    NotInGroup,
    /// The mapping goes by nominal memory and counts no CRDT factor.
    CrdtFactor,
    /// Data, connections or operations are more than the mapped size takes, whatever the factor.
    Load,
    /// The mapping goes by the old size, and the data fills less of it.
    OldSizeRoomy,
    /// Equal memory in another family.
    Family,
}

/// A family of Azure Managed Redis for the load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FamilyChoice {
    /// The family.
    pub family: Family,
    /// Data ÷ advertised memory of what runs.
    pub memory: Ratio,
    /// Operations at the peak ÷ what it may be planned with; `None` where no throughput of it is published.
    pub load: Option<Ratio>,
}

impl FamilyChoice {
    /// By the load of what runs (Z2): above 70 % load with memory below 50 % Compute Optimized, memory above 70 % with load not above
    /// it Memory Optimized, else Balanced; Balanced also where the load is not known (D4).
    #[must_use]
    pub fn of(running: &Running, plan: &Plan, demand: &Demand) -> Self {
        let memory = plan.workload.dataset / running.memory.max(Bytes::bytes(1.0));
        let peak = (demand.reads + demand.writes) * peak_ratio(plan);
        let load = running.throughput.filter(|limit| *limit > OpsPerSec::ZERO).map(|limit| peak / limit);
        let family = match load {
            Some(load) if load > HIGH && memory < LOW_MEMORY => Family::ComputeOptimized,
            Some(load) if load <= HIGH && memory > HIGH => Family::MemoryOptimized,
            _ => Family::Balanced,
        };
        Self { family, memory: Ratio::fraction(memory), load: load.map(Ratio::fraction) }
    }
}

/// The sizes of a target topology for what runs.
#[must_use]
pub(super) fn sizes(running: &Running, target: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand) -> Sizes {
    let family = FamilyChoice::of(running, plan, demand);
    let open = plan.with_open_sizes();
    let factors = plan.assumptions.crdt_factor;
    let factors: Vec<Option<f64>> = match target {
        Topology::Active => [factors.low, factors.mode, factors.high].map(Some).into(),
        _ => vec![None],
    };
    let needs: Vec<Need> =
        factors.iter().map(|factor| need(family.family, *factor, target, &open, catalog, demand)).collect();
    let row = catalog.mapping(&running.size.sku, running.units).cloned();
    let missing_in = |sku: &SkuId, factor: Option<f64>| missing_in(sku, factor, target, &open, catalog, demand);
    let mapped = row.as_ref().map(|row| {
        let fits = |sku: &&SkuId| missing_in(sku, Some(1.0)).is_empty();
        row.sizes().find(fits).or(row.also.as_ref()).unwrap_or(&row.to).clone()
    });
    let smaller = row.as_ref().filter(|row| row.also.is_some() && mapped.as_ref() != Some(&row.to));
    let passed_over = smaller.map(|row| missing_in(&row.to, Some(1.0))).unwrap_or_default();
    let likely = needs.get(needs.len() / 2).cloned();
    let differs =
        differs(catalog, target, mapped.as_ref(), likely.as_ref(), |sku| missing_in(sku, Some(1.0)).is_empty());
    let lacks = mapped.as_ref().map(|sku| missing_in(sku, None)).unwrap_or_default();
    Sizes { family, row, mapped, passed_over, lacks, needs, differs }
}

fn differs(
    catalog: &Catalog,
    target: Topology,
    mapped: Option<&SkuId>,
    need: Option<&Need>,
    plain_fits: impl Fn(&SkuId) -> bool,
) -> Differs {
    let Some(mapped) = mapped.and_then(|id| catalog.sku(id)) else { return Differs::NoRow };
    let Some(need) = need.and_then(|need| catalog.sku(need.sku.as_ref()?)) else { return Differs::NothingFits };
    match mapped.memory.as_bytes().total_cmp(&need.memory.as_bytes()) {
        _ if mapped.id == need.id => Differs::Same,
        _ if target == Topology::Active && !mapped.active_geo => Differs::NotInGroup,
        std::cmp::Ordering::Equal => Differs::Family,
        std::cmp::Ordering::Greater => Differs::OldSizeRoomy,
        std::cmp::Ordering::Less if plain_fits(&mapped.id) => Differs::CrdtFactor,
        std::cmp::Ordering::Less => Differs::Load,
    }
}

fn with_factor(plan: &Plan, factor: Option<f64>) -> Plan {
    let mut plan = plan.clone();
    if let Some(factor) = factor {
        plan.assumptions.crdt_factor = Range::exactly(factor);
    }
    plan
}

/// The smallest of the family by memory that fits (M-02), no preview where another does; of any family where none of it fits.
fn need(
    family: Family,
    factor: Option<f64>,
    target: Topology,
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
) -> Need {
    let plan = with_factor(plan, factor);
    let offered = fit::designs(target, &plan, catalog, demand);
    let fitting = offered.iter().filter_map(|it| catalog.sku(&it.design.caches.first()?.sku));
    let least = |all: &mut dyn Iterator<Item = &'_ crate::catalog::Sku>| {
        all.map(|sku| (sku.preview, sku.memory.as_bytes(), sku.id.clone()))
            .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))
    };
    let found = least(&mut fitting.clone().filter(|sku| sku.family == family)).or_else(|| least(&mut fitting.clone()));
    let sku = found.as_ref().and_then(|(.., id)| catalog.sku(id));
    let skew = fit::skew(&plan, sku.map_or(1, |sku| sku.shards));
    let held = plan.active.max_fill.as_fraction()
        * sku.map_or(fit::AMR_USABLE, |sku| fit::usable(sku, sku.shards, &plan) / sku.memory);
    Need {
        factor,
        asked: plan.workload.dataset * (factor.unwrap_or(1.0) * skew / held),
        memory: sku.map_or(Bytes::ZERO, |sku| sku.memory),
        preview: sku.is_some_and(|sku| sku.preview),
        sku: sku.map(|sku| sku.id.clone()),
    }
}

/// What the load lacks in a size, in every region of the target.
fn missing_in(
    sku: &SkuId,
    factor: Option<f64>,
    target: Topology,
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
) -> Vec<Misfit> {
    let Some((size, first)) = catalog.sku(sku).zip(plan.regions.first()) else { return Vec::new() };
    let nodes = size.nodes_with_ha;
    let cache = Cache { region: first.region.clone(), sku: sku.clone(), shards: size.shards, nodes };
    fit::missing_capacity(target, &with_factor(plan, factor), catalog, demand, &[cache])
}
