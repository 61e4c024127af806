//! The alerts as a table, and the dashboards beside them.

use super::{Alert, Signal, alerts, series};
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::cost::{Formula, LineKind};
use crate::plan::Plan;
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::units::format;

/// Microsoft's own workbook, which joins what only one side of a pair emits (S1).
pub(super) const DASHBOARD: &str =
    "https://learn.microsoft.com/azure/azure-cache-for-redis/cache-insights-overview#workbooks";

/// Every alert of a design as a row: metric, condition, window, severity, basis, why; and what they cost.
#[must_use]
pub fn alerts_section(topology: Topology, plan: &Plan, evaluation: &Evaluation) -> Section {
    let list = alerts(topology, plan, evaluation);
    let columns = vec![
        Column::names("Alert"),
        Column::text("Fires when"),
        Column::text("Window, looked at"),
        Column::figures("Severity"),
        Column::text("Threshold from"),
        Column::text("Why").wide_only(),
    ];
    let rows = list.iter().map(row).collect();
    let table = Table { id: "alerts", name: "Alerts on each cache".to_owned(), columns, rows };
    let says = format!(
        "{} on every cache of the {}: roles swap, the rules stay.",
        format::counted(list.len(), "alert"),
        topology.name().to_ascii_lowercase()
    );
    Section::new("alerts", "Alerts", says)
        .with(Block::Table(table))
        .with(Block::remark(priced(topology, evaluation, &list)))
}

fn row(alert: &Alert) -> Row {
    let [condition, window, severity] = match &alert.signal {
        Signal::Metric(rule) => {
            let unit = if rule.unit.is_empty() { String::new() } else { format!(" {}", rule.unit) };
            let shard = if rule.each_shard { ", each shard" } else { "" };
            let (aggregation, sign) = (rule.aggregation.short(), rule.fires.sign());
            [
                format!("{aggregation} {} {sign} {}{unit}{shard}", rule.metric, rule.figure()),
                format!("{}, every {}", format::duration(rule.window.time()), format::duration(rule.frequency.time())),
                rule.severity.to_string(),
            ]
        }
        Signal::ResourceHealth => {
            ["Resource Health: not available".to_owned(), "at once".to_owned(), "by Azure".to_owned()]
        }
    };
    Row::of([alert.name.clone(), condition, window, severity, alert.basis.clone(), alert.why.clone()])
}

/// Series of this list against those of the bill, which a figure of the plan sets (M-10).
pub(in crate::report) fn priced(topology: Topology, evaluation: &Evaluation, list: &[Alert]) -> String {
    let answer = evaluation.of(topology);
    let shards = answer.design.caches.iter().map(|cache| cache.shards).max().unwrap_or(1);
    let ours = series(list, shards);
    let billed = answer.bill.lines.iter().find(|line| line.kind == LineKind::Alerts);
    let billed = billed.and_then(|line| match line.formula {
        Formula::Alerts { rules, .. } => Some(rules),
        _ => None,
    });
    let of_list = format!("The list has {} time series on each cache", format::count(f64::from(ours)));
    match billed {
        Some(billed) if billed == ours => {
            format!("{of_list}, as the bill has. Resource Health adds none.")
        }
        Some(billed) => format!(
            "{of_list}, the bill {billed}: enter the rules of one cache that you keep. Resource Health adds none."
        ),
        None => format!("{of_list}; the bill has none."),
    }
}

/// Where the figures are seen: Microsoft's workbook for a pair, and one of our own.
#[must_use]
pub fn dashboards(topology: Topology) -> Section {
    let own = "workbook.json is a workbook of these metrics: import it in Azure Monitor (Workbooks, New, Advanced editor), or let the code \
               deploy it.";
    let mut lines = vec![own.to_owned()];
    if topology == Topology::Passive {
        lines.insert(
            0,
            format!(
                "Geo-Replication Dashboard, Microsoft’s workbook; it joins what only one side emits (S1): {DASHBOARD}"
            ),
        );
    }
    Section::new("dashboards", "Dashboards", "").with(Block::list(lines))
}
