//! Watching and practising: alert rules, logs, drills.

use super::line::{Item, by_ladder, by_the_month, decimal, joined, line, tiered};
use super::{BillLine, LineKind, Scope};
use crate::catalog::{KnownPrice, Meter, Price, PriceWord};
use crate::report::format;
use rust_decimal::Decimal;

/// `rules of a cache × caches × price of a metric time series for a month`.
pub(super) fn alerts(scope: &Scope) -> Vec<BillLine> {
    let rules = scope.plan.pricing.alerts_per_cache;
    if rules == 0 {
        return Vec::new();
    }
    by_ladder(scope, Meter::AlertSeries)
        .into_iter()
        .flat_map(|group| {
            let item = Item {
                label: "Metric alerts".to_owned(),
                meter: "Alerts Metric Monitored".to_owned(),
                region: group.region(),
                quantity: group.len() * Decimal::from(rules),
                unit: "time series",
                formula: format!("{} × {rules} a cache", group.caches_in_words()),
                note: "One time series for each rule.".to_owned(),
            };
            tiered(LineKind::Alerts, item, group.ladder)
        })
        .collect()
}

/// `GB of a cache × caches × price of a GB ingested`, by region.
pub(super) fn logs(scope: &Scope) -> Vec<BillLine> {
    let each = scope.plan.pricing.logs_per_cache;
    let gb = decimal(each.as_gb());
    if gb.is_zero() {
        return Vec::new();
    }
    by_ladder(scope, Meter::LogGb)
        .into_iter()
        .flat_map(|group| {
            let names: Vec<&str> = group.caches.iter().map(|it| scope.catalog.region_name(&it.region)).collect();
            let item = Item {
                label: format!("Logs, {}", joined(&names)),
                meter: "Analytics Logs Data Ingestion".to_owned(),
                region: group.region(),
                quantity: group.len() * gb,
                unit: "GB",
                formula: format!("{} × {} a cache", group.caches_in_words(), format::bytes(each)),
                note: "5 GB a month are free for a billing account; not deducted here.".to_owned(),
            };
            tiered(LineKind::Logs, item, group.ladder)
        })
        .collect()
}

/// `drills a year × hours of people ÷ 12 × what an hour costs`; without that price the line has no amount.
pub(super) fn drills(scope: &Scope) -> Option<BillLine> {
    let pricing = &scope.plan.pricing;
    if pricing.drills_per_year == 0 {
        return None;
    }
    let hours = pricing.hours_per_drill.max(Decimal::ZERO);
    let item = Item {
        label: "Drills, people".to_owned(),
        meter: ENGINEER.to_owned(),
        region: None,
        quantity: by_the_month(hours.saturating_mul(Decimal::from(pricing.drills_per_year))),
        unit: "hour",
        formula: format!("{} a year × {} h ÷ 12", pricing.drills_per_year, format::quantity(hours)),
        note: String::new(),
    };
    Some(line(LineKind::Drills, item, engineer_hour(scope)))
}

/// Hours of people that the move from a pair to a group takes, once.
pub(super) fn migration_once(scope: &Scope) -> Option<BillLine> {
    let hours = scope.plan.horizon.migration_hours;
    let item = Item {
        label: "Migration, people".to_owned(),
        meter: ENGINEER.to_owned(),
        region: None,
        quantity: Decimal::from(hours),
        unit: "hour",
        formula: format!("{} h, once", format::quantity(Decimal::from(hours))),
        note: "The hours are an assumption of the plan.".to_owned(),
    };
    (hours > 0).then(|| line(LineKind::Migration, item, engineer_hour(scope)))
}

/// What stands for a meter where people are paid.
const ENGINEER: &str = "Engineer's hour";

/// The plan's price of an hour of an engineer, where prices are in its currency.
fn engineer_hour(scope: &Scope) -> Price {
    let (pricing, currency) = (&scope.plan.pricing, scope.catalog.currency());
    pricing.engineer_hour.filter(|_| pricing.currency == currency).map_or_else(
        || Price::Unknown {
            reason: match pricing.engineer_hour {
                None => "no price for people: enter what an hour of an engineer costs".to_owned(),
                Some(_) => format!(
                    "the hour of an engineer is in {} and the prices are in {currency}: enter it in {currency}",
                    pricing.currency
                ),
            },
        },
        |amount| {
            Price::Known(KnownPrice {
                amount,
                word: PriceWord::Yours,
                as_of: String::new(),
                source: "your input".to_owned(),
                how: String::new(),
            })
        },
    )
}
