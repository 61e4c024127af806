//! Watching: alert rules and logs.

use super::line::{Item, by_region, decimal, tiered};
use super::{BillLine, Formula, Label, LineKind, Note, Scope};
use crate::catalog::Meter;
use crate::model::Topology;
use rust_decimal::Decimal;

/// Time series that the rules of one cache watch: one a rule; of a pair one a shard, because the metrics of its link and of its memory
/// come shard by shard (M-11).
fn series(scope: &Scope) -> u32 {
    let rules = scope.plan.pricing.alerts_per_cache;
    let shards = scope.design.caches.iter().map(|cache| cache.shards).max().unwrap_or(1).max(1);
    if scope.topology == Topology::Passive { rules.saturating_mul(shards) } else { rules }
}

/// `time series of a cache × caches × price of a metric time series for a month` (S03, S20: $0.10), by region.
pub(super) fn alerts(scope: &Scope) -> Vec<BillLine> {
    let rules = series(scope);
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

#[cfg(test)]
mod tests {
    use super::super::bill;
    use super::*;
    use crate::model::testing::{Answers, sku};
    use crate::plan::Plan;

    /// Review F12, by hand: P2 with 3 shards has 4 rules a cache, each for each shard: 4 × 3 = 12 series on either side, and a dollar for
    /// ten of them (S03, S20).
    #[test]
    fn alerts_of_each_shard_are_billed_on_both_sides() {
        let mut plan = Plan::default();
        (plan.passive.sku, plan.passive.shards, plan.passive.max_fill) =
            (sku("Premium_P2"), Some(3), crate::units::Ratio::ONE);
        let answers = Answers::of(Topology::Passive, &plan);
        let bill = bill(&answers.case(Topology::Passive, &plan));
        let alerts: Vec<_> = bill.lines.iter().filter(|line| line.kind == LineKind::Alerts).collect();
        let seen: Vec<_> =
            alerts.iter().map(|line| (line.quantity, line.amount.unwrap().to_cents().to_string())).collect();
        assert_eq!(seen, [(Decimal::from(12), "1.20".to_owned()), (Decimal::from(12), "1.20".to_owned())]);
    }
}
