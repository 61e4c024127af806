//! What one cache has to hold and serve, and what a size lacks of it.

use super::misfit::Misfit;
use super::size::{Size, skew};
use crate::catalog::Family;
use crate::model::demand::Demand;
use crate::model::{Topology, throughput};
use crate::plan::{LoadFigure, Plan};
use crate::units::{Bytes, OpsPerSec, Ratio};

/// The needs of one cache of a topology.
pub(super) struct Need<'a> {
    pub(super) topology: Topology,
    pub(super) plan: &'a Plan,
    /// Data in one cache; × CRDT factor (mode) for an active member.
    pub(super) used: Bytes,
    /// Share of the usable memory that may be filled. The rebuild's cache is an AMR size and takes the group's.
    max_fill: Ratio,
    connections: f64,
    /// At peak, with one region's clients moved.
    ops: OpsPerSec,
}

impl<'a> Need<'a> {
    pub(super) fn of(topology: Topology, plan: &'a Plan, demand: &Demand) -> Self {
        let factor = if topology == Topology::Active { plan.assumptions.crdt_factor.mode } else { 1.0 };
        Self {
            topology,
            plan,
            used: plan.workload.dataset * factor,
            max_fill: if topology == Topology::Passive { plan.passive.max_fill } else { plan.active.max_fill },
            connections: connections(topology, plan),
            ops: throughput::load(topology, plan, demand).region_down,
        }
    }

    pub(super) fn fits(&self, size: &Size) -> bool {
        self.right_kind(size) && self.holds_data(size) && self.takes_clients(size) && self.serves_load(size)
    }

    /// True when the topology allows the size at all.
    fn right_kind(&self, size: &Size) -> bool {
        match self.topology {
            Topology::Rebuild => size.sku.family.is_managed_redis(),
            Topology::Passive => size.sku.passive_geo,
            Topology::Active => size.sku.active_geo,
        }
    }

    fn holds_data(&self, size: &Size) -> bool {
        self.used * skew(self.plan, size.shards) <= size.usable(self.plan) * self.max_fill
    }

    fn takes_clients(&self, size: &Size) -> bool {
        self.connections <= size.connections()
    }

    /// No published figure is no misfit: [`crate::model::capacity::Capacity::limit`] says that it is open.
    fn serves_load(&self, size: &Size) -> bool {
        size.throughput(self.plan).is_none_or(|limit| self.ops <= limit)
    }

    /// True when the size's own published figure covers the load.
    pub(super) fn published(&self, size: &Size) -> bool {
        size.throughput(self.plan).is_some_and(|limit| self.ops <= limit)
    }

    /// Each thing that the size lacks, with the figures; what rests on a figure that nobody knows is none of them.
    pub(super) fn misfits(&self, size: &Size) -> Vec<Misfit> {
        self.lacking(size).into_iter().filter(|it| !self.is_open(it)).collect()
    }

    /// What the size would lack if the figures that nobody knows were the plan's.
    pub(super) fn asked(&self, size: &Size) -> Vec<Misfit> {
        self.lacking(size).into_iter().filter(|it| self.is_open(it)).collect()
    }

    fn is_open(&self, misfit: &Misfit) -> bool {
        match misfit {
            Misfit::Memory { .. } => self.plan.is_open(LoadFigure::Data),
            Misfit::Connections { .. } => self.plan.is_open(LoadFigure::Connections),
            Misfit::Throughput { .. } => self.plan.is_open(LoadFigure::Operations),
            _ => false,
        }
    }

    fn lacking(&self, size: &Size) -> Vec<Misfit> {
        let limit = size.throughput(self.plan).filter(|limit| self.ops > *limit);
        let found = [
            (!self.right_kind(size)).then(|| self.wrong_kind(size)),
            (!self.holds_data(size)).then(|| self.too_small(size)),
            (!self.takes_clients(size)).then(|| Misfit::Connections {
                size: size.name(),
                takes: size.connections(),
                gets: self.connections,
            }),
            limit.map(|limit| Misfit::Throughput {
                size: size.name(),
                limit,
                derate: self.plan.assumptions.throughput_derate,
                peak: self.ops,
            }),
        ];
        found.into_iter().flatten().collect()
    }

    fn wrong_kind(&self, size: &Size) -> Misfit {
        let (id, family) = (size.sku.id.clone(), size.sku.family);
        match self.topology {
            Topology::Rebuild => Misfit::RebuildOnAmr(id, family),
            Topology::Passive => Misfit::PairOfPremium(id),
            Topology::Active if family == Family::FlashOptimized => Misfit::FlashInGroup(id),
            Topology::Active => Misfit::NotInGroup(id),
        }
    }

    fn too_small(&self, size: &Size) -> Misfit {
        let skew = skew(self.plan, size.shards);
        Misfit::Memory {
            size: size.name(),
            usable: size.usable(self.plan),
            fill: self.max_fill,
            needs: self.used * skew,
            data: self.plan.workload.dataset,
            crdt: (self.topology == Topology::Active).then_some(self.plan.assumptions.crdt_factor.mode),
            fullest: Some(skew).filter(|skew| *skew > 1.0),
        }
    }
}

/// Client connections of the busiest cache: all of them but in an active group, where a member has its own users' and
/// those of one dead region that re-home to it, worst pair.
fn connections(topology: Topology, plan: &Plan) -> f64 {
    let all = f64::from(plan.workload.connections);
    if topology != Topology::Active {
        return all;
    }
    let rehome = plan.assumptions.rehome_share.as_fraction();
    let share = |index: usize| plan.regions.get(index).map_or(0.0, |region| region.users.as_fraction());
    let pairs = (0..plan.regions.len()).flat_map(|i| (0..plan.regions.len()).map(move |j| (i, j)));
    let worst = pairs.filter(|(i, j)| i != j).map(|(i, j)| share(i) + share(j) * rehome).fold(0.0, f64::max);
    all * worst.min(1.0)
}
