//! How the model's ranges held against the drills so far: step by step, and all together.

use crate::catalog::Catalog;
use crate::evaluate::evaluate_unread;
use crate::model::Topology;
use crate::plan::{EvidenceKind, Plan, field, range_field, step_label};
use crate::stats::bands::{P05, P95};
use crate::units::{Range, Ratio, Secs};
use statrs::distribution::{Binomial, DiscreteCDF};

/// Share of measured times that lie inside P05–P95 where the ranges are right.
pub const EXPECTED: f64 = P95 - P05;

/// The measured times of one step beside its range.
#[derive(Debug, Clone, PartialEq)]
pub struct StepCoverage {
    /// The step's field: `recovery.decide`.
    pub field: String,
    /// What a person calls it: "Decide".
    pub label: &'static str,
    /// P05 and P95 of the step without its drills; `None` of a computed step that no path of this plan has.
    pub range: Option<(Secs, Secs)>,
    /// What was measured, the shortest first.
    pub times: Vec<Secs>,
    /// How many of them lie inside the range.
    pub inside: usize,
}

/// All steps that drills measured.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coverage {
    /// In the order of the plan's evidence.
    pub steps: Vec<StepCoverage>,
}

impl Coverage {
    /// Measured times of steps that have a range.
    #[must_use]
    pub fn judged(&self) -> usize {
        self.steps.iter().filter(|step| step.range.is_some()).map(|step| step.times.len()).sum()
    }

    /// Those inside their range.
    #[must_use]
    pub fn inside(&self) -> usize {
        self.steps.iter().map(|step| step.inside).sum()
    }

    /// The share inside; `None` without a time that can be judged.
    #[must_use]
    pub fn share(&self) -> Option<Ratio> {
        let (inside, judged) = (u32::try_from(self.inside()).ok()?, u32::try_from(self.judged()).ok()?);
        (judged > 0).then(|| Ratio::fraction(f64::from(inside) / f64::from(judged)))
    }

    /// How likely so few or fewer would lie inside if each did with [`EXPECTED`]: a binomial sum. Steps of one drill hang together, so
    /// that it is the lower end. `None` without a time that can be judged.
    #[must_use]
    pub fn chance(&self) -> Option<Ratio> {
        let (inside, judged) = (u64::try_from(self.inside()).ok()?, u64::try_from(self.judged()).ok()?);
        let law = Binomial::new(EXPECTED, judged).ok().filter(|_| judged > 0)?;
        Some(Ratio::fraction(law.cdf(inside)))
    }
}

/// P05–P95 of every measured step as it stands without its drills, and how many of the measured times lie inside (ends count as inside).
///
/// The ranges are those of the plan: low, most likely and high, or the 90 % interval; of a computed step (load, drain) those of the
/// model. A step beside the paths, as a group's force-unlink, has the plan's range. A plan without drills has no steps.
#[must_use]
pub fn coverage(plan: &Plan, catalog: &Catalog) -> Coverage {
    let mut before = plan.clone();
    before.recovery.evidence.retain(|known| known.kind != EvidenceKind::Measured);
    if before.recovery.evidence.len() == plan.recovery.evidence.len() {
        return Coverage::default();
    }
    let evaluation = evaluate_unread(&before, catalog);
    let chains = || Topology::ALL.into_iter().flat_map(|topology| evaluation.of(topology).rto.iter());
    let range = |field: &str| {
        let step = chains().flat_map(|chain| chain.steps.iter()).find(|step| step.field == field);
        step.map(|step| step.band(&before)).or_else(|| own_band(&before, field))
    };
    let measured = plan.recovery.evidence.iter().filter(|known| known.kind == EvidenceKind::Measured);
    let steps = measured.filter_map(|known| {
        let field = format!("recovery.{}", known.step);
        let (label, range) = (step_label(&field)?, range(&field));
        let mut times = known.times.clone();
        times.sort_by(|a, b| a.as_secs().total_cmp(&b.as_secs()));
        let holds = |time: &&Secs| range.is_some_and(|(low, high)| (low..=high).contains(*time));
        let inside = times.iter().filter(holds).count();
        Some(StepCoverage { field, label, range, times, inside })
    });
    Coverage { steps: steps.collect() }
}

/// P05 and P95 of the plan's own range of a step; `None` of a computed one.
fn own_band(plan: &Plan, name: &str) -> Option<(Secs, Secs)> {
    let part = |at: usize| (field(range_field(name)?.parts[at])?.get)(plan).map(Secs::secs);
    let (spread, ..) = plan.step_spread(name, Range::new(part(0)?, part(1)?, part(2)?));
    Some((Secs::secs(spread.at(P05)), Secs::secs(spread.at(P95))))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::plan::Evidence;

    fn plan(step: &str, times: &[f64]) -> Plan {
        let times = times.iter().map(|time| Secs::mins(*time)).collect();
        let mut plan = Plan::default();
        plan.recovery.evidence = vec![Evidence { step: step.to_owned(), kind: EvidenceKind::Measured, times }];
        plan
    }

    /// A triangle from 0 over 0 to 100 min: P05 is 100·(1 − √0.95) = 2.532, P95 is 100·(1 − √0.05) = 77.639.
    #[test]
    fn a_step_by_hand() {
        let mut plan = plan("decide", &[80.0, 2.0, 3.0, 77.0, 30.0]);
        plan.recovery.decide = Range::new(Secs::ZERO, Secs::ZERO, Secs::mins(100.0));
        let found = coverage(&plan, &Catalog::bundled().unwrap());
        let [step] = found.steps.as_slice() else { panic!("one step") };
        let (low, high) = step.range.unwrap();
        assert!((low.as_mins() - 2.532).abs() < 1e-3 && (high.as_mins() - 77.639).abs() < 1e-3, "{low:?} {high:?}");
        assert_eq!((step.label, step.inside, found.judged(), found.inside()), ("Decide", 3, 5, 3));
        assert_eq!(found.share(), Some(Ratio::fraction(0.6)));
        // P(at most 3 of 5 at 0.9) = 1 − 0.9⁵ − 5·0.9⁴·0.1 = 0.08146.
        assert!((found.chance().unwrap().as_fraction() - 0.081_46).abs() < 1e-9);
    }

    /// The range is the one before the drill: measured times never judge themselves.
    #[test]
    fn no_drill_judges_itself() {
        let catalog = Catalog::bundled().unwrap();
        let found = coverage(&plan("decide", &[600.0, 700.0]), &catalog);
        assert_eq!((found.judged(), found.inside()), (2, 0));
        assert_eq!(coverage(&Plan::default(), &catalog), Coverage::default());
        assert_eq!((Coverage::default().share(), Coverage::default().chance()), (None, None));
    }

    /// A computed step has the model's range, one beside the paths the plan's; a computed one that no path has is told and not judged. By hand,
    /// a triangle from 8 over 10 to 20 min: P05 is 8 + √(0.05·12·2) = 9.095, P95 is 20 − √(0.05·12·10) = 17.551.
    #[test]
    fn computed_steps_and_steps_without_a_path() {
        let catalog = Catalog::bundled().unwrap();
        let found = coverage(&plan("load", &[1.0]), &catalog);
        assert!(found.steps[0].range.is_some());
        let mut beside = plan("delete_member", &[11.0, 18.0]);
        beside.recovery.delete_member = Range::new(Secs::mins(8.0), Secs::mins(10.0), Secs::mins(20.0));
        let found = coverage(&beside, &catalog);
        let (low, high) = found.steps[0].range.unwrap();
        assert!((low.as_mins() - 9.095).abs() < 1e-3 && (high.as_mins() - 17.551).abs() < 1e-3, "{low:?} {high:?}");
        assert_eq!((found.judged(), found.inside()), (2, 1));
        let found = coverage(&plan("import", &[11.0]), &catalog);
        assert_eq!((found.steps[0].range, found.judged()), (None, 0));
    }
}
