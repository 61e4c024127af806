//! Sampling: the same models over uncertain inputs, with bands, errors and progress.
//!
//! A [`Study`] turns one point of the unit cube into one or more results. Point `i` depends on the seed and on `i` alone
//! ([`super::lattice`]), so neither the size nor the order of the chunks changes a bit of the result, in the browser, in a
//! worker or in a terminal. Points are a randomly shifted lattice in [`REPLICAS`] independent copies: evenly spread, so
//! that the quantiles of a recovery chain are as exact as with about three times as many independent samples (a test shows
//! it), and in copies, so that their spread tells the error of every quantile.

use super::bands::Bands;
use super::lattice::Lattice;
pub use super::lattice::REPLICAS;
use std::ops::Range as Span;

/// A model over uncertain inputs.
pub trait Study {
    /// How many independent uniform inputs one trial takes.
    fn inputs(&self) -> usize;
    /// How many results one trial gives.
    fn outputs(&self) -> usize;
    /// One trial: `point` holds [`Study::inputs`] figures between 0 and 1, ends excluded; fills every result.
    fn trial(&self, point: &[f64], results: &mut [f64]);
}

/// How much is sampled, and from which seed: both are inputs, never hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sampling {
    /// The seed.
    pub seed: u64,
    /// How many trials; rounded up to a multiple of [`REPLICAS`].
    pub trials: u32,
}

/// The seed of whatever is sampled: the same plan gives the same figures.
pub const SEED: u64 = 1;
/// What follows the typing.
pub const FOLLOWS_TYPING: Sampling = Sampling::of(10_000);

impl Sampling {
    /// So many trials from [`SEED`].
    #[must_use]
    pub const fn of(trials: u32) -> Self {
        Self { seed: SEED, trials }
    }

    /// The trials that are really sampled: the next multiple of [`REPLICAS`], at least one for each copy.
    #[must_use]
    pub fn whole_trials(self) -> u32 {
        self.trials.max(1).div_ceil(REPLICAS).saturating_mul(REPLICAS)
    }
}

/// A study under way: results so far, in the order of the trials.
pub struct Run<'a, S> {
    study: &'a S,
    lattice: Lattice,
    trials: u32,
    done: u32,
    /// One column of results for each output.
    columns: Vec<Vec<f64>>,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Trials done.
    pub done: u32,
    /// Trials asked for.
    pub trials: u32,
}

impl<'a, S: Study> Run<'a, S> {
    /// Prepares a run; nothing is sampled yet.
    #[must_use]
    pub fn new(study: &'a S, sampling: Sampling) -> Self {
        let trials = sampling.whole_trials();
        let lattice = Lattice::new(sampling.seed, study.inputs());
        Self { study, lattice, trials, done: 0, columns: vec![Vec::new(); study.outputs()] }
    }

    /// Runs the next trials, at most `chunk`; a chunk of 0 runs nothing.
    pub fn advance(&mut self, chunk: u32) -> Progress {
        let end = self.done.saturating_add(chunk).min(self.trials);
        for (column, results) in self.columns.iter_mut().zip(run_trials(self.study, &self.lattice, self.done..end)) {
            column.extend(results);
        }
        self.done = end;
        Progress { done: self.done, trials: self.trials }
    }

    /// Draws everything that is left.
    #[must_use]
    pub fn finish(mut self) -> Vec<Bands> {
        self.advance(self.trials);
        self.bands()
    }

    /// The bands of every output over the trials done so far; empty figures before the first trial.
    #[must_use]
    pub fn bands(&self) -> Vec<Bands> {
        self.columns.iter().map(|column| Bands::of(column)).collect()
    }

    /// The results of every output so far, in the order of the trials.
    #[must_use]
    pub fn columns(&self) -> &[Vec<f64>] {
        &self.columns
    }
}

/// The results of some trials, one column for each output: the part of a run that a worker can do alone.
#[must_use]
pub fn run_trials<S: Study>(study: &S, lattice: &Lattice, trials: Span<u32>) -> Vec<Vec<f64>> {
    let mut point = vec![0.0; study.inputs()];
    let mut results = vec![0.0; study.outputs()];
    let mut columns = vec![Vec::with_capacity(trials.len()); study.outputs()];
    for trial in trials {
        lattice.point(trial, &mut point);
        study.trial(&point, &mut results);
        for (column, result) in columns.iter_mut().zip(&results) {
            column.push(*result);
        }
    }
    columns
}

/// The results of all trials of a study, one column for each output.
#[must_use]
pub fn run_all<S: Study>(study: &S, sampling: Sampling) -> Vec<Vec<f64>> {
    run_trials(study, &Lattice::new(sampling.seed, study.inputs()), 0..sampling.whole_trials())
}

/// Draws a whole study at once.
#[must_use]
pub fn run<S: Study>(study: &S, sampling: Sampling) -> Vec<Bands> {
    Run::new(study, sampling).finish()
}

#[cfg(test)]
pub(crate) mod tests;
