//! Objectives first, then cost (M-12): who passes, the recommendation with its reason, the nearest flip.

use super::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::units::{Secs, Usd};
use serde::Serialize;

/// The five objectives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objective {
    /// Cost of a steady month.
    Cost,
    /// Age of what may be lost, P95.
    Rpo,
    /// Time to recover, P95.
    Rto,
    /// Time until something runs out, pessimistic end for an active group.
    Runway,
    /// Worst write request.
    Latency,
}

impl Objective {
    /// In the order of the cards.
    pub const ALL: [Self; 5] = [Self::Cost, Self::Rpo, Self::Rto, Self::Runway, Self::Latency];
}

/// A figure that is held against a target.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// Money.
    Money(Usd),
    /// Time.
    Time(Secs),
    /// Never runs out.
    Unlimited,
    /// There is none: it has no runway, never drains, or cannot be known.
    None,
}

/// One objective of one topology.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// Which objective.
    pub objective: Objective,
    /// The model's figure.
    pub figure: Figure,
    /// The target; `None` when the plan sets none.
    pub target: Option<Figure>,
    /// Met or missed; `None` without a target, or when it cannot be known (an unknown price under the budget).
    pub met: Option<bool>,
    /// Why it cannot be known, or what the figure leaves out; may be empty.
    pub caveat: String,
}

/// Which topology, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The cheapest among those that meet every target and have no blocking finding; `None` when none does.
    pub choice: Option<Topology>,
    /// The topology that meets the most targets, when none meets all.
    pub nearest: Option<Topology>,
    /// The answer in one or two sentences, ready to print: choice, cost, what the others lack.
    pub sentence: Vec<Span>,
    /// The smallest change of one target or of the write rate that changes the choice, in words; `None` when none is near.
    pub flip: Option<String>,
}

/// A piece of the sentence, plain or strong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Printed bold.
    pub strong: bool,
}

/// Judges one topology against the plan's objectives.
#[must_use]
pub fn verdicts(plan: &Plan, answer: &TopologyAnswer) -> Vec<Verdict> {
    let _ = (plan, answer);
    todo!("comparison")
}
