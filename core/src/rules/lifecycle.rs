//! Dates: what can no longer be created, and what retires.

use super::view::{Outcome, Rule, View};
use crate::catalog::Severity;
use crate::units::Date;

pub(super) const RULES: &[Rule] = &[
    ("PAS-EOL", premium_dates),
    ("PAS-REBUILD", new_premium),
    ("PAS-MIGTOOL", migration_tooling),
    ("ACT-CACHE-ENT-EOL", enterprise_dates),
];

/// Year, month and day; all of them are dates, so the fall-back is never taken.
fn date(year: i32, month: u8, day: u8, fallback: Date) -> Date {
    Date::new(year, month, day).unwrap_or(fallback)
}

/// From this day new customers cannot create Premium caches (C1).
pub(crate) fn creation_ends_for_new_customers(fallback: Date) -> Date {
    date(2026, 4, 1, fallback)
}

/// From this day nobody can create Premium caches (C1).
pub(crate) fn creation_ends(fallback: Date) -> Date {
    date(2026, 10, 1, fallback)
}

/// Basic, Standard and Premium retire (D6).
pub(crate) fn premium_retires(fallback: Date) -> Date {
    date(2028, 9, 30, fallback)
}

const PREMIUM_SOURCE: &str = "D6 (2025-10-02): retirement 2028-09-30; C1 (third party): creation off 2026-04-01 and 2026-10-01, on no Microsoft page found";

fn premium_dates(view: &View) -> Outcome {
    let start = view.plan.horizon.start;
    let (end, retires) = (view.horizon_end(), premium_retires(view.plan.horizon.start));
    let refused = creation_refused(view, start);
    if start >= retires {
        let sentence = format!("The plan starts on {start}; Premium retires on {retires}.");
        return Outcome::broken(sentence, "Move to Azure Managed Redis.", "horizon.start").with_source(PREMIUM_SOURCE);
    }
    let month = start.months_until(retires) + 1;
    let crossing =
        format!("Premium retires on {retires}, in month {month} of a horizon of {} months.", view.plan.horizon.months);
    let outcome = match (refused, end > retires) {
        (Some(refused), true) => {
            Outcome::broken(format!("{refused} {crossing}"), "Compare with the active group.", "passive.exists")
        }
        (Some(refused), false) => Outcome::broken(refused, "Compare with the active group.", "passive.exists"),
        (None, true) => Outcome::broken(
            crossing,
            "Plan the migration to Azure Managed Redis before that month, or shorten the horizon.",
            "horizon.months",
        )
        .with_severity(Severity::Warn),
        (None, false) => Outcome::Holds,
    };
    outcome.with_source(PREMIUM_SOURCE)
}

/// Why a pair that does not exist yet cannot be made.
fn creation_refused(view: &View, start: Date) -> Option<String> {
    let (new, existing) = (creation_ends_for_new_customers(start), creation_ends(start));
    if view.plan.passive.exists || start < new {
        return None;
    }
    let refused = if start >= existing {
        format!("creation of Premium caches is refused since {existing} (for new customers since {new})")
    } else {
        format!(
            "creation of Premium caches is refused for new customers since {new}, and for existing ones from {existing}"
        )
    };
    Some(format!("The pair does not exist yet and the plan starts on {start}: {refused}."))
}

fn new_premium(view: &View) -> Outcome {
    let start = view.plan.horizon.start;
    if start < creation_ends_for_new_customers(start) {
        return Outcome::NotApplicable("Premium caches can still be created when the plan starts");
    }
    Outcome::confirmed(
        view.plan.passive.checks.goes_on_without_new_premium,
        &format!(
            "Premium caches cannot be created any more on {start}: a cache of the pair that is lost for good is not replaced."
        ),
        "Write down what follows the loss of one cache: run on one, or move to Azure Managed Redis.",
        "passive.checks.goes_on_without_new_premium",
    )
    .with_source("C1 (third party; refusals confirmed live): creation off 2026-04-01 and 2026-10-01")
}

fn migration_tooling(_: &View) -> Outcome {
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
    let start = view.plan.horizon.start;
    let days = view.horizon_end();
    let retires = date(2027, 3, 31, start);
    let tail = if days > retires { " and the plan runs past that day" } else { "" };
    Outcome::broken(
        format!("{sku} retires on {retires}{tail}; new ones have not been created since 2026-04-01."),
        "Choose an Azure Managed Redis size.",
        "active.sku",
    )
    .with_source("D6 (2025-10-02); Azure Updates 499606")
}
