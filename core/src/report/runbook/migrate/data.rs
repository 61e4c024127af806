//! Side by side: dual writes, export and import, or the database fills the new caches.

use super::super::Step;
use super::Moving;
use super::clients::{TRAFFIC, way_back};
use super::steps::{MoveSection, act, section};
use crate::model::migration::PathKind;
use crate::report::runbook::NOTHING_CHANGED;
use crate::report::runbook::confirm::confirmed;
use crate::units::format;

/// Asked for in the step: before the export no file has an address.
const FILES: &str = ": \"${RDB_SAS:?set it to the SAS URLs of every file of the export, with spaces between}\"";
const WRITTEN_SINCE: &str = "While both are written they are alike; once “Clean up” has turned that off, the old caches lack what was written since.";
const DELETED_SINCE: &str = "While each change is deleted in both, neither holds an old value; once “Clean up” has turned that off, the old caches do.";

impl Moving<'_> {
    pub(super) fn dual_write(&self) -> Vec<MoveSection> {
        let ttl = format::duration(self.scope.plan.migration.longest_ttl);
        let mut steps: Vec<Step> = self.all_linked().into_iter().collect();
        steps.push(
            act("Let the application write to the old and the new cache, and read from the old one; a failed write to the new one is logged and not raised. Both are written until “Clean up”.")
                .expect("Writes reach both, and the log of the second write stays empty.")
                .verified(self.new_metric("usedmemorypercentage"))
                .lasts(format!("{ttl}, until every key has been written again; keys without a time to live are copied by the application"))
                .else_do("Turn the second write off; the old cache is whole.", "Turn the second write off, and empty the new cache."),
        );
        steps.push(
            act("Read a sample of keys from both, and compare.")
                .expect("At least 999 of 1,000 keys are equal; the rest were written in between.")
                .lasts("an hour")
                .else_do("Look for writers that write to one side only.", "Clients still read from the old cache."),
        );
        vec![
            self.prepare("The old caches serve; nothing of this is seen by clients."),
            section("migrate-move", "Move the data", "The new caches are created.", steps),
            self.switch_reads(),
            self.end_dual_writes(),
            way_back(PathKind::DualWrite, self.one_by_one_to_the_old(WRITTEN_SINCE)),
        ]
    }

    pub(super) fn export_import(&self) -> Vec<MoveSection> {
        let mut steps = vec![
            act("Stop the writes in the application; reads go on.")
                .expect("No write arrives at the old cache.")
                .lasts("minutes")
                .else_do("Find the writer in CLIENT LIST.", "Let the writes go on."),
            self.export(),
        ];
        steps.push(self.import());
        steps.extend(self.all_linked());
        steps.push(self.switch_at_once());
        steps.push(
            act("Let the writes go on, to the new caches, only when no client is left on an old one.")
                .expect("Writes arrive at the new cache, and none at an old one.")
                .verified(self.new_metric("cacheWrite"))
                .lasts("minutes")
                .else_do(
                    "A client writes to an old cache: stop it, and point it to the new one.",
                    "Until the first write, point the clients to the old caches again and let the writes go on there.",
                ),
        );
        vec![
            self.prepare("The old caches serve; nothing of this is seen by clients."),
            section(
                "migrate-move",
                "Move the data and the clients",
                "A quiet hour: no write is taken from its first step to its last, and every region moves at once, or the regions diverge.",
                steps,
            ),
            self.clean_up(vec![self.kept("until the rollback is no longer needed")], true),
            way_back(PathKind::ExportImport, self.at_once_to_the_old()),
        ]
    }

    pub(super) fn rewarm(&self) -> Vec<MoveSection> {
        let limit = format::ops(self.scope.plan.rebuild.database_limit);
        let mut steps: Vec<Step> = self.all_linked().into_iter().collect();
        steps.push(
            act("Let the application delete each key that it changes in both caches, until “Clean up”: clients move one by one, and what was \
                 loaded would turn old. It repeats a delete that fails.")
                .expect("A key that is changed is gone from both caches.")
                .lasts("as long as a release")
                .else_do(
                    "It cannot: load nothing, and move the clients of every region at once, into empty caches.",
                    "Turn the second delete off.",
                ),
        );
        steps.push(
            act(format!("Load the most needed keys into the new cache by the application's own loader, and hold the database below {limit}."))
                .expect("The hit rate of a sample is what it was.")
                .verified(self.new_metric("usedmemorypercentage"))
                .within(self.scope.plan.recovery.warm_up)
                .else_do("Load more slowly; the old cache serves meanwhile.", super::steps::NOTHING_YET),
        );
        let off = act(
            "Turn the delete in the old caches off, in every client. Going back reads old values from here on.",
        )
        .expect(
            "No read and no write arrives at an old cache. No metric shows deletes alone: each client's release does.",
        )
        .verified(self.each_old(|old| self.old_metric(old, TRAFFIC, "Total")))
        .lasts("an hour")
        .else_do(
            "Find the client by its address in CLIENT LIST, and move it.",
            "Turn it on again, and empty the old caches first.",
        );
        vec![
            self.prepare("The old caches serve; nothing of this is seen by clients."),
            section("migrate-move", "Warm the new caches", "The new caches are created.", steps),
            self.switch(),
            self.clean_up(vec![self.kept("until the rollback is no longer needed"), off], true),
            way_back(PathKind::Rewarm, self.one_by_one_to_the_old(DELETED_SINCE)),
        ]
    }

    /// The old primary into a container.
    pub(super) fn export(&self) -> Step {
        let old = self.old();
        let Some(first) = old.first() else { return act("Export the old cache.") };
        let options = self.old_cache(first);
        let command = if self.kind().is_classic() {
            format!(
                "az redis export {options} --prefix before-the-move --container \"${{EXPORT_SAS:?}}\" --file-format RDB"
            )
        } else {
            format!("az redisenterprise database export {options} --sas-uri \"${{EXPORT_SAS:?}}\"")
        };
        act("Export the old cache.")
            .run(command)
            .expect("The container holds an RDB file for each shard; its time is now. Note totalkeys of the old cache.")
            .verified(format!(
                "{}\n{}",
                self.show_old(first, "provisioningState"),
                self.old_metric(first, "totalkeys", "Maximum")
            ))
            .within(self.figures.copy)
            .else_do("Check the SAS: it needs read, write and list, and the clock of both sides.", NOTHING_CHANGED)
    }

    /// Into the first new cache, which it empties.
    fn import(&self) -> Step {
        let Some(cache) = self.scope.names.caches.first() else { return act("Import the export.") };
        let (name, group) = (&cache.name, &cache.group);
        let import = format!(
            "with_each '' '' \"${{RDB_SAS:?}}\" \\\n  az redisenterprise database import --cluster-name {name} --resource-group {group} --sas-uris"
        );
        let plain = &cache.plain;
        let word = format!("import into {plain}");
        act("Import every file of the export into the new cache, which empties it first; one that is left out lacks a shard's keys. The step waits for CONFIRM.")
            .run(format!("{FILES}\n{}", confirmed(&word, &format!("empties {plain}"), &import)))
            .expect("Succeeded, and totalkeys is that of the old cache, less what has expired.")
            .verified(format!(
                "az redisenterprise database show --cluster-name {name} --resource-group {group} --query provisioningState --output tsv\n{}",
                self.new_metric("totalkeys")
            ))
            .within(self.figures.copy)
            .else_do(
                "Where the group refuses the import, import into a cache without a group, and let the application copy from it.",
                "Let the writes go on: the old cache is whole.",
            )
    }

    /// A metric of the first new cache.
    pub(super) fn new_metric(&self, metric: &str) -> String {
        let first = self.scope.names.caches.first();
        first.map_or_else(String::new, |cache| {
            super::super::watch::metric(super::super::watch::Service::Managed, cache, metric, "Maximum")
        })
    }
}
