//! Terraform's states and plans as `terraform show -json` prints them, modules nested.

use super::attributes::{Change, Code, Configuration, Module, Resource, Settings, State, Values};
use crate::estate::facts::Database;
use crate::estate::facts::settle::CODE;
use crate::estate::facts::settle::Origin;
use crate::estate::findings::open_values;
use crate::estate::id;
use crate::estate::read::lenient_json::{Count, Flag, Maybe, Name, Objects, Text};
use crate::estate::read::shape::{self, Item, Reference};
use crate::estate::read::take::Taken;
use std::collections::BTreeSet;

/// One document: a state, or a plan with its code.
pub(in crate::estate) struct Document<'a> {
    pub(in crate::estate) state: State,
    pub(in crate::estate) changes: &'a [Change],
    pub(in crate::estate) code: Option<&'a Configuration>,
    /// It is a state: what it says is deployed.
    pub(in crate::estate) deployed: bool,
}

/// A resource with its module and the id that it has, or that stands for one.
struct Found {
    module: String,
    address: String,
    of: String,
    values: Values,
    id: String,
}

/// Takes every resource that says something of an estate.
pub(in crate::estate) fn take(document: Document<'_>, taken: &mut Taken) {
    let mut found = Vec::new();
    if let Some(root) = document.state.root_module.0 {
        collect(root, document.changes, &mut found);
    }
    let all = All { found: &found, code: document.code };
    for one in &found {
        all.take(one, document.deployed, taken);
    }
    for change in document.changes {
        let unknown = change.change.0.iter().flat_map(|it| &it.after_unknown.names);
        let Some(one) = found.iter().find(|it| it.address == change.address.str()) else { continue };
        for argument in unknown {
            // What the references of the code have settled is not asked.
            let found = match argument.as_str() {
                "linked_redis_cache_id" => all.peers(one, argument).len() == 1,
                argument => argument.starts_with("linked_") && !all.peers(one, argument).is_empty(),
            };
            // A link and a database have the names of others.
            if !found && (argument != "name" || all.owner(one) == one.id) {
                let needs = format!("{argument} of {}", one.address);
                open_values::ask(&mut taken.code, &all.owner(one), argument, &BTreeSet::from([needs]));
            }
        }
    }
}

/// Azure's types of Terraform's.
fn kind(of: &str) -> Option<&'static str> {
    Some(match of {
        "azurerm_redis_cache" => "Microsoft.Cache/redis",
        "azurerm_managed_redis" | "azurerm_redis_enterprise_cluster" => "Microsoft.Cache/redisEnterprise",
        "azurerm_redis_linked_server" => "Microsoft.Cache/redis/linkedServers",
        "azurerm_redis_enterprise_database" => "Microsoft.Cache/redisEnterprise/databases",
        "azurerm_private_endpoint" => "Microsoft.Network/privateEndpoints",
        "azurerm_monitor_metric_alert" => "Microsoft.Insights/metricAlerts",
        "azurerm_managed_redis_geo_replication" | "azapi_resource" | "azapi_update_resource" => "",
        _ => return None,
    })
}

fn collect(module: Module, changes: &[Change], found: &mut Vec<Found>) {
    for resource in module.resources.0 {
        found.extend(of(resource, changes, module.address.str()));
    }
    for below in module.child_modules.0 {
        collect(below, changes, found);
    }
}

fn of(resource: Resource, changes: &[Change], module: &str) -> Option<Found> {
    let kind = kind(resource.of.str())?;
    let mut values = *resource.values.0?;
    values.forget_marked(&resource.sensitive_values);
    // A plan marks its changes too.
    for change in changes.iter().filter(|it| it.address.str() == resource.address.str()) {
        change.change.0.iter().for_each(|it| values.forget_marked(&it.after_sensitive));
    }
    let address = resource.address.str().to_owned();
    let own = values.id.str();
    let id = if own.starts_with('/') {
        own.to_owned()
    } else {
        let written = values.r#type.str().split('@').next().unwrap_or_default();
        let kind = if kind.is_empty() { written } else { kind };
        let name = match values.name.str() {
            "" => format!("{{{}}}", address.replace(|it: char| it == '/' || it.is_whitespace(), "_")),
            name => name.to_owned(),
        };
        let parent = values.parent_id.str();
        match kind.rsplit_once('/') {
            Some((_, last)) if parent.contains("/providers/") => format!("{parent}/{last}/{name}"),
            _ => id::stand_in(kind, &name),
        }
    };
    Some(Found { module: module.to_owned(), address, of: resource.of.str().to_owned(), values, id })
}

/// Every resource of a document, with the code that says what refers to what.
struct All<'a> {
    found: &'a [Found],
    code: Option<&'a Configuration>,
}

impl All<'_> {
    fn take(&self, one: &Found, deployed: bool, taken: &mut Taken) {
        match one.of.as_str() {
            "azurerm_redis_cache" => taken.take_code(&cache(one), deployed),
            "azurerm_managed_redis" => taken.take_code(&managed(one), deployed),
            "azurerm_redis_enterprise_cluster" => taken.take_code(&enterprise(one), deployed),
            "azurerm_redis_enterprise_database" => self.database(one, deployed, taken),
            "azurerm_redis_linked_server" => self.link(one, deployed, taken),
            "azurerm_managed_redis_geo_replication" => self.group(one, taken),
            "azurerm_private_endpoint" => self.endpoint(one, deployed, taken),
            "azurerm_monitor_metric_alert" => taken.take_code(&alert(one), deployed),
            _ => azapi(one, deployed, taken),
        }
    }

    /// Ids of the caches to which an argument of a resource refers: its value, else what the code says.
    fn peers(&self, one: &Found, argument: &str) -> Vec<String> {
        let known = match argument {
            "linked_redis_cache_id" => vec![one.values.linked_redis_cache_id.str()],
            "managed_redis_id" => vec![one.values.managed_redis_id.str()],
            "cluster_id" => vec![one.values.cluster_id.str()],
            "linked_managed_redis_ids" => one.values.linked_managed_redis_ids.0.iter().map(Text::str).collect(),
            "linked_database_id" => one.values.linked_database_id.0.iter().map(Text::str).collect(),
            _ => Vec::new(),
        };
        let known: Vec<String> = known.into_iter().filter(|it| !it.is_empty()).map(str::to_owned).collect();
        if known.is_empty() { self.referred(one, argument) } else { known }
    }

    /// Ids of the resources of the same module that the code of an argument names.
    fn referred(&self, one: &Found, argument: &str) -> Vec<String> {
        let own = one.address.strip_prefix(&one.module).unwrap_or(&one.address).trim_start_matches('.');
        let own = own.split('[').next().unwrap_or_default();
        let Some(code) = self.code_of(&one.module) else { return Vec::new() };
        let written = code.resources.0.iter().find(|it| it.address.str() == own);
        let mentions = written.and_then(|it| it.expressions.0.get(argument));
        let mut ids: Vec<String> = Vec::new();
        for mention in mentions.into_iter().flat_map(|it| &it.0) {
            let mut words = mention.split('.');
            let (Some(of), Some(name)) = (words.next(), words.next()) else { continue };
            let base =
                if one.module.is_empty() { format!("{of}.{name}") } else { format!("{}.{of}.{name}", one.module) };
            let is = |it: &&Found| it.address == base || it.address.starts_with(&format!("{base}["));
            ids.extend(self.found.iter().filter(is).map(|it| it.id.clone()));
        }
        ids.sort();
        ids.dedup();
        ids
    }

    /// The code of a module by its address: `module.a["x"].module.b`.
    fn code_of(&self, module: &str) -> Option<&Code> {
        let mut code = self.code?.root_module.0.as_ref()?;
        for name in module.split("module.").skip(1) {
            let name = name.split(['[', '.']).next().unwrap_or_default();
            code = code.module_calls.0.get(name)?.module.0.as_ref()?;
        }
        Some(code)
    }

    /// The resource that holds this one: the cache of a link, the cluster of a database.
    fn owner(&self, one: &Found) -> String {
        match one.of.as_str() {
            "azurerm_redis_linked_server" => self.target(one),
            "azurerm_redis_enterprise_database" => self.peers(one, "cluster_id").into_iter().next().unwrap_or_default(),
            "azurerm_managed_redis_geo_replication" => {
                self.peers(one, "managed_redis_id").into_iter().next().unwrap_or_default()
            }
            _ => one.id.clone(),
        }
    }

    /// The cache that holds a link: by the link's own id, by name, or by reference.
    fn target(&self, one: &Found) -> String {
        if let Some((owner, _)) = one.id.split_once("/linkedServers/").filter(|_| !id::is_stand_in(&one.id)) {
            return owner.to_owned();
        }
        let name = one.values.target_redis_cache_name.str();
        let named = |it: &&Found| it.of == "azurerm_redis_cache" && it.values.name.str() == name;
        let by_name = self.found.iter().find(named).filter(|_| !name.is_empty()).map(|it| it.id.clone());
        let by_code = || self.referred(one, "target_redis_cache_name").into_iter().next();
        by_name.or_else(by_code).unwrap_or_else(|| id::stand_in("Microsoft.Cache/redis", name))
    }

    fn link(&self, one: &Found, deployed: bool, taken: &mut Taken) {
        let owner = self.target(one);
        let peers = self.peers(one, "linked_redis_cache_id");
        let peer = match peers.as_slice() {
            [peer] => peer.clone(),
            _ => id::stand_in("Microsoft.Cache/redis", &format!("{{peer-of-{}}}", id::name(&owner))),
        };
        let item = Item {
            id: Text::of(&format!("{owner}/linkedServers/{}", id::name(&peer))),
            linked_redis_cache_id: Text::of(&peer),
            linked_redis_cache_location: one.values.linked_redis_cache_location.clone(),
            server_role: one.values.server_role.clone(),
            ..Item::default()
        };
        taken.take_code(&item, deployed);
    }

    /// A group by its members' databases; no state of a link is known to code.
    fn group(&self, one: &Found, taken: &mut Taken) {
        let own = self.peers(one, "managed_redis_id");
        let mut members: Vec<String> = self.peers(one, "linked_managed_redis_ids");
        members.extend(own);
        let linked: BTreeSet<(String, String)> =
            members.iter().map(|it| (id::key(&default_database(it)), String::new())).collect();
        if linked.len() < 2 {
            return;
        }
        taken.count += 1;
        for (key, _) in &linked {
            let linked = Some(linked.iter().cloned().collect());
            let origin = Origin { source: CODE, changed: None };
            let member = Database { linked, origin, ..Database::default() };
            taken.code.databases.entry(key.clone()).or_default().join(member);
        }
    }

    fn database(&self, one: &Found, deployed: bool, taken: &mut Taken) {
        let values = &one.values;
        let Some(cluster) = self.peers(one, "cluster_id").into_iter().next() else { return };
        let linked = self.peers(one, "linked_database_id").into_iter();
        let reference = |id: String| Reference { id: Text::of(&id), ..Reference::default() };
        let item = Item {
            id: Text::of(&default_database(&cluster)),
            clustering_policy: values.clustering_policy.clone(),
            eviction_policy: values.eviction_policy.clone(),
            client_protocol: values.client_protocol.clone(),
            modules: modules(values.module.0.iter().map(|it| &it.name)),
            geo_replication: Maybe(Some(shape::GeoReplication {
                group_nickname: values.linked_database_group_nickname.clone(),
                linked_databases: Objects(linked.map(reference).collect(), true),
            })),
            ..Item::default()
        };
        taken.take_code(&item, deployed);
    }

    fn endpoint(&self, one: &Found, deployed: bool, taken: &mut Taken) {
        let known = one.values.private_service_connection.0.iter().map(|it| &it.private_connection_resource_id);
        let mut to: Vec<String> = known.filter(|it| !it.str().is_empty()).map(|it| it.str().to_owned()).collect();
        if to.is_empty() {
            to = self.referred(one, "private_service_connection");
        }
        let connections = to.iter().map(|it| Item { private_link_service_id: Text::of(it), ..Item::default() });
        let item = Item {
            id: Text::of(&one.id),
            private_link_service_connections: Objects(connections.collect(), true),
            ..Item::default()
        };
        taken.take_code(&item, deployed);
    }
}

/// A cluster has one database, with this name.
fn default_database(cluster: &str) -> String {
    format!("{}/databases/default", cluster.trim_end_matches('/'))
}

fn modules<'a>(names: impl Iterator<Item = &'a Name>) -> Objects<Reference> {
    Objects(names.map(|name| Reference { name: name.0.clone(), ..Reference::default() }).collect(), true)
}

/// What every resource has.
fn common(one: &Found) -> Item {
    let values = &one.values;
    Item {
        id: Text::of(&one.id),
        location: values.location.clone(),
        tags: values.tags.clone(),
        zones: values.zones.clone(),
        minimum_tls_version: values.minimum_tls_version.clone(),
        ..Item::default()
    }
}

fn cache(one: &Found) -> Item {
    let values = &one.values;
    let not = |flag: Flag| Flag(flag.0.map(|on| !on));
    let or = |one: Flag, other: Flag| Flag(one.0.or(other.0));
    Item {
        sku: Maybe(Some(shape::Sku {
            name: values.sku_name.clone(),
            family: values.family.clone(),
            capacity: values.capacity.clone(),
        })),
        shard_count: values.shard_count.clone(),
        replicas_per_master: values.replicas_per_master.clone(),
        replicas_per_primary: values.replicas_per_primary.clone(),
        redis_version: values.redis_version.clone(),
        enable_non_ssl_port: or(values.non_ssl_port_enabled, values.enable_non_ssl_port),
        public_network_access: values.public_network_access_enabled,
        disable_access_key_authentication: not(values.access_keys_authentication_enabled),
        subnet_id: values.subnet_id.clone(),
        redis_configuration: Maybe(values.redis_configuration.0.first().map(settings)),
        ..common(one)
    }
}

fn settings(of: &Settings) -> shape::Configuration {
    shape::Configuration {
        eviction: of.maxmemory_policy.clone(),
        reserved: of.maxmemory_reserved.clone(),
        fragmentation: of.maxfragmentationmemory_reserved.clone(),
        rdb: of.rdb_backup_enabled,
        aof: of.aof_backup_enabled,
        entra: of.active_directory_authentication_enabled,
    }
}

fn managed(one: &Found) -> Item {
    let values = &one.values;
    let database = values.default_database.0.first().map(|it| {
        let saved = |frequency: &Text| Flag(Some(!frequency.str().is_empty()));
        Item {
            id: Text::of(&default_database(&one.id)),
            clustering_policy: it.clustering_policy.clone(),
            eviction_policy: it.eviction_policy.clone(),
            client_protocol: it.client_protocol.clone(),
            access_keys_authentication: it.access_keys_authentication_enabled,
            persistence: Maybe(Some(shape::Persistence {
                aof_enabled: saved(&it.persistence_append_only_file_backup_frequency),
                rdb_enabled: saved(&it.persistence_redis_database_backup_frequency),
            })),
            modules: modules(it.module.0.iter().map(|it| &it.name)),
            geo_replication: Maybe(Some(shape::GeoReplication {
                group_nickname: it.geo_replication_group_name.clone(),
                ..shape::GeoReplication::default()
            })),
            ..Item::default()
        }
    });
    Item {
        sku: Maybe(Some(shape::Sku { name: values.sku_name.clone(), ..shape::Sku::default() })),
        high_availability: values.high_availability_enabled,
        public_network_access: values.public_network_access,
        databases: Objects(database.into_iter().collect(), true),
        ..common(one)
    }
}

/// `Enterprise_E20-4` is the size with its capacity.
fn enterprise(one: &Found) -> Item {
    let (name, capacity) = one.values.sku_name.str().split_once('-').unwrap_or((one.values.sku_name.str(), ""));
    let capacity = Count::of(capacity);
    Item { sku: Maybe(Some(shape::Sku { name: Text::of(name), family: Text::default(), capacity })), ..common(one) }
}

fn alert(one: &Found) -> Item {
    let condition = |it: &super::attributes::Criterion| shape::Condition {
        metric_name: it.metric_name.clone(),
        operator: it.operator.clone(),
        threshold: it.threshold,
        dimensions: it.dimension.clone(),
    };
    let conditions = Objects(one.values.criteria.0.iter().map(condition).collect(), true);
    Item {
        id: Text::of(&one.id),
        scopes: one.values.scopes.clone(),
        enabled: one.values.enabled,
        criteria: Maybe(Some(shape::Criteria { all_of: conditions })),
        ..Item::default()
    }
}

/// A resource in the words of ARM.
fn azapi(one: &Found, deployed: bool, taken: &mut Taken) {
    let values = &one.values;
    let Some(body) = values.body.0.as_deref() else { return };
    let mut item = body.clone();
    item.id = Text::of(&one.id);
    item.of = Text::of(values.r#type.str());
    if !values.location.str().is_empty() {
        item.location = values.location.clone();
    }
    if !values.tags.0.is_empty() {
        item.tags = values.tags.clone();
    }
    taken.take_code(&item, deployed);
}
