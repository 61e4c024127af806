use super::*;
use crate::model::testing::{CATALOG, plain, sku};
use crate::plan::{Plan, Profile};
use crate::units::{Bytes, Range, Ratio};
use proptest::prelude::*;

const STEADY: Secs = Secs::millis(50.0);

/// Pieces of seconds and MB/s.
fn load(pieces: &[(f64, f64)]) -> LoadProfile {
    let piece = |(lasts, rate): &(f64, f64)| Piece { lasts: Secs::secs(*lasts), rate: BytesPerSec::mb_per_s(*rate) };
    LoadProfile::new(&pieces.iter().map(piece).collect::<Vec<_>>())
}

fn mb(rate: f64) -> BytesPerSec {
    BytesPerSec::mb_per_s(rate)
}

fn near(got: Secs, wanted: f64) -> bool {
    (got.as_secs() - wanted).abs() < 1e-6
}

/// By hand: 100 s at 30 MB/s over a link of 20 MB/s leave 1,000 MB, which 20 − 10 MB/s drain in 100 s. The oldest waiting
/// change is 50 s old when the last of the burst is its turn, 50 s after the burst; 200 s of 2,000 s have a backlog.
#[test]
fn a_burst_by_hand() {
    let lag = Lag::of(&load(&[(1_000.0, 10.0), (100.0, 30.0), (900.0, 10.0)]), mb(20.0), STEADY).unwrap();
    assert!((lag.most() - 1e9).abs() < 1e-3);
    assert!(near(lag.max(), 50.05) && near(lag.quantile(0.5), 0.05) && near(lag.quantile(0.95), 25.05));
    assert!((lag.within(Secs::secs(25.05)).as_fraction() - 0.95).abs() < 1e-9);
    assert_eq!((lag.within(Secs::millis(49.0)), lag.within(Secs::secs(51.0))), (Ratio::ZERO, Ratio::ONE));
    let missed = lag.violations(Secs::secs(25.05));
    assert_eq!(missed.spans.len(), 1);
    // It rises to 50 s over 150 s and falls over 50 s: above 25 s for 75 + 25 s, from second 75 of the burst on.
    assert!(near(missed.spans[0].0, 1_075.0) && near(missed.spans[0].1, 100.0));
    assert!((missed.per_day - 43.2).abs() < 1e-9 && near(missed.longest.unwrap(), 100.0));
    assert_eq!(lag.violations(Secs::secs(60.0)).spans, []);
    assert_eq!(lag.violations(Secs::millis(10.0)).longest, None, "all the time");
}

/// A backlog at the end of the period is there at its begin, and a violation over midnight is one.
#[test]
fn the_backlog_goes_on_over_midnight() {
    let late = Lag::of(&load(&[(900.0, 10.0), (100.0, 30.0)]), mb(20.0), STEADY).unwrap();
    let middle = Lag::of(&load(&[(450.0, 10.0), (100.0, 30.0), (450.0, 10.0)]), mb(20.0), STEADY).unwrap();
    assert!((late.backlog()[0].from - 1e9).abs() < 1e-3, "carried over");
    for share in [0.5, 0.85, 0.95, 1.0] {
        assert!(near(late.quantile(share), middle.quantile(share).as_secs()), "{share}");
    }
    let missed = late.violations(Secs::secs(25.0));
    assert!(missed.spans.len() == 1 && near(missed.longest.unwrap(), 100.2), "{missed:?}");
}

#[test]
fn what_never_settles_and_what_is_never_late() {
    let day = load(&[(50.0, 10.0), (50.0, 20.0)]);
    for (link, settles) in [(14.9, false), (15.0, false), (15.1, true), (0.0, false)] {
        assert_eq!(Lag::of(&day, mb(link), STEADY).is_some(), settles, "{link} MB/s");
    }
    let silent = Lag::of(&load(&[(50.0, 0.0)]), BytesPerSec::ZERO, STEADY).unwrap();
    assert_eq!((silent.max(), silent.quantile(0.5), silent.within(STEADY)), (STEADY, STEADY, Ratio::ONE));
    assert_eq!(covered(&load(&[(50.0, 0.0)]), Bytes::mb(1.0)), None);
    assert_eq!(rate_for(&day, STEADY, Secs::millis(40.0)), None);
    for odd in [f64::NAN, f64::INFINITY, -1.0] {
        assert_eq!(load(&[(odd, 1.0), (5.0, odd)]).mean(), BytesPerSec::ZERO);
    }
}

/// The same by steps of the fluid equation: the age of the oldest change at every step of the third period, sorted.
fn stepped(pieces: &[(f64, f64)], link: f64, steps: usize) -> Vec<f64> {
    let period: f64 = pieces.iter().map(|piece| piece.0).sum();
    let dt = period / steps as f64;
    let rate = |time: f64| {
        let mut left = time % period;
        pieces
            .iter()
            .find(|piece| {
                left -= piece.0;
                left < 0.0
            })
            .map_or(0.0, |piece| piece.1)
    };
    let (mut arrived, mut applied, mut oldest) = (vec![0.0_f64], 0.0_f64, 0_usize);
    let mut ages = Vec::new();
    for step in 0..4 * steps {
        let now = arrived[step] + rate((step as f64 + 0.5) * dt) * dt;
        arrived.push(now);
        applied = (applied + link * dt).min(now);
        while oldest < step + 1 && arrived[oldest + 1] <= applied + 1e-9 {
            oldest += 1;
        }
        if step >= 3 * steps {
            let waits = applied < now - 1e-9;
            ages.push(if waits { (step + 1 - oldest) as f64 * dt } else { 0.0 });
        }
    }
    ages.sort_by(f64::total_cmp);
    ages
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// The exact solution against a fine-step simulation of the queue: every tenth quantile, the worst, the share.
    #[test]
    fn the_exact_solution_agrees_with_fine_steps(
        pieces in proptest::collection::vec((20.0..400.0_f64, 1.0..60.0_f64), 2..7), spare in 1.05..1.8_f64
    ) {
        let load = load(&pieces);
        let link = load.mean() * spare;
        let lag = Lag::of(&load, link, Secs::ZERO).unwrap();
        let steps = 20_000;
        let ages = stepped(&pieces, link.as_mb_per_s(), steps);
        // A step of time is a step of age, and at a change of the rate the queue moves up to w/R steps at once.
        let step = load.period().as_secs() / steps as f64 * (4.0 + load.peak() / link);
        for (percent, tenth) in [10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99].map(|percent: u32| (percent as usize, f64::from(percent) / 100.0)) {
            let at = ages[steps * percent / 100];
            // The distribution is steep in places: compare with the quantiles just beside.
            let [low, high] = [tenth - 1e-3, tenth + 1e-3].map(|share| lag.quantile(share).as_secs());
            prop_assert!(low - step <= at && at <= high + step, "{tenth}: {at} in {low} to {high}");
        }
        prop_assert!((lag.max().as_secs() - ages[steps - 1]).abs() <= step);
        let target = lag.max() * 0.5;
        let share = ages.iter().filter(|age| **age <= target.as_secs()).count() as f64 / steps as f64;
        let [low, high] = [target - Secs::secs(step), target + Secs::secs(step)].map(|it| lag.within(it.max(Secs::ZERO)).as_fraction());
        prop_assert!(low - 1e-3 <= share && share <= high + 1e-3, "{share} in {low} to {high}");
    }

    /// Quantiles are the inverse of the share, in order, and violations are what the share leaves.
    #[test]
    fn quantiles_shares_and_violations_fit_together(
        pieces in proptest::collection::vec((1.0..400.0_f64, 0.0..60.0_f64), 1..9), spare in 1.001..3.0_f64, share in 0.0..1.0_f64
    ) {
        let load = load(&pieces);
        let lag = Lag::of(&load, load.mean() * spare, STEADY).unwrap();
        let quantile = lag.quantile(share);
        prop_assert!(STEADY <= quantile && quantile <= lag.max() + Secs::secs(1e-9));
        prop_assert!(lag.within(quantile + Secs::secs(1e-9)).as_fraction() >= share - 1e-9);
        if quantile > STEADY + Secs::secs(1e-6) {
            prop_assert!(lag.within(quantile - Secs::secs(1e-6)).as_fraction() <= share + 1e-9);
        }
        let missed = lag.violations(quantile);
        let time: f64 = missed.spans.iter().map(|span| span.1.as_secs()).sum();
        prop_assert!((time / load.period().as_secs() + lag.within(quantile).as_fraction() - 1.0).abs() < 1e-6);
        let whole: f64 = lag.backlog().iter().map(|piece| piece.lasts).sum();
        prop_assert!((whole / load.period().as_secs() - 1.0).abs() < 1e-9);
    }

    /// The rate that is named meets the share, and one a thousandth slower does not, down to 95 % utilisation.
    #[test]
    fn the_named_rate_is_the_slowest(
        pieces in proptest::collection::vec((1.0..400.0_f64, 0.0..60.0_f64), 2..9), slack in 0.01..100.0_f64
    ) {
        let load = load(&pieces);
        let target = STEADY + Secs::secs(slack);
        let rates = rate_for(&load, STEADY, target).unwrap();
        prop_assert!(rates[0] >= rates[1] && rates[1] >= rates[2]);
        for (rate, share) in rates.into_iter().zip(SHARES) {
            let within = |rate: BytesPerSec| {
                Lag::of(&load, rate, STEADY).map_or(0.0, |lag| lag.within(target).as_fraction())
            };
            prop_assert!(within(rate) >= share - 1e-9, "{rate:?}");
            if rate > load.mean() * 1.06 {
                prop_assert!(within(rate * 0.999) < share, "{rate:?}");
            }
        }
    }

    /// The shortest and longest covered interruption against every begin on a fine grid.
    #[test]
    fn covered_interruptions_are_the_extremes(
        pieces in proptest::collection::vec((1.0..40.0_f64, 0.5..60.0_f64), 1..6), held in 0.1..5_000.0_f64
    ) {
        let load = load(&pieces);
        let found = covered(&load, Bytes::mb(held)).unwrap();
        prop_assert!(found.worst <= found.mean + Secs::secs(1e-6) && found.mean <= found.best + Secs::secs(1e-6));
        let period = load.period().as_secs();
        for index in 0..200 {
            let (mut at, mut left, mut length) = (period * f64::from(index) / 200.0, held, 0.0);
            loop {
                let mut ends = 0.0;
                let Some((end, rate)) = pieces.iter().find_map(|piece| { ends += piece.0; (at < ends).then_some((ends, piece.1)) }) else { at = 0.0; continue };
                if rate * (end - at) >= left { length += left / rate; break; }
                left -= rate * (end - at);
                length += end - at;
                at = end;
            }
            prop_assert!(found.worst.as_secs() <= length + 1e-6 && length <= found.best.as_secs() + 1e-6);
        }
    }
}

/// 1 MB at 0.5 MB/s are 2 s, at 2 MB/s half a second; the mean is 1.25 MB/s (M-05: missed bytes over the backlog).
#[test]
fn covered_by_hand() {
    let found = covered(&load(&[(10.0, 0.5), (10.0, 2.0)]), Bytes::mb(1.0)).unwrap();
    assert!(near(found.worst, 0.5) && near(found.mean, 0.8) && near(found.best, 2.0));
    let days = covered(&load(&[(10.0, 0.5), (10.0, 2.0)]), Bytes::mb(251.0)).unwrap();
    assert!(near(days.worst, 200.5) && near(days.best, 202.0), "ten periods more");
}

fn slow_pair() -> Plan {
    let mut plan = plain(4.0, 10_000.0);
    (plan.passive.sku, plan.passive.shards) = (sku("Premium_P2"), Some(1));
    plan.assumptions.sync_rate = Range::exactly(BytesPerSec::mb_per_s(10.0));
    plan.workload.peak = crate::plan::Peak::default();
    plan.assumptions.replica_buffer = Bytes::gb(1_000.0);
    plan
}

fn passive(plan: &Plan) -> (Backlog, TopologyAnswer) {
    let evaluation = crate::evaluate::evaluate(plan, &CATALOG);
    (backlog(plan, &evaluation.demand, &evaluation.passive).unwrap(), evaluation.answers.passive)
}

/// The plan's own bursts, typed in as a series of 72 samples of 20 minutes, give what the closed form gives.
#[test]
fn a_series_of_the_plans_bursts_says_what_the_closed_form_says() {
    let mut plan = slow_pair();
    let (bursts, closed) = passive(&plan);
    let mut rates = vec![33.0 / 35.0; 72];
    (rates[10], rates[46]) = (3.0, 3.0);
    plan.workload.profile = Some(Profile { name: "bursts.csv".to_owned(), step: Secs::mins(20.0), rates });
    let (series, measured) = passive(&plan);
    for (a, b) in [
        (closed.rpo.median, measured.rpo.median),
        (closed.rpo.p95, measured.rpo.p95),
        (closed.rpo.max, measured.rpo.max),
    ] {
        assert!(near(a.unwrap(), b.unwrap().as_secs()), "{a:?} {b:?}");
    }
    let share = |rpo: &crate::model::rpo::Rpo| rpo.share_within_target.unwrap().as_fraction();
    assert!((share(&closed.rpo) - share(&measured.rpo)).abs() < 1e-9);
    let rate = |rpo: &crate::model::rpo::Rpo| rpo.rate_for_target.unwrap().as_mb_per_s();
    assert!((rate(&closed.rpo) / rate(&measured.rpo) - 1.0).abs() < 1e-6);
    assert!((closed.capacity.normal.as_per_s() / measured.capacity.normal.as_per_s() - 1.0).abs() < 1e-9);
    let drains = |answer: &TopologyAnswer| answer.rto[2].steps[0].time.high;
    assert!(near(drains(&closed), drains(&measured).as_secs()));
    let missed = |it: &Backlog| it.lag.as_ref().unwrap().violations(plan.objectives.rpo.unwrap());
    assert!((missed(&bursts).per_day - 2.0).abs() < 1e-9 && (missed(&series).per_day - 2.0).abs() < 1e-9);
    assert!(!bursts.load.is_measured() && series.load.is_measured());
}
