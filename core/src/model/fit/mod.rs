//! What is bought and whether the load fits (M-02): the size given, or the cheapest that fits.

mod choose;
mod design;
mod misfit;
mod need;
mod scaled;
mod size;
mod steps;
#[cfg(test)]
mod tests;

use super::demand::Demand;
use super::{Place, Topology};
use crate::catalog::{Catalog, RegionId, Sku, SkuId};
use crate::plan::{GROUP_MEMBERS, Plan};
use crate::units::{Bytes, Ratio};
use choose::{any_shards, best, largest, planned_shards, ranked, skus};
pub use design::{Asked, Cache, Design, SizeChoice};
pub use misfit::{Misfit, SizeName};
use need::Need;
pub(super) use scaled::{existing, following, missing_capacity, scales_in_place};
pub use size::AMR_USABLE;
pub(super) use size::skew;
use size::{Size, nodes};
pub(crate) use steps::Steps;

/// Memory that data may use in one cache (M-02): Premium `size × shards × (1 − reserved − fragmentation reserved)` (D11),
/// AMR 80 % of the advertised size (D2). Never negative.
#[must_use]
pub fn usable(sku: &Sku, shards: u32, plan: &Plan) -> Bytes {
    Size { sku, shards }.usable(plan)
}

/// Chooses or checks the size of one topology (M-02).
///
/// Not given, it is the cheapest that fits by memory, connections and published throughput; previews only where nothing
/// else fits, then sizes whose throughput no published figure covers, Flash never. Given, it stands, with what it lacks among the misfits. Never panics: a plan without the regions
/// gives a design without caches and the reason.
#[must_use]
pub fn smallest(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand) -> Design {
    let need = Need::of(topology, plan, demand);
    let regions = match regions(topology, plan, catalog) {
        Ok(regions) => regions,
        Err(misfit) => return impossible(&need, None, misfit),
    };
    let free = || skus(topology, catalog).flat_map(any_shards);
    let smallest = best(&need, catalog, &regions, free());
    let choice = smallest.as_ref().map(Size::choice);
    let chosen = if let Some(id) = given_sku(topology, plan) {
        let Some(sku) = catalog.sku(id) else {
            return impossible(&need, choice, Misfit::UnknownSize(id.clone()));
        };
        let sizes = || planned_shards(topology, plan, sku);
        best(&need, catalog, &regions, sizes()).or_else(|| largest(plan, sizes()))
    } else if topology == Topology::Passive && plan.passive.shards.is_some() {
        let sizes = skus(topology, catalog).flat_map(|sku| planned_shards(topology, plan, sku));
        best(&need, catalog, &regions, sizes)
    } else {
        smallest
    };
    match chosen {
        Some(size) => bought(&need, catalog, &regions, size, choice),
        None => impossible(&need, choice, nothing_fits(&need, catalog)),
    }
}

/// A design that fits, and how ready its size is.
#[derive(Debug, Clone, PartialEq)]
pub struct Offered {
    /// The design.
    pub design: Design,
    /// Taken only where nothing that comes before it will do.
    pub comes_last: Last,
}

/// Why a size comes after others, whatever it costs: those in preview after all others, and among either those without a published throughput
/// that covers the load (M-02).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Last {
    /// Microsoft does not guarantee it yet.
    pub preview: bool,
    /// Neither it nor a smaller size of its family has a published throughput that covers the load.
    pub open: bool,
}

impl Last {
    /// It comes after some other.
    #[must_use]
    pub const fn is_any(self) -> bool {
        self.preview || self.open
    }
}

/// What the plan leaves open, with every size that fits: the cheapest first, as [`smallest`] ranks them, a pair's with every number of
/// shards that the plan leaves open (M-02). Empty where the topology is not possible or nothing fits.
#[must_use]
pub fn designs(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand) -> Vec<Offered> {
    let need = Need::of(topology, plan, demand);
    let Ok(regions) = regions(topology, plan, catalog) else { return Vec::new() };
    let sizes = skus(topology, catalog).flat_map(|sku| planned_shards(topology, plan, sku));
    let sizes = ranked(&need, catalog, &regions, sizes);
    let smallest = sizes.first().map(|(size, _)| size.choice());
    let made =
        |(size, comes_last)| Offered { design: bought(&need, catalog, &regions, size, smallest.clone()), comes_last };
    sizes.into_iter().map(made).collect()
}

/// The regions that hold a cache, or why the topology cannot stand in this plan's regions.
fn regions<'a>(topology: Topology, plan: &'a Plan, catalog: &Catalog) -> Result<Vec<&'a RegionId>, Misfit> {
    let ids = plan.regions.iter().map(|share| &share.region);
    let count = plan.regions.len();
    match topology {
        Topology::Rebuild if count == 0 => Err(Misfit::NoRegion),
        Topology::Rebuild => Ok(ids.take(1).collect()),
        Topology::Passive if count < 2 => Err(Misfit::PairOfRegions(count)),
        Topology::Passive => Ok(ids.take(2).collect()),
        Topology::Active if !GROUP_MEMBERS.contains(&count) => Err(Misfit::MembersOf(count)),
        Topology::Active => {
            let twice =
                (1..count).find(|at| plan.regions[..*at].iter().any(|it| it.region == plan.regions[*at].region));
            let Some(region) = twice.map(|at| &plan.regions[at].region) else { return Ok(ids.collect()) };
            Err(Misfit::RegionTwice(Place::of(catalog, region)))
        }
    }
}

fn given_sku(topology: Topology, plan: &Plan) -> Option<&SkuId> {
    match topology {
        Topology::Rebuild => plan.rebuild.sku.as_ref(),
        Topology::Passive => plan.passive.sku.as_ref(),
        Topology::Active => plan.active.sku.as_ref(),
    }
}

fn bought(need: &Need, catalog: &Catalog, regions: &[&RegionId], size: Size, smallest: Option<SizeChoice>) -> Design {
    let plan = need.plan;
    let mut sizes = vec![size; regions.len()];
    let other = plan.passive.secondary_sku.as_ref().filter(|_| need.topology == Topology::Passive);
    if let (Some(id), Some(secondary)) = (other, sizes.get_mut(1)) {
        let Some(sku) = catalog.sku(id) else {
            return impossible(need, smallest, Misfit::UnknownSecondary(id.clone()));
        };
        secondary.sku = sku;
    }
    made(need, regions, &sizes, smallest)
}

/// The design that these sizes make, one a region.
fn made(need: &Need, regions: &[&RegionId], sizes: &[Size], smallest: Option<SizeChoice>) -> Design {
    let plan = need.plan;
    let misfits = misfits(need, sizes);
    let usable = sizes.iter().map(|size| size.usable(plan)).reduce(Bytes::min).unwrap_or(Bytes::ZERO);
    let needed = need.used * skew(plan, sizes.first().map_or(1, |size| size.shards));
    let caches = regions.iter().zip(sizes).map(|(region, size)| Cache {
        region: (*region).clone(),
        sku: size.sku.id.clone(),
        shards: size.shards,
        nodes: nodes(need.topology, plan, size),
    });
    Design {
        caches: caches.collect(),
        possible: true,
        sku_derived: given_sku(need.topology, plan).is_none(),
        smallest,
        usable,
        used: need.used,
        // A reserve of the whole memory leaves nothing usable; a byte keeps the ratio a number.
        fill: Ratio::fraction(needed / usable.max(Bytes::bytes(1.0))),
        misfits,
        asked: asked(need, sizes),
        sized_for: Vec::new(),
    }
}

/// What the sizes lack; a pair's second size is named too where it is another one.
fn misfits(need: &Need, sizes: &[Size]) -> Vec<Misfit> {
    unlike(sizes).flat_map(|size| need.misfits(size)).collect()
}

/// What they would lack with figures that nobody knows, likewise.
fn asked(need: &Need, sizes: &[Size]) -> Vec<Misfit> {
    unlike(sizes).flat_map(|size| need.asked(size)).collect()
}

/// The first size, and the second where it is another one.
fn unlike<'s, 'c>(sizes: &'s [Size<'c>]) -> impl Iterator<Item = &'s Size<'c>> {
    let first = sizes.first();
    let other = sizes.get(1).filter(|it| first.is_some_and(|first| first.sku.id != it.sku.id));
    first.into_iter().chain(other)
}

fn impossible(need: &Need, smallest: Option<SizeChoice>, misfit: Misfit) -> Design {
    Design {
        caches: Vec::new(),
        possible: false,
        sku_derived: given_sku(need.topology, need.plan).is_none(),
        smallest,
        usable: Bytes::ZERO,
        used: need.used,
        fill: Ratio::ZERO,
        misfits: vec![misfit],
        asked: Vec::new(),
        sized_for: Vec::new(),
    }
}

/// No size fits, with what the largest lacks.
fn nothing_fits(need: &Need, catalog: &Catalog) -> Misfit {
    let sizes = skus(need.topology, catalog).flat_map(|sku| planned_shards(need.topology, need.plan, sku));
    let lacking = largest(need.plan, sizes).map(|size| need.misfits(&size)).unwrap_or_default();
    if lacking.is_empty() { Misfit::NoSize } else { Misfit::NothingFits(lacking) }
}
