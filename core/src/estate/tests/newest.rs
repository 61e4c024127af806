//! Metrics of several windows, of instances, of shards that changed, and what a later import tells of all that.

use super::doubts::{GROUP, LINKS, LIST, said, shown, text, weekly, why, with};
use super::*;
use crate::portfolio;

pub(super) const REDIS: &str =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-weu/providers/Microsoft.Cache";
const PAIR: &str = "pair-weu and pair-neu";

/// One metric of a cache of the estate as `az monitor metrics list` prints it: for each part its hours with their values, from a day on.
pub(super) fn metric(
    cache: &str,
    name: &str,
    aggregate: &str,
    interval: &str,
    parts: &[(&str, &str, Vec<Option<f64>>)],
) -> String {
    let (of, minutes) = (
        format!("{}/{cache}", REDIS.replace("rg-weu", if cache.ends_with("neu") { "rg-neu" } else { "rg-weu" })),
        if interval == "PT1M" { 1 } else { 60 },
    );
    let series: Vec<serde_json::Value> = parts
        .iter()
        .map(|(part, from, values)| {
            let begin = crate::import::series::timestamp::seconds(from).unwrap();
            let data: Vec<serde_json::Value> = values
                .iter()
                .enumerate()
                .map(|(at, value)| {
                    let seconds = begin + f64::from(u32::try_from(at).unwrap() * minutes) * 60.0;
                    serde_json::json!({"timeStamp": seconds, aggregate: value})
                })
                .collect();
            let split = if part.is_empty() {
                serde_json::json!([])
            } else {
                serde_json::json!([{"name": {"value": "shardid"}, "value": part}])
            };
            serde_json::json!({"metadatavalues": split, "data": data})
        })
        .collect();
    let id = format!("{of}/providers/Microsoft.Insights/metrics/{name}");
    let namespace =
        if cache.starts_with("redisEnterprise") { "Microsoft.Cache/redisEnterprise" } else { "Microsoft.Cache/redis" };
    serde_json::json!({"namespace": namespace, "interval": interval, "value": [{"id": id, "name": {"value": name}, "timeseries": series}]}).to_string()
}

pub(super) fn hours(count: usize, value: f64) -> Vec<Option<f64>> {
    vec![Some(value); count]
}

const OLD: &str = "2025-10-01T00:00:00Z";
pub(super) const NEW: &str = "2026-10-01T00:00:00Z";

/// 30 days by the hour of 2025, healthy, and an hour by the minute of 2026 in which the link is down: the newer one counts, whatever its
/// interval. The same of a better aggregate.
#[test]
fn a_newer_window_counts_before_a_longer_or_better_one() {
    let lag = |at, interval, count, value| {
        metric("Redis/pair-neu", "GeoReplicationConnectivityLag", "maximum", interval, &[("", at, hours(count, value))])
    };
    let texts = [lag(OLD, "PT1H", 720, 1.0), lag(NEW, "PT1M", 60, 500.0)];
    let (read, estate) = with(&[LIST, LINKS[0], LINKS[1]], &texts);
    let pair = planned(&estate, PAIR);
    assert!(shown(pair, "passive.lag").starts_with("P95 8 min 20 s"), "{}", shown(pair, "passive.lag"));
    assert!(
        shown(pair, "passive.lag").contains("older values to 2025-10-30 left out"),
        "{}",
        shown(pair, "passive.lag")
    );
    assert_eq!(said(&pair.findings, "EST-LAG").len(), 1);
    let key = pair.deployment.members[1].key.clone();
    let means = metric("Redis/pair-neu", "usedmemory", "average", "PT1H", &[("", NEW, hours(24, 3e9))]);
    let peaks = metric("Redis/pair-neu", "usedmemory", "maximum", "PT1H", &[("", OLD, hours(24, 9e9))]);
    let memory = super::super::read(vec![("a".to_owned(), means.into_bytes()), ("b".to_owned(), peaks.into_bytes())]);
    assert_eq!(measured(&memory.facts, &key, Quantity::Memory).unwrap().unwrap().peak, 3e9);
    drop(read);
}

/// 3 GB for 30 days by the hour of 2025, and one minute of 2026 with 60 kB: a minute replaces no month.
#[test]
fn one_newer_minute_replaces_no_month() {
    let memory = |at, interval, count, value| {
        metric("Redis/small", "usedmemory", "maximum", interval, &[("", at, hours(count, value))])
    };
    let (_, estate) = with(&[LIST], &[memory(OLD, "PT1H", 720, 3e9), memory(NEW, "PT1M", 1, 6e4)]);
    assert!(shown(planned(&estate, "small"), "workload.dataset").starts_with("3 GB"));
}

/// 30 days by the hour of October, all good, and ten hours by the minute of the day after, or of a fortnight later: no gap is as long as
/// the month, and what is wrong today is told all the same.
#[test]
fn the_newest_minutes_are_judged_beside_a_good_month() {
    let all = |at, interval, count, [lag, health, fill]: [f64; 3]| {
        let one = |name, aggregate, value| {
            metric("Redis/pair-neu", name, aggregate, interval, &[("", at, hours(count, value))])
        };
        [
            one("GeoReplicationConnectivityLag", "maximum", lag),
            one("GeoReplicationHealthy", "minimum", health),
            one("usedmemorypercentage", "maximum", fill),
        ]
    };
    for at in ["2026-10-31T00:00:00Z", "2026-11-14T00:00:00Z"] {
        let texts = [all(NEW, "PT1H", 720, [1.0, 1.0, 40.0]), all(at, "PT1M", 600, [500.0, 0.0, 99.0])].concat();
        let (read, estate) = with(&[LIST, LINKS[0], LINKS[1]], &texts);
        let pair = planned(&estate, PAIR);
        let lag = shown(pair, "passive.lag");
        assert!(lag.starts_with("P95 1 s, at most 1 s") && lag.contains("; 8 min 20 s in 10 h to "), "{lag}");
        let found = &pair.findings;
        for id in ["EST-LAG", "EST-HEALTH", "EST-FILL"] {
            assert_eq!(said(found, id).len(), 1, "{at}: {id}: {found:#?}");
        }
        let health = said(found, "EST-HEALTH").concat();
        assert!(health.starts_with("Geo-replication of pair-neu was not healthy in any of 600 intervals."), "{health}");
        let report = weekly(&read, &estate);
        assert!(report.contains("pair-weu and pair-neu,no,") && report.contains(",8 min 20 s,99,"), "{report}");
    }
}

/// Two hours of health and 22 without a value, as a link prints that is gone: nothing confirms the pair, and readiness is open.
#[test]
fn a_metric_that_stops_is_no_good_news() {
    let stops: Vec<Option<f64>> = [hours(2, 1.0), vec![None; 22]].concat();
    let health = metric("Redis/pair-neu", "GeoReplicationHealthy", "minimum", "PT1H", &[("", NEW, stops.clone())]);
    let lag = metric("Redis/pair-neu", "GeoReplicationConnectivityLag", "maximum", "PT1H", &[("", NEW, stops)]);
    let fill = |cache| metric(cache, "usedmemorypercentage", "maximum", "PT1H", &[("", NEW, hours(24, 40.0))]);
    let (read, estate) = with(&[LIST, LINKS[0], LINKS[1]], &[health, lag, fill("Redis/pair-weu")]);
    let pair = planned(&estate, PAIR);
    assert!(
        why(pair, "passive.exists").contains("without a value since 2026-10-01"),
        "{}",
        why(pair, "passive.exists")
    );
    assert_eq!(
        said(&pair.findings, "EST-HEALTH"),
        ["The health of geo-replication of pair-neu has no value since 2026-10-01."]
    );
    let report = weekly(&read, &estate);
    assert!(report.contains("unknown: lag, health, fill of pair-neu and whether the link stands"), "{report}");
}

/// Of three clusters one has its databases in no file: the report is printed, and counts what it cannot place.
#[test]
fn a_member_without_databases_breaks_no_report() {
    let mut list: Vec<serde_json::Value> = serde_json::from_str(&text(GROUP)).unwrap();
    for cluster in list.iter_mut().filter(|it| it["name"] == "amr-neu") {
        cluster.as_object_mut().unwrap().remove("databases");
    }
    let (read, estate) = with(&[], &[serde_json::Value::from(list).to_string()]);
    let report = weekly(&read, &estate);
    assert!(report.contains("1 cache alone: nothing to fail over to."), "{report}");
    let orders = estate.planned.iter().find(|it| it.deployment.kind == Kind::Group).unwrap();
    for field in ["active.checks.all_linked", "active.persistence", "active.modules"] {
        assert!(why(orders, field).contains("of every member"), "{field}: {}", why(orders, field));
    }
}

/// An hour's sum under a grain of a minute, as a query prints it that keeps the column: 3.6 million are 1,000/s or 60,000/s.
#[test]
fn a_grain_that_the_times_contradict_gives_no_rate() {
    let hourly: Vec<Option<f64>> = (0..24 * 60).map(|at| (at % 60 == 0).then_some(3.6e6)).collect();
    // One pair of neighbours among them shows no minute.
    let mut neighbours = hourly.clone();
    neighbours[1] = Some(3.6e6);
    for values in [hourly, neighbours] {
        let sets = metric("Redis/small", "setcommands", "total", "PT1M", &[("", NEW, values)]);
        let (_, estate) = with(&[LIST], &[sets]);
        let why = why(planned(&estate, "small"), "workload.writes");
        assert!(
            why.contains(
                "an interval is said to be 60 s, and its values are 1 h apart; save it again with --interval PT1H"
            ),
            "{why}"
        );
    }
}

/// Four shards to the end of September, three since: 3 × 1 GB. Five shards of a cache of three are no sum.
#[test]
fn shards_of_before_a_change_are_none_of_today() {
    let part = |name, from, count| (name, from, hours(count, 1e9));
    let (old, new) = ("2026-09-01T00:00:00Z", "2026-09-21T00:00:00Z");
    let gone = part("3", old, 480);
    let stays = |name| (name, old, hours(720, 1e9));
    let memory =
        |parts: &[(&str, &str, Vec<Option<f64>>)]| metric("Redis/pair-weu", "usedmemory", "maximum", "PT1H", parts);
    let (read, estate) = with(&[LIST, LINKS[0]], &[memory(&[stays("0"), stays("1"), stays("2"), gone])]);
    let key = planned(&estate, PAIR).deployment.members[0].key.clone();
    let found = measured(&read.facts, &key, Quantity::Memory).unwrap().unwrap();
    assert_eq!((found.peak, found.parts, found.points), (3e9, 3, 240));
    assert_eq!(day(found.window.0), new[..10]);
    let five: Vec<_> = ["0", "1", "2", "3", "4"].into_iter().map(stays).collect();
    let (read, _) = with(&[LIST, LINKS[0]], &[memory(&five)]);
    assert_eq!(measured(&read.facts, &key, Quantity::Memory), Some(Err(Unusable::Parts(5, 3))));
}

/// Three of three shards, one of them without values in the last 120 of 720 hours: 3 × 1 GB over the 600 that all have.
#[test]
fn a_shard_that_falls_silent_is_still_one_of_three() {
    let part = |name, count| (name, "2026-09-01T00:00:00Z", hours(count, 1e9));
    let memory =
        metric("Redis/pair-weu", "usedmemory", "maximum", "PT1H", &[part("0", 600), part("1", 720), part("2", 720)]);
    let (read, estate) = with(&[LIST, LINKS[0]], &[memory]);
    let key = planned(&estate, PAIR).deployment.members[0].key.clone();
    let found = measured(&read.facts, &key, Quantity::Memory).unwrap().unwrap();
    assert_eq!((found.peak, found.parts, found.points, found.gaps), (3e9, 3, 600, 120));
}

/// The maximum of connections of a cluster that is not split is one instance's; by instance 60 and 40 are 100.
#[test]
fn connections_of_one_instance_are_a_lower_bound() {
    let one = metric("redisEnterprise/solo", "connectedclients", "maximum", "PT1H", &[("", NEW, hours(24, 60.0))]);
    let (_, estate) = with(&[GROUP], &[one]);
    let solo = shown(planned(&estate, "solo"), "workload.connections");
    assert!(
        solo.starts_with("at least 60: ")
            && solo.contains("of one instance because it is not split by InstanceId: a lower bound"),
        "{solo}"
    );
    let (read, _) = with(&[GROUP, "metrics/amr-instances.json"], &[]);
    let (key, _) = read.facts.metrics.iter().next().unwrap();
    let found = measured(&read.facts, key, Quantity::Clients).unwrap().unwrap();
    assert_eq!((found.peak, found.parts, found.split), (100.0, 2, Split::Instances));
    assert!(window(&found, "connectedclients", "amr-weu").contains(", 2 instances,"));
}

/// pair-neu took 3,000/s for 46 hours, pair-weu, the primary of today, the last two: neither 125/s nor a burst of 2 h is its load.
#[test]
fn a_failover_within_the_window_leaves_the_writes_open() {
    let sets = |cache, first: f64, last: f64| {
        let parts =
            ["0", "1", "2"].map(|part| (part, NEW, [hours(46, first * 1.2e6), hours(2, last * 1.2e6)].concat()));
        metric(cache, "setcommands", "total", "PT1H", &parts)
    };
    let (_, estate) =
        with(&[LIST, LINKS[0], LINKS[1]], &[sets("Redis/pair-weu", 0.0, 3.0), sets("Redis/pair-neu", 3.0, 0.0)]);
    let pair = planned(&estate, PAIR);
    let says = "In 46 of 48 intervals pair-neu has at least twice the set commands of pair-weu, the primary of today: a failover lies in the window.";
    assert_eq!(said(&pair.findings, "EST-FILES"), [says]);
    assert!(why(pair, "workload.writes").starts_with(says) && shown(pair, "workload.profile").is_empty());
}

/// The years 1 and 9999, and values below zero: a remark each, and no figure.
#[test]
fn times_and_values_that_cannot_be_are_said() {
    let point = |at: &str, value: f64| serde_json::json!({"timeStamp": at, "maximum": value});
    let id = format!("{REDIS}/Redis/small/providers/Microsoft.Insights/metrics/usedmemory");
    let of = |points: Vec<serde_json::Value>| {
        serde_json::json!({"namespace": "Microsoft.Cache/redis", "interval": "PT1H", "value": [{"id": id, "name": {"value": "usedmemory"}, "timeseries": [{"data": points}]}]}).to_string()
    };
    let (read, estate) = with(
        &[LIST],
        &[of(vec![
            point("0001-01-01T00:00:00Z", 5e8),
            point("9999-12-31T23:00:00Z", 5e8),
            point("2026-13-01T00:00:00Z", 5e8),
        ])],
    );
    assert!(
        read.remarks.iter().any(|it| it.contains("whose time is none of the years 2000 to 2199")),
        "{:?}",
        read.remarks
    );
    assert_eq!(shown(planned(&estate, "small"), "workload.dataset"), "");
    let (read, _) = with(&[LIST], &[of(vec![point(NEW, -1.0)])]);
    assert!(
        read.remarks.iter().any(|it| it.contains("has values below zero, which it cannot have")),
        "{:?}",
        read.remarks
    );
}

/// Written and read back, as `--out` and `--since` do.
pub(super) fn kept(estate: &Estate) -> portfolio::Portfolio {
    portfolio::read(&portfolio::write(&estate.portfolio())).unwrap()
}

fn settings(drift: &Drift, name: &str) -> Vec<(Cause, String, String, String, Vec<String>)> {
    let changes = drift.changed.iter().filter(|it| it.name == name).flat_map(|it| &it.changes);
    let each = changes.flat_map(|it| it.what.iter().map(move |what| (it.cause, what)));
    let each = each.filter_map(|(cause, what)| match what {
        What::Setting { property, caches, before, now } => {
            Some((cause, property.clone(), before.clone(), now.clone(), caches.clone()))
        }
        _ => None,
    });
    each.collect()
}

/// Both halves have another policy, one cluster another redundancy, and the link has failed: no plan holds any of that.
#[test]
fn drift_tells_settings_that_no_plan_holds() {
    let catalog = Catalog::bundled().unwrap();
    let names = [LIST, GROUP, LINKS[0], LINKS[1]];
    let before = kept(&estate(&names));
    let lists = [
        text(LIST).replace("volatile-lru", "noeviction"),
        text(GROUP).replacen("\"redundancyMode\": \"ZR\"", "\"redundancyMode\": \"LR\"", 1),
    ];
    let links = LINKS.map(|it| text(it).replace("\"Succeeded\"", "\"Failed\""));
    let (read, now) = with(&[], &[lists.to_vec(), links.to_vec()].concat());
    let found = drift(&before, &now, &read.facts, &catalog);
    let pair = settings(&found, PAIR);
    let names = vec!["pair-weu".to_owned(), "pair-neu".to_owned()];
    let policy = pair.iter().find(|it| it.1 == "maxmemory-policy").unwrap();
    let mut of = policy.4.clone();
    of.sort_by(|one, other| other.cmp(one));
    assert_eq!(
        (policy.0, policy.2.as_str(), policy.3.as_str(), of),
        (Cause::Settings, "volatile-lru", "noeviction", names)
    );
    let link: Vec<_> =
        pair.iter().filter(|it| it.1 == "state of the link").map(|it| (it.0, it.2.as_str(), it.3.as_str())).collect();
    assert!(link.contains(&(Cause::Links, "Succeeded", "Failed")), "{link:?}");
    // Of the group the plan's own field may tell it; once, not twice.
    let group = found.changed.iter().find(|it| it.name == "orders").unwrap();
    let zones = group.changes.iter().flat_map(|it| &it.what).filter(|it| match it {
        What::Field { path, .. } => path.ends_with("zone_redundant"),
        What::Setting { property, .. } => property == "redundancyMode",
        _ => false,
    });
    assert_eq!(zones.count(), 1, "{group:?}");
}

/// A secondary that the list of its subscription has no more, while its primary still names it; and a list of clusters alone, which no
/// other cache can be in.
#[test]
fn only_a_list_that_could_have_a_cache_says_that_it_is_gone() {
    let catalog = Catalog::bundled().unwrap();
    let before = kept(&estate(&[LIST, GROUP, LINKS[0], LINKS[1]]));
    let mut list: Vec<serde_json::Value> = serde_json::from_str(&text(LIST)).unwrap();
    list.retain(|it| it["name"] != "pair-neu");
    let (read, now) = with(&[GROUP, LINKS[0]], &[serde_json::Value::from(list).to_string()]);
    let found = drift(&before, &now, &read.facts, &catalog);
    let gone: Vec<_> = found.removed.iter().map(|it| (it.caches.clone(), it.listed.clone())).collect();
    // What is left is of one other group, and so may the list be.
    assert_eq!(gone, [(vec!["pair-neu".to_owned()], Listed::OneGroup("rg-weu".to_owned()))]);
    let (read, now) = with(&[GROUP], &[]);
    let found = drift(&before, &now, &read.facts, &catalog);
    assert!(found.removed.iter().all(|it| it.listed == Listed::No), "{:?}", found.removed);
}

/// Rows without databases break up no group, and two clusters of one name are two.
#[test]
fn silence_and_equal_names_are_no_change() {
    let catalog = Catalog::bundled().unwrap();
    let before = kept(&estate(&[GROUP]));
    let mut rows: Vec<serde_json::Value> = serde_json::from_str(&text(GROUP)).unwrap();
    for row in &mut rows {
        row.as_object_mut().unwrap().remove("databases");
    }
    let (read, now) = with(&[], &[serde_json::Value::from(rows).to_string()]);
    let found = drift(&before, &now, &read.facts, &catalog);
    assert_eq!((found.changed.len(), found.added.len(), found.removed.len()), (0, 0, 0), "{found:#?}");
    // One name in two groups of resources, and one size each.
    let mut list: Vec<serde_json::Value> = serde_json::from_str(&text(GROUP)).unwrap();
    let mut twin = list.iter().find(|it| it["name"] == "solo").unwrap().clone();
    let other = |it: &serde_json::Value| it.as_str().unwrap().replace("rg-weu", "rg-neu");
    twin["id"] = other(&twin["id"]).into();
    twin["databases"][0]["id"] = other(&twin["databases"][0]["id"]).into();
    twin["sku"]["name"] = "Balanced_B20".into();
    list.push(twin.clone());
    let (read, now) = with(&[], &[serde_json::Value::from(list.clone()).to_string()]);
    let before = kept(&now);
    let same = drift(&before, &now, &read.facts, &catalog);
    assert_eq!((same.changed.len(), same.added.len(), same.removed.len()), (0, 0, 0), "{same:#?}");
    list.retain(|it| it["id"] != twin["id"]);
    let (read, now) = with(&[], &[serde_json::Value::from(list).to_string()]);
    let gone = drift(&before, &now, &read.facts, &catalog);
    assert_eq!((gone.changed.len(), gone.removed.len()), (0, 1), "{gone:#?}");
}

/// Persistence that files disagree on, endpoints that one list alone has, and a half that is being deleted: nothing of it is settled.
#[test]
fn a_pair_is_settled_by_what_both_halves_say() {
    let list = text(LIST);
    let (_, estate) = with(
        &[LIST, LINKS[0], LINKS[1]],
        &[list.replace("\"rdbBackupEnabled\": \"false\"", "\"rdbBackupEnabled\": \"true\"")],
    );
    let pair = planned(&estate, PAIR);
    if list.contains("\"rdbBackupEnabled\": \"false\"") {
        assert_eq!(shown(pair, "passive.persistence"), "");
    }
    let mut caches: Vec<serde_json::Value> = serde_json::from_str(&list).unwrap();
    for cache in &mut caches {
        cache["privateEndpointConnections"] = serde_json::Value::Null;
        if cache["name"] == "pair-neu" {
            cache["provisioningState"] = "Deleting".into();
        }
    }
    let (_, estate) = with(&[LINKS[0], LINKS[1]], &[serde_json::Value::from(caches).to_string()]);
    let pair = planned(&estate, PAIR);
    assert_eq!(why(pair, "passive.exists"), "pair-neu is being deleted, is disabled or has failed.");
    assert_eq!(shown(pair, "passive.checks.endpoints_before_link"), "");
}
