//! Members of groups and halves of pairs that are not alike, or of which only some say a property.

use super::doubts::{GROUP, LINKS, LIST, said, shown, text, why, with};
use super::*;
use crate::plan::Confirmation;

const PAIR: &str = "pair-weu and pair-neu";

/// The group of the estate, its first member changed.
fn group(own: &str, other: &str) -> Estate {
    let list = text(GROUP);
    assert!(list.contains(own), "{own}");
    with(&[], &[list.replacen(own, other, 1)]).1
}

/// One member without high availability settles that the group has none; one that is silent settles nothing.
#[test]
fn one_member_without_high_availability_is_enough() {
    let on = "\"highAvailability\": \"Enabled\"";
    let silent = text(GROUP).replacen(on, "\"silent\": true", 1);
    for (list, expected, evidence) in [
        (silent.replacen(on, "\"highAvailability\": \"Disabled\"", 1), false, "no: highAvailability: no on"),
        (silent, true, ""),
    ] {
        let (_, estate) = with(&[], &[list]);
        let orders = planned(&estate, "orders");
        assert_eq!(orders.draft.plan.active.high_availability, expected);
        let said = shown(orders, "active.high_availability");
        assert!(said.starts_with(evidence) && said.is_empty() == expected, "{said}");
        assert!(why(orders, "active.high_availability").contains("of every member"));
    }
}

/// Two B20, one without high availability: three nodes run, of which no plan holds the month. Once it is mended the month before is not that
/// of a group without any.
#[test]
fn a_group_of_mixed_availability_costs_its_nodes() {
    let catalog = Catalog::bundled().unwrap();
    let on = "\"highAvailability\": \"Enabled\"";
    let mixed = group(on, "\"highAvailability\": \"Disabled\"");
    let orders = planned(&mixed, "orders");
    assert_eq!(orders.draft.unheld.as_deref(), Some("members differ in high availability"));
    let size = crate::catalog::SkuId::new("Balanced_B20");
    let nodes = |place: usize, count: u32| {
        let region = &orders.draft.plan.regions[place].region;
        catalog.node_amount(&size, region).unwrap() * rust_decimal::Decimal::from(count * 730)
    };
    let each = [nodes(0, 1) + nodes(1, 2), nodes(0, 2) + nodes(1, 1)];
    let month = orders.draft.plan.today.month.unwrap();
    assert!(each.contains(&month), "{month:?} {each:?}");
    let told = shown(orders, "today.month");
    assert!(told.contains("nodes: ") && told.contains("1 on amr-") && told.contains("2 on amr-"), "{told}");
    let (read, mended) = with(&[GROUP], &[]);
    let found = drift(&mixed.portfolio(), &mended, &read.facts, &catalog);
    let changed = found.changed.iter().find(|it| it.name == "orders").unwrap();
    assert!(changed.changes.iter().all(|it| it.month.is_none()), "{changed:#?}");
    // All without it are what a plan holds.
    let (_, none) = with(&[], &[text(GROUP).replace(on, "\"highAvailability\": \"Disabled\"")]);
    let draft = &planned(&none, "orders").draft;
    assert_eq!((draft.unheld.as_deref(), draft.plan.today.month), (None, None));
}

/// Two lists with two policies: the question names the property, and no list that is there is asked for.
#[test]
fn a_disputed_setting_is_named() {
    let list = text(GROUP);
    let policy = list.split("\"evictionPolicy\": ").nth(1).and_then(|it| it.split('"').nth(1)).unwrap();
    let other = if policy == "NoEviction" { "AllKeysLRU" } else { "NoEviction" };
    let [own, other] = [policy, other].map(|it| format!("\"evictionPolicy\": \"{it}\""));
    let (_, estate) = with(&[GROUP], &[list.replace(&own, &other)]);
    let said = why(planned(&estate, "orders"), "active.checks.same_configuration");
    assert!(said.starts_with("Files disagree on evictionPolicy of amr-"), "{said}");
}

/// A group has one nickname, and a database that is linked with none is no half-done link.
#[test]
fn nicknames_differ_and_a_second_database_is_its_own() {
    let estate = group("\"groupNickname\": \"orders\"", "\"groupNickname\": \"zz\"");
    let found = said(&planned(&estate, "orders").findings, "EST-DIFFERS");
    assert!(found.iter().any(|it| it.contains("groupNickname")), "{found:?}");
    let mut list: serde_json::Value = serde_json::from_str(&text(GROUP)).unwrap();
    let databases = list[0]["databases"].as_array_mut().unwrap();
    let mut second = databases[0].clone();
    second["id"] = second["id"].as_str().unwrap().replace("/default", "/second").into();
    second["geoReplication"] = serde_json::Value::Null;
    databases.push(second);
    let (_, estate) = with(&[], &[list.to_string()]);
    let orders = planned(&estate, "orders");
    assert_eq!(said(&orders.findings, "EST-SETS"), Vec::<String>::new());
    assert_eq!(orders.draft.plan.active.checks.all_linked, Confirmation::Confirmed);
}

fn pair(own: &str, other: &str) -> Estate {
    let list = text(LIST);
    assert!(list.contains(own), "{own}");
    with(&LINKS, &[list.replacen(own, other, 1)]).1
}

/// "6" and "6.0.14" are version 6.0; a state counts in any case.
#[test]
fn one_version_in_three_spellings_is_one() {
    for (version, so) in
        [("6", Confirmation::Confirmed), ("6.0.14", Confirmation::Confirmed), ("6.2", Confirmation::NotSo)]
    {
        let estate = pair("\"redisVersion\": \"6.0\"", &format!("\"redisVersion\": \"{version}\""));
        assert_eq!(planned(&estate, PAIR).draft.plan.passive.checks.same_version, so, "{version}");
    }
    let list = text(LIST).replace("\"provisioningState\": \"Succeeded\"", "\"provisioningState\": \"succeeded\"");
    let links = LINKS.map(|it| text(it).replace("\"Succeeded\"", "\"succeeded\""));
    let (_, estate) = with(&[], &[&links[..], &[list]].concat());
    let both = planned(&estate, PAIR);
    assert_eq!(both.draft.plan.passive.checks.both_running_unlinked, Confirmation::Confirmed);
    assert_eq!(said(&both.findings, "EST-LINK"), Vec::<String>::new());
}

/// A word that is no role names no primary.
#[test]
fn an_unknown_role_is_none() {
    let links = LINKS.map(|it| text(it).replace("\"Secondary\"", "\"Replica\"").replace("\"Primary\"", "\"Replica\""));
    let (_, estate) = with(&[LIST], &links);
    let both = estate.planned.iter().find(|it| it.deployment.kind == Kind::Pair).unwrap();
    assert!(both.deployment.members.iter().all(|it| it.role == Role::Linked));
}

/// Files disagree on TLS of one half, on the state of a link, on TLS of a member: none of what hangs on it is confirmed or disproved.
#[test]
fn what_files_disagree_on_is_not_confirmed() {
    let tls = "\"minimumTlsVersion\": \"1.2\"";
    let other = tls.replace("1.2", "1.0");
    let (_, estate) = with(&[LIST, LINKS[0], LINKS[1]], &[text(LIST).replacen(tls, &other, 1)]);
    let both = planned(&estate, PAIR);
    assert_eq!(both.draft.plan.passive.checks.same_port_and_tls, Confirmation::Unknown);
    assert!(why(both, "passive.checks.same_port_and_tls").contains("Files disagree on minimumTlsVersion"));
    let (_, estate) = with(&[LIST, LINKS[0], LINKS[1]], &[text(LINKS[0]).replace("Succeeded", "Syncing")]);
    let both = planned(&estate, PAIR);
    assert_eq!(both.draft.plan.passive.checks.both_running_unlinked, Confirmation::Unknown);
    let (_, estate) = with(&[GROUP], &[text(GROUP).replacen(tls, &other, 1)]);
    assert_eq!(planned(&estate, "orders").draft.plan.active.checks.same_configuration, Confirmation::Unknown);
    // Nothing is shown as evidence and as unknown at once.
    for it in &estate.planned {
        let doubts = it.draft.unknown.iter().filter(|it| it.is_against).map(|it| it.field);
        let checks = doubts.filter(|it| it.contains(".checks."));
        assert!(checks.into_iter().all(|field| it.draft.evidence.iter().all(|own| own.field != field)), "{it:#?}");
    }
}
