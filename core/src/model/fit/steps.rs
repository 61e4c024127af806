//! Where the choice of a size changes: for whoever asks for many volumes of one plan.

use super::choose::{shard_choices, sized, skus};
use super::given_sku;
use super::size::skew;
use crate::catalog::Catalog;
use crate::model::demand::Demand;
use crate::model::{Topology, throughput};
use crate::plan::Plan;
use crate::units::{Bytes, OpsPerSec, Ratio};

/// The limits of every size that a plan may get.
///
/// A size that holds some data holds less data too, so the sizes that hold it are known from their number, and those that
/// serve a load likewise: two volumes of one plan with equal counts get the same size.
pub(crate) struct Steps<'a> {
    topology: Topology,
    plan: &'a Plan,
    /// Skew of the fullest shard, and what the cache may be filled to.
    data: Vec<(f64, Bytes)>,
    ops: Vec<OpsPerSec>,
}

impl<'a> Steps<'a> {
    /// The steps of one topology.
    pub(crate) fn of(topology: Topology, plan: &'a Plan, catalog: &Catalog) -> Self {
        let max_fill: Ratio = if topology == Topology::Passive { plan.passive.max_fill } else { plan.active.max_fill };
        let given = given_sku(topology, plan).and_then(|id| catalog.sku(id));
        let (mut data, mut ops) = (Vec::new(), Vec::new());
        for sku in skus(topology, catalog).chain(given) {
            for shards in 1..=shard_choices(sku) {
                let size = sized(sku, shards);
                data.push((skew(plan, size.shards), size.usable(plan) * max_fill));
                ops.extend(size.throughput(plan));
            }
        }
        Self { topology, plan, data, ops }
    }

    /// How many sizes hold so much data in one cache, and how many are published to serve the load.
    pub(crate) fn counts(&self, used: Bytes, demand: &Demand) -> (usize, usize) {
        let load = throughput::load(self.topology, self.plan, demand).region_down;
        let holding = self.data.iter().filter(|(skew, limit)| used * *skew <= *limit).count();
        (holding, self.ops.iter().filter(|limit| load <= **limit).count())
    }
}
