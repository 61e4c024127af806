//! What a cache says of itself.

use crate::estate::facts::{Cache, Tier};
use crate::estate::findings::impossible_values::Counts;
use crate::estate::id;
use crate::estate::read::lenient_json::Text;
use crate::estate::read::shape::{Item, Sku};

/// What a cache says of itself beyond its size.
pub(in crate::estate) fn cache_of(item: &Item, tier: Option<Tier>, counts: Counts) -> Cache {
    let body = item.body();
    let settings = body.redis_configuration.0.as_ref();
    let mut zones: Vec<String> = item.zones.0.iter().filter_map(text).collect();
    zones.sort();
    let linked = body.linked_servers.0.iter().map(|it| id::key(it.id.str()));
    let connections = &body.private_endpoint_connections;
    let endpoint = |it: &Item| Some(id::key(it.body().private_endpoint.0.as_ref()?.id.str()));
    Cache {
        id: text(&item.id),
        capacity: counts.capacity.filter(|_| tier.is_some_and(Tier::is_cluster)),
        location: text(&item.location).map(|it| id::location(&it)),
        shards: counts.shards,
        replicas: counts.replicas,
        zones: (!zones.is_empty()).then_some(zones),
        version: text(&body.redis_version),
        tls: text(&body.minimum_tls_version),
        plain_port: body.enable_non_ssl_port.0,
        public_access: body.public_network_access.0,
        keys_disabled: body.disable_access_key_authentication.0,
        entra: settings.and_then(|it| it.entra.0),
        eviction: settings.and_then(|it| text(&it.eviction)),
        reserved_mb: counts.reserved,
        fragmentation_mb: counts.fragmentation,
        rdb: settings.and_then(|it| it.rdb.0),
        aof: settings.and_then(|it| it.aof.0),
        subnet: text(&body.subnet_id),
        state: text(&body.provisioning_state),
        resource_state: text(&body.resource_state),
        high_availability: body.high_availability.0,
        redundancy: text(&body.redundancy_mode),
        linked: body.linked_servers.1.then(|| linked.collect()),
        endpoints: connections.1.then(|| connections.0.iter().filter_map(endpoint).collect()),
        tags: Some(item.tags.0.clone()).filter(|it| !it.is_empty()),
        ..Cache::default()
    }
}

/// `Premium_P2` of name, family and capacity; a name that has it all is the size.
pub(in crate::estate) fn size(sku: &Sku, capacity: Option<u32>) -> Option<String> {
    let name = text(&sku.name)?;
    match (text(&sku.family), capacity) {
        (Some(family), Some(capacity)) if !name.contains('_') => Some(format!("{name}_{family}{capacity}")),
        _ => name.contains('_').then_some(name),
    }
}

pub(in crate::estate) fn tier_of_kind(kind: &str) -> Option<Tier> {
    match kind.to_ascii_lowercase().as_str() {
        "v1" => Some(Tier::Enterprise),
        "v2" => Some(Tier::Managed),
        _ => None,
    }
}

fn text(text: &Text) -> Option<String> {
    text.0.clone()
}
