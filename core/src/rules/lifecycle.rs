//! Dates: what can no longer be created, and what retires.

use super::view::{NO_PAIR, Outcome, Rule, View};
use crate::catalog::{Catalog, LifecycleEvent, Service, Severity};
use crate::units::Date;

pub(super) const RULES: &[Rule] = &[
    ("PAS-EOL", premium_dates),
    ("PAS-REBUILD", new_premium),
    ("PAS-MIGTOOL", migration_tooling),
    ("ACT-CACHE-ENT-EOL", enterprise_dates),
];

/// The three dates that end Premium (C1, C1, D6).
pub(crate) struct PremiumDates {
    /// From this day new customers cannot create caches.
    pub(crate) new_customers: Date,
    /// From this day nobody can.
    pub(crate) everyone: Date,
    /// The last day of the service.
    pub(crate) retires: Date,
}

impl PremiumDates {
    /// As the catalogue has them; `None` from a catalogue without one of them.
    pub(crate) fn of(catalog: &Catalog) -> Option<Self> {
        let on = |event| catalog.lifecycle_event(Service::Premium, event).map(|entry| entry.date);
        Some(Self {
            new_customers: on(LifecycleEvent::CreationBlockedNew)?,
            everyone: on(LifecycleEvent::CreationBlockedExisting)?,
            retires: on(LifecycleEvent::Retired)?,
        })
    }
}

const NO_DATES: &str = "the catalogue has no date for it";
const PREMIUM_SOURCE: &str =
    "D6 (2025-10-02) for the retirement; C1 (third party) for the creation blocks, found on no Microsoft page";

fn premium_dates(view: &View) -> Outcome {
    let Some(dates) = PremiumDates::of(view.catalog) else { return Outcome::NotVisible(NO_DATES) };
    let (start, retires) = (view.plan.horizon.start, dates.retires);
    if start >= retires {
        let sentence = format!("The plan starts on {start}; Premium retires on {retires}.");
        return Outcome::broken(sentence, "Move to Azure Managed Redis.", "horizon.start").with_source(PREMIUM_SOURCE);
    }
    let (month, months) = (start.months_until(retires) + 1, view.plan.horizon.months);
    let crossing = (view.horizon_end() > retires)
        .then(|| format!("Premium retires on {retires}, in month {month} of a horizon of {months} months."));
    let outcome = match (creation_refused(view, &dates), crossing) {
        (Some(refused), crossing) => {
            let sentence = [refused, crossing.unwrap_or_default()].join(" ");
            Outcome::broken(sentence.trim_end(), "Compare with the active group.", "passive.exists")
        }
        (None, Some(crossing)) => {
            let remedy = "Plan the migration to Azure Managed Redis before that month, or shorten the horizon.";
            Outcome::broken(crossing, remedy, "horizon.months").with_severity(Severity::Warn)
        }
        (None, None) => Outcome::Holds,
    };
    outcome.with_source(PREMIUM_SOURCE)
}

/// Why a pair that does not exist yet cannot be made.
fn creation_refused(view: &View, dates: &PremiumDates) -> Option<String> {
    let (start, new, everyone) = (view.plan.horizon.start, dates.new_customers, dates.everyone);
    if view.plan.passive.exists || start < new {
        return None;
    }
    let refused = if start >= everyone {
        format!("creation of Premium caches is refused since {everyone} (for new customers since {new})")
    } else {
        format!(
            "creation of Premium caches is refused for new customers since {new}, and for existing ones from {everyone}"
        )
    };
    Some(format!("The pair does not exist yet and the plan starts on {start}: {refused}."))
}

fn new_premium(view: &View) -> Outcome {
    let Some(dates) = PremiumDates::of(view.catalog) else { return Outcome::NotVisible(NO_DATES) };
    let start = view.plan.horizon.start;
    if start < dates.new_customers {
        return Outcome::NotApplicable("Premium caches can still be created when the plan starts");
    }
    Outcome::confirmed(
        view.plan.passive.checks.goes_on_without_new_premium,
        &format!(
            "New Premium caches are refused (new customers since {}, everyone since {}): a cache of the pair that is lost for good is not replaced.",
            dates.new_customers, dates.everyone
        ),
        "Write down what follows the loss of one cache: run on one, or move to Azure Managed Redis.",
        "passive.checks.goes_on_without_new_premium",
    )
    .with_source("C1 (third party; refusals were seen, no Microsoft page was found)")
}

fn migration_tooling(view: &View) -> Outcome {
    if view.pair_regions().is_none() {
        return Outcome::NotApplicable(NO_PAIR);
    }
    Outcome::applies(
        "Microsoft's migration tooling takes no geo-replicated, private-endpoint or injected cache, and moves no data.",
        "Plan the move to Azure Managed Redis as export and import, or as dual writes.",
        "",
    )
}

fn enterprise_dates(view: &View) -> Outcome {
    let Some(sku) = view.member_sku().filter(|sku| sku.as_str().starts_with("Enterprise")) else {
        return Outcome::Holds;
    };
    let on = |event| view.catalog.lifecycle_event(Service::Enterprise, event).map(|entry| entry.date);
    let (Some(blocked), Some(retires)) = (on(LifecycleEvent::CreationBlockedNew), on(LifecycleEvent::Retired)) else {
        return Outcome::NotVisible(NO_DATES);
    };
    let tail = if view.horizon_end() > retires { " and the plan runs past that day" } else { "" };
    Outcome::broken(
        format!("{sku} retires on {retires}{tail}; new ones have not been created since {blocked}."),
        "Choose an Azure Managed Redis size.",
        "active.sku",
    )
    .with_source("D6 (2025-10-02); U1")
}
