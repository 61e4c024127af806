//! The five objectives, and how a figure of the models does against a target.
//!
//! The models give the figures; [`crate::decide`] judges them.

use crate::units::{Money, Secs};
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
    /// How long a region may stay down before something runs out: for an active group the time to 100 % of memory that 95 of
    /// 100 cases exceed (P05 of the time over the coefficients' ranges, M-07).
    Runway,
    /// Write request of the worst-served region, P95 of its requests.
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
    Money(Money),
    /// The known part of a sum that lacks a price: it costs at least that.
    AtLeast(Money),
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

impl Objective {
    /// The objective in a sentence: "RTO", "write latency".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Rpo => "RPO",
            Self::Rto => "RTO",
            Self::Runway => "runway",
            Self::Latency => "write latency",
        }
    }
}

impl Objective {
    /// The objective with what it is judged on, as it stands beside every target: "RTO P95", "Cost a month, as planned".
    ///
    /// Time is judged at P95: 95 of 100 cases are at least as good. Cost is that of the plan's own volumes: its band (M-14)
    /// takes 10,000 trials.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Cost => "Cost a month, as planned",
            Self::Rpo => "RPO P95",
            Self::Rto => "RTO P95",
            Self::Runway => "Runway P95",
            Self::Latency => "Write latency P95",
        }
    }
}
