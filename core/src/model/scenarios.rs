//! What is no outage and still empties, locks or lags: a flush, a change of size, a month's patch (M-05, M-07).

use super::cost::{Refill, refill_once};
use super::runway::Runway;
use super::surge::surge;
use super::sync::SyncOutcome;
use crate::catalog::{Catalog, SkuId};
use crate::model::Answers;
use crate::model::demand::key_memory;
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, Range, Ratio, Secs};
use serde::Serialize;

/// Scaling of one empty AMR cache, "about 10 minutes" (D3); with data it may take longer, which is not published.
pub const SCALE_MEMBER: Secs = Secs::mins(10.0);

/// The management flush of a group: every member is empty (S3).
#[derive(Debug, Clone, PartialEq)]
pub struct Flush {
    /// Members that it empties: all.
    pub members: usize,
    /// Keys that have to be read from the database, once for the whole group.
    pub keys: f64,
    /// `keys ÷ min(reload rate, what the database stands)` (M-03).
    pub reload: Secs,
    /// Share of the reads that the database cannot answer at the worst moment, clients let in at once (M-06).
    pub unanswered: Ratio,
    /// Until the hit rate is back with misses and reload together; `None`: the usual misses alone are too many.
    pub hit_rate_back: Option<Secs>,
    /// What the reload costs (M-10).
    pub refill: Refill,
}

/// A change of size of a group: locked until every member has the new one, memory capped at the old size (S3, D1, D3).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scaling {
    /// The size that caps all.
    pub from: SkuId,
    /// Members that have to follow before anything else can be scaled.
    pub members: usize,
    /// `members × `[`SCALE_MEMBER`], one after the other; at least.
    pub locked: Secs,
    /// What the fullest shard has left meanwhile, on the scale of the whole member; 0 when it is full.
    pub left: Bytes,
    /// Time until the plan's own growth, with all members there, takes that: `left ÷ (κ·max(0, net))`; `None`: never.
    pub full_after: Option<Secs>,
}

/// What a link of a pair missed while a patch took it away (D8), and how it catches up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Gap {
    /// How long the link is away.
    pub lasts: Secs,
    /// Changes that exist in the primary's region alone at its end.
    pub at_risk: Bytes,
    /// Changes that the fullest shard missed.
    pub missed: Bytes,
    /// They overrun the replication backlog: everything is copied again (M-05).
    pub full: bool,
    /// Time to be in sync again; `None`: never.
    pub catch_up: Option<Secs>,
}

/// The monthly patch of a passive pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Patch {
    /// At the short, the usual and the long gap of the plan.
    pub gaps: [Gap; 3],
    /// Replication backlog of a shard.
    pub backlog: Bytes,
    /// The longest gap that it covers: `backlog ÷ w_shard`; `None` without writes: any.
    pub covered: Option<Secs>,
    /// Bytes of one full copy.
    pub copy: Bytes,
}

/// What a flush of the group costs; `None` without a group.
#[must_use]
pub fn flush(plan: &Plan, catalog: &Catalog, answers: &Answers) -> Option<Flush> {
    answers.active.design.caches.first()?;
    let surge = surge(plan, &answers.demand);
    let rate = plan.rebuild.reload(plan.workload.value_size).mode.as_per_s();
    let keys = answers.demand.reloaded(plan);
    Some(Flush {
        members: answers.active.design.caches.len(),
        keys,
        reload: Secs::secs(keys / rate),
        unanswered: surge.unanswered,
        hit_rate_back: surge.hit_rate_back,
        refill: refill_once(&answers.active.case(plan, catalog, &answers.demand)),
    })
}

/// What a change of size means for the group; `None` without one.
#[must_use]
pub fn scaling(plan: &Plan, answers: &Answers) -> Option<Scaling> {
    let design = &answers.active.design;
    let (Runway::Fills(filling), Some(cache)) = (&answers.active.runway, design.caches.first()) else { return None };
    let demand = &answers.demand;
    let net = (demand.creates - demand.removals) * key_memory(plan) * plan.assumptions.crdt_factor.mode;
    // Shares that cancel out leave a residue of rounding, which is no growth.
    let grows = demand.creates - demand.removals > demand.creates * 1e-9;
    let left = (filling.limit - filling.used.mode).max(Bytes::ZERO);
    Some(Scaling {
        from: cache.sku.clone(),
        members: design.caches.len(),
        locked: SCALE_MEMBER * design.caches.len() as f64,
        left,
        full_after: grows.then(|| left / net),
    })
}

/// What the monthly patch of a pair means; `None` without a pair.
#[must_use]
pub fn patch(plan: &Plan, answers: &Answers) -> Option<Patch> {
    let sync = &answers.passive.sync;
    answers.passive.design.caches.first()?;
    let (stream, incoming) = (answers.demand.stream, answers.passive.shard.incoming);
    let backlog = plan.assumptions.passive_backlog;
    let resync = match &sync.outcome {
        SyncOutcome::Converges { resync, .. } => Some(resync.mode),
        _ => None,
    };
    let left = sync.apply_rate - incoming;
    let gap = |lasts: Secs| {
        let missed = incoming * lasts;
        let full = missed > backlog;
        let partial = || (left > BytesPerSec::ZERO).then(|| missed / left);
        Gap { lasts, at_risk: stream * lasts, missed, full, catch_up: if full { resync } else { partial() } }
    };
    let Range { low, mode, high } = plan.syncs.patch_gap;
    Some(Patch {
        gaps: [low, mode, high].map(gap),
        backlog,
        covered: (incoming > BytesPerSec::ZERO).then(|| backlog / incoming),
        copy: sync.total_bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::model::cost::BillLine;
    use crate::model::testing::{CATALOG, even_regions, plain, sku};
    use crate::plan::EgressBilling;
    use crate::units::{Money, OpsPerSec, UnitPrice};

    fn evaluated(plan: &Plan) -> Answers {
        evaluate(plan, &CATALOG).answers
    }

    /// 10 GB in keys of 1,200 B (20 + 1,120 + 60) at 4,000 keys/s: 8.33 M keys, 2,083 s.
    #[test]
    fn a_flush_reads_every_key_once() {
        let mut plan = plain(10.0, 1_000.0);
        (plan.workload.key_size, plan.workload.value_size) = (Bytes::bytes(20.0), Bytes::bytes(1_120.0));
        (plan.rebuild.reload_rate, plan.rebuild.database_limit) =
            (OpsPerSec::per_s(4_000.0), OpsPerSec::per_s(9_000.0));
        let flush_of = |plan: &Plan| flush(plan, &CATALOG, &evaluated(plan)).unwrap();
        let once = flush_of(&plan);
        assert!((once.keys - 10e9 / 1_200.0).abs() < 1.0 && (once.reload.as_secs() - 2_083.33).abs() < 0.01);
        // The database caps the reload; more members are emptied, the keys stay.
        plan.rebuild.database_limit = OpsPerSec::per_s(2_000.0);
        plan.regions = even_regions(&["eastus", "westus2", "northeurope"]);
        let capped = flush_of(&plan);
        assert!((capped.reload.as_secs() - 4_166.67).abs() < 0.01);
        assert_eq!((once.members, capped.members, capped.keys.to_bits()), (2, 3, once.keys.to_bits()));
        plan.regions.truncate(1);
        assert_eq!(flush(&plan, &CATALOG, &evaluated(&plan)), None);
    }

    /// 10 GB in 8.33 M keys at $0.30 a million: $2.50. Sent to two others at the price of the bill's full copies, or absorbed:
    /// then the list rate stands beside it.
    #[test]
    fn a_flush_costs_reads_and_copies() {
        let mut plan = plain(10.0, 1_000.0);
        (plan.workload.key_size, plan.workload.value_size) = (Bytes::bytes(20.0), Bytes::bytes(1_120.0));
        plan.regions = even_regions(&["eastus", "westus2", "northeurope"]);
        plan.pricing.active_egress = EgressBilling::ListRate;
        let refill = |plan: &Plan| flush(plan, &CATALOG, &evaluated(plan)).unwrap().refill;
        let unpriced = refill(&plan);
        assert_eq!(unpriced.reads.amount, None);
        plan.outages.million_reads = Some(UnitPrice::new("0.30".parse().unwrap()));
        let listed = refill(&plan);
        assert_eq!(listed.reads.amount.map(Money::to_cents), Some("2.50".parse().unwrap()));
        let copy = evaluated(&plan).active.sync.total_bytes;
        assert_eq!(listed.sent, copy * 2.0);
        let price = |line: &BillLine| line.effective.unwrap() * line.quantity;
        assert_eq!(listed.paid, Some(listed.copies.iter().map(price).sum()));
        assert!(listed.paid == listed.at_list && listed.paid > Some(Money::ZERO));
        plan.pricing.active_egress = EgressBilling::Absorbed;
        let absorbed = refill(&plan);
        assert_eq!((absorbed.paid, absorbed.at_list), (Some(Money::ZERO), listed.at_list));
    }

    /// B10 has 9.6 GB (80 % of 12 GB, M-02); 10 min a member (D3).
    #[test]
    fn scaling_locks_the_group_at_the_old_size() {
        let mut plan = plain(6.0, 1_000.0);
        plan.active.sku = sku("Balanced_B10");
        let even = scaling(&plan, &evaluated(&plan)).unwrap();
        assert_eq!((even.members, even.locked), (2, Secs::mins(20.0)));
        let Runway::Fills(filling) = evaluated(&plan).active.runway else { panic!("a group") };
        assert_eq!(even.left, filling.limit - filling.used.mode);
        // Only creates: 1,000 keys/s × (key + value + 60).
        let split = &mut plan.workload.split;
        (split.creates, split.overwrites) = (Ratio::ONE, Ratio::ZERO);
        (split.deletes, split.expiries, split.element_removals) = (Ratio::ZERO, Ratio::ZERO, Ratio::ZERO);
        let grows = scaling(&plan, &evaluated(&plan)).unwrap();
        let rate = 1_000.0 * key_memory(&plan).as_bytes() * plan.assumptions.crdt_factor.mode;
        assert!((grows.full_after.unwrap().as_secs() / (grows.left.as_bytes() / rate) - 1.0).abs() < 1e-9);
        plan.regions.truncate(1);
        assert_eq!(scaling(&plan, &evaluated(&plan)), None);
    }

    /// A gap is partial up to the time that the backlog covers, and full beyond it (M-05).
    #[test]
    fn a_patch_is_partial_within_the_backlog() {
        let mut plan = plain(10.0, 1_000.0);
        let loud = patch(&plan, &evaluated(&plan)).unwrap();
        assert!(loud.gaps.iter().all(|gap| gap.full), "a megabyte covers seconds of a thousand writes");
        assert!(loud.covered.unwrap() < Secs::mins(1.0));
        // A backlog of what 20 minutes miss: the usual quarter of an hour fits, the hour does not.
        plan.assumptions.passive_backlog = loud.gaps[1].missed * (20.0 / 15.0);
        let roomy = patch(&plan, &evaluated(&plan)).unwrap();
        assert_eq!(roomy.gaps.map(|gap| gap.full), [false, false, true]);
        assert!((roomy.covered.unwrap().as_mins() - 20.0).abs() < 1e-9);
        assert!(roomy.gaps[0].catch_up < roomy.gaps[1].catch_up && roomy.gaps[1].catch_up < roomy.gaps[2].catch_up);
        plan.workload.writes = OpsPerSec::ZERO;
        let silent = patch(&plan, &evaluated(&plan)).unwrap();
        assert_eq!((silent.covered, silent.gaps[2].full, silent.gaps[2].at_risk), (None, false, Bytes::ZERO));
        plan.regions.truncate(1);
        assert_eq!(patch(&plan, &evaluated(&plan)), None);
    }
}
