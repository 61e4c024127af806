//! The metrics of Azure's caches that are read, by namespace and name: what each measures, how it is read, how shards add up.
//!
//! Source: Azure Monitor's reference of supported metrics, microsoft.cache/redis (2026-06-22) and microsoft.cache/redisenterprise
//! (2026-07-13). Names are compared without case; those of the instances begin with "all", those of a shard end in its number.

use crate::model::rpo::METRIC_GRAIN;

/// Whose metrics they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Service {
    /// Azure Cache for Redis, `Microsoft.Cache/Redis`.
    Redis,
    /// Azure Managed Redis and Enterprise, `Microsoft.Cache/redisEnterprise`.
    Enterprise,
    /// Any other service.
    Other,
}

impl Service {
    /// The service of a namespace or of a resource's id; none for an empty text.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        if text.contains("microsoft.cache/redisenterprise") {
            Some(Self::Enterprise)
        } else if text.contains("microsoft.cache/redis") {
            Some(Self::Redis)
        } else {
            (!text.is_empty()).then_some(Self::Other)
        }
    }
}

/// What a metric measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// Set commands a second: counted in each interval in Redis, a rate already in Enterprise.
    Sets,
    /// Get commands a second, likewise.
    Gets,
    /// Bytes a second that clients write.
    WriteBytes,
    /// Bytes a second that clients read.
    ReadBytes,
    /// Bytes of used memory.
    Memory,
    /// Bytes of resident memory.
    Resident,
    /// Used share of the memory in percent.
    Fill,
    /// All commands a second: no share of writes is known of them.
    Commands,
    /// All commands, counted in each interval: likewise.
    CommandsCounted,
    /// Reads that found their key.
    Hits,
    /// Reads that did not.
    Misses,
    /// Share of reads that miss.
    MissRate,
    /// Keys evicted a second.
    Evictions,
    /// Keys expired a second.
    Expiries,
    /// Keys.
    Keys,
    /// Connected clients.
    Clients,
    /// Connections opened or closed.
    ConnectionChanges,
    /// Server load in percent.
    Load,
    /// Processor time in percent.
    Processor,
    /// Latency of commands.
    Latency,
    /// Errors.
    Errors,
    /// Seconds since the secondary's last good sync with its primary.
    Lag,
    /// Bytes that the secondary is behind.
    Offset,
    /// 1 while geo-replication is healthy, else 0.
    Healthy,
    /// Full syncs that began.
    FullSyncs,
    /// Full syncs that ended.
    FullSyncEnds,
}

impl Quantity {
    /// The units in which Azure Monitor gives it, in small letters; empty where it has several names for one.
    const fn units(self) -> &'static [&'static str] {
        match self {
            Self::Memory | Self::Resident | Self::Offset => &["bytes"],
            Self::WriteBytes | Self::ReadBytes => &["bytespersecond"],
            Self::Fill | Self::MissRate | Self::Load | Self::Processor => &["percent"],
            Self::Lag => &["seconds"],
            Self::Sets | Self::Gets | Self::Commands | Self::ConnectionChanges => &["count", "countpersecond"],
            Self::Latency => &[],
            _ => &["count"],
        }
    }

    /// True for what Enterprise measures of each instance: of a series that is not split the maximum is the greatest instance's.
    pub(crate) const fn is_by_instance(self) -> bool {
        matches!(self, Self::Clients | Self::WriteBytes | Self::ReadBytes | Self::ConnectionChanges)
    }

    /// True for what only Azure Cache for Redis measures.
    const fn is_of_redis_alone(self) -> bool {
        matches!(
            self,
            Self::Resident
                | Self::MissRate
                | Self::Errors
                | Self::Lag
                | Self::Offset
                | Self::FullSyncs
                | Self::FullSyncEnds
        )
    }
}

impl Metric {
    /// Whether a service has it.
    pub(crate) fn is_of(&self, service: Service) -> bool {
        match service {
            Service::Redis => true,
            Service::Enterprise => !self.quantity.is_of_redis_alone(),
            Service::Other => false,
        }
    }

    /// Whether a file's unit is the metric's: "Bytes"; a file that names none has the metric's own.
    pub(crate) fn is_in(&self, unit: &str, service: Service) -> bool {
        let unit = unit.to_ascii_lowercase();
        let units = self.quantity.units();
        // Counted commands of Redis are no rate, and nobody could tell one from the other.
        let rate = unit == "countpersecond"
            && service == Service::Redis
            && matches!(self.quantity, Quantity::Sets | Quantity::Gets);
        let silent = unit.is_empty() || unit == "unspecified" || units.is_empty();
        silent || (units.contains(&unit.as_str()) && !rate)
    }

    /// The highest value that it can have: ten times all of what it is a share of.
    pub(crate) fn most(&self) -> f64 {
        if self.unit() == "percent" { 1e3 } else { f64::INFINITY }
    }

    /// The unit in which it is read, where it has one.
    pub(crate) fn unit(&self) -> &'static str {
        self.quantity.units().first().copied().unwrap_or_default()
    }
}

/// What the values of several shards are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shards {
    /// Their sum: all of them are needed.
    Sum,
    /// The greatest of them.
    Greatest,
    /// The least of them.
    Least,
}

/// Places of Azure Monitor's aggregates in a point's values.
pub(crate) const AVERAGE: usize = 0;
pub(crate) const MAXIMUM: usize = 1;
pub(crate) const MINIMUM: usize = 2;
pub(crate) const TOTAL: usize = 3;
pub(crate) const COUNT: usize = 4;
/// Azure Monitor's aggregates, in the order of a point's values.
pub(crate) const AGGREGATES: [&str; 5] = ["average", "maximum", "minimum", "total", "count"];

/// The grain of the metrics of caches: a rate is measured once a minute, so a longer interval's total adds up that many.
pub(crate) const GRAIN: f64 = METRIC_GRAIN.as_secs();

/// One row of the list.
pub(crate) struct Metric {
    /// What it measures.
    pub(crate) quantity: Quantity,
    /// Names in small letters, with the portal's own beside them.
    names: &'static [&'static str],
    /// What it measures, in words.
    pub(crate) words: &'static str,
    /// The plan's field where its figure belongs; empty where there is none.
    pub(crate) field: &'static str,
    /// Aggregates that say it, the best first.
    pub(crate) aggregates: &'static [usize],
    /// What shards are together.
    pub(crate) shards: Shards,
}

const fn row(
    quantity: Quantity,
    names: &'static [&'static str],
    words: &'static str,
    field: &'static str,
    aggregates: &'static [usize],
    shards: Shards,
) -> Metric {
    Metric { quantity, names, words, field, aggregates, shards }
}

/// Every metric that is known. What is not here is not read.
pub(crate) const METRICS: [Metric; 26] = {
    use Quantity as Q;
    use Shards::{Greatest, Least, Sum};
    const HIGH: &[usize] = &[MAXIMUM, AVERAGE];
    const COUNTED: &[usize] = &[TOTAL];
    const EVENTS: &[usize] = &[TOTAL, COUNT, MAXIMUM];
    [
        row(Q::Sets, &["setcommands", "sets", "writes", "writecommands"], "set commands", "", COUNTED, Sum),
        row(Q::WriteBytes, &["cachewrite"], "bytes written a second", "", HIGH, Sum),
        row(Q::Memory, &["usedmemory"], "used memory", "", HIGH, Sum),
        row(Q::Resident, &["usedmemoryrss"], "resident memory, RSS", "", HIGH, Sum),
        row(Q::Fill, &["usedmemorypercentage"], "the used share of memory", "", HIGH, Greatest),
        row(Q::Commands, &["operationspersecond"], ALL, "", HIGH, Sum),
        row(Q::CommandsCounted, &["totalcommandsprocessed", "totaloperations"], ALL, "", COUNTED, Sum),
        row(Q::Gets, &["getcommands", "gets", "reads", "readcommands"], "reads", "Reads", COUNTED, Sum),
        row(Q::ReadBytes, &["cacheread"], "bytes read a second", "", HIGH, Sum),
        row(Q::Hits, &["cachehits", "hits"], "reads that found their key", "", COUNTED, Sum),
        row(Q::Misses, &["cachemisses", "misses"], "reads that did not find their key", "", COUNTED, Sum),
        row(Q::MissRate, &["cachemissrate"], "the share of reads that miss", "", HIGH, Greatest),
        row(Q::Evictions, &["evictedkeys", "evictions"], "evicted keys", "", COUNTED, Sum),
        row(Q::Expiries, &["expiredkeys", "expirations"], "expired keys", "Expiries", COUNTED, Sum),
        row(Q::Keys, &["totalkeys", "keys"], "the number of keys", "", HIGH, Sum),
        row(Q::Clients, &["connectedclients", "clients", "connections"], "connected clients", "Connections", HIGH, Sum),
        row(
            Q::ConnectionChanges,
            &["connectionscreatedpersecond", "connectionsclosedpersecond"],
            "connections opened or closed",
            "",
            HIGH,
            Sum,
        ),
        row(Q::Load, &["serverload"], "load in percent", "", HIGH, Greatest),
        row(Q::Processor, &["cpu", "percentprocessortime"], "load in percent", "", HIGH, Greatest),
        row(Q::Latency, &["cachelatency", "latencyp99", "latency"], "the latency of commands", "", HIGH, Greatest),
        row(Q::Errors, &["errors"], "errors", "", HIGH, Sum),
        row(Q::Lag, &["georeplicationconnectivitylag", "lag"], "seconds of replication lag", "", HIGH, Greatest),
        row(Q::Offset, &["georeplicationdatasyncoffset"], "bytes that the replica is behind", "", HIGH, Sum),
        row(
            Q::Healthy,
            &["georeplicationhealthy"],
            "whether geo-replication is healthy",
            "",
            &[MINIMUM, AVERAGE, MAXIMUM],
            Least,
        ),
        row(Q::FullSyncs, &["georeplicationfullsynceventstarted"], "full syncs", "", EVENTS, Greatest),
        row(Q::FullSyncEnds, &["georeplicationfullsynceventfinished"], "full syncs", "", EVENTS, Greatest),
    ]
};

const ALL: &str = "all commands, reads among them";

/// Small letters and digits of a name: "Cache Write" → "cachewrite".
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The row of a name, that of the instances and of a shard among them; none for an unknown one.
pub(crate) fn known(name: &str) -> Option<&'static Metric> {
    let plain = plain(name);
    let named = |name: &str| METRICS.iter().find(|it| it.names.contains(&name));
    named(&plain).or_else(|| plain.strip_prefix("all").and_then(named)).or_else(|| of_a_shard(&plain).and_then(named))
}

/// The row of a quantity that more than one name measures is the first.
pub(crate) fn of(quantity: Quantity) -> Option<&'static Metric> {
    METRICS.iter().find(|it| it.quantity == quantity)
}

/// True for a metric of the instances, replicas among them: "allusedmemory".
pub(crate) fn is_of_instances(name: &str) -> bool {
    let plain = plain(name);
    plain.strip_prefix("all").is_some_and(|rest| METRICS.iter().any(|it| it.names.contains(&rest)))
}

/// "setcommands3" → "setcommands": one of the names that end in the number of a shard.
fn of_a_shard(plain: &str) -> Option<&str> {
    plain.strip_suffix(|letter: char| letter.is_ascii_digit()).filter(|_| !plain.starts_with("latency"))
}

/// The shard's number of a metric of one shard of several, which is not the cache's: "usedmemory0" → "0".
pub(crate) fn shard_of(name: &str) -> Option<&str> {
    let begins = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let ends = begins && of_a_shard(&name.to_ascii_lowercase()).is_some();
    ends.then(|| &name[name.len() - 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and units: the reference of supported metrics; no name stands in two rows.
    #[test]
    fn names_are_known_with_their_service() {
        let cases = [
            ("setcommands", Some(Quantity::Sets)),
            ("allSetCommands", Some(Quantity::Sets)),
            ("setcommands7", Some(Quantity::Sets)),
            ("Cache Write", Some(Quantity::WriteBytes)),
            ("usedmemory", Some(Quantity::Memory)),
            ("usedmemoryRss", Some(Quantity::Resident)),
            ("GeoReplicationHealthy", Some(Quantity::Healthy)),
            ("geoReplicationHealthy", Some(Quantity::Healthy)),
            ("GeoReplicationFullSyncEventStarted", Some(Quantity::FullSyncs)),
            ("Geo-replication Connectivity Lag", Some(Quantity::Lag)),
            ("LatencyP99", Some(Quantity::Latency)),
            ("Transactions", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(known(name).map(|it| it.quantity), expected, "{name}");
        }
        assert_eq!([shard_of("usedmemory0"), shard_of("usedmemory")], [Some("0"), None]);
        assert_eq!([is_of_instances("allusedmemory"), is_of_instances("usedmemory")], [true, false]);
        let names: Vec<&str> = METRICS.iter().flat_map(|it| it.names).copied().collect();
        let once: std::collections::BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(once.len(), names.len());
        let id = "/subscriptions/0/providers/MICROSOFT.CACHE/REDIS/c";
        assert_eq!(
            [Service::of(id), Service::of("Microsoft.Cache/redisEnterprise")],
            [Some(Service::Redis), Some(Service::Enterprise)]
        );
        assert_eq!([Service::of("Microsoft.Storage/storageAccounts"), Service::of("")], [Some(Service::Other), None]);
    }

    /// The reference of supported metrics: unit, and which of the two services has it.
    #[test]
    fn each_metric_has_its_unit_and_its_services() {
        let metric = |name: &str| known(name).expect(name);
        let cases = [
            ("usedmemory", "Bytes", [true, true]),
            ("usedmemory", "Percent", [false, false]),
            ("usedmemorypercentage", "Percent", [true, true]),
            ("cacheWrite", "BytesPerSecond", [true, true]),
            ("cacheWrite", "Bytes", [false, false]),
            ("setcommands", "Count", [true, true]),
            ("setcommands", "CountPerSecond", [false, true]),
            ("GeoReplicationConnectivityLag", "Seconds", [true, true]),
            ("GeoReplicationConnectivityLag", "MilliSeconds", [false, false]),
            ("connectedclients", "", [true, true]),
        ];
        for (name, unit, expected) in cases {
            let found = [Service::Redis, Service::Enterprise].map(|service| metric(name).is_in(unit, service));
            assert_eq!(found, expected, "{name} in {unit}");
        }
        let redis_alone: Vec<&str> =
            METRICS.iter().filter(|it| !it.is_of(Service::Enterprise)).map(|it| it.names[0]).collect();
        let expected = [
            "usedmemoryrss",
            "cachemissrate",
            "errors",
            "georeplicationconnectivitylag",
            "georeplicationdatasyncoffset",
            "georeplicationfullsynceventstarted",
            "georeplicationfullsynceventfinished",
        ];
        assert_eq!(redis_alone, expected);
        assert!(METRICS.iter().all(|it| it.is_of(Service::Redis) && !it.is_of(Service::Other)));
    }

    /// Only two quantities are writes, whatever a metric is called.
    #[test]
    fn what_is_no_write_is_never_a_write() {
        let writes = METRICS.iter().filter(|it| matches!(it.quantity, Quantity::Sets | Quantity::WriteBytes));
        let names: Vec<&str> = writes.flat_map(|it| it.names).copied().collect();
        assert_eq!(names, ["setcommands", "sets", "writes", "writecommands", "cachewrite"]);
    }
}
