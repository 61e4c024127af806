//! What a plan of a portfolio has to move, in the figures that waves are made of (M-18).

use crate::catalog::{Catalog, Service};
use crate::evaluate::Evaluation;
use crate::model::cost::Total;
use crate::model::migration::{Gap, Kind, PathKind, migration, target_of};
use crate::plan::{DataClass, Plan};
use crate::units::{Date, HOURS_PER_MONTH, Secs};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

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
    /// Months of 730 h in which `twice` is paid, as planned: members that are replaced one after the other add up.
    pub planned: Decimal,
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

    /// What runs twice in a month, from 0, of those side by side: the first months whole, the last what is left of the planned time.
    pub(super) fn twice_in(&self, month: u32) -> Total {
        let left = (self.planned - Decimal::from(month)).max(Decimal::ZERO);
        let own = if month + 1 < self.beside { left.min(Decimal::ONE) } else { left };
        // No planned time is a first month of it.
        let share = own.checked_div(self.planned).unwrap_or_else(|| Decimal::from(u32::from(month == 0)));
        self.twice.part(share)
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
            planned: months(
                figures.beside,
                if chosen.path == PathKind::Rolling { moved.running.caches.len() } else { 1 },
            ),
            begin_by: schedule.latest,
            starts: plan.horizon.start,
            risk: u8::from(unique) * 2 + u8::from(matches!(figures.gap, Gap::Lasts(_))),
            old: moved.old_month,
            new: moved.new_month,
        })
    }
}

/// A time that so many members take one after the other, in months.
fn months(each: Secs, members: usize) -> Decimal {
    let hours = Decimal::from_f64(each.as_hours()).unwrap_or_default();
    hours * Decimal::from(members) / Decimal::from(HOURS_PER_MONTH)
}
