//! How one design stands against the targets: for whoever asks many designs, beyond the three that a plan compares.

use super::choose::Judged;
use super::judge::target;
use super::outcome::Target;
use super::tipping_point;
use crate::model::TopologyAnswer;
use crate::model::verdict::{Figure, Objective};
use crate::plan::Objectives;
use crate::rules::Finding;

/// One design against the targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The figures, in the order of [`Objective::ALL`].
    pub figures: [Figure; 5],
    /// Targets that are not met for certain: missed, or not known.
    pub unmet: Vec<Objective>,
    /// Targets that the model meets and nothing shows.
    pub unshown: Vec<Objective>,
    /// Nothing stands in its way besides the targets: it fits, its copy is complete at some time, and no rule blocks it.
    pub free: bool,
}

/// Targets moved out so far that a design meets them.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxed {
    /// Each target that moves, to a figure that prints in full.
    pub targets: Vec<(Objective, Target)>,
    /// `Σ |new − old| ÷ old` over them (M-17).
    pub distance: f64,
    /// All targets, those moved.
    pub objectives: Objectives,
}

/// How a design stands, with the findings of its plan (M-12).
#[must_use]
pub fn candidate(objectives: &Objectives, answer: &TopologyAnswer, findings: &[Finding]) -> Candidate {
    let judged = Judged::of(answer, findings);
    Candidate {
        figures: judged.measures.each_ref().map(|measure| measure.figure),
        unmet: judged.unmet(objectives).map(|measure| measure.objective).collect(),
        unshown: judged.unshown(objectives).collect(),
        free: judged.free(),
    }
}

/// The least change of the targets with which a design of these figures meets all of them; no targets where it does already, `None`
/// where a figure that it lacks, or that is not known, stands in the way.
#[must_use]
pub fn relaxed(objectives: &Objectives, candidate: &Candidate) -> Option<Relaxed> {
    let mut changed = objectives.clone();
    for objective in &candidate.unmet {
        let figure = Objective::ALL.into_iter().zip(candidate.figures).find(|(it, _)| it == objective)?.1;
        changed = with_target(&changed, *objective, figure)?;
    }
    Some(Relaxed::between(objectives, changed))
}

/// The targets with one of them at a figure, moved out from it to one that prints in full; `None` of a figure that no target can be.
#[must_use]
pub fn with_target(objectives: &Objectives, objective: Objective, figure: Figure) -> Option<Objectives> {
    let mut changed = objectives.clone();
    tipping_point::relax(&mut changed, objective, figure)?;
    Some(changed)
}

impl Relaxed {
    /// From these targets to those.
    #[must_use]
    pub fn between(old: &Objectives, new: Objectives) -> Self {
        let distance = tipping_point::distance(old, &new);
        Self { targets: tipping_point::moved(old, &new), distance, objectives: new }
    }
}

/// The target of an objective, as a plan sets it; `None` for one that it does not set.
#[must_use]
pub fn target_of(objectives: &Objectives, objective: Objective) -> Option<Figure> {
    target(objectives, objective)
}
