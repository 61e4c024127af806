//! Prepaid terms that end before their time: the rest is exchanged, for the next size's term or for that of what follows.

use super::{Change, Month, Origin, Path, Step};
use crate::catalog::Catalog;
use crate::plan::{Plan, ReservationTerm};
use crate::units::{Currency, Money};
use rust_decimal::Decimal;

/// The rest of a prepaid term at the end of a size or of a service. Of a reservation as much is exchanged as the new one is worth, and the
/// rest is refunded up to a limit (Z10), a pair's before Premium ends (D6); only what is above both is a cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exchanged {
    /// The first month without the term, from 1.
    pub month: u32,
    /// Months of it that are left.
    pub left: u32,
    /// What was paid for them.
    pub worth: Money,
    /// The part of it that is neither exchanged nor refunded.
    pub lost: Money,
    /// What follows is another service: that its term may take the rest is inferred (M-10).
    pub other_service: bool,
    /// It was prepaid for what runs today.
    pub of_today: bool,
}

/// The most that a year's refunds of reservations may be, in US dollars (Z10: 50,000 in 12 months and billing profile).
fn most_refunded() -> Money {
    Money::whole(50_000)
}

/// What of the rest of a term is neither exchanged nor refunded (Z10): the term of `next` takes as much of it as it is worth itself, since
/// the quantity to return is chosen, and what an exchange returns counts to no limit of refunds. That limit is in US dollars; in another
/// currency nothing is refunded. In parts of a dollar (assumption); nodes are returned one by one.
pub(super) fn lost(rest: Money, next: &Month, plan: &Plan, catalog: &Catalog) -> Money {
    let term = plan.pricing.reservation.map_or(0, |term| 12 * term.years());
    let refunded = if catalog.currency() == Currency::USD { most_refunded() } else { Money::ZERO };
    (rest - next.prepaid * Decimal::from(term) - refunded).max(Money::ZERO)
}

/// The month in which the term of `month` was bought: the last step before it that exchanged one, else the first month.
pub(super) fn bought(steps: &[Step], first: u32, month: u32) -> u32 {
    let scaled = steps.iter().filter(|step| matches!(step.change, Change::Scale { .. }));
    scaled.map(|step| step.month).filter(|at| (first..=month).contains(at)).max().unwrap_or(first)
}

/// Months of a term that are left at the end of month `last`, with what was paid for them; `None` without any.
pub(super) fn left(term: ReservationTerm, since: u32, last: u32, prepaid: Money) -> Option<(u32, Money)> {
    let months = 12 * term.years();
    let used = (last + 1).checked_sub(since)?;
    let left = (months - used % months) % months;
    (left > 0 && prepaid > Money::ZERO).then(|| (left, prepaid * Decimal::from(left)))
}

/// Every rest of a term that a path exchanges, by month.
pub(super) fn exchanged(path: &Path, term: Option<ReservationTerm>) -> Vec<Exchanged> {
    let mut since = 1;
    // A design that is moved to begins with that move.
    let mut of_today = path.way == Origin::Moves;
    let rest = |step: &Step| match &step.change {
        Change::Scale { .. } => {
            let last = step.month - 1;
            let before = path.months.get((last as usize).checked_sub(1)?)?.prepaid;
            let (left, worth) = left(term?, std::mem::replace(&mut since, step.month), last, before)?;
            Some(Exchanged { month: step.month, left, worth, lost: Money::ZERO, other_service: false, of_today: false })
        }
        Change::Migration { prepaid_left, lost, last_month, side_by_side, .. } => {
            since = if *side_by_side == 0 { last_month + 1 } else { step.month };
            let of_today = std::mem::take(&mut of_today);
            let (left, worth) = (*prepaid_left)?;
            Some(Exchanged { month: last_month + 1, left, worth, lost: *lost, other_service: true, of_today })
        }
        _ => None,
    };
    path.steps.iter().filter_map(rest).collect()
}
