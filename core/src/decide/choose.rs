//! The cheapest among those that meet every target.

use super::judge::{Measure, can_be_shown, measures, target};
use super::tipping_point::{distance, relax};
use crate::catalog::Severity;
use crate::model::cost::Total;
use crate::model::horizon::{HorizonCost, Months, OverHorizon, compared};
use crate::model::verdict::{Figure, Objective};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Objectives;
use crate::rules::Finding;
use crate::units::Money;
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::ops::Deref;

/// What the designs cost over the horizon, worked out when it is first asked for: where one design alone is left, nobody asks.
pub(super) struct Costs<'a> {
    make: &'a dyn Fn() -> OverHorizon,
    made: OnceCell<OverHorizon>,
}

impl<'a> Costs<'a> {
    pub(super) const fn new(make: &'a dyn Fn() -> OverHorizon) -> Self {
        Self { make, made: OnceCell::new() }
    }

    pub(super) fn get(&self) -> &OverHorizon {
        self.made.get_or_init(self.make)
    }
}

/// One topology against the targets; judging it again with other targets costs next to nothing.
pub(super) struct Judged<'a> {
    pub(super) answer: &'a TopologyAnswer,
    pub(super) measures: [Measure; 5],
    /// Ids of its blocking findings.
    pub(super) blocks: Vec<&'a str>,
    /// What the month costs; `None` where it is not possible.
    pub(super) cost: Option<&'a Total>,
    /// The month, from 1, that the budget is held against where it is dearer than the first.
    pub(super) dearest_month: Option<u32>,
}

impl<'a> Judged<'a> {
    pub(super) fn of(answer: &'a TopologyAnswer, findings: &'a [Finding]) -> Self {
        let mine = |it: &&Finding| it.topology == answer.topology && it.severity == Severity::Block;
        Self {
            answer,
            measures: measures(answer),
            blocks: findings.iter().filter(mine).map(|finding| finding.id.as_str()).collect(),
            cost: answer.design.possible.then_some(&answer.bill.total),
            dearest_month: None,
        }
    }

    /// What a complete month costs; `None` where a price is missing.
    pub(super) fn complete(&self) -> Option<Money> {
        self.cost.and_then(Total::complete)
    }

    pub(super) fn topology(&self) -> Topology {
        self.answer.topology
    }

    /// The load fits: size, memory and throughput.
    pub(super) fn fits(&self) -> bool {
        self.answer.design.possible
            && self.answer.design.misfits.is_empty()
            && self.answer.capacity.enough != Some(false)
    }

    /// A copy of its data is complete at some time; a pair's full sync may never end (M-03).
    pub(super) fn copies(&self) -> bool {
        !self.answer.sync.never_complete(self.topology())
    }

    /// Nothing stands in its way besides the targets.
    pub(super) fn free(&self) -> bool {
        self.fits() && self.copies() && self.blocks.is_empty()
    }

    /// The objectives whose target the model meets and nothing shows.
    pub(super) fn unshown<'s>(&'s self, objectives: &'s Objectives) -> impl Iterator<Item = Objective> {
        let met = self.measures.iter().filter(|measure| {
            let target = target(objectives, measure.objective);
            measure.met(target) == Some(true) && !can_be_shown(measure.objective, target, self.answer)
        });
        met.map(|measure| measure.objective)
    }

    /// The measures whose target is not met for certain.
    pub(super) fn unmet<'s>(&'s self, objectives: &'s Objectives) -> impl Iterator<Item = &'s Measure> {
        self.measures.iter().filter(|measure| {
            let target = target(objectives, measure.objective);
            target.is_some() && measure.met(target) != Some(true)
        })
    }
}

/// One of the topologies that a choice compares.
pub(super) struct Candidate<'a> {
    judged: Judged<'a>,
    /// What all designs cost over the horizon.
    costs: &'a Costs<'a>,
}

impl<'a> Deref for Candidate<'a> {
    type Target = Judged<'a>;

    fn deref(&self) -> &Self::Target {
        &self.judged
    }
}

impl<'a> Candidate<'a> {
    pub(super) fn of(answer: &'a TopologyAnswer, findings: &'a [Finding], costs: &'a Costs<'a>) -> Self {
        Self { judged: Judged::of(answer, findings), costs }
    }

    /// Holds the dearest of its own months against the budget instead of the first one (M-12); of a design that waits for the end of the old
    /// service the first one is never paid.
    pub(super) fn judge_months(&mut self) {
        let (own, waits) = (&self.over().own, self.over().waits.as_ref());
        let cost = &mut self.judged.measures[0];
        let (Figure::Money(first) | Figure::AtLeast(first)) = cost.figure else { return };
        cost.open |= waits.is_some_and(|it| !it.before.is_complete());
        if let Some((month, dearest)) = own.dearest_month().filter(|(_, most)| waits.is_some() || *most > first) {
            cost.figure = if cost.open { Figure::AtLeast(dearest) } else { Figure::Money(dearest) };
            self.judged.dearest_month = Some(month).filter(|month| *month > 1);
        }
    }

    /// What it costs over the horizon (M-10).
    pub(super) fn over(&self) -> &'a HorizonCost {
        self.costs.get().of(self.topology())
    }

    /// What a month of it and of another cost a person ([`compared`]); `None` where one is not possible.
    pub(super) fn months_beside(&self, other: &Self) -> Option<(&'a Total, &'a Total, Months)> {
        let month = |it: &Self| Some((it.cost?, it.over().waits.as_ref()));
        Some(compared(month(self)?, month(other)?))
    }

    /// Which of two costs less over the horizon, where that is certain; one that ends before it is the dearer, and two that do are ranked
    /// by their month.
    pub(super) fn against(&self, other: &Self) -> Option<Ordering> {
        let (own, theirs) = (self.over(), other.over());
        match (own.whole, theirs.whole) {
            (true, true) => own.total().certainly(&theirs.total()),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => self.cost?.certainly(other.cost?),
        }
    }

    /// What the choice ranks by: `None` where a price is missing.
    fn rank(&self) -> Option<(bool, Money)> {
        let over = self.over();
        let cost = if over.whole { over.total().complete() } else { self.complete() };
        cost.map(|cost| (!over.whole, cost))
    }
}

/// How many of the five targets the plan sets.
pub(super) fn targets_set(objectives: &Objectives) -> usize {
    Objective::ALL.into_iter().filter(|objective| target(objectives, *objective).is_some()).count()
}

/// Every target is a new plan's. Of one alone that says nothing: a plan does not tell what a person has typed.
pub(super) fn at_defaults(objectives: &Objectives) -> bool {
    let new = Objectives::default();
    Objective::ALL.into_iter().all(|it| target(objectives, it) == target(&new, it))
}

/// The cheapest over the horizon that meets every target and is free of blocks. Sums that lack a price are never ranked: while one that
/// may meet every target may be cheaper, nobody is chosen, unless it stands alone.
pub(super) fn choose<'s, 'a>(objectives: &Objectives, candidates: &'s [Candidate<'a>]) -> Option<&'s Candidate<'a>> {
    let contenders = contenders(objectives, candidates);
    if let [only] = contenders.as_slice() {
        return passes(objectives, only).then_some(only);
    }
    // The budget is one of a month: who lacks the price of a month has no verdict on it.
    let priced = contenders.iter().copied().filter(|it| passes(objectives, it) && it.rank().is_some());
    let cheapest = priced.min_by_key(|it| it.rank())?;
    let dearer = |other: &Candidate| cheapest.against(other).map(Ordering::is_le);
    contenders.iter().all(|it| dearer(it) == Some(true)).then_some(cheapest)
}

pub(super) fn passes(objectives: &Objectives, candidate: &Candidate) -> bool {
    candidate.unmet(objectives).next().is_none()
}

/// Those that meet every target, and those of which only a missing price keeps that open; all free of blocks.
pub(super) fn contenders<'s, 'a>(objectives: &Objectives, candidates: &'s [Candidate<'a>]) -> Vec<&'s Candidate<'a>> {
    let open = |it: &Measure| it.objective == Objective::Cost && it.met(target(objectives, it.objective)).is_none();
    candidates.iter().filter(|it| it.free() && it.unmet(objectives).all(open)).collect()
}

/// The nearest to being chosen among those that are possible: the least distance, then the cheapest.
pub(super) fn nearest<'s, 'a>(objectives: &Objectives, candidates: &'s [Candidate<'a>]) -> Option<&'s Candidate<'a>> {
    let rank = |it: &Candidate| (it.rank().is_none(), it.rank());
    candidates.iter().filter(|it| it.answer.design.possible).min_by(|a, b| {
        let near = away(objectives, a).total_cmp(&away(objectives, b));
        // Costs over the horizon are work: they are asked for where the distances do not tell.
        near.then_with(|| rank(a).cmp(&rank(b))).then_with(|| b.topology().cmp(&a.topology()))
    })
}

/// How far a design is from being chosen: `Σ |new − old| ÷ old` of the targets that it misses, and 1 for each thing that no target moves,
/// as for a target that moves by its whole: a block, a size that does not fit, a copy that never ends, a figure that there is not.
pub(super) fn away(objectives: &Objectives, it: &Candidate) -> f64 {
    let mut moved = objectives.clone();
    // What only a missing price or round trip keeps open may be met. A recovery point of data that nobody described is no such thing.
    let missed = it.unmet(objectives).filter(|measure| {
        measure.objective == Objective::Rpo || measure.met(target(objectives, measure.objective)).is_some()
    });
    let fixed = missed.filter(|measure| relax(&mut moved, measure.objective, measure.known()).is_none());
    let fixed = fixed.count() + it.blocks.len() + usize::from(!it.fits()) + usize::from(!it.copies());
    #[allow(clippy::cast_precision_loss, reason = "a handful")]
    let fixed = fixed as f64;
    fixed + distance(objectives, &moved)
}
