//! Sensitivity (M-16): which uncertain input moves recovery time, recovery point, runway and cost, and which to measure first.

mod apart;
mod rank;
#[cfg(test)]
mod tests;

pub use crate::plan::Input;
pub use apart::{Moved, moved_most_between};
pub use rank::spearman;

use crate::catalog::Catalog;
use crate::evaluate::evaluate_unread;
use crate::model::Topology;
use crate::model::rto::cause_of;
use crate::model::verdict::{Figure, Objective, Verdict};
use crate::plan::Plan;
use crate::stats::lattice::Lattice;
use crate::stats::sample::{Sampling, Study, run_trials};
use serde::Serialize;
use std::ops::Range as Span;

/// The answers that are watched, in the order of the results.
pub const ANSWERS: [Objective; 4] = [Objective::Rto, Objective::Rpo, Objective::Runway, Objective::Cost];

/// The trials of the rank correlation; its standard error is about 1 ÷ √trials where there is none.
pub const RANK_SAMPLING: Sampling = Sampling::of(512);

/// One answer of one topology: seconds or money, as its verdict states it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Outcome {
    /// The figure in seconds or money; infinite where it never runs out, `None` where there is none.
    pub value: Option<f64>,
    /// Whether the target is met; `None` without a target, or when it cannot be known.
    pub met: Option<bool>,
}

/// What one input does with all else as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Swing {
    /// The input.
    pub input: Input,
    /// The answers with the input known to be at its low end, in the order of [`ANSWERS`].
    pub low: [Outcome; 4],
    /// The same at its high end.
    pub high: [Outcome; 4],
}

impl Swing {
    /// The lesser and the greater answer of both ends; `None` where an end has no figure, or one that never runs out.
    #[must_use]
    pub fn ends(&self, answer: usize) -> Option<[f64; 2]> {
        let (low, high) = (self.low.get(answer)?.value?, self.high.get(answer)?.value?);
        (low.is_finite() && high.is_finite()).then(|| [low.min(high), low.max(high)])
    }

    /// How far the input moves an answer, at least 0; `None` as of [`Swing::ends`].
    #[must_use]
    pub fn moves(&self, answer: usize) -> Option<f64> {
        self.ends(answer).map(|[least, most]| most - least)
    }

    /// True where the target is met at one end and missed at the other.
    #[must_use]
    pub fn decides(&self, answer: usize) -> bool {
        let met = |ends: &[Outcome; 4]| ends.get(answer).and_then(|outcome| outcome.met);
        matches!((met(&self.low), met(&self.high)), (Some(low), Some(high)) if low != high)
    }
}

/// The inputs that move an answer, the widest first; those that decide a target before all others.
#[must_use]
pub fn moved_most(swings: &[Swing], answer: usize) -> Vec<&Swing> {
    let mut moving: Vec<&Swing> =
        swings.iter().filter(|it| it.moves(answer).is_some_and(|moved| moved > 0.0) || it.decides(answer)).collect();
    let width = |swing: &Swing| swing.moves(answer).unwrap_or(f64::INFINITY);
    moving.sort_by(|a, b| width(b).total_cmp(&width(a)));
    moving
}

/// The uncertain inputs of a plan and their effect on one topology.
pub struct Sensitivity<'a> {
    plan: &'a Plan,
    catalog: &'a Catalog,
    topology: Topology,
    inputs: Vec<Input>,
    /// The sample of each input: those of one cause share it.
    samples: Vec<usize>,
    /// How many samples there are.
    causes: usize,
}

impl<'a> Sensitivity<'a> {
    /// Every input of the plan that is a range.
    #[must_use]
    pub fn new(plan: &'a Plan, catalog: &'a Catalog, topology: Topology) -> Self {
        Self::of(plan, catalog, topology, Input::all(plan))
    }

    /// Some inputs, in any order: results come in the order of their paths. Each cause has its own sample whatever the order:
    /// DNS and reconnect have one (M-06), all others are causes of their own.
    #[must_use]
    pub fn of(plan: &'a Plan, catalog: &'a Catalog, topology: Topology, mut inputs: Vec<Input>) -> Self {
        inputs.sort_by(|a, b| a.path.cmp(b.path));
        let mut causes: Vec<&str> = Vec::new();
        let sample = |input: &Input| {
            let cause = cause_of(input.path);
            causes.iter().position(|known| *known == cause).unwrap_or_else(|| {
                causes.push(cause);
                causes.len() - 1
            })
        };
        let samples = inputs.iter().map(sample).collect();
        Self { plan, catalog, topology, inputs, samples, causes: causes.len() }
    }

    /// The inputs in the order of the results.
    #[must_use]
    pub fn ranged(&self) -> &[Input] {
        &self.inputs
    }

    /// The plan's own answers.
    #[must_use]
    pub fn base(&self) -> [Outcome; 4] {
        self.outcomes(self.plan)
    }

    /// One input at a time at either end of its range, as if it were known; all others as they are.
    #[must_use]
    pub fn one_at_a_time(&self) -> Vec<Swing> {
        let at = |input: &Input, value: f64| {
            let mut plan = self.plan.clone();
            input.set(&mut plan, value);
            self.outcomes(&plan)
        };
        self.inputs
            .iter()
            .map(|input| Swing { low: at(input, input.low), high: at(input, input.high), input: input.clone() })
            .collect()
    }

    /// The answers of some trials, a column for each of [`ANSWERS`]; not-a-number where there is none. Chunks of any size
    /// and order give the same columns.
    #[must_use]
    pub fn sample(&self, sampling: Sampling, trials: Span<u32>) -> Vec<Vec<f64>> {
        run_trials(self, &Lattice::new(sampling.seed, self.causes), trials)
    }

    /// Spearman's rank correlation of each input with each answer, over as many trials as there are results; `None` where
    /// an answer does not vary.
    #[must_use]
    pub fn correlations(&self, sampling: Sampling, answers: &[Vec<f64>]) -> Vec<[Option<f64>; 4]> {
        let lattice = Lattice::new(sampling.seed, self.causes);
        let trials = answers.first().map_or(0, Vec::len);
        let mut samples = vec![Vec::with_capacity(trials); self.inputs.len()];
        let mut point = vec![0.0; self.causes];
        for trial in 0..u32::try_from(trials).unwrap_or(u32::MAX) {
            lattice.point(trial, &mut point);
            for (values, (input, place)) in samples.iter_mut().zip(self.inputs.iter().zip(&self.samples)) {
                values.push(input.spread.at(point[*place]));
            }
        }
        let of = |samples: &Vec<f64>| std::array::from_fn(|answer| spearman(samples, answers.get(answer)?));
        samples.iter().map(of).collect()
    }

    fn outcomes(&self, plan: &Plan) -> [Outcome; 4] {
        let evaluation = evaluate_unread(plan, self.catalog);
        let verdicts = &evaluation.of(self.topology).verdicts;
        ANSWERS.map(|answer| verdicts.iter().find(|it| it.objective == answer).map_or(NOTHING, outcome))
    }
}

const NOTHING: Outcome = Outcome { value: None, met: None };

fn outcome(verdict: &Verdict) -> Outcome {
    let value = match verdict.figure {
        Figure::Money(amount) => Some(amount.as_f64_for_charts()),
        Figure::Time(time) => Some(time.as_secs()),
        Figure::Unlimited => Some(f64::INFINITY),
        // What is known of a sum is not what it costs.
        Figure::AtLeast(_) | Figure::None => None,
    };
    Outcome { value, met: verdict.met }
}

impl Study for Sensitivity<'_> {
    fn inputs(&self) -> usize {
        self.causes
    }

    fn outputs(&self) -> usize {
        ANSWERS.len()
    }

    fn trial(&self, point: &[f64], results: &mut [f64]) {
        let mut plan = self.plan.clone();
        for (input, place) in self.inputs.iter().zip(&self.samples) {
            input.set(&mut plan, input.spread.at(point[*place]));
        }
        for (result, outcome) in results.iter_mut().zip(self.outcomes(&plan)) {
            *result = outcome.value.unwrap_or(f64::NAN);
        }
    }
}
