//! What is read of the output of `terraform show -json`: no row for a key, and what the file marks as sensitive is forgotten.

use super::forms::{Fields, Marks, Mentions, Nested};
use crate::estate::read::lenient_json::{Count, Flag, List, Maybe, Name, Number, Objects, Tags, Text};
use crate::estate::read::shape::{Item, Only};
use serde::Deserialize;

/// The values of a state, or those that a plan brings about.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct State {
    pub(super) root_module: Maybe<Module>,
}

/// A module with those below it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Module {
    pub(super) address: Text,
    pub(super) resources: Objects<Resource>,
    pub(super) child_modules: Objects<Module>,
}

/// One resource.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Resource {
    pub(super) address: Text,
    #[serde(rename = "type")]
    pub(super) of: Text,
    pub(super) values: Maybe<Box<Values>>,
    pub(super) sensitive_values: Marks,
}

macro_rules! values {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, Deserialize)]
        #[serde(default)]
        pub(super) struct $name {
            $(pub(super) $field: $type,)*
        }

        impl $name {
            /// Takes a value out by its name.
            pub(super) fn forget(&mut self, name: &str) {
                $(if name == stringify!($field) {
                    self.$field = Default::default();
                })*
            }
        }
    };
}
values! {
    /// The arguments of every type that is read, under one roof: no two of them mean different things by one name.
    Values {
        id: Text,
        name: Text,
        location: Text,
        tags: Tags,
        zones: List<Text>,
        sku_name: Text,
        family: Text,
        capacity: Count,
        shard_count: Count,
        replicas_per_master: Count,
        replicas_per_primary: Count,
        redis_version: Text,
        enable_non_ssl_port: Flag,
        non_ssl_port_enabled: Flag,
        minimum_tls_version: Text,
        public_network_access: Flag,
        public_network_access_enabled: Flag,
        access_keys_authentication_enabled: Flag,
        subnet_id: Text,
        redis_configuration: Objects<Settings>,
        target_redis_cache_name: Text,
        linked_redis_cache_id: Text,
        linked_redis_cache_location: Text,
        server_role: Text,
        high_availability_enabled: Flag,
        default_database: Objects<Database>,
        managed_redis_id: Text,
        linked_managed_redis_ids: List<Text>,
        cluster_id: Text,
        clustering_policy: Text,
        eviction_policy: Text,
        client_protocol: Text,
        linked_database_id: List<Text>,
        linked_database_group_nickname: Text,
        module: Objects<Called>,
        private_service_connection: Objects<Connection>,
        scopes: List<Text>,
        enabled: Flag,
        criteria: Objects<Criterion>,
        r#type: Text,
        parent_id: Text,
        body: Nested<Item>,
    }
}

impl Values {
    /// Takes out what is marked as sensitive, wherever the mark stands.
    pub(super) fn forget_marked(&mut self, marks: &Marks) {
        if marks.whole {
            *self = Self::default();
        }
        for name in &marks.names {
            self.forget(name);
        }
        for (block, name) in &marks.inner {
            match block.as_str() {
                "redis_configuration" => self.redis_configuration.0.iter_mut().for_each(|it| it.forget(name)),
                "default_database" => self.default_database.0.iter_mut().for_each(|it| it.forget(name)),
                other => self.forget(other),
            }
        }
    }
}

values! {
    /// The settings of a cache.
    Settings {
        maxmemory_policy: Text,
        maxmemory_reserved: Count,
        maxfragmentationmemory_reserved: Count,
        rdb_backup_enabled: Flag,
        aof_backup_enabled: Flag,
        active_directory_authentication_enabled: Flag,
    }
}

values! {
    /// The database of a cluster.
    Database {
        clustering_policy: Text,
        eviction_policy: Text,
        client_protocol: Text,
        access_keys_authentication_enabled: Flag,
        geo_replication_group_name: Text,
        module: Objects<Called>,
        persistence_append_only_file_backup_frequency: Text,
        persistence_redis_database_backup_frequency: Text,
    }
}

/// A block with a name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Called {
    pub(super) name: Name,
}

/// The connection of a private endpoint.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Connection {
    pub(super) private_connection_resource_id: Text,
}

/// One condition of an alert.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Criterion {
    pub(super) metric_name: Text,
    pub(super) operator: Text,
    pub(super) threshold: Number,
    pub(super) dimension: Objects<Only>,
}

/// One change of a plan: which values are known after it alone.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct Change {
    pub(super) address: Text,
    pub(super) change: Maybe<Unknown>,
}

/// Arguments without a value, and those that are secrets.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Unknown {
    pub(super) after_unknown: Marks,
    pub(super) after_sensitive: Marks,
}

/// The code of a plan, of which the references are read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct Configuration {
    pub(super) root_module: Maybe<Code>,
}

/// The code of one module.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Code {
    pub(super) resources: Objects<Written>,
    pub(super) module_calls: Fields<ModuleCall>,
}

/// A resource as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    pub(super) address: Text,
    pub(super) expressions: Fields<Mentions>,
}

/// A module as it is called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ModuleCall {
    pub(super) module: Maybe<Code>,
}
