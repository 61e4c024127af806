//! Deployments, their plans with evidence, and what is found about them.

use super::*;
use crate::model::Topology;
use crate::plan::{ClusteringPolicy, Confirmation, EvictionPolicy, Network};
use crate::units::{Bytes, OpsPerSec};

const ALL: &[&str] = &ESTATE;

fn evidence<'a>(planned: &'a Planned, field: &str) -> &'a str {
    let known = planned.draft.evidence.iter().find(|it| it.field == field);
    known.map_or_else(|| panic!("{field}: {:#?}", planned.draft.evidence), |it| it.from.as_str())
}

#[test]
fn pairs_groups_and_lone_caches_are_told_apart() {
    let estate = estate(ALL);
    let kinds: Vec<(&str, Kind)> =
        estate.planned.iter().map(|it| (it.draft.plan.name.as_str(), it.deployment.kind)).collect();
    let expected = [
        ("pair-weu and pair-neu", Kind::Pair),
        ("orders", Kind::Group),
        ("small", Kind::Alone),
        ("old-e10", Kind::Alone),
        ("solo", Kind::Alone),
    ];
    let mut sorted = kinds.clone();
    sorted.sort_by_key(|(name, _)| expected.iter().position(|(other, _)| other == name));
    assert_eq!(sorted, expected);
}

/// Names and ids of the fixtures: the runbook of an imported plan asks for none of them.
#[test]
fn an_import_fills_the_site_file() {
    let estate = estate(ALL);
    let pair = &planned(&estate, "pair-weu and pair-neu").draft;
    let subscription = "00000000-0000-0000-0000-000000000000";
    assert_eq!(pair.plan.site.subscription, subscription);
    let names: Vec<_> = (0..2)
        .map(|place| pair.plan.site_of(place).map(|it| (it.cache_name(), it.group(), it.subscription.as_str())))
        .collect();
    assert_eq!(names, [Some((Some("pair-weu"), Some("rg-weu"), "")), Some((Some("pair-neu"), Some("rg-neu"), ""))]);
    assert!(pair.evidence.iter().any(|it| it.field == "site.regions" && it.value == "pair-weu and pair-neu"));
    let group = planned(&estate, "orders");
    assert_eq!(group.draft.plan.site.nickname, "orders");
    let subnet = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/v/subnets/s";
    let site = group.draft.plan.site_of(0).unwrap();
    assert_eq!((site.subnet.as_str(), site.network()), (subnet, subnet.strip_suffix("/subnets/s")));
    assert_eq!(crate::plan::check(&group.draft.plan), []);
    // Names are no figure, and a portfolio of before has none: nothing has changed.
    let mut before = estate.portfolio();
    for entry in &mut before.entries {
        std::sync::Arc::make_mut(entry).plan.site = crate::plan::Site::default();
    }
    let drift = crate::estate::drift::drift(&before, &estate, &facts(ALL), &Catalog::bundled().unwrap());
    assert_eq!(drift.changed, []);
}

#[test]
fn a_pair_becomes_a_plan_with_its_evidence() {
    let estate = estate(ALL);
    let pair = planned(&estate, "pair-weu and pair-neu");
    let plan = &pair.draft.plan;
    assert_eq!(pair.topology(), Topology::Passive);
    assert_eq!(plan.regions.iter().map(|it| it.region.as_str()).collect::<Vec<_>>(), ["westeurope", "northeurope"]);
    let size = |sku: &Option<crate::catalog::SkuId>| sku.as_ref().map(ToString::to_string);
    assert_eq!(
        (size(&plan.passive.sku), size(&plan.passive.secondary_sku)),
        (Some("Premium_P2".to_owned()), Some("Premium_P2".to_owned()))
    );
    assert_eq!(
        (plan.passive.shards, plan.passive.network, plan.passive.persistence),
        (Some(3), Network::PrivateEndpoint, false)
    );
    // 1,300 MB of 13 GB.
    assert!((plan.passive.reserved.as_fraction() - 0.1).abs() < 1e-12);
    let checks = &plan.passive.checks;
    let confirmed = [
        plan.passive.exists,
        plan.passive.tenant_had_cache,
        checks.same_subscription,
        checks.same_version,
        checks.both_running_unlinked,
        checks.same_clustering,
        checks.same_shards,
        checks.endpoints_before_link,
        checks.same_port_and_tls,
        checks.access_keys_enabled,
    ];
    assert_eq!(confirmed, [Confirmation::Confirmed; 10], "{:#?}", pair.draft.evidence);
    // No file shows these.
    let open = [
        checks.owner_and_trigger,
        checks.no_writers_on_secondary,
        checks.geo_name_reaches_both,
        checks.firewall_allows_secondary,
    ];
    assert_eq!(open, [Confirmation::Unknown; 4]);
    assert_eq!(evidence(pair, "passive.checks.same_version"), "redisVersion: 6.0 on pair-weu and pair-neu");
    // Of two halves in any order of names the primary is first.
    assert_eq!(pair.deployment.members.iter().map(|it| it.role).collect::<Vec<_>>(), [Role::Primary, Role::Secondary]);
    assert!(pair.tags.contains(&("team".to_owned(), "checkout".to_owned())), "{:?}", pair.tags);
    assert!(pair.tags.contains(&("azure-resource-group".to_owned(), "rg-neu rg-weu".to_owned())), "{:?}", pair.tags);
}

/// 27 hours' worth of 1,000/s in 24: 1,125/s on average, and 100 expiries/s; the peak hour has 4,000/s.
#[test]
fn measured_inputs_carry_metric_window_and_day() {
    let estate = estate(ALL);
    let pair = planned(&estate, "pair-weu and pair-neu");
    let load = &pair.draft.plan.workload;
    assert_eq!(load.dataset, Bytes::gb(9.0));
    assert!((load.writes.as_per_s() - 1_225.0).abs() < 1e-9);
    assert!((load.split.expiries.as_fraction() - 100.0 / 1_225.0).abs() < 1e-12);
    assert!((load.split.total().as_fraction() - 1.0).abs() < 1e-12);
    assert_eq!(load.reads, Some(OpsPerSec::per_s(2_000.0)));
    assert_eq!(load.connections, 363);
    assert!((load.peak.ratio - 4_000.0 / 1_125.0).abs() < 1e-12);
    let from = evidence(pair, "workload.dataset").replace('\u{a0}', " ");
    assert_eq!(
        from,
        "maximum of usedmemory of pair-weu, 24 h to 2026-10-01, 3 shards, 1 interval without a value, peak on 2026-10-01"
    );
}

#[test]
fn a_group_becomes_a_plan() {
    let estate = estate(ALL);
    let group = planned(&estate, "orders");
    let (plan, active) = (&group.draft.plan, &group.draft.plan.active);
    assert_eq!(group.topology(), Topology::Active);
    assert_eq!(active.sku.as_ref().map(ToString::to_string).as_deref(), Some("Balanced_B20"));
    assert_eq!(
        (active.eviction, active.clustering, active.network),
        (EvictionPolicy::NoEviction, ClusteringPolicy::Oss, Network::PrivateEndpoint)
    );
    assert_eq!(
        [active.checks.all_linked, active.checks.same_configuration, active.checks.clustering_decided],
        [Confirmation::Confirmed; 3]
    );
    assert!(active.entra_id && active.zone_redundant && active.high_availability && !active.persistence);
    // amr-weu has an alert, amr-neu none: disproven.
    assert_eq!(active.checks.memory_alert, Confirmation::NotSo);
    // 300 and 100 writes/s by the answer of a whole subscription; each member holds all data.
    assert_eq!(plan.workload.writes, OpsPerSec::per_s(400.0));
    assert_eq!(plan.workload.dataset, Bytes::gb(6.5) / 1.5);
    let shares: Vec<(&str, f64)> =
        plan.regions.iter().map(|it| (it.region.as_str(), it.writes.as_fraction())).collect();
    assert_eq!(shares, [("northeurope", 0.25), ("westeurope", 0.75)]);
    assert!(ids(&group.findings).contains(&"EST-ALERT"));
}

/// An alert that cannot fire before memory is full watches nothing: below a threshold, at all of it, of the resident set.
#[test]
fn an_alert_that_warns_of_no_full_memory_proves_none() {
    for (from, to, finds) in [
        ("75.0", "75.0", 1),
        ("GreaterThan", "LessThan", 2),
        ("75.0", "100.0", 2),
        ("usedmemorypercentage", "usedmemoryRss", 2),
    ] {
        let mut all = files(ALL);
        for (name, bytes) in &mut all {
            if name.ends_with("alerts.json") {
                *bytes = String::from_utf8(bytes.clone()).unwrap().replace(from, to).into_bytes();
            }
        }
        let estate = Estate::of(&read(all).facts, &Catalog::bundled().unwrap());
        let group = planned(&estate, "orders");
        let found = ids(&group.findings).into_iter().filter(|id| *id == "EST-ALERT").count();
        assert_eq!(found, finds, "{from} -> {to}");
    }
}

#[test]
fn what_the_plan_cannot_hold_is_said() {
    let estate = estate(ALL);
    for (name, size) in [("small", "Standard_C1"), ("old-e10", "Enterprise_E10")] {
        let lone = planned(&estate, name);
        assert_eq!(lone.topology(), Topology::Rebuild);
        assert_eq!(lone.draft.unheld, Some(format!("the plan holds no {size} that runs alone")));
        assert!(lone.draft.unknown.iter().any(|it| it.field == "rebuild.sku" && it.why.contains(size)));
    }
    let solo = planned(&estate, "solo");
    assert_eq!(
        (solo.draft.unheld.as_deref(), solo.draft.plan.rebuild.sku.as_ref().map(ToString::to_string).as_deref()),
        (None, Some("Balanced_B10"))
    );
    let unknown: Vec<&str> = solo.draft.unknown.iter().map(|it| it.field).collect();
    assert_eq!(unknown, ["workload.connections", "workload.dataset", "workload.reads", "workload.writes"]);
}

#[test]
fn lag_health_and_full_syncs_are_found() {
    let estate = estate(ALL);
    let pair = planned(&estate, "pair-weu and pair-neu");
    assert_eq!(ids(&pair.findings), ["EST-ALERT", "EST-ALERT", "EST-HEALTH", "EST-LAG", "EST-SYNC"]);
    let says = |id: &str| pair.findings.iter().find(|it| it.id == id).unwrap().says.replace('\u{a0}', " ");
    assert_eq!(
        says("EST-LAG"),
        "The replication lag of pair-neu reached 90 s (P95 2 s), above the RPO target of 60 s."
    );
    assert_eq!(says("EST-SYNC"), "pair-neu copied everything 2 times: full syncs repeat.");
}

/// The template of `cases`: a pair of `Premium_P2` with three shards from westus2 to eastus, of which half is in the file.
#[test]
fn a_template_gives_the_pair_that_it_describes() {
    let estate = estate(&["files/arm-geo-pair.json"]);
    let pair = planned(&estate, "my-geo-primary and my-geo-secondary");
    let plan = &pair.draft.plan;
    assert_eq!((pair.deployment.kind, plan.passive.shards), (Kind::Pair, Some(3)));
    assert_eq!(plan.passive.sku.as_ref().map(ToString::to_string).as_deref(), Some("Premium_P2"));
    assert_eq!(plan.regions.iter().map(|it| it.region.as_str()).collect::<Vec<_>>(), ["westus2", "eastus"]);
    assert_eq!(ids(&pair.findings), ["EST-HALF", "EST-PLANNED"]);
    assert!(pair.draft.unknown.iter().any(|it| it.field == "passive.secondary_sku"));
    // What stands for an id in code names no subscription.
    assert_eq!(plan.passive.checks.same_subscription, Confirmation::Unknown);
}

/// Half a pair; two sides that disagree; a group of which one member names fewer.
#[test]
fn contradictions_of_the_estate_are_found() {
    let half = estate(&["estate/az-redis-list.json"]);
    let pair = planned(&half, "pair-neu and pair-weu");
    assert_eq!(
        (pair.deployment.kind, pair.deployment.members[0].role),
        (Kind::Pair, Role::Linked),
        "ids without roles"
    );

    let changed = |name: &str, from: &str, to: &str| {
        let text = String::from_utf8(bytes(name)).unwrap();
        assert!(text.contains(from), "{from}");
        (name.to_owned(), text.replacen(from, to, 1).into_bytes())
    };
    let found = |mut all: Vec<(String, Vec<u8>)>, with: (String, Vec<u8>), name: &str| {
        all.retain(|(name, _)| *name != with.0);
        all.push(with);
        let estate = Estate::of(&read(all).facts, &Catalog::bundled().unwrap());
        ids(&planned(&estate, name).findings).join(" ")
    };
    let pair = || files(&["estate/az-redis-list.json", "estate/server-link-weu.json", "estate/server-link-neu.json"]);
    let (link, name) = ("estate/server-link-neu.json", "pair-weu and pair-neu");
    assert_eq!(found(pair(), changed(link, "\"Primary\"", "\"Secondary\""), "pair-neu and pair-weu"), "EST-ROLES");
    assert_eq!(found(pair(), changed(link, "\"Succeeded\"", "\"Syncing\""), name), "EST-LINK");
    assert_eq!(found(pair(), changed("estate/az-redis-list.json", "volatile-lru", "allkeys-lru"), name), "EST-DIFFERS");
    let group = || files(&["estate/az-redisenterprise-list.json"]);
    let list = "estate/az-redisenterprise-list.json";
    assert_eq!(found(group(), changed(list, "\"Linked\"", "\"LinkFailed\""), "orders"), "EST-LINK");
    let member =
        |name: &str| format!("rg-{name}/providers/Microsoft.Cache/redisEnterprise/amr-{name}/databases/default");
    let gone = changed(list, &member("neu"), &member("weu"));
    assert_eq!(found(group(), gone, "orders"), "EST-SETS");
}

/// Figures of the fixtures above their limits: 90 % full, 36 keys evicted an hour, 3 TB behind 2,000 writes/s.
#[test]
fn fill_evictions_and_offset_are_found() {
    let text = String::from_utf8(bytes("estate/metrics-pair-weu.json")).unwrap();
    let changed = text
        .replace("\"maximum\": 30}", "\"maximum\": 90}")
        .replace("\"total\": 0}", "\"total\": 36}")
        .replace("\"maximum\": 1000000.0}", "\"maximum\": 1e12}");
    let mut all = files(&["estate/az-redis-list.json", "estate/server-link-weu.json"]);
    all.push(("metrics".to_owned(), changed.into_bytes()));
    let estate = Estate::of(&read(all).facts, &Catalog::bundled().unwrap());
    let pair = planned(&estate, "pair-weu and pair-neu");
    assert_eq!(ids(&pair.findings), ["EST-EVICT", "EST-FILL", "EST-OFFSET"]);
    let says: Vec<String> = pair.findings.iter().map(|it| it.says.replace('\u{a0}', " ")).collect();
    assert_eq!(says[0], "pair-weu evicted 864 keys.");
    assert_eq!(says[1], "The memory of pair-weu was 90 % full, above 75 %.");
    assert!(says[2].starts_with("The copy of pair-weu was 3 TB behind, "), "{}", says[2]);
}

/// A list of an older day beside a newer one; a cache that a third one links too; half a pair without roles.
#[test]
fn states_and_files_that_disagree_are_found() {
    let text = String::from_utf8(bytes("estate/az-redis-list.json")).unwrap();
    let older = text.replace(
        "\"provisioningState\": \"Succeeded\",\n  \"publicNetworkAccess\": \"Enabled\"",
        "\"provisioningState\": \"Failed\",\n  \"publicNetworkAccess\": \"Disabled\"",
    );
    assert_ne!(older, text);
    let read_all = |files: Vec<(&str, String)>| {
        let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
        Estate::of(&read(files).facts, &Catalog::bundled().unwrap())
    };
    let both = read_all(vec![("new", text.clone()), ("old", older.clone())]);
    assert_eq!(ids(&planned(&both, "small").findings), ["EST-FILES"]);
    assert!(planned(&both, "small").findings[0].says.ends_with(
        "provisioningState is Failed in one az redis list and Succeeded in another; publicNetworkAccess is false in one az redis list and \
         true in another."
    ));
    assert_eq!(ids(&planned(&read_all(vec![("old", older)]), "small").findings), ["EST-STATE"]);

    let link = String::from_utf8(bytes("estate/server-link-weu.json")).unwrap();
    let third = link.replace("pair-neu", "third");
    let estate = read_all(vec![("a", text.clone()), ("b", link), ("c", third)]);
    assert!(ids(&planned(&estate, "pair-weu and pair-neu").findings).contains(&"EST-LINKS"));

    let metrics = String::from_utf8(bytes("estate/metrics-pair-weu.json")).unwrap();
    let estate = read_all(vec![("a", text), ("m", metrics)]);
    let unknown = &planned(&estate, "pair-neu and pair-weu").draft.unknown;
    let writes = unknown.iter().find(|it| it.field == "workload.writes").unwrap();
    assert!(writes.why.contains("The files do not settle which half of the pair is the primary"), "{}", writes.why);
}
