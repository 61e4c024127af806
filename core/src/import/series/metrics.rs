//! What the metrics of Azure's caches mean, by namespace and name: only what is known is read.
//!
//! Source: Azure Monitor's reference of supported metrics, microsoft.cache/redis (2026-06-22) and microsoft.cache/redisenterprise
//! (2026-07-13). Names are compared without case; those of the instances begin with "all", those of a shard end in its number.

use super::Wanted;

/// Whose metrics they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    /// Azure Cache for Redis, `Microsoft.Cache/Redis`.
    Redis,
    /// Azure Managed Redis and Enterprise, `Microsoft.Cache/redisEnterprise`.
    Enterprise,
    /// Any other service.
    Other,
}

impl Service {
    /// The service of a namespace or of a resource's id; none for an empty text.
    pub(super) fn of(text: &str) -> Option<Self> {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Set commands: a count of each interval in Redis, a rate already in Enterprise.
    Sets,
    /// Bytes a second that clients write.
    WriteBytes,
    /// Bytes of used memory.
    Memory,
    /// Anything else: what it is, and where its figure belongs if a plan has a field for it.
    Else(&'static str, &'static str),
}

/// Names in small letters, with the portal's own beside them. What is not here is not read.
const METRICS: [(&[&str], Meaning); 23] = [
    (&["setcommands", "sets", "writes", "writecommands"], Meaning::Sets),
    (&["cachewrite"], Meaning::WriteBytes),
    (&["usedmemory"], Meaning::Memory),
    (&["usedmemoryrss"], Meaning::Else("resident memory, RSS", "")),
    (&["usedmemorypercentage"], Meaning::Else("the used share of memory", "")),
    (
        &["operationspersecond", "totalcommandsprocessed", "totaloperations"],
        Meaning::Else("all commands, reads among them", ""),
    ),
    (&["getcommands", "gets", "reads", "readcommands"], Meaning::Else("reads", "Reads")),
    (&["cacheread"], Meaning::Else("bytes read a second", "")),
    (&["cachehits", "hits"], Meaning::Else("reads that found their key", "")),
    (&["cachemisses", "misses"], Meaning::Else("reads that did not find their key", "")),
    (&["cachemissrate"], Meaning::Else("the share of reads that miss", "")),
    (&["evictedkeys", "evictions"], Meaning::Else("evicted keys", "")),
    (&["expiredkeys", "expirations"], Meaning::Else("expired keys", "Expiries")),
    (&["totalkeys", "keys"], Meaning::Else("the number of keys", "")),
    (&["connectedclients", "clients", "connections"], Meaning::Else("connected clients", "Connections")),
    (&["connectionscreatedpersecond", "connectionsclosedpersecond"], Meaning::Else("connections opened or closed", "")),
    (&["serverload", "cpu", "percentprocessortime"], Meaning::Else("load in percent", "")),
    (&["cachelatency", "latencyp99", "latency"], Meaning::Else("the latency of commands", "")),
    (&["errors"], Meaning::Else("errors", "")),
    (&["georeplicationconnectivitylag", "lag"], Meaning::Else("seconds of replication lag", "")),
    (&["georeplicationdatasyncoffset"], Meaning::Else("bytes that the replica is behind", "")),
    (&["georeplicationhealthy"], Meaning::Else("whether geo-replication is healthy", "")),
    (&["georeplicationfullsynceventstarted", "georeplicationfullsynceventfinished"], Meaning::Else("full syncs", "")),
];

/// What a name means; none for an unknown one.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    let known = |name: &str| METRICS.iter().find(|(names, _)| names.contains(&name)).map(|(_, meaning)| *meaning);
    known(&plain).or_else(|| plain.strip_prefix("all").and_then(known)).or_else(|| of_a_shard(&plain).and_then(known))
}

/// "setcommands3" → "setcommands": one of the names that end in the number of a shard.
fn of_a_shard(plain: &str) -> Option<&str> {
    plain.strip_suffix(|letter: char| letter.is_ascii_digit()).filter(|_| !plain.starts_with("latency"))
}

/// True for a metric of one shard of several, which is not the cache's.
pub(super) fn is_of_a_shard(name: &str) -> bool {
    let plain = name.to_ascii_lowercase();
    plain.starts_with(|letter: char| letter.is_ascii_alphabetic()) && of_a_shard(&plain).is_some()
}

impl Meaning {
    /// Whether it is what is asked for.
    pub(super) const fn fits(self, wanted: Wanted) -> bool {
        match wanted {
            Wanted::Writes => matches!(self, Self::Sets | Self::WriteBytes),
            Wanted::Memory => matches!(self, Self::Memory),
        }
    }

    /// "bytes read a second".
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Sets => "set commands",
            Self::WriteBytes => "bytes written a second",
            Self::Memory => "used memory",
            Self::Else(words, _) => words,
        }
    }

    /// Where its figure belongs: "Enter it under Reads." Empty where the plan has no field for it.
    fn place(self) -> String {
        match self {
            Self::Memory => " Open it under Outage, Calibration.".to_owned(),
            Self::Sets | Self::WriteBytes => " Open it by itself: the plan’s writes then follow it.".to_owned(),
            Self::Else(_, "") => String::new(),
            Self::Else(_, field) => format!(" Its figure belongs under {field}."),
        }
    }
}

/// "“cacheRead” measures bytes read a second, not writes. Its figure belongs under Reads. …" for a metric that is not asked for.
pub(super) fn not_wanted(name: &str, meaning: Meaning, wanted: Wanted) -> String {
    format!("“{name}” measures {}, not {}.{} {}", meaning.words(), wanted.noun(), meaning.place(), wanted.rule())
}

/// The sentence for a name that is not in the table.
pub(super) fn unknown(name: &str, wanted: Wanted) -> String {
    format!("“{name}” is no metric that is read here. {}", wanted.rule())
}

impl Wanted {
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Writes => "writes",
            Self::Memory => "used memory",
        }
    }

    /// What is read in its place.
    pub(super) const fn rule(self) -> &'static str {
        match self {
            Self::Writes => {
                "Writes are read from setcommands (Total of Microsoft.Cache/Redis, Average of Microsoft.Cache/redisEnterprise) and from cacheWrite (Maximum)."
            }
            Self::Memory => "Used memory is read from usedmemory (Maximum).",
        }
    }
}

/// What a column without a unit measures by its name, where that is something else than writes.
const OTHERS: [&str; 21] = [
    "latency",
    "lag",
    "ms",
    "read",
    "get",
    "hit",
    "miss",
    "misses",
    "command",
    "op",
    "memory",
    "rss",
    "cpu",
    "load",
    "client",
    "connection",
    "temperature",
    "cost",
    "price",
    "duration",
    "delay",
];

/// A name like “p99 latency (ms)”; “write load” says that it is of writes.
pub(super) fn says_otherwise(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let writes = ["write", "set", "written"].iter().any(|word| lower.contains(word));
    let is = |word: &str, other: &str| word == other || word.strip_suffix('s') == Some(other);
    !writes && words.any(|word| OTHERS.iter().any(|other| is(word, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_with_their_service() {
        let cases = [
            ("setcommands", Some(Meaning::Sets)),
            ("allSetCommands", Some(Meaning::Sets)),
            ("setcommands7", Some(Meaning::Sets)),
            ("Cache Write", Some(Meaning::WriteBytes)),
            ("usedmemory", Some(Meaning::Memory)),
            ("usedmemoryRss", Some(Meaning::Else("resident memory, RSS", ""))),
            ("Geo-replication Connectivity Lag", Some(Meaning::Else("seconds of replication lag", ""))),
            ("LatencyP99", Some(Meaning::Else("the latency of commands", ""))),
            ("Transactions", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(meaning(name), expected, "{name}");
        }
        assert!(is_of_a_shard("usedmemory0") && !is_of_a_shard("usedmemory"));
        let id = "/subscriptions/0/providers/MICROSOFT.CACHE/REDIS/c";
        assert_eq!(
            [Service::of(id), Service::of("Microsoft.Cache/redisEnterprise")],
            [Some(Service::Redis), Some(Service::Enterprise)]
        );
        assert_eq!([Service::of("Microsoft.Storage/storageAccounts"), Service::of("")], [Some(Service::Other), None]);
    }
}
