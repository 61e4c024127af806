//! Watching: alert rules and logs.

use super::line::{Item, by_region, decimal, tiered};
use super::{BillLine, Formula, Label, LineKind, Note, Scope};
use crate::catalog::Meter;
use rust_decimal::Decimal;

/// `rules of a cache × caches × price of a metric time series for a month`, by region.
pub(super) fn alerts(scope: &Scope) -> Vec<BillLine> {
    let rules = scope.plan.pricing.alerts_per_cache;
    if rules == 0 {
        return Vec::new();
    }
    by_region(scope, Meter::AlertSeries)
        .into_iter()
        .flat_map(|site| {
            let item = Item {
                label: Label::Alerts(site.place(scope)),
                meter: None,
                region: Some(site.region.clone()),
                quantity: site.len() * Decimal::from(rules),
                unit: "time series",
                formula: Formula::Alerts { caches: site.caches, rules },
                notes: vec![Note::SeriesPerRule],
            };
            tiered(LineKind::Alerts, item, site.schedule)
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
        .flat_map(|site| {
            let item = Item {
                label: Label::Logs(site.place(scope)),
                meter: None,
                region: Some(site.region.clone()),
                quantity: site.len() * gb,
                unit: "GB",
                formula: Formula::Logs { caches: site.caches, each },
                notes: vec![Note::FreeLogs],
            };
            tiered(LineKind::Logs, item, site.schedule)
        })
        .collect()
}
