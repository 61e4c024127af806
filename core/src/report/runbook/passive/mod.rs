//! The runbook of a passive pair.

mod failover;
mod watch;

use super::names::Cache;
use super::site::SUBSCRIPTION;
use super::watch::Service;
use super::{Scope, Section, Step, section, shell, step};
use crate::model::lifecycle::{Creation, PremiumDates};
use crate::plan::Network;

/// The pair's two caches.
struct Pair<'a> {
    scope: &'a Scope<'a>,
    primary: &'a Cache,
    secondary: &'a Cache,
}

pub(super) fn sections(scope: &Scope) -> Vec<Section> {
    let [primary, secondary, ..] = scope.names.caches.as_slice() else { return Vec::new() };
    let pair = Pair { scope, primary, secondary };
    vec![scope.before(), pair.create(), pair.watch(), pair.planned(), pair.unplanned(), pair.afterwards()]
}

impl Pair<'_> {
    fn create(&self) -> Section {
        let creation = Creation::of(self.scope.plan, self.scope.catalog);
        if self.scope.plan.passive.exists {
            let when = "The pair exists: nothing is created. Put your own names in place of these where they differ.";
            let steps = [Some(self.look()), self.policies(), Some(self.link())];
            return section("Create", when, steps.into_iter().flatten().collect());
        }
        let words = self.creation_words(creation);
        if creation.is_refused() {
            let text = "Look for a pair that exists; without one, this topology cannot be built.";
            let list = "az redis list --query '[?sku.name==`Premium`].{name:name, region:location, size:sku.capacity}' --output table";
            return section("Create", words, vec![step(text, list, "")]);
        }
        let mut steps = vec![self.scope.groups(Service::Premium)];
        steps.extend(self.scope.zones(Service::Premium));
        steps.push(self.make());
        steps.extend(self.endpoints(self.primary));
        steps.extend(self.endpoints(self.secondary));
        steps.push(self.link());
        section("Create", words, steps)
    }

    /// Whether a Premium cache can be created, in a sentence with its sources.
    fn creation_words(&self, creation: Creation) -> String {
        let Some(dates) = PremiumDates::of(self.scope.catalog) else { return String::new() };
        let PremiumDates { refused_without_history: day, withdrawn, retires } = dates;
        match creation {
            Creation::Allowed => {
                format!("Once, and before {retires}: on that day Premium retires (D6).")
            }
            Creation::Unknown => format!(
                "Only a tenant that had an Azure Cache for Redis before {day} can create Premium caches, and the plan does not say \
                 whether this one had: others get 400 BadRequest. Texts until 2026-07-28 say that nobody can from {withdrawn} (C1); \
                 that block was withdrawn in July 2026 (C2, captured 2026-09-17)."
            ),
            Creation::Refused => format!(
                "The tenant had no Azure Cache for Redis before {day}: it cannot create Premium caches and gets 400 BadRequest (C1, C2)."
            ),
            Creation::Retired => format!("Premium retires on {retires} (D6): no cache of it can be created."),
        }
    }

    fn endpoints(&self, cache: &Cache) -> Option<Step> {
        self.scope.endpoints(Service::Premium, cache, &self.scope.regions())
    }

    /// Commands that create one cache of the pair and let its identities in.
    fn create_commands(&self, cache: &Cache, index: usize) -> String {
        let bought = self.scope.answer.design.caches.get(index);
        let (size, shards) = bought.map_or(("P1", 1), |bought| (bought.sku.short(), bought.shards));
        let mut parts = vec![format!(
            "az redis create --name {} --resource-group {} --location {} --sku Premium --vm-size {}",
            cache.name,
            cache.group,
            shell::arg(&cache.region),
            shell::arg(&size.to_ascii_lowercase())
        )];
        if shards > 1 {
            parts.push(format!("--shard-count {shards}"));
        }
        if self.scope.plan.passive.network == Network::VnetInjected {
            parts.push(format!("--subnet-id \"${{SUBNET_ID_{}:?}}\"", cache.variable));
        }
        if self.scope.entra() {
            parts.push("--redis-configuration '{\"aad-enabled\":\"true\"}'".to_owned());
        }
        [vec![parts.join(" \\\n  ")], self.scope.access(Service::Premium, cache)].concat().join("\n")
    }

    fn make(&self) -> Step {
        step(
            format!("Create both caches, without persistence and with one replica.{}", self.scope.access_words()),
            format!("{}\n{}", self.create_commands(self.primary, 0), self.create_commands(self.secondary, 1)),
            "provisioningState is Succeeded for both (recorded: 13 min 38 s for a P1).",
        )
    }

    /// Access policies of a pair that exists; to assign one again changes nothing.
    fn policies(&self) -> Option<Step> {
        let commands = [self.primary, self.secondary].map(|cache| self.scope.access(Service::Premium, cache)).concat();
        let text = format!(
            "Assign the access policies on both caches: they are not copied from one to the other.{}",
            self.scope.access_words()
        );
        self.scope.entra().then(|| step(text, commands.join("\n"), "Each assignment is Succeeded."))
    }

    fn look(&self) -> Step {
        let query = "'{state:provisioningState, size:sku.capacity, shards:shardCount, version:redisVersion, links:linkedServers[].id}'";
        let show = |cache: &Cache| {
            format!(
                "az redis show --name {} --resource-group {} --query {query} --output jsonc",
                cache.name, cache.group
            )
        };
        let expected: Vec<String> = self.scope.answer.design.caches.iter().map(size_words).collect();
        step(
            "Look at what exists. Both caches need the same size for geo-failover, the same shards and the same Redis version, \
             one replica and no persistence.",
            format!("{}\n{}", show(self.primary), show(self.secondary)),
            format!("Both report Succeeded; this plan reckons with {}.", expected.join(" and ")),
        )
    }

    fn link(&self) -> Step {
        step(
            format!(
                "Link them, unless they are. Linking deletes everything in {}. The role is that of the cache that is added, \
                 hence Secondary.",
                self.secondary.name
            ),
            format!("{}\n{}", links_of(self.primary), link_command(self.primary, self.secondary)),
            format!(
                "The link's provisioningState goes from Creating over Syncing to Succeeded. {}",
                self.scope.link_words()
            ),
        )
    }
}

fn links_of(cache: &Cache) -> String {
    format!("az redis server-link list --name {} --resource-group {} --output table", cache.name, cache.group)
}

/// The other cache stands with its id: it is in a group of its own.
fn link_command(primary: &Cache, secondary: &Cache) -> String {
    format!(
        "{SUBSCRIPTION}\naz redis server-link create --name {} --resource-group {} --replication-role Secondary \\\n  \
         --server-to-link \"/subscriptions/$SUBSCRIPTION/resourceGroups/{}/providers/Microsoft.Cache/Redis/{}\"",
        primary.name, primary.group, secondary.group, secondary.name
    )
}

fn size_words(cache: &crate::model::fit::Cache) -> String {
    let shards = if cache.shards == 1 { "1 shard".to_owned() } else { format!("{} shards", cache.shards) };
    format!("{} with {shards}", cache.sku.short())
}
