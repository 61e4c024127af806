//! What runs today and is moved, and when its service ends.

use crate::catalog::{Catalog, Family, LifecycleEvent, Service, Sku, SkuId};
use crate::model::demand::Demand;
use crate::model::fit::{Cache, SizeName};
use crate::model::{Topology, sizing, throughput};
use crate::plan::{Confirmation, Plan};
use crate::units::{Bytes, Date, OpsPerSec};
use serde::Serialize;

/// Kinds of what runs; each has paths of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Two linked Premium caches.
    Pair,
    /// Premium caches without a link.
    Premium,
    /// Standard caches.
    Standard,
    /// Basic caches, of one node.
    Basic,
    /// Enterprise clusters in one active group.
    EnterpriseGroup,
    /// Enterprise clusters without a group.
    Enterprise,
    /// Enterprise Flash clusters in one active group.
    FlashGroup,
    /// Enterprise Flash clusters without a group.
    Flash,
}

impl Kind {
    /// A second copy of the data stands in another region.
    #[must_use]
    pub const fn has_second_copy(self) -> bool {
        matches!(self, Self::Pair | Self::EnterpriseGroup | Self::FlashGroup)
    }

    /// Of Azure Cache for Redis: Basic, Standard, Premium.
    #[must_use]
    pub const fn is_classic(self) -> bool {
        matches!(self, Self::Pair | Self::Premium | Self::Standard | Self::Basic)
    }

    /// Of Premium, linked or not.
    #[must_use]
    pub const fn is_premium(self) -> bool {
        matches!(self, Self::Pair | Self::Premium)
    }
}

/// Why there is nothing to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NothingToMove {
    /// The plan does not say what runs.
    Unsaid,
    /// Nothing runs.
    Nothing,
    /// It is Azure Managed Redis already, which does not end.
    Managed,
    /// The catalogue does not know the size or the end of its service.
    Unknown,
}

/// A plan says what runs, or that nothing does.
#[must_use]
pub fn says_what_runs(plan: &Plan) -> bool {
    plan.today.sku.is_some() || plan.passive.exists != Confirmation::Unknown
}

/// The caches that run and have to move.
#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    /// What they are.
    pub kind: Kind,
    /// They, the primary of a pair first.
    pub caches: Vec<Cache>,
    /// Their size as people say it.
    pub size: SizeName,
    /// What the mapping counts: shards of a clustered Premium cache, capacity of an Enterprise cluster, else 0 (Z1–Z3).
    pub units: u32,
    /// Caches of the size in each region that hold the data together: 1 but for Basic and Standard.
    pub alike: u32,
    /// Advertised memory of what stands in one region.
    pub memory: Bytes,
    /// Operations that it may be planned with (M-09); `None` where none is published.
    pub throughput: Option<OpsPerSec>,
    /// The size of the pair was derived: the plan says that it exists, but not its size.
    pub derived: bool,
    /// The service that ends.
    pub service: Service,
    /// Its last day.
    pub last_day: Date,
}

impl Running {
    /// What the plan says that runs.
    ///
    /// # Errors
    /// Why nothing is to be moved.
    pub fn of(plan: &Plan, catalog: &Catalog, demand: &Demand) -> Result<Self, NothingToMove> {
        if plan.pair_runs() {
            return Self::pair(plan, catalog, demand);
        }
        let Some(id) = &plan.today.sku else {
            let nothing = plan.passive.exists.is_not_so();
            return Err(if nothing { NothingToMove::Nothing } else { NothingToMove::Unsaid });
        };
        match catalog.sku(id) {
            Some(sku) if sku.family.is_managed_redis() => Err(NothingToMove::Managed),
            Some(sku) => Self::premium(plan, catalog, sku),
            None => Self::retiring(plan, catalog, id),
        }
    }

    fn pair(plan: &Plan, catalog: &Catalog, demand: &Demand) -> Result<Self, NothingToMove> {
        let plan = &*plan.pair_as_it_runs();
        let design = sizing::sized(Topology::Passive, plan, catalog, demand);
        let first = design.caches.first().ok_or(NothingToMove::Unknown)?;
        let sku = catalog.sku(&first.sku).ok_or(NothingToMove::Unknown)?;
        let shards = first.shards.max(1);
        // A pair that is said to have one shard is clustered; 0 and a derived single shard are not.
        let clustered = shards > 1 || plan.passive.shards == Some(1);
        Ok(Self {
            kind: Kind::Pair,
            size: first.size_name(catalog),
            units: if clustered { shards } else { 0 },
            alike: 1,
            memory: sku.memory * f64::from(shards),
            throughput: throughput::limit(sku, shards, plan),
            derived: design.sku_derived,
            service: Service::Premium,
            last_day: last_day(catalog, Service::Premium)?,
            caches: design.caches,
        })
    }

    fn premium(plan: &Plan, catalog: &Catalog, sku: &Sku) -> Result<Self, NothingToMove> {
        let shards = plan.today.caches.max(1);
        Ok(Self {
            kind: if plan.pair_runs_elsewhere() { Kind::Pair } else { Kind::Premium },
            caches: caches(plan, &sku.id, shards, shards.saturating_mul(2)),
            size: SizeName { sku: sku.id.clone(), shards: (sku.family == Family::Premium).then_some(shards) },
            units: if shards > 1 { shards } else { 0 },
            alike: 1,
            memory: sku.memory * f64::from(shards),
            throughput: throughput::limit(sku, shards, plan),
            derived: false,
            service: Service::Premium,
            last_day: last_day(catalog, Service::Premium)?,
        })
    }

    fn retiring(plan: &Plan, catalog: &Catalog, id: &SkuId) -> Result<Self, NothingToMove> {
        let size = catalog.retiring_sizes().iter().find(|size| size.id == *id).ok_or(NothingToMove::Unknown)?;
        let grouped = plan.today.regions > 1 && plan.regions.len() > 1 && !plan.today.grouped.is_not_so();
        let (name, enterprise) = (id.as_str(), size.service() == Service::Enterprise);
        let kind = match (name.starts_with("EnterpriseFlash"), enterprise) {
            (true, _) if grouped => Kind::FlashGroup,
            (true, _) => Kind::Flash,
            (_, true) if grouped => Kind::EnterpriseGroup,
            (_, true) => Kind::Enterprise,
            _ if name.starts_with("Basic") => Kind::Basic,
            _ => Kind::Standard,
        };
        let each = plan.today.caches.max(1);
        Ok(Self {
            kind,
            caches: caches(plan, id, 1, size.nodes.saturating_mul(each)),
            size: SizeName { sku: id.clone(), shards: None },
            units: if enterprise { size.nodes.saturating_mul(each) } else { 0 },
            alike: if enterprise { 1 } else { each },
            memory: size.memory * f64::from(each),
            throughput: None,
            derived: false,
            service: size.service(),
            last_day: last_day(catalog, size.service())?,
        })
    }
}

fn caches(plan: &Plan, sku: &SkuId, shards: u32, nodes: u32) -> Vec<Cache> {
    let cache = |region| Cache { region, sku: sku.clone(), shards, nodes };
    plan.today_regions().into_iter().map(cache).collect()
}

fn last_day(catalog: &Catalog, service: Service) -> Result<Date, NothingToMove> {
    let event = catalog.lifecycle_event(service, LifecycleEvent::Retired);
    event.map(|event| event.date).ok_or(NothingToMove::Unknown)
}
