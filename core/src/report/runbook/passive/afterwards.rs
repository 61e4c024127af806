//! The other region is back: relink, or replace what is lost for good.

use super::{Pair, confirmed_link, delete, links_of, look_at_links};
use crate::model::lifecycle::Creation;
use crate::report::runbook::confirm::confirmed;
use crate::report::runbook::{Section, Step, section, step};

impl Pair<'_> {
    pub(super) fn afterwards(&self) -> Section {
        let mut steps = vec![
            look_at_links(&[self.secondary, self.primary], "No link is listed; otherwise skip the next step."),
            step(
                format!(
                    "Relink when {} is back. Warning: the old primary becomes the secondary and loses its data; export it \
                     first if it may hold writes that were not replicated. The step waits for CONFIRM.",
                    self.primary.place
                ),
                confirmed_link(self.secondary, self.primary),
                format!("provisioningState is Succeeded; GeoReplicationHealthy is 1. {}", self.scope.link_words()),
            )
            .verified(links_of(self.secondary))
            .if_fails("Equal sizes, shards and versions are needed; persistence is off on both.")
            .rolled_back("Unlink; the emptied cache stays empty."),
        ];
        steps.extend(self.replace());
        steps.push(step(
            "Return in a quiet hour by a planned failover. Unlink before deleting a cache or its group: a linked one hangs in \
             deleting.",
            "",
            "",
        ));
        section("Afterwards", "The users are served and the other region is back.", steps)
    }

    /// A cache that is lost for good: a new one with everything the old one had, or none where creation is refused.
    fn replace(&self) -> Vec<Step> {
        let creation = Creation::of(self.scope.plan, self.scope.catalog);
        let (name, words) = (&self.primary.plain, self.creation_words(creation));
        if creation.is_refused() {
            let text = format!(
                "If {name} is lost for good, it cannot be replaced. {words} Run on one cache, or move to Azure Managed Redis."
            );
            return vec![step(text, "", "")];
        }
        let words = if creation == Creation::Unknown { words } else { String::new() };
        let mut steps = self.recreate(&words);
        // A pair that exists got no zones from “Create”.
        steps.extend(self.network(&[self.primary], self.scope.plan.passive.exists.is_confirmed()));
        steps.extend(self.link_again());
        steps
    }

    /// Unlink what is lost, delete its remains, create it again.
    fn recreate(&self, words: &str) -> Vec<Step> {
        let name = &self.primary.plain;
        let harm = format!("deletes {name} and everything in it");
        let mut steps = vec![
            step(
                format!("If {name} is lost for good, unlink it; skip this if no link is listed."),
                self.unlink_command(),
                "server-link list shows no link.",
            ),
            step(
                "Delete its remains once its region answers.",
                confirmed(&format!("delete {name}"), &harm, &delete(self.primary)),
                "az redis show does not find it.",
            )
            .takes(self.scope.plan.recovery.delete_member)
            .if_fails("A linked cache hangs in deleting: unlink it first."),
        ];
        steps.extend(self.scope.endpoints_go(self.primary));
        steps.push(
            step(
                format!(
                    "Recreate it with this plan's size, network, reserved memory and tag.{} {words}",
                    self.scope.access_words()
                )
                .trim_end(),
                self.create_commands(self.primary, 0),
                "provisioningState is Succeeded (recorded: 13 min 38 s for a P1).",
            )
            .takes(self.scope.plan.recovery.create)
            .if_fails("No capacity: another zone or another paired region. 400 BadRequest: the tenant may not create Premium."),
        );
        steps
    }

    /// Restore the settings and link the new cache.
    fn link_again(&self) -> Vec<Step> {
        vec![
            step(
                "Restore from the exported description: maxmemory-policy, notify-keyspace-events, firewall rules, patch \
                 schedule, minimumTlsVersion, enableNonSslPort, zones, managed identities, tags.",
                "",
                "The descriptions differ only where they should.",
            ),
            look_at_links(&[self.secondary], "No link is listed; otherwise linking fails."),
            step(
                format!(
                    "Link the new cache as the secondary only after that: a linked cache takes no new endpoint. {}",
                    self.scope.link_words()
                ),
                confirmed_link(self.secondary, self.primary),
                "provisioningState is Succeeded; GeoReplicationHealthy is 1.",
            ),
        ]
    }
}
