//! What to run in Azure so that an estate can be read.

use crate::report::document::{Block, Section};

/// What stands beside the commands: who may run them, and what is not among them.
pub const PERMISSIONS: &str = "Reader on the subscriptions or their management group is enough; Monitoring Reader alone gives metrics \
                               and resources too. Every command lists or shows; none prints keys.";

/// The script that runs them all, as it stands beside the page.
pub const SCRIPT: &str = "collect.sh";

/// Each group of commands: when it is run, and what is typed. `docs/import.md` has the same.
pub const COMMANDS: [(&str, &str); 6] = [
    ("All of them, with the script beside the page", "sh collect.sh estate"),
    (
        "For each subscription S (az account list --query \"[?state=='Enabled'].id\" -o tsv)",
        "az redis list --subscription S -o json > redis-S.json
az redisenterprise list --subscription S -o json > redisenterprise-S.json
az network private-endpoint list --subscription S -o json > endpoints-S.json
az monitor metrics alert list --subscription S -o json > alerts-S.json",
    ),
    (
        "For each Premium cache with links, on both sides",
        "az redis server-link list --name NAME --resource-group GROUP --subscription S -o json > links-S-NAME.json",
    ),
    (
        "For each Azure Cache for Redis, a month by the hour (--dimension ShardId --top 30 for a cache with shards)",
        "az monitor metrics list --resource ID --metrics usedmemory usedmemorypercentage setcommands getcommands expiredkeys evictedkeys \\
  connectedclients cacheWrite serverLoad --aggregation Average Maximum Minimum Total --interval PT1H --offset 30d -o json > metrics-S-NAME.json",
    ),
    (
        "Metrics to add to that command for caches of a pair",
        "GeoReplicationConnectivityLag GeoReplicationDataSyncOffset GeoReplicationHealthy GeoReplicationFullSyncEventStarted
GeoReplicationFullSyncEventFinished",
    ),
    (
        "For each Azure Managed Redis or Enterprise; what is measured by instance is asked by instance",
        "az monitor metrics list --resource ID --metrics usedmemory usedmemorypercentage setcommands getcommands expiredkeys evictedkeys \\
  serverLoad geoReplicationHealthy --aggregation Average Maximum Minimum Total --interval PT1H --offset 30d -o json > metrics-S-NAME.json
az monitor metrics list --resource ID --metrics connectedclients cacheWrite --dimension InstanceId --top 100 \\
  --aggregation Average Maximum Minimum Total --interval PT1H --offset 30d -o json > instances-S-NAME.json",
    ),
];

/// The commands with what they need, for an estate of which nothing is read yet.
#[must_use]
pub fn commands() -> Section {
    let says = "Drop everything that these commands save, at once: each cache becomes a plan with its findings.";
    let groups = COMMANDS.iter().map(|(when, typed)| Block::details(*when, vec![Block::Commands((*typed).to_owned())]));
    let script = COMMANDS.first().map(|(_, typed)| Block::Commands((*typed).to_owned()));
    let section = Section::new("estate-commands", "Read your estate", says);
    let section = section.with(Block::remark(PERMISSIONS));
    script.into_iter().chain(groups.skip(1)).fold(section, Section::with)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page has copied is what the documentation says.
    #[test]
    fn the_documentation_has_every_command_and_permission() {
        let docs = include_str!("../../../../docs/import.md");
        for (_, typed) in COMMANDS {
            for line in typed.lines() {
                assert!(docs.contains(line), "{line}");
            }
        }
        for role in ["Reader", "Monitoring Reader"] {
            assert!(docs.contains(&format!("**{role}**")) && PERMISSIONS.contains(role));
        }
    }
}
