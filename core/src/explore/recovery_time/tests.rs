use super::*;
use crate::catalog::Catalog;
use crate::evaluate::evaluate;
use crate::model::testing::worked_steps;
use crate::plan::{Confirmation, Evidence, EvidenceKind};
use crate::stats::sample::Run;
use crate::stats::sample::tests::mean_of_copies;

const SAMPLING: Sampling = Sampling { seed: 1, trials: 100_000 };

#[test]
fn places_are_those_of_a_search() {
    for longest in [0.0, 0.1, 7.0, 9_000.3] {
        let times: Vec<f64> = (0..=POINTS).map(|point| longest * point as f64 / POINTS as f64).collect();
        let near = times.iter().flat_map(|time| [time.next_down(), *time, time.next_up(), time + 0.003]);
        for result in near.chain([-1.0, 1e300, f64::INFINITY, f64::NAN]) {
            let searched = times.partition_point(|time| *time < result);
            assert_eq!(first_at(&times, result, POINTS as f64 / longest), searched, "{result} up to {longest}");
        }
    }
}

fn worked() -> Plan {
    let mut plan = Plan::default();
    worked_steps(&mut plan);
    plan
}

fn study(plan: &Plan) -> (Evaluation, RecoveryStudy) {
    let evaluation = evaluate(plan, &Catalog::bundled().unwrap());
    let study = RecoveryStudy::new(plan, &evaluation);
    (evaluation, study)
}

fn with_evidence() -> Plan {
    let mut plan = worked();
    let times = [24.0, 31.0, 37.0].map(Secs::mins).into();
    plan.recovery.evidence = vec![
        Evidence { step: "decide".to_owned(), kind: EvidenceKind::Measured, times },
        Evidence { step: "geo_failover".to_owned(), kind: EvidenceKind::Interval, times: Vec::new() },
    ];
    plan
}

/// The closed form of the evaluation against the sample, plain and with drills and an interval. Measured times leave
/// steps in the distribution that the normal rest smooths.
#[test]
fn the_closed_form_is_what_is_drawn() {
    for (plan, within) in [(worked(), 0.015), (with_evidence(), 0.03)] {
        let (evaluation, study) = study(&plan);
        let sampled = study.times(SAMPLING, None).chains;
        let chains = Topology::ALL.into_iter().flat_map(|topology| &evaluation.of(topology).rto);
        for (chain, sampled) in chains.zip(&sampled) {
            for (closed, sampled) in [(chain.p50, sampled.bands.p50), (chain.p95, sampled.bands.p95)] {
                let error = closed.as_secs() / sampled.value - 1.0;
                assert!(error.abs() < within, "{:?}: {closed:?} against {sampled:?}, {error:+.4}", chain.path);
            }
        }
    }
}

/// Exact variance of the steps' sum: independent causes add up; steps of one cause are one function of one uniform
/// figure, whose variance is taken over the middles of so many equal parts.
fn variance(chain: &Chain, causes: usize) -> f64 {
    const PARTS: u32 = 200_000;
    let of_cause = |cause: usize| {
        let steps: Vec<&Spread> =
            chain.steps.iter().filter(|(_, input, _)| *input == cause).map(|(_, _, spread)| spread).collect();
        if let [only] = steps.as_slice() {
            return only.variance();
        }
        let mean: f64 = steps.iter().map(|step| step.mean()).sum();
        let off = (0..PARTS).map(|part| {
            let at = (f64::from(part) + 0.5) / f64::from(PARTS);
            let off = steps.iter().map(|step| step.at(at)).sum::<f64>() - mean;
            off * off
        });
        off.sum::<f64>() / f64::from(PARTS)
    };
    (0..causes).map(of_cause).sum()
}

/// Real chains, whose steps of one cause are joined: mean and variance of the sample are the exact ones within four of
/// their own standard errors, and those are small.
#[test]
fn mean_and_variance_are_those_of_the_steps() {
    for mut plan in [worked(), with_evidence()] {
        plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
        let (_, study) = study(&plan);
        let columns = run_all(&study, SAMPLING);
        let joined = |chain: &Chain| {
            let inputs = chain.steps.iter().map(|(_, input, _)| input);
            inputs.clone().enumerate().any(|(at, input)| inputs.clone().take(at).any(|earlier| earlier == input))
        };
        assert!(study.chains.iter().any(joined), "DNS and reconnect are one sample");
        for (chain, column) in study.chains.iter().zip(&columns) {
            let (mean, variance) = (chain.mean(), variance(chain, study.causes.len()));
            let (sampled, error) = mean_of_copies(column);
            assert!((sampled - mean).abs() < 4.0 * error, "{:?}: {sampled} {mean} ± {error}", chain.path);
            assert!(error < 1e-3 * mean, "{:?}: {error}", chain.path);
            let squares: Vec<f64> = column.iter().map(|it| (it - mean) * (it - mean)).collect();
            let (sampled, error) = mean_of_copies(&squares);
            assert!((sampled - variance).abs() < 4.0 * error, "{:?}: {sampled} {variance} ± {error}", chain.path);
            assert!(error < 0.01 * variance, "{:?}: {error} of {variance}", chain.path);
        }
    }
}

/// DNS and reconnect are one sample, so their sum varies more than that of independent steps.
#[test]
fn what_hangs_together_spreads_wider() {
    let mut plan = worked();
    plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
    let (_, together) = study(&plan);
    let mut apart = together.clone();
    for chain in &mut apart.chains {
        for (name, input, _) in &mut chain.steps {
            if *name == "reconnect" {
                *input = together.causes.len();
            }
        }
    }
    apart.causes.push("reconnect");
    let p95 = |study: &RecoveryStudy| {
        let times = study.times(SAMPLING, None);
        let failover = times.chains.iter().find(|chain| chain.path == RtoPath::GeoFailover);
        failover.map(|chain| chain.bands.p95.value).unwrap()
    };
    assert!(p95(&together) > 1.02 * p95(&apart), "{} {}", p95(&together), p95(&apart));
}

#[test]
fn drills_replace_the_assumption() {
    let (evaluation, _) = study(&with_evidence());
    let failover = &evaluation.passive.rto[0];
    let decide = failover.steps.iter().find(|step| step.name == "decide").unwrap();
    assert_eq!(decide.time, crate::units::Range::new(Secs::mins(24.0), Secs::mins(31.0), Secs::mins(37.0)));
    assert_eq!(decide.basis, crate::plan::Basis::Measured(3));
}

#[test]
fn curves_rise_to_one_and_a_minute_saved_saves_at_most_a_minute() {
    let (_, study) = study(&worked());
    let sampling = Sampling { seed: 3, trials: 10_000 };
    let target = Some(Secs::mins(45.0));
    let times = study.times(sampling, target);
    for (index, chain) in times.chains.iter().enumerate() {
        assert!(chain.cumulative.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(*chain.cumulative.last().unwrap() > 0.95);
        let area: f64 = chain.density(&times.times).iter().map(|(_, share)| share).sum::<f64>()
            * (times.times[1] - times.times[0]).as_mins();
        assert!((area - chain.cumulative.last().unwrap() + chain.cumulative[0]).abs() < 1e-9);
        for saving in study.savings(index, sampling, target).unwrap() {
            assert!(saving.p95 >= Secs::ZERO && saving.p95 <= MINUTE + Secs::millis(1.0), "{saving:?}");
            assert!(saving.gained.unwrap() >= Ratio::ZERO);
        }
    }
    assert_eq!(study.savings(99, sampling, target), None);
}

/// Chunks, and steps in another order of the plan, change nothing.
#[test]
fn chunks_change_nothing() {
    let (_, study) = study(&worked());
    let sampling = Sampling { seed: 9, trials: 2_000 };
    let mut parts = Run::new(&study, sampling);
    while parts.advance(77).done < sampling.whole_trials() {}
    assert_eq!(study.summary(parts.columns(), None), study.times(sampling, None));
}
