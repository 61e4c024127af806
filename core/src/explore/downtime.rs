//! Expected downtime of a year: outages a year, their length and the recovery path, each over its spread.

use super::recovery_time::{Chain, FOLLOWS_TYPING};
use crate::model::TopologyAnswer;
use crate::model::availability::Downtime;
use crate::plan::Plan;
use crate::stats::bands::Bands;
use crate::stats::sample::{Study, run_all};
use crate::stats::spread::Spread;
use crate::units::Secs;

/// What an average user loses in a year to outages of whole regions; `None` where the topology is not possible.
///
/// One outage takes `(1 − c)·min(length, RTO) + c·length`: service is back when the recovery path is through or when the region
/// returns, whichever is first; in the share `c` with a common cause no other region helps. Without another region, or a
/// recovery path, it takes its length. A pair is down with its primary's region, a member of a group takes its own users with
/// it, so that an average user sees one region's outages in each. Regions share a control plane, names, identity,
/// deployments and people: they are never multiplied as if one failed without the other.
///
/// The expectation is a product of means, since how often, how long and how quickly back are independent:
/// `E[outages] × ((1 − c)·E[min(length, RTO)] + c·E[length])`. All means are exact but that of the shorter of two, which is
/// `E[RTO] − E[max(0, RTO − length)]`, or `E[length] − E[max(0, length − RTO)]`: the smaller overlap of the two is sampled, and
/// is 0 where one always outlasts the other. P05 and P95 are those of the sampled product.
#[must_use]
pub fn downtime(plan: &Plan, answer: &TopologyAnswer) -> Option<Downtime> {
    if !answer.design.possible {
        return None;
    }
    let study = DowntimeStudy::new(plan, answer);
    Some(study.summary(&run_all(&study, FOLLOWS_TYPING)))
}

/// Inputs: outages a year, length, and a sample for each cause of the recovery path. Results: what the recovery path takes longer than the
/// outage, negative where it is shorter, and the year.
struct DowntimeStudy {
    often: Spread,
    lasts: Spread,
    /// Share of the outages with a common cause.
    shared: f64,
    /// The recovery path; none without another region.
    back: Option<Chain>,
    causes: usize,
}

impl DowntimeStudy {
    fn new(plan: &Plan, answer: &TopologyAnswer) -> Self {
        let (outages, mut causes) = (&plan.outages, Vec::new());
        let elsewhere = plan.elsewhere().is_some();
        let chain = answer.rto.iter().find(|chain| chain.unplanned && elsewhere);
        let often = outages.per_year;
        Self {
            often: Spread::triangular(often.low, often.mode, often.high),
            lasts: Spread::from(outages.duration),
            shared: outages.common_cause.as_fraction().clamp(0.0, 1.0),
            back: chain.map(|chain| Chain::new(plan, answer.topology, chain, &mut causes)),
            causes: causes.len(),
        }
    }

    fn summary(&self, columns: &[Vec<f64>]) -> Downtime {
        let bands = Bands::of(&columns[1]);
        let overlap = |side: f64| {
            let beyond = columns[0].iter().map(|longer| (side * longer).max(0.0));
            beyond.sum::<f64>() / columns[0].len() as f64
        };
        let (later, sooner) = (overlap(1.0), overlap(-1.0));
        let lasts = self.lasts.mean();
        let shorter = |back: &Chain| if later <= sooner { back.mean() - later } else { lasts - sooner };
        let back = self.back.as_ref().map_or(lasts, shorter);
        let (often, each) = (self.often.mean(), back * (1.0 - self.shared) + lasts * self.shared);
        let ends = [bands.p05, bands.p95].map(|quantile| Secs::secs(quantile.value));
        Downtime { often, each: Secs::secs(each), mean: Secs::secs(often * each), p05: ends[0], p95: ends[1] }
    }
}

impl Study for DowntimeStudy {
    fn inputs(&self) -> usize {
        2 + self.causes
    }
    fn outputs(&self) -> usize {
        2
    }
    fn trial(&self, point: &[f64], results: &mut [f64]) {
        let (often, lasts) = (self.often.at(point[0]), self.lasts.at(point[1]));
        let back = self.back.as_ref().map_or(lasts, |back| back.at(&point[2..]));
        results[0] = back - lasts;
        results[1] = often * (back.min(lasts) * (1.0 - self.shared) + lasts * self.shared);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::evaluate::evaluate;
    use crate::model::Topology;
    use crate::model::cost::loss::expected_loss;
    use crate::plan::{Conflicts, DataClass, DataPart};
    use crate::presets::PRESETS;
    use crate::stats::sample::Sampling;
    use crate::units::{Range, Ratio, UnitPrice};
    use rust_decimal::Decimal;
    use std::sync::LazyLock;

    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled().unwrap());

    fn of(topology: Topology, plan: &Plan) -> Option<Downtime> {
        downtime(plan, evaluate(plan, &CATALOG).of(topology))
    }

    /// The law: the mean of the plan's inputs sampled with another seed is the mean that is shown, within its error.
    #[test]
    fn the_drawn_mean_is_the_expectation() {
        for text in PRESETS {
            let plan = crate::codec::from_json(text).unwrap();
            let evaluation = evaluate(&plan, &CATALOG);
            for topology in Topology::ALL {
                let answer = evaluation.of(topology);
                let Some(shown) = downtime(&plan, answer) else { continue };
                let study = DowntimeStudy::new(&plan, answer);
                let means: Vec<f64> = (100..116)
                    .map(|seed| {
                        let years = run_all(&study, Sampling { seed, trials: 2_000 }).swap_remove(1);
                        years.iter().sum::<f64>() / years.len() as f64
                    })
                    .collect();
                let mean = means.iter().sum::<f64>() / 16.0;
                let variance = means.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / 15.0;
                // Of sixteen runs, and of the one, five times as long, that gave the overlap.
                let error = libm::sqrt(variance / 16.0 + variance / 5.0);
                let off = shown.mean.as_secs() - mean;
                assert!(libm::fabs(off) < 4.0 * error, "{}, {topology:?}: {off} s, error {error} s", plan.name);
                assert!(shown.p05 < shown.mean && shown.mean < shown.p95, "{shown:?}");
            }
        }
    }

    fn loss(topology: Topology, plan: &Plan) -> f64 {
        let evaluation = evaluate(plan, &CATALOG);
        let loss = expected_loss(plan, &CATALOG, evaluation.demand.keys, evaluation.of(topology));
        loss.unwrap().as_f64_for_charts()
    }

    /// What the choice counts is what stands beside the bill: the three points of both distributions against their samples.
    #[test]
    fn the_loss_that_is_ranked_is_the_downtime_that_is_shown() {
        for text in PRESETS {
            let mut plan = crate::codec::from_json(text).unwrap();
            plan.outages.downtime_hour = Some(UnitPrice::new(Decimal::from(1_000)));
            plan.outages.lost_record = None;
            for topology in Topology::ALL {
                let Some(shown) = of(topology, &plan) else { continue };
                let (ranked, shown) = (loss(topology, &plan), 1_000.0 * shown.mean.as_hours());
                assert!((ranked / shown - 1.0).abs() < 0.03, "{}, {topology:?}: {ranked} against {shown}", plan.name);
            }
        }
    }

    /// By hand, one outage a year. Of 10,000 h and no common cause the recovery path counts: 0.185·P05 + 0.63·P50 + 0.185·P95, P05
    /// being P50² ÷ P95. Of a minute the minute counts: it is shorter than any path. With every outage common its length counts.
    #[test]
    fn the_loss_by_hand() {
        let mut plan = Plan::default();
        plan.outages.per_year = Range::exactly(1.0);
        plan.outages.common_cause = Ratio::ZERO;
        plan.outages.downtime_hour = Some(UnitPrice::new(Decimal::from(3_600)));
        plan.outages.duration = Range::exactly(Secs::hours(10_000.0));
        let chain = evaluate(&plan, &CATALOG).active.rto[0].clone();
        let (p50, p95) = (chain.p50.as_secs(), chain.p95.as_secs());
        let expected = 0.185 * p50 * p50 / p95 + 0.63 * p50 + 0.185 * p95;
        // At $3,600 an hour a second costs a dollar; hours are kept to six decimals.
        assert!((loss(Topology::Active, &plan) - expected).abs() < 0.01, "{expected}");
        plan.outages.duration = Range::exactly(Secs::mins(1.0));
        assert!((loss(Topology::Active, &plan) - 60.0).abs() < 0.01);
        plan.outages.duration = Range::exactly(Secs::hours(2.0));
        plan.outages.common_cause = Ratio::ONE;
        assert!((loss(Topology::Active, &plan) - 7_200.0).abs() < 0.01);
    }

    /// By hand, one outage a year and a cent a write: a pair loses its mean lag of writes; a rebuild what came since the last export,
    /// half of the interval on average, and every key of what is never exported; what the database holds, nothing.
    #[test]
    fn lost_writes_by_hand() {
        let mut plan = Plan::default();
        plan.outages.per_year = Range::exactly(1.0);
        (plan.outages.downtime_hour, plan.outages.lost_record) = (None, Some(UnitPrice::new(Decimal::new(1, 2))));
        let part = |class| DataPart::new("all", 1.0, 1.0, class, Conflicts::LastWriteWins);
        plan.data.parts = vec![part(DataClass::HeldOnlyHere)];
        let evaluation = evaluate(&plan, &CATALOG);
        let rate = plan.workload.writes.as_per_s();
        let lag = evaluation.passive.rpo.mean.unwrap().as_secs();
        assert!((loss(Topology::Passive, &plan) - 0.01 * rate * lag).abs() < 1e-3);
        let keys = evaluation.demand.keys;
        assert!((loss(Topology::Rebuild, &plan) / (0.01 * keys) - 1.0).abs() < 1e-6, "every key");
        plan.data.export_interval = Some(Secs::hours(1.0));
        assert!((loss(Topology::Rebuild, &plan) - 0.01 * rate * 1_800.0).abs() < 0.01, "half an hour of writes");
        plan.data.parts = vec![part(DataClass::Rebuildable)];
        assert!(loss(Topology::Rebuild, &plan).abs() < 1e-9);
    }

    /// By hand: one outage a year of 4 h, a tenth of them everywhere: 0.9 × mean of the recovery path + 0.1 × 4 h.
    #[test]
    fn downtime_is_the_recovery_path_and_the_common_cause() {
        let mut plan = Plan::default();
        plan.outages.per_year = Range::exactly(1.0);
        plan.outages.duration = Range::exactly(Secs::hours(4.0));
        plan.outages.common_cause = Ratio::percent(10.0);
        for topology in [Topology::Passive, Topology::Active] {
            let evaluation = evaluate(&plan, &CATALOG);
            let steps = &evaluation.of(topology).rto[0].steps;
            let back: f64 = steps.iter().map(|step| step.spread(&plan).mean()).sum();
            let found = of(topology, &plan).unwrap().mean.as_secs();
            assert!((found - (back * 0.9 + 1_440.0)).abs() < 1e-6, "{topology:?}: {found}");
        }
        plan.outages.common_cause = Ratio::ONE;
        assert!((of(Topology::Active, &plan).unwrap().mean - Secs::hours(4.0)).as_secs().abs() < 1e-9);
        plan.outages.per_year = Range::new(0.1, 0.25, 1.0);
        plan.regions.truncate(1);
        assert_eq!(of(Topology::Active, &plan), None);
        let alone = of(Topology::Rebuild, &plan).unwrap();
        assert!((alone.mean - Secs::hours(4.0) * 0.45).as_secs().abs() < 1e-9, "nowhere to go: {alone:?}");
    }
}
