//! The other region is back: its clients, the relink, or the replacement of what is lost for good.

use super::create::state_of;
use super::{Pair, confirmed_link, links_of, look_at_links};
use crate::model::lifecycle::Creation;
use crate::plan::Network;
use crate::report::runbook::confirm::confirmed_now;
use crate::report::runbook::names::Cache;
use crate::report::runbook::only::{only, with_rules};
use crate::report::runbook::watch::Service;
use crate::report::runbook::{Case, Section, Step, section, step};

/// When the steps that replace a cache are taken.
const FOR_GOOD: &str = "Only if the secondary is lost for good";

impl Pair<'_> {
    pub(super) fn afterwards(&self) -> Section {
        let (names, relink) = (self.switch_names(false), self.relink());
        let mut steps = vec![
            self.find(),
            look_at_links(
                &[&self.primary, &self.secondary],
                "No link is listed: relink. A link in Succeeded: go on with “Return in a quiet hour”.",
            )
            .at_once()
            .if_fails("Deleting, or one side lists none: wait until both agree.")
            .only_looks(),
            Step {
                text: format!("Before anything is linked, once more for the region that was lost. {}", names.text),
                ..names
            },
            self.nobody_writes().in_case(Case::Returned),
            Step {
                text: format!(
                    "If the other cache is there again: {} Then go on with “Return in a quiet hour”.",
                    relink.text.replacen("Relink", "relink", 1)
                ),
                case: Case::Returned,
                ..relink
            },
        ];
        // Each says when it is one: the pair that was relinked must not be deleted.
        let lost = |step: Step| {
            let text = if step.text.starts_with(FOR_GOOD) { step.text } else { format!("{FOR_GOOD}: {}", step.text) };
            Step { text, case: Case::Replaced, ..step }
        };
        steps.extend(self.replace().into_iter().map(lost));
        steps.push(
            step(
                "Return in a quiet hour by “Failback”. Unlink before deleting a cache or its group: a linked one hangs in deleting.",
                "",
                "The date of the failback is in the record.",
            )
            .at_once()
            .if_fails("No date: the pair stays reversed; that is safe while both regions are up.")
            .rolled_back("None is needed."),
        );
        let when = "Clients are served by the primary and the other region is back, or its cache is lost for good.";
        section("Afterwards", when, steps)
    }

    /// A cache that is lost for good: a new one with everything the old one had, or none where creation is refused.
    fn replace(&self) -> Vec<Step> {
        let creation = Creation::of(self.scope.plan, self.scope.catalog);
        let words = self.creation_words(creation);
        if creation.is_refused() {
            let text =
                format!("{FOR_GOOD}: it cannot be replaced. {words} Run on one cache, or move to Azure Managed Redis.");
            let told = step(text, "", "The decision is in the record.")
                .takes(self.scope.plan.recovery.decide)
                .if_fails("Nobody to decide: the contacts are in “Before you start”.");
            return vec![told];
        }
        let words = if creation == Creation::Unknown { words } else { String::new() };
        let mut steps = self.recreate(&words);
        // A cache that runs got no zone from “Create”.
        let zones = if self.first.live { self.scope.zones(Service::Premium) } else { None };
        steps.extend(self.network(&[&self.secondary], zones));
        steps.extend(self.link_again());
        steps
    }

    /// Unlink what is lost, delete its remains, create it again.
    fn recreate(&self, words: &str) -> Vec<Step> {
        let lost = &self.secondary;
        let mut steps = vec![
            step(
                "Unlink it; skip this if no link is listed.",
                self.unlink_command(&self.primary, lost),
                "server-link list shows no link.",
            )
            .verified(links_of(&self.primary))
            .timed("unlink", self.scope.plan.recovery.unlink)
            .if_fails("It hangs in Deleting: wait until the region answers.")
            .rolled_back("Relink; it copies everything."),
            self.scope.deletion(
                "Delete its remains once its region answers.",
                lost,
                "A linked cache hangs in deleting: unlink it first.",
                "None; a new cache can take an export.",
            ),
        ];
        steps.extend(self.scope.endpoints_go(lost));
        steps.push(
            step(
                format!(
                    "Recreate it with this plan's size, network, reserved memory and tag.{} {words}",
                    self.scope.access_words()
                )
                .trim_end(),
                self.create_again(),
                "provisioningState is Succeeded (recorded: 13 min 38 s for a P1).",
            )
            .verified(state_of(lost))
            .timed("create", self.scope.plan.recovery.create)
            .if_fails("No capacity: another zone or another paired region. 400 BadRequest: the tenant may not create Premium.")
            .rolled_back("Delete the cache; nothing uses it yet."),
        );
        steps
    }

    /// Two sizes: each cache has its own; else the one that is lost is created as either.
    fn create_again(&self) -> String {
        if self.equal_sizes() {
            return self.create_commands(&self.secondary, 0);
        }
        let one = |(cache, at)| only("SECONDARY", cache, &self.create_commands(cache, at));
        [(self.first, 0), (self.second, 1)].map(one).join("\n")
    }

    /// Restore the settings and link the new cache.
    fn link_again(&self) -> Vec<Step> {
        let restored = vec![
            step(
                "Restore from the exported description: maxmemory-policy, notify-keyspace-events, firewall rules, patch \
                 schedule, minimumTlsVersion, enableNonSslPort, zones, managed identities, tags.",
                "",
                "The descriptions differ only where they should.",
            )
            .about("a quarter of an hour")
            .if_fails("No export: take the settings of the other cache, which are the same but for names and zones."),
        ];
        let linked = [
            look_at_links(&[&self.primary], "No link is listed; otherwise linking fails."),
            step(
                format!(
                    "Link the new cache as the secondary only after that: a linked cache takes no new endpoint. {}",
                    self.scope.link_words()
                ),
                confirmed_link(&self.primary, &self.secondary),
                "provisioningState is Succeeded; GeoReplicationHealthy is 1.",
            )
            .verified(links_of(&self.primary))
            .takes(self.scope.link_time())
            .if_fails("Equal sizes, shards and versions are needed; persistence is off on both, and the primary's firewall lets the secondary in.")
            .rolled_back("Unlink; the new cache stays empty."),
        ];
        restored.into_iter().chain(self.let_in()).chain(self.shut_out()).chain(linked).collect()
    }

    /// A new cache has another address, which the primary's rules refuse. A cache without a rule lets every address in, and gets none.
    fn let_in(&self) -> Option<Step> {
        let rule = |of: &Cache, from: &str, what: &str| {
            let create = format!(
                ": \"${{{from}:?set it to the public address of {what}, as nslookup shows it}}\"\n\
                 az redis firewall-rules create --name {} --resource-group {} --rule-name geonew \\\n  \
                 --start-ip \"${{{from}:?}}\" --end-ip \"${{{from}:?}}\"",
                of.name, of.group
            );
            with_rules(of, &create)
        };
        let rules =
            [rule(&self.primary, "NEW_IP", "the new cache"), rule(&self.secondary, "PRIMARY_IP", "the primary")];
        let list = |cache: &Cache| {
            format!(
                "az redis firewall-rules list --name {} --resource-group {} --output table",
                cache.name, cache.group
            )
        };
        let step = step(
            "Where a cache has firewall rules, let the other's address in. A cache without a rule is open to \
             every address.",
            rules.join("\n"),
            "geonew is listed where the cache has rules, and no rule where it had none.",
        )
        .verified([&self.primary, &self.secondary].map(list).join("\n"))
        .at_once()
        .if_fails("The address is not that of the cache: nslookup its name from outside.")
        .rolled_back("az redis firewall-rules delete takes a rule back.");
        (self.scope.plan.passive.network == Network::Public).then_some(step)
    }

    /// The address of the lost cache may be another's tomorrow. The rule for the new one stands by then, so this is never the last.
    fn shut_out(&self) -> Option<Step> {
        let Cache { name, group, .. } = &self.primary;
        let delete = confirmed_now(
            "delete the rule ${OLD_RULE:?}",
            "shuts out every address of that rule",
            &format!(
                "az redis firewall-rules delete --name {name} --resource-group {group} --rule-name \"${{OLD_RULE:?}}\""
            ),
        );
        let ask = "the name of the rule that lets the lost cache alone in, as the list above shows it";
        let step = step(
            "If the primary has a rule for the lost cache alone, delete it: its address may be another's tomorrow.",
            format!(": \"${{OLD_RULE:?set it to {ask}}}\"\n{delete}"),
            "The rule is not listed any more, geonew is.",
        )
        .verified(format!("az redis firewall-rules list --name {name} --resource-group {group} --output table"))
        .at_once()
        .if_fails("Clients are refused: it was theirs too; create it again with the addresses of the list.")
        .rolled_back("az redis firewall-rules create with the same addresses.");
        (self.scope.plan.passive.network == Network::Public).then_some(step)
    }
}
