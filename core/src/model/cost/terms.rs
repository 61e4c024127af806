//! The ways that a topology may be paid.

use crate::catalog::{Catalog, LifecycleEvent, ReservationTerm, Service};
use crate::model::Topology;
use crate::plan::Plan;
use crate::units::names::Named;

/// The terms that a topology may be paid by: as the plan pays, as it is used, and each reservation that ends inside the horizon; a
/// pair's before Premium retires.
#[must_use]
pub fn terms(topology: Topology, plan: &Plan, catalog: &Catalog) -> Vec<Option<ReservationTerm>> {
    let own = plan.pricing.reservation;
    let start = plan.horizon.start;
    let retires = catalog.lifecycle_event(Service::Premium, LifecycleEvent::Retired).map(|event| event.date);
    let ends_in_time = |term: ReservationTerm| {
        let months = 12 * term.years();
        let lasts = retires.is_none_or(|date| topology != Topology::Passive || start.plus_months(months) <= date);
        months <= plan.horizon.months && lasts
    };
    let reserved = ReservationTerm::NAMES.iter().map(|(term, ..)| *term).filter(|term| ends_in_time(*term)).map(Some);
    let mut all = vec![own];
    all.extend([None].into_iter().chain(reserved).filter(|term| *term != own));
    all
}
