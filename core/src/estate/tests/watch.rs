//! Alerts prove a watch on memory only where they can fire before it is full, of the whole cache.

use super::doubts::{LIST, said, with};
use super::newest::REDIS;
use super::*;

fn alert(criteria: &str) -> String {
    let id = REDIS.replace("Microsoft.Cache", "Microsoft.Insights/metricAlerts/memory");
    format!(
        r#"[{{"id":"{id}","enabled":true,"scopes":["{REDIS}/Redis/small"],"criteria":{{"allOf":[{{"metricName":"usedmemory","operator":"GreaterThan",{criteria}}}]}}}}]"#
    )
}

#[test]
fn an_alert_that_cannot_fire_in_time_watches_nothing() {
    let percent = |it: &str| alert(it).replace("usedmemory", "usedmemorypercentage");
    let part = r#""threshold":75,"dimensions":[{"name":"ShardId","operator":"Include","values":["0"]}]"#;
    let every = part.replace("\"0\"", "\"*\"");
    for (alert, is_watched) in [
        (percent("\"threshold\":75"), true),
        (percent("\"threshold\":0"), false),
        (percent("\"threshold\":100"), false),
        (percent(part), false),
        (percent(&every), true),
        (alert("\"threshold\":700000000"), true),
        (alert("\"threshold\":1000000000000000"), false),
    ] {
        let (_, estate) = with(&[LIST], std::slice::from_ref(&alert));
        let found = said(&planned(&estate, "small").findings, "EST-ALERT");
        assert_eq!(found.is_empty(), is_watched, "{alert}");
    }
}
