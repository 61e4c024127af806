//! How long a survivor lasts, and when the force-unlink must start, with coefficients that are not published (M-07).

use super::{COEFFICIENTS, Coefficients, Spreads, TRIALS, Trials, retained_of, time_to};
use crate::model::demand::{Demand, key_memory};
use crate::model::sync::left_after_loss;
use crate::plan::Plan;
use crate::stats::bands::P05;
use crate::stats::order::place;
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Ratio, Secs};
use serde::Serialize;

/// The share of the cases in which the deadline may be too late: one in twenty.
const LATE: f64 = P05;

/// The latest safe start of the force-unlink, counted from the loss, at least 0; `None`: memory does not fill.
///
/// Each is a time to 100 % of memory less what the force-unlink takes at the longest and its margin (M-07).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Deadline {
    /// In time in 95 of 100 cases, from P05 of the time to 100 %: the one figure that people act by.
    pub act_by: Option<Secs>,
    /// All coefficients at their most likely values.
    pub typical: Option<Secs>,
    /// All coefficients at their high end at once.
    pub pessimistic: Option<Secs>,
}

impl Deadline {
    /// From the three times to 100 %.
    pub(super) fn of(plan: &Plan, full_p05: Option<Secs>, to_full: Range<Option<Secs>>) -> Self {
        let reserve = unlink_takes(plan);
        let latest = |full: Option<Secs>| full.map(|full| (full - reserve).max(Secs::ZERO));
        Self { act_by: latest(full_p05), typical: latest(to_full.mode), pessimistic: latest(to_full.low) }
    }
}

/// What has to be left when the force-unlink starts: its longest time and the margin (M-07).
#[must_use]
pub fn unlink_takes(plan: &Plan) -> Secs {
    plan.recovery.force_unlink.high + plan.assumptions.unlink_margin
}

/// Memory of one survivor, in closed form for any coefficients (M-07).
#[derive(Debug, Clone, PartialEq)]
pub struct Memory {
    /// `U/φ`.
    pub limit: Bytes,
    data: Bytes,
    /// HA and CRDT backlog of every shard.
    backlogs: Bytes,
    /// Share of the writes that goes on.
    alive: f64,
    /// `(creates − removals)·(key + value + 60)`, at least 0.
    live: BytesPerSec,
    /// Removals, element removals and overwrites a second.
    rates: [OpsPerSec; 3],
    key: Bytes,
}

impl Memory {
    /// With `U/φ` and the backlogs of a member's shards.
    #[must_use]
    pub fn of(plan: &Plan, demand: &Demand, limit: Bytes, backlogs: Bytes) -> Self {
        Self {
            limit,
            data: plan.workload.dataset,
            backlogs,
            alive: left_after_loss(plan),
            live: ((demand.creates - demand.removals) * key_memory(plan)).max(BytesPerSec::ZERO),
            rates: [demand.removals, demand.element_removals, demand.overwrites],
            key: plan.workload.key_size,
        }
    }

    /// `used₀ = data·κ + both backlogs`.
    #[must_use]
    pub fn used(&self, factor: f64) -> Bytes {
        self.data * factor + self.backlogs
    }

    /// `κ·dlive/dt + g` of the regions alive, with re-homed clients.
    #[must_use]
    pub fn growth(&self, given: &Coefficients) -> BytesPerSec {
        (self.live * given.factor + retained_of(self.rates, self.key, given)) * self.alive
    }

    /// Time to 100 %; `None`: never.
    #[must_use]
    pub fn to_full(&self, given: &Coefficients) -> Option<Secs> {
        time_to(Ratio::ONE, self.limit, self.used(given.factor), self.growth(given))
    }

    /// The time to 100 % that 95 of 100 cases exceed (P05), at most the most likely one; `None`: not even one case in twenty
    /// fills.
    ///
    /// [`TRIALS`] points of [`SEED`], the coefficients sampled as by the Outage tab's bands. Where a plan's most likely
    /// coefficients are the high ends themselves, the most likely time is earlier than P05 and stands instead.
    pub(super) fn full_p05(&self, plan: &Plan, typical: Option<Secs>, trials: &Trials) -> Option<Secs> {
        let spreads = Spreads::of(plan).that_matter(self.rates);
        if spreads.certain() {
            return typical;
        }
        let early = twentieth(&mut self.times(&trials.of(spreads)).collect::<Vec<f64>>());
        match (early.map(Secs::secs), typical) {
            (Some(early), Some(typical)) => Some(early.min(typical)),
            (early, typical) => early.or(typical),
        }
    }

    /// The time to 100 % of each trial, infinite where memory never fills.
    fn times(&self, trials: &[Coefficients]) -> impl Iterator<Item = f64> {
        trials.iter().map(|given| self.to_full(given).map_or(f64::INFINITY, Secs::as_secs))
    }

    /// Whether [`Memory::full_p05`] is at least a target, in fewer trials: it is at most the most likely time, it is at least the time of
    /// the high coefficients, and between those only the place of the target among the trials counts.
    pub(super) fn outlasts(&self, plan: &Plan, typical: Option<Secs>, target: Secs, trials: &Trials) -> bool {
        if typical.is_some_and(|typical| typical < target) {
            return false;
        }
        let spreads = Spreads::of(plan).that_matter(self.rates);
        let least = self.to_full(&spreads.at(&[1.0; COEFFICIENTS])).map_or(f64::INFINITY, Secs::as_secs);
        if spreads.certain() || least > target.as_secs() * AS_GOOD_AS_EQUAL {
            return true;
        }
        let Some((at, _)) = place(TRIALS as usize, LATE) else { return true };
        let mut early = 0;
        for time in self.times(&trials.of(spreads)) {
            early += usize::from(time < target.as_secs());
            if early > at + 1 {
                return false;
            }
        }
        // One trial more than the quantile's place: it lies between two of them.
        early <= at || self.full_p05(plan, typical, trials).is_none_or(|lasts| lasts >= target)
    }
}

/// A bound that is nearer to a target than this is no bound: its last digits are not those of a trial.
const AS_GOOD_AS_EQUAL: f64 = 1.0 + 1e-9;

/// The 5 % quantile of some times, as by [`crate::stats::order::quantile`]; the last finite one where the next is infinite, `None`
/// where it is infinite itself.
fn twentieth(times: &mut [f64]) -> Option<f64> {
    let (at, part) = place(times.len(), LATE)?;
    let (_, here, later) = times.select_nth_unstable_by(at, f64::total_cmp);
    let next = later.iter().copied().fold(f64::INFINITY, f64::min);
    let between = if next.is_finite() { (next - *here) * part } else { 0.0 };
    Some(*here + between).filter(|time| time.is_finite())
}
