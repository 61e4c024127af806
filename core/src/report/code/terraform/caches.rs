//! The caches, their access and their link.

use super::super::design::{Blueprint, CacheCode};
use super::super::together;
use super::imports::{group_id, inside};
use super::setup::placed;
use super::write::{Item, block, call, comment, held, held_with, list, remark, resource, say, set};
use crate::model::Topology;
use crate::report::runbook::{eviction, module_name, policy};

pub(super) fn caches(blueprint: &Blueprint) -> String {
    let mut parts = Vec::new();
    for cache in &blueprint.caches {
        parts.push(match blueprint.topology {
            Topology::Passive => premium(blueprint, cache),
            Topology::Rebuild | Topology::Active => managed(blueprint, cache),
        });
        if blueprint.entra() {
            parts.extend(access(blueprint, cache));
        }
    }
    parts.extend(match blueprint.topology {
        Topology::Rebuild => None,
        Topology::Passive => link(blueprint),
        Topology::Active => group(blueprint),
    });
    together(parts)
}

/// Type of a cache's resource.
pub(super) const fn kind(topology: Topology) -> &'static str {
    match topology {
        Topology::Passive => "azurerm_redis_cache",
        Topology::Rebuild | Topology::Active => "azurerm_managed_redis",
    }
}

/// `azurerm_redis_cache.primary`.
pub(super) fn address(blueprint: &Blueprint, cache: &CacheCode) -> String {
    format!("{}.{}", kind(blueprint.topology), cache.symbol)
}

fn premium(blueprint: &Blueprint, cache: &CacheCode) -> String {
    let region = &blueprint.regions[cache.at];
    let mut items = vec![call("name", &cache.name, "")];
    items.extend(placed(region));
    items.extend([say("sku_name", "Premium"), say("family", "P"), set("capacity", Blueprint::capacity(cache))]);
    if cache.shards > 1 {
        items.push(set("shard_count", cache.shards.to_string()));
    }
    items.extend([
        set("replicas_per_primary", "1"),
        say("redis_version", "6"),
        say("minimum_tls_version", "1.2"),
        set("non_ssl_port_enabled", "false"),
        set("public_network_access_enabled", (!blueprint.private()).to_string()),
    ]);
    if blueprint.injected() {
        items.push(set("subnet_id", format!("var.subnet_id_{}", region.symbol)));
    }
    items.push(set("tags", "local.tags"));
    let mut settings = Vec::new();
    if blueprint.entra() {
        settings.push(set("active_directory_authentication_enabled", "true"));
    }
    if let Some([reserved, fragmentation]) = &cache.reserved {
        settings.push(set("maxmemory_reserved", reserved.as_str()));
        settings.push(set("maxfragmentationmemory_reserved", fragmentation.as_str()));
    }
    items.push(remark("No zones: zone redundancy is not supported with geo-replication. Zones, subnet and a smaller size replace the cache,\n\
         which prevent_destroy refuses: take it out only for a cache whose data may go."));
    items.push(block("redis_configuration", settings));
    let kept = ["tags", "redis_configuration[0].maxmemory_policy", "redis_configuration[0].notify_keyspace_events"];
    held_with(kind(blueprint.topology), &cache.symbol, items, if cache.live { &kept } else { &[] })
}

fn managed(blueprint: &Blueprint, cache: &CacheCode) -> String {
    let active = &blueprint.plan.active;
    let switch = |on: bool| if on { "Enabled" } else { "Disabled" };
    let mut items = vec![call("name", &cache.name, "")];
    items.extend(placed(&blueprint.regions[cache.at]));
    items.extend([
        say("sku_name", &cache.sku),
        set("high_availability_enabled", blueprint.high_availability().to_string()),
        say("public_network_access", switch(!blueprint.private())),
        set("tags", "local.tags"),
    ]);
    let mut database = vec![
        say("client_protocol", "Encrypted"),
        say("clustering_policy", policy(active.clustering)),
        say("eviction_policy", eviction(active.eviction)),
        set("access_keys_authentication_enabled", (!blueprint.entra()).to_string()),
    ];
    if blueprint.topology == Topology::Active {
        database.push(call("geo_replication_group_name", &blueprint.nickname, ""));
    }
    database.extend(active.modules.iter().map(|module| block("module", vec![say("name", module_name(*module))])));
    items.push(remark(
        "Another policy, group name or module deletes the database and creates an empty one, although the plan shows an update in\n\
         place (hashicorp/terraform-provider-azurerm#31722); prevent_destroy does not stop that.",
    ));
    items.push(block("default_database", database));
    held_with(kind(blueprint.topology), &cache.symbol, items, if cache.live { &["tags"] } else { &[] })
}

/// Both identities on each cache: replication copies no policies.
fn access(blueprint: &Blueprint, cache: &CacheCode) -> Vec<String> {
    let id = format!("{}.id", address(blueprint, cache));
    let symbol = |who: &str| format!("{}_{who}", cache.symbol);
    let of = |who: &str, policy: &str, after: Option<&str>| {
        let mut items: Vec<Item> = match blueprint.topology {
            Topology::Passive => vec![
                say("name", who),
                set("redis_cache_id", id.as_str()),
                say("access_policy_name", policy),
                set("object_id", format!("var.{who}_object_id")),
                say("object_id_alias", who),
            ],
            Topology::Rebuild | Topology::Active => {
                vec![set("managed_redis_id", id.as_str()), set("object_id", format!("var.{who}_object_id"))]
            }
        };
        let kind = match blueprint.topology {
            Topology::Passive => "azurerm_redis_cache_access_policy_assignment",
            Topology::Rebuild | Topology::Active => "azurerm_managed_redis_access_policy_assignment",
        };
        // Two changes of one cache at a time conflict.
        items.extend(after.map(|after| set("depends_on", list([format!("{kind}.{}", symbol(after))]))));
        resource(kind, &symbol(who), items)
    };
    vec![of("app", "Data Contributor", None), of("operator", "Data Owner", Some("app"))]
}

fn link(blueprint: &Blueprint) -> Option<String> {
    let [primary, secondary, ..] = blueprint.caches.as_slice() else { return None };
    let endpoints = blueprint.endpoints();
    let mut items = vec![
        set("count", "var.create_link ? 1 : 0"),
        set("target_redis_cache_name", format!("azurerm_redis_cache.{}.name", primary.symbol)),
        set("resource_group_name", format!("azurerm_redis_cache.{}.resource_group_name", primary.symbol)),
        set("linked_redis_cache_id", format!("azurerm_redis_cache.{}.id", secondary.symbol)),
        set("linked_redis_cache_location", format!("azurerm_redis_cache.{}.location", secondary.symbol)),
        say("server_role", "Secondary"),
    ];
    if !endpoints.is_empty() {
        items.push(remark("A linked cache takes no new endpoint."));
        items.push(set(
            "depends_on",
            list(
                endpoints
                    .iter()
                    .map(|(cache, region)| format!("azurerm_private_endpoint.{}_{}", cache.symbol, region.symbol)),
            ),
        ));
    }
    let said = comment(
        "Linking deletes everything in the secondary; the role is the secondary's. Any change here unlinks and links again with a full\n\
         sync, so prevent_destroy refuses it. After a failover outside Terraform the roles no longer match and the next plan wants to\n\
         replace the link, which would empty the cache that serves: remove it from the state, swap both caches here, and import it.",
    );
    Some(said + &held("azurerm_redis_linked_server", "link", items))
}

fn group(blueprint: &Blueprint) -> Option<String> {
    let (first, others) = blueprint.caches.split_first()?;
    let here = others.iter().map(|cache| format!("azurerm_managed_redis.{}.id", cache.symbol));
    let there = blueprint.elsewhere.iter().map(|it| {
        let group = group_id(&it.group, it.subscription.as_deref());
        format!("\"{group}/providers/Microsoft.Cache/redisEnterprise/{}\"", inside(&it.name))
    });
    let ids = here.chain(there);
    let said = comment(
        "One resource per group: several fight each other. Each joiner is force-linked: its data is discarded, minutes of outage. The\n\
         service's team advises linking at creation (hashicorp/terraform-provider-azurerm#31353): use the runbook or Bicep for a group\n\
         with data. To remove an id force-unlinks that member. While a member is Linking a plan shows a difference.",
    );
    let items = vec![
        set("managed_redis_id", format!("azurerm_managed_redis.{}.id", first.symbol)),
        set("linked_managed_redis_ids", list(ids)),
    ];
    Some(said + &held("azurerm_managed_redis_geo_replication", "group", items))
}
