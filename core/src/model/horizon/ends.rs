//! The last day of a service, as a month of the horizon.

use crate::catalog::{Catalog, LifecycleEvent, Service};
use crate::plan::Plan;
use crate::units::Date;
use serde::Serialize;

/// The end of the pair's service.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Retirement {
    /// The last day of the service.
    pub date: Date,
    /// The month of the horizon in which it falls; 0 when the plan starts after it.
    pub month: u32,
    /// Source tags.
    pub source: String,
}

/// Premium's last day, where the horizon reaches beyond it.
pub(super) fn retirement(plan: &Plan, catalog: &Catalog) -> Option<Retirement> {
    end_of(Service::Premium, plan, catalog)
}

/// A service's last day, where the horizon reaches beyond it.
pub(super) fn end_of(service: Service, plan: &Plan, catalog: &Catalog) -> Option<Retirement> {
    let (start, months) = (plan.horizon.start, plan.horizon.months);
    let last = catalog.lifecycle_event(service, LifecycleEvent::Retired)?;
    let month = if start >= last.date { 0 } else { start.months_until(last.date) + 1 };
    (start.plus_months(months) > last.date).then(|| Retirement { date: last.date, month, source: last.source.clone() })
}

/// The month of the horizon, from 1, in which the last day of a service falls, where the horizon reaches beyond that day (M-10); 0 where it begins
/// after it.
#[must_use]
pub fn last_month(service: Service, plan: &Plan, catalog: &Catalog) -> Option<u32> {
    end_of(service, plan, catalog).map(|ends| ends.month)
}
