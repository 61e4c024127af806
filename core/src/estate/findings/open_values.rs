//! What code leaves open: values of parameters and of deployments that no file says. They are asked, never invented.

use crate::estate::deployments::{Deployment, Kind};
use crate::estate::facts::{Cache, Database, Facts};
use crate::estate::id;
use crate::estate::planned::draft::Draft;
use crate::import::secret;
use crate::import::words::cut;
use crate::units::format;
use std::collections::BTreeSet;

/// Whether a file says the property of a cache by now.
enum Said {
    /// The cache itself.
    Cache(fn(&Cache) -> bool),
    /// Its databases.
    Database(fn(&Database) -> bool),
    /// A link that it holds.
    Link,
    /// Only a name can be.
    Never,
}

/// A property that code may leave open.
struct Property {
    /// As Azure calls it.
    name: &'static str,
    /// Where templates and Terraform have it.
    paths: &'static [&'static str],
    /// The plan's fields that hang on it, of a pair, a group, and a cache alone; empty where there is none.
    fields: [&'static str; 3],
    said: Said,
}

const fn row(name: &'static str, paths: &'static [&'static str], fields: [&'static str; 3], said: Said) -> Property {
    Property { name, paths, fields, said }
}

const PROPERTIES: [Property; 19] = [
    row("name", &["name"], ["name"; 3], Said::Never),
    row("location", &["location"], ["regions"; 3], Said::Cache(|it| it.location.is_some())),
    row(
        "sku",
        &["sku", "properties.sku", "sku_name", "family", "capacity"],
        ["passive.sku", "active.sku", "rebuild.sku"],
        Said::Cache(|it| it.size.is_some()),
    ),
    row(
        "shardCount",
        &["properties.shardCount", "shard_count"],
        ["passive.shards", "", "today.caches"],
        Said::Cache(|it| it.shards.is_some()),
    ),
    row(
        "replicasPerPrimary",
        &[
            "properties.replicasPerPrimary",
            "properties.replicasPerMaster",
            "replicas_per_primary",
            "replicas_per_master",
        ],
        ["passive.replicas_per_primary", "", ""],
        Said::Cache(|it| it.replicas.is_some()),
    ),
    row(
        "zones",
        &["zones"],
        ["", "active.zone_redundant", "rebuild.zone_redundant"],
        Said::Cache(|it| it.zones.is_some()),
    ),
    row(
        "redisVersion",
        &["properties.redisVersion", "redis_version"],
        ["passive.checks.same_version", "", ""],
        Said::Cache(|it| it.version.is_some()),
    ),
    row(
        "minimumTlsVersion",
        &["properties.minimumTlsVersion", "minimum_tls_version"],
        ["passive.checks.same_port_and_tls", "active.checks.same_configuration", ""],
        Said::Cache(|it| it.tls.is_some()),
    ),
    row(
        "enableNonSslPort",
        &["properties.enableNonSslPort", "non_ssl_port_enabled", "enable_non_ssl_port"],
        ["passive.checks.same_port_and_tls", "", ""],
        Said::Cache(|it| it.plain_port.is_some()),
    ),
    row(
        "publicNetworkAccess",
        &["properties.publicNetworkAccess", "public_network_access", "public_network_access_enabled"],
        ["passive.network", "active.network", "active.network"],
        Said::Cache(|it| it.public_access.is_some()),
    ),
    row(
        "disableAccessKeyAuthentication",
        &["properties.disableAccessKeyAuthentication", "access_keys_authentication_enabled"],
        ["passive.checks.access_keys_enabled", "active.entra_id", ""],
        Said::Cache(|it| it.keys_disabled.is_some()),
    ),
    row(
        "redisConfiguration",
        &["properties.redisConfiguration", "redis_configuration"],
        ["passive.persistence", "", ""],
        Said::Cache(|it| it.eviction.is_some()),
    ),
    row(
        "highAvailability",
        &["properties.highAvailability", "high_availability_enabled"],
        ["", "active.high_availability", "rebuild.high_availability"],
        Said::Cache(|it| it.high_availability.is_some()),
    ),
    row(
        "evictionPolicy",
        &["properties.evictionPolicy", "eviction_policy"],
        ["", "active.eviction", ""],
        Said::Database(|it| it.eviction.is_some()),
    ),
    row(
        "clusteringPolicy",
        &["properties.clusteringPolicy", "clustering_policy"],
        ["", "active.clustering", ""],
        Said::Database(|it| it.clustering.is_some()),
    ),
    row(
        "accessKeysAuthentication",
        &["properties.accessKeysAuthentication"],
        ["", "active.entra_id", ""],
        Said::Database(|it| it.access_keys.is_some()),
    ),
    row(
        "geoReplication",
        &["properties.geoReplication", "linked_managed_redis_ids", "linked_database_id"],
        ["", "regions", "regions"],
        Said::Database(|it| it.linked.is_some()),
    ),
    row(
        "linkedRedisCacheId",
        &["properties.linkedRedisCacheId", "linked_redis_cache_id"],
        ["passive.secondary_sku", "", ""],
        Said::Never,
    ),
    row("serverRole", &["properties.serverRole", "server_role"], ["regions", "", ""], Said::Link),
];

/// The property at a path of a template, or of an argument of Terraform.
fn property(path: &str) -> Option<&'static Property> {
    let is = |own: &&str| path.strip_prefix(*own).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    PROPERTIES.iter().find(|it| it.paths.iter().any(is))
}

/// Notes that a resource has no value at a path, and what it hangs on; nothing for what no plan needs.
pub(in crate::estate) fn ask(facts: &mut Facts, resource: &str, path: &str, needs: &BTreeSet<String>) {
    let (Some(cache), Some(property)) = (id::cache(resource), property(path)) else { return };
    // A link's own name is that of its peer, and a database has one name.
    if property.name == "name" && id::key(resource) != cache {
        return;
    }
    let shown: Vec<String> = needs.iter().filter(|it| !secret::is_in(it)).map(|it| cut(it)).collect();
    let needs = if shown.is_empty() { "a value of the deployment".to_owned() } else { format::listed(&shown) };
    let own = facts.asked.entry((cache, property.name)).or_default();
    *own = std::mem::take(own).max(needs);
}

impl Facts {
    /// Properties of a cache that code leaves open and that no other file says, each with what it hangs on.
    pub(in crate::estate) fn open<'a>(&'a self, cache: &'a str) -> impl Iterator<Item = (&'static str, &'a str)> {
        let from = (cache.to_owned(), "");
        self.asked
            .range(from..)
            .take_while(move |((of, _), _)| of == cache)
            .filter(|((of, name), _)| !self.says(of, name))
            .map(|((_, name), needs)| (*name, needs.as_str()))
    }

    fn says(&self, cache: &str, name: &str) -> bool {
        let Some(property) = PROPERTIES.iter().find(|it| it.name == name) else { return false };
        match property.said {
            Said::Cache(said) => self.caches.get(cache).is_some_and(said),
            Said::Database(said) => self.databases_of(cache).any(|(_, it)| said(it)),
            Said::Link => self.links.iter().any(|((owner, _), it)| owner == cache && it.peer_role.is_some()),
            Said::Never => false,
        }
    }
}

/// The plan's field that hangs on a property, of such a deployment; empty where there is none.
pub(in crate::estate) fn field_of(property: &str, kind: Kind) -> &'static str {
    let place = match kind {
        Kind::Pair => 0,
        Kind::Group => 1,
        Kind::Alone => 2,
    };
    PROPERTIES.iter().find(|it| it.name == property).map_or("", |it| it.fields[place])
}

/// Lists what is open as unknown, at the fields of the plan that hang on it.
pub(in crate::estate) fn note(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    for member in &deployment.members {
        for (name, needs) in facts.open(&member.key) {
            let field = field_of(name, deployment.kind);
            if !field.is_empty() {
                let of = &member.name;
                draft.miss(
                    field,
                    format!("The {name} of {of} follows from {needs}, which has no value in the files: enter it."),
                );
            }
        }
    }
}
