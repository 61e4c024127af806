//! An outage from event to event, in whole microseconds (M-05, M-07, M-08).
//!
//! The log is the output: every answer is a fold over it. Between two events every quantity moves in a straight line, so
//! nothing depends on a step size, and two runs of one plan give equal logs.

mod answers;
mod event;
mod group;
mod log;
mod pair;
mod queue;
mod scenario;
mod scene;
mod states;
mod timestamp;
mod what_if;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

pub use answers::{GroupAnswers, SurvivorAnswer};
pub use event::{Event, EventKind, ShardClass};
pub use group::Simulation;
pub use log::{ClassLimit, ClassState, Level, Log, MemberState, Snapshot};
pub use pair::PairAnswers;
pub use scenario::{decision, derived, length, rehome_delay};
pub use scene::{Loss, Scene, Steps};
pub use states::Phase;
pub use timestamp::Timestamp;
pub use what_if::{WhatIf, what_if};

use crate::catalog::Catalog;
use crate::model::Answers;
use crate::plan::Plan;
use serde::Serialize;

/// The plan's outage, played through.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outage {
    /// The active group; `None` where the plan has none.
    pub group: Option<GroupOutage>,
    /// The passive pair; `None` where the plan has none, or where the outage spares both its regions.
    pub pair: Option<PairOutage>,
}

/// The outage of an active group (M-07).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupOutage {
    /// What happens.
    pub log: Log,
    /// What follows from it.
    pub answers: GroupAnswers,
}

/// The outage of a passive pair (M-08).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairOutage {
    /// What happens.
    pub log: Log,
    /// What follows from it.
    pub answers: PairAnswers,
}

/// Plays the plan's outage through, all coefficients at their most likely values.
///
/// Total: any plan gives an answer, and a figure that does not exist is absent.
#[must_use]
pub fn outage(plan: &Plan, catalog: &Catalog, answers: &Answers) -> Outage {
    Outage { group: group_outage(plan, catalog, answers), pair: pair_outage(plan, answers) }
}

/// The outage of the active group alone; `None` without one.
#[must_use]
pub fn group_outage(plan: &Plan, catalog: &Catalog, answers: &Answers) -> Option<GroupOutage> {
    let scene = Scene::of(plan, answers)?;
    let log = Simulation::new(&scene).run();
    Some(GroupOutage { answers: answers::group(plan, catalog, answers, &scene, &log), log })
}

/// The outage of the passive pair alone; `None` without one, or where the outage spares both its regions.
#[must_use]
pub fn pair_outage(plan: &Plan, answers: &Answers) -> Option<PairOutage> {
    pair::play(plan, answers).map(|log| PairOutage { answers: pair::answers(&log, &answers.passive), log })
}
