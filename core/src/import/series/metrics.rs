//! Which metrics make a series, by the list of [`crate::import::metrics`]: only what is known is read.

use super::Wanted;
use crate::import::metrics;
use crate::import::metrics::Quantity;
pub(super) use crate::import::metrics::Service;

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

/// What a name means; none for an unknown one.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let metric = metrics::known(name)?;
    Some(match metric.quantity {
        Quantity::Sets => Meaning::Sets,
        Quantity::WriteBytes => Meaning::WriteBytes,
        Quantity::Memory => Meaning::Memory,
        _ => Meaning::Else(metric.words, metric.field),
    })
}

/// True for a metric of one shard of several, which is not the cache's.
pub(super) fn is_of_a_shard(name: &str) -> bool {
    metrics::shard_of(name).is_some()
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
    fn what_is_no_write_and_no_memory_is_something_else() {
        let cases = [
            ("setcommands7", Some(Meaning::Sets)),
            ("Cache Write", Some(Meaning::WriteBytes)),
            ("usedmemory", Some(Meaning::Memory)),
            ("usedmemoryRss", Some(Meaning::Else("resident memory, RSS", ""))),
            ("Geo-replication Connectivity Lag", Some(Meaning::Else("seconds of replication lag", ""))),
            ("Transactions", None),
        ];
        for (name, expected) in cases {
            assert_eq!(meaning(name), expected, "{name}");
        }
        assert!(is_of_a_shard("usedmemory0") && !is_of_a_shard("usedmemory"));
    }
}
