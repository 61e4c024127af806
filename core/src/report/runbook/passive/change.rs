//! Changes of a pair that is linked: its size, its caches, its keys, and emptying it.

use super::create::state_of;
use super::settings::update;
use super::{Pair, confirmed_link, links_of, save_links};
use crate::report::runbook::confirm::confirmed_of;
use crate::report::runbook::keys::rotated;
use crate::report::runbook::names::Cache;
use crate::report::runbook::only::with_rules;
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{SOON, Section, Step, section, shell, step};

impl Pair<'_> {
    pub(super) fn change(&self) -> Section {
        let mut steps = vec![self.find(), save_links(&[&self.primary, &self.secondary], "before")];
        steps.extend(self.scale());
        steps.extend(self.member());
        if !self.scope.entra() {
            steps.extend(self.keys());
        }
        steps.push(self.flush());
        let when = "In the change window, with the approver's word. While unlinked nothing is replicated, and a relink copies everything.";
        section("Change", when, steps)
    }

    /// Size and shards are locked while linked (S1): unlink, scale both, relink.
    fn scale(&self) -> Vec<Step> {
        let sizes = self.resizes();
        vec![
            step(
                "Scale, 1 of 3: unlink. The primary goes on, the secondary keeps an old copy.",
                self.unlink_command(&self.secondary, &self.primary),
                "server-link list shows no link.",
            )
            .verified(links_of(&self.primary))
            .timed("unlink", self.scope.plan.recovery.unlink)
            .if_fails("If refused, run it on the primary with the names exchanged.")
            .rolled_back("Relink as below; it copies everything."),
            step(
                "Scale, 2 of 3: give both caches the plan's size, the secondary first where both get the same. Never to a size that the data does not fit.",
                sizes,
                "provisioningState is Succeeded on both; size and shards are the plan's.",
            )
            .takes(self.scope.plan.recovery.create)
            .if_fails("Failed means that the old size runs on: look at the activity log, and relink at the old size.")
            .rolled_back("Scale back the same way; to fewer shards only while the data fits."),
            step(
                "Scale, 3 of 3: relink. Warning: this deletes everything in the secondary; it is copied again.",
                confirmed_link(&self.primary, &self.secondary),
                format!("The link goes to Succeeded. {}", self.scope.link_words()),
            )
            .verified(links_of(&self.primary))
            .takes(self.scope.link_time())
            .if_fails("Equal sizes, shards and versions are needed, and the primary's firewall must let the secondary in.")
            .rolled_back("Unlink; both caches are then standalone."),
        ]
    }

    /// Each cache of the plan has its size; where both have the same, the one without clients comes first.
    fn resizes(&self) -> String {
        let caches = if self.equal_sizes() {
            [(&self.secondary, 0), (&self.primary, 0)]
        } else {
            [(self.second, 1), (self.first, 0)]
        };
        caches.map(|(cache, at)| self.resize(cache, at)).join("\n")
    }

    fn resize(&self, cache: &Cache, at: usize) -> String {
        self.resize_where(cache, at, |shards| shards > 1)
    }

    /// The same; `clustered` says of a number of shards whether it is set.
    pub(super) fn resize_where(&self, cache: &Cache, at: usize, clustered: impl Fn(u32) -> bool) -> String {
        let bought = self.scope.answer.design.caches.get(at);
        let (size, shards) = bought.map_or(("P1", 1), |bought| (bought.sku.short(), bought.shards));
        let shards = if clustered(shards) { format!(" --set shardCount={shards}") } else { String::new() };
        update(cache, &format!("--sku Premium --vm-size {}{shards}", shell::arg(&size.to_ascii_lowercase())))
    }

    /// A pair has two caches and no third: one is exchanged. The new one stands ready before the link is cut.
    fn exchange(&self) -> Vec<Step> {
        let (new, old) = (Cache::asked(), &self.secondary);
        let mut steps = vec![
            step(
                "Exchange the secondary, 1 of 4: create the new cache beside it, of the plan's size, in NEW_REGION. It is linked once the old one is not. To exchange the primary, fail over first.",
                self.create_commands(&new, 0),
                "provisioningState is Succeeded (recorded: 13 min 38 s for a P1).",
            )
            .verified(state_of(&new))
            .timed("create", self.scope.plan.recovery.create)
            .if_fails("A name that is taken: another NEW_CACHE. No capacity: another NEW_REGION. 400 BadRequest: the tenant may not create Premium.")
            .rolled_back("Delete the new cache; nothing uses it yet."),
        ];
        steps.extend(self.network(&[&new], None));
        steps.extend([
            step(
                "Exchange, 2 of 4: unlink the old secondary. Until the new link is Succeeded no other region has the data.",
                self.unlink_command(old, &self.primary),
                "server-link list shows no link.",
            )
            .verified(links_of(&self.primary))
            .timed("unlink", self.scope.plan.recovery.unlink)
            .if_fails("If refused, run it on the other side with the names exchanged.")
            .rolled_back("Relink the old secondary by “Scale, 3 of 3”; it copies everything."),
            step(
                "Exchange, 3 of 4: link the new cache as the secondary. Warning: this deletes everything in the new cache.",
                confirmed_link(&self.primary, &new),
                format!("The link goes to Succeeded. {}", self.scope.link_words()),
            )
            .verified(links_of(&self.primary))
            .takes(self.scope.link_time())
            .if_fails("Equal sizes, shards and versions are needed, and the primary's firewall must let the new cache in. Else relink the old one.")
            .rolled_back("Unlink the new cache and relink the old one, which is there until the next step."),
            self.scope.deletion(
                "Exchange, 4 of 4: once the link is Succeeded, delete the old secondary, enter the new cache in the Site inputs, and print the runbook again. Warning: this deletes it for good.",
                old,
                "It hangs in deleting: a link is left; unlink it first.",
                "None; a new cache can take an export.",
            ),
        ]);
        steps.extend(self.scope.endpoints_go(old));
        steps
    }

    /// Each cache lets the other in, where the network is public.
    fn member(&self) -> Vec<Step> {
        let mut steps = self.exchange();
        if self.scope.plan.passive.network != crate::plan::Network::Public {
            return steps;
        }
        let rule = |(of, from): (&Cache, &Cache)| {
            let ip = format!("GEO_IP_{}", from.variable);
            let create = format!(
                ": \"${{{ip}:?set it to the public address of {}}}\"\n\
                 az redis firewall-rules create --name {} --resource-group {} --rule-name geo{} \\\n  \
                 --start-ip \"${{{ip}:?}}\" --end-ip \"${{{ip}:?}}\"",
                shell::slug(&from.plain, 40),
                of.name,
                of.group,
                from.variable.replace('_', "")
            );
            with_rules(of, &create)
        };
        let rules = [(self.first, self.second), (self.second, self.first)].map(rule).join("\n");
        let list = |Cache { name, group, .. }: &Cache| {
            format!("az redis firewall-rules list --name {name} --resource-group {group} --output table")
        };
        let rules = step(
            "Where a cache has firewall rules, let the other's address in before linking (S1): GEO_IP_… is that address. A cache \
             without a rule is open to every address.",
            rules,
            "The rule is listed where the cache has rules, and no rule where it had none.",
        )
        .verified([self.first, self.second].map(list).join("\n"))
        .takes(SOON)
        .if_fails("The address is not that of the cache: nslookup its name from outside.")
        .rolled_back("az redis firewall-rules delete takes a rule back.");
        steps.push(rules);
        steps
    }

    fn keys(&self) -> Vec<Step> {
        let renew = |Cache { name, group, .. }: &Cache, key: &str| {
            format!("az redis regenerate-keys --name {name} --resource-group {group} --key-type {key} --output none")
        };
        let steps = rotated("cache", |key| [self.first, self.second].map(|cache| renew(cache, key)).into());
        steps.into_iter().map(|step| step.takes(self.scope.plan.recovery.keys)).collect()
    }

    fn flush(&self) -> Step {
        let Cache { name, group, .. } = &self.primary;
        let said = self.primary.said();
        let flush = format!("az redis flush --name {name} --resource-group {group} --yes");
        step(
            "Never in a recovery: empty the primary. Warning: the deletion is replicated; both caches are empty.",
            confirmed_of(
                &self.primary,
                &format!("flush {said}"),
                &format!("deletes everything in {said} and in its copy"),
                &flush,
            ),
            "totalkeys is 0 on both.",
        )
        .verified(
            [&self.primary, &self.secondary]
                .map(|cache| metric(Service::Premium, cache, "totalkeys", "Maximum"))
                .join("\n"),
        )
        .takes(SOON)
        .if_fails("A secondary refuses it: run it on the primary.")
        .rolled_back("None but an import of an export (“Recovery point”).")
    }
}
