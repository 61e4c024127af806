//! The day's lag in closed form (M-04): equal bursts, each a backlog that rises and drains in straight lines.

use super::ages::Ages;
use crate::model::demand::Demand;
use crate::model::sync::KEEPS_UP_TO;
use crate::units::{Bytes, BytesPerSec, Range, Secs};

/// The rates of a day on one link, all shards together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    /// Rate in a burst.
    pub(super) peak: BytesPerSec,
    /// Rate in the rest of the day.
    pub(super) quiet: BytesPerSec,
    /// Share of the day in bursts.
    pub(super) share: f64,
    /// Length of one burst.
    pub(super) burst: Secs,
    /// Lag without a backlog.
    pub(super) steady: Secs,
}

/// The lag over the day: `steady` outside of backlogs, and in them spread evenly between `steady` and `steady + top`,
/// because the backlog rises and falls linearly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Profile {
    steady: Secs,
    /// `B ÷ R` at the end of a burst.
    top: Secs,
    /// Share of the day with a backlog.
    backlogged: f64,
}

impl Day {
    /// `arriving` is the share of all changes that enters the link.
    pub(super) fn new(demand: &Demand, burst: Secs, arriving: f64, steady: Secs) -> Self {
        Self {
            peak: demand.stream_peak * arriving,
            quiet: demand.stream_quiet * arriving,
            share: demand.burst_share,
            burst: if demand.burst_share > 0.0 { burst } else { Secs::ZERO },
            steady,
        }
    }

    pub(super) fn mean(&self) -> BytesPerSec {
        self.peak * self.share + self.quiet * (1.0 - self.share)
    }

    /// Backlog at the end of a burst: `(w_peak − R)·T_burst`, at least 0.
    pub(super) fn backlog(&self, link: BytesPerSec) -> Bytes {
        ((self.peak - link) * self.burst).max(Bytes::ZERO)
    }

    /// The profile at a link rate; `None` where the day's mean reaches the rate, so that a backlog is never drained
    /// before the next burst and grows from day to day.
    ///
    /// A burst of `T` leaves `(w_peak − R)·T` and the rest of the day drains it at `R − w_quiet`: the share of the day with
    /// a backlog is `s·(w_peak − w_quiet) ÷ (R − w_quiet)`, below 1 exactly when the mean is below `R`.
    pub(super) fn profile(&self, link: BytesPerSec) -> Option<Profile> {
        let smooth = Profile { steady: self.steady, top: Secs::ZERO, backlogged: 0.0 };
        if self.mean() <= BytesPerSec::ZERO {
            return Some(smooth);
        }
        if link <= self.mean() {
            return None;
        }
        let backlog = self.backlog(link);
        if backlog <= Bytes::ZERO {
            return Some(smooth);
        }
        let backlogged = self.share * ((self.peak - self.quiet) / (link - self.quiet));
        Some(Profile { top: backlog / link, backlogged: backlogged.min(1.0), ..smooth })
    }

    /// The slowest link whose worst lag of the day meets the target: `w_peak·T ÷ (T + target − steady)`, and never above
    /// 95 % utilisation by the day's mean. `None` where the one-way delay alone misses the target.
    pub(super) fn rate_for(&self, target: Secs) -> Option<BytesPerSec> {
        let slack = target - self.steady;
        if slack < Secs::ZERO {
            return None;
        }
        let smooth = self.mean() / KEEPS_UP_TO;
        if self.burst <= Secs::ZERO {
            return Some(smooth);
        }
        Some(smooth.max(self.peak * (self.burst / (self.burst + slack))))
    }
}

impl Profile {
    /// The ages of the day: smooth running with its way spread, and in backlogs evenly from the steady lag to the worst.
    pub(super) fn ages(&self, way: Range<Secs>) -> Ages {
        let mut ages = Ages::default();
        ages.add_smooth(1.0 - self.backlogged, way);
        ages.add(self.backlogged, self.steady, self.steady + self.top);
        ages
    }

    /// Lag that the share `q` of the day stays under.
    #[cfg(test)]
    pub(super) fn quantile(&self, q: f64) -> Secs {
        let without = 1.0 - self.backlogged;
        if q <= without || self.backlogged <= 0.0 {
            return self.steady;
        }
        self.steady + self.top * ((q - without) / self.backlogged).min(1.0)
    }

    pub(super) fn max(&self) -> Secs {
        self.steady + self.top
    }

    /// Share of the day in which the lag is at most the target.
    #[cfg(test)]
    pub(super) fn within(&self, target: Secs) -> f64 {
        if target < self.steady {
            return 0.0;
        }
        if self.top <= Secs::ZERO {
            return 1.0;
        }
        1.0 - self.backlogged + self.backlogged * ((target - self.steady) / self.top).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::backlog::{Lag, LoadProfile, Piece, rate_for};
    use crate::units::SECS_PER_DAY;
    use proptest::prelude::*;

    const STEADY: Secs = Secs::millis(50.0);

    /// Rates in MB/s; `per_day` bursts of `burst` seconds.
    fn day(peak: f64, quiet: f64, burst: f64, per_day: f64) -> Day {
        Day {
            peak: BytesPerSec::mb_per_s(peak),
            quiet: BytesPerSec::mb_per_s(quiet),
            share: (per_day * burst / SECS_PER_DAY).min(1.0),
            burst: Secs::secs(burst),
            steady: STEADY,
        }
    }

    /// The same by steps of the fluid equation over one burst and its share of the day: lags, sorted.
    fn stepped(day: &Day, link: BytesPerSec, steps: u32) -> Vec<f64> {
        let period = day.burst.as_secs() / day.share;
        let dt = period / f64::from(steps);
        let (mut backlog, mut lags) = (0.0_f64, Vec::new());
        for step in 0..steps {
            let now = f64::from(step) * dt;
            let rate = if now < day.burst.as_secs() { day.peak } else { day.quiet };
            backlog = ((rate - link).as_bytes_per_s().mul_add(dt, backlog)).max(0.0);
            lags.push(backlog / link.as_bytes_per_s() + day.steady.as_secs());
        }
        lags.sort_by(f64::total_cmp);
        lags
    }

    /// By hand: 100 s at 30 MB/s over a link of 20 MB/s leave 1,000 MB, which 20 − 10 MB/s drain in 100 s; at most 50 s
    /// behind. 43.2 such bursts are 1/20 of the day, so a tenth of the day has a backlog: P95 lies in its middle.
    #[test]
    fn a_burst_by_hand() {
        let profile = day(30.0, 10.0, 100.0, 43.2).profile(BytesPerSec::mb_per_s(20.0)).unwrap();
        assert!(((profile.max() - STEADY).as_secs() - 50.0).abs() < 1e-9);
        assert_eq!(profile.quantile(0.5), STEADY);
        assert!(((profile.quantile(0.95) - STEADY).as_secs() - 25.0).abs() < 1e-9);
        assert!((profile.within(Secs::secs(25.05)) - 0.95).abs() < 1e-12);
        assert_eq!(profile.within(Secs::millis(49.0)), 0.0);
        assert_eq!(profile.within(Secs::secs(51.0)), 1.0);
    }

    #[test]
    fn a_mean_at_the_link_rate_never_drains() {
        for (link, drains) in [(14.9, false), (15.0, false), (15.1, true), (30.0, true)] {
            let day = day(20.0, 10.0, 3_600.0, 12.0);
            assert_eq!(day.profile(BytesPerSec::mb_per_s(link)).is_some(), drains, "mean 15 MB/s over {link} MB/s");
        }
        assert!(day(0.0, 0.0, 60.0, 1.0).profile(BytesPerSec::ZERO).is_some(), "nothing to send is never late");
    }

    proptest! {
        /// The fluid model solves the same day piece by piece.
        #[test]
        fn closed_form_agrees_with_the_fluid_model(
            quiet in 1.0..20.0_f64, ratio in 1.0..8.0_f64, burst in 60.0..7_200.0_f64, per_day in 0.5..8.0_f64,
            spare in 1.02..3.0_f64, share in 0.0..1.0_f64,
        ) {
            let day = day(quiet * ratio, quiet, burst, per_day);
            prop_assume!(day.share < 1.0);
            let link = day.mean() * spare;
            let around = Piece { lasts: day.burst * ((1.0 / day.share - 1.0) / 2.0), rate: day.quiet };
            let load = LoadProfile::new(&[around, Piece { lasts: day.burst, rate: day.peak }, around]);
            let (closed, fluid) = (day.profile(link).unwrap(), Lag::of(&load, link, day.steady).unwrap());
            let same = |a: Secs, b: Secs| (a - b).as_secs().abs() < 1e-6 * (1.0 + a.as_secs());
            prop_assert!(same(closed.max(), fluid.max()));
            // Where the backlog begins the closed form's own rounding decides a quantile of almost no lag.
            prop_assert!(same(closed.quantile(share), fluid.quantile(share)), "{:?} {:?}", closed.quantile(share), fluid.quantile(share));
            let target = day.steady + (closed.max() - day.steady) * share;
            prop_assert!((closed.within(target) - fluid.within(target).as_fraction()).abs() < 1e-6);
            let slack = Secs::secs(1.0 + share * 100.0);
            let [fluid, ..] = rate_for(&load, day.steady, day.steady + slack).unwrap();
            prop_assert!((day.rate_for(day.steady + slack).unwrap() / fluid - 1.0).abs() < 1e-6);
        }

        /// The closed form against the stepped fluid equation (facts 8.3).
        #[test]
        fn closed_form_agrees_with_steps(
            quiet in 1.0..20.0_f64, ratio in 1.0..8.0_f64, burst in 60.0..7_200.0_f64, per_day in 0.5..8.0_f64,
            spare in 1.02..3.0_f64,
        ) {
            let day = day(quiet * ratio, quiet, burst, per_day);
            let link = day.mean() * spare;
            let profile = day.profile(link).unwrap();
            let lags = stepped(&day, link, 100_000);
            // A burst begins and ends somewhere in a step: the reference is off by what one step adds to the lag.
            let one_step = day.burst.as_secs() / day.share / 1e5 * (day.peak / link);
            for permille in [100, 300, 500, 800, 950, 999] {
                let stepped = lags[permille * 100];
                let closed = profile.quantile(permille as f64 / 1e3).as_secs();
                prop_assert!((stepped - closed).abs() <= 0.01 * profile.max().as_secs() + one_step, "{permille}: {stepped} {closed}");
            }
        }

        /// A link at the rate for a target meets it all day; one a little slower than the burst asks for does not.
        #[test]
        fn the_rate_for_a_target_meets_it(
            quiet in 1.0..20.0_f64, ratio in 1.0..8.0_f64, burst in 60.0..7_200.0_f64, per_day in 0.5..8.0_f64,
            target in 0.1..600.0_f64,
        ) {
            let day = day(quiet * ratio, quiet, burst, per_day);
            let target = Secs::secs(target);
            let rate = day.rate_for(target).unwrap();
            let worst = day.profile(rate).unwrap().max();
            prop_assert!(worst.as_secs() <= target.as_secs() * (1.0 + 1e-9));
            if rate > day.mean() / 0.94 {
                prop_assert!(day.profile(rate * 0.999).unwrap().max() > target);
            }
        }
    }
}
