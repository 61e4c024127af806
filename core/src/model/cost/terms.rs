//! The ways that a design may be paid.

use crate::catalog::ReservationTerm;
use crate::plan::Plan;
use crate::units::names::Named;

/// The terms that a design may be paid by: as the plan pays, as it is used, and each reservation that is no longer than the horizon. A size
/// or a service that ends before its term does is no bar, of a pair and of a group alike: the rest of the term is exchanged (M-10).
#[must_use]
pub fn terms(plan: &Plan) -> Vec<Option<ReservationTerm>> {
    let own = plan.pricing.reservation;
    let ends_in_time = |term: &ReservationTerm| 12 * term.years() <= plan.horizon.months;
    let reserved = ReservationTerm::NAMES.iter().map(|(term, ..)| *term).filter(ends_in_time).map(Some);
    let mut all = vec![own];
    all.extend([None].into_iter().chain(reserved).filter(|term| *term != own));
    all
}
