//! What a section is about, and the sign for no figure.

use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;

/// A plan with its catalogue and its answers: what a section is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The catalogue that it was evaluated with.
    pub catalog: &'a Catalog,
    /// Its answers.
    pub evaluation: &'a Evaluation,
}

impl Subject<'_> {
    /// The pair and the group, in this order.
    pub(super) fn both(&self) -> [&TopologyAnswer; 2] {
        [Topology::Passive, Topology::Active].map(|topology| self.evaluation.of(topology))
    }
}

/// What stands for a figure that a design does not have.
pub(crate) use crate::units::format::NONE;
