//! RTO as a distribution (M-06): every recovery path, sampled together.
//!
//! One sample places all steps of one cause, in every chain: whoever decides late decides late whatever has to be done, and
//! clients that keep a name for long reconnect late as well. So the recovery paths are compared in the same outages.

use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::rto::{RtoChain, RtoPath};
use crate::plan::Plan;
use crate::stats::bands::{Bands, Quantile, share_within};
pub use crate::stats::sample::FOLLOWS_TYPING;
use crate::stats::sample::{Sampling, Study, run_all};
use crate::stats::spread::Spread;
use crate::units::{Ratio, Secs};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

/// Points of the distribution function.
pub const POINTS: usize = 60;
/// Figures of a chain: trials, mean, three quantiles with their errors, share within the target, curve.
const FIGURES: usize = 9 + POINTS + 1;
/// What the worth of a minute is based on: the same trials shorter by a step differ little, so fewer do.
pub const FOR_SAVINGS: Sampling = Sampling::of(2_000);
/// What a step is shortened by to see what that is worth.
pub const MINUTE: Secs = Secs::mins(1.0);

/// Every recovery path of a plan as one study: an input for each cause, a result in seconds for each chain.
#[derive(Debug, Clone, PartialEq)]
pub struct RecoveryStudy {
    causes: Vec<&'static str>,
    chains: Vec<Chain>,
}

/// One recovery path, ready to be sampled.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chain {
    topology: Topology,
    path: RtoPath,
    /// Name, input and spread of each step.
    steps: Vec<(&'static str, usize, Spread)>,
}

impl RecoveryStudy {
    /// The chains of an evaluation of this plan, in its order; without inputs where no topology is possible.
    #[must_use]
    pub fn new(plan: &Plan, evaluation: &Evaluation) -> Self {
        let mut causes = Vec::new();
        let chains = Topology::ALL
            .into_iter()
            .flat_map(|topology| evaluation.of(topology).rto.iter().map(move |chain| (topology, chain)));
        let chains = chains.map(|(topology, chain)| Chain::new(plan, topology, chain, &mut causes)).collect();
        Self { causes, chains }
    }

    /// The results so far in words and curves; `columns` as [`Run::columns`] gives them.
    #[must_use]
    pub fn summary(&self, columns: &[Vec<f64>], target: Option<Secs>) -> RecoveryTimes {
        let bands: Vec<Bands> = columns.iter().map(|column| Bands::of(column)).collect();
        let longest = bands.iter().map(|bands| bands.p95.value).fold(0.0, f64::max) * 1.15;
        let times: Vec<f64> = (0..=POINTS).map(|point| longest * point as f64 / POINTS as f64).collect();
        let chains = self.chains.iter().zip(columns).zip(bands).map(|((chain, column), bands)| ChainTimes {
            topology: chain.topology,
            path: chain.path,
            bands,
            within_target: target.map(|target| Ratio::fraction(share_within(column, target.as_secs()))),
            cumulative: cumulative(column, &times),
        });
        RecoveryTimes { chains: chains.collect(), times: times.into_iter().map(Secs::secs).collect() }
    }

    /// The summary that gave these [`RecoveryTimes::figures`]; `None` when they are another study's.
    #[must_use]
    pub fn times_from(&self, figures: &[f64], target: Option<Secs>) -> Option<RecoveryTimes> {
        let (times, rest) = figures.split_at_checked(POINTS + 1)?;
        let chains = self.chains.iter().zip(rest.chunks(FIGURES)).map(|(chain, figures)| {
            let ([trials, mean], figures) = figures.split_first_chunk()?;
            let (quantiles, figures) = figures.split_first_chunk::<6>()?;
            let (within, cumulative) = figures.split_first()?;
            let quantile = |at: usize| Quantile { value: quantiles[2 * at], error: quantiles[2 * at + 1] };
            Some(ChainTimes {
                topology: chain.topology,
                path: chain.path,
                bands: Bands {
                    trials: trials.to_u32()?,
                    mean: *mean,
                    p05: quantile(0),
                    p50: quantile(1),
                    p95: quantile(2),
                },
                within_target: target.map(|_| Ratio::fraction(*within)),
                cumulative: cumulative.to_vec(),
            })
        });
        let chains: Vec<ChainTimes> = chains.collect::<Option<_>>()?;
        let times = times.iter().map(|time| Secs::secs(*time)).collect();
        (rest.len() == self.chains.len() * FIGURES).then_some(RecoveryTimes { chains, times })
    }

    /// Draws everything at once.
    ///
    /// # Examples
    ///
    /// ```
    /// use dr_core::catalog::Catalog;
    /// use dr_core::evaluate::evaluate;
    /// use dr_core::explore::recovery_time::{FOLLOWS_TYPING, RecoveryStudy};
    /// use dr_core::plan::Plan;
    ///
    /// let plan = Plan::default();
    /// let evaluation = evaluate(&plan, &Catalog::bundled()?);
    /// let times = RecoveryStudy::new(&plan, &evaluation).times(FOLLOWS_TYPING, plan.objectives.rto);
    /// // The same plan and seed give the same figures on every machine.
    /// assert_eq!(times, RecoveryStudy::new(&plan, &evaluation).times(FOLLOWS_TYPING, plan.objectives.rto));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn times(&self, sampling: Sampling, target: Option<Secs>) -> RecoveryTimes {
        self.summary(&run_all(self, sampling), target)
    }

    /// What a minute saved on each step of a chain is worth; `None` for a chain that there is not.
    ///
    /// A step that took less than a minute is saved whole. Every step is shortened in the same trials, so that the
    /// differences carry no error of the sample.
    #[must_use]
    pub fn savings(&self, chain: usize, sampling: Sampling, target: Option<Secs>) -> Option<Vec<Saving>> {
        let chain = self.chains.get(chain)?;
        let shortened = Shortened { chain, inputs: self.causes.len() };
        let columns = run_all(&shortened, sampling);
        let figures =
            |column: &Vec<f64>| (nth_of_100(column, 95), target.map(|target| share_within(column, target.as_secs())));
        let (usual, steps) = columns.split_first()?;
        let (p95, within) = figures(usual);
        let saved = chain.steps.iter().zip(steps).map(|((step, ..), column)| {
            let (shorter, more) = figures(column);
            let gained = within.zip(more).map(|(within, more)| Ratio::fraction(more - within));
            Saving { step, p95: Secs::secs(p95 - shorter), gained }
        });
        Some(saved.collect())
    }
}

impl Study for RecoveryStudy {
    fn inputs(&self) -> usize {
        self.causes.len()
    }
    fn outputs(&self) -> usize {
        self.chains.len()
    }
    fn trial(&self, point: &[f64], results: &mut [f64]) {
        for (result, chain) in results.iter_mut().zip(&self.chains) {
            *result = chain.at(point);
        }
    }
}

impl Chain {
    /// `causes` grows by those that are new to it: their places are the inputs.
    pub(super) fn new(plan: &Plan, topology: Topology, chain: &RtoChain, causes: &mut Vec<&'static str>) -> Self {
        let steps = chain.steps.iter().map(|step| {
            let known = causes.iter().position(|cause| *cause == step.cause);
            let input = known.unwrap_or_else(|| {
                causes.push(step.cause);
                causes.len() - 1
            });
            (step.name, input, step.spread(plan))
        });
        Self { topology, path: chain.path, steps: steps.collect() }
    }

    /// Its length in seconds at one point.
    pub(super) fn at(&self, point: &[f64]) -> f64 {
        self.steps.iter().map(|(_, input, spread)| spread.at(point[*input])).sum()
    }

    /// The exact mean in seconds: means add up whatever hangs together.
    pub(super) fn mean(&self) -> f64 {
        self.steps.iter().map(|(_, _, spread)| spread.mean()).sum()
    }
}

/// The sum of some steps sampled alone, in seconds: a part of a chain that was measured on its own.
#[must_use]
pub fn part_of(plan: &Plan, chain: &RtoChain, steps: impl Fn(&str) -> bool, sampling: Sampling) -> Bands {
    let mut part = chain.clone();
    part.steps.retain(|step| steps(step.name));
    let mut causes = Vec::new();
    let chains = vec![Chain::new(plan, Topology::Passive, &part, &mut causes)];
    let study = RecoveryStudy { causes, chains };
    Bands::of(&run_all(&study, sampling)[0])
}

/// One chain as it is, and with each of its steps a minute shorter.
struct Shortened<'a> {
    chain: &'a Chain,
    inputs: usize,
}

impl Study for Shortened<'_> {
    fn inputs(&self) -> usize {
        self.inputs
    }
    fn outputs(&self) -> usize {
        self.chain.steps.len() + 1
    }
    fn trial(&self, point: &[f64], results: &mut [f64]) {
        let mut total = 0.0;
        for ((_, input, spread), result) in self.chain.steps.iter().zip(&mut results[1..]) {
            let time = spread.at(point[*input]);
            total += time;
            *result = -time.clamp(0.0, MINUTE.as_secs());
        }
        results[0] = 0.0;
        for result in results {
            *result += total;
        }
    }
}

/// Every recovery path, sampled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecoveryTimes {
    /// In the order of the evaluation.
    pub chains: Vec<ChainTimes>,
    /// Times of the curves, from 0 to beyond the longest P95.
    pub times: Vec<Secs>,
}

impl RecoveryTimes {
    /// Every figure in a row, to be sent: the times, then for each chain its trials, mean, quantiles with their errors,
    /// share within the target (not-a-number without one) and curve.
    #[must_use]
    pub fn figures(&self) -> Vec<f64> {
        let mut figures: Vec<f64> = self.times.iter().map(|time| time.as_secs()).collect();
        for chain in &self.chains {
            let Bands { trials, mean, p05, p50, p95 } = chain.bands;
            figures.extend([f64::from(trials), mean]);
            figures.extend([p05, p50, p95].into_iter().flat_map(|quantile| [quantile.value, quantile.error]));
            figures.push(chain.within_target.map_or(f64::NAN, Ratio::as_fraction));
            figures.extend(&chain.cumulative);
        }
        figures
    }
}

/// One recovery path, sampled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChainTimes {
    /// Whose.
    pub topology: Topology,
    /// Which.
    pub path: RtoPath,
    /// Mean and quantiles in seconds, each with its error.
    pub bands: Bands,
    /// Share of the outages in which the target is met; `None` without a target.
    pub within_target: Option<Ratio>,
    /// Share of the outages that are over by each time.
    pub cumulative: Vec<f64>,
}

impl ChainTimes {
    /// Share of the outages a minute, in the middle of each two neighbouring times: `(middle, share per minute)`.
    #[must_use]
    pub fn density(&self, times: &[Secs]) -> Vec<(Secs, f64)> {
        let pieces = times.windows(2).zip(self.cumulative.windows(2));
        let shares = pieces.map(|(time, share)| {
            let width = (time[1] - time[0]).max(Secs::millis(1.0));
            ((time[0] + time[1]) / 2.0, (share[1] - share[0]) * (MINUTE / width))
        });
        shares.collect()
    }
}

/// What a minute saved on one step is worth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Saving {
    /// The step.
    pub step: &'static str,
    /// How much earlier the 95 % quantile is.
    pub p95: Secs,
    /// Share of the outages that meet the target in addition; `None` without a target.
    pub gained: Option<Ratio>,
}

/// The quantile at so many hundredths, by selection: the value below which lie that many results of a hundred.
fn nth_of_100(results: &[f64], hundredths: usize) -> f64 {
    let mut values = results.to_vec();
    let place = (values.len().saturating_sub(1) * hundredths).div_ceil(100);
    if values.is_empty() { f64::NAN } else { *values.select_nth_unstable_by(place, f64::total_cmp).1 }
}

/// Shares of the results that are at most each of some evenly spread times from 0 on.
fn cumulative(results: &[f64], times: &[f64]) -> Vec<f64> {
    let mut counts = vec![0_u32; times.len()];
    let in_a_second = (times.len() as f64 - 1.0) / times.last().copied().unwrap_or_default();
    for result in results {
        if let Some(count) = counts.get_mut(first_at(times, *result, in_a_second)) {
            *count += 1;
        }
    }
    let mut sum = 0;
    let shares = counts.into_iter().map(|count| {
        sum += count;
        f64::from(sum) / results.len() as f64
    });
    shares.collect()
}

/// Place of the first time that is not before a result: computed, and mended where rounding missed it by one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and the number of times")]
fn first_at(times: &[f64], result: f64, in_a_second: f64) -> usize {
    let mut at = (libm::ceil(result * in_a_second) as usize).min(times.len());
    while at > 0 && times[at - 1] >= result {
        at -= 1;
    }
    while at < times.len() && times[at] < result {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests;
