//! Settings of the caches: read, changed, and kept for the day that one is lost.

use super::Pair;
use crate::report::runbook::names::Cache;
use crate::report::runbook::watch::Service;
use crate::report::runbook::{SOON, Step, shell, step};
use crate::units::{Bytes, Ratio};

/// What the look asks of each cache: everything that its text names. The CLI prints keys of redisConfiguration in camel case, the service has
/// them with hyphens.
const LOOK: &str = "'{state:provisioningState, size:sku.capacity, shards:shardCount, version:redisVersion, \
                    replicas:replicasPerPrimary, replicasOldName:replicasPerMaster, rdb:redisConfiguration.rdbBackupEnabled, \
                    aof:redisConfiguration.aofBackupEnabled, entra:redisConfiguration.aadEnabled, \
                    plainPort:enableNonSslPort, tls:minimumTlsVersion, public:publicNetworkAccess, links:linkedServers[].id}'";

/// How long an update of a cache lasts: the step waits an hour for each at most.
pub(super) const UPDATED: &str = "some minutes for each cache, an hour at most";

/// Changes one setting and waits until the cache is ready again: the update returns at once.
pub(super) fn set(cache: &Cache, setting: &str) -> String {
    update(cache, &format!("--set {setting}"))
}

/// Changes a cache by these options and waits likewise, for an hour at most.
pub(super) fn update(cache: &Cache, options: &str) -> String {
    let Cache { name, group, .. } = cache;
    format!(
        "az redis update --name {name} --resource-group {group} {options}\n\
         settled 60 az redis show --name {name} --resource-group {group} --query provisioningState --output tsv"
    )
}

/// Asks whether Entra ID is on.
pub(super) fn entra_state(cache: &Cache) -> String {
    format!(
        "az redis show --name {} --resource-group {} --query redisConfiguration.aadEnabled --output tsv",
        cache.name, cache.group
    )
}

/// Prints what a link asks of a cache.
pub(super) fn settings_of(cache: &Cache) -> String {
    let Cache { name, group, .. } = cache;
    format!(
        "az redis show --name {name} --resource-group {group} --query {LOOK} --output jsonc\n\
         az redis firewall-rules list --name {name} --resource-group {group} --output table"
    )
}

impl Pair<'_> {
    /// Entra ID on a pair that exists: without it the access policies let nobody in.
    pub(super) fn entra_on(&self, caches: &[&Cache]) -> Option<Step> {
        let one = |cache: &Cache| {
            format!(
                "case \"$({})\" in [Tt]rue) ;; *)\n{}\n;; esac",
                entra_state(cache),
                set(cache, "redisConfiguration.aadEnabled=true")
            )
        };
        let commands = caches.iter().copied().map(one).collect::<Vec<_>>().join("\n");
        let text = "Switch Entra ID on where it is off, in a quiet hour: the cache's nodes restart. If the state becomes \
                    Failed, stop and look.";
        let asked = caches.iter().copied().map(entra_state).collect::<Vec<_>>().join("\n");
        let check = if caches.len() > 1 { "Both print true." } else { "It prints true." };
        let on = step(text, commands, check)
            .verified(asked)
            .about(UPDATED)
            .if_fails(
                "Failed: the cache runs on without Entra ID; read the activity log, and try again in a quiet hour.",
            )
            .rolled_back("The same command with false, once no client signs in with Entra ID.");
        self.scope.entra().then_some(on)
    }

    /// Access policies of a pair that exists; to assign one again changes nothing.
    pub(super) fn policies(&self, caches: &[&Cache]) -> Option<Step> {
        let commands: Vec<_> = caches.iter().flat_map(|cache| self.scope.access(Service::Premium, cache)).collect();
        let on = if caches.len() > 1 { "both caches" } else { "it too" };
        let text =
            format!("Assign the access policies on {on}: replication does not copy them.{}", self.scope.access_words());
        let list = |Cache { name, group, .. }: &Cache| {
            format!("az redis access-policy-assignment list --name {name} --resource-group {group} --output table")
        };
        let assigned = step(text, commands.join("\n"), "Each lists app and operator.")
            .verified(caches.iter().copied().map(list).collect::<Vec<_>>().join("\n"))
            .takes(SOON)
            .if_fails("The object id is not that of the service principal: take it from Enterprise applications, not from App registrations.")
            .rolled_back("az redis access-policy-assignment delete takes one back.");
        self.scope.entra().then_some(assigned)
    }

    /// A look at both caches of a pair that exists.
    pub(super) fn look(&self) -> Step {
        let mut expected: Vec<String> =
            self.scope.answer.design.caches.iter().map(|cache| self.size_words(cache)).collect();
        if self.equal_sizes() {
            expected.truncate(1);
            for size in &mut expected {
                size.push_str(", for both");
            }
        }
        let entra = if self.scope.entra() { " entra is true for both after the next step." } else { "" };
        step(
            "Inspect both caches: equal size (for geo-failover), shards, Redis version, port and TLS settings, one replica, no persistence; the primary's firewall admits the secondary.",
            format!("{}\n{}", settings_of(self.first), settings_of(self.second)),
            format!(
                "Both show Succeeded, one replica (under either name), rdb and aof not true; the plan has {}.{entra}",
                expected.join(" and ")
            ),
        )
        .if_fails("They differ: do not drill; unlink, make them equal (“Change”), relink.")
    }

    /// A description of both caches: nobody can read it once the region is down.
    pub(super) fn keep(&self) -> Step {
        let one = |cache: &Cache| {
            let Cache { name, group, .. } = cache;
            let tag = shell::slug(&cache.plain, 40);
            format!(
                "save settings-{tag} az redis show --name {name} --resource-group {group} --output json\n\
                 save firewall-{tag} az redis firewall-rules list --name {name} --resource-group {group} --output json\n\
                 save patching-{tag} az redis patch-schedule show --name {name} --resource-group {group} --output json"
            )
        };
        step(
            "Export both descriptions now and after each change; keep them outside both regions. Without a patch schedule the last command may fail.",
            [self.first, self.second].map(one).join("\n"),
            "Settings, firewall rules and patch schedules are saved.",
        )
    }

    /// The option with the settings that the plan knows; reserved memory in MB of each shard. `None` without any.
    pub(super) fn redis_configuration(&self, index: usize) -> Option<String> {
        let passive = &self.scope.plan.passive;
        let mut settings = Vec::new();
        if self.scope.entra() {
            settings.push("\"aad-enabled\":\"true\"".to_owned());
        }
        let sku = self.scope.answer.design.caches.get(index).and_then(|bought| self.scope.catalog.sku(&bought.sku));
        if let Some(sku) = sku {
            let of = |name: &str, share: Ratio| format!("\"{name}\":\"{:.0}\"", megabytes(sku.memory, share));
            settings.push(of("maxmemory-reserved", passive.reserved));
            settings.push(of("maxfragmentationmemory-reserved", passive.fragmentation_reserved));
        }
        let json = format!("{{{}}}", settings.join(","));
        (!settings.is_empty()).then(|| format!("--redis-configuration {}", shell::quote(&json)))
    }
}

/// A share of a shard's advertised memory, in MB, rounded.
pub(in crate::report) fn megabytes(memory: Bytes, share: Ratio) -> f64 {
    libm::round((memory * share).as_bytes() / 1e6)
}
