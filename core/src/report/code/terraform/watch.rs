//! Alerts and the workbook.

use super::super::design::{Blueprint, CacheCode};
use super::super::together;
use super::caches::address;
use super::setup::placed;
use super::write::{Item, block, call, comment, list, resource, say, set};
use crate::report::watching::{Alert, MetricRule, Signal};

pub(super) fn alerts(blueprint: &Blueprint) -> String {
    let mut parts =
        vec![comment("On every cache: roles are swapped by a failover, and each metric comes from one side alone.")];
    for cache in &blueprint.caches {
        parts.extend(blueprint.alerts.iter().map(|alert| one(blueprint, cache, alert)));
    }
    parts.extend(workbook(blueprint));
    together(parts)
}

fn one(blueprint: &Blueprint, cache: &CacheCode, alert: &Alert) -> String {
    let symbol = format!("{}_{}", cache.symbol, alert.name.replace('-', "_"));
    let group = blueprint.regions[cache.at].symbol_of_group();
    let mut items = vec![
        call("name", &cache.name, &format!("-{}", alert.name)),
        set("resource_group_name", format!("azurerm_resource_group.{group}.name")),
        set("scopes", list([format!("{}.id", address(blueprint, cache))])),
        say("description", &alert.why),
    ];
    let action = block("action", vec![set("action_group_id", "var.action_group_id")]);
    match &alert.signal {
        Signal::Metric(rule) => {
            items.extend([
                set("severity", rule.severity.to_string()),
                say("frequency", rule.frequency.iso()),
                say("window_size", rule.window.iso()),
                set("auto_mitigate", "true"),
                set("tags", "local.tags"),
                block("criteria", criteria(blueprint, rule)),
                action,
            ]);
            resource("azurerm_monitor_metric_alert", &symbol, items)
        }
        Signal::ResourceHealth => {
            items.extend([
                say("location", "global"),
                set("tags", "local.tags"),
                block(
                    "criteria",
                    vec![
                        set("resource_id", format!("{}.id", address(blueprint, cache))),
                        say("category", "ResourceHealth"),
                    ],
                ),
                action,
            ]);
            resource("azurerm_monitor_activity_log_alert", &symbol, items)
        }
    }
}

fn criteria(blueprint: &Blueprint, rule: &MetricRule) -> Vec<Item> {
    let mut items = vec![
        say("metric_namespace", blueprint.service.namespace()),
        say("metric_name", rule.metric),
        say("aggregation", rule.aggregation.name()),
        say("operator", rule.fires.name()),
        set("threshold", rule.figure()),
        set("skip_metric_validation", "true"),
    ];
    if rule.each_shard {
        let shards = vec![say("name", "ShardId"), say("operator", "Include"), set("values", "[\"*\"]")];
        items.push(block("dimension", shards));
    }
    items
}

/// The workbook, whose text stands beside it.
fn workbook(blueprint: &Blueprint) -> Option<String> {
    let region = blueprint.first()?;
    let group = region.symbol_of_group();
    let mut items = vec![set("name", format!("uuidv5(\"url\", \"${{azurerm_resource_group.{group}.id}}/redis\")"))];
    items.extend(placed(region));
    items.extend([
        say("display_name", &format!("Redis: {}", blueprint.title)),
        set("data_json", "file(\"${path.module}/workbook.json\")"),
        set("tags", "local.tags"),
    ]);
    Some(resource("azurerm_application_insights_workbook", "redis", items))
}
