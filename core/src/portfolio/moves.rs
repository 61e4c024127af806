//! What a plan of a portfolio has to move, in the figures that waves are made of (M-18).

use crate::catalog::{Catalog, Service};
use crate::evaluate::Evaluation;
use crate::model::cost::Total;
use crate::model::migration::{Gap, Kind, PathKind, migration, target_of};
use crate::plan::{DataClass, Plan};
use crate::units::Date;

/// Days of the longest month: a move that takes so many ends in the month after the one in which it begins, at worst.
const DAYS: u32 = 31;

/// What one plan moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// What runs.
    pub kind: Kind,
    /// Whose end forces it.
    pub service: Service,
    /// The last day of that service.
    pub last_day: Date,
    /// The path that it is counted with: the first of the ranking, else the first that applies.
    pub path: PathKind,
    /// Nodes that run today, for a month.
    pub old: Total,
    /// Nodes that follow, for a month.
    pub new: Total,
    /// Old nodes beside their successors, on that path.
    pub twice: Total,
    /// Copies and people's hours, once.
    pub once: Total,
    /// Months of preparation before both run: days of preparation and side by side ÷ 31, rounded up, less [`Self::beside`].
    pub prepare: u32,
    /// Months side by side, at least one: days ÷ 31, rounded up.
    pub beside: u32,
    /// The latest day on which its path may begin.
    pub begin_by: Date,
    /// The first day of its plan.
    pub starts: Date,
    /// What is at stake, the least first: no data held only here or of unknown class, and no second copy to lose.
    pub risk: u8,
}

impl Move {
    /// Months from its begin to its end.
    #[must_use]
    pub fn takes(&self) -> u32 {
        self.prepare.saturating_add(self.beside)
    }

    /// What the plan has to move; `None` where nothing is.
    pub(super) fn of(plan: &Plan, evaluation: &Evaluation, catalog: &Catalog) -> Option<Self> {
        let target = target_of(evaluation.comparison.recommended(), plan);
        let moved = migration(plan, catalog, target, None).ok()?;
        let chosen = moved.first_choice().or_else(|| moved.applying().next().map(|(path, _)| path))?;
        let figures = chosen.figures()?;
        let schedule = &figures.schedule;
        let beside = schedule.beside.div_ceil(DAYS).max(1);
        let whole = schedule.prepare.saturating_add(schedule.beside).div_ceil(DAYS);
        let unique = plan.data.whole().iter().any(|part| {
            part.share.as_fraction() > 0.0 && matches!(part.class, DataClass::HeldOnlyHere | DataClass::Unknown)
        });
        Some(Self {
            kind: moved.running.kind,
            service: moved.running.service,
            last_day: moved.running.last_day,
            path: chosen.path,
            twice: figures.twice.clone(),
            once: figures.once.clone(),
            prepare: whole.saturating_sub(beside),
            beside,
            begin_by: schedule.latest,
            starts: plan.horizon.start,
            risk: u8::from(unique) * 2 + u8::from(matches!(figures.gap, Gap::Lasts(_))),
            old: moved.old_month,
            new: moved.new_month,
        })
    }
}
