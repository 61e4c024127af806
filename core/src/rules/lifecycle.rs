//! Dates: what can no longer be created, and what retires.

use super::view::{NO_PAIR, Outcome, Rule, View};
use crate::catalog::{LifecycleEvent, Service, Severity};
use crate::model::lifecycle::{Creation, PremiumDates};
use crate::plan::Confirmation;
use crate::units::Date;

pub(super) const RULES: &[Rule] = &[
    ("PAS-EOL", premium_dates),
    ("PAS-REBUILD", new_premium),
    ("PAS-MIGTOOL", migration_tooling),
    ("ACT-CACHE-ENT-EOL", enterprise_dates),
];

const NO_DATES: &str = "the catalogue has no date for it";
const PREMIUM_SOURCE: &str = "D6 (2025-10-02): retirement; N1 (2025-10 to 2026-07-28): refused to all from 2026-10-01; N2 (captured 2026-09-17): withdrawn";
const CREATION_SOURCE: &str =
    "N1 (2025-10 to 2026-07-28): refused to all from 2026-10-01; N2 (captured 2026-09-17): withdrawn";
const TOOL_SOURCE: &str = "D5 (2026-03-26): moves no data, takes no injected cache; N4 (2026-03): a specification that takes injected ones; N5 \
                           (2026-08-20): data still left out; N6 (undated): a choice to copy data";
const HISTORY: &str = "passive.tenant_had_cache";
const ASK: &str = "Check the tenant's bills or activity logs, and answer.";

fn premium_dates(view: &View) -> Outcome {
    let Some(dates) = PremiumDates::of(view.catalog) else { return Outcome::NotVisible(NO_DATES) };
    let (start, retires) = (view.plan.horizon.start, dates.retires);
    if start >= retires {
        let sentence = format!("The plan starts on {start}; Premium retires on {retires}.");
        return Outcome::broken(sentence, "Move to Azure Managed Redis.", "horizon.start").with_source(PREMIUM_SOURCE);
    }
    let (month, months) = (start.months_until(retires) + 1, view.plan.horizon.months);
    let crossing =
        (view.horizon_end() > retires).then(|| format!("Premium retires on {retires}, month {month} of {months}."));
    let also = |first: String| [first, crossing.clone().unwrap_or_default()].join(" ").trim_end().to_owned();
    let day = dates.refused_without_history;
    let creation = Creation::of(view.plan, view.catalog);
    // One that runs in other regions is created here.
    let is_new = creation.is_refused() && view.plan.pair_runs_elsewhere();
    let exists = if is_new { Confirmation::NotSo } else { view.plan.passive.exists };
    let outcome = match (creation, exists, &crossing) {
        (Creation::Refused | Creation::Retired, Confirmation::NotSo, _) => {
            let sentence = format!(
                "The pair is not created yet, and a tenant without Azure Cache for Redis before {day} is refused Premium."
            );
            Outcome::broken(also(sentence), "Compare with the active group.", HISTORY)
        }
        (Creation::Unknown, Confirmation::NotSo, _) => {
            let sentence = also(format!("The pair is not created yet. {}", only_with_history(day)));
            asks(sentence, ASK, HISTORY, crossing.is_some())
        }
        (Creation::Refused | Creation::Retired | Creation::Unknown, Confirmation::Unknown, _) => {
            let sentence = format!("Whether the pair exists is open. {}", only_with_history(day));
            asks(also(sentence), "Answer it.", "passive.exists", crossing.is_some())
        }
        (_, _, Some(crossing)) => {
            let remedy = "Migrate before, or shorten the horizon.";
            Outcome::broken(crossing, remedy, "horizon.months").with_severity(Severity::Warn)
        }
        (_, _, None) => Outcome::Holds,
    };
    outcome.with_source(PREMIUM_SOURCE)
}

/// An open question; beside a date that the plan crosses it is part of that warning.
fn asks(sentence: String, remedy: &str, field: &'static str, crossing: bool) -> Outcome {
    if crossing {
        Outcome::broken(sentence, remedy, field).with_severity(Severity::Warn)
    } else {
        Outcome::open(sentence, remedy, field)
    }
}

fn only_with_history(day: Date) -> String {
    format!(
        "Only a tenant with Azure Cache for Redis before {day} can create Premium caches; whether this is one is open."
    )
}

fn new_premium(view: &View) -> Outcome {
    let Some(dates) = PremiumDates::of(view.catalog) else { return Outcome::NotVisible(NO_DATES) };
    let day = dates.refused_without_history;
    if view.plan.horizon.start < day {
        return Outcome::NotApplicable("Premium caches can still be created when the plan starts");
    }
    let goes_on = view.plan.passive.checks.goes_on_without_new_premium;
    let lost = "a cache lost for good is not replaced";
    let next = "Decide: run on one cache, or move to Azure Managed Redis.";
    let without = "passive.checks.goes_on_without_new_premium";
    let outcome = match Creation::of(view.plan, view.catalog) {
        _ if goes_on.is_confirmed() => Outcome::Holds,
        Creation::Allowed => Outcome::Holds,
        // A no blocks the pair.
        Creation::Unknown => Outcome::open(format!("{} Without, {lost}.", only_with_history(day)), ASK, HISTORY)
            .with_severity(Severity::Block),
        Creation::Refused => {
            let sentence =
                format!("A tenant without Azure Cache for Redis before {day} is refused new Premium caches: {lost}.");
            Outcome::asked(goes_on, &sentence, next, without).with_severity(Severity::Block)
        }
        Creation::Retired => {
            Outcome::asked(goes_on, &format!("Premium retires on {}: {lost}.", dates.retires), next, without)
        }
    };
    outcome.with_source(CREATION_SOURCE)
}

fn migration_tooling(view: &View) -> Outcome {
    if view.pair_regions().is_none() {
        return Outcome::NotApplicable(NO_PAIR);
    }
    Outcome::applies(
        "Microsoft's migration tool takes no geo-replicated and no private-endpoint cache. Sources disagree on injected caches and on moving \
         data.",
        "Plan export and import, or dual writes; try the tool on a copy before you count on it.",
        "",
    )
    .with_source(TOOL_SOURCE)
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
