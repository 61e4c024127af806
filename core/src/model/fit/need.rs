//! What one cache has to hold and serve, and the sentences for what a size lacks.

use super::size::{Size, skew};
use crate::catalog::Family;
use crate::model::demand::Demand;
use crate::model::{Topology, throughput};
use crate::plan::Plan;
use crate::units::format;
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

    /// One sentence for each thing that the size lacks, with the figures.
    pub(super) fn misfits(&self, size: &Size) -> Vec<String> {
        let mut misfits = Vec::new();
        if !self.right_kind(size) {
            misfits.push(self.wrong_kind(size));
        }
        if !self.holds_data(size) {
            misfits.push(self.too_small(size));
        }
        if !self.takes_clients(size) {
            let (have, need) = (format::count(size.connections()), format::count(self.connections));
            misfits.push(format!("{} takes {have} connections and the busiest cache gets {need}.", size.name()));
        }
        if let Some(limit) = size.throughput(self.plan).filter(|limit| self.ops > *limit) {
            misfits.push(format!(
                "{} may be planned with {} ({} of the published figure) and the peak with one region's clients moved is {}.",
                size.name(),
                format::ops(limit),
                format::percent(self.plan.assumptions.throughput_derate),
                format::ops(self.ops)
            ));
        }
        misfits
    }

    fn wrong_kind(&self, size: &Size) -> String {
        let (name, family) = (size.sku.id.short(), size.sku.family);
        match self.topology {
            Topology::Rebuild => format!("{name} is a {} size and the rebuild is planned on AMR.", family.name()),
            Topology::Passive => {
                format!("{name} is not Premium and a passive pair is made of two Premium caches (S1).")
            }
            Topology::Active if family == Family::FlashOptimized => {
                format!("{name} is Flash Optimized, which cannot be a member of an active group (D1).")
            }
            Topology::Active => format!("{name} cannot be a member of an active group (S3)."),
        }
    }

    /// "B10 may be filled to 7.2 GB (75 % of 9.6 GB usable) and needs 16.5 GB (10 GB × 1.5 CRDT × 1.1 fullest shard)."
    fn too_small(&self, size: &Size) -> String {
        let usable = size.usable(self.plan);
        let skew = skew(self.plan, size.shards);
        let mut factors = Vec::new();
        if self.topology == Topology::Active {
            factors.push(format!("{} CRDT", format::number(self.plan.assumptions.crdt_factor.mode)));
        }
        if skew > 1.0 {
            factors.push(format!("{} fullest shard", format::number(skew)));
        }
        let product = if factors.is_empty() {
            String::new()
        } else {
            format!(" ({} × {})", format::bytes(self.plan.workload.dataset), factors.join(" × "))
        };
        format!(
            "{} may be filled to {} ({} of {} usable) and the data needs {}{product}.",
            size.name(),
            format::bytes(usable * self.max_fill),
            format::percent(self.max_fill),
            format::bytes(usable),
            format::bytes(self.used * skew),
        )
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
