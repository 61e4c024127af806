//! Watching: alert rules and logs.

use super::line::{Item, by_region, decimal, tiered};
use super::{BillLine, LineKind, Scope};
use crate::catalog::Meter;
use crate::units::format;
use rust_decimal::Decimal;

/// `rules of a cache × caches × price of a metric time series for a month`, by region.
pub(super) fn alerts(scope: &Scope) -> Vec<BillLine> {
    let rules = scope.plan.pricing.alerts_per_cache;
    if rules == 0 {
        return Vec::new();
    }
    by_region(scope, Meter::AlertSeries)
        .into_iter()
        .flat_map(|place| {
            let item = Item {
                label: format!("Metric alerts, {}", scope.catalog.region_name(place.region)),
                meter: "Alerts Metric Monitored".to_owned(),
                region: Some(place.region.clone()),
                quantity: place.len() * Decimal::from(rules),
                unit: "time series",
                formula: format!("{} × {rules} a cache", place.caches_in_words()),
                note: "One time series for each rule.".to_owned(),
            };
            tiered(LineKind::Alerts, item, place.schedule)
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
    by_region(scope, Meter::LogGb)
        .into_iter()
        .flat_map(|place| {
            let item = Item {
                label: format!("Logs, {}", scope.catalog.region_name(place.region)),
                meter: "Analytics Logs Data Ingestion".to_owned(),
                region: Some(place.region.clone()),
                quantity: place.len() * gb,
                unit: "GB",
                formula: format!("{} × {} a cache", place.caches_in_words(), format::bytes(each)),
                note: "5 GB a month are free for a billing account; not deducted here.".to_owned(),
            };
            tiered(LineKind::Logs, item, place.schedule)
        })
        .collect()
}
