//! What files do not show is open: no confirmation, size or readiness from silence, from a maximum, or from files that disagree.

use super::*;
use crate::plan::Confirmation;
use crate::portfolio::Rows;
use crate::report::estate::Answer;

pub(super) const LIST: &str = "estate/az-redis-list.json";
pub(super) const GROUP: &str = "estate/az-redisenterprise-list.json";
pub(super) const LINKS: [&str; 2] = ["estate/server-link-weu.json", "estate/server-link-neu.json"];

fn catalog() -> Catalog {
    Catalog::bundled().unwrap()
}

pub(super) fn text(name: &str) -> String {
    String::from_utf8(bytes(name)).unwrap()
}

/// These files, with others that are texts.
pub(super) fn with(names: &[&str], texts: &[String]) -> (Read, Estate) {
    let more = texts.iter().enumerate().map(|(at, text)| (format!("{at}.json"), text.clone().into_bytes()));
    let read = read(files(names).into_iter().chain(more).collect());
    let estate = Estate::of(&read.facts, &catalog());
    (read, estate)
}

pub(super) fn said(findings: &[Finding], id: &str) -> Vec<String> {
    findings.iter().filter(|it| it.id == id).map(|it| it.says.replace('\u{a0}', " ")).collect()
}

pub(super) fn why(planned: &Planned, field: &str) -> String {
    let all = planned.draft.unknown.iter().filter(|it| it.field == field).map(|it| it.why.replace('\u{a0}', " "));
    all.collect::<Vec<_>>().join(" ")
}

pub(super) fn shown(planned: &Planned, field: &str) -> String {
    let all = planned.draft.evidence.iter().filter(|it| it.field == field);
    all.map(|it| format!("{}: {}", it.value, it.from).replace('\u{a0}', " ")).collect::<Vec<_>>().join(" ")
}

pub(super) fn weekly(read: &Read, estate: &Estate) -> String {
    let rows = Rows::all(&estate.portfolio(), &catalog());
    let report = Answer::new(read, estate, &rows, &catalog()).weekly();
    // The sentences of the sections stand in the text alone.
    let text = format!("{} {}", report.plain(), report.csv());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// pair-neu lists no link, and pair-weu one: by its list of links, and by its own description alone.
#[test]
fn a_link_that_one_half_shows_alone_stands_not() {
    for links in [&LINKS[..1], &[]] {
        let names = [&["doubts/redis-list-neu-unlinked.json"], links].concat();
        let (read, estate) = with(&names, &[]);
        let pair = estate.planned.iter().find(|it| it.deployment.kind == Kind::Pair).unwrap();
        let says = "pair-weu shows a link with pair-neu, and pair-neu shows none.";
        assert_eq!(said(&pair.findings, "EST-LINK"), [says]);
        assert_eq!(
            (pair.draft.plan.passive.exists, why(pair, "passive.exists")),
            (Confirmation::Unknown, says.to_owned())
        );
        let weekly = weekly(&read, &estate);
        assert!(weekly.contains("no link") && weekly.contains("EST-LINK"), "{weekly}");
    }
}

/// Three shards in one list and six in the other: no number of shards, and no sum of values that are of a shard each.
#[test]
fn shards_that_files_disagree_on_are_none() {
    let all = [LIST, "doubts/redis-list-six-shards.json", LINKS[0], LINKS[1], "estate/metrics-pair-weu.json"];
    let (read, estate) = with(&all, &[]);
    let pair = planned(&estate, "pair-weu and pair-neu");
    assert_eq!((shown(pair, "passive.shards"), pair.draft.plan.passive.shards), (String::new(), None));
    assert!(
        why(pair, "passive.shards").contains("3 in one az redis list and 6 in another"),
        "{:#?}",
        pair.draft.unknown
    );
    assert_eq!(pair.draft.plan.passive.checks.same_shards, Confirmation::Unknown);
    assert_eq!(said(&pair.findings, "EST-DIFFERS"), Vec::<String>::new());
    let key = &pair.deployment.members[0].key;
    assert_eq!(measured(&read.facts, key, Quantity::Memory), Some(Err(Unusable::Shards)));
    assert!(why(pair, "workload.dataset").contains("the number of shards is not known"));
    // A total is of all shards together.
    assert!(matches!(measured(&read.facts, key, Quantity::Gets), Some(Ok(_))));
}

/// One full sync of three shards: an event of each, split by shard or added up.
#[test]
fn a_full_sync_of_several_shards_is_one() {
    for file in ["doubts/one-sync-by-shard.json", "doubts/one-sync-unsplit.json"] {
        let (_, estate) = with(&[LIST, LINKS[0], LINKS[1], file], &[]);
        assert_eq!(
            said(&planned(&estate, "pair-weu and pair-neu").findings, "EST-SYNC"),
            Vec::<String>::new(),
            "{file}"
        );
    }
    let twice = text("doubts/one-sync-unsplit.json").replace("\"total\": 3", "\"total\": 6");
    let (_, estate) = with(&[LIST, LINKS[0], LINKS[1]], &[twice]);
    let found = said(&planned(&estate, "pair-weu and pair-neu").findings, "EST-SYNC");
    assert_eq!(found, ["pair-neu copied everything 2 times: full syncs repeat."]);
}

/// Rows of Resource Graph have no databases: whether the clusters are a group is unknown.
#[test]
fn clusters_without_databases_are_not_alone() {
    let (read, estate) = with(&["doubts/graph-clusters.json"], &[]);
    assert_eq!(
        said(&estate.findings, "EST-LISTED"),
        ["No database of amr-neu and amr-weu is in the files, so that nothing shows whether each is in a group."]
    );
    for planned in &estate.planned {
        assert_eq!(planned.draft.plan.passive.exists, Confirmation::Unknown);
        assert!(why(planned, "passive.exists").contains("az redisenterprise list"));
    }
    let weekly = weekly(&read, &estate);
    assert!(
        weekly.contains("2 clusters without a database in the files") && !weekly.contains("nothing to fail over to"),
        "{weekly}"
    );
}

/// No file shows whether pair-weu is linked; an empty list says that it is not.
#[test]
fn silence_disproves_no_pair() {
    let silent = text("doubts/redis-list-silent.json");
    let empty = silent.replace("\"linkedServers\": null", "\"linkedServers\": []");
    assert_ne!(silent, empty);
    for (text, exists) in [(silent, Confirmation::Unknown), (empty, Confirmation::NotSo)] {
        let (_, estate) = with(&[], &[text]);
        let lone = planned(&estate, "pair-weu");
        assert_eq!(lone.draft.plan.passive.exists, exists, "{:#?}", lone.draft.unknown);
    }
}

/// A link that is in another state than Succeeded, or not healthy at its end, is no pair that exists.
#[test]
fn a_link_exists_where_it_is_in_place() {
    let links = |state: &str| LINKS.map(|it| text(it).replace("\"Succeeded\"", &format!("\"{state}\"")));
    for state in ["Failed", "Deleting", "Unlinking", "Creating"] {
        let (_, estate) = with(&[LIST], &links(state));
        let pair = planned(&estate, "pair-weu and pair-neu");
        assert_eq!(pair.draft.plan.passive.exists, Confirmation::Unknown, "{state}");
        assert!(why(pair, "passive.exists").contains(&format!("is {state} as pair-neu shows it")), "{state}");
    }
    let (_, estate) = with(&[LIST], &links("Succeeded"));
    assert_eq!(planned(&estate, "pair-weu and pair-neu").draft.plan.passive.exists, Confirmation::Confirmed);
    let ill = text("estate/metrics-pair-neu.json").replace("\"minimum\": 1", "\"minimum\": 0");
    let (_, estate) = with(&[LIST], &[links("Succeeded").as_slice(), &[ill]].concat());
    let pair = planned(&estate, "pair-weu and pair-neu");
    assert_eq!(pair.draft.plan.passive.exists, Confirmation::Unknown);
    assert!(why(pair, "passive.exists").contains("not healthy at its end"), "{:#?}", pair.draft.unknown);
}

/// Descriptions and links alone say nothing against a failover, and do not make it ready.
#[test]
fn nothing_measured_is_not_ready() {
    let all = [LIST, LINKS[0], LINKS[1]];
    let (read, estate) = with(&all, &[]);
    let said = weekly(&read, &estate);
    assert!(said.contains("0 of 1 pairs and groups are ready"), "{said}");
    assert!(said.contains("pair-weu and pair-neu,unknown,Succeeded,"), "{said}");
    assert!(said.contains("\"unknown: lag, health and fill\""), "{said}");
    // One half has the port without TLS open.
    let port = text(LIST).replacen("\"enableNonSslPort\": false", "\"enableNonSslPort\": true", 1);
    assert_ne!(port, text(LIST));
    let (read, estate) = with(&LINKS, &[port]);
    let differs = said_of(&estate);
    assert!(differs.contains("enableNonSslPort"), "{differs}");
    let said = weekly(&read, &estate);
    assert!(said.contains("pair-weu and pair-neu,no,") && said.contains(" not so"), "{said}");
}

fn said_of(estate: &Estate) -> String {
    said(&planned(estate, "pair-weu and pair-neu").findings, "EST-DIFFERS").join(" ")
}

/// An alert on a subscription watches the caches of its type and region there; where it does not say them, nobody knows.
#[test]
fn an_alert_of_another_service_or_region_watches_nothing() {
    let elsewhere = text("doubts/alert-elsewhere.json");
    let own = elsewhere.replace("Microsoft.Cache/Redis\"", "Microsoft.Cache/RedisEnterprise\"");
    let silent = own.replace("targetResource", "other");
    let cases = [
        (elsewhere.clone(), [Some(false); 2]),
        (own.clone(), [Some(false); 2]),
        (own.replace("eastus", "West Europe"), [Some(true), Some(false)]),
        (silent, [None; 2]),
    ];
    for (alert, expected) in cases {
        let (read, estate) = with(&[GROUP], std::slice::from_ref(&alert));
        let of = |name: &str| {
            let (key, _) = read.facts.caches.iter().find(|(_, it)| it.name() == name).unwrap();
            read.facts.watches_memory(key)
        };
        assert_eq!([of("amr-weu"), of("amr-neu")], expected, "{alert}");
        let confirmed = planned(&estate, "orders").draft.plan.active.checks.memory_alert;
        assert_ne!(confirmed, Confirmation::Confirmed);
    }
}

/// An hour with one healthy minute has a maximum of 1.
#[test]
fn a_maximum_proves_no_health() {
    let all = [GROUP, "doubts/health-maxima-weu.json", "doubts/health-maxima-neu.json"];
    let (read, estate) = with(&all, &[]);
    let group = planned(&estate, "orders");
    let from = shown(group, "active.checks.all_linked");
    assert!(from.contains("no interval wholly without health") && !from.contains("throughout"), "{from}");
    assert!(weekly(&read, &estate).contains("unknown: health and fill"));
    let ill = text("doubts/health-maxima-weu.json").replace("\"maximum\": 1", "\"maximum\": 0");
    let (_, estate) = with(&[GROUP], &[ill]);
    assert_eq!(planned(&estate, "orders").draft.plan.active.checks.all_linked, Confirmation::NotSo);
}

/// Off in one file and on in the other is neither.
#[test]
fn persistence_that_files_disagree_on_is_open() {
    let on = text(GROUP).replace("\"aofEnabled\": false", "\"aofEnabled\": true");
    assert_ne!(on, text(GROUP));
    let (_, estate) = with(&[GROUP], &[on]);
    let group = planned(&estate, "orders");
    assert_eq!(shown(group, "active.persistence"), "");
    assert!(
        why(group, "active.persistence").contains("Files disagree on AOF persistence"),
        "{:#?}",
        group.draft.unknown
    );
}

/// A policy that is missing, that nobody knows, or that differs is open; modules count where all members have them.
#[test]
fn settings_that_no_file_settles_are_listed() {
    let list = text(GROUP);
    let cases = [
        (list.replace("\"evictionPolicy\"", "\"other\""), "active.eviction", "No file shows evictionPolicy"),
        (list.replace("\"NoEviction\"", "\"AllKeysRandomX\""), "active.eviction", "evictionPolicy: AllKeysRandomX"),
        (list.replacen("\"NoEviction\"", "\"AllKeysLRU\"", 1), "active.eviction", "Members differ in evictionPolicy"),
        (list.replace("\"clusteringPolicy\"", "\"other\""), "active.clustering", "No file shows clusteringPolicy"),
        (
            list.replace("\"clusteringPolicy\"", "\"other\""),
            "active.checks.same_configuration",
            "No file shows policies",
        ),
        (
            list.replacen("\"modules\": []", "\"modules\": [{\"name\": \"RedisJSON\"}]", 1),
            "active.modules",
            "Members differ in modules",
        ),
    ];
    for (changed, field, begin) in cases {
        assert_ne!(changed, list, "{field}");
        let (_, estate) = with(&[], &[changed]);
        let group = planned(&estate, "orders");
        assert!(why(group, field).contains(begin), "{field}: {:#?}", group.draft.unknown);
        assert_eq!(shown(group, field), "");
    }
}

/// A member without a region is not in the evidence of the regions, and their number is open.
#[test]
fn regions_of_members_without_one_are_open() {
    let list = text(GROUP).replacen("\"location\": \"West Europe\"", "\"place\": \"\"", 1);
    assert_ne!(list, text(GROUP));
    let (_, estate) = with(&[], &[list]);
    let group = planned(&estate, "orders");
    let silent = group.deployment.members.iter().find(|it| it.location.is_none()).map(|it| it.name.as_str());
    let silent = silent.expect("a member without a region");
    assert!(why(group, "today.regions").contains(silent), "{:#?}", group.draft.unknown);
    assert_eq!(shown(group, "today.regions"), "");
    assert!(!shown(group, "regions").contains(silent), "{}", shown(group, "regions"));
}

/// 10,000/s in 2025 and 1,000/s a year later: the newer counts, and the other is said to be left out.
#[test]
fn windows_far_apart_are_not_one() {
    let (read, estate) = with(&[LIST, "doubts/windows-apart.json"], &[]);
    let small = planned(&estate, "small");
    assert_eq!(small.draft.plan.workload.writes.as_per_s(), 1_000.0);
    let from = shown(small, "workload.writes");
    assert!(from.contains(" to 2026-10-02, older values to 2025-10-03 left out"), "{from}");
    let key = &small.deployment.members[0].key;
    assert_eq!(series_of(&read.facts, key, Quantity::Sets).map(|it| it.points.len()), Some(48));
    assert_eq!(
        all_series_of(&read.facts, key, Quantity::Sets)[0].points.len(),
        120,
        "events are looked for in all of it"
    );
    let (_, estate) = with(&[GROUP, "doubts/windows-of-members.json"], &[]);
    let found = said(&planned(&estate, "orders").findings, "EST-FILES");
    assert_eq!(
        found,
        [
            "The set commands of the members are of different times: amr-neu from 2026-10-01 to 2026-10-01 and amr-weu from 2025-10-01 to \
          2025-10-01."
        ]
    );
}

/// The highest mean is below the peak, a maximum of rates is no rate, and one value without its interval is none.
#[test]
fn aggregates_are_what_they_are() {
    let (read, estate) = with(&[LIST, GROUP, LINKS[0], LINKS[1], "doubts/means-and-maxima.json"], &[]);
    let lag = shown(planned(&estate, "pair-weu and pair-neu"), "passive.lag");
    assert!(lag.starts_with("P95 1 s, at least 1 s"), "{lag}");
    assert!(why(planned(&estate, "solo"), "workload.writes").contains("in no file"));
    assert!(read.remarks.iter().any(|it| it.contains("has no average")), "{:#?}", read.remarks);
    assert!(why(planned(&estate, "small"), "workload.writes").contains("All commands are measured, at most 900"));
    let (_, estate) = with(&[LIST, "doubts/one-value.json"], &[]);
    let why = why(planned(&estate, "small"), "workload.writes");
    assert!(why.contains("one value is in the files, and not how long its interval is"), "{why}");
}

/// `az … 2>&1` prints its warnings before the answer.
#[test]
fn warnings_before_an_answer_are_passed_over() {
    let warned = format!("WARNING: This command is in preview.\nWARNING: Another one.\n{}", text(LIST));
    let (read, estate) = with(&[], &[warned]);
    assert_eq!((read.unread, estate.planned.len()), (Vec::new(), 2));
}

/// Of clusters that differ in their redundancy one survives the loss of a zone.
#[test]
fn redundancy_that_differs_is_told() {
    let list = text(GROUP).replacen("\"redundancyMode\": \"ZR\"", "\"redundancyMode\": \"LR\"", 1);
    assert_ne!(list, text(GROUP));
    let (_, estate) = with(&[], &[list]);
    let found = said(&planned(&estate, "orders").findings, "EST-DIFFERS");
    assert_eq!(found, ["The members of the group differ: redundancyMode: ZR on amr-neu and LR on amr-weu."]);
}

/// 86.40 on the first day and a credit of 30 on the second.
#[test]
fn a_credit_on_a_day_of_its_own_counts() {
    let facts = facts(&[LIST, "costs/focus-credit.csv"]);
    let paid = crate::estate::costs::actual(&facts);
    let all: Vec<String> = paid.iter().map(|it| it.effective().as_decimal().normalize().to_string()).collect();
    assert_eq!(all, ["56.4"]);
}

/// Without the lists of links nobody knows which half is primary: no change. A primary that has moved is one, of the links.
#[test]
fn a_primary_that_moved_is_told_and_one_that_is_unknown_is_not() {
    let before = estate(&ESTATE).portfolio();
    let fewer: Vec<&str> = ESTATE.into_iter().filter(|it| !it.contains("server-link")).collect();
    let (read, now) = with(&fewer, &[]);
    let found = drift(&before, &now, &read.facts, &catalog());
    assert_eq!(found.changed, []);
    let pair = planned(&now, "pair-neu and pair-weu");
    assert!(why(pair, "regions").contains("No file shows which half is the primary: pair-neu is assumed."));
    let turned = LINKS.map(|it| {
        let role = |from: &str, to: &str, text: String| text.replace(&format!("\"serverRole\": \"{from}\""), to);
        let text = role("Primary", "\"serverRole\": \"X\"", text(it));
        role("Secondary", "\"serverRole\": \"Primary\"", text).replace("\"X\"", "\"Secondary\"")
    });
    let (read, now) = with(&fewer, &turned);
    let found = drift(&before, &now, &read.facts, &catalog());
    let pair = found.changed.iter().find(|it| it.name == "pair-neu and pair-weu").unwrap();
    let links: Vec<&What> = pair.changes.iter().filter(|it| it.cause == Cause::Links).flat_map(|it| &it.what).collect();
    let primary = What::Primary { before: "pair-weu".to_owned(), now: "pair-neu".to_owned() };
    assert!(links.contains(&&primary), "{links:?}");
    assert!(pair.changes.iter().all(|it| it.cause != Cause::Regions), "{:?}", pair.changes);
}
