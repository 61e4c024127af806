//! What files say of an estate, by the ids of its resources, in an order of its own: no order of files changes it.

pub(super) mod lists;
pub(super) mod pages;
pub(super) mod settle;

use super::id;
use super::measure::Measurements;
use crate::estate::costs::charges::{ChargeOf, Spent};
use crate::estate::facts::lists::Lists;
use crate::estate::facts::pages::Pages;
use crate::estate::facts::settle::{Dispute, Fact, Origin, facts, settle};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Caches and clusters by key.
    pub caches: BTreeMap<String, Cache>,
    /// Links by the keys of the cache that holds them and of its peer.
    pub links: BTreeMap<(String, String), Link>,
    /// Databases of clusters by key.
    pub databases: BTreeMap<String, Database>,
    /// Private endpoints by the keys of their cache and of themselves.
    pub endpoints: BTreeMap<(String, String), Endpoint>,
    /// Subnets of private endpoints, by the key of the endpoint.
    pub subnets: BTreeMap<String, Place>,
    /// Alerts by key.
    pub alerts: BTreeMap<String, Alert>,
    /// Keys of caches that a list names without their properties, as `az resource list` does.
    pub listed: BTreeSet<String>,
    /// What code leaves open, by the key of a cache and the property: what it hangs on.
    pub asked: BTreeMap<(String, &'static str), String>,
    /// Values that are not allowed, by the key of a cache and the property, as a sentence shows them.
    pub(super) odd: BTreeMap<(String, &'static str), String>,
    /// Metrics by cache.
    pub metrics: BTreeMap<String, Measurements>,
    /// What was paid, by resource, period and meter.
    pub charges: BTreeMap<ChargeOf, Spent>,
    /// Lists that come in pages.
    pub(super) pages: Pages,
    /// Lists of caches.
    pub(super) lists: Lists,
    /// A list among the files is empty, and nothing in it says of what.
    pub has_empty_list: bool,
}

/// The tier of a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Azure Cache for Redis, one node.
    Basic,
    /// Azure Cache for Redis, two nodes.
    Standard,
    /// Azure Cache for Redis with shards and links.
    Premium,
    /// Enterprise.
    Enterprise,
    /// Enterprise on flash.
    EnterpriseFlash,
    /// Azure Managed Redis.
    Managed,
}

impl Tier {
    /// The tier of a size by its name: `Premium`, `Balanced_B20`, `Enterprise_E10`; a name of no known tier is one of Azure
    /// Managed Redis where the cluster says so (`kind` v2).
    #[must_use]
    pub fn of(size: &str) -> Option<Self> {
        let size = size.to_ascii_lowercase();
        let begins = |name: &str| size == name || size.strip_prefix(name).is_some_and(|rest| rest.starts_with('_'));
        let tiers: [(&[&str], Self); 6] = [
            (&["basic"], Self::Basic),
            (&["standard"], Self::Standard),
            (&["premium"], Self::Premium),
            (&["enterprise"], Self::Enterprise),
            (&["enterpriseflash"], Self::EnterpriseFlash),
            (&["balanced", "memoryoptimized", "computeoptimized", "flashoptimized"], Self::Managed),
        ];
        tiers.into_iter().find(|(names, _)| names.iter().any(|name| begins(name))).map(|(_, tier)| tier)
    }

    /// "Azure Managed Redis".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basic => "Basic",
            Self::Standard => "Standard",
            Self::Premium => "Premium",
            Self::Enterprise => "Enterprise",
            Self::EnterpriseFlash => "Enterprise Flash",
            Self::Managed => "Azure Managed Redis",
        }
    }

    /// True for the tiers of clusters with databases.
    #[must_use]
    pub const fn is_cluster(self) -> bool {
        matches!(self, Self::Enterprise | Self::EnterpriseFlash | Self::Managed)
    }
}

/// Properties that a deployment of code sets; states, ids and tags are none of them.
const SETTINGS: [&str; 21] = [
    "sku",
    "sku.capacity",
    "location",
    "shardCount",
    "replicasPerPrimary",
    "zones",
    "redisVersion",
    "minimumTlsVersion",
    "enableNonSslPort",
    "publicNetworkAccess",
    "disableAccessKeyAuthentication",
    "maxmemory-policy",
    "maxmemory-reserved",
    "maxfragmentationmemory-reserved",
    "RDB persistence",
    "AOF persistence",
    "highAvailability",
    "serverRole",
    "clusteringPolicy",
    "accessKeysAuthentication",
    "groupNickname",
];

impl Fact for Tier {
    fn shown(&self) -> String {
        self.name().to_owned()
    }
}

facts! {
    /// A cache of Azure Cache for Redis, or a cluster of Azure Managed Redis or Enterprise.
    Cache {
        /// Its id as a file writes it.
        id: String = "id";
        /// An answer of Azure or a Terraform state says that it exists; code alone does not.
        deployed: bool = "deployed";
        /// Its tier.
        tier: Tier = "tier";
        /// Size: `Premium_P2`, `Standard_C1`, `Balanced_B20`, `Enterprise_E10`.
        size: String = "sku";
        /// Nodes' capacity of an Enterprise size.
        capacity: u32 = "sku.capacity";
        /// Region as Azure Resource Manager names it.
        location: String = "location";
        /// Shards; 0 is not clustered.
        shards: u32 = "shardCount";
        /// Replicas per primary.
        replicas: u32 = "replicasPerPrimary";
        /// Availability zones.
        zones: Vec<String> = "zones";
        /// Redis version.
        version: String = "redisVersion";
        /// Smallest TLS version.
        tls: String = "minimumTlsVersion";
        /// The port without TLS is open.
        plain_port: bool = "enableNonSslPort";
        /// Reachable from public networks.
        public_access: bool = "publicNetworkAccess";
        /// Access keys are disabled.
        keys_disabled: bool = "disableAccessKeyAuthentication";
        /// Clients may authenticate with Entra ID.
        entra: bool = "aad-enabled";
        /// Policy at the memory limit.
        eviction: String = "maxmemory-policy";
        /// `maxmemory-reserved` in MB.
        reserved_mb: u32 = "maxmemory-reserved";
        /// `maxfragmentationmemory-reserved` in MB.
        fragmentation_mb: u32 = "maxfragmentationmemory-reserved";
        /// RDB persistence is on.
        rdb: bool = "RDB persistence";
        /// AOF persistence is on.
        aof: bool = "AOF persistence";
        /// The subnet into which the cache is injected.
        subnet: String = "subnetId";
        /// State of the last change: `Succeeded`.
        state: String = "provisioningState";
        /// State of the resource: `Running`.
        resource_state: String = "resourceState";
        /// High availability is on.
        high_availability: bool = "highAvailability";
        /// `ZR` for zone redundant, `LR`, `None`.
        redundancy: String = "redundancyMode";
        /// Ids of its links, which name the peers.
        linked: BTreeSet<String> = "linkedServers";
        /// Keys of the private endpoints that it lists.
        endpoints: BTreeSet<String> = "privateEndpointConnections";
        /// Tags.
        tags: BTreeMap<String, String> = "tags";
    }
}

impl Cache {
    /// Its name, from its id.
    #[must_use]
    pub fn name(&self) -> &str {
        id::name(self.id.as_deref().unwrap_or_default())
    }

    /// Its id in Azure; `None` for one that code describes and that has none yet.
    #[must_use]
    pub fn azure_id(&self) -> Option<&str> {
        self.id.as_deref().filter(|id| !id::is_stand_in(id))
    }

    /// Its subscription, from its id.
    #[must_use]
    pub fn subscription(&self) -> Option<&str> {
        id::part(self.azure_id()?, "subscriptions")
    }

    /// True for one that fails or is on its way out: its links prove nothing.
    pub(super) fn is_going(&self) -> bool {
        let states = [&self.state, &self.resource_state].into_iter().flatten();
        let bad = ["deleting", "failed", "disabled", "unprovisioning", "canceled"];
        states.map(|it| it.to_ascii_lowercase()).any(|it| bad.iter().any(|bad| it.contains(bad)))
    }

    /// Its resource group, from its id.
    #[must_use]
    pub fn resource_group(&self) -> Option<&str> {
        id::part(self.azure_id()?, "resourceGroups")
    }
}

facts! {
    /// A link of two caches as one of them shows it.
    Link {
        /// Id of the peer.
        peer: String = "linkedRedisCacheId";
        /// Region of the peer.
        peer_location: String = "linkedRedisCacheLocation";
        /// Role of the peer: `Primary` or `Secondary`.
        peer_role: String = "serverRole";
        /// State of the link: `Succeeded`, `Creating`, `Syncing`.
        state: String = "provisioningState";
    }
}

facts! {
    /// A database of a cluster.
    Database {
        /// Its id as a file writes it.
        id: String = "id";
        /// `OSSCluster`, `EnterpriseCluster`, `NoCluster`.
        clustering: String = "clusteringPolicy";
        /// Policy at the memory limit.
        eviction: String = "evictionPolicy";
        /// `Encrypted` or `Plaintext`.
        protocol: String = "clientProtocol";
        /// Clients may use access keys.
        access_keys: bool = "accessKeysAuthentication";
        /// RDB persistence is on.
        rdb: bool = "RDB persistence";
        /// AOF persistence is on.
        aof: bool = "AOF persistence";
        /// Modules by name, in order.
        modules: Vec<String> = "modules";
        /// Nickname of its group.
        group: String = "groupNickname";
        /// Keys of the databases that it is linked with, itself among them, with their states as it sees them.
        linked: Vec<(String, String)> = "linkedDatabases";
        /// State of the last change: `Succeeded`.
        state: String = "provisioningState";
        /// State of the resource: `Running`.
        resource_state: String = "resourceState";
    }
}

facts! {
    /// A private endpoint of a cache.
    Endpoint {
        /// Status of its connection: `Approved`.
        status: String = "status";
    }
}

facts! {
    /// Where a private endpoint stands.
    Place {
        /// Its subnet.
        subnet: String = "subnet";
    }
}

facts! {
    /// An alert on a metric.
    Alert {
        /// An answer of Azure lists it, with all others of its subscription.
        listed: bool = "listed";
        /// Keys of the resources that it watches.
        scopes: Vec<String> = "scopes";
        /// It is on.
        enabled: bool = "enabled";
        /// Names of the metrics that it watches, in small letters.
        metrics: Vec<String> = "criteria";
        /// Ids of the action groups that it tells, in order.
        actions: Vec<String> = "actions";
        /// Type of the resources that it watches within its scopes, in small letters.
        of: String = "targetResourceType";
        /// Their region.
        region: String = "targetResourceRegion";
    }
}

impl Facts {
    /// True where nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Databases of a cluster, by the cluster's key.
    pub fn databases_of<'a>(&'a self, cluster: &'a str) -> impl Iterator<Item = (&'a String, &'a Database)> {
        let below = format!("{cluster}/");
        self.databases.range(below.clone()..).take_while(move |(key, _)| key.starts_with(&below))
    }

    /// The same without those that are linked with none, where another one of the cluster is.
    pub(super) fn grouped_of<'a>(&'a self, cluster: &'a str) -> impl Iterator<Item = (&'a String, &'a Database)> {
        let is_linked = |it: &Database| it.linked.as_ref().is_some_and(|it| !it.is_empty());
        let any = self.databases_of(cluster).any(|(_, it)| is_linked(it));
        self.databases_of(cluster).filter(move |(_, it)| !any || it.linked.is_none() || is_linked(it))
    }

    /// Shards of a cache; 0 for one of Premium without any. Unknown where code leaves them open, where files disagree on them, and where a
    /// file has a figure that cannot be.
    #[must_use]
    pub fn shards_of(&self, cache: &str) -> Option<u32> {
        let known = self.caches.get(cache)?;
        let none = known.tier == Some(Tier::Premium) && !self.has_open_shards(cache);
        known.shards.or(none.then_some(0))
    }

    /// True where a cache may have any number of shards: code leaves it open, files disagree, or the figure cannot be.
    pub(super) fn has_open_shards(&self, cache: &str) -> bool {
        let property = (cache.to_owned(), "shardCount");
        let is_disputed = |it: &Cache| it.disputed.contains_key("shardCount");
        self.asked.contains_key(&property) && self.caches.get(cache).is_some_and(|it| it.shards.is_none())
            || self.odd.contains_key(&property)
            || self.caches.get(cache).is_some_and(is_disputed)
    }

    /// True for a cluster of which no file has a database: whether it is in a group is then unknown.
    #[must_use]
    pub fn misses_databases(&self, cluster: &str) -> bool {
        let is_cluster = |it: &Cache| it.tier.is_some_and(Tier::is_cluster) && it.deployed == Some(true);
        self.caches.get(cluster).is_some_and(is_cluster) && self.databases_of(cluster).next().is_none()
    }

    /// Joins more facts, the same way in any order.
    pub fn join(&mut self, other: Self) {
        fn all<K: Ord, V: Default>(into: &mut BTreeMap<K, V>, from: BTreeMap<K, V>, join: impl Fn(&mut V, V)) {
            for (key, value) in from {
                join(into.entry(key).or_default(), value);
            }
        }
        all(&mut self.caches, other.caches, Cache::join);
        all(&mut self.links, other.links, Link::join);
        all(&mut self.databases, other.databases, Database::join);
        all(&mut self.endpoints, other.endpoints, Endpoint::join);
        all(&mut self.subnets, other.subnets, Place::join);
        all(&mut self.alerts, other.alerts, Alert::join);
        all(&mut self.asked, other.asked, |one, other| *one = std::mem::take(one).max(other));
        all(&mut self.odd, other.odd, |one, other| *one = std::mem::take(one).max(other));
        all(&mut self.metrics, other.metrics, Measurements::join);
        all(&mut self.charges, other.charges, Spent::join);
        self.listed.extend(other.listed);
        self.pages.join(other.pages);
        self.lists.join(other.lists);
        self.has_empty_list |= other.has_empty_list;
    }
}
