//! Whether a Premium cache can be created when the plan starts.

use crate::catalog::{Catalog, LifecycleEvent, Service};
use crate::plan::{Confirmation, Plan};
use crate::units::Date;

/// The dates that end Premium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PremiumDates {
    /// From this day a tenant that had no Azure Cache for Redis before it cannot create one (N1, N2).
    pub refused_without_history: Date,
    /// For this day a block for everyone was announced (N1), and withdrawn in July 2026 (N2).
    pub withdrawn: Date,
    /// The last day of the service (D6).
    pub retires: Date,
}

impl PremiumDates {
    /// As the catalogue has them; `None` from a catalogue without one of them.
    #[must_use]
    pub fn of(catalog: &Catalog) -> Option<Self> {
        let on = |event| catalog.lifecycle_event(Service::Premium, event).map(|entry| entry.date);
        Some(Self {
            refused_without_history: on(LifecycleEvent::CreationBlockedNew)?,
            withdrawn: on(LifecycleEvent::CreationBlockWithdrawn)?,
            retires: on(LifecycleEvent::Retired)?,
        })
    }
}

/// May a Premium cache be created on the day that the plan starts?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Creation {
    /// It may, until the service retires.
    Allowed,
    /// It may if the tenant had a cache before the day of [`PremiumDates::refused_without_history`]: the plan does not say.
    Unknown,
    /// It is refused: the tenant had none.
    Refused,
    /// The service retires on that day or has retired.
    Retired,
}

impl Creation {
    /// By the plan's first day and its answer about the tenant. Without dates in the catalogue nothing is known.
    #[must_use]
    pub fn of(plan: &Plan, catalog: &Catalog) -> Self {
        let Some(dates) = PremiumDates::of(catalog) else { return Self::Unknown };
        let start = plan.horizon.start;
        if start >= dates.retires {
            return Self::Retired;
        }
        match plan.passive.tenant_had_cache {
            _ if start < dates.refused_without_history => Self::Allowed,
            Confirmation::Confirmed => Self::Allowed,
            // Its pair is a cache that it had.
            Confirmation::Unknown if plan.pair_runs_elsewhere() => Self::Allowed,
            Confirmation::Unknown => Self::Unknown,
            Confirmation::NotSo => Self::Refused,
        }
    }

    /// No pair of this plan stands free: its service has retired, or it is not there yet and refused (PAS-EOL).
    #[must_use]
    pub fn bars_pair(plan: &Plan, catalog: &Catalog) -> bool {
        let creation = Self::of(plan, catalog);
        let is_new = plan.passive.exists.is_not_so() || plan.pair_runs_elsewhere();
        creation == Self::Retired || creation.is_refused() && is_new
    }

    /// True where a lost cache cannot be replaced by a new one; what is unknown is not taken as refused.
    #[must_use]
    pub const fn is_refused(self) -> bool {
        matches!(self, Self::Refused | Self::Retired)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The block of 2026-10-01 was withdrawn in July 2026; what counts is a cache before 2026-04-01 (N2).
    #[test]
    fn only_a_tenant_without_history_is_refused() {
        use Confirmation::{Confirmed as Yes, NotSo as No, Unknown};
        let catalog = Catalog::bundled().unwrap();
        let cases = [
            ("2026-03-31", No, Creation::Allowed),
            ("2026-04-01", No, Creation::Refused),
            ("2026-12-01", No, Creation::Refused),
            ("2026-12-01", Unknown, Creation::Unknown),
            ("2026-12-01", Yes, Creation::Allowed),
            ("2028-09-29", Yes, Creation::Allowed),
            ("2028-09-30", Yes, Creation::Retired),
            ("2028-10-01", Unknown, Creation::Retired),
        ];
        for (start, history, expected) in cases {
            let mut plan = Plan::default();
            (plan.horizon.start, plan.passive.tenant_had_cache) = (start.parse().unwrap(), history);
            assert_eq!(Creation::of(&plan, &catalog), expected, "{start} {history:?}");
        }
    }
}
