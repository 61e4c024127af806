//! Load against throughput (M-09).

use super::Case;
use super::throughput::{Load, limit, load};
use crate::plan::LoadFigure;
use crate::units::OpsPerSec;
use serde::Serialize;

/// Operations per second of the busiest cache, at peak, against the derated published figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Capacity {
    /// In normal running: local reads + every member's writes for an active member.
    pub normal: OpsPerSec,
    /// With one region's clients moved to it.
    pub region_down: OpsPerSec,
    /// Published figure × derating × shards for Premium; none is published for large sizes.
    pub limit: Option<OpsPerSec>,
    /// `region_down ≤ limit`; `None` where no figure is published, and where more than that is a starting value that nobody has given.
    pub enough: Option<bool>,
}

/// The capacity of one topology (M-09); without caches there is no limit to hold the load against.
#[must_use]
pub fn capacity(case: &Case) -> Capacity {
    let Case { topology, plan, catalog, demand, design, .. } = *case;
    let Load { normal, region_down } = load(topology, plan, demand);
    // The smaller cache of an unequal pair has to stand the load too. One without a figure leaves the answer open.
    let mut limits = design.caches.iter().map(|cache| limit(catalog.sku(&cache.sku)?, cache.shards, plan));
    let first = limits.next().flatten();
    let limit = limits.fold(first, |least, limit| Some(least?.min(limit?)));
    // Operations that nobody knows are never too many.
    let enough =
        limit.map(|limit| region_down <= limit).filter(|enough| *enough || !plan.is_open(LoadFigure::Operations));
    Capacity { normal, region_down, limit, enough }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Topology;
    use crate::model::testing::{Answers, even_regions, plain, sku};
    use crate::plan::Plan;
    use crate::units::Ratio;

    /// R7's worked examples: each member 2,000 reads/s and 1,000 writes/s.
    #[test]
    fn r7_members_serve_their_reads_and_everyones_writes() {
        let names = ["eastus", "northeurope", "westeurope"];
        for (members, each) in [(2_u32, 4_000.0), (3, 5_000.0)] {
            let mut plan = plain(2.0, 1_000.0 * f64::from(members));
            plan.workload.reads = Some(OpsPerSec::per_s(2_000.0 * f64::from(members)));
            plan.regions = even_regions(&names[..members as usize]);
            let capacity = Answers::of(Topology::Active, &plan).capacity;
            assert!((capacity.normal.as_per_s() - each).abs() < 1e-6, "{members} members: {capacity:?}");
            assert!((capacity.region_down.as_per_s() - each - 2_000.0).abs() < 1e-6, "the dead member's reads move");
        }
    }

    /// 20,000 reads/s and 5,000 writes/s, 60 % and 40 % of the users; peak 3 × the mean.
    #[test]
    fn a_pair_and_a_rebuild_serve_everything_after_a_loss() {
        let mut plan = Plan::default();
        let loads = |plan: &Plan, topology| {
            let capacity = Answers::of(topology, plan).capacity;
            [capacity.normal, capacity.region_down].map(OpsPerSec::as_per_s)
        };
        assert_eq!(loads(&plan, Topology::Rebuild), [75_000.0; 2]);
        assert_eq!(loads(&plan, Topology::Passive), [75_000.0; 2]);
        plan.passive.reads_from_secondary = true;
        assert_eq!(loads(&plan, Topology::Passive), [51_000.0, 75_000.0]);
        assert_eq!(loads(&plan, Topology::Active), [51_000.0, 75_000.0]);
        plan.assumptions.rehome_share = Ratio::ZERO;
        assert_eq!(loads(&plan, Topology::Active), [51_000.0, 51_000.0], "nobody moves");
    }

    /// D10: P1 serves 180,000 GET/s a shard, D9: B10 480,000/s; half of either is planned with. None for 180 GB and up.
    #[test]
    fn the_limit_is_the_derated_published_figure() {
        let mut plan = plain(2.0, 100.0);
        (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(3));
        plan.active.sku = sku("Balanced_B10");
        plan.rebuild.sku = sku("Balanced_B150");
        let limit = |topology| Answers::of(topology, &plan).capacity;
        assert_eq!(limit(Topology::Passive).limit, Some(OpsPerSec::per_s(270_000.0)));
        assert_eq!(limit(Topology::Active).limit, Some(OpsPerSec::per_s(240_000.0)));
        assert_eq!((limit(Topology::Rebuild).limit, limit(Topology::Rebuild).enough), (None, None));
    }
}
