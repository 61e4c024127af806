//! The caches, their access and their link.

use super::super::design::Blueprint;
use super::super::together;
use super::write::{Value, comment, declare, object, object_of, param, param_or, raw, text};
use crate::model::Topology;
use crate::report::runbook::{eviction, module_name, policy};

fn common() -> Vec<String> {
    vec![
        param("name", "string", "Name of the cache."),
        param("location", "string", "Its region."),
        param("tags", "object", "Tags of every resource."),
    ]
}

fn identities(blueprint: &Blueprint) -> Vec<String> {
    if !blueprint.entra() {
        return Vec::new();
    }
    vec![
        param("appObjectId", "string", "Object id of the application’s identity."),
        param("operatorObjectId", "string", "Object id of the identity that runs the runbook."),
    ]
}

/// A Premium cache of the pair, with its access policies.
pub(super) fn premium(blueprint: &Blueprint) -> String {
    let clustered = blueprint.caches.iter().any(|cache| cache.shards > 1);
    let mut parts = common();
    parts.push(param("capacity", "int", "1 to 5 for P1 to P5."));
    if clustered {
        parts.push(param("shardCount", "int", "Shards; equal on both caches."));
    }
    parts.push(param("reservedMemory", "string", "maxmemory-reserved in MB."));
    parts.push(param("fragmentationMemory", "string", "maxfragmentationmemory-reserved in MB."));
    if blueprint.injected() {
        parts.push(param("subnetId", "string", "Resource id of the subnet that the cache is injected into."));
    }
    parts.extend(identities(blueprint));
    let kept = blueprint.caches.iter().any(|cache| cache.live);
    if kept {
        parts.push(param_or(
            "keptSettings",
            "object",
            "Settings of the cache that runs which stand nowhere here.",
            &object([]),
        ));
    }
    let mut settings = vec![
        ("maxmemory-reserved", raw("reservedMemory")),
        ("maxfragmentationmemory-reserved", raw("fragmentationMemory")),
    ];
    if blueprint.entra() {
        settings.insert(0, ("aad-enabled", text("true")));
    }
    let mut configuration = object_of(settings);
    if kept {
        parts.push(declare("var settings", &configuration));
        configuration = raw("union(keptSettings, settings)");
    }
    let sku = object([("name", text("Premium")), ("family", text("P")), ("capacity", raw("capacity"))]);
    let mut properties = vec![("sku", sku)];
    if clustered {
        properties.push(("shardCount", raw("shardCount")));
    }
    if blueprint.injected() {
        properties.push(("subnetId", raw("subnetId")));
    }
    properties.extend([
        ("replicasPerPrimary", raw("1")),
        ("redisVersion", text("6")),
        ("minimumTlsVersion", text("1.2")),
        ("enableNonSslPort", raw("false")),
        ("publicNetworkAccess", text(access(!blueprint.private()))),
        ("redisConfiguration", configuration),
    ]);
    parts.push(comment(
        "Zones stay out: zone redundancy is not supported with geo-replication. No persistence: a linked cache has none.\n\
         No CanNotDelete lock: it holds the link too, and a failover deletes that. Deploy incrementally, never in mode Complete.",
    ));
    parts.push(declare(
        "resource cache 'Microsoft.Cache/redis@2024-11-01'",
        &object([
            ("name", raw("name")),
            ("location", raw("location")),
            ("tags", raw("tags")),
            ("properties", object_of(properties)),
        ]),
    ));
    if blueprint.entra() {
        parts.push(comment("Replication does not copy policies: both caches have them. One after the other: two changes at a time conflict."));
        parts.push(premium_access("appAccess", "app", "appObjectId", "Data Contributor", None));
        parts.push(premium_access("operatorAccess", "operator", "operatorObjectId", "Data Owner", Some("appAccess")));
    }
    parts.push("output cacheId string = cache.id\n".to_owned());
    together(parts)
}

fn premium_access(symbol: &str, alias: &str, identity: &str, policy: &str, after: Option<&str>) -> String {
    let mut parts = vec![
        ("parent", raw("cache")),
        ("name", text(alias)),
        (
            "properties",
            object([("accessPolicyName", text(policy)), ("objectId", raw(identity)), ("objectIdAlias", text(alias))]),
        ),
    ];
    parts.extend(after.map(|after| ("dependsOn", Value::Array(vec![raw(after)]))));
    declare(&format!("resource {symbol} 'Microsoft.Cache/redis/accessPolicyAssignments@2024-11-01'"), &object_of(parts))
}

/// The link of the pair: a file of its own, deployed once.
pub(super) fn link() -> String {
    together([
        comment(
            "Deploy once: a second deployment of an unchanged link is refused (Azure/bicep-types-az#1937).\n\
             Linking deletes everything in the secondary. Its child name must be the secondary's name; the role is the secondary's.\n\
             After a failover the roles no longer match this file: change the parameters before you deploy again.",
        ),
        param("primaryName", "string", "Name of the primary."),
        param("secondaryName", "string", "Name of the secondary."),
        param("secondaryId", "string", "Resource id of the secondary."),
        param("secondaryLocation", "string", "Region of the secondary."),
        declare(
            "resource primary 'Microsoft.Cache/redis@2024-11-01' existing",
            &object([("name", raw("primaryName"))]),
        ),
        declare(
            "resource link 'Microsoft.Cache/redis/linkedServers@2024-11-01'",
            &object([
                ("parent", raw("primary")),
                ("name", raw("secondaryName")),
                (
                    "properties",
                    object([
                        ("linkedRedisCacheId", raw("secondaryId")),
                        ("linkedRedisCacheLocation", raw("secondaryLocation")),
                        ("serverRole", text("Secondary")),
                    ]),
                ),
            ]),
        ),
    ])
}

/// A cache of Azure Managed Redis with its database and access policies; a member of a group where the design is one.
pub(super) fn managed(blueprint: &Blueprint) -> String {
    let (active, grouped) = (&blueprint.plan.active, blueprint.topology == Topology::Active);
    let mut parts = common();
    if grouped {
        parts.push(param("groupNickname", "string", "Name of the replication group: a change means a new database."));
        parts.push(param("linkedDatabases", "array", "Ids of the group's databases, this one included."));
    }
    parts.extend(identities(blueprint));
    parts.push(comment(
        "publicNetworkAccess is required from this version on. Azure Managed Redis takes neither a capacity nor zones.\n\
         Deploy incrementally, never in mode Complete. A CanNotDelete lock is possible: force-unlink deletes nothing; the steps of the\n\
         runbook that delete a cache need it removed.",
    ));
    parts.push(declare(
        "resource cluster 'Microsoft.Cache/redisEnterprise@2025-07-01'",
        &object([
            ("name", raw("name")),
            ("location", raw("location")),
            ("tags", raw("tags")),
            ("sku", object([("name", text(blueprint.caches.first().map_or("", |cache| cache.sku.as_str())))])),
            (
                "properties",
                object([
                    ("highAvailability", text(access(blueprint.high_availability()))),
                    ("minimumTlsVersion", text("1.2")),
                    ("publicNetworkAccess", text(access(!blueprint.private()))),
                ]),
            ),
        ]),
    ));
    let mut properties = vec![
        ("clientProtocol", text("Encrypted")),
        ("port", raw("10000")),
        ("clusteringPolicy", text(policy(active.clustering))),
        ("evictionPolicy", text(eviction(active.eviction))),
        ("accessKeysAuthentication", text(access(!blueprint.entra()))),
    ];
    if !active.modules.is_empty() {
        let module = |module| object([("name", text(module_name(module)))]);
        properties.push(("modules", Value::Array(active.modules.iter().copied().map(module).collect())));
    }
    if grouped {
        properties.push((
            "geoReplication",
            object([("groupNickname", raw("groupNickname")), ("linkedDatabases", raw("linkedDatabases"))]),
        ));
    }
    parts.push(comment("Clustering policy, modules and group are final: a change means a new, empty database."));
    parts.push(declare(
        "resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01'",
        &object([("parent", raw("cluster")), ("name", text("default")), ("properties", object_of(properties))]),
    ));
    if blueprint.entra() {
        parts.push(comment("Keys are off: without these nobody can log in."));
        parts.push(managed_access("appAccess", "app", "appObjectId", None));
        parts.push(managed_access("operatorAccess", "operator", "operatorObjectId", Some("appAccess")));
    }
    parts.push("output cacheId string = cluster.id\n".to_owned());
    together(parts)
}

fn managed_access(symbol: &str, name: &str, identity: &str, after: Option<&str>) -> String {
    let mut parts = vec![
        ("parent", raw("database")),
        ("name", text(name)),
        (
            "properties",
            object([("accessPolicyName", text("default")), ("user", object([("objectId", raw(identity))]))]),
        ),
    ];
    parts.extend(after.map(|after| ("dependsOn", Value::Array(vec![raw(after)]))));
    let kind = "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments@2025-07-01";
    declare(&format!("resource {symbol} '{kind}'"), &object_of(parts))
}

const fn access(on: bool) -> &'static str {
    if on { "Enabled" } else { "Disabled" }
}

/// The default of nothing: no tags beside the plan's.
pub(super) fn extra_tags() -> String {
    param_or("extraTags", "object", "Further tags, such as a cost centre.", &object([]))
}
