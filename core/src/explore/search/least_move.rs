//! How far the targets have to move for one design to meet them (M-17).
//!
//! The first day's figures say how far at least. Later sizes go on to meet the targets that the first one meets (M-10), so that the months, and
//! with them the budget, depend on the targets too: looser ones than the first day asks for may keep the budget nearer.

use super::ahead::Ahead;
use super::found::Found;
use crate::decide::{Relaxed, relaxed, with_target};
use crate::model::Topology;
use crate::model::verdict::{Figure, Objective};
use crate::plan::Objectives;
use crate::units::{Money, Secs};

/// Another budget may give the group that follows a pair another size, whose months pass it again: so often it is moved on.
const ROUNDS: u32 = 4;

/// No runway target is moved nearer to nothing.
const SHORTEST: Secs = Secs::secs(1.0);

/// Distances that differ by less are the same.
const ALIKE: f64 = 1e-9;

/// Moves the targets of a plan.
pub(super) struct Mover<'a> {
    pub(super) objectives: &'a Objectives,
    pub(super) ahead: &'a Ahead<'a>,
}

/// Targets between two ends, and what the budget has to be at the looser one.
struct Between {
    tight: Objectives,
    loose: Objectives,
    /// How far it has to move.
    budget: f64,
}

impl Mover<'_> {
    /// By the figures of the first day alone, and its month where it is paid: no move is smaller. `None` where a figure stands in the way.
    pub(super) fn at_least(&self, found: &Found, waits: bool) -> Option<Relaxed> {
        let by_figures = self.by_figures(found)?;
        let month = found.month.complete().filter(|month| self.objectives.budget.is_some_and(|most| *month > most));
        let Some(month) = month.filter(|_| !waits) else { return Some(self.to(by_figures)) };
        Some(self.to(with_target(&by_figures, Objective::Cost, Figure::Money(month))?))
    }

    /// The smallest move that is below `most`, where no move is below `least`.
    pub(super) fn smallest(&self, found: &Found, least: f64, most: f64) -> Option<Relaxed> {
        let tight = self.by_figures(found)?;
        if self.objectives.budget.is_none() {
            return Some(self.to(tight));
        }
        let (own, replaced) = self.with_budget(found, &tight)?;
        let limit = most.min(own.distance);
        let below = |it: &Relaxed| it.distance < most;
        if own.distance <= least + ALIKE || !replaced {
            return Some(own).filter(below);
        }
        let loosest = self.loosest(found, &tight, limit - least);
        let looser = self.between(found, (tight, loosest), limit);
        looser.or(Some(own)).filter(below)
    }

    /// The smallest move below a limit from a design's own figures to the loosest targets: of the targets between two ends none is nearer than
    /// the tighter end, and none needs a smaller budget than the looser one. What may be below the limit by both is halved.
    fn between(&self, found: &Found, (tight, loose): (Objectives, Objectives), mut limit: f64) -> Option<Relaxed> {
        let mut best: Option<Relaxed> = None;
        let mut take = |tight: Objectives, loose: Objectives, limit: &mut f64| {
            let (moved, _) = self.with_budget(found, &loose)?;
            let budget = moved.distance - self.to(loose.clone()).distance;
            if moved.distance < *limit - ALIKE {
                *limit = moved.distance;
                best = Some(moved);
            }
            Some(Between { tight, loose, budget })
        };
        let mut open: Vec<Between> = take(tight, loose, &mut limit).into_iter().collect();
        while let Some(Between { tight, loose, budget }) = open.pop() {
            if self.to(tight.clone()).distance + budget >= limit - ALIKE {
                continue;
            }
            let Some((objective, [near, far])) = self.halves(&tight, &loose) else { continue };
            let nearer = with_time(&loose, objective, near);
            open.push(Between { tight: with_time(&tight, objective, far), loose, budget });
            open.extend(take(tight, nearer, &mut limit));
        }
        best
    }

    /// The target whose ends differ the most, with the looser end of its nearer half and the tighter end of the other: half-way, at a time that
    /// prints in full; where there is none between them, the ends. `None` where none differs.
    fn halves(&self, tight: &Objectives, loose: &Objectives) -> Option<(Objective, [Secs; 2])> {
        let apart = |objective: Objective| {
            let (near, far) = (time(tight, objective)?, time(loose, objective)?);
            let width = (near.as_secs() - far.as_secs()).abs() / time(self.objectives, objective)?.as_secs();
            let middle = printed(self.objectives, objective, (near + far) * 0.5)?;
            let between = (middle < near) != (middle < far) && middle != far;
            (near != far).then_some((width, objective, if between { [middle; 2] } else { [near, far] }))
        };
        let all = FOLLOWED.into_iter().filter_map(apart);
        all.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, objective, halves)| (objective, halves))
    }

    /// The targets that later sizes follow, each further out by a share of its own.
    fn loosest(&self, found: &Found, tight: &Objectives, by: f64) -> Objectives {
        let replicates = found.choice.topology != Topology::Rebuild;
        FOLLOWED.into_iter().filter(|_| replicates).fold(tight.clone(), |all, objective| {
            let Some((own, from)) = time(self.objectives, objective).zip(time(tight, objective)) else { return all };
            let to = if objective == Objective::Runway { from - own * by } else { from + own * by };
            let to = printed(self.objectives, objective, to.max(SHORTEST));
            to.map_or_else(|| all.clone(), |to| with_time(&all, objective, to))
        })
    }

    /// With the budget that its months need under these targets, and whether their sizes follow any; `None` where none is found.
    fn with_budget(&self, found: &Found, targets: &Objectives) -> Option<(Relaxed, bool)> {
        let (mut targets, mut replaced) = (targets.clone(), false);
        for _ in 0..ROUNDS {
            let plan = self.ahead.with(&targets);
            let cost = self.ahead.beside(&plan).of(found);
            replaced |= cost.own.grown.steps > 0 || cost.own.follows.is_some() || cost.waits.is_some();
            let month = found.month.complete().filter(|_| cost.waits.is_none()).unwrap_or(Money::ZERO);
            let dearest = cost.own.dearest().max(month);
            let within = targets.budget.is_none_or(|most| dearest <= most);
            if within {
                return Some((self.to(targets), replaced));
            }
            targets = with_target(&targets, Objective::Cost, Figure::Money(dearest))?;
            // Only the group that follows a pair has an open size, which a budget moves.
            if found.choice.topology != Topology::Passive {
                return Some((self.to(targets), replaced));
            }
        }
        None
    }

    /// The targets but the budget, moved to what a design can do on the first day.
    fn by_figures(&self, found: &Found) -> Option<Objectives> {
        let mut candidate = found.candidate();
        candidate.unmet.retain(|unmet| *unmet != Objective::Cost);
        Some(relaxed(self.objectives, &candidate)?.objectives)
    }

    fn to(&self, targets: Objectives) -> Relaxed {
        Relaxed::between(self.objectives, targets)
    }
}

/// The targets that sizes of later months go on to meet.
const FOLLOWED: [Objective; 2] = [Objective::Runway, Objective::Rpo];

/// One of them.
const fn time(targets: &Objectives, objective: Objective) -> Option<Secs> {
    if matches!(objective, Objective::Runway) { targets.runway } else { targets.rpo }
}

fn with_time(targets: &Objectives, objective: Objective, to: Secs) -> Objectives {
    let moved = targets.clone();
    if objective == Objective::Runway {
        Objectives { runway: Some(to), ..moved }
    } else {
        Objectives { rpo: Some(to), ..moved }
    }
}

/// The time moved out to one that prints in full.
fn printed(targets: &Objectives, objective: Objective, to: Secs) -> Option<Secs> {
    time(&with_target(targets, objective, Figure::Time(to))?, objective)
}
