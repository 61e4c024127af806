//! The runbook of a passive pair.

mod failover;
mod watch;

use super::names::Cache;
use super::watch::{Service, private_endpoint};
use super::{Scope, Section, Step, section, shell, step};
use crate::plan::Network;
use crate::rules::lifecycle::PremiumDates;

/// The pair's two caches.
struct Pair<'a> {
    scope: &'a Scope<'a>,
    primary: &'a Cache,
    secondary: &'a Cache,
}

pub(super) fn sections(scope: &Scope) -> Vec<Section> {
    let [primary, secondary, ..] = scope.names.caches.as_slice() else { return Vec::new() };
    let pair = Pair { scope, primary, secondary };
    vec![pair.create(), pair.watch(), pair.planned(), pair.unplanned(), pair.afterwards()]
}

impl Pair<'_> {
    fn group(&self) -> &str {
        &self.scope.names.group
    }

    fn create(&self) -> Section {
        if self.scope.plan.passive.exists {
            let when = "The pair exists: nothing is created. Put your own names in place of these where they differ.";
            return section("Create", when, vec![self.look(), self.link()]);
        }
        let dates = PremiumDates::of(self.scope.catalog);
        let refused = dates.as_ref().map_or_else(String::new, |dates| {
            format!(
                "New Premium caches are refused: for new customers since {}, for everyone since {} (C1; the service answers \
                 400 BadRequest and points to Azure Managed Redis).",
                dates.new_customers, dates.everyone
            )
        });
        if dates.is_none_or(|dates| self.scope.plan.horizon.start >= dates.everyone) {
            let text = format!("{refused} Look for a pair that exists; without one, this topology cannot be built.");
            let list = "az redis list --query '[?sku.name==`Premium`].{name:name, region:location, size:sku.capacity}' --output table";
            return section("Create", "There is no command for this any more.", vec![step(text, list, "")]);
        }
        let mut steps = vec![self.scope.group_commands(Service::Premium), self.make(&refused)];
        if self.scope.plan.passive.network == Network::PrivateEndpoint {
            steps.extend(
                [self.primary, self.secondary].map(|cache| private_endpoint(Service::Premium, cache, self.scope)),
            );
        }
        steps.push(self.link());
        section("Create", format!("{refused} An existing customer can still create until then."), steps)
    }

    fn make(&self, refused: &str) -> Step {
        let caches = &self.scope.answer.design.caches;
        let command = |cache: &Cache, index: usize| {
            let (size, shards) = caches.get(index).map_or(("P1", 1), |bought| (bought.sku.short(), bought.shards));
            let shards = if shards > 1 { format!(" --shard-count {shards}") } else { String::new() };
            format!(
                "az redis create --name {} --resource-group {} --location {} --sku Premium --vm-size {}{shards}",
                cache.name,
                self.group(),
                shell::quote(&cache.region),
                shell::quote(&size.to_ascii_lowercase())
            )
        };
        step(
            format!("Create both caches, without persistence and with one replica. {refused}"),
            format!("{}\n{}", command(self.primary, 0), command(self.secondary, 1)),
            "provisioningState is Succeeded for both (recorded: 13 min 38 s for a P1).",
        )
    }

    fn look(&self) -> Step {
        let query = "'{state:provisioningState, size:sku.capacity, shards:shardCount, version:redisVersion, links:linkedServers[].id}'";
        let show = |cache: &Cache| {
            format!(
                "az redis show --name {} --resource-group {} --query {query} --output jsonc",
                cache.name,
                self.group()
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
            format!("{}\n{}", self.links_of(self.primary), self.link_command(self.primary, self.secondary)),
            format!(
                "The link's provisioningState goes from Creating over Syncing to Succeeded. {}",
                self.scope.link_words()
            ),
        )
    }

    fn links_of(&self, cache: &Cache) -> String {
        format!("az redis server-link list --name {} --resource-group {} --output table", cache.name, self.group())
    }

    fn link_command(&self, primary: &Cache, secondary: &Cache) -> String {
        format!(
            "az redis server-link create --name {} --resource-group {} \\\n  --server-to-link {} --replication-role Secondary",
            primary.name,
            self.group(),
            secondary.name
        )
    }
}

fn size_words(cache: &crate::model::fit::Cache) -> String {
    let shards = if cache.shards == 1 { "1 shard".to_owned() } else { format!("{} shards", cache.shards) };
    format!("{} with {shards}", cache.sku.short())
}
