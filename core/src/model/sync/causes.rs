//! How often a year a replica copies everything again, and why (M-05).

use crate::model::missed_changes::held;
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::units::{Range, Secs};

/// Failover inside a region, which is what a patch of an AMR member is (D13: planned below 1 s, unplanned 10–15 s).
pub(crate) const FAILOVER_IN_REGION: Range<Secs> = Range::new(Secs::secs(1.0), Secs::secs(10.0), Secs::secs(15.0));

/// A cause of full syncs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SyncCause {
    /// Which.
    pub cause: Cause,
    /// Full syncs a year.
    pub per_year: f64,
}

/// Causes of full syncs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The plan's own count, in place of all causes.
    Entered,
    /// Patches of either cache of a pair (D8).
    PairPatched,
    /// Patches of a group's members: a failover in the region (D13).
    MemberPatched,
    /// A pair is unlinked, scaled and linked again (S1).
    Scaled,
    /// The roles are swapped in a drill, and back.
    Drilled,
    /// Trouble of each link that outlasts the backlog.
    LinkTrouble,
    /// Outages of each region.
    Outage,
}

/// Full syncs of one topology in a year, by cause; empty for the rebuild and where nothing is replicated.
///
/// - Patching, trouble of the link and outages end with a full sync where the link is away for longer than the backlog covers (M-05):
///   `times × P(length > backlog ÷ w)`, lengths triangular. Every cache is patched and every region can go down.
/// - A linked pair cannot be scaled: each scaling unlinks and links again (S1). A drill of a pair swaps the roles and back.
///   A group scales linked, and its drills redirect clients only.
/// - A count in the plan (`pricing.full_syncs_per_year`) replaces them all.
#[must_use]
pub fn causes(case: &Case) -> Vec<SyncCause> {
    let Case { topology, plan, catalog, design, .. } = *case;
    let (Some(cache), false) = (design.caches.first(), topology == Topology::Rebuild) else { return Vec::new() };
    if let Some(entered) = plan.pricing.full_syncs_per_year {
        return vec![SyncCause { cause: Cause::Entered, per_year: f64::from(entered) }];
    }
    let caches = design.caches.len() as f64;
    let covered = held(topology, plan, catalog, cache) / case.shard.incoming;
    let (syncs, outages) = (&plan.syncs, &plan.outages);
    let away = beyond(outages.duration, covered) * outages.per_year.mode * caches;
    let outage = SyncCause { cause: Cause::Outage, per_year: away };
    let patches = syncs.patches_per_year * caches;
    // Every two members have a link of their own.
    let links = caches * (caches - 1.0) / 2.0;
    let per_year = syncs.link_troubles_per_year * links * beyond(syncs.link_trouble, covered);
    let trouble = SyncCause { cause: Cause::LinkTrouble, per_year };
    if topology == Topology::Active {
        let per_year = patches * beyond(FAILOVER_IN_REGION, covered);
        return vec![SyncCause { cause: Cause::MemberPatched, per_year }, trouble, outage];
    }
    let per_year = patches * beyond(syncs.patch_gap, covered);
    let drilled = f64::from(plan.pricing.drills_per_year) * syncs.syncs_per_drill;
    vec![
        SyncCause { cause: Cause::PairPatched, per_year },
        SyncCause { cause: Cause::Scaled, per_year: syncs.scalings_per_year },
        SyncCause { cause: Cause::Drilled, per_year: drilled },
        trouble,
        outage,
    ]
}

/// Puts a number of full syncs into a plan that holds whatever is written: the bands of the bill (M-14) vary the volumes,
/// and how often a replica copies everything stays that of the plan's own.
pub(crate) fn hold_count(plan: &mut Plan, per_year: f64, caches: usize) {
    if plan.pricing.full_syncs_per_year.is_none() {
        let syncs = &mut plan.syncs;
        (syncs.patches_per_year, syncs.scalings_per_year, syncs.syncs_per_drill) = (0.0, 0.0, 0.0);
        syncs.link_troubles_per_year = 0.0;
        plan.outages.per_year.mode = per_year / caches.max(1) as f64;
        plan.outages.duration = Range::exactly(LONGER_THAN_ANY_BACKLOG);
    }
}

/// Above it no change is ever missed: [`beyond`] is 1 below it.
const LONGER_THAN_ANY_BACKLOG: Secs = Secs::secs(f64::MAX);

/// `P(X > x)` of a triangular length.
fn beyond(length: Range<Secs>, x: Secs) -> f64 {
    let [low, mode, high] = [length.low, length.mode, length.high].map(Secs::as_secs);
    let x = x.as_secs();
    if x.is_nan() || x < low {
        return 1.0;
    }
    if x >= high {
        return 0.0;
    }
    if x < mode {
        return 1.0 - (x - low) * (x - low) / ((high - low) * (mode - low));
    }
    (high - x) * (high - x) / ((high - low) * (high - mode))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{Answers, plain, sku};

    fn of(topology: Topology, plan: &Plan) -> Vec<(Cause, f64)> {
        let answers = Answers::of(topology, plan);
        let causes = causes(&answers.case(topology, plan));
        causes.into_iter().map(|cause| (cause.cause, cause.per_year)).collect()
    }

    /// Triangle 5, 15, 60 min by hand: 1 − 25/550 up to 10 min, 900/2475 from 30 min on.
    #[test]
    fn tails_of_a_triangle() {
        let gap = Range::new(Secs::mins(5.0), Secs::mins(15.0), Secs::mins(60.0));
        for (x, share) in [(0.0, 1.0), (5.0, 1.0), (10.0, 1.0 - 25.0 / 550.0), (30.0, 900.0 / 2_475.0), (60.0, 0.0)] {
            assert!((beyond(gap, Secs::mins(x)) - share).abs() < 1e-12, "{x} min");
        }
        let exact = Range::exactly(Secs::mins(5.0));
        assert_eq!([beyond(exact, Secs::mins(4.0)), beyond(exact, Secs::mins(5.0))], [1.0, 0.0]);
        assert_eq!(beyond(gap, Secs::secs(f64::NAN)), 1.0);
    }

    /// The pair at 1 MB of backlog: 12 patches of two caches, a scaling, two drills there and back, its link twice, two regions at 0.25.
    #[test]
    fn causes_add_up() {
        let mut plan = plain(4.0, 5_000.0);
        plan.passive.sku = sku("Premium_P1");
        let pair = of(Topology::Passive, &plan);
        assert_eq!(
            pair,
            [
                (Cause::PairPatched, 24.0),
                (Cause::Scaled, 1.0),
                (Cause::Drilled, 4.0),
                (Cause::LinkTrouble, 2.0),
                (Cause::Outage, 0.5)
            ]
        );
        // Nothing is written: whatever the link misses, the backlog holds.
        plan.workload.writes = crate::units::OpsPerSec::ZERO;
        assert_eq!(of(Topology::Passive, &plan)[0], (Cause::PairPatched, 0.0));
        plan.pricing.full_syncs_per_year = Some(12);
        assert_eq!(of(Topology::Passive, &plan), [(Cause::Entered, 12.0)]);
        assert_eq!(of(Topology::Rebuild, &plan), []);
    }

    /// R2: 60 MB a shard of B10. At 2.5 MB/s and 60 % from elsewhere that is longer than a failover in the region.
    #[test]
    fn a_group_resumes_after_a_patch() {
        let mut plan = plain(4.0, 5_000.0);
        plan.active.sku = sku("Balanced_B10");
        assert_eq!(
            of(Topology::Active, &plan),
            [(Cause::MemberPatched, 0.0), (Cause::LinkTrouble, 2.0), (Cause::Outage, 0.5)]
        );
        plan.workload.writes = crate::units::OpsPerSec::per_s(5e6);
        assert_eq!(of(Topology::Active, &plan)[0], (Cause::MemberPatched, 24.0));
    }
}
