//! What each part of the data loses (M-04): read again from the database, back to the last export, or entirely.

use super::{Rpo, RpoBasis};
use crate::plan::{Conflicts, Data, DataClass, DataPart, Plan};
use crate::stats::bands::{P50, P95};
use crate::units::{Ratio, Secs};
use serde::Serialize;

/// A part of the data with what it loses when the region is lost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartLoss {
    /// Its name; "All data" or "Everything else" for what the plan does not name.
    pub name: String,
    /// Its share of the data.
    pub share: Ratio,
    /// Its share of the writes.
    pub writes: Ratio,
    /// Where it can come from again.
    pub class: DataClass,
    /// What two writes at the same time do to it.
    pub conflicts: Conflicts,
    /// What it loses.
    pub loss: Loss,
}

/// What a part loses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// Nothing: it is read from the database again.
    Nothing,
    /// What the replica had not applied: the lag of the topology.
    Lag,
    /// Everything since the last export; `at_most` where its class is not said, so that it may be less.
    SinceExport {
        /// Time from one export to the next.
        interval: Secs,
        /// The plan does not say that it is held only here.
        at_most: bool,
    },
    /// All of it: it is held only here, and nothing is exported.
    Everything,
    /// The plan does not say whether the database holds it.
    NotSaid,
    /// It is expendable: nobody asks.
    NotJudged,
}

impl Loss {
    /// What a part loses with one cache and no replica.
    fn alone(part: &DataPart, data: &Data) -> Self {
        match (part.class, data.export_interval) {
            (DataClass::Rebuildable, _) => Self::Nothing,
            (DataClass::Expendable, _) => Self::NotJudged,
            (class, Some(interval)) => Self::SinceExport { interval, at_most: class == DataClass::Unknown },
            (DataClass::HeldOnlyHere, None) => Self::Everything,
            (DataClass::Unknown, None) => Self::NotSaid,
        }
    }

    fn replicated(part: &DataPart) -> Self {
        if part.class == DataClass::Expendable { Self::NotJudged } else { Self::Lag }
    }

    /// How bad it is beside others: the worst part decides.
    const fn rank(self) -> u8 {
        match self {
            Self::NotJudged => 0,
            Self::Nothing => 1,
            Self::Lag => 2,
            Self::SinceExport { .. } => 3,
            Self::NotSaid => 4,
            Self::Everything => 5,
        }
    }
}

/// Every part of the plan's data with a loss, in the plan's order.
fn parts(plan: &Plan, loss: impl Fn(&DataPart) -> Loss) -> Vec<PartLoss> {
    let each = |part: DataPart| {
        let loss = loss(&part);
        let DataPart { name, share, writes, class, conflicts } = part;
        PartLoss { name, share, writes, class, conflicts, loss }
    };
    plan.data.whole().into_iter().map(each).collect()
}

/// The parts of a replicated design: each loses the lag, but those that are expendable.
pub(super) fn replicated(plan: &Plan) -> Vec<PartLoss> {
    parts(plan, Loss::replicated)
}

/// The RPO of one cache without a replica: that of its worst part that is not expendable.
///
/// The age of the last export at a random moment is spread evenly from 0 to the interval `I`: median `I ÷ 2`, P95 `0.95·I`, at most
/// `I`, target met in `target ÷ I` of the time. How long an export takes is not modelled. A part that is held only here and never
/// exported is lost entirely: there is no bound, and no target is met. A part whose class is not said has no figure at all.
pub(super) fn alone(plan: &Plan) -> Rpo {
    let parts = parts(plan, |part| Loss::alone(part, &plan.data));
    let worst = parts.iter().map(|part| part.loss).max_by_key(|loss| loss.rank()).unwrap_or(Loss::NotSaid);
    let (basis, interval) = match worst {
        Loss::NotJudged => (RpoBasis::Expendable, Some(Secs::ZERO)),
        Loss::Nothing | Loss::Lag => (RpoBasis::SourceOfTruth, Some(Secs::ZERO)),
        Loss::SinceExport { interval, .. } => (RpoBasis::LastExport, Some(interval)),
        Loss::NotSaid => (RpoBasis::NotSaid, None),
        Loss::Everything => (RpoBasis::HeldOnlyHere, None),
    };
    let within = |target: Secs| match interval {
        Some(interval) if interval > Secs::ZERO => Some(Ratio::fraction((target / interval).clamp(0.0, 1.0))),
        Some(_) => Some(Ratio::ONE),
        None => (basis == RpoBasis::HeldOnlyHere).then_some(Ratio::ZERO),
    };
    Rpo {
        median: interval.map(|interval| interval * P50),
        p95: interval.map(|interval| interval * P95),
        worst_of_day: interval,
        max: interval,
        share_within_target: plan.objectives.rpo.and_then(within),
        parts,
        ..Rpo::empty(basis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Topology;
    use crate::model::testing::{Answers, plain};
    use proptest::prelude::*;

    fn plan(parts: &[(&str, f64, DataClass)]) -> Plan {
        let mut plan = plain(4.0, 1_000.0);
        let part = |(name, share, class): &(&str, f64, DataClass)| {
            DataPart::new(name, *share, *share, *class, Conflicts::Unknown)
        };
        plan.data.parts = parts.iter().map(part).collect();
        plan
    }

    fn rebuild(plan: &Plan) -> Rpo {
        Answers::of(Topology::Rebuild, plan).rpo
    }

    /// Review F2: a session store was told that nothing is lost.
    #[test]
    fn a_session_store_does_not_come_back_from_a_database() {
        let sessions = plan(&[("sessions", 1.0, DataClass::HeldOnlyHere)]);
        let rpo = rebuild(&sessions);
        assert_eq!((rpo.basis, rpo.p95, rpo.max), (RpoBasis::HeldOnlyHere, None, None));
        assert_eq!((rpo.parts[0].loss, rpo.share_within_target), (Loss::Everything, Some(Ratio::ZERO)));
        for topology in [Topology::Passive, Topology::Active] {
            assert_eq!(Answers::of(topology, &sessions).rpo.parts[0].loss, Loss::Lag);
        }
    }

    #[test]
    fn what_nobody_has_said_is_not_claimed() {
        let rpo = rebuild(&plan(&[]));
        assert_eq!((rpo.basis, rpo.median, rpo.p95, rpo.max), (RpoBasis::NotSaid, None, None, None));
        assert_eq!(rpo.share_within_target, None, "open, neither met nor missed");
        let rpo = rebuild(&plan(&[("prices", 0.99, DataClass::Rebuildable)]));
        assert_eq!((rpo.basis, rpo.parts.len()), (RpoBasis::NotSaid, 2), "a hundredth is left");
        let rpo = rebuild(&plan(&[("prices", 1.0, DataClass::Rebuildable)]));
        assert_eq!(
            (rpo.basis, rpo.max, rpo.share_within_target),
            (RpoBasis::SourceOfTruth, Some(Secs::ZERO), Some(Ratio::ONE))
        );
    }

    /// By hand: exports every 2 h are 1 h old in the median, 1.9 h at 95 %, and a target of 60 s holds for 60 of 7,200 s.
    #[test]
    fn the_last_export_is_between_nothing_and_its_interval_old() {
        let mut plan = plan(&[("prices", 0.6, DataClass::Rebuildable), ("sessions", 0.4, DataClass::HeldOnlyHere)]);
        plan.data.export_interval = Some(Secs::hours(2.0));
        plan.objectives.rpo = Some(Secs::secs(60.0));
        let rpo = rebuild(&plan);
        let minutes = |time: Option<Secs>| (time.unwrap().as_secs() / 60.0).round();
        assert_eq!([rpo.median, rpo.p95, rpo.max].map(minutes), [60.0, 114.0, 120.0]);
        assert!((rpo.share_within_target.unwrap().as_fraction() - 60.0 / 7_200.0).abs() < 1e-12);
        assert_eq!(rpo.parts[0].loss, Loss::Nothing);
        assert_eq!(rpo.parts[1].loss, Loss::SinceExport { interval: Secs::hours(2.0), at_most: false });
        plan.data.parts[1].class = DataClass::Unknown;
        assert_eq!(rebuild(&plan).parts[1].loss, Loss::SinceExport { interval: Secs::hours(2.0), at_most: true });
    }

    const CLASSES: [DataClass; 4] =
        [DataClass::Unknown, DataClass::Rebuildable, DataClass::HeldOnlyHere, DataClass::Expendable];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Nothing is lost by a rebuild exactly when the plan says of every part that it can be rebuilt or may be lost.
        #[test]
        fn a_rebuild_loses_nothing_only_where_the_plan_says_so(
            classes in prop::collection::vec(0..4_usize, 1..5), whole in any::<bool>(), exported in any::<bool>(),
        ) {
            let share = if whole { 1.0 } else { 0.9 } / classes.len() as f64;
            let named: Vec<_> = classes.iter().map(|class| ("part", share, CLASSES[*class])).collect();
            let mut plan = plan(&named);
            plan.data.export_interval = exported.then(|| Secs::hours(1.0));
            let rpo = alone(&plan);
            let safe = |class: &usize| matches!(CLASSES[*class], DataClass::Rebuildable | DataClass::Expendable);
            prop_assert_eq!(rpo.max == Some(Secs::ZERO), whole && classes.iter().all(safe));
            prop_assert!(exported == rpo.max.is_some() || whole && classes.iter().all(safe));
        }
    }

    #[test]
    fn what_is_expendable_decides_nothing() {
        let rpo = rebuild(&plan(&[("prices", 0.6, DataClass::Rebuildable), ("hints", 0.4, DataClass::Expendable)]));
        assert_eq!((rpo.basis, rpo.parts[1].loss), (RpoBasis::SourceOfTruth, Loss::NotJudged));
        let rpo = rebuild(&plan(&[("hints", 1.0, DataClass::Expendable)]));
        assert_eq!((rpo.basis, rpo.max), (RpoBasis::Expendable, Some(Secs::ZERO)));
    }
}
