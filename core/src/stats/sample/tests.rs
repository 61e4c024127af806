use super::*;
use crate::stats::spread::Spread;

/// Eight steps in a row, as a recovery chain has them.
struct Chain(Vec<Spread>);

impl Study for Chain {
    fn inputs(&self) -> usize {
        self.0.len()
    }
    fn outputs(&self) -> usize {
        1
    }
    fn trial(&self, point: &[f64], results: &mut [f64]) {
        results[0] = self.0.iter().zip(point).map(|(step, uniform)| step.at(*uniform)).sum();
    }
}

fn chain() -> Chain {
    let steps = [(2.0, 5.0, 15.0), (5.0, 10.0, 30.0), (2.0, 10.0, 30.0), (1.0, 2.0, 15.0), (0.0, 0.5, 15.0)];
    let mut spreads: Vec<Spread> = steps.map(|(low, mode, high)| Spread::triangular(low, mode, high)).into();
    spreads.push(Spread::credible_90(1.0, 10.0).expect("an interval"));
    spreads.push(Spread::triangular(2.0, 5.0, 10.0));
    spreads.push(Spread::Exactly(3.0));
    Chain(spreads)
}

#[test]
fn chunks_and_their_order_change_nothing() {
    let chain = chain();
    let sampling = Sampling { seed: 7, trials: 1_000 };
    let whole = run(&chain, sampling);
    for chunk in [1, 7, 100, 999, 5_000] {
        let mut parts = Run::new(&chain, sampling);
        while parts.advance(chunk).done < sampling.whole_trials() {}
        assert_eq!(parts.bands(), whole, "chunks of {chunk}");
    }
    let lattice = Lattice::new(7, chain.inputs());
    let late = run_trials(&chain, &lattice, 600..1_008);
    let early = run_trials(&chain, &lattice, 0..600);
    assert_eq!(Bands::of(&[early[0].clone(), late[0].clone()].concat()), whole[0]);
}

#[test]
fn mean_and_variance_are_the_exact_ones_within_their_standard_error() {
    let chain = chain();
    let mut run = Run::new(&chain, Sampling { seed: 1, trials: 200_000 });
    run.advance(200_000);
    let mean: f64 = chain.0.iter().map(Spread::mean).sum();
    let variance: f64 = chain.0.iter().map(Spread::variance).sum();
    let results = &run.columns()[0];
    let squares: Vec<f64> = results.iter().map(|result| (result - mean) * (result - mean)).collect();
    for (values, exact) in [(results, mean), (&squares, variance)] {
        let (sampled, error) = mean_of_copies(values);
        assert!((sampled - exact).abs() < 4.0 * error, "{sampled} against {exact}, standard error {error}");
        assert!(error < 0.005 * exact, "{error} of {exact}");
    }
}

/// The mean of some results and its standard error, from the spread of the copies' means.
pub(crate) fn mean_of_copies(values: &[f64]) -> (f64, f64) {
    let copies = REPLICAS as usize;
    let of = |copy: usize| {
        let own: Vec<f64> = values.iter().skip(copy).step_by(copies).copied().collect();
        own.iter().sum::<f64>() / own.len() as f64
    };
    let means: Vec<f64> = (0..copies).map(of).collect();
    let mean = means.iter().sum::<f64>() / copies as f64;
    let variance = means.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / (copies as f64 - 1.0);
    (mean, libm::sqrt(variance / copies as f64))
}

#[test]
fn another_seed_stays_within_the_stated_error() {
    let chain = chain();
    let truth = run(&chain, Sampling { seed: 99, trials: 1_000_000 })[0];
    let outside = (0..40).filter(|seed| {
        let bands = run(&chain, Sampling { seed: *seed, trials: 10_000 })[0];
        let wide = |quantile: crate::stats::bands::Quantile, truth: crate::stats::bands::Quantile| {
            (quantile.value - truth.value).abs() > 3.0 * quantile.error
        };
        wide(bands.p05, truth.p05) || wide(bands.p50, truth.p50) || wide(bands.p95, truth.p95)
    });
    assert!(outside.count() <= 3, "3 standard errors hold nearly always");
}

/// What the lattice buys: its error against that of as many independent samples. The edge of a quantile in eight dimensions
/// keeps the gain at about `n^(1/16)` per copy: 1.8 measured, which is worth three times the trials.
#[test]
fn the_lattice_is_more_exact_than_independent_draws() {
    let chain = chain();
    let truth = run(&chain, Sampling { seed: 99, trials: 1_000_000 })[0].p95.value;
    let error_of = |p95: &dyn Fn(u64) -> f64| {
        let squares: f64 = (0..30).map(|seed| (p95(seed) - truth) * (p95(seed) - truth)).sum();
        libm::sqrt(squares / 30.0)
    };
    let lattice = error_of(&|seed| run(&chain, Sampling { seed, trials: 10_000 })[0].p95.value);
    let independent = error_of(&|seed| independent_p95(&chain, seed, 10_000));
    assert!(independent > 1.4 * lattice, "independent {independent}, lattice {lattice}");
}

/// Every trial has a lattice of its own seed: one independent point each.
fn independent_p95(chain: &Chain, seed: u64, trials: u64) -> f64 {
    let mut point = vec![0.0; chain.inputs()];
    let mut results: Vec<f64> = (0..trials)
        .map(|trial| {
            let mut result = [0.0];
            Lattice::new(seed.wrapping_mul(1_000_003) ^ (trial << 20), chain.inputs()).point(0, &mut point);
            chain.trial(&point, &mut result);
            result[0]
        })
        .collect();
    results.sort_by(f64::total_cmp);
    crate::stats::bands::at(&results, 0.95)
}

#[test]
fn spreads_keep_their_ends_and_quantiles() {
    let triangle = Spread::triangular(2.0, 5.0, 15.0);
    assert!(triangle.at(1e-12) >= 2.0 && triangle.at(1.0 - 1e-12) <= 15.0);
    let credible = Spread::credible_90(1.0, 10.0).expect("an interval");
    assert!((credible.at(0.05) - 1.0).abs() < 1e-9 && (credible.at(0.95) - 10.0).abs() < 1e-8);
    assert_eq!(Spread::measured(vec![31.0, 24.0, 37.0]).expect("values").at(0.5), 31.0);
    assert_eq!(Spread::triangular(3.0, 3.0, 3.0).at(0.7), 3.0);
    assert_eq!(Spread::credible_90(0.0, 1.0), None);
    assert_eq!(Spread::measured(Vec::new()), None);
}

/// An estimate of 1 between 0.9 and 1.4: a fifth of the mass on the left is below 0.9 + 0.1 × √0.4. Its moments are those of a fine sum over
/// its quantiles; one whose low end is the estimate has half of its mass there.
#[test]
fn an_estimate_is_the_median_of_its_spread() {
    let around = Spread::estimate(0.9, 1.0, 1.4);
    assert!((around.at(0.2) - (0.9 + 0.1 * f64::sqrt(0.4))).abs() < 1e-12 && (around.at(0.5) - 1.0).abs() < 1e-12);
    assert_eq!((around.at(0.0), around.at(1.0)), (0.9, 1.4));
    let n = 200_000;
    let values: Vec<f64> = (0..n).map(|at| around.at((f64::from(at) + 0.5) / f64::from(n))).collect();
    let moment = |mean: f64, of: i32| values.iter().map(|value| (value - mean).powi(of)).sum::<f64>() / f64::from(n);
    let mean = around.mean();
    assert!((moment(0.0, 1) - mean).abs() < 1e-6, "{mean}");
    assert!(
        (moment(mean, 2) - around.variance()).abs() < 1e-6 && (moment(mean, 3) - around.third_moment()).abs() < 1e-6
    );
    let one_sided = Spread::estimate(1.0, 1.0, 1.2);
    assert_eq!((one_sided.at(0.05), one_sided.at(0.49)), (1.0, 1.0));
    assert_eq!(
        (Spread::estimate(2.0, 2.0, 2.0), Spread::estimate(3.0, 2.0, 4.0)),
        (Spread::Exactly(2.0), Spread::Exactly(2.0))
    );
}
