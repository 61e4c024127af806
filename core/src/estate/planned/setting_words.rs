//! Words that settings of Azure's caches have: a portfolio keeps these and figures alone, so that nothing that somebody typed is stored.

/// Words of settings and states in small letters, without signs between them.
///
/// Source: the enums of `Microsoft.Cache` (API versions 2024-11-01 of redis, 2025-07-01 of redisEnterprise), and words of this program.
const WORDS: [&str; 63] = [
    "aof",
    "and",
    "enabled",
    "disabled",
    "encrypted",
    "false",
    "lr",
    "none",
    "off",
    "on",
    "plaintext",
    "rdb",
    "true",
    "zr",
    // Eviction policies.
    "allkeyslfu",
    "allkeyslru",
    "allkeysrandom",
    "noeviction",
    "volatilelfu",
    "volatilelru",
    "volatilerandom",
    "volatilettl",
    // Clustering policies and modules.
    "enterprisecluster",
    "nocluster",
    "osscluster",
    "redisbloom",
    "redisearch",
    "redisgraph",
    "redisjson",
    "redistimeseries",
    // States.
    "canceled",
    "configuringaad",
    "createfailed",
    "creating",
    "deletefailed",
    "deleting",
    "disablefailed",
    "disabling",
    "enablefailed",
    "enabling",
    "failed",
    "linked",
    "linkfailed",
    "linking",
    "migrating",
    "migrationcancellationfailed",
    "migrationcancelling",
    "migrationfailed",
    "migrationsucceeded",
    "moving",
    "provisioning",
    "recoveringscalefailure",
    "running",
    "scaling",
    "scalingfailed",
    "succeeded",
    "syncing",
    "unlinked",
    "unlinkfailed",
    "unlinking",
    "unprovisioning",
    "updatefailed",
    "updating",
];

/// Most digits of a figure or of a part of a version.
const DIGITS: usize = 7;

/// True for a text of such words, figures and versions alone: "volatile-lru", "1 2 3", "6.0".
pub(in crate::estate) fn is_known(text: &str) -> bool {
    text.split([' ', ',']).filter(|it| !it.is_empty()).all(|it| is_figure(it) || is_word(it))
}

fn is_word(text: &str) -> bool {
    let plain: String = text.chars().filter(|it| !matches!(it, '-' | '_')).collect::<String>().to_ascii_lowercase();
    WORDS.contains(&plain.as_str())
}

fn is_figure(text: &str) -> bool {
    text.len() <= 12
        && text.split('.').all(|it| (1..=DIGITS).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_azure_are_known_and_passwords_are_not() {
        for text in [
            "Succeeded",
            "volatile-lru",
            "AllKeysLRU",
            "6.0",
            "1 2 3",
            "642",
            "RediSearch, RedisBloom and RedisJSON",
            "off",
        ] {
            assert!(is_known(text), "{text}");
        }
        for text in ["hunter2", "Succeeded!", "correct horse", "12345678", "1.2.3.4.5.6.7", "6.0-hunter", "."] {
            assert!(!is_known(text), "{text}");
        }
    }
}
