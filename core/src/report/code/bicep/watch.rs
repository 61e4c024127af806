//! Alerts and the workbook.

use super::super::design::Blueprint;
use super::super::together;
use super::write::{Value, comment, declare, object, object_of, param, raw, text};
use crate::report::watching::{Alert, MetricRule, Signal};

/// Every alert on one cache.
pub(super) fn alerts(blueprint: &Blueprint) -> String {
    let mut parts = vec![
        param("cacheName", "string", "Name of the cache: alerts are named after it."),
        param("cacheId", "string", "Resource id of the cache."),
        param("actionGroupId", "string", "Resource id of the action group."),
        param("tags", "object", "Tags of every resource."),
        comment(
            "Deployed for every cache: roles are swapped by a failover, and each metric comes from one side alone.",
        ),
    ];
    for alert in &blueprint.alerts {
        parts.push(format!("{}{}", comment(&alert.why), one(blueprint, alert)));
    }
    together(parts)
}

/// `link-down` as a name of the code: `linkDown`.
fn symbol(name: &str) -> String {
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| {
        let mut letters = part.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        all + &capital.into_iter().chain(letters).collect::<String>()
    })
}

fn one(blueprint: &Blueprint, alert: &Alert) -> String {
    let (symbol, name) = (symbol(&alert.name), raw(format!("'${{cacheName}}-{}'", alert.name)));
    match &alert.signal {
        Signal::Metric(rule) => declare(
            &format!("resource {symbol} 'Microsoft.Insights/metricAlerts@2018-03-01'"),
            &object([
                ("name", name),
                ("location", text("global")),
                ("tags", raw("tags")),
                ("properties", metric(blueprint, alert, rule)),
            ]),
        ),
        Signal::ResourceHealth => declare(
            &format!("resource {symbol} 'Microsoft.Insights/activityLogAlerts@2020-10-01'"),
            &object([
                ("name", name),
                ("location", text("Global")),
                ("tags", raw("tags")),
                (
                    "properties",
                    object([
                        ("description", text(&alert.why)),
                        ("enabled", raw("true")),
                        ("scopes", Value::Array(vec![raw("cacheId")])),
                        (
                            "condition",
                            object([(
                                "allOf",
                                Value::Array(vec![object([
                                    ("field", text("category")),
                                    ("equals", text("ResourceHealth")),
                                ])]),
                            )]),
                        ),
                        (
                            "actions",
                            object([(
                                "actionGroups",
                                Value::Array(vec![object([("actionGroupId", raw("actionGroupId"))])]),
                            )]),
                        ),
                    ]),
                ),
            ]),
        ),
    }
}

fn metric(blueprint: &Blueprint, alert: &Alert, rule: &MetricRule) -> Value {
    let mut criterion = vec![
        ("name", text(&alert.name)),
        ("criterionType", text("StaticThresholdCriterion")),
        ("metricNamespace", text(blueprint.service.namespace())),
        ("metricName", text(rule.metric)),
        ("timeAggregation", text(rule.aggregation.name())),
        ("operator", text(rule.fires.name())),
        ("threshold", raw(rule.figure())),
        // A metric without data yet, as health before the link, is refused otherwise.
        ("skipMetricValidation", raw("true")),
    ];
    if rule.each_shard {
        let shards = object([
            ("name", text("ShardId")),
            ("operator", text("Include")),
            ("values", Value::Array(vec![text("*")])),
        ]);
        criterion.push(("dimensions", Value::Array(vec![shards])));
    }
    object([
        ("description", text(&alert.why)),
        ("enabled", raw("true")),
        ("severity", raw(rule.severity.to_string())),
        ("scopes", Value::Array(vec![raw("cacheId")])),
        ("evaluationFrequency", text(rule.frequency.iso())),
        ("windowSize", text(rule.window.iso())),
        ("autoMitigate", raw("true")),
        (
            "criteria",
            object([
                ("odata.type", text("Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria")),
                ("allOf", Value::Array(vec![object_of(criterion)])),
            ]),
        ),
        ("actions", Value::Array(vec![object([("actionGroupId", raw("actionGroupId"))])])),
    ])
}

/// The workbook, whose text stands beside it.
pub(super) fn workbook(blueprint: &Blueprint) -> String {
    together([
        param("location", "string", "Region of the workbook."),
        param("tags", "object", "Tags of every resource."),
        declare(
            "resource workbook 'Microsoft.Insights/workbooks@2023-06-01'",
            &object([
                ("name", raw(format!("guid(resourceGroup().id, '{}')", blueprint.base))),
                ("location", raw("location")),
                ("tags", raw("tags")),
                ("kind", text("shared")),
                (
                    "properties",
                    object([
                        ("displayName", text(&format!("Redis: {}", blueprint.title))),
                        ("category", text("workbook")),
                        ("version", text("1.0")),
                        ("sourceId", text("azure monitor")),
                        ("serializedData", raw("loadTextContent('workbook.json')")),
                    ]),
                ),
            ]),
        ),
    ])
}
