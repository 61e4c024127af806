//! The same outage with and without an act, and between the ends of its coefficients.

use super::{GroupOutage, Log, Scene, Simulation, group_outage};
use crate::catalog::Catalog;
use crate::model::Answers;
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, Range};

/// One outage of an active group, played through twice (M-07).
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// With the force-unlink at the plan's decision, whether or not the plan says that somebody acts.
    pub acts: GroupOutage,
    /// Everybody waits for the region.
    pub never: GroupOutage,
    /// The plan's own way with all coefficients at their low end, and with all at their high end at once: what memory
    /// grows by, and what a shard frees the other way round. Its length and its act stay as they are.
    pub range: [Log; 2],
}

impl WhatIf {
    /// The one that the plan says.
    #[must_use]
    pub const fn own(&self, plan: &Plan) -> &GroupOutage {
        if plan.outage.acts { &self.acts } else { &self.never }
    }
}

/// Both ways of the plan's outage; `None` without a group.
///
/// Where the region is back before the decision, both are equal.
#[must_use]
pub fn what_if(plan: &Plan, catalog: &Catalog, answers: &Answers) -> Option<WhatIf> {
    let way = |acts: bool| {
        let mut plan = plan.clone();
        plan.outage.acts = acts;
        group_outage(&plan, catalog, answers)
    };
    let range = [end(plan, answers, |range| range.low)?, end(plan, answers, |range| range.high)?];
    Some(WhatIf { acts: way(true)?, never: way(false)?, range })
}

/// The plan's outage with each coefficient at one end of its range.
fn end(plan: &Plan, answers: &Answers, pick: fn(Range<f64>) -> f64) -> Option<Log> {
    let mut plan = plan.clone();
    let assumed = &mut plan.assumptions;
    assumed.crdt_factor = Range::exactly(pick(assumed.crdt_factor));
    for kept in [&mut assumed.kept_per_delete, &mut assumed.kept_per_element, &mut assumed.kept_per_overwrite] {
        *kept = Range::exactly(Bytes::bytes(pick(kept.map(Bytes::as_bytes))));
    }
    let Range { low, mode, high } = plan.outage.drain_rate.map(BytesPerSec::as_bytes_per_s);
    // What is freed fast belongs to the end at which memory is low.
    let drain = pick(Range { low: high, mode, high: low });
    plan.outage.drain_rate = Range::exactly(BytesPerSec::bytes_per_s(drain));
    Some(Simulation::new(&Scene::of(&plan, answers)?).run())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outage_simulation::{EventKind, Timestamp, decision};
    use crate::units::Secs;

    const GAMING: &str = include_str!("../../../../public/plans/gaming-leaderboard.json");

    /// While nothing is freed memory lies between the ends; without spread both ends are the plan's own log.
    #[test]
    fn the_most_likely_outage_lies_between_its_ends() {
        let catalog = Catalog::bundled().unwrap();
        for (acts, hours) in [(true, 4.0), (false, 4.0), (false, 12.0), (true, 1.0)] {
            let mut plan = crate::codec::from_json(GAMING).unwrap();
            (plan.outage.acts, plan.outage.length) = (acts, Some(Secs::hours(hours)));
            let answers = crate::evaluate::evaluate(&plan, &catalog);
            let story = what_if(&plan, &catalog, &answers).unwrap();
            let [low, high] = &story.range;
            let log = &story.own(&plan).log;
            let level = |log: &Log, at| log.level(1, at).unwrap().as_fraction().min(1.0);
            // What is evicted later is freed with the rest: whoever had more then has less.
            let held = if acts { decision(&plan) } else { Secs::hours(hours) };
            for part in 0..100 {
                let at = Timestamp::START.after(held * (f64::from(part) / 100.0));
                let levels = [low, log, high].map(|log| level(log, at));
                assert!(levels.is_sorted_by(|a, b| *a <= *b + 1e-9), "{acts} {hours} {part}: {levels:?}");
            }
            let full = |log: &Log| log.first(EventKind::Full, Some(1));
            assert!(full(high).is_some() || full(log).is_none());
            let assumed = &mut plan.assumptions;
            assumed.crdt_factor = Range::exactly(assumed.crdt_factor.mode);
            assumed.kept_per_delete = Range::exactly(assumed.kept_per_delete.mode);
            assumed.kept_per_element = Range::exactly(assumed.kept_per_element.mode);
            assumed.kept_per_overwrite = Range::exactly(assumed.kept_per_overwrite.mode);
            plan.outage.drain_rate = Range::exactly(plan.outage.drain_rate.mode);
            let story = what_if(&plan, &catalog, &answers).unwrap();
            assert!(story.range.iter().all(|end| *end == story.own(&plan).log), "{acts} {hours}");
        }
    }
}
