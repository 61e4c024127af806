//! A design that a search has worked out.

use super::choice::DesignChoice;
use super::figures::figure;
use crate::catalog::ReservationTerm;
use crate::decide::Candidate;
use crate::model::Topology;
use crate::model::cost::Total;
use crate::model::fit::Last;
use crate::model::rpo::Shown;
use crate::model::verdict::{Figure, Objective};
use crate::units::{Money, Ratio};

/// A design with what it costs and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The design.
    pub choice: DesignChoice,
    /// How full its fullest shard is of what it may use.
    pub fill: Ratio,
    /// Its steady month.
    pub month: Total,
    /// The figures, in the order of [`Objective::ALL`].
    pub figures: [Figure; 5],
    /// Targets that it does not meet for certain.
    pub unmet: Vec<Objective>,
    /// Targets that the model meets and nothing shows.
    pub unshown: Vec<Objective>,
    /// What can be shown of its recovery point, whatever the model says of it.
    pub rpo_shown: Shown,
    /// It fits, its copy is complete at some time, and no rule blocks it.
    pub free: bool,
    /// In preview, or without a published throughput.
    pub comes_last: Last,
}

impl Found {
    /// A design with its steady month, as it stands against the targets.
    pub(super) fn of_candidate(
        choice: DesignChoice,
        fill: Ratio,
        (month, rpo_shown): (Total, Shown),
        candidate: Candidate,
        comes_last: Last,
    ) -> Self {
        let Candidate { figures, unmet, unshown, free } = candidate;
        Self { choice, fill, month, figures, unmet, unshown, rpo_shown, free, comes_last }
    }

    /// Its first month is never paid, as it may wait for the end of what runs: until its months are asked, the budget does not stand in its way.
    pub(super) fn may_wait(mut self) -> Self {
        if self.month.is_complete() {
            self.unmet.retain(|unmet| *unmet != Objective::Cost);
        }
        self
    }

    /// One of its figures.
    #[must_use]
    pub fn figure(&self, objective: Objective) -> Figure {
        figure(&self.figures, objective)
    }

    /// It stands free and meets every target.
    #[must_use]
    pub fn meets_all(&self) -> bool {
        self.free && self.unmet.is_empty()
    }

    /// It meets every target but this one, whether it meets that or not.
    pub(super) fn meets_but(&self, but: Option<Objective>) -> bool {
        self.unmet.iter().all(|unmet| Some(*unmet) == but)
    }

    /// Its figures against the targets.
    pub(super) fn candidate(&self) -> Candidate {
        Candidate { figures: self.figures, unmet: self.unmet.clone(), unshown: self.unshown.clone(), free: self.free }
    }

    /// What the search orders by: what comes last, then cost, then what a person reads.
    pub(super) fn order(&self) -> (Last, Option<Money>, Topology, u32, &str, Option<u32>) {
        let choice = &self.choice;
        let term = choice.reservation.map(ReservationTerm::years);
        (self.comes_last, self.month.complete(), choice.topology, choice.size.shards, choice.size.sku.as_str(), term)
    }
}
