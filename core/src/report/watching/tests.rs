//! The list of alerts: thresholds by hand, both sides, no page for one bad minute.
#![allow(clippy::unwrap_used)]

use super::rules::window_words;
use super::{Aggregation, Alert, Signal, Window, alerts, alerts_section, series, workbook};
use crate::catalog::Catalog;
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::plan::Plan;
use crate::units::Secs;

fn of(topology: Topology, plan: &Plan) -> Vec<Alert> {
    alerts(topology, plan, &evaluate(plan, &Catalog::bundled().unwrap()))
}

fn names(topology: Topology, plan: &Plan) -> Vec<String> {
    of(topology, plan).into_iter().map(|alert| alert.name).collect()
}

/// Memory, offset and lag against the RPO, full syncs that do not finish, health, missing data.
#[test]
fn every_signal_is_in_the_list() {
    let mut plan = Plan::default();
    plan.objectives.rpo = Some(Secs::secs(60.0));
    let pair = ["link-down", "sync-behind", "lag", "full-sync-again", "memory-75", "unavailable"];
    assert_eq!(names(Topology::Passive, &plan), pair);
    assert_eq!(names(Topology::Active, &plan), ["geo-health", "memory-75", "unavailable"]);
    assert_eq!(names(Topology::Rebuild, &plan), ["memory-75", "unavailable"]);
    plan.objectives.rpo = None;
    assert_eq!(names(Topology::Passive, &plan), ["link-down", "full-sync-again", "memory-75", "unavailable"]);
}

/// Review, F12: a page (severity 0 or 1) takes every minute of its window; so do offset and lag.
#[test]
fn nobody_is_paged_for_one_bad_minute() {
    for topology in Topology::ALL {
        let mut plan = Plan::default();
        plan.objectives.rpo = Some(Secs::secs(60.0));
        for alert in of(topology, &plan) {
            let Some(rule) = alert.metric() else { continue };
            let on_link = ["sync-behind", "lag"].contains(&alert.name.as_str());
            assert!(rule.waits_out_a_minute() || (rule.severity > 1 && !on_link), "{alert:?}");
            assert!(rule.window >= Window::FIVE && rule.frequency <= rule.window, "{alert:?}");
        }
    }
}

/// By hand: an RPO of 59.2 s is 60 s of lag; 45 s are 45 s.
#[test]
fn the_lag_is_held_against_the_rpo_in_whole_seconds() {
    for (rpo, expected) in [(59.2, "60"), (45.0, "45"), (0.0, "1")] {
        let mut plan = Plan::default();
        plan.objectives.rpo = Some(Secs::secs(rpo));
        let lag = of(Topology::Passive, &plan).into_iter().find(|alert| alert.name == "lag").unwrap();
        assert_eq!(lag.metric().unwrap().figure(), expected);
    }
}

/// The window holds the longest full sync of the model, so that a second start in it is a restart.
#[test]
fn a_second_full_sync_inside_the_time_of_one_is_a_restart() {
    let cases = [(0.2, "1m"), (5.0, "5m"), (5.1, "15m"), (61.0, "6h"), (1e5, "24h")];
    for (minutes, expected) in cases {
        assert_eq!(Window::holding(Secs::mins(minutes)).name(), expected);
    }
    let alert = of(Topology::Passive, &Plan::default()).into_iter().find(|it| it.name == "full-sync-again").unwrap();
    let evaluation = evaluate(&Plan::default(), &Catalog::bundled().unwrap());
    let crate::model::sync::SyncOutcome::Converges { new_link, .. } = &evaluation.passive.sync.outcome else {
        panic!()
    };
    assert!(alert.metric().unwrap().window.time() >= new_link.high);
}

/// Facts, estate-shapes.md 7: `usedmemorypercentage` has the dimension `ShardId` for Premium and none for Managed Redis; its aggregation
/// is Maximum.
#[test]
fn memory_is_watched_shard_by_shard_where_the_service_tells_it_so() {
    for (topology, each_shard) in [(Topology::Passive, true), (Topology::Active, false), (Topology::Rebuild, false)] {
        let alert = of(topology, &Plan::default()).into_iter().find(|it| it.name == "memory-75").unwrap();
        let rule = alert.metric().unwrap();
        assert_eq!((rule.each_shard, rule.window, rule.frequency), (each_shard, Window::QUARTER, Window::FIVE));
        assert_eq!((rule.aggregation, rule.severity), (Aggregation::Maximum, 2), "a ticket, no page");
        assert_eq!(rule.condition().contains("where ShardId includes *"), each_shard);
    }
}

/// By hand: three shards have 5 rules each: 15 series.
#[test]
fn series_are_counted_shard_by_shard() {
    let mut plan = Plan::default();
    plan.objectives.rpo = Some(Secs::secs(60.0));
    let list = of(Topology::Passive, &plan);
    assert_eq!((series(&list, 3), series(&list, 0)), (15, 5));
    assert!(matches!(list.last().unwrap().signal, Signal::ResourceHealth));
}

/// Every metric of the list is in the table and in the workbook, which is JSON.
#[test]
fn table_and_workbook_have_every_metric() {
    let (mut plan, catalog) = (Plan::default(), Catalog::bundled().unwrap());
    plan.objectives.rpo = Some(Secs::secs(60.0));
    for topology in Topology::ALL {
        let evaluation = evaluate(&plan, &catalog);
        let table = alerts_section(topology, &plan, &evaluation).tables()[0].csv();
        let text = workbook("shop", topology, &plan, &evaluation);
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
        for alert in alerts(topology, &plan, &evaluation) {
            assert!(table.contains(&alert.name));
            let metric = alert.metric().map_or("", |rule| rule.metric);
            assert!(table.contains(metric) && text.contains(metric), "{metric}");
        }
    }
}

#[test]
fn windows_of_azure_monitor() {
    let cases = [(0.2, None), (5.0, Some("5m")), (45.0, Some("30m")), (60.0, Some("1h")), (100_000.0, Some("24h"))];
    for (minutes, expected) in cases {
        assert_eq!(Window::within(Secs::mins(minutes)).map(Window::name), expected);
    }
    assert_eq!(window_words(Secs::hours(1.0)), "1\u{a0}h");
    assert!(window_words(Secs::mins(45.0)).ends_with("(Azure Monitor's next shorter window: 30m)"));
}
