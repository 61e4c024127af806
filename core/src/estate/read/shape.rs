//! What is read of the files of Azure's tools: one set of fields for every spelling, and no field for a secret.
//!
//! REST, Resource Graph and templates nest `properties`; `az redis` and `az redisenterprise` flatten them into the object. So an
//! item's own fields and those of its `properties` are the same type, and [`Item::body`] is whichever has them. What no row names
//! is never kept: access keys, connection strings and settings of the tenant have no row here.

use crate::estate::code::{Change, Configuration as Code, Either, State};
use crate::estate::read::lenient_json::{
    Count, Flag, List, Maybe, Name, Next, Number, Objects, Present, Stamp, Tags, Text,
};
use serde::Deserialize;

/// A resource, a page of resources, an answer of metrics or a record of one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::estate) struct Item {
    pub(in crate::estate) id: Text,
    pub(in crate::estate) name: Name,
    #[serde(rename = "type")]
    pub(in crate::estate) of: Text,
    pub(in crate::estate) kind: Text,
    pub(in crate::estate) location: Text,
    pub(in crate::estate) tags: Tags,
    pub(in crate::estate) zones: List<Text>,
    pub(in crate::estate) sku: Maybe<Sku>,
    pub(in crate::estate) properties: Maybe<Box<Item>>,

    // Pages, answers of Resource Graph, batches of metrics, records of diagnostic settings.
    pub(in crate::estate) value: Objects<Item>,
    pub(in crate::estate) values: Either<Item, State>,
    pub(in crate::estate) data: Objects<Item>,
    pub(in crate::estate) records: Objects<Record>,
    #[serde(rename = "skip_token", alias = "$skipToken", alias = "skipToken")]
    pub(in crate::estate) skip_token: Present,
    #[serde(rename = "total_records", alias = "totalRecords")]
    pub(in crate::estate) total_records: Number,
    #[serde(alias = "result_truncated")]
    pub(in crate::estate) result_truncated: Flag,
    #[serde(alias = "@odata.nextLink", alias = "odata.nextLink")]
    pub(in crate::estate) next_link: Next,
    /// When it was last changed.
    pub(in crate::estate) system_data: Maybe<SystemData>,
    #[serde(alias = "PrimaryKey")]
    pub(in crate::estate) primary_key: Present,
    #[serde(alias = "SecondaryKey")]
    pub(in crate::estate) secondary_key: Present,

    // Terraform: a state has `values` of another form, a plan these.
    #[serde(rename = "planned_values")]
    pub(in crate::estate) planned_values: Maybe<Box<State>>,
    #[serde(rename = "resource_changes")]
    pub(in crate::estate) resource_changes: Objects<Change>,
    pub(in crate::estate) configuration: Maybe<Box<Code>>,

    // Azure Cache for Redis.
    pub(in crate::estate) shard_count: Count,
    pub(in crate::estate) replicas_per_master: Count,
    pub(in crate::estate) replicas_per_primary: Count,
    pub(in crate::estate) redis_version: Text,
    pub(in crate::estate) enable_non_ssl_port: Flag,
    pub(in crate::estate) minimum_tls_version: Text,
    pub(in crate::estate) public_network_access: Flag,
    pub(in crate::estate) disable_access_key_authentication: Flag,
    pub(in crate::estate) subnet_id: Text,
    pub(in crate::estate) provisioning_state: Text,
    pub(in crate::estate) redis_configuration: Maybe<Configuration>,
    pub(in crate::estate) linked_servers: Objects<Reference>,
    pub(in crate::estate) private_endpoint_connections: Objects<Item>,
    pub(in crate::estate) private_endpoint: Maybe<Reference>,
    pub(in crate::estate) private_link_service_connection_state: Maybe<ConnectionState>,

    // A link of two caches.
    pub(in crate::estate) linked_redis_cache_id: Text,
    pub(in crate::estate) linked_redis_cache_location: Text,
    pub(in crate::estate) server_role: Text,

    // Azure Managed Redis and Enterprise.
    pub(in crate::estate) high_availability: Flag,
    pub(in crate::estate) redundancy_mode: Text,
    pub(in crate::estate) resource_state: Text,
    pub(in crate::estate) databases: Objects<Item>,
    pub(in crate::estate) clustering_policy: Text,
    pub(in crate::estate) eviction_policy: Text,
    pub(in crate::estate) client_protocol: Text,
    pub(in crate::estate) access_keys_authentication: Flag,
    pub(in crate::estate) geo_replication: Maybe<GeoReplication>,
    pub(in crate::estate) persistence: Maybe<Persistence>,
    pub(in crate::estate) modules: Objects<Reference>,

    // A private endpoint.
    pub(in crate::estate) private_link_service_connections: Objects<Item>,
    pub(in crate::estate) manual_private_link_service_connections: Objects<Item>,
    pub(in crate::estate) private_link_service_id: Text,
    pub(in crate::estate) subnet: Maybe<Reference>,

    // An alert.
    pub(in crate::estate) scopes: List<Text>,
    pub(in crate::estate) enabled: Flag,
    pub(in crate::estate) criteria: Maybe<Criteria>,
    pub(in crate::estate) actions: Objects<Action>,
    pub(in crate::estate) target_resource_type: Text,
    pub(in crate::estate) target_resource_region: Text,

    // Metrics.
    pub(in crate::estate) namespace: Text,
    pub(in crate::estate) resourceid: Text,
    pub(in crate::estate) interval: Text,
    pub(in crate::estate) unit: Text,
    pub(in crate::estate) display_description: Text,
    pub(in crate::estate) timeseries: Objects<Timeseries>,

    // A record of a metric.
    #[serde(alias = "MetricName")]
    pub(in crate::estate) metric_name: Text,
    #[serde(alias = "ResourceId", alias = "_ResourceId")]
    pub(in crate::estate) resource_id: Text,
    #[serde(alias = "TimeGrain")]
    pub(in crate::estate) time_grain: Text,
    #[serde(alias = "timeStamp", alias = "TimeGenerated")]
    pub(in crate::estate) time: Stamp,
    #[serde(alias = "Average")]
    pub(in crate::estate) average: Number,
    #[serde(alias = "Maximum")]
    pub(in crate::estate) maximum: Number,
    #[serde(alias = "Minimum")]
    pub(in crate::estate) minimum: Number,
    #[serde(alias = "Total")]
    pub(in crate::estate) total: Number,
    #[serde(alias = "Count")]
    pub(in crate::estate) count: Number,
}

impl Item {
    /// Where its facts stand: its `properties`, or itself where a tool has flattened them.
    pub(in crate::estate) fn body(&self) -> &Self {
        self.properties.0.as_deref().unwrap_or(self)
    }

    /// As a record that stands alone, in a log of one a line.
    pub(in crate::estate) fn record(&self) -> Record {
        Record {
            metric_name: self.metric_name.clone(),
            resource_id: self.resource_id.clone(),
            time_grain: self.time_grain.clone(),
            time: self.time,
            average: self.average,
            maximum: self.maximum,
            minimum: self.minimum,
            total: self.total,
            count: self.count,
        }
    }

    /// Its type without case and version.
    pub(in crate::estate) fn kind_of_resource(&self) -> String {
        self.of.str().split('@').next().unwrap_or_default().to_ascii_lowercase()
    }
}

/// What Azure notes of a resource itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::estate) struct SystemData {
    pub(in crate::estate) last_modified_at: Stamp,
}

/// A size as resources name it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct Sku {
    pub(in crate::estate) name: Text,
    pub(in crate::estate) family: Text,
    pub(in crate::estate) capacity: Count,
}

/// Settings of a cache: camelCase in the command line, kebab-case elsewhere; every value is a text.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct Configuration {
    #[serde(rename = "maxmemoryPolicy", alias = "maxmemory-policy")]
    pub(in crate::estate) eviction: Text,
    #[serde(rename = "maxmemoryReserved", alias = "maxmemory-reserved")]
    pub(in crate::estate) reserved: Count,
    #[serde(rename = "maxfragmentationmemoryReserved", alias = "maxfragmentationmemory-reserved")]
    pub(in crate::estate) fragmentation: Count,
    #[serde(rename = "rdbBackupEnabled", alias = "rdb-backup-enabled")]
    pub(in crate::estate) rdb: Flag,
    #[serde(rename = "aofBackupEnabled", alias = "aof-backup-enabled")]
    pub(in crate::estate) aof: Flag,
    #[serde(rename = "aadEnabled", alias = "aad-enabled")]
    pub(in crate::estate) entra: Flag,
}

/// Another resource by its id; a linked database with its state, a module with its name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct Reference {
    pub(in crate::estate) id: Text,
    pub(in crate::estate) name: Text,
    pub(in crate::estate) state: Text,
}

/// How far a private endpoint is connected.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct ConnectionState {
    pub(in crate::estate) status: Text,
}

/// The group of a database.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::estate) struct GeoReplication {
    pub(in crate::estate) group_nickname: Text,
    pub(in crate::estate) linked_databases: Objects<Reference>,
}

/// Which persistence is on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::estate) struct Persistence {
    pub(in crate::estate) aof_enabled: Flag,
    pub(in crate::estate) rdb_enabled: Flag,
}

/// What an alert watches.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::estate) struct Criteria {
    pub(in crate::estate) all_of: Objects<Condition>,
}

/// Whom an alert tells.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::estate) struct Action {
    pub(in crate::estate) action_group_id: Text,
}

/// One condition of an alert.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::estate) struct Condition {
    pub(in crate::estate) metric_name: Text,
    pub(in crate::estate) operator: Text,
    pub(in crate::estate) threshold: Number,
    pub(in crate::estate) dimensions: Objects<Only>,
}

/// The values of a dimension that a condition is of; "*" is every one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct Only {
    pub(in crate::estate) values: List<Text>,
}

/// The points of one metric, or of one part of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct Timeseries {
    pub(in crate::estate) metadatavalues: Objects<Dimension>,
    pub(in crate::estate) data: Objects<Point>,
}

/// A dimension by which a metric is split.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct Dimension {
    pub(in crate::estate) name: Name,
    pub(in crate::estate) value: Text,
}

/// One point in time; a point without a value is a gap.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::estate) struct Point {
    #[serde(rename = "timeStamp", alias = "timestamp", alias = "time")]
    pub(in crate::estate) time: Stamp,
    pub(in crate::estate) average: Number,
    pub(in crate::estate) maximum: Number,
    pub(in crate::estate) minimum: Number,
    pub(in crate::estate) total: Number,
    pub(in crate::estate) count: Number,
}

/// One record of a diagnostic setting.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::estate) struct Record {
    pub(in crate::estate) metric_name: Text,
    pub(in crate::estate) resource_id: Text,
    pub(in crate::estate) time_grain: Text,
    pub(in crate::estate) time: Stamp,
    pub(in crate::estate) average: Number,
    pub(in crate::estate) maximum: Number,
    pub(in crate::estate) minimum: Number,
    pub(in crate::estate) total: Number,
    pub(in crate::estate) count: Number,
}
