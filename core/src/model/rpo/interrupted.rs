//! Interruptions of the link (M-05): patches of either end, and trouble on the way. While one lasts the age rises by a second a second.

use super::ages::Ages;
use crate::model::backlog::{Covered, LoadProfile, covered};
use crate::model::missed_changes::held;
use crate::model::sync::{FAILOVER_IN_REGION, SyncOutcome};
use crate::model::{Case, Topology};
use crate::stats::spread::Spread;
use crate::units::{HOURS_PER_YEAR, Range, Secs};
use serde::Serialize;

/// Lengths that a range is split into, each as likely as the others.
const STRATA: u32 = 16;

/// Why a link is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// A patch of either end.
    Patch,
    /// The network between the regions.
    Link,
}

/// What one kind of interruption does to the recovery point of one topology.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interrupted {
    /// Why.
    pub trouble: Trouble,
    /// Times a year.
    pub per_year: f64,
    /// How long one takes the link away at the longest.
    pub longest: Secs,
    /// It misses more than the backlog holds: everything is copied again, and until then there is no usable copy.
    pub full: bool,
    /// Age of the oldest change at its end, or at the end of the full sync; `None` where it is never in sync again.
    pub worst: Option<Secs>,
}

/// One kind of interruption of a case: how often, how long.
struct Kind {
    trouble: Trouble,
    per_year: f64,
    length: Range<Secs>,
}

/// Patches of every cache, and trouble of the link. A patch of a pair takes the link away for `syncs.patch_gap` (D8); one of a member
/// is a failover in its region (D13). Empty without a replica.
fn kinds(case: &Case) -> Vec<Kind> {
    let Case { topology, plan, design, .. } = *case;
    if topology == Topology::Rebuild || design.caches.is_empty() {
        return Vec::new();
    }
    let syncs = &plan.syncs;
    let patch = if topology == Topology::Active { FAILOVER_IN_REGION } else { syncs.patch_gap };
    let patches = syncs.patches_per_year * design.caches.len() as f64;
    let all = [
        Kind { trouble: Trouble::Patch, per_year: patches, length: patch },
        Kind { trouble: Trouble::Link, per_year: syncs.link_troubles_per_year, length: syncs.link_trouble },
    ];
    all.into_iter().filter(|kind| kind.per_year > 0.0).collect()
}

/// The interruptions of a case, with the worst age after each: `worst of the day + longest gap`, and the full sync at its longest where
/// the gap overruns the backlog at the worst moment (M-05).
pub(super) fn interruptions(case: &Case, load: &LoadProfile, worst_of_day: Option<Secs>) -> Vec<Interrupted> {
    let covered = covered_by(case, load);
    let each = |Kind { trouble, per_year, length }: Kind| {
        let full = covered.is_some_and(|covered| length.high > covered.worst);
        let again = match &case.sync.outcome {
            _ if !full => Some(Secs::ZERO),
            SyncOutcome::Converges { resync, .. } => Some(resync.high),
            _ => None,
        };
        let worst = worst_of_day.zip(again).map(|(day, again)| day + length.high + again);
        Interrupted { trouble, per_year, longest: length.high, full, worst }
    };
    kinds(case).into_iter().map(each).collect()
}

/// The ages of the day with the interruptions of a year in them: a gap of length `L` is `L` of the year with ages from 0 to `L`, and
/// where it overruns the backlog the full sync at its most likely goes on from there. Lengths are triangular, in [`STRATA`] parts.
pub(super) fn with_interruptions(mut day: Ages, case: &Case, load: &LoadProfile, steady: Secs) -> Ages {
    let covered = covered_by(case, load);
    let resync = match &case.sync.outcome {
        SyncOutcome::Converges { resync, .. } => resync.mode,
        _ => Secs::ZERO,
    };
    let mut gaps: Vec<(f64, Secs)> = Vec::new();
    for Kind { per_year, length, .. } in kinds(case) {
        let spread = Spread::triangular(length.low.as_secs(), length.mode.as_secs(), length.high.as_secs());
        for stratum in 0..STRATA {
            let gap = Secs::secs(spread.at((f64::from(stratum) + 0.5) / f64::from(STRATA)));
            let full = covered.is_some_and(|covered| gap > covered.mean);
            let lasts = if full { gap + resync } else { gap };
            gaps.push((per_year / f64::from(STRATA) * (lasts / Secs::hours(f64::from(HOURS_PER_YEAR))), lasts));
        }
    }
    // More than a year of interruptions is all of the time.
    let sum: f64 = gaps.iter().map(|gap| gap.0).sum();
    day.shrink_to((1.0 - sum).max(0.0));
    for (share, lasts) in gaps {
        day.add(share / sum.max(1.0), steady, steady + lasts);
    }
    day
}

fn covered_by(case: &Case, load: &LoadProfile) -> Option<Covered> {
    let cache = case.design.caches.first()?;
    covered(load, held(case.topology, case.plan, case.catalog, cache) / case.shard.share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rpo::Rpo;
    use crate::model::testing::{Answers, plain, sku};
    use crate::plan::Plan;
    use crate::units::{Bytes, BytesPerSec};

    fn pair() -> Plan {
        let mut plan = plain(4.0, 1_000.0);
        (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
        plan
    }

    fn of(topology: Topology, plan: &Plan) -> (Rpo, SyncOutcome) {
        let answers = Answers::of(topology, plan);
        (answers.rpo, answers.sync.outcome)
    }

    fn patch(rpo: &Rpo) -> Interrupted {
        *rpo.interruptions.iter().find(|it| it.trouble == Trouble::Patch).unwrap()
    }

    /// By hand: 1 MB of backlog covers no hour, so an hour, the slow full sync and the worst of the day; 100 GB cover it.
    #[test]
    fn a_patch_is_its_gap_and_the_full_sync() {
        let mut plan = pair();
        let (rpo, outcome) = of(Topology::Passive, &plan);
        let SyncOutcome::Converges { resync, .. } = outcome else { panic!("{outcome:?}") };
        let found = patch(&rpo);
        assert_eq!((found.per_year, found.longest, found.full), (24.0, Secs::mins(60.0), true));
        assert_eq!(found.worst, Some(rpo.worst_of_day.unwrap() + Secs::mins(60.0) + resync.high));
        assert_eq!(rpo.max, found.worst, "the longest of all, trouble of the link being as long");
        plan.assumptions.passive_backlog = Bytes::gb(100.0);
        let (rpo, _) = of(Topology::Passive, &plan);
        assert_eq!(patch(&rpo).worst, Some(rpo.worst_of_day.unwrap() + Secs::mins(60.0)), "the gap alone");
        let (rpo, _) = of(Topology::Active, &plan);
        assert_eq!((patch(&rpo).longest, patch(&rpo).full), (Secs::secs(15.0), false), "D13");
        assert_eq!(of(Topology::Rebuild, &plan).0.interruptions, []);
        plan.assumptions.sync_rate = Range::exactly(BytesPerSec::bytes_per_s(10.0));
        assert_eq!(of(Topology::Passive, &plan).0.max, None, "never in sync again");
    }

    /// By hand: 876 patches a year of exactly an hour on each of two caches are 20 % of the year with ages from 0 to an hour (the
    /// backlog holds them), so that P95 is at three quarters of the hour; the median is the way of the smooth time.
    #[test]
    fn interruptions_are_a_share_of_the_time() {
        let mut plan = pair();
        plan.assumptions.passive_backlog = Bytes::gb(100.0);
        plan.syncs.patches_per_year = 876.0;
        plan.syncs.patch_gap = Range::exactly(Secs::hours(1.0));
        plan.syncs.link_troubles_per_year = 0.0;
        let (rpo, _) = of(Topology::Passive, &plan);
        let minutes = |time: Option<Secs>| time.unwrap().as_secs() / 60.0;
        assert!((minutes(rpo.p95) - 45.0).abs() < 0.1, "{rpo:?}");
        assert!((minutes(rpo.max) - 60.0).abs() < 0.1 && rpo.median.unwrap() < Secs::secs(1.0));
        plan.syncs.patches_per_year = 0.0;
        let (rpo, _) = of(Topology::Passive, &plan);
        assert_eq!((rpo.interruptions.len(), rpo.max), (0, rpo.worst_of_day));
    }

    /// Review F19: P50, P95 and the worst were one figure in all six presets.
    #[test]
    fn the_new_plans_lags_differ_where_reality_does() {
        for topology in [Topology::Passive, Topology::Active] {
            let (rpo, _) = of(topology, &Plan::default());
            let [median, p95, max] = [rpo.median, rpo.p95, rpo.max].map(Option::unwrap);
            assert!(median < p95 && p95 < max, "{topology:?}: {median:?} {p95:?} {max:?}");
            assert!(max > Secs::mins(60.0), "{topology:?}: trouble of the link");
        }
    }
}
