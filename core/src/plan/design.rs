//! The three designs: what is bought and how it is set up.

use super::rows::table;
use super::{MOST_SHARDS, MeasuredLag, Plan, Section};
use crate::catalog::{ReservationTerm, SkuId};
use crate::units::names::names;
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Ratio, Secs};

names! {
    /// How clients reach the caches.
    #[derive(Default)]
    Network {
        /// Private endpoints on every cache.
        #[default]
        PrivateEndpoint = "private-endpoint", "private endpoints",
        /// Public endpoint, TLS.
        Public = "public", "public endpoint",
        /// Injected into a virtual network (Premium only).
        VnetInjected = "vnet-injected", "injected into a VNet",
    }
}

names! {
    /// What a person says of something that a plan cannot show: nothing is confirmed until somebody has looked.
    ///
    /// Files from before there were three answers say true or false.
    #[derive(Default)]
    Confirmation (true = Confirmed, false = NotSo) {
        /// Nobody has looked yet.
        #[default]
        Unknown = "unknown", "unknown",
        /// Somebody has looked, and it is so.
        Confirmed = "yes", "confirmed",
        /// Somebody has looked, and it is not so.
        NotSo = "no", "not so",
    }
}

impl Confirmation {
    /// True when somebody has looked and it is so.
    #[must_use]
    pub const fn is_confirmed(self) -> bool {
        matches!(self, Self::Confirmed)
    }

    /// True when somebody has looked and it is not so.
    #[must_use]
    pub const fn is_not_so(self) -> bool {
        matches!(self, Self::NotSo)
    }
}

names! {
    /// What happens at the memory limit.
    #[derive(Default)]
    EvictionPolicy {
        /// Keys with a time to live are evicted, least recently used first (the service's default).
        #[default]
        VolatileLru = "volatile-lru", "TTL keys, least recently used",
        /// Keys with a time to live, least often used first.
        VolatileLfu = "volatile-lfu", "TTL keys, least often used",
        /// Keys with a time to live, at random.
        VolatileRandom = "volatile-random", "TTL keys, at random",
        /// Keys with a time to live, the shortest left first.
        VolatileTtl = "volatile-ttl", "TTL keys, next to expire",
        /// Any key is evicted, least recently used first.
        AllKeysLru = "all-keys-lru", "any key, least recently used",
        /// Any key, least often used first.
        AllKeysLfu = "all-keys-lfu", "any key, least often used",
        /// Any key, at random.
        AllKeysRandom = "all-keys-random", "any key, at random",
        /// Writes are refused.
        NoEviction = "no-eviction", "refuse writes",
    }
}

/// What a policy may take at the memory limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evicts {
    /// Nothing: writes are refused.
    Nothing,
    /// Keys with a time to live.
    Expiring,
    /// Every key.
    AnyKey,
}

impl EvictionPolicy {
    /// Which keys it may take; in which order it takes them is not modelled.
    #[must_use]
    pub const fn evicts(self) -> Evicts {
        match self {
            Self::NoEviction => Evicts::Nothing,
            Self::VolatileLru | Self::VolatileLfu | Self::VolatileRandom | Self::VolatileTtl => Evicts::Expiring,
            Self::AllKeysLru | Self::AllKeysLfu | Self::AllKeysRandom => Evicts::AnyKey,
        }
    }
}

names! {
    /// How an AMR database shows its shards.
    #[derive(Default)]
    ClusteringPolicy {
        /// Clients see every shard.
        #[default]
        Oss = "oss", "OSS cluster",
        /// One endpoint.
        Enterprise = "enterprise", "Enterprise cluster",
        /// No cluster, at most 25 GB.
        NonClustered = "non-clustered", "not clustered",
    }
}

names! {
    /// Modules of AMR.
    Module {
        /// `RediSearch`.
        Search = "search", "RediSearch",
        /// `RedisJSON`.
        Json = "json", "RedisJSON",
        /// `RedisBloom`.
        Bloom = "bloom", "RedisBloom",
        /// `RedisTimeSeries`.
        TimeSeries = "time-series", "RedisTimeSeries",
    }
}

table! {
    /// One cache, reloaded from the database after a loss.
    RebuildDesign at [rebuild] in Rebuild {
        /// Else the cheapest that fits.
        sku: Option<SkuId> = None => size("Size", Managed) { empty: "derived" };
        /// Two nodes in the region.
        high_availability: bool = true => switch("High availability");
        /// Where the region has zones; off in files without it.
        zone_redundant: bool = false => switch("Zone redundant");
        /// Keys a second beside its own work.
        reload_rate: OpsPerSec = OpsPerSec::per_s(4_000.0)
            => number("Reload rate of the database", Rate, "/s", 1.0..=1e8);
        /// Reached ÷ given rate; 1 in files without it.
        reload_factor: Range<f64> = Range::new(0.6, 1.0, 1.2)
            => range("Achieved reload rate", Factor, "×", 0.01..=100.0, "assumption");
        /// In total, before users notice.
        database_limit: OpsPerSec = OpsPerSec::per_s(10_000.0)
            => number("Database reads sustained", Rate, "/s", 1.0..=1e9);
        /// Bytes of values.
        database_bytes: Option<BytesPerSec> = None
            => number("Database throughput sustained", DataRate, "MB/s", 1e3..=1e12)
            { empty: "not judged", note: "else not judged by bytes" };
        /// Assumption; 90 % in files without it.
        hit_rate: Ratio = usual_hit_rate() => number("Reads that a warm cache answers", Share, "%", 0.0..=1.0);
    }
}

pub(crate) const fn as_it_stands() -> Range<f64> {
    Range::exactly(1.0)
}

impl RebuildDesign {
    /// Reads per second of values of this size that the database sustains: the limit in reads, or that in bytes where it is lower.
    #[must_use]
    pub fn sustains(&self, value: Bytes) -> OpsPerSec {
        let by_bytes =
            self.database_bytes.map(|most| OpsPerSec::per_s(most / (value.max(Bytes::bytes(1.0)) / Secs::secs(1.0))));
        by_bytes.map_or(self.database_limit, |reads| reads.min(self.database_limit))
    }

    /// Keys per second that the reload writes, slow, usual and fast: `min(reload rate × factor, what the database sustains)`, at
    /// least one.
    #[must_use]
    pub fn reload(&self, value: Bytes) -> Range<OpsPerSec> {
        let sustained = self.sustains(value);
        self.reload_factor.map(|factor| (self.reload_rate * factor).min(sustained).max(OpsPerSec::per_s(1.0)))
    }
}

const fn usual_hit_rate() -> Ratio {
    Ratio::fraction(0.9)
}

impl Plan {
    /// The plan with every size and number of shards open, so that they are derived.
    #[must_use]
    pub fn with_open_sizes(&self) -> Self {
        let mut open = self.clone();
        (open.rebuild.sku, open.active.sku) = (None, None);
        (open.passive.sku, open.passive.secondary_sku, open.passive.shards) = (None, None, None);
        open
    }

    /// The plan with its nodes paid by this term; `None`: as they are used.
    #[must_use]
    pub fn paid_by(&self, term: Option<ReservationTerm>) -> Self {
        let mut paid = self.clone();
        paid.pricing.reservation = term;
        paid
    }
}

fn has_two_regions(plan: &Plan) -> bool {
    plan.regions.len() > 1
}

fn pair_exists(plan: &Plan) -> bool {
    plan.pair_runs()
}

table! {
    /// Two Premium caches in the first two regions.
    PassiveDesign at [passive] in Passive {
        /// Without one Premium is refused.
        tenant_had_cache: Confirmation = Confirmation::Unknown
            => confirm("Tenant had an Azure Cache for Redis before 2026-04-01")
            { section: Section::Existing, basic: true, when: has_two_regions };
        /// Both caches.
        exists: Confirmation = Confirmation::Unknown => confirm("The pair exists already")
            { section: Section::Existing, basic: true, when: has_two_regions };
        /// Else the cheapest that fits.
        sku: Option<SkuId> = None => size("Size of the primary", Premium)
            { section: Section::Existing, basic: true, basic_when: pair_exists, empty: "derived" };
        /// Else the primary's.
        secondary_sku: Option<SkuId> = None => size("Size of the secondary", Premium) { empty: "like the primary" };
        /// Of each cache; 0: not clustered. Else derived with the size.
        shards: Option<u32> = None => number("Shards", Count, "", 0.0..=MOST_SHARDS as f64)
            { section: Section::Existing, basic: true, basic_when: pair_exists };
        /// A linked cache has one.
        replicas_per_primary: u32 = 1 => number("Replicas per primary", Count, "", 0.0..=3.0);
        /// `maxmemory-reserved`, share of the size, 10–60 % (D11).
        reserved: Ratio = Ratio::percent(10.0) => number("Reserved memory", Share, "%", 0.0..=0.6);
        /// `maxfragmentationmemory-reserved`, share of the size, 10–60 % (D11).
        fragmentation_reserved: Ratio = Ratio::percent(10.0)
            => number("Reserved for fragmentation", Share, "%", 0.0..=0.6);
        /// Share of the usable memory.
        max_fill: Ratio = Ratio::percent(80.0)
            => number("Largest fill, passive pair", Share, "%", 0.01..=1.0) { short: "Largest fill" };
        /// How clients reach the caches.
        network: Network = Network::default() => choice("Network");
        /// RDB or AOF.
        persistence: bool = false => switch("Persistence");
        /// Those near it.
        reads_from_secondary: bool = false => switch("Users read from the secondary");
        /// On both sides: no keys are switched.
        entra_id: bool = false => switch("Clients use Entra ID");
        /// As metrics of the pair say it; none: it is modelled.
        lag: Option<MeasuredLag> = None => special() { section: Section::Hidden };
        /// What the page cannot see and the user confirms.
        checks: PassiveChecks = PassiveChecks::default() => group();
    }
}

table! {
    /// Conditions of a passive pair that only a person can confirm. One that a file leaves out is unknown, as in a new plan:
    /// nothing is confirmed for the person.
    #[derive(Eq)]
    PassiveChecks at [passive.checks] in PassiveChecks {
        /// Of both caches.
        same_subscription: Confirmation = Confirmation::Unknown => confirm("One subscription");
        /// Of both caches.
        same_version: Confirmation = Confirmation::Unknown => confirm("One Redis version");
        /// Both running, in no other link.
        both_running_unlinked: Confirmation = Confirmation::Unknown => confirm("Both running, in no other link");
        /// Both clustered or neither.
        same_clustering: Confirmation = Confirmation::Unknown => confirm("Both clustered or neither");
        /// Of both caches.
        same_shards: Confirmation = Confirmation::Unknown => confirm("Equal shards");
        /// When linking.
        secondary_data_expendable: Confirmation = Confirmation::Unknown => confirm("Data of the secondary is expendable");
        /// On both caches.
        endpoints_before_link: Confirmation = Confirmation::Unknown => confirm("Private endpoints before the link");
        /// From private networks, to whichever is primary, tried in a drill; no source says so. Until then the failover
        /// unlinks.
        geo_name_reaches_both: Confirmation = Confirmation::Unknown => confirm("Geo-replicated name leads to both");
        /// Its address is in the primary's rules.
        firewall_allows_secondary: Confirmation = Confirmation::Unknown => confirm("Firewall lets the secondary in");
        /// Of both caches.
        same_port_and_tls: Confirmation = Confirmation::Unknown => confirm("Equal port and TLS");
        /// For caches injected in two regions.
        vpn_between_vnets: Confirmation = Confirmation::Unknown => confirm("VPN between injected networks");
        /// No writers on the secondary.
        no_writers_on_secondary: Confirmation = Confirmation::Unknown => confirm("No writers on the secondary");
        /// Readers fall back to the primary.
        readers_fall_back: Confirmation = Confirmation::Unknown => confirm("Readers fall back to the primary");
        /// On both caches.
        access_keys_enabled: Confirmation = Confirmation::Unknown => confirm("Access keys enabled");
        /// No import into the secondary.
        no_import_into_secondary: Confirmation = Confirmation::Unknown => confirm("No import into the secondary");
        /// Also before their resource group is deleted.
        unlink_before_delete: Confirmation = Confirmation::Unknown => confirm("Unlink before delete");
        /// Unlink, scale both, relink.
        scaling_relinks: Confirmation = Confirmation::Unknown => confirm("Scaling unlinks and links again");
        /// If one is lost for good.
        goes_on_without_new_premium: Confirmation = Confirmation::Unknown => confirm("Goes on without a new Premium cache");
        /// Failover has an owner and a trigger.
        owner_and_trigger: Confirmation = Confirmation::Unknown => confirm("Failover has an owner and a trigger");
    }
}

table! {
    /// Two to five AMR members, one in each region of the plan.
    ActiveDesign at [active] in Active {
        /// Else the cheapest that fits.
        sku: Option<SkuId> = None => size("Size of every member", Managed) { empty: "derived" };
        /// A group requires it.
        high_availability: bool = true => switch("High availability");
        /// Zone redundant.
        zone_redundant: bool = true => switch("Zone redundant");
        /// At the memory limit.
        eviction: EvictionPolicy = EvictionPolicy::default() => choice("At the memory limit");
        /// How shards are shown.
        clustering: ClusteringPolicy = ClusteringPolicy::default() => choice("Clustering policy");
        /// Share of the usable memory; alerts start at 75 % (D17).
        max_fill: Ratio = Ratio::percent(75.0)
            => number("Largest fill, active group", Share, "%", 0.01..=1.0) { short: "Largest fill" };
        /// How clients reach the members.
        network: Network = Network::default() => choice("Network");
        /// Persistence.
        persistence: bool = false => switch("Persistence");
        /// No keys are switched.
        entra_id: bool = false => switch("Clients use Entra ID");
        /// Modules.
        modules: Vec<Module> = Vec::new() => several("Modules");
        /// What the page cannot see and the user confirms.
        checks: ActiveChecks = ActiveChecks::default() => group();
    }
}

table! {
    /// Conditions of an active group that only a person can confirm. One that a file leaves out is unknown, as in a new plan:
    /// nothing is confirmed for the person.
    #[derive(Eq)]
    ActiveChecks at [active.checks] in ActiveChecks {
        /// Modules, policies, TLS.
        same_configuration: Confirmation = Confirmation::Unknown => confirm("Members are set up alike");
        /// Link state `Linked`.
        all_linked: Confirmation = Confirmation::Unknown => confirm("Every member is linked");
        /// It has endpoints and keys of every member.
        application_redirects: Confirmation = Confirmation::Unknown => confirm("The application redirects itself");
        /// By private endpoints and network rules.
        network_to_every_member: Confirmation = Confirmation::Unknown => confirm("Every region reaches every member");
        /// In code and runbooks.
        no_flush_commands: Confirmation = Confirmation::Unknown => confirm("No FLUSHALL, no FLUSHDB");
        /// Multi-key commands in one slot.
        multi_key_in_one_slot: Confirmation = Confirmation::Unknown => confirm("Multi-key commands in one slot");
        /// Creation makes it final.
        clustering_decided: Confirmation = Confirmation::Unknown => confirm("Clustering policy is decided");
        /// Data of joining caches is expendable.
        joining_data_expendable: Confirmation = Confirmation::Unknown => confirm("Data of joining caches is expendable");
        /// To one size, before anything else.
        scaling_together: Confirmation = Confirmation::Unknown => confirm("Members are scaled together");
        /// No scale-down.
        no_scale_down: Confirmation = Confirmation::Unknown => confirm("No scale-down");
        /// At 75 % used.
        memory_alert: Confirmation = Confirmation::Unknown => confirm("Memory alert is set");
        /// Who acts at which memory level.
        force_unlink_trigger: Confirmation = Confirmation::Unknown => confirm("Force-unlink has a trigger and an owner");
        /// In case a member cannot be recreated.
        spare_capacity: Confirmation = Confirmation::Unknown => confirm("A spare region is reserved");
        /// They do not overlap.
        staggered_maintenance: Confirmation = Confirmation::Unknown => confirm("Maintenance windows are staggered");
    }
}
