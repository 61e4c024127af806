//! Backlog over the day (M-04): a fluid model of one link, solved exactly between the changes of the write rate.
//!
//! `dB/dt = w(t) − R`, never below 0. Everything here is a straight line between two moments, so that shares of time and
//! quantiles are exact and nothing is stepped. The load of the rate repeats for ever; the backlog is carried over its end.

mod lag;
mod load_profile;
mod missed;
mod need;
#[cfg(test)]
mod tests;

pub use lag::{Lag, Segment, Violations, filling};
pub use load_profile::{LoadProfile, Piece};
pub use missed::{Covered, covered};
pub use need::{SHARES, rate_for};

use super::rpo::link_share;
use super::{Topology, TopologyAnswer};
use crate::model::demand::Demand;
use crate::model::runway::Runway;
use crate::plan::Plan;
use crate::units::{BytesPerSec, Secs};

/// What the fluid model says of one topology, all shards of a link together.
#[derive(Debug, Clone, PartialEq)]
pub struct Backlog {
    /// The write rate that enters the busiest link.
    pub load: LoadProfile,
    /// What the link can apply: a shard's `R` × shards ÷ φ.
    pub link: BytesPerSec,
    /// Lag without a backlog.
    pub steady: Secs,
    /// The lag over time; `None` where the mean reaches the link's rate and the backlog grows from day to day.
    pub lag: Option<Lag>,
    /// Rates of the link that would meet the target for each of [`SHARES`] of the time; `None` without a target, or where
    /// the one-way delay alone misses it.
    pub rates: Option<[BytesPerSec; 3]>,
    /// Interruptions of the link that end with a partial resync (M-05), longer ones with a full one; `None` where nothing
    /// is ever written.
    pub covered: Option<Covered>,
}

/// The backlog of a topology over the plan's day, or over the series that the plan holds (M-04, M-05).
///
/// `None` for the rebuild and for a topology that is not possible: nothing is replicated.
#[must_use]
pub fn backlog(plan: &Plan, demand: &Demand, answer: &TopologyAnswer) -> Option<Backlog> {
    answer.design.caches.first().filter(|_| answer.topology != Topology::Rebuild)?;
    let load = LoadProfile::of(plan, demand, link_share(answer.topology, plan));
    let share = answer.shard.share;
    let (link, steady) = (answer.sync.apply_rate / share, answer.rpo.steady);
    let held = match &answer.runway {
        Runway::Fills(filling) => filling.backlog_per_shard,
        _ => plan.assumptions.passive_backlog,
    };
    Some(Backlog {
        lag: Lag::of(&load, link, steady),
        rates: plan.objectives.rpo.and_then(|target| rate_for(&load, steady, target)),
        covered: covered(&load, held / share),
        load,
        link,
        steady,
    })
}
