//! What a section is about, and the few signs that views share.

use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::report::document::{Style, Text};

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
pub(crate) const NONE: &str = "–";

/// A figure with the mark of a target that is met or missed; without a mark where that is not known or not asked.
pub(crate) fn met(figure: impl Into<String>, met: Option<bool>) -> Text {
    let text = Text::from(figure.into());
    match met {
        Some(true) => text.then(" ").and("✓", Style::Good),
        Some(false) => text.then(" ").and("✕", Style::Bad),
        None => text,
    }
}
