//! The age of what is not applied with the plan's own interruptions of the link (M-05): patches of either end.

use crate::model::backlog::backlog;
use crate::model::demand::Demand;
use crate::model::sync::{FAILOVER_IN_REGION, SyncOutcome};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::units::Secs;

/// What patches do to the recovery point of one topology.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interrupted {
    /// Patches a year, of all caches.
    pub per_year: f64,
    /// How long one takes the link away at the longest.
    pub longest: Secs,
    /// It misses more than the backlog holds: everything is copied again, and until then there is no usable copy.
    pub full: bool,
    /// Age of the oldest change at its end, or at the end of the full sync; `None` where it is never in sync again.
    pub worst: Option<Secs>,
}

/// The worst age with a patch at its longest: `worst of the day + gap`, and the full sync at its longest where the gap
/// overruns the backlog (M-05). The age of the oldest change rises by a second a second while nothing arrives, and what a
/// partial resync brings makes it fall.
///
/// A patch of a pair takes the link away for `syncs.patch_gap` (D8); one of a member is a failover in its region (D13).
/// `None` for the rebuild, for a topology that is not possible, and without patches.
#[must_use]
pub fn interrupted(plan: &Plan, demand: &Demand, answer: &TopologyAnswer) -> Option<Interrupted> {
    let backlog = backlog(plan, demand, answer)?;
    let gap = if answer.topology == Topology::Active { FAILOVER_IN_REGION } else { plan.syncs.patch_gap };
    let per_year = plan.syncs.patches_per_year * answer.design.caches.len() as f64;
    let full = backlog.covered.is_some_and(|covered| gap.high > covered.worst);
    let again = match &answer.sync.outcome {
        _ if !full => Some(Secs::ZERO),
        SyncOutcome::Converges { resync, .. } => Some(resync.high),
        _ => None,
    };
    let worst = answer.rpo.max.zip(again).map(|(day, again)| day + gap.high + again);
    (per_year > 0.0).then_some(Interrupted { per_year, longest: gap.high, full, worst })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::model::testing::{CATALOG, plain, sku};
    use crate::units::{Bytes, BytesPerSec, Range};

    /// By hand: 1 MB of backlog covers no hour, so an hour, the slow full sync and the smooth lag; 100 GB cover it.
    #[test]
    fn a_patch_is_its_gap_and_the_full_sync() {
        let mut plan = plain(4.0, 1_000.0);
        (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
        let of = |topology: Topology, plan: &Plan| {
            let evaluation = evaluate(plan, &CATALOG);
            let answer = evaluation.of(topology);
            (interrupted(plan, &evaluation.demand, answer), answer.rpo.max, answer.sync.outcome.clone())
        };
        let (found, day, outcome) = of(Topology::Passive, &plan);
        let SyncOutcome::Converges { resync, .. } = outcome else { panic!("{outcome:?}") };
        let found = found.unwrap();
        assert_eq!((found.per_year, found.longest, found.full), (24.0, Secs::mins(60.0), true));
        assert_eq!(found.worst, Some(day.unwrap() + Secs::mins(60.0) + resync.high));
        plan.assumptions.passive_backlog = Bytes::gb(100.0);
        let (found, day, _) = of(Topology::Passive, &plan);
        assert_eq!(found.unwrap().worst, Some(day.unwrap() + Secs::mins(60.0)), "the gap alone");
        let (found, day, _) = of(Topology::Active, &plan);
        let found = found.unwrap();
        assert_eq!((found.longest, found.full), (Secs::secs(15.0), false), "D13");
        assert_eq!(found.worst, Some(day.unwrap() + Secs::secs(15.0)));
        assert_eq!(of(Topology::Rebuild, &plan).0, None);
        plan.assumptions.sync_rate = Range::exactly(BytesPerSec::bytes_per_s(10.0));
        assert_eq!(of(Topology::Passive, &plan).0.unwrap().worst, None, "never in sync again");
        plan.syncs.patches_per_year = 0.0;
        assert_eq!(of(Topology::Passive, &plan).0, None);
    }
}
