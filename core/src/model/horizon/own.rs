//! The months of one design by itself: what a budget of a month is held against.

use super::{Change, Path, Retirement};
use crate::model::fit::SizeName;
use crate::units::Money;

/// The bills of a design from the first month on while the load grows (M-10), as long as its service lasts: without its way from what runs
/// today, and without what follows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnMonths {
    /// Month by month, the known part of each bill; empty where the design is not possible.
    pub bills: Vec<Money>,
    /// The first month, from 1, whose size is another one, and that size.
    pub next: Option<(u32, Vec<SizeName>)>,
}

impl OwnMonths {
    /// Of the path as if the service had no end, up to its end.
    pub(super) fn of(path: &Path, ends: Option<&Retirement>) -> Self {
        let last = ends.map_or(u32::MAX, |ends| ends.month.saturating_sub(1));
        let months = path.months.iter().take_while(|month| month.number <= last);
        let next = path.steps.iter().find_map(|step| match &step.change {
            Change::Scale { to, .. } if step.month <= last => Some((step.month, to.clone())),
            _ => None,
        });
        Self { bills: months.map(|month| month.bill.at_least()).collect(), next }
    }

    /// The dearest month; 0 without any.
    #[must_use]
    pub fn dearest(&self) -> Money {
        self.bills.iter().copied().max().unwrap_or(Money::ZERO)
    }

    /// How many months cost more than a budget.
    #[must_use]
    pub fn over(&self, budget: Money) -> usize {
        self.bills.iter().filter(|bill| **bill > budget).count()
    }

    /// The bill of a month, from 1.
    #[must_use]
    pub fn bill(&self, month: u32) -> Option<Money> {
        self.bills.get(month.checked_sub(1)? as usize).copied()
    }
}
