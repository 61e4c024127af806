//! The surge on the database while a rebuilt cache is cold (M-06).

use super::demand::{Demand, peak_ratio};
use crate::plan::Plan;
use crate::units::{BytesPerSec, OpsPerSec, Ratio, Secs};
use serde::Serialize;

/// The hit rate counts as back when it is this share of its usual value.
pub const BACK: Ratio = Ratio::fraction(0.95);

/// Reads a second that the database must have beside its usual ones, or the cache never fills: rounding leaves crumbs.
const LEAST: f64 = 1.0;

/// What lands on the database when clients are let in to an empty cache at once, at the peak of the day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Surge {
    /// Reads that the database gets with a warm cache: `reads × (1 − hit rate)`.
    pub usual: OpsPerSec,
    /// Reads that land on it with an empty cache: all of them.
    pub peak: OpsPerSec,
    /// The same in bytes of values.
    pub peak_bytes: BytesPerSec,
    /// What it sustains before users notice: its limit in reads, or that in bytes where it is lower.
    pub sustained: OpsPerSec,
    /// What it sustains in bytes of values; `None` where the plan has no such limit, and bytes are not judged.
    pub sustained_bytes: Option<BytesPerSec>,
    /// Share of the reads that it cannot answer at the worst moment; 0 where it sustains the peak.
    pub unanswered: Ratio,
    /// How long it gets more than it sustains; `None` where that never ends, because the usual reads alone are too many.
    pub overload: Option<Secs>,
    /// Until the hit rate is [`BACK`]; `None` as above.
    pub hit_rate_back: Option<Secs>,
}

/// The surge on the database of a plan (M-06), clients let in at once, the reload going on beside them with what is left.
///
/// With `K` keys, `q` the reads that a warm cache answers and `A` what the database sustains beside its usual reads, the
/// missing share `m` of the keys falls at `A ÷ K` while `q·m` and the reload take all of `A`, then by
/// `dm/dt = −(q·m + reload) ÷ K`. Every key is taken as read equally often: a skewed load is warm sooner. Without reads
/// nothing surges, and the hit rate is back when the reload is through. The reads are those of the peak, as in M-09: an outage
/// does not wait for a quiet hour.
#[must_use]
pub fn surge(plan: &Plan, demand: &Demand) -> Surge {
    let (reads, sustained) = (demand.reads * peak_ratio(plan), plan.rebuild.sustains(plan.workload.value_size));
    let hit = plan.rebuild.hit_rate.as_fraction().clamp(0.0, 1.0);
    let usual = reads * (1.0 - hit);
    let warming = Warming {
        keys: demand.keys,
        answered: reads.as_per_s() * hit,
        spare: (sustained - usual).as_per_s(),
        reload: plan.rebuild.reload(plan.workload.value_size).mode.as_per_s(),
    };
    let over = ((reads - sustained) / reads.max(OpsPerSec::per_s(f64::MIN_POSITIVE))).max(0.0);
    Surge {
        usual,
        peak: reads,
        peak_bytes: reads * plan.workload.value_size,
        sustained,
        sustained_bytes: plan.rebuild.database_bytes,
        unanswered: Ratio::fraction(over),
        overload: warming.until(warming.overloaded_above()),
        hit_rate_back: warming.until(BACK.complement().as_fraction()),
    }
}

/// A cache that fills, in plain figures: keys, and rates a second.
struct Warming {
    keys: f64,
    /// Reads that a warm cache answers.
    answered: f64,
    /// What the database sustains beside its usual reads.
    spare: f64,
    reload: f64,
}

impl Warming {
    /// The missing share above which the database gets more than it sustains.
    fn overloaded_above(&self) -> f64 {
        if self.answered <= self.spare { 1.0 } else { self.spare / self.answered }
    }

    /// Time from empty until this share of the keys is missing.
    fn until(&self, share: f64) -> Option<Secs> {
        if share >= 1.0 || self.keys <= 0.0 {
            return Some(Secs::ZERO);
        }
        if !(self.spare >= LEAST && share >= 0.0) {
            return None;
        }
        let reload = self.reload.min(self.spare);
        let full_until = if self.answered > 0.0 { ((self.spare - reload) / self.answered).min(1.0) } else { 1.0 };
        let linear = (1.0 - full_until.max(share)) * self.keys / self.spare;
        Some(Secs::secs(linear + self.tail(full_until, share, reload)))
    }

    /// The part where misses and reload no longer fill the database: `K/q · ln((m₀ + r/q) ÷ (m + r/q))`.
    fn tail(&self, from: f64, to: f64, reload: f64) -> f64 {
        if from <= to {
            0.0
        } else if self.answered > 0.0 {
            let rest = reload / self.answered;
            self.keys / self.answered * libm::log((from + rest) / (to + rest))
        } else {
            (from - to) * self.keys / reload
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::demand::demand;
    use crate::model::testing::plain;
    use crate::units::Bytes;

    /// 1,000,000 keys of 40 + 900 + 60 bytes.
    fn million_keys(reads: f64, sustained: f64, reload: f64) -> Surge {
        let mut plan = plain(1.0, 100.0);
        plan.workload.value_size = Bytes::bytes(900.0);
        plan.workload.reads = Some(OpsPerSec::per_s(reads));
        plan.rebuild.hit_rate = Ratio::percent(90.0);
        plan.rebuild.database_limit = OpsPerSec::per_s(sustained);
        plan.rebuild.reload_rate = OpsPerSec::per_s(reload);
        surge(&plan, &demand(&plan))
    }

    /// Worked by hand. 20,000 reads, 2,000 of them usual; 12,000 sustained, so 10,000 beside them: overloaded until
    /// 10,000 ÷ 18,000 of the keys are missing, after 444,444 keys at 10,000/s.
    #[test]
    fn a_database_that_sustains_half_is_overloaded_for_three_quarters_of_a_minute() {
        let surge = million_keys(20_000.0, 12_000.0, 4_000.0);
        assert_eq!((surge.usual.as_per_s().round(), surge.peak.as_per_s()), (2_000.0, 20_000.0));
        assert_eq!(surge.peak_bytes.as_bytes_per_s(), 18e6);
        assert!((surge.unanswered.as_fraction() - 0.4).abs() < 1e-12);
        assert!((surge.overload.unwrap().as_secs() - 44.444).abs() < 0.01, "{surge:?}");
        // Full until 6,000 ÷ 18,000 are missing (66.67 s), then 55.56 s × ln((0.3333 + 0.2222) ÷ (0.05 + 0.2222)) = 39.63 s.
        assert!((surge.hit_rate_back.unwrap().as_secs() - 106.30).abs() < 0.05, "{surge:?}");
    }

    /// A peak of 3 triples what lands (M-09); 9 MB/s of values of 900 bytes are 10,000 reads/s.
    #[test]
    fn the_peak_lands_and_bytes_may_be_the_limit() {
        let mut plan = plain(1.0, 100.0);
        plan.workload.value_size = Bytes::bytes(900.0);
        plan.workload.reads = Some(OpsPerSec::per_s(5_000.0));
        plan.workload.peak.ratio = 3.0;
        plan.rebuild.database_limit = OpsPerSec::per_s(12_000.0);
        let by_reads = surge(&plan, &demand(&plan));
        assert_eq!((by_reads.peak.as_per_s(), by_reads.sustained.as_per_s()), (15_000.0, 12_000.0));
        assert_eq!((by_reads.peak_bytes, by_reads.sustained_bytes), (BytesPerSec::mb_per_s(13.5), None));
        plan.rebuild.database_bytes = Some(BytesPerSec::mb_per_s(9.0));
        assert!((surge(&plan, &demand(&plan)).sustained.as_per_s() - 10_000.0).abs() < 1e-6);
    }

    #[test]
    fn ends_of_the_scale() {
        let calm = million_keys(5_000.0, 50_000.0, 4_000.0);
        assert_eq!((calm.overload, calm.unanswered), (Some(Secs::ZERO), Ratio::ZERO));
        let hopeless = million_keys(200_000.0, 12_000.0, 4_000.0);
        assert_eq!((hopeless.overload, hopeless.hit_rate_back), (None, None));
        let exactly_full = million_keys(100_000.0, 10_000.0, 4_000.0);
        assert_eq!((exactly_full.overload, exactly_full.hit_rate_back), (None, None));
        let unread = million_keys(0.0, 12_000.0, 4_000.0);
        assert_eq!(unread.overload, Some(Secs::ZERO));
        assert!((unread.hit_rate_back.unwrap().as_secs() - 0.95 * 250.0).abs() < 0.1);
    }

    /// The closed form against steps of a millisecond.
    #[test]
    fn the_closed_form_is_what_small_steps_give() {
        for (reads, sustained, reload) in
            [(20_000.0, 12_000.0, 4_000.0), (9_000.0, 30_000.0, 500.0), (40_000.0, 9_000.0, 20_000.0)]
        {
            let surge = million_keys(reads, sustained, reload);
            let (answered, spare) = (reads * 0.9, sustained - reads * 0.1);
            let (mut missing, mut time) = (1.0, 0.0);
            while missing > 0.05 {
                let misses = (answered * missing).min(spare);
                missing -= (misses + reload.min(spare - misses)) * 1e-3 / 1e6;
                time += 1e-3;
            }
            let back = surge.hit_rate_back.unwrap().as_secs();
            assert!((back - time).abs() < 0.01 * time, "{reads} {sustained} {reload}: {back} against {time}");
        }
    }
}
