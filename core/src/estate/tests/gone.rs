//! What a later import must tell and must not invent: what went wrong since, what no list could show, silence, and names that repeat.

use super::*;
use crate::portfolio::{self, Portfolio};
use crate::report::document::Document;
use crate::report::estate::since;
use crate::units::Currency;
use serde_json::{Value, json};

const GROUP: &str = "drift/group-of-one-name.json";
const SOLO: &str = "drift/solo-twice.json";
const LONG: &str = "drift/group-of-long-names.json";
const ROWS: &str = "drift/group-graph-rows.json";
const HEALTH: &str = "drift/pair-health.json";
const CACHES: &str = "estate/az-redis-list.json";
const CLUSTERS: &str = "estate/az-redisenterprise-list.json";
const LINKS: [&str; 2] = ["estate/server-link-weu.json", "estate/server-link-neu.json"];
const PAIR: [&str; 3] = [CACHES, LINKS[0], LINKS[1]];

fn file(name: &str) -> (String, Value) {
    (name.to_owned(), serde_json::from_slice(&bytes(name)).unwrap())
}

fn named(name: &str, value: Value) -> (String, Value) {
    (name.to_owned(), value)
}

fn with(names: &[&str], more: &[(String, Value)]) -> Vec<(String, Value)> {
    names.iter().map(|name| file(name)).chain(more.iter().cloned()).collect()
}

/// The entries of a list that a name does not match.
fn without(name: &str, gone: &str) -> (String, Value) {
    let (name, list) = file(name);
    let left = list.as_array().unwrap().iter().filter(|it| it["name"] != gone).cloned();
    (name, left.collect())
}

/// A file with a word in place of another.
fn turned(name: &str, from: &str, into: &str) -> (String, Value) {
    let text = String::from_utf8(bytes(name)).unwrap();
    assert!(text.contains(from), "{name} has no {from}");
    (name.to_owned(), serde_json::from_str(&text.replace(from, into)).unwrap())
}

fn known(files: &[(String, Value)]) -> (Estate, Facts) {
    let bytes = files.iter().map(|(name, it)| (name.clone(), it.to_string().into_bytes()));
    let facts = read(bytes.collect()).facts;
    (Estate::of(&facts, &Catalog::bundled().unwrap()), facts)
}

fn kept(files: &[(String, Value)]) -> Portfolio {
    portfolio::read(&portfolio::write(&known(files).0.portfolio())).unwrap()
}

/// What is told of files beside the portfolio of earlier ones: one line a change, "deployment | cause | what | before | now | based on | month",
/// behind the summary.
fn told(before: &[(String, Value)], now: &[(String, Value)]) -> Vec<String> {
    told_of(&kept(before), now)
}

fn told_of(before: &Portfolio, now: &[(String, Value)]) -> Vec<String> {
    let catalog = Catalog::bundled().unwrap();
    let (estate, facts) = known(now);
    let drift = drift(before, &estate, &facts, &catalog);
    let section = since(&drift, Currency::USD);
    let text = Document { title: "Estate".to_owned(), opening: Vec::new(), sections: vec![section] }.plain();
    let lines = text.replace('\u{a0}', " ");
    let cells =
        |line: &str| line.trim().split("  ").map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" | ");
    lines.lines().skip(6).map(cells).filter(|it| !it.is_empty() && !it.starts_with("Deployment")).collect()
}

fn summary(lines: &[String]) -> &str {
    lines.first().map_or("", String::as_str)
}

fn has(lines: &[String], parts: &[&str]) -> bool {
    lines.iter().any(|line| parts.iter().all(|part| line.contains(part)))
}

/// Each was as good as told by nothing: the confirmation that falls was no evidence.
#[test]
fn what_went_wrong_since_is_told() {
    let before = with(&PAIR, &[]);
    let both = |word: &str| [LINKS[0], LINKS[1]].map(|it| turned(it, "\"Succeeded\"", word));
    let failed = told(&before, &with(&[CACHES], &both("\"Failed\"")));
    assert!(
        has(
            &failed,
            &["| Links | state of the link", "| Succeeded | Failed | state of the link of pair-neu and pair-weu"]
        ),
        "{failed:#?}"
    );
    // Both sides name themselves primary.
    let roles = told(&before, &with(&[CACHES, LINKS[0]], &[turned(LINKS[1], "\"Primary\"", "\"Secondary\"")]));
    let disagree = "| confirmed | open | The two sides of pair-neu and pair-weu name different primaries.";
    assert!(has(&roles, &["| Links | ", disagree]), "{roles:#?}");
    let ill = told(&with(&PAIR, &[file(HEALTH)]), &with(&PAIR, &[turned(HEALTH, "1.0", "0.0")]));
    assert!(has(&ill, &["| Links | geo-replication | healthy at its end | not healthy at its end"]), "{ill:#?}");
    for lines in [&failed, &roles, &ill] {
        assert!(summary(lines).starts_with("1 of 2 deployments changed"), "{lines:#?}");
    }
    // A portfolio that keeps no settings has the confirmation.
    let mut older = kept(&before);
    older.settings.clear();
    let failed = told_of(&older, &with(&[CACHES], &both("\"Failed\"")));
    assert!(has(&failed, &["| confirmed | open | The link of pair-weu and pair-neu is Failed as"]), "{failed:#?}");
    // Silence is none of it.
    for silent in [with(&[CACHES], &[]), with(&[CACHES, LINKS[0]], &[])] {
        let lines = told(&before, &silent);
        assert!(
            summary(&lines).starts_with("0 of 2 deployments changed, 0 caches are new, 0 caches are not"),
            "{lines:#?}"
        );
    }
}

/// A half that its peer still names, and that no file describes any more.
#[test]
fn a_half_that_its_list_has_no_more_is_told() {
    let before = with(&PAIR, &[]);
    let lines = told(&before, &with(&[LINKS[0]], &[without(CACHES, "pair-neu")]));
    // What is left is of one resource group, another one than that of the half: the list may be of that group.
    assert!(has(&lines, &["pair-neu | there | not in the files", "resource group rg-weu alone"]), "{lines:#?}");
    assert!(summary(&lines).contains(" 1 cache in no whole list: not known whether it is gone."), "{lines:#?}");
    // A third group shows that it is the subscription's.
    let (name, mut list) = without(CACHES, "pair-neu");
    let text = list[0].to_string().replace("rg-weu", "rg-third").replace("pair-weu", "third");
    let mut third: Value = serde_json::from_str(&text).unwrap();
    third["linkedServers"] = json!([]);
    list.as_array_mut().unwrap().push(third);
    let lines = told(&before, &with(&[LINKS[0]], &[(name, list)]));
    assert!(
        has(&lines, &["pair-neu | there | not in the files", "The list of its subscription is in the files"]),
        "{lines:#?}"
    );
    // A half that no file had described is not gone with that.
    let half = with(&[LINKS[0]], &[without(CACHES, "pair-neu")]);
    let lines = told(&half, &half);
    assert_eq!(summary(&lines), "0 of 2 deployments changed, 0 caches are new, 0 caches are not in the files.");
}

/// Lists of other types, one cache alone, a page of several: none of them lacks a cache.
#[test]
fn only_a_whole_list_of_its_type_lacks_a_cache() {
    let before = with(&PAIR, &[file(CLUSTERS)]);
    let open = "No whole list of its type and subscription is in the files";
    let (_, all) = file(CACHES);
    let id = |at: usize| all[at]["id"].as_str().unwrap().to_owned();
    let rest = |at: usize| {
        let mut properties = all[at].clone();
        properties
            .as_object_mut()
            .unwrap()
            .retain(|name, _| ["sku", "shardCount", "redisVersion"].contains(&name.as_str()));
        json!({"id": id(at), "name": all[at]["name"], "location": all[at]["location"], "type": "Microsoft.Cache/Redis", "properties": properties})
    };
    let small = 2;
    assert_eq!(all[small]["name"], "small");
    let next = "https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Cache/redis?$skiptoken=x";
    let cases = [
        ("a list of another type", with(&[CLUSTERS], &[])),
        ("one cache", with(&[CLUSTERS], &[named("show", all[small].clone())])),
        ("an empty list", with(&[CLUSTERS], &[named("empty", json!([]))])),
        ("a page of several", with(&[CLUSTERS], &[named("page", json!({"value": [rest(small)], "nextLink": next}))])),
        (
            "rows of more",
            with(&[CLUSTERS], &[named("rows", json!({"data": [rest(small)], "total_records": 3, "count": 1}))]),
        ),
    ];
    for (what, files) in &cases {
        let lines = told(&before, files);
        assert!(has(&lines, &["pair-weu", "not in the files", open, "unknown"]), "{what}: {lines:#?}");
        assert!(!summary(&lines).contains("less"), "{what}: {lines:#?}");
    }
    // A list that breaks off has what comes before.
    let broken = all.to_string().split(r#","name":"small""#).next().unwrap().to_owned();
    let files = [(CLUSTERS.to_owned(), bytes(CLUSTERS)), ("broken".to_owned(), broken.into_bytes())];
    let read = read(files.to_vec());
    assert_eq!(read.unread.len(), 1);
    let catalog = Catalog::bundled().unwrap();
    let found = drift(&kept(&before), &Estate::of(&read.facts, &catalog), &read.facts, &catalog);
    assert!(found.removed.iter().all(|it| it.listed == Listed::No) && !found.removed.is_empty(), "{found:#?}");
    // Whole lists in every form: small is gone with the pair's two groups in them.
    let whole = [
        ("az redis list", without(CACHES, "small")),
        ("a page that is the last", named("page", json!({"value": [rest(0), rest(1)]}))),
        ("rows of all", named("rows", json!({"data": [rest(0), rest(1)], "total_records": 2, "count": 2}))),
    ];
    for (what, list) in whole {
        let lines = told(&before, &with(&[CLUSTERS, LINKS[0], LINKS[1]], &[list]));
        assert!(
            has(&lines, &["small | there | not in the files | The list of its subscription"]),
            "{what}: {lines:#?}"
        );
    }
    // What a list without sizes names is there.
    let names: Value = [0, 1, 2]
        .map(|at| json!({"id": id(at), "name": all[at]["name"], "type": "Microsoft.Cache/Redis"}))
        .into_iter()
        .collect();
    let lines = told(&before, &with(&[CLUSTERS], &[named("resources", names)]));
    assert!(summary(&lines).contains("0 caches are not in the files"), "{lines:#?}");
}

/// Rows of Resource Graph have no databases: nothing shows whether a cluster is in a group, before or now.
#[test]
fn silence_of_databases_makes_and_breaks_no_group() {
    let (group, rows) = (with(&[CLUSTERS], &[]), with(&[ROWS], &[]));
    for (before, now) in [(&group, &rows), (&rows, &group)] {
        let lines = told(before, now);
        assert!(summary(&lines).starts_with("0 of"), "{lines:#?}");
        assert!(
            !has(&lines, &["What runs"]) && !has(&lines, &["Caches together"]) && !has(&lines, &["Regions"]),
            "{lines:#?}"
        );
    }
    // Their sizes and settings are compared all the same.
    let grown = turned(ROWS, "Balanced_B20", "Balanced_B50").1.to_string().replace("\"ZR\"", "\"LR\"");
    let lines = told(&group, &[named("rows", serde_json::from_str(&grown).unwrap())]);
    for at in ["amr-neu", "amr-weu"] {
        assert!(has(&lines, &[at, "| Size |", "Balanced_B20 | Balanced_B50"]), "{lines:#?}");
        assert!(has(&lines, &[at, "| Settings | redundancyMode | ZR | LR"]), "{lines:#?}");
    }
    assert!(!has(&lines, &["What runs today | "]) && !has(&lines, &["Regions"]), "{lines:#?}");
}

/// Two regions may have a cluster of one name, alone or in a group; of long names the tag has only some.
#[test]
fn caches_of_one_name_are_no_other_and_long_names_are_whole() {
    for files in [GROUP, SOLO, LONG] {
        let same = told(&with(&[files], &[]), &with(&[files], &[]));
        assert!(has(&same, &["0 of", "0 caches are new, 0 caches are not in the files."]), "{files}: {same:#?}");
        assert_eq!(same.len(), 1, "{same:#?}");
    }
    // One of the two is deleted: that, and nothing of a size that changed.
    let (_, two) = file(SOLO);
    for (gone, left) in [(0, 1), (1, 0)] {
        let group = two[gone]["resourceGroup"].as_str().unwrap();
        let list = named("list", json!([two[left]]));
        let lines = told(&with(&[SOLO], &[]), &[list]);
        assert!(
            summary(&lines).starts_with("0 of 1 deployment changed, 0 caches are new, 1 cache is not in the files."),
            "{lines:#?}"
        );
        assert!(has(&lines, &[&format!("solo ({group}) | there | not in the files")]), "{lines:#?}");
        // and the other way it is new.
        let lines = told(&[named("list", json!([two[left]]))], &with(&[SOLO], &[]));
        assert!(summary(&lines).starts_with("0 of 1 deployment changed, 1 cache is new, 0"), "{lines:#?}");
        assert!(has(&lines, &[&format!("solo ({group}) | not there | runs")]), "{lines:#?}");
    }
    // One of five leaves: its name is behind the end of the tag.
    let (_, five) = file(LONG);
    let four = |at: usize| -> Value {
        let mut all = five.clone();
        let left = all[at]["id"].as_str().unwrap().to_owned();
        let list = all.as_array_mut().unwrap();
        list.remove(at);
        for it in list.iter_mut() {
            let linked = it["databases"][0]["geoReplication"]["linkedDatabases"].as_array_mut().unwrap();
            linked.retain(|it| !it["id"].as_str().unwrap().starts_with(&left));
        }
        all
    };
    for at in 0..5 {
        let name = five[at]["name"].as_str().unwrap();
        let lines = told(&with(&[LONG], &[]), &[named("list", four(at))]);
        assert!(has(&lines, &[name, "there | not in the files | The list of its subscription"]), "{lines:#?}");
        assert!(has(&lines, &["| Links | Caches together", name]), "{lines:#?}");
    }
    let lines = told(&[named("list", four(4))], &with(&[LONG], &[]));
    assert!(has(&lines, &["number-4 | not there | runs"]), "{lines:#?}");
}

/// Members of one name, or of the names of a pair, that only a database or a link names: the same files have not changed.
#[test]
fn members_that_are_only_named_are_no_others() {
    let (_, group) = file(GROUP);
    let base = |subscription: &str, name: &str| {
        let base =
            format!("/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.Cache/redisEnterprise/{name}");
        format!("{base}/databases/default")
    };
    let mut three = group[0]["databases"][0].clone();
    three["id"] = base("one", "a").into();
    let all = [("one", "a"), ("two", "a"), ("two", "b")];
    let linked = all.map(|(subscription, name)| json!({"id": base(subscription, name), "state": "Linked"}));
    three["geoReplication"]["linkedDatabases"] = linked.to_vec().into();
    let twins = file(CLUSTERS).1.to_string().replace("amr-weu", "pair-weu").replace("amr-neu", "pair-neu");
    let twins: Value = serde_json::from_str(&twins).unwrap();
    let twin = twins[0]["databases"][0].clone();
    let cases = [
        vec![named("list", json!([group[0]]))],
        vec![named("database", group[0]["databases"][0].clone())],
        vec![named("database", three)],
        with(&LINKS, &[named("database", twin.clone())]),
        with(&PAIR, &[named("database", twin)]),
        with(&PAIR, &[named("list", json!([twins[0]]))]),
    ];
    for (at, files) in cases.iter().enumerate() {
        let same = told(files, files);
        assert!(same.len() == 1 && same[0].contains("0 caches are new, 0 caches are not"), "{at}: {same:#?}");
    }
}

/// A cache that was moved to another resource group is the same; a cluster is another resource than a cache of its name.
#[test]
fn a_cache_that_moved_is_the_same() {
    let before = with(&[CACHES], &[]);
    let moved = turned(
        CACHES,
        "resourceGroups/rg-weu/providers/Microsoft.Cache/Redis/small",
        "resourceGroups/rg-new/providers/Microsoft.Cache/Redis/small",
    );
    let lines = told(&before, &[moved]);
    assert!(summary(&lines).contains("0 caches are new, 0 caches are not in the files"), "{lines:#?}");
    let cluster = turned(CLUSTERS, "redisEnterprise/solo", "redisEnterprise/small");
    let lines = told(&before, &with(&[], &[without(CACHES, "small"), cluster]));
    assert!(
        has(&lines, &["small", "| not there | runs"]) && has(&lines, &["small", "| there | not in the files"]),
        "{lines:#?}"
    );
}

/// What the plan does not hold of a cache is compared too, and what it holds is told once.
#[test]
fn settings_that_a_plan_does_not_hold_are_compared() {
    let before = with(&PAIR, &[file(CLUSTERS), file("estate/alerts.json")]);
    let (name, mut list) = file(CACHES);
    for it in list.as_array_mut().unwrap().iter_mut().filter(|it| it["name"] == "pair-neu") {
        it["redisConfiguration"]["maxmemoryPolicy"] = "allkeys-lru".into();
        it["zones"] = json!(["1", "3"]);
        it["minimumTlsVersion"] = "1.0".into();
    }
    let (clusters, mut members) = file(CLUSTERS);
    members[0]["redundancyMode"] = "LR".into();
    let (alerts, mut off) = file("estate/alerts.json");
    for it in off.as_array_mut().unwrap() {
        it["enabled"] = false.into();
    }
    let now = [(name, list), file(LINKS[0]), file(LINKS[1]), (clusters, members), (alerts, off)];
    let lines = told(&before, &now);
    let one = |parts: &[&str]| lines.iter().filter(|line| parts.iter().all(|it| line.contains(it))).count();
    let told_once = [
        "| Settings | maxmemory-policy | volatile-lru | allkeys-lru | maxmemory-policy of pair-neu",
        "| zones | 1 2 | 1 3 | zones of pair-neu",
        "| minimumTlsVersion | 1.2 | 1.0 | minimumTlsVersion of pair-neu",
        "| alert on used memory | on | none | alert on used memory of amr-weu",
        // The plan of the group has it, of all members together.
        "redundan",
    ];
    for line in told_once {
        assert_eq!(one(&[line]), 1, "{line}: {lines:#?}");
    }
    assert_eq!(told(&now, &now).len(), 1);
}
