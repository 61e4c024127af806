//! The pair is created, or looked at where it exists.

use super::settings::{UPDATED, set};
use super::{Pair, confirmed_link, look_at_links};
use crate::model::lifecycle::{Creation, PremiumDates};
use crate::plan::Network;
use crate::report::runbook::names::Cache;
use crate::report::runbook::watch::Service;
use crate::report::runbook::{Scope, Section, Step, section, shell, step};

/// A command that prints the state of a cache.
pub(super) fn state_of(cache: &Cache) -> String {
    format!(
        "az redis show --name {} --resource-group {} --query provisioningState --output tsv",
        cache.name, cache.group
    )
}

impl Pair<'_> {
    pub(super) fn create(&self) -> Section {
        let creation = Creation::of(self.scope.plan, self.scope.catalog);
        let both = [self.first, self.second];
        if self.first.live && self.second.live {
            let when = "The pair runs: nothing is created.";
            let links = look_at_links(
                &both,
                "Each lists the other as Succeeded. None is listed: set_primary with the cache that clients write to, then “Scale, 3 \
                 of 3” under “Change”, which empties the other.",
            );
            let links = Step { text: "List the links.".to_owned(), ..links };
            let steps = [Some(self.look()), self.entra_on(&both), self.policies(&both), Some(links), Some(self.keep())];
            return section("Create", when, steps.into_iter().flatten().collect());
        }
        let words = self.creation_words(creation);
        if creation.is_refused() {
            let text = "Look for an existing pair; without one, this topology cannot be built.";
            let list = "az redis list --query '[?sku.name==`Premium`].{name:name, region:location, size:sku.capacity}' --output table";
            return section(
                "Create",
                words,
                vec![
                    step(text, list, "Two caches of one size in two regions, or no such row.")
                        .about("a minute or two")
                        .if_fails("No row: run on one cache, or move to Azure Managed Redis."),
                ],
            );
        }
        if self.first.live {
            return self.joined(&words);
        }
        let mut steps = vec![Scope::free_names(&both), self.make()];
        steps.extend(self.network(&both, self.scope.zones(Service::Premium)));
        steps.push(look_at_links(&both, "No link is listed; otherwise skip the next step."));
        steps.extend([self.link(), self.keep()]);
        section("Create", words, steps)
    }

    /// Whether a Premium cache can be created, in a sentence with its sources.
    pub(super) fn creation_words(&self, creation: Creation) -> String {
        let Some(dates) = PremiumDates::of(self.scope.catalog) else { return String::new() };
        let PremiumDates { refused_without_history: day, withdrawn, retires } = dates;
        match creation {
            Creation::Allowed => {
                format!("Once, before Premium retires on {retires} (D6).")
            }
            Creation::Unknown => format!(
                "Only tenants with an Azure Cache for Redis before {day} can create Premium caches; others get 400 BadRequest \
                 (N2; the block of {withdrawn}, N1, was withdrawn). The plan does not say which this is."
            ),
            Creation::Refused => format!(
                "The tenant had no Azure Cache for Redis before {day}: creating a Premium cache fails with 400 BadRequest (N1, \
                 N2)."
            ),
            Creation::Retired => format!("Premium retires on {retires} (D6): no Premium cache can be created."),
        }
    }

    /// What stands between the clients and caches that were just created; all of it before a link. `zones` are those that no earlier step
    /// made.
    pub(super) fn network(&self, caches: &[&Cache], zones: Option<Step>) -> Vec<Step> {
        let regions = self.scope.regions();
        let endpoints = caches.iter().filter_map(|cache| self.scope.endpoints(Service::Premium, cache, &regions));
        self.close(caches).into_iter().chain(zones).chain(endpoints).collect()
    }

    /// The create command of a Premium cache cannot do this.
    fn close(&self, caches: &[&Cache]) -> Option<Step> {
        let commands: Vec<String> = caches.iter().map(|cache| set(cache, "publicNetworkAccess=Disabled")).collect();
        let text = "Close public access: the new cache is open until then. Wait for the update; Failed: stop and look.";
        let check = "publicNetworkAccess is Disabled; provisioningState is Succeeded.";
        let show = |Cache { name, group, .. }: &&Cache| {
            format!("az redis show --name {name} --resource-group {group} --query publicNetworkAccess --output tsv")
        };
        let closed = step(text, commands.join("\n"), check)
            .verified(caches.iter().map(show).collect::<Vec<_>>().join("\n"))
            .about(UPDATED)
            .if_fails("Failed or refused: the cache is open still; link nothing before it is closed.")
            .rolled_back("The same command with Enabled.");
        self.scope.private().then_some(closed)
    }

    /// Commands that create one cache of the pair and let its identities in.
    pub(super) fn create_commands(&self, cache: &Cache, index: usize) -> String {
        let bought = self.scope.answer.design.caches.get(index);
        let (size, shards) = bought.map_or(("P1", 1), |bought| (bought.sku.short(), bought.shards));
        let mut parts = vec![format!(
            "az redis create --name {} --resource-group {} --location {} --sku Premium --vm-size {}",
            cache.name,
            cache.group,
            cache.location,
            shell::arg(&size.to_ascii_lowercase())
        )];
        if self.is_clustered(shards) {
            parts.push(format!("--shard-count {shards}"));
        }
        if self.scope.plan.passive.network == Network::VnetInjected {
            let subnet =
                if cache.held { format!("{}_SUBNET", cache.variable) } else { format!("SUBNET_ID_{}", cache.variable) };
            parts.push(format!("--subnet-id \"${{{subnet}:?}}\""));
        }
        parts.extend(self.redis_configuration(index));
        parts.push(format!("--tags {}", self.scope.tags()));
        [vec![parts.join(" \\\n  ")], self.scope.access(Service::Premium, cache)].concat().join("\n")
    }

    /// Creates what does not run yet: both caches, or the secondary.
    pub(super) fn make(&self) -> Step {
        let (first, second) = (self.create_commands(self.first, 0), self.create_commands(self.second, 1));
        let (what, commands, states, check) = if self.first.live {
            let what = format!("the cache in {}", self.second.place);
            (what, second, state_of(self.second), "Its provisioningState is Succeeded")
        } else {
            let states = [self.first, self.second].map(state_of).join("\n");
            ("both caches".to_owned(), format!("{first}\n{second}"), states, "Both provisioningStates are Succeeded")
        };
        step(
            format!("Create {what} without persistence, with one replica.{}", self.scope.access_words()),
            commands,
            format!("{check} (recorded: 13 min 38 s for a P1)."),
        )
        .verified(states)
        .timed("create", self.scope.plan.recovery.create)
        .if_fails("The name is taken: enter another. No capacity: another size or region. 400 BadRequest: see above.")
        .rolled_back("Delete the cache; nothing uses it yet.")
    }

    pub(super) fn link(&self) -> Step {
        step(
            format!(
                "Link them. Warning: this deletes everything in {}; it waits for CONFIRM. The role is that of the added cache, \
                 hence Secondary.",
                self.second.name
            ),
            confirmed_link(self.first, self.second),
            format!("The link goes from Creating to Syncing to Succeeded. {}", self.scope.link_words()),
        )
        .verified(super::links_of(self.first))
        .takes(self.scope.link_time())
        .if_fails("Equal sizes, shards and versions, no persistence, one subscription, and the primary's firewall lets the secondary in.")
        .rolled_back("Unlink (“Change”): both caches are standalone, the secondary with what was copied.")
    }
}
