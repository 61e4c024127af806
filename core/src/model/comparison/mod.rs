//! Objectives first, then cost (M-12): who passes, the recommendation with its reason, the nearest flip.

mod choice;
mod flip;
#[cfg(test)]
mod tests;
mod verdict;
mod words;

pub use choice::compare;
pub use verdict::verdicts;

use super::Topology;
use super::cost::MissingPrice;
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

/// Which topology, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The cheapest among those that meet every target and have no blocking finding; `None` when none does, or when a design whose
    /// cost lacks a price could be cheaper.
    pub choice: Option<Topology>,
    /// The topology that meets the most targets, when none meets all.
    pub nearest: Option<Topology>,
    /// The answer in one or two sentences, ready to print: choice, cost, what the others lack.
    pub sentence: Vec<Span>,
    /// Until when a person must act once a region is lost, ready to print; `None` unless the choice, or the nearest to it, is a
    /// group whose memory fills.
    pub deadline: Option<String>,
    /// The smallest change of the targets that changes the choice, in words, found by judging again with the changed
    /// targets; `None` when none is near.
    pub flip: Option<String>,
    /// The prices without which nobody can say which is the cheapest; empty where there is a choice, and where no design could
    /// be one.
    pub missing: Vec<MissingPrice>,
    /// The designs of which one is the choice once `missing` is known; empty where there is a choice, and where no design could be one.
    pub open: Vec<Topology>,
}

impl Comparison {
    /// The choice, else the nearest to it; `None` when no topology is possible, and while the choice waits for a price: what is not
    /// ranked is not recommended either.
    #[must_use]
    pub fn recommended(&self) -> Option<Topology> {
        self.choice.or(self.nearest.filter(|_| self.open.is_empty()))
    }
}

/// A piece of the sentence, plain or strong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Printed bold.
    pub strong: bool,
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

impl Span {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: false }
    }

    fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true }
    }
}
