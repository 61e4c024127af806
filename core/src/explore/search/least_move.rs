//! How far the targets have to move for one design to meet them (M-17).
//!
//! The first day's figures say how far at least. Later sizes go on to meet the targets that the first one meets (M-10), so that the months, and
//! with them the budget, depend on the targets too: looser ones than the first day asks for may keep the budget nearer.

use super::ahead::Ahead;
use super::found::Found;
use super::last_month::{LastMonths, follow_targets};
use crate::decide::{Relaxed, relaxed, with_target};
use crate::model::Topology;
use crate::model::horizon::HorizonCost;
use crate::model::verdict::{Figure, Objective};
use crate::plan::Objectives;
use crate::units::{Money, Secs};
use rust_decimal::Decimal;
use std::cell::RefCell;
use std::rc::Rc;

/// Another budget may give the group that follows a pair another size, whose months pass it again: so often it is moved on.
const ROUNDS: u32 = 4;

/// Distances that differ by less are the same.
const ALIKE: f64 = 1e-9;

/// Looser targets are tried where they may bring the sum nearer by more than this, of one above 1 by more than this share of it.
const WORTH: f64 = 1.0 / 64.0;

/// So often a smaller budget is tried.
const PROBES: u32 = 5;

/// The share of a budget to which a smaller one is sought.
const SMALLER: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// The targets that sizes of later months go on to meet.
const FOLLOWED: [Objective; 2] = [Objective::Runway, Objective::Rpo];

/// Moves the targets of a plan.
pub(super) struct Mover<'a> {
    objectives: &'a Objectives,
    ahead: &'a Ahead<'a>,
    last: LastMonths<'a>,
    /// Under targets that were tried.
    tried: RefCell<Vec<(Objectives, Rc<Ahead<'a>>)>>,
}

/// Targets between two ends, and how far the budget has to move at least at the looser one.
struct Between {
    tight: Objectives,
    loose: Objectives,
    budget: f64,
}

/// The smallest move that was found for a design, and how small it has to be to count.
struct Smallest {
    limit: f64,
    best: Option<Relaxed>,
}

impl Smallest {
    fn take(&mut self, moved: &Relaxed) {
        if moved.distance < self.limit - ALIKE {
            self.limit = moved.distance;
            self.best = Some(moved.clone());
        }
    }

    /// Worth trying: no sum there is below `least`.
    fn may_be_nearer(&self, least: f64) -> bool {
        self.limit - least > WORTH * self.limit.max(1.0)
    }
}

impl<'a> Mover<'a> {
    pub(super) fn new(objectives: &'a Objectives, ahead: &'a Ahead<'a>) -> Self {
        let last = LastMonths::of(ahead.plan(), ahead.catalog());
        Self { objectives, ahead, last, tried: RefCell::default() }
    }

    /// By the figures of the first day alone, the first month where it is paid, and the least of the last one: no move is smaller. `None` where a
    /// figure stands in the way.
    pub(super) fn at_least(&self, found: &Found) -> Option<f64> {
        let tight = self.by_figures(found)?;
        let budget = if self.objectives.budget.is_some() { self.over(self.last.least(found, None)) } else { 0.0 };
        Some(self.distance(&tight) + budget)
    }

    /// The smallest move that is below a limit; `None` where none is found.
    pub(super) fn smallest(&self, found: &Found, limit: f64) -> Option<Relaxed> {
        let tight = self.by_figures(found)?;
        if self.objectives.budget.is_none() {
            return Some(self.to(tight)).filter(|it| it.distance < limit);
        }
        let mut own = Smallest { limit, best: None };
        let budget = self.budget(found, &tight, &mut own)?;
        let least = self.distance(&tight) + self.over(self.last.least(found, None));
        let follows = || follow_targets(found.choice.topology, self.ahead.plan(), self.ahead.catalog());
        if own.may_be_nearer(least) && budget > 0.0 && follows() {
            self.looser(found, tight, own.limit - least, &mut own);
        }
        own.best
    }

    /// Of targets that are looser than the first day asks for: none between two ends is nearer than the tighter end, and none needs a smaller
    /// budget than the looser one. What may be below the limit by both is halved.
    fn looser(&self, found: &Found, tight: Objectives, by: f64, own: &mut Smallest) -> Option<()> {
        let loosest = self.loosest(&tight, by);
        let mut budget = self.budget(found, &loosest, own)?;
        let mut open = Vec::new();
        let same_rpo = Objectives { rpo: tight.rpo, ..loosest.clone() };
        let without = if same_rpo == loosest { budget } else { self.budget(found, &same_rpo, own)? };
        if without > budget + ALIKE {
            open.push(Between { tight, loose: loosest, budget });
        } else {
            budget = without;
            open.push(Between { tight, loose: same_rpo, budget });
        }
        while let Some(Between { tight, loose, budget }) = open.pop() {
            if !own.may_be_nearer(self.distance(&tight) + budget) {
                continue;
            }
            let Some((objective, [near, far])) = self.halves(&tight, &loose) else { continue };
            let nearer = with_time(&loose, objective, near);
            open.push(Between { tight: with_time(&tight, objective, far), loose, budget });
            if let Some(budget) = self.budget(found, &nearer, own) {
                open.push(Between { tight, loose: nearer, budget });
            }
        }
        Some(())
    }

    /// The same move with its followed targets as near as they may be.
    pub(super) fn nearest(&self, found: &Found, moved: Relaxed) -> Relaxed {
        let Some(tight) = self.by_figures(found).filter(|_| self.objectives.budget.is_some()) else { return moved };
        let moved = FOLLOWED.into_iter().fold(moved, |moved, objective| self.nearer(found, &tight, moved, objective));
        if found.choice.topology == Topology::Passive { self.smaller(found, moved) } else { moved }
    }

    /// The same with a budget under which a smaller group follows a pair: while no size keeps a budget, the group meets the targets instead.
    fn smaller(&self, found: &Found, moved: Relaxed) -> Relaxed {
        let Some((own, mut far)) = self.objectives.budget.zip(moved.objectives.budget) else { return moved };
        let mut near = self.last.least(found, None).max(own);
        let mut best = Smallest { limit: moved.distance, best: None };
        for _ in 0..PROBES {
            if far - near <= far * SMALLER {
                break;
            }
            let middle = near + (far - near) * Decimal::new(5, 1);
            let Some(targets) = with_target(&moved.objectives, Objective::Cost, Figure::Money(middle)) else { break };
            let dearest = dearest(found, &self.under(&targets).of(found));
            if targets.budget.is_some_and(|most| dearest <= most) {
                best.take(&self.to(targets));
                far = middle;
            } else {
                near = middle;
            }
        }
        best.best.unwrap_or(moved)
    }

    fn nearer(&self, found: &Found, tight: &Objectives, moved: Relaxed, objective: Objective) -> Relaxed {
        let ends = time(tight, objective).zip(time(&moved.objectives, objective));
        let Some((mut near, mut far)) = ends else { return moved };
        let mut own = Smallest { limit: moved.distance, best: None };
        let budget = self.objectives.budget;
        while let Some(middle) = self.middle(objective, near, far) {
            let targets = Objectives { budget, ..with_time(&moved.objectives, objective, middle) };
            let before = own.limit;
            self.budget(found, &targets, &mut own);
            if own.limit < before { far = middle } else { near = middle }
        }
        own.best.unwrap_or(moved)
    }

    /// The target whose ends differ the most, with the looser end of its nearer half and the tighter end of the other: half-way, at a time that
    /// prints in full; where there is none between them, the ends. `None` where none differs.
    fn halves(&self, tight: &Objectives, loose: &Objectives) -> Option<(Objective, [Secs; 2])> {
        let apart = |objective: Objective| {
            let (near, far) = (time(tight, objective)?, time(loose, objective)?);
            let width = (near.as_secs() - far.as_secs()).abs() / time(self.objectives, objective)?.as_secs();
            let halves = self.step_between(objective, near, far).map_or([near, far], |middle| [middle; 2]);
            (near != far).then_some((width, objective, halves))
        };
        let all = FOLLOWED.into_iter().filter_map(apart);
        all.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, objective, halves)| (objective, halves))
    }

    /// A time that prints in full half-way between two; `None` where none is between them.
    fn middle(&self, objective: Objective, near: Secs, far: Secs) -> Option<Secs> {
        let middle = printed(self.objectives, objective, (near + far) * 0.5)?;
        let between = middle > near.min(far) && middle < near.max(far);
        between.then_some(middle)
    }

    /// The same in steps that are worth it: those of all designs, so that what follows a pair is walked once.
    fn step_between(&self, objective: Objective, near: Secs, far: Secs) -> Option<Secs> {
        let step = time(self.objectives, objective)? * WORTH;
        let middle = printed(self.objectives, objective, step * libm::round((near + far) * 0.5 / step))?;
        let between = middle > near.min(far) && middle < near.max(far);
        between.then_some(middle)
    }

    /// The targets that later sizes follow, each further out by a share of its own.
    fn loosest(&self, tight: &Objectives, by: f64) -> Objectives {
        FOLLOWED.into_iter().fold(tight.clone(), |all, objective| {
            let Some((own, from)) = time(self.objectives, objective).zip(time(tight, objective)) else { return all };
            let (step, by) = (own * WORTH, own * by);
            let to = if objective == Objective::Runway {
                step * libm::floor((from - by).max(step) / step)
            } else {
                step * libm::ceil((from + by) / step)
            };
            let to = printed(self.objectives, objective, to);
            to.map_or_else(|| all.clone(), |to| with_time(&all, objective, to))
        })
    }

    /// How far the budget has to move under these targets: at least, where that is enough to pass the limit, else as its months say, which are then
    /// taken. `None` where no budget is found.
    fn budget(&self, found: &Found, targets: &Objectives, own: &mut Smallest) -> Option<f64> {
        let (apart, least) = (self.distance(targets), self.over(self.last.least(found, Some(targets))));
        if apart + least >= own.limit - ALIKE {
            return Some(least);
        }
        let moved = self.by_months(found, targets)?;
        own.take(&moved);
        Some(moved.distance - apart)
    }

    /// With the budget that its months need under these targets.
    fn by_months(&self, found: &Found, targets: &Objectives) -> Option<Relaxed> {
        let (mut moved, mut group) = (targets.clone(), true);
        for _ in 0..ROUNDS {
            let cost = self.under(&moved).of(found);
            self.last.waits(found, &cost);
            let dearest = dearest(found, &cost);
            if moved.budget.is_none_or(|most| dearest <= most) {
                if group {
                    self.last.follows(found, targets, moved.budget);
                }
                return Some(self.to(moved));
            }
            group &= cost.own.dearest_that_follows() == Some(dearest);
            moved = with_target(&moved, Objective::Cost, Figure::Money(dearest))?;
            // Only the group that follows a pair has an open size, which a budget moves.
            if found.choice.topology != Topology::Passive {
                return Some(self.to(moved));
            }
        }
        None
    }

    /// Costs under these targets, as far as sizes of later months follow them.
    fn under(&self, targets: &Objectives) -> Rc<Ahead<'a>> {
        let Objectives { rpo, runway, budget, .. } = *targets;
        let followed = Objectives { rpo, runway, budget, ..self.objectives.clone() };
        let mut tried = self.tried.borrow_mut();
        if let Some((_, known)) = tried.iter().find(|it| it.0 == followed) {
            return Rc::clone(known);
        }
        let then = Rc::new(self.ahead.moved(&followed));
        tried.push((followed, Rc::clone(&then)));
        then
    }

    /// The targets but the budget, moved to what a design can do on the first day.
    fn by_figures(&self, found: &Found) -> Option<Objectives> {
        let mut candidate = found.candidate();
        candidate.unmet.retain(|unmet| *unmet != Objective::Cost);
        Some(relaxed(self.objectives, &candidate)?.objectives)
    }

    /// How far a budget for such a month is away.
    fn over(&self, month: Money) -> f64 {
        let passes = self.objectives.budget.is_some_and(|most| month > most);
        let moved = passes.then(|| with_target(self.objectives, Objective::Cost, Figure::Money(month))).flatten();
        moved.map_or(0.0, |moved| self.distance(&moved))
    }

    fn distance(&self, targets: &Objectives) -> f64 {
        self.to(targets.clone()).distance
    }

    fn to(&self, targets: Objectives) -> Relaxed {
        Relaxed::between(self.objectives, targets)
    }
}

/// The dearest month that is paid of a design.
fn dearest(found: &Found, cost: &HorizonCost) -> Money {
    let first = found.month.complete().filter(|_| cost.waits.is_none());
    cost.own.dearest().max(first.unwrap_or_default())
}

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
