//! Microsoft's tools: the old name leads to a new cache, or the cluster changes in place.

use super::super::Step;
use super::clients::way_back;
use super::steps::{MoveSection, act, section};
use super::{Cache, Moving};
use crate::model::migration::PathKind;
use crate::plan::Network;
use crate::report::runbook::confirm::confirmed;
use crate::report::runbook::shell;

impl Moving<'_> {
    pub(super) fn by_tool(&self) -> Vec<MoveSection> {
        let steps = [self.exported(), self.validate(), self.start(), Some(self.forward())];
        vec![
            self.prepare("The old cache serves; nothing of this is seen by clients."),
            section(
                "migrate-move",
                "Move the name",
                "A quiet hour: all clients drop their connections at once.",
                steps.into_iter().flatten().collect(),
            ),
            self.switch(),
            self.clean_up("for the 30 days in which the name can be led back", true),
            way_back(PathKind::Tool, vec![self.undo()]),
        ]
    }

    pub(super) fn unlink_first(&self) -> Vec<MoveSection> {
        let (first, rest) = self.split();
        let mut steps: Vec<Step> = self.exported().into_iter().collect();
        steps.extend(
            self.unlink("Unlink the pair: from here to the last step of this section there is no second copy."),
        );
        steps.extend(self.without_endpoints());
        steps.extend([self.validate(), self.start(), Some(self.forward())].into_iter().flatten());
        steps.extend(rest);
        steps.extend(self.all_linked());
        vec![
            section("migrate-prepare", "Prepare", "The pair serves; nothing of this is seen by clients.", first),
            section("migrate-move", "Move the name", "A quiet hour, with the approver at hand.", steps),
            self.switch(),
            self.clean_up("for the 30 days in which the name can be led back", false),
            way_back(PathKind::UnlinkFirst, vec![self.undo()]),
        ]
    }

    /// What is created before the link is cut, and the second member after the tool.
    fn split(&self) -> (Vec<Step>, Vec<Step>) {
        let mut all = vec![self.look()];
        all.extend(self.create());
        let second = self.scope.names.caches.get(1).map(|cache| format!("--cluster-name {} ", cache.name));
        let late = |step: &Step| second.as_ref().is_some_and(|name| step.commands.contains(name.as_str()));
        let (after, before): (Vec<_>, Vec<_>) = all.into_iter().partition(late);
        (before, after)
    }

    /// The export is the insurance of a path that moves no data; nothing where the cache cannot export.
    fn exported(&self) -> Option<Step> {
        let exports = self.kind().is_premium() || !self.kind().is_classic();
        exports.then(|| Step { text: "Export the old cache: this path may move no data.".to_owned(), ..self.export() })
    }

    fn without_endpoints(&self) -> Option<Step> {
        let ids = "privateEndpointConnections[].privateEndpoint.id";
        let list = |cache: &Cache| self.show_old(cache, &format!("'{ids}'"));
        let delete = self.each_old(|cache| {
            format!(
                "ENDPOINTS=\"$({})\"\nwith_each '' '' \"$ENDPOINTS\" az network private-endpoint delete --ids",
                list(cache)
            )
        });
        let harm = "cuts private clients off from the old caches until the move is done";
        let private = self.scope.plan.passive.network == Network::PrivateEndpoint;
        private.then(|| {
            act("Delete every private endpoint of the old caches, in all networks: the tool refuses them (Z6). Private clients are off from \
                 here until the tool is done. The step waits for CONFIRM.")
                .run(confirmed("delete the old endpoints", harm, &delete))
                .expect("None is listed.")
                .verified(self.each_old(list))
                .within(self.scope.plan.recovery.unlink)
                .else_do("Remove a lock, and run the step again; a cache that lists none needs no command.", "Create them again, with their DNS zone groups.")
        })
    }

    /// Source and target, in variables.
    fn tool(&self, action: &str, more: &str) -> Option<String> {
        let (old, new) = (self.old(), self.scope.names.caches.first()?);
        let id = self.show_old(old.first()?, "id");
        Some(format!(
            "OLD_ID=\"$({id})\"\naz redisenterprise migration {action} --cluster-name {} --resource-group {} \\\n  \
             --source-resource-id \"$OLD_ID\" --skip-data-migration true --switch-dns true{more}",
            new.name, new.group
        ))
    }

    fn validate(&self) -> Option<Step> {
        let step = act("Let the tool check source and target; it changes nothing.")
            .run(self.tool("validate", "")?)
            .expect("No error. Warnings name what is not copied: data, firewall rules, identities, persistence, update schedule.")
            .lasts("seconds (recorded: 2 s)")
            .else_do("Fix what it names: endpoint, injection, link, lock, region, subscription.", "Nothing has changed.");
        Some(step)
    }

    fn start(&self) -> Option<Step> {
        let new = self.scope.names.caches.first()?;
        let harm = "sends every client of the old name to an empty cache";
        let start = self.tool("start", " --force-migrate true")?;
        let word = format!("move the name to {}", new.plain);
        let step = act("Start the tool. All clients reconnect, to a cache without data. The step waits for CONFIRM.")
            .run(confirmed(&word, harm, &start))
            .expect("The state becomes Succeeded; note rollbackEligibleUntil.")
            .verified(format!(
                "az redisenterprise migration show --cluster-name {} --resource-group {} --output json",
                new.name, new.group
            ))
            .within(self.scope.plan.migration.tool_run)
            .else_do("Failed: the old cache serves. Read the error, and validate again.", "Undo, as in “Way back”.");
        Some(step)
    }

    fn forward(&self) -> Step {
        let warm = self.scope.plan.recovery.warm_up;
        act("Watch the database while the cache warms up; admit part of the users if it queues.")
            .expect("The hit rate is back to normal.")
            .within(warm)
            .else_do("Admit fewer users, or undo.", "Undo, as in “Way back”.")
    }

    fn undo(&self) -> Step {
        let Some(new) = self.scope.names.caches.first() else { return act("Undo the move.") };
        let undo =
            format!("az redisenterprise migration undo --cluster-name {} --resource-group {}", new.name, new.group);
        let word = format!("undo the move to {}", new.plain);
        act("Lead the old name back. Assume that what was written since is lost. The step waits for CONFIRM.")
            .run(confirmed(&word, "sends every client back to the old cache, without what was written since", &undo))
            .expect("The state is Cancelled; the old cache has its clients again.")
            .verified(format!(
                "az redisenterprise migration show --cluster-name {} --resource-group {} --output json",
                new.name, new.group
            ))
            .within(self.scope.plan.migration.tool_run)
            .else_do(
                "Point the clients to the old host name by configuration, and open a support case.",
                "Start the tool again.",
            )
    }

    pub(super) fn in_place(&self) -> Vec<MoveSection> {
        let old = self.old();
        let Some(first) = old.first() else { return Vec::new() };
        let options = self.old_cache(first);
        let sizes = act("List the sizes that the cluster may become.")
            .run(format!("az redisenterprise list-skus-for-scaling {options}"))
            .expect(format!("skus names {}; else take the nearest that it names.", self.sku()))
            .lasts("seconds")
            .else_do("Take another path: the cluster has no size to become.", "Nothing has changed.");
        // The tags of an update replace all that there are.
        let update = format!(
            "OLD_ID=\"$({})\"\naz tag update --resource-id \"$OLD_ID\" --operation Merge \\\n  \
             --tags amr-migration-data-preserve=\"${{DATA_PRESERVE:?}}\"\n\
             az redisenterprise update {options} --sku {} --public-network-access {}",
            self.show_old(first, "id"),
            shell::arg(self.sku()),
            if self.scope.plan.active.network == Network::Public { "Enabled" } else { "Disabled" }
        );
        let change =
            act("Change the cluster. It takes its own time, has no pause and no rollback. The step waits for CONFIRM.")
                .run(confirmed("change the cluster", "changes the cluster without a rollback", &update))
                .expect("provisioningState is Succeeded; name, port and keys are as before.")
                .verified(self.show_old(first, "provisioningState"))
                .within(self.scope.plan.migration.in_place)
                .else_do("Open a support case; create a new cache and import the export meanwhile.", "None.");
        let endpoints = act(
            "Create the private endpoints again in the zone privatelink.redis.azure.net, before or after the change.",
        )
        .expect("The name resolves to a private address in each network.")
        .lasts("a quarter of an hour")
        .else_do(
            "Delete the record of the old zone that answers first.",
            "Keep the old endpoint until the new one answers.",
        );
        let steps = [Some(self.look()), Some(sizes), self.exported()].into_iter().flatten().collect();
        vec![
            section("migrate-prepare", "Prepare", "The cluster serves.", steps),
            section("migrate-move", "Change in place", "A quiet hour.", vec![change, endpoints]),
            way_back(PathKind::InPlace, Vec::new()),
        ]
    }
}
