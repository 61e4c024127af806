//! A small workbook of the metrics that the alerts watch, as Azure Monitor reads it.

use super::{Aggregation, Service, alerts};
use crate::codec::pretty_line;
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::plan::Plan;
use serde_json::{Value, json};

/// A day, in milliseconds.
const DAY: u32 = 86_400_000;
/// Metrics that no alert names and an operator wants beside them.
const FINISHED: &str = "GeoReplicationFullSyncEventFinished";

/// The workbook as JSON, ending in a line break, under the name that resources begin with. `{cache}` stands in it for the ids that are chosen when it is opened.
#[must_use]
pub fn workbook(base: &str, topology: Topology, plan: &Plan, evaluation: &Evaluation) -> String {
    let service = Service::of(topology);
    let mut items = vec![text(base, topology), parameter(service)];
    for alert in alerts(topology, plan, evaluation) {
        let Some(rule) = alert.metric() else { continue };
        let mut metrics = vec![metric(service, rule.metric, rule.aggregation, rule.each_shard)];
        if rule.metric == "GeoReplicationFullSyncEventStarted" {
            metrics.push(metric(service, FINISHED, rule.aggregation, rule.each_shard));
        }
        items.push(chart(service, &alert.name, &format!("{}: fires at {}", alert.name, rule.condition()), &metrics));
    }
    pretty_line(&json!({
        "version": "Notebook/1.0",
        "items": items,
        "fallbackResourceIds": ["azure monitor"],
        "$schema": "https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json",
    }))
}

fn text(base: &str, topology: Topology) -> Value {
    let said = format!(
        "## {}\n{}: choose every cache of it. A pair emits offset on its primary, health, lag and full syncs on its secondary.",
        base,
        topology.name()
    );
    json!({ "type": 1, "content": { "json": said }, "name": "about" })
}

fn parameter(service: Service) -> Value {
    let parameter = json!({
        "id": "b5b0ad6c-0f3c-4a6b-9d5e-52a5a7d1c001",
        "version": "KqlParameterItem/1.0",
        "name": "Caches",
        "type": 5,
        "isRequired": true,
        "multiSelect": true,
        "quote": "'",
        "delimiter": ",",
        "typeSettings": { "resourceTypeFilter": { service.namespace().to_ascii_lowercase(): true }, "additionalResourceOptions": [] },
    });
    json!({ "type": 9, "content": { "version": "KqlParameterItem/1.0", "parameters": [parameter], "style": "pills" }, "name": "parameters" })
}

/// Aggregations by their numbers in a workbook: minimum 2, maximum 3, count 7.
fn metric(service: Service, name: &str, aggregation: Aggregation, each_shard: bool) -> Value {
    let namespace = service.namespace().to_ascii_lowercase();
    let number = match aggregation {
        Aggregation::Minimum => 2,
        Aggregation::Maximum => 3,
        Aggregation::Count => 7,
    };
    let split = if each_shard { json!("ShardId") } else { Value::Null };
    json!({ "namespace": namespace, "metric": format!("{namespace}--{name}"), "aggregation": number, "splitBy": split })
}

fn chart(service: Service, name: &str, title: &str, metrics: &[Value]) -> Value {
    json!({
        "type": 10,
        "content": {
            "chartId": format!("workbook-{name}"),
            "version": "MetricsItem/2.0",
            "size": 0,
            "chartType": 2,
            "resourceType": service.namespace().to_ascii_lowercase(),
            "metricScope": 0,
            "resourceParameter": "Caches",
            "resourceIds": ["{Caches}"],
            "timeContext": { "durationMs": DAY },
            "metrics": metrics,
            "title": title,
        },
        "name": name,
    })
}
