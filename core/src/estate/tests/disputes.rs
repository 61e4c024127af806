//! Files that disagree on one resource: unknown where nothing tells which is newer, the newer where something does.

use super::*;
use crate::catalog::Severity;
use crate::plan::Confirmation;
use crate::portfolio::{Rows, totals};
use crate::report::estate::Answer;

pub(super) const DISPUTES: [&str; 13] = [
    "disputes/alert-list.json",
    "disputes/alert-show.json",
    "disputes/endpoint-list.json",
    "disputes/endpoint-show.json",
    "disputes/memory-left-shards-without-id.json",
    "disputes/redis-list.json",
    "disputes/redis-show-left.json",
    "disputes/redisenterprise-list.json",
    "disputes/redisenterprise-show-west.json",
    "disputes/server-link-list-left.json",
    "disputes/server-link-list-right.json",
    "disputes/server-link-show-left.json",
    "disputes/sets-left.json",
];

/// The resources alone.
fn resources() -> Vec<&'static str> {
    DISPUTES.into_iter().filter(|it| !it.contains("memory") && !it.contains("sets")).collect()
}

fn catalog() -> Catalog {
    Catalog::bundled().unwrap()
}

fn said(findings: &[Finding], id: &str) -> Vec<String> {
    findings.iter().filter(|it| it.id == id).map(|it| it.says.replace('\u{a0}', " ")).collect()
}

fn of(texts: &[String]) -> Estate {
    let files = texts.iter().enumerate().map(|(at, text)| (at.to_string(), text.clone().into_bytes())).collect();
    Estate::of(&read(files).facts, &catalog())
}

/// "Failed" in the list and "Succeeded" in a show: neither counts, for a state, a size, a link, a member's links, an endpoint, an alert.
#[test]
fn what_files_disagree_on_is_unknown_and_asked_for() {
    let facts = facts(&resources());
    let cache = |name: &str| facts.caches.values().find(|it| it.name() == name).unwrap();
    let (left, west) = (cache("left"), cache("west"));
    assert_eq!(
        (&left.state, &left.size, left.tier, &left.tls),
        (&None, &None, Some(Tier::Premium), &Some("1.2".to_owned()))
    );
    assert_eq!((west.high_availability, left.tags.as_ref().map(std::collections::BTreeMap::len)), (None, Some(0)));
    let link = facts.links.iter().find(|((owner, _), _)| owner.ends_with("/left")).unwrap().1;
    assert_eq!((&link.state, &link.peer_role), (&None, &None));
    let (_, database) = facts.databases.iter().find(|(key, _)| key.contains("/west/")).unwrap();
    let states: Vec<&str> = database.linked.iter().flatten().map(|it| it.1.as_str()).collect();
    assert_eq!((states, &database.resource_state), (vec!["", "Linked"], &None));
    let (key, endpoint) = facts.endpoints.iter().find(|((_, key), _)| key.ends_with("/left-pe")).unwrap();
    assert_eq!((&endpoint.status, &facts.subnets[&key.1].subnet), (&None, &None));
    assert_eq!(facts.watches_memory(&key.0), None, "an alert that is on in one file and off in another");

    let estate = Estate::of(&facts, &catalog());
    let pair = planned(&estate, "left and right");
    let begin = |what: &str| format!("Files disagree on {what}: ");
    let expected = [
        begin("left")
            + "provisioningState is Failed in az redis list and Succeeded in az redis show; sku is Premium_P1 in az redis list and Premium_P2 in az redis show; tags is team=basket in az redis show and team=shop in az redis list.",
        begin("the link of left with right")
            + "provisioningState is Failed in az redis server-link show and Succeeded in az redis server-link list; serverRole is Primary in az redis server-link show and Secondary in az redis server-link list.",
        begin("the private endpoint left-pe of left")
            + "status is Approved in az network private-endpoint list, az network private-endpoint show and az redis show and Pending in az redis list; subnet is one in az network private-endpoint list and two in az network private-endpoint show.",
    ];
    let found = said(&pair.findings, "EST-FILES");
    for one in &expected {
        assert!(found.contains(one), "{one}\n{found:#?}");
    }
    assert_eq!(found.len(), expected.len());
    assert!(pair.findings.iter().all(|it| it.id != "EST-FILES"
        || it.severity == Severity::Warn
            && it.do_next.starts_with("Nothing shows which file is newer, so this counts as unknown. ")
            && it.do_next.contains(": az ")));
    assert!(pair.deployment.members.iter().all(|it| it.role == Role::Linked), "two files name two primaries");
    let checks = &pair.draft.plan.passive.checks;
    assert_eq!([checks.both_running_unlinked, checks.endpoints_before_link], [Confirmation::default(); 2]);
    let why = |planned: &Planned, field: &str| {
        let all = planned.draft.unknown.iter().filter(|it| it.field == field).map(|it| it.why.as_str());
        all.collect::<Vec<_>>().join(" ")
    };
    assert!(
        why(pair, "passive.sku").contains("Files disagree on sku of left: Premium_P1 in az redis list and"),
        "{}",
        why(pair, "passive.sku")
    );
    let group = planned(&estate, "carts");
    assert_eq!(group.draft.plan.active.checks.all_linked, Confirmation::default());
    assert!(
        why(group, "active.checks.all_linked")
            .starts_with("Files disagree on linkedDatabases of the database default of west: ")
    );
    assert_eq!(said(&group.findings, "EST-FILES").len(), 2);
    assert_eq!(
        said(&estate.findings, "EST-FILES"),
        [begin("the alert memory")
            + "enabled is false in az monitor metrics alert show and true in az monitor metrics alert list."]
    );
    let rows = Rows::all(&estate.portfolio(), &catalog());
    let read = read(files(&resources()));
    let weekly = Answer::new(&read, &estate, &rows, &catalog()).weekly().csv();
    assert!(weekly.contains("left and right,no,unknown; Succeeded,"), "{weekly}");
    assert!(
        weekly.contains("measured steps,\"EST-FILES, unknown: lag, health, fill and whether the link stands\""),
        "{weekly}"
    );
    assert!(weekly.contains("carts,no,\"Linked; 1 of 2 Linked, unknown\","), "{weekly}");
}

/// The time of the last change tells the two apart; the same files in the other order, and with a third that has no time.
#[test]
fn the_description_of_the_later_change_counts() {
    let all = facts(&["disputes/dated-new.json", "disputes/dated-old.json"]);
    let cache = all.caches.values().next().unwrap();
    assert_eq!((cache.state.as_deref(), cache.size.as_deref()), (Some("Succeeded"), Some("Premium_P2")));
    assert!(cache.disputed.is_empty());
    let text = String::from_utf8(bytes("disputes/dated-old.json")).unwrap().replace("lastModifiedAt", "other");
    let mut files = files(&["disputes/dated-new.json", "disputes/dated-old.json"]);
    files.push(("third".to_owned(), text.into_bytes()));
    assert_eq!(read(files).facts.caches.values().next().unwrap().state, None);
}

/// The cache lists no link, and the list of links has one: either is older.
#[test]
fn a_link_that_its_cache_does_not_list_is_disputed() {
    let list = String::from_utf8(bytes("disputes/redis-list.json")).unwrap();
    let mut caches: serde_json::Value = serde_json::from_str(&list).unwrap();
    for cache in caches.as_array_mut().unwrap() {
        cache["linkedServers"] = serde_json::json!([]);
    }
    let link = String::from_utf8(bytes("disputes/server-link-list-left.json")).unwrap();
    let estate = of(&[caches.to_string(), link.clone()]);
    let pair = planned(&estate, "left and right");
    assert!(
        said(&pair.findings, "EST-FILES")[0]
            .ends_with("provisioningState is Succeeded in az redis server-link list and no link in az redis list."),
        "{:#?}",
        pair.findings
    );
    assert_eq!(pair.draft.plan.passive.exists, Confirmation::default());
    assert_eq!(said(&planned(&of(&[list, link]), "left and right").findings, "EST-FILES"), Vec::<String>::new());
}

/// Of two windows the later says whether a member is healthy, however long the earlier is.
#[test]
fn the_later_window_says_the_health() {
    let id = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/redisEnterprise/c";
    let answer = |day: u32, interval: &str, values: &[u8]| {
        let point = |(hour, value): (usize, &u8)| {
            format!(r#"{{"timeStamp":"2026-10-0{day}T{hour:02}:00:00Z","minimum":{value}}}"#)
        };
        let points: Vec<String> = values.iter().enumerate().map(point).collect();
        format!(
            r#"{{"interval":"{interval}","namespace":"Microsoft.Cache/redisEnterprise","value":[{{"id":"{id}/providers/Microsoft.Insights/metrics/geoReplicationHealthy",
            "name":{{"value":"geoReplicationHealthy"}},"timeseries":[{{"data":[{}]}}]}}]}}"#,
            points.join(",")
        )
    };
    let texts = [answer(1, "PT1H", &[1, 1, 1, 1, 1, 0]), answer(3, "PT1M", &[1, 1])];
    let facts =
        read(texts.iter().enumerate().map(|(at, text)| (at.to_string(), text.clone().into_bytes())).collect()).facts;
    let last = crate::estate::planned::load::latest(&facts, &id.to_ascii_lowercase(), Quantity::Healthy).unwrap();
    assert_eq!(
        (last.last, measured(&facts, &id.to_ascii_lowercase(), Quantity::Healthy).unwrap().unwrap().last),
        (1.0, 1.0),
        "41 hours lie between them, more than either is long: the earlier is left out"
    );
}

/// `[]` does not say whose list it is: it may be that of the alerts.
#[test]
fn an_empty_list_may_be_that_of_the_alerts() {
    let list = String::from_utf8(bytes("disputes/redis-list.json")).unwrap();
    for empty in ["[]", r#"{"value": []}"#] {
        let estate = of(&[list.clone(), empty.to_owned()]);
        let found = said(&planned(&estate, "left and right").findings, "EST-ALERT");
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(
            found[0],
            "No alert on the used memory of left is in the files, and one list is empty: if it is the list of alerts, there is none."
        );
    }
    assert_eq!(
        said(&planned(&of(std::slice::from_ref(&list)), "left and right").findings, "EST-ALERT"),
        Vec::<String>::new()
    );
    // A list that has an alert of the subscription is that of the alerts.
    let alerts = String::from_utf8(bytes("disputes/alert-list.json")).unwrap();
    let found = said(&planned(&of(&[list, alerts, "[]".to_owned()]), "left and right").findings, "EST-ALERT");
    assert_eq!(found, ["No alert watches the used memory of right."]);
    // Two commands that find nothing print the same.
    let twice = read(vec![
        ("a".to_owned(), b"[]".to_vec()),
        ("b".to_owned(), b"[]\n".to_vec()),
        ("c".to_owned(), b"[]".to_vec()),
    ]);
    assert_eq!(twice.unread, Vec::<String>::new());
}

/// Pages of two lists and of two queries: each that goes on is told, whatever else is complete.
#[test]
fn each_list_that_goes_on_is_told() {
    let id = |group: &str, name: &str| {
        format!("/subscriptions/s/resourceGroups/{group}/providers/Microsoft.Cache/Redis/{name}")
    };
    let page = |names: &[&str], next: Option<&str>| {
        let rows: Vec<String> = names
            .iter()
            .map(|it| {
                format!(
                    r#"{{"id":"{}","properties":{{"sku":{{"name":"Premium","family":"P","capacity":1}}}}}}"#,
                    id(it, it)
                )
            })
            .collect();
        let next = next.map_or_else(String::new, |it| {
            format!(r#","nextLink":"https://management.azure.com{it}?api-version=2024-11-01&$skiptoken=AbC""#)
        });
        format!(r#"{{"value":[{}]{next}}}"#, rows.join(","))
    };
    let redis = "/subscriptions/S/providers/Microsoft.Cache/redis";
    let goes_on = ["The list microsoft.cache/redis of subscription s has more pages than the files."];
    let (first, second, last) =
        (page(&["a", "b"], Some(redis)), page(&["c", "d"], Some(redis)), page(&["e", "f"], None));
    assert_eq!(said(&of(std::slice::from_ref(&first)).findings, "EST-PAGES"), goes_on);
    assert_eq!(said(&of(&[first.clone(), second.clone()]).findings, "EST-PAGES"), goes_on);
    assert_eq!(said(&of(&[first.clone(), second.clone(), last.clone()]).findings, "EST-PAGES"), Vec::<String>::new());
    assert_eq!(said(&of(&[format!("[{first},{second},{last}]")]).findings, "EST-PAGES"), Vec::<String>::new());
    // The last page of another list ends no other.
    let other = r#"{"value":[{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Cache/redisEnterprise/x"}]}"#
        .to_owned();
    assert_eq!(said(&of(&[first.clone(), other]).findings, "EST-PAGES"), goes_on);
    let query = |names: &[&str], token: &str, all: u32| {
        let rows: Vec<String> = names.iter().map(|it| format!(r#"{{"id":"{}"}}"#, id(it, it))).collect();
        format!(r#"{{"count":{},"data":[{}],"skip_token":{token},"total_records":{all}}}"#, rows.len(), rows.join(","))
    };
    let [one, two, three] = [query(&["a", "b"], "\"t\"", 5), query(&["c", "d"], "\"u\"", 5), query(&["e"], "null", 5)];
    let done = query(&["a"], "null", 1);
    assert_eq!(
        said(&of(&[one.clone(), two.clone(), done.clone()]).findings, "EST-PAGES"),
        ["A Resource Graph answer has 5 rows, of which the files have 4."]
    );
    assert_eq!(said(&of(&[one.clone(), two.clone(), three, done]).findings, "EST-PAGES"), Vec::<String>::new());
    // The list of one group is no last page of the subscription's, or nobody can tell.
    let of_group = |more: &[String]| {
        let own = [vec![first.clone(), page(&["a"], None)], more.to_vec()].concat();
        said(&of(&own).findings, "EST-PAGES")
    };
    let group = of_group(&[]);
    assert_eq!(
        group,
        [
            "The list microsoft.cache/redis of subscription s has no certain end: an answer with caches of one resource group alone may be its last page, or the list of that group."
        ]
    );
    // What the command prints has all of them, or is of one group too.
    let flat = |names: &[&str]| {
        let rows = names
            .iter()
            .map(|it| format!(r#"{{"id":"{}","sku":{{"name":"Premium","family":"P","capacity":1}}}}"#, id(it, it)));
        format!("[{}]", rows.collect::<Vec<_>>().join(","))
    };
    assert_eq!(of_group(&[flat(&["a", "b", "c"])]), Vec::<String>::new());
    assert_eq!(of_group(&[flat(&["b"])]).len(), 1);
    // A last page repeats no cache of the first, whatever group it is of.
    assert_eq!(said(&of(&[first.clone(), page(&["e"], None)]).findings, "EST-PAGES"), Vec::<String>::new());
    // A sixth cache came between the second page and the third.
    let grown = query(&["e"], "null", 6);
    assert_eq!(said(&of(&[one.clone(), two, grown.clone()]).findings, "EST-PAGES"), Vec::<String>::new());
    assert_eq!(said(&of(&[one, grown]).findings, "EST-PAGES").len(), 2);
    // REST says that rows are left out, without a token.
    let cut = |it: &str| format!(r#"{{"count":1,"data":[{{"id":"{}"}}],"resultTruncated":"{it}"}}"#, id("a", "a"));
    let cut = ["true", "false"].map(|it| said(&of(&[cut(it)]).findings, "EST-PAGES"));
    assert_eq!(cut, [vec!["A Resource Graph answer has more rows than the files.".to_owned()], Vec::new()]);
}

/// 1 GB behind of each of two shards, and nobody has measured the writes: the time is not judged by a starting value.
#[test]
fn an_offset_is_not_judged_by_writes_that_nobody_has_measured() {
    let caches =
        ["disputes/redis-list.json", "disputes/server-link-list-left.json", "disputes/server-link-list-right.json"];
    let without = estate(&[&caches[..], &["disputes/offset-right.json"]].concat());
    let found: Vec<&Finding> =
        planned(&without, "left and right").findings.iter().filter(|it| it.id == "EST-OFFSET").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Info);
    assert!(
        found[0].says.replace('\u{a0}', " ").starts_with("The copy of right was 2 GB behind. The time is not judged"),
        "{found:?}"
    );
    let with = estate(&[&caches[..], &["disputes/offset-right.json", "disputes/sets-left.json"]].concat());
    let found = &planned(&with, "left and right").findings;
    let judged = said(found, "EST-OFFSET");
    assert!(
        judged[0].contains("of its writes at the plan’s") && judged[0].ends_with("above the RPO target of 60 s."),
        "{judged:?}"
    );
}

/// The same export twice is one; other values at one time are told, the last interval of a series excepted; shards without an id too.
#[test]
fn two_values_of_one_time_are_told() {
    let caches =
        ["disputes/redis-list.json", "disputes/server-link-list-left.json", "disputes/server-link-list-right.json"];
    let told =
        |more: &[&str]| said(&planned(&estate(&[&caches[..], more].concat()), "left and right").findings, "EST-FILES");
    assert_eq!(told(&["disputes/sets-left.json"]), Vec::<String>::new());
    assert_eq!(
        told(&["disputes/sets-left.json", "disputes/sets-left-other.json"]),
        [
            "The files have two values of set commands of left at 1 time, the first on 2026-10-01: the greater one counts."
        ]
    );
    assert_eq!(
        told(&["disputes/memory-left-shards-without-id.json"]),
        [
            "The files have two values of used memory of left at 3 times, the first on 2026-10-01: the greater one counts."
        ]
    );
    let mut spaced = files(&[&caches[..], &["disputes/sets-left.json"]].concat());
    let mut again = bytes("disputes/sets-left.json");
    again.extend(b"\n \n");
    spaced.push(("again".to_owned(), again));
    let estate = Estate::of(&read(spaced).facts, &catalog());
    assert_eq!(said(&planned(&estate, "left and right").findings, "EST-FILES"), Vec::<String>::new());
}

/// First without metrics, then with them, and the other way round: no change, told in one sentence.
#[test]
fn what_was_not_measured_in_one_of_two_imports_is_no_change() {
    let without: Vec<&str> = ESTATE.into_iter().filter(|it| !it.contains("metrics")).collect();
    let (bare, full) = (estate(&without), estate(&ESTATE));
    let drift = |before: &Estate, now: &Estate, names: &[&str]| {
        let before = crate::portfolio::read(&crate::portfolio::write(&before.portfolio())).unwrap();
        crate::estate::drift(&before, now, &facts(names), &catalog())
    };
    let first = drift(&bare, &full, &ESTATE);
    let names = ["pair-weu and pair-neu", "orders"].map(str::to_owned);
    assert_eq!((first.changed.as_slice(), first.first_said.as_slice(), first.unsaid.len()), (&[][..], &names[..], 0));
    let lost = drift(&full, &bare, &without);
    assert_eq!((lost.changed.as_slice(), lost.first_said.len(), lost.unsaid.as_slice()), (&[][..], 0, &names[..]));
    let said = crate::report::estate::since(&lost, crate::units::Currency::USD).says.words();
    assert!(said.ends_with("Not measured this time: the load of pair-weu and pair-neu; orders."), "{said}");
    let same = drift(&full, &full, &ESTATE);
    assert!(same.first_said.is_empty() && same.unsaid.is_empty());
}

/// What an import prints and what its portfolio prints of the month is one sentence, of lone caches too.
#[test]
fn an_import_and_its_portfolio_have_one_sum() {
    let read = read(files(&ESTATE));
    let estate = Estate::of(&read.facts, &catalog());
    let rows = Rows::all(&estate.portfolio(), &catalog());
    assert!(estate.planned.iter().any(|it| it.draft.unheld.is_some()));
    let document = Answer::new(&read, &estate, &rows, &catalog()).document(false);
    let first = document.sections[0].says.words().replace('\u{a0}', " ");
    assert!(first.contains(" of nodes alone for 2 deployments that no plan holds. The plans cost $"), "{first}");
    let said = document.plain();
    assert_eq!(said.matches("of nodes alone").count(), 1, "said once: {said}");
    for one in totals(&rows.rows).sentences(catalog().currency()) {
        assert!(said.contains(&one), "{one}\n{said}");
    }
    assert!(said.contains("for 2 plans of another design than what runs today; the nodes that run cost $9"), "{said}");
}
