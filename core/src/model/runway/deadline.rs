//! How long a survivor lasts, and when the force-unlink must start, with coefficients that are not published (M-07).

use super::trials::Trials;
use super::{retained_of, time_to};
use crate::model::demand::{Demand, key_memory};
use crate::model::sync::left_after_loss;
use crate::plan::Plan;
use crate::stats::bands::P05;
use crate::stats::lattice::Lattice;
use crate::stats::order::place;
use crate::stats::sample::SEED;
use crate::stats::spread::Spread;
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Ratio, Secs};
use serde::Serialize;

/// Trials that stand behind one deadline: the first of the Outage tab's ten thousand. A law holds the two within 3 %.
pub const TRIALS: u32 = 1_024;
/// Uncertain inputs of one outage (M-07, bands); the coefficients of [`Coefficients`] are the first of them.
pub const INPUTS: usize = 9;
/// How many of the inputs are coefficients of memory.
pub const COEFFICIENTS: usize = 4;
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

/// The coefficients of a survivor's memory: κ, and the bytes kept for a delete, an element and an overwrite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficients {
    /// κ: CRDT size over plain size, at least 1.
    pub factor: f64,
    /// Kept for a deleted or expired key, beyond the key.
    pub delete: Bytes,
    /// Kept for a removed element.
    pub element: Bytes,
    /// Kept for an overwrite.
    pub overwrite: Bytes,
}

/// How the coefficients are spread: triangles over the plan's ranges, independent of each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Spreads([Spread; COEFFICIENTS]);

impl Spreads {
    /// Those of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let assumed = &plan.assumptions;
        let plain = |range: Range<f64>| Spread::triangular(range.low, range.mode, range.high);
        let bytes = |range: Range<Bytes>| plain(range.map(Bytes::as_bytes));
        Self([
            plain(assumed.crdt_factor),
            bytes(assumed.kept_per_delete),
            bytes(assumed.kept_per_element),
            bytes(assumed.kept_per_overwrite),
        ])
    }

    /// The coefficients of one trial, from the first figures of its point.
    #[must_use]
    pub fn at(&self, point: &[f64]) -> Coefficients {
        let mut sampled = [0.0; COEFFICIENTS];
        for ((value, spread), uniform) in sampled.iter_mut().zip(&self.0).zip(point) {
            *value = spread.at(*uniform);
        }
        let [factor, delete, element, overwrite] = sampled;
        let [delete, element, overwrite] = [delete, element, overwrite].map(Bytes::bytes);
        Coefficients { factor: factor.max(1.0), delete, element, overwrite }
    }

    /// Nothing is uncertain.
    fn certain(&self) -> bool {
        self.0.iter().all(|spread| matches!(spread, Spread::Exactly(_)))
    }

    /// The coefficients of each of [`TRIALS`].
    pub(super) fn sampled(&self) -> Vec<Coefficients> {
        let lattice = Lattice::new(SEED, INPUTS);
        // The first figures of a point do not depend on how many are asked for.
        let mut point = [0.0; COEFFICIENTS];
        let at = |trial| {
            lattice.point(trial, &mut point);
            self.at(&point)
        };
        (0..TRIALS).map(at).collect()
    }
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

    /// Nothing is sampled for changes that the load does not have: most plans have no element removals.
    fn that_matter(&self, Spreads([factor, kept @ ..]): Spreads) -> Spreads {
        let [delete, element, overwrite] = kept;
        let kept = |spread, rate: OpsPerSec| if rate > OpsPerSec::ZERO { spread } else { Spread::Exactly(0.0) };
        let [removals, elements, overwrites] = self.rates;
        Spreads([factor, kept(delete, removals), kept(element, elements), kept(overwrite, overwrites)])
    }

    /// The time to 100 % that 95 of 100 cases exceed (P05), at most the most likely one; `None`: not even one case in twenty
    /// fills.
    ///
    /// [`TRIALS`] points of [`SEED`], the coefficients sampled as by the Outage tab's bands. Where a plan's most likely
    /// coefficients are the high ends themselves, the most likely time is earlier than P05 and stands instead.
    pub(super) fn full_p05(&self, plan: &Plan, typical: Option<Secs>, trials: &Trials) -> Option<Secs> {
        let spreads = self.that_matter(Spreads::of(plan));
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
        let spreads = self.that_matter(Spreads::of(plan));
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
