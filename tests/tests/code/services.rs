//! Types, versions, properties and values against a table of what the services take: a parser lets a misspelt one through.
//!
//! From the type definitions of Azure (bicep-types-az @1f896de2d) and the provider's source (@69697b7fe6), collected 2026-11-28; the
//! rest as noted.

use super::bicep::{text, tree, walk};
use super::hcl::{bodies, labels};
use super::{ends_in, every, of, shop};
use dr_core::model::Topology;
use dr_core::report::code::Language;
use hcl_edit::expr::Expression;
use hcl_edit::structure::Body;
use std::collections::{BTreeMap, BTreeSet};

/// Type and version of every resource, and whether it takes tags.
const TYPES: [(&str, bool); 14] = [
    ("Microsoft.Cache/redis@2024-11-01", true),
    ("Microsoft.Cache/redis/linkedServers@2024-11-01", false),
    ("Microsoft.Cache/redis/accessPolicyAssignments@2024-11-01", false),
    ("Microsoft.Cache/redisEnterprise@2025-07-01", true),
    ("Microsoft.Cache/redisEnterprise/databases@2025-07-01", false),
    ("Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments@2025-07-01", false),
    ("Microsoft.Insights/metricAlerts@2018-03-01", true),
    ("Microsoft.Insights/activityLogAlerts@2020-10-01", true),
    ("Microsoft.Network/privateEndpoints@2025-09-01", true),
    ("Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-09-01", false),
    // Not in the collection: read in public templates.
    ("Microsoft.Network/privateDnsZones@2024-06-01", true),
    ("Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01", true),
    ("Microsoft.Insights/workbooks@2023-06-01", true),
    ("Microsoft.Resources/resourceGroups@2024-03-01", true),
];

/// Values that a property may have, in either language.
const VALUES: [(&[&str], &[&str]); 13] = [
    (&["clusteringPolicy", "clustering_policy"], &["EnterpriseCluster", "OSSCluster", "NoCluster"]),
    (
        &["evictionPolicy", "eviction_policy"],
        &[
            "AllKeysLFU",
            "AllKeysLRU",
            "AllKeysRandom",
            "VolatileLRU",
            "VolatileLFU",
            "VolatileTTL",
            "VolatileRandom",
            "NoEviction",
        ],
    ),
    (&["clientProtocol", "client_protocol"], &["Encrypted", "Plaintext"]),
    (&["publicNetworkAccess", "public_network_access"], &["Enabled", "Disabled"]),
    (&["highAvailability", "accessKeysAuthentication"], &["Enabled", "Disabled"]),
    (&["serverRole", "server_role"], &["Secondary"]),
    (&["timeAggregation", "aggregation"], &["Average", "Count", "Minimum", "Maximum", "Total"]),
    (&["metricNamespace", "metric_namespace"], &["Microsoft.Cache/redis", "Microsoft.Cache/redisEnterprise"]),
    (
        &["metricName", "metric_name"],
        &[
            "usedmemorypercentage",
            "geoReplicationHealthy",
            "GeoReplicationHealthy",
            "GeoReplicationDataSyncOffset",
            "GeoReplicationConnectivityLag",
            "GeoReplicationFullSyncEventStarted",
        ],
    ),
    (&["windowSize", "window_size"], &["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"]),
    (&["evaluationFrequency", "frequency"], &["PT1M", "PT5M", "PT15M", "PT30M", "PT1H"]),
    (&["minimumTlsVersion", "minimum_tls_version"], &["1.2"]),
    (&["criterionType"], &["StaticThresholdCriterion"]),
];

fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    VALUES.iter().flat_map(|(names, values)| names.iter().map(|name| (*name, *values))).collect()
}

#[test]
fn bicep_has_types_and_values_of_the_services_and_tags_on_every_resource() {
    let (types, allowed) = (BTreeMap::from(TYPES), allowed());
    let mut seen = BTreeSet::new();
    for (what, files) in every(Language::Bicep) {
        for file in files.iter().filter(|file| ends_in(file.name, "bicep")) {
            let source = &file.text;
            walk(tree(source).root_node(), &mut |node| match node.kind() {
                "resource_declaration" => {
                    let said = text(node, source);
                    let kind = said.split('\'').nth(1).unwrap();
                    let tagged = *types.get(kind).unwrap_or_else(|| panic!("{what}: {kind}"));
                    if !said.contains("existing =") {
                        assert_eq!(said.contains("tags: tags"), tagged, "{what}: {kind}");
                    }
                    seen.insert(kind.to_owned());
                }
                "object_property" => {
                    let (key, value) =
                        (text(node.child(0).unwrap(), source), node.child(node.child_count() - 1).unwrap());
                    if let (Some(values), "string") = (allowed.get(key), value.kind()) {
                        assert!(
                            values.contains(&text(value, source).trim_matches('\'')),
                            "{what}: {key} {}",
                            text(value, source)
                        );
                    }
                }
                _ => {}
            });
        }
    }
    let known = TYPES.iter().map(|(kind, _)| (*kind).to_owned());
    assert_eq!(seen, known.collect());
}

/// Resources of the provider, and whether they take tags; azurerm 5 has no other Redis resources.
const RESOURCES: [(&str, bool); 13] = [
    ("azurerm_resource_group", true),
    ("azurerm_redis_cache", true),
    ("azurerm_redis_linked_server", false),
    ("azurerm_redis_cache_access_policy_assignment", false),
    ("azurerm_managed_redis", true),
    ("azurerm_managed_redis_geo_replication", false),
    ("azurerm_managed_redis_access_policy_assignment", false),
    ("azurerm_private_endpoint", true),
    ("azurerm_private_dns_zone", true),
    ("azurerm_private_dns_zone_virtual_network_link", true),
    ("azurerm_monitor_metric_alert", true),
    ("azurerm_monitor_activity_log_alert", true),
    ("azurerm_application_insights_workbook", true),
];

fn values(body: &Body, check: &mut dyn FnMut(&str, &str)) {
    for attribute in body.attributes() {
        if let Expression::String(value) = &attribute.value {
            check(attribute.key.as_str(), value.as_str());
        }
    }
    body.blocks().for_each(|block| values(&block.body, check));
}

#[test]
fn terraform_has_resources_and_values_of_the_provider_and_tags_on_every_resource() {
    let (resources, allowed) = (BTreeMap::from(RESOURCES), allowed());
    let mut seen = BTreeSet::new();
    for (what, files) in every(Language::Terraform) {
        for body in bodies(&files) {
            for block in body.blocks().filter(|block| block.ident.as_str() == "resource") {
                let kind = labels(block)[0].clone();
                let tagged = *resources.get(kind.as_str()).unwrap_or_else(|| panic!("{what}: {kind}"));
                assert_eq!(block.body.has_attribute("tags"), tagged, "{what}: {kind}");
                seen.insert(kind);
            }
            values(&body, &mut |key, value| {
                if let Some(values) = allowed.get(key) {
                    assert!(values.contains(&value), "{what}: {key} {value}");
                }
            });
        }
    }
    assert_eq!(seen, RESOURCES.iter().map(|(kind, _)| (*kind).to_owned()).collect());
}

/// A plan of Terraform that would destroy a cache, the link of a pair or the links of a group is refused; what holds no data goes freely.
#[test]
fn what_holds_data_is_not_destroyed_by_a_plan() {
    const HELD: [&str; 4] = [
        "azurerm_redis_cache",
        "azurerm_redis_linked_server",
        "azurerm_managed_redis",
        "azurerm_managed_redis_geo_replication",
    ];
    let mut seen = BTreeSet::new();
    for (what, files) in every(Language::Terraform) {
        for body in bodies(&files) {
            for block in body.blocks().filter(|block| block.ident.as_str() == "resource") {
                let kind = labels(block)[0].clone();
                let lifecycle = block.body.blocks().find(|inner| inner.ident.as_str() == "lifecycle");
                let held = lifecycle
                    .and_then(|it| it.body.get_attribute("prevent_destroy"))
                    .is_some_and(|it| matches!(&it.value, Expression::Bool(value) if *value.value()));
                assert_eq!(held, HELD.contains(&kind.as_str()), "{what}: {kind}");
                seen.extend(held.then_some(kind));
            }
        }
    }
    assert_eq!(seen, HELD.map(str::to_owned).into());
    // A lock on a cache of the pair would refuse the unlink of a failover.
    for (what, files) in every(Language::Bicep) {
        assert!(files.iter().all(|file| !file.text.contains("Microsoft.Authorization/locks")), "{what}");
    }
}

/// Traps of the collection, each where it bites; and nothing that the services refuse.
#[test]
fn known_traps_are_commented_and_nothing_refused_is_written() {
    let text =
        |language, topology| of(language, topology, &shop()).iter().map(|file| file.text.clone()).collect::<String>();
    let (pair, group) = (text(Language::Bicep, Topology::Passive), text(Language::Bicep, Topology::Active));
    assert!(pair.contains("bicep-types-az#1937") && group.contains("bicep-types-az#1458, #1710"));
    let (hcl_pair, hcl_group) =
        (text(Language::Terraform, Topology::Passive), text(Language::Terraform, Topology::Active));
    assert!(hcl_group.contains("#31722") && hcl_group.contains("#31353") && hcl_pair.contains("no longer match"));
    assert!(hcl_group.contains("version = \"5.2.0\"") && hcl_group.contains("resource_providers_to_register"));
    for code in [&group, &hcl_group] {
        for refused in [
            "capacity:",
            "capacity  ",
            "zones:",
            "zones =",
            "persistence",
            "redis_enterprise_cluster\"",
            "listKeys",
            "primaryKey",
        ] {
            assert!(!code.contains(refused), "{refused}");
        }
    }
    // Founder first, each later one after the one before it and with itself last.
    assert!(group.contains("linkedDatabases: firstDeployment ? [{ id: database_member_1 }] : [{ id: database_member_1 }, { id: database_member_2 }]"));
    assert!(group.contains("dependsOn: [\n    member_1\n  ]"));
}

/// Every alert of the list is in both languages, on every cache, with the same threshold.
#[test]
fn alerts_are_those_of_the_list() {
    use dr_core::evaluate::evaluate;
    use dr_core::report::watching::alerts;
    let plan = shop();
    for topology in Topology::ALL {
        let list = alerts(topology, &plan, &evaluate(&plan, &dr_tests::CATALOG));
        let caches = if topology == Topology::Rebuild { 1 } else { 2 };
        let [bicep, hcl] = [Language::Bicep, Language::Terraform].map(|language| {
            let files = of(language, topology, &plan);
            files
                .iter()
                .filter(|file| file.name.starts_with("alerts"))
                .map(|file| file.text.clone())
                .collect::<String>()
        });
        for alert in &list {
            assert!(bicep.contains(&format!("'${{cacheName}}-{}'", alert.name)));
            assert_eq!(hcl.matches(&format!("-{}\"", alert.name)).count(), caches, "{}", alert.name);
            if let Some(rule) = alert.metric() {
                assert!(bicep.contains(&format!("threshold: {}", rule.figure())) && hcl.contains(&rule.figure()));
            }
        }
    }
}
