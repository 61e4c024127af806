//! What is read of the files of Azure's tools: one set of fields for every spelling, and no field for a secret.
//!
//! REST, Resource Graph and templates nest `properties`; `az redis` and `az redisenterprise` flatten them into the object. So an
//! item's own fields and those of its `properties` are the same type, and [`Item::body`] is whichever has them. What no row names
//! is never kept: access keys, connection strings and settings of the tenant have no row here.

use super::code::{Change, Configuration as Code, Either, State};
use super::lenient_json::{Count, Flag, List, Maybe, Name, Next, Number, Objects, Present, Stamp, Tags, Text};
use serde::Deserialize;

/// A resource, a page of resources, an answer of metrics or a record of one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Item {
    pub(super) id: Text,
    pub(super) name: Name,
    #[serde(rename = "type")]
    pub(super) of: Text,
    pub(super) kind: Text,
    pub(super) location: Text,
    pub(super) tags: Tags,
    pub(super) zones: List<Text>,
    pub(super) sku: Maybe<Sku>,
    pub(super) properties: Maybe<Box<Item>>,

    // Pages, answers of Resource Graph, batches of metrics, records of diagnostic settings.
    pub(super) value: Objects<Item>,
    pub(super) values: Either<Item, State>,
    pub(super) data: Objects<Item>,
    pub(super) records: Objects<Record>,
    #[serde(rename = "skip_token", alias = "$skipToken", alias = "skipToken")]
    pub(super) skip_token: Present,
    #[serde(rename = "total_records", alias = "totalRecords")]
    pub(super) total_records: Number,
    #[serde(alias = "result_truncated")]
    pub(super) result_truncated: Flag,
    #[serde(alias = "@odata.nextLink", alias = "odata.nextLink")]
    pub(super) next_link: Next,
    /// When it was last changed.
    pub(super) system_data: Maybe<SystemData>,
    #[serde(alias = "PrimaryKey")]
    pub(super) primary_key: Present,
    #[serde(alias = "SecondaryKey")]
    pub(super) secondary_key: Present,

    // Terraform: a state has `values` of another form, a plan these.
    #[serde(rename = "planned_values")]
    pub(super) planned_values: Maybe<Box<State>>,
    #[serde(rename = "resource_changes")]
    pub(super) resource_changes: Objects<Change>,
    pub(super) configuration: Maybe<Box<Code>>,

    // Azure Cache for Redis.
    pub(super) shard_count: Count,
    pub(super) replicas_per_master: Count,
    pub(super) replicas_per_primary: Count,
    pub(super) redis_version: Text,
    pub(super) enable_non_ssl_port: Flag,
    pub(super) minimum_tls_version: Text,
    pub(super) public_network_access: Flag,
    pub(super) disable_access_key_authentication: Flag,
    pub(super) subnet_id: Text,
    pub(super) provisioning_state: Text,
    pub(super) redis_configuration: Maybe<Configuration>,
    pub(super) linked_servers: Objects<Reference>,
    pub(super) private_endpoint_connections: Objects<Item>,
    pub(super) private_endpoint: Maybe<Reference>,
    pub(super) private_link_service_connection_state: Maybe<ConnectionState>,

    // A link of two caches.
    pub(super) linked_redis_cache_id: Text,
    pub(super) linked_redis_cache_location: Text,
    pub(super) server_role: Text,

    // Azure Managed Redis and Enterprise.
    pub(super) high_availability: Flag,
    pub(super) redundancy_mode: Text,
    pub(super) resource_state: Text,
    pub(super) databases: Objects<Item>,
    pub(super) clustering_policy: Text,
    pub(super) eviction_policy: Text,
    pub(super) client_protocol: Text,
    pub(super) access_keys_authentication: Flag,
    pub(super) geo_replication: Maybe<GeoReplication>,
    pub(super) persistence: Maybe<Persistence>,
    pub(super) modules: Objects<Reference>,

    // A private endpoint.
    pub(super) private_link_service_connections: Objects<Item>,
    pub(super) manual_private_link_service_connections: Objects<Item>,
    pub(super) private_link_service_id: Text,
    pub(super) subnet: Maybe<Reference>,

    // An alert.
    pub(super) scopes: List<Text>,
    pub(super) enabled: Flag,
    pub(super) criteria: Maybe<Criteria>,
    pub(super) actions: Objects<Action>,
    pub(super) target_resource_type: Text,
    pub(super) target_resource_region: Text,

    // Metrics.
    pub(super) namespace: Text,
    pub(super) resourceid: Text,
    pub(super) interval: Text,
    pub(super) unit: Text,
    pub(super) display_description: Text,
    pub(super) timeseries: Objects<Timeseries>,

    // A record of a metric.
    #[serde(alias = "MetricName")]
    pub(super) metric_name: Text,
    #[serde(alias = "ResourceId", alias = "_ResourceId")]
    pub(super) resource_id: Text,
    #[serde(alias = "TimeGrain")]
    pub(super) time_grain: Text,
    #[serde(alias = "timeStamp", alias = "TimeGenerated")]
    pub(super) time: Stamp,
    #[serde(alias = "Average")]
    pub(super) average: Number,
    #[serde(alias = "Maximum")]
    pub(super) maximum: Number,
    #[serde(alias = "Minimum")]
    pub(super) minimum: Number,
    #[serde(alias = "Total")]
    pub(super) total: Number,
    #[serde(alias = "Count")]
    pub(super) count: Number,
}

impl Item {
    /// Where its facts stand: its `properties`, or itself where a tool has flattened them.
    pub(super) fn body(&self) -> &Self {
        self.properties.0.as_deref().unwrap_or(self)
    }

    /// As a record that stands alone, in a log of one a line.
    pub(super) fn record(&self) -> Record {
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
    pub(super) fn kind_of_resource(&self) -> String {
        self.of.str().split('@').next().unwrap_or_default().to_ascii_lowercase()
    }
}

/// What Azure notes of a resource itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct SystemData {
    pub(super) last_modified_at: Stamp,
}

/// A size as resources name it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sku {
    pub(super) name: Text,
    pub(super) family: Text,
    pub(super) capacity: Count,
}

/// Settings of a cache: camelCase in the command line, kebab-case elsewhere; every value is a text.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Configuration {
    #[serde(rename = "maxmemoryPolicy", alias = "maxmemory-policy")]
    pub(super) eviction: Text,
    #[serde(rename = "maxmemoryReserved", alias = "maxmemory-reserved")]
    pub(super) reserved: Count,
    #[serde(rename = "maxfragmentationmemoryReserved", alias = "maxfragmentationmemory-reserved")]
    pub(super) fragmentation: Count,
    #[serde(rename = "rdbBackupEnabled", alias = "rdb-backup-enabled")]
    pub(super) rdb: Flag,
    #[serde(rename = "aofBackupEnabled", alias = "aof-backup-enabled")]
    pub(super) aof: Flag,
    #[serde(rename = "aadEnabled", alias = "aad-enabled")]
    pub(super) entra: Flag,
}

/// Another resource by its id; a linked database with its state, a module with its name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reference {
    pub(super) id: Text,
    pub(super) name: Text,
    pub(super) state: Text,
}

/// How far a private endpoint is connected.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ConnectionState {
    pub(super) status: Text,
}

/// The group of a database.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct GeoReplication {
    pub(super) group_nickname: Text,
    pub(super) linked_databases: Objects<Reference>,
}

/// Which persistence is on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Persistence {
    pub(super) aof_enabled: Flag,
    pub(super) rdb_enabled: Flag,
}

/// What an alert watches.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Criteria {
    pub(super) all_of: Objects<Condition>,
}

/// Whom an alert tells.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Action {
    pub(super) action_group_id: Text,
}

/// One condition of an alert.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Condition {
    pub(super) metric_name: Text,
    pub(super) operator: Text,
    pub(super) threshold: Number,
    pub(super) dimensions: Objects<Only>,
}

/// The values of a dimension that a condition is of; "*" is every one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Only {
    pub(super) values: List<Text>,
}

/// The points of one metric, or of one part of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Timeseries {
    pub(super) metadatavalues: Objects<Dimension>,
    pub(super) data: Objects<Point>,
}

/// A dimension by which a metric is split.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Dimension {
    pub(super) name: Name,
    pub(super) value: Text,
}

/// One point in time; a point without a value is a gap.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Point {
    #[serde(rename = "timeStamp", alias = "timestamp", alias = "time")]
    pub(super) time: Stamp,
    pub(super) average: Number,
    pub(super) maximum: Number,
    pub(super) minimum: Number,
    pub(super) total: Number,
    pub(super) count: Number,
}

/// One record of a diagnostic setting.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Record {
    pub(super) metric_name: Text,
    pub(super) resource_id: Text,
    pub(super) time_grain: Text,
    pub(super) time: Stamp,
    pub(super) average: Number,
    pub(super) maximum: Number,
    pub(super) minimum: Number,
    pub(super) total: Number,
    pub(super) count: Number,
}
