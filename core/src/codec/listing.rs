//! The fields of the plan file, by the names of the plan's own.

use super::parts::{Fault, Group, Leaf, Part, Visit, read_group, read_name, write_group, write_name};
use crate::catalog::{RegionId, SkuId};
use crate::plan::{
    ActiveChecks, ActiveDesign, Assumptions, Calibration, ClusteringPolicy, EgressBilling, EgressScheme,
    EvictionPolicy, Evidence, EvidenceKind, Failure, Horizon, Latency, Module, Network, Objectives, OutageScenario,
    Outages, Outcome, OutcomeFigure, PassiveChecks, PassiveDesign, Peak, Plan, PriceOverride, Pricing, Printed,
    Profile, RebuildDesign, RecoverySteps, RegionShare, ReservationTerm, RttOverride, Span, Story, Syncs,
    TenantHistory, Unmodelled, UnmodelledFigure, Volumes, Workload, WriteSplit,
};
use crate::units::{Date, OpsPerSec, Ratio, Secs, UnitPrice};
use serde_json::Value;

/// Lists the fields of a type; a field that is left out does not compile.
macro_rules! group {
    ($type:ident { $($field:ident)* }) => {
        impl Group for $type {
            fn each(&mut self, visit: &mut Visit<'_>) {
                let Self { $($field),* } = self;
                $(visit(stringify!($field), $field);)*
            }
        }
    };
}

/// Groups inside the plan: what a file leaves out stays as it is.
macro_rules! groups {
    ($($type:ident { $($field:ident)* })*) => {$(
        group!($type { $($field)* });
        impl Part for $type {
            fn write(&mut self) -> Value {
                write_group(self)
            }
            fn read(&mut self, given: Value) -> Result<(), Fault> {
                read_group(self, given, false)
            }
        }
    )*};
}

/// Entries of lists: whole or not at all.
macro_rules! entries {
    ($($type:ident { $($field:ident: $blank:expr),* })*) => {$(
        group!($type { $($field)* });
        impl Leaf for $type {
            fn to_value(&self) -> Value {
                write_group(&mut self.clone())
            }
            fn from_value(given: Value) -> Result<Self, Fault> {
                let mut entry = Self { $($field: $blank),* };
                read_group(&mut entry, given, true)?;
                Ok(entry)
            }
        }
    )*};
}

macro_rules! names {
    ($($type:ident { $($variant:ident: $name:literal),* })*) => {$(
        impl $type {
            const NAMES: &[(&str, Self)] = &[$(($name, Self::$variant)),*];
        }
        impl Leaf for $type {
            fn to_value(&self) -> Value {
                write_name(Self::NAMES, self)
            }
            fn from_value(given: Value) -> Result<Self, Fault> {
                read_name(Self::NAMES, given)
            }
        }
    )*};
}

group!(Plan {
    name story workload regions latency rebuild passive active objectives recovery outages outage syncs pricing horizon
    assumptions calibration
});

groups! {
    Story { summary printed assumed outcomes unmodelled }
    Workload {
        dataset writes reads split key_size value_size connections peak profile growth_per_year load_growth_per_year
        largest_key custom_hash_tags spread
    }
    Volumes { rates data }
    Span { low high }
    WriteSplit { creates overwrites deletes expiries element_removals }
    Peak { ratio burst per_day }
    Latency { within_region service calls_in_sequence rest_of_request round_trips spread }
    RebuildDesign { sku high_availability zone_redundant reload_rate reload_factor database_limit database_bytes hit_rate }
    PassiveDesign {
        exists tenant_had_cache sku secondary_sku shards replicas_per_primary reserved fragmentation_reserved max_fill persistence
        network reads_from_secondary entra_id checks
    }
    PassiveChecks {
        same_subscription same_version both_running_unlinked secondary_data_expendable endpoints_before_link
        geo_name_reaches_both firewall_allows_secondary same_port_and_tls vpn_between_vnets no_writers_on_secondary readers_fall_back
        owner_and_trigger same_clustering same_shards access_keys_enabled no_import_into_secondary
        unlink_before_delete scaling_relinks goes_on_without_new_premium
    }
    ActiveDesign {
        sku high_availability eviction clustering modules persistence network max_fill entra_id zone_redundant checks
    }
    ActiveChecks {
        same_configuration application_redirects no_flush_commands multi_key_in_one_slot force_unlink_trigger
        network_to_every_member joining_data_expendable spare_capacity memory_alert staggered_maintenance all_linked
        clustering_decided no_scale_down scaling_together
    }
    Objectives { rpo rto runway write_latency read_latency budget }
    RecoverySteps {
        detect decide geo_failover dns unlink repoint reconnect keys warm_up validate client_detect redirect create
        force_unlink delete_member alert_window client_pause evidence
    }
    Outages { per_year duration common_cause downtime_hour million_reads }
    OutageScenario {
        failure lost second second_after length acts decision rehome_delay capacity_wait control_plane_lost failback
        evicted_per_byte drain_rate
    }
    Pricing {
        currency discount discount_bandwidth discount_endpoints discount_monitoring reservation reservation_coverage
        egress_scheme active_egress stream_compression logs_per_cache alerts_per_cache full_syncs_per_year
        drills_per_year hours_per_drill drill_cache_hours run_hours_per_month engineer_hour overrides endpoint_traffic
    }
    Syncs { patches_per_year patch_gap scalings_per_year syncs_per_drill }
    Horizon { start months parallel_months migration_hours }
    Assumptions {
        wire_overhead sync_rate nic_share snapshot_ratio replica_buffer passive_backlog link_start active_apply_rate
        batch crdt_factor kept_per_delete kept_per_element kept_per_overwrite hottest_shard throughput_derate
        rehome_share unlink_margin
    }
}

entries! {
    RegionShare { region: RegionId::new(""), users: Ratio::ZERO, writes: Ratio::ZERO }
    RttOverride { a: RegionId::new(""), b: RegionId::new(""), rtt: Secs::ZERO }
    PriceOverride { sku: SkuId::new(""), region: RegionId::new(""), per_node_hour: UnitPrice::default() }
    Profile { name: String::new(), step: Secs::ZERO, rates: Vec::new() }
    Evidence { step: String::new(), kind: EvidenceKind::Measured, times: Vec::new() }
    Calibration {
        date: Date::FIRST, of_series: false, source: String::new(), points: 0, deletes: OpsPerSec::ZERO,
        fitted: Vec::new(), times: Vec::new(), used: Vec::new()
    }
    Outcome { figure: OutcomeFigure::UnlinkDrill, printed: Secs::ZERO, source: String::new() }
    Unmodelled { figure: UnmodelledFigure::DatabaseCpu, printed: String::new(), source: String::new() }
    Printed { what: String::new(), outcome: String::new(), source: String::new() }
}

names! {
    Network { Public: "public", PrivateEndpoint: "private-endpoint", VnetInjected: "vnet-injected" }
    TenantHistory { Unknown: "unknown", Yes: "yes", No: "no" }
    Failure { Loss: "loss", Partition: "partition" }
    EvictionPolicy { NoEviction: "no-eviction", VolatileLru: "volatile-lru", AllKeysLru: "all-keys-lru" }
    ClusteringPolicy { Oss: "oss", Enterprise: "enterprise", NonClustered: "non-clustered" }
    Module { Search: "search", Json: "json", Bloom: "bloom", TimeSeries: "time-series" }
    ReservationTerm { OneYear: "one-year", ThreeYears: "three-years" }
    EgressScheme { Dearer: "dearer", ByContinent: "by-continent", BySourceRegion: "by-source-region" }
    OutcomeFigure {
        UnlinkDrill: "unlink-drill", Activation: "activation", WarmRecovery: "warm-recovery",
        ColdRecovery: "cold-recovery", LagAtMost: "lag-at-most", CentralWrite: "central-write",
        NearbyWrite: "nearby-write", CentralRead: "central-read", NearbyRead: "nearby-read",
        ReadRegionDown: "read-region-down", CentralReadRegionDown: "central-read-region-down",
        GroupRunbook: "group-runbook"
    }
    UnmodelledFigure {
        DatabaseCpu: "database-cpu", DrillAvailability: "drill-availability", IncidentVolume: "incident-volume",
        EvidenceEffort: "evidence-effort"
    }
    EvidenceKind { Interval: "interval", Measured: "measured" }
    EgressBilling { Absorbed: "absorbed", ListRate: "list-rate" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    /// The derived names are the reference; a variant that a list leaves out would be written as null.
    #[test]
    fn names_are_the_derived_ones() {
        fn same<T: Leaf + Serialize + PartialEq + std::fmt::Debug>(values: &[(&str, T)]) {
            for (name, value) in values {
                let derived = serde_json::to_value(value).expect("a name");
                assert_eq!(derived, Value::from(*name));
                assert_eq!(&T::from_value(derived).expect("a variant"), value);
            }
        }
        same(Network::NAMES);
        same(TenantHistory::NAMES);
        same(Failure::NAMES);
        same(EvictionPolicy::NAMES);
        same(ClusteringPolicy::NAMES);
        same(Module::NAMES);
        same(ReservationTerm::NAMES);
        same(EgressScheme::NAMES);
        same(EgressBilling::NAMES);
        same(EvidenceKind::NAMES);
        same(OutcomeFigure::NAMES);
        same(UnmodelledFigure::NAMES);
    }
}
