//! The three designs: what is bought and how it is set up.

use crate::catalog::SkuId;
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Ratio, Secs};
use serde::{Deserialize, Serialize};

/// How clients reach the caches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Network {
    /// Public endpoint, TLS.
    Public,
    /// Private endpoints on every cache.
    #[default]
    PrivateEndpoint,
    /// Injected into a virtual network (Premium only).
    VnetInjected,
}

/// Whether the tenant had an Azure Cache for Redis before 2026-04-01, the day from which one without is refused new caches
/// (C1, C2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TenantHistory {
    /// Nobody has looked yet.
    #[default]
    Unknown,
    /// It had one: Premium caches can be created until the service retires.
    Yes,
    /// It had none: creation is refused.
    No,
}

impl TenantHistory {
    /// In the order in which they are offered, each with its name in files.
    pub const ALL: [(Self, &str); 3] = [(Self::Unknown, "unknown"), (Self::Yes, "yes"), (Self::No, "no")];
}

/// What happens at the memory limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvictionPolicy {
    /// Writes are refused.
    NoEviction,
    /// Keys with a time to live are evicted, least recently used first (the service's default).
    #[default]
    VolatileLru,
    /// Any key is evicted, least recently used first.
    AllKeysLru,
}

/// How an AMR database shows its shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClusteringPolicy {
    /// Clients see every shard.
    #[default]
    Oss,
    /// One endpoint.
    Enterprise,
    /// No cluster, at most 25 GB.
    NonClustered,
}

/// Modules of AMR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Module {
    /// `RediSearch`.
    Search,
    /// `RedisJSON`.
    Json,
    /// `RedisBloom`.
    Bloom,
    /// `RedisTimeSeries`.
    TimeSeries,
}

/// One cache, reloaded from the database after a loss.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RebuildDesign {
    /// The AMR size; derived as the cheapest that fits when absent.
    pub sku: Option<SkuId>,
    /// High availability inside the region (two nodes).
    pub high_availability: bool,
    /// The cache is zone redundant, where its region has availability zones; not in files without it.
    #[serde(default)]
    pub zone_redundant: bool,
    /// Keys per second that the database can serve for reloading beside its own work.
    pub reload_rate: OpsPerSec,
    /// What the reload reaches of that rate: an assumption. Files without it take 1, the rate as it stands.
    #[serde(default = "as_it_stands")]
    pub reload_factor: Range<f64>,
    /// Reads per second that the database stands in total before users notice.
    pub database_limit: OpsPerSec,
    /// Bytes of values per second that the database stands; `None`: it is not judged by bytes.
    #[serde(default)]
    pub database_bytes: Option<BytesPerSec>,
    /// Share of the reads that a warm cache answers; an assumption. Files without it take 90 %.
    #[serde(default = "usual_hit_rate")]
    pub hit_rate: Ratio,
}

pub(crate) const fn as_it_stands() -> Range<f64> {
    Range::exactly(1.0)
}

impl RebuildDesign {
    /// Reads per second of values of this size that the database stands: the limit in reads, or that in bytes where it is lower.
    #[must_use]
    pub fn stands(&self, value: Bytes) -> OpsPerSec {
        let by_bytes =
            self.database_bytes.map(|most| OpsPerSec::per_s(most / (value.max(Bytes::bytes(1.0)) / Secs::secs(1.0))));
        by_bytes.map_or(self.database_limit, |reads| reads.min(self.database_limit))
    }

    /// Keys per second that the reload writes, slow, usual and fast: `min(reload rate × factor, what the database stands)`, at
    /// least one.
    #[must_use]
    pub fn reload(&self, value: Bytes) -> Range<OpsPerSec> {
        let stands = self.stands(value);
        self.reload_factor.map(|factor| (self.reload_rate * factor).min(stands).max(OpsPerSec::per_s(1.0)))
    }
}

const fn usual_hit_rate() -> Ratio {
    Ratio::fraction(0.9)
}

/// Two Premium caches in the first two regions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassiveDesign {
    /// True when both caches exist already.
    pub exists: bool,
    /// Whether the tenant may create Premium caches; a file that leaves it out does not know.
    #[serde(default)]
    pub tenant_had_cache: TenantHistory,
    /// Size of the primary; derived as the cheapest that fits when absent.
    pub sku: Option<SkuId>,
    /// Size of the secondary; the primary's when absent.
    pub secondary_sku: Option<SkuId>,
    /// Shards of each cache, 1 to 10; derived with the size when absent.
    pub shards: Option<u32>,
    /// Replicas per primary; a linked cache has exactly one.
    pub replicas_per_primary: u32,
    /// `maxmemory-reserved` as a share of the size, 10–60 %.
    pub reserved: Ratio,
    /// `maxfragmentationmemory-reserved` as a share of the size, 10–60 %.
    pub fragmentation_reserved: Ratio,
    /// Share of the usable memory that a plan may fill.
    pub max_fill: Ratio,
    /// RDB or AOF persistence switched on.
    pub persistence: bool,
    /// How clients reach the caches.
    pub network: Network,
    /// Users near the secondary read from it.
    pub reads_from_secondary: bool,
    /// Clients authenticate with Entra ID on both sides, so no keys are switched.
    pub entra_id: bool,
    /// What the page cannot see and the user confirms.
    pub checks: PassiveChecks,
}

/// Conditions of a passive pair that only the user can confirm; true means it holds. One that a file leaves out has its
/// default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PassiveChecks {
    /// Both caches are in one subscription.
    pub same_subscription: bool,
    /// Both run the same Redis version.
    pub same_version: bool,
    /// Both are running and in no other link.
    pub both_running_unlinked: bool,
    /// The secondary holds nothing worth keeping when the link is made.
    pub secondary_data_expendable: bool,
    /// Private endpoints exist on both before the link is made.
    pub endpoints_before_link: bool,
    /// From the private networks the geo-replicated name leads to whichever cache is the primary; tried in a drill. No source
    /// says that it does, so that a new plan does not take it as confirmed.
    pub geo_name_reaches_both: bool,
    /// The secondary's address is in the primary's firewall rules.
    pub firewall_allows_secondary: bool,
    /// Port and TLS settings are equal.
    pub same_port_and_tls: bool,
    /// A VPN gateway joins the virtual networks (only for injected caches in two regions).
    pub vpn_between_vnets: bool,
    /// No application writes to the secondary.
    pub no_writers_on_secondary: bool,
    /// Readers of the secondary fall back to the primary.
    pub readers_fall_back: bool,
    /// A failover has an owner and a trigger.
    pub owner_and_trigger: bool,
    /// Clustering is on for both or off for both.
    pub same_clustering: bool,
    /// Both have the same number of shards.
    pub same_shards: bool,
    /// Access keys are not disabled on either cache.
    pub access_keys_enabled: bool,
    /// Nobody imports a file into the secondary.
    pub no_import_into_secondary: bool,
    /// Caches are unlinked before they, or their resource group, are deleted.
    pub unlink_before_delete: bool,
    /// Scaling is planned as unlink, scale both, link again.
    pub scaling_relinks: bool,
    /// Should one cache be lost for good, the plan goes on without a new Premium cache.
    pub goes_on_without_new_premium: bool,
}

/// Two to five AMR members, one in each region of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActiveDesign {
    /// Size of every member; derived as the cheapest that fits when absent.
    pub sku: Option<SkuId>,
    /// High availability of every member; a group requires it.
    pub high_availability: bool,
    /// What happens at the memory limit.
    pub eviction: EvictionPolicy,
    /// How the shards are shown.
    pub clustering: ClusteringPolicy,
    /// Modules in use.
    pub modules: Vec<Module>,
    /// Persistence switched on.
    pub persistence: bool,
    /// How clients reach the members.
    pub network: Network,
    /// Share of the usable memory that a plan may fill; alerting starts at 75 % (D17).
    pub max_fill: Ratio,
    /// Clients authenticate with Entra ID, so no keys are switched.
    pub entra_id: bool,
    /// Members are zone redundant.
    pub zone_redundant: bool,
    /// What the page cannot see and the user confirms.
    pub checks: ActiveChecks,
}

/// Conditions of an active group that only the user can confirm; true means it holds. One that a file leaves out has
/// its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ActiveChecks {
    /// Every member has the same modules, policies and TLS setting.
    pub same_configuration: bool,
    /// The application redirects by itself, with endpoints and keys of every member at hand.
    pub application_redirects: bool,
    /// No code and no runbook uses FLUSHALL or FLUSHDB.
    pub no_flush_commands: bool,
    /// Multi-key commands stay inside one slot.
    pub multi_key_in_one_slot: bool,
    /// The runbook names who force-unlinks and at which memory level.
    pub force_unlink_trigger: bool,
    /// Clients of every region may reach every other member (private endpoints, network rules).
    pub network_to_every_member: bool,
    /// Joining caches hold nothing worth keeping.
    pub joining_data_expendable: bool,
    /// An alternative region is reserved in case a member cannot be recreated.
    pub spare_capacity: bool,
    /// An alert watches used memory at 75 %.
    pub memory_alert: bool,
    /// Maintenance windows of the members do not overlap.
    pub staggered_maintenance: bool,
    /// The members of a group that exists all report the link state `Linked`.
    pub all_linked: bool,
    /// The clustering policy is decided; it cannot be changed after creation.
    pub clustering_decided: bool,
    /// Nothing in the plan makes a member smaller.
    pub no_scale_down: bool,
    /// Scaling is planned as every member to the same size before anything else.
    pub scaling_together: bool,
}

impl Default for RebuildDesign {
    fn default() -> Self {
        Self {
            sku: None,
            high_availability: true,
            zone_redundant: false,
            reload_rate: OpsPerSec::per_s(4_000.0),
            reload_factor: Range::new(0.6, 1.0, 1.2),
            database_limit: OpsPerSec::per_s(10_000.0),
            database_bytes: None,
            hit_rate: usual_hit_rate(),
        }
    }
}

impl Default for PassiveDesign {
    fn default() -> Self {
        Self {
            exists: true,
            tenant_had_cache: TenantHistory::Unknown,
            sku: None,
            secondary_sku: None,
            shards: None,
            replicas_per_primary: 1,
            reserved: Ratio::percent(10.0),
            fragmentation_reserved: Ratio::percent(10.0),
            max_fill: Ratio::percent(80.0),
            persistence: false,
            network: Network::default(),
            reads_from_secondary: false,
            entra_id: false,
            checks: PassiveChecks::default(),
        }
    }
}

impl Default for PassiveChecks {
    /// Everything confirmed but the people, of whom an owner and a trigger are the first thing that is missing in practice,
    /// and what only a drill shows.
    fn default() -> Self {
        Self {
            same_subscription: true,
            same_version: true,
            both_running_unlinked: true,
            secondary_data_expendable: true,
            endpoints_before_link: true,
            geo_name_reaches_both: false,
            firewall_allows_secondary: true,
            same_port_and_tls: true,
            vpn_between_vnets: false,
            no_writers_on_secondary: true,
            readers_fall_back: true,
            owner_and_trigger: false,
            same_clustering: true,
            same_shards: true,
            access_keys_enabled: true,
            no_import_into_secondary: true,
            unlink_before_delete: true,
            scaling_relinks: false,
            goes_on_without_new_premium: false,
        }
    }
}

impl Default for ActiveDesign {
    fn default() -> Self {
        Self {
            sku: None,
            high_availability: true,
            eviction: EvictionPolicy::default(),
            clustering: ClusteringPolicy::default(),
            modules: Vec::new(),
            persistence: false,
            network: Network::default(),
            max_fill: Ratio::percent(75.0),
            entra_id: false,
            zone_redundant: true,
            checks: ActiveChecks::default(),
        }
    }
}

impl Default for ActiveChecks {
    /// The application's own behaviour is confirmed; what needs people or reservations is not.
    fn default() -> Self {
        Self {
            same_configuration: true,
            application_redirects: true,
            no_flush_commands: true,
            multi_key_in_one_slot: true,
            force_unlink_trigger: false,
            network_to_every_member: true,
            joining_data_expendable: true,
            spare_capacity: false,
            memory_alert: false,
            staggered_maintenance: false,
            all_linked: true,
            clustering_decided: true,
            no_scale_down: true,
            scaling_together: false,
        }
    }
}
