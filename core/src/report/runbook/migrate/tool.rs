//! Microsoft's tools: the old name leads to a new cache, or the cluster changes in place.

use super::super::{SOON, Step};
use super::clients::way_back;
use super::steps::{MoveSection, act, adopted, section};
use super::{Cache, Moving};
use crate::model::migration::{Kind, PathKind};
use crate::plan::Network;
use crate::report::runbook::confirm::{confirmed, confirmed_now};
use crate::report::runbook::shell;
use crate::report::runbook::watch::Service;

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
            way_back(PathKind::Tool, vec![self.undo(), self.clients_back()]),
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
            way_back(PathKind::UnlinkFirst, self.all_back()),
        ]
    }

    /// Everything that the move took away comes back, in this order.
    fn all_back(&self) -> Vec<Step> {
        let steps = [self.old_endpoints(), Some(self.undo()), Some(self.clients_back()), self.linked_again()];
        steps.into_iter().flatten().collect()
    }

    /// Those that were pointed to the new host name do not follow the old one.
    fn clients_back(&self) -> Step {
        act("Point the clients that “Switch the clients” moved to the old host name again, or they write to the new cache alone.")
            .expect("No client is left on the new cache.")
            .verified(self.new_metric("connectedclients"))
            .within(self.scope.plan.migration.client_switch)
            .else_do("Find the client by its address in CLIENT LIST, and move it.", "Point them to the new cache again.")
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

    fn private(&self) -> bool {
        self.scope.plan.passive.network == Network::PrivateEndpoint
    }

    fn without_endpoints(&self) -> Option<Step> {
        let ids = "privateEndpointConnections[].privateEndpoint.id";
        let list = |cache: &Cache| self.show_old(cache, &format!("'{ids}'"));
        let found = |cache: &Cache| format!("ENDPOINTS=\"$({})\"", list(cache));
        let save = self.each_old(|cache| {
            let tag = shell::quote(&format!("endpoints-{}", shell::slug(&cache.variable, 40)));
            format!(
                "{}\nwith_each '' '' \"$ENDPOINTS\" save {tag} az network private-endpoint show --output json --ids",
                found(cache)
            )
        });
        let delete = self.each_old(|cache| {
            format!("{}\nwith_each '' '' \"$ENDPOINTS\" az network private-endpoint delete --ids", found(cache))
        });
        let names: Vec<String> = self.old().iter().map(|cache| format!("${{OLD_NAME_{}:?}}", cache.variable)).collect();
        let names = names.join(" and ");
        let harm = format!("cuts private clients off from {names} until the move is done");
        let cut = confirmed_now(&format!("delete endpoints of {names}"), &harm, &delete);
        self.private().then(|| {
            act("Save the description of every private endpoint of the old caches, then delete them, in all networks: the tool refuses \
                 them (Z6). Private clients are off from here until the tool is done. The step waits for CONFIRM.")
                .run(format!("{save}\n{cut}"))
                .expect("A file for each old cache is in the evidence folder, and no endpoint is listed.")
                .verified(self.each_old(list))
                .within(self.scope.plan.recovery.unlink)
                .else_do(
                    "Remove a lock, and run the step again; a cache that lists none needs no command. An endpoint in a group of its own: the \
                     role “move” is needed there too.",
                    "The first step of “Rollback”.",
                )
        })
    }

    /// The old caches are reached again: an endpoint of each in each network, with the zone that holds their names.
    fn old_endpoints(&self) -> Option<Step> {
        let old = self.old();
        let one = |cache: &Cache, network: &Cache| {
            let (name, at) = (format!("\"${{OLD_NAME_{}:?}}-pe\"", cache.variable), &network.variable);
            format!(
                "az network private-endpoint create --name {name} --resource-group \"${{OLD_GROUP_{at}:?}}\" --location {} \\\n  \
                 --subnet \"${{SUBNET_ID_{at}:?}}\" --connection-name {name} \\\n  \
                 --private-connection-resource-id \"$ID\" --group-id redisCache\n\
                 az network private-endpoint dns-zone-group create --endpoint-name {name} --resource-group \"${{OLD_GROUP_{at}:?}}\" \\\n  \
                 --name default --zone-name redis --private-dns-zone \"${{OLD_ZONE_{at}:?}}\"",
                shell::arg(&network.region)
            )
        };
        let commands = self.each_old(|cache| {
            let all = old.iter().map(|network| one(cache, network));
            let id = format!("ID=\"$({})\"", self.show_old(cache, "id"));
            [id].into_iter().chain(all).collect::<Vec<_>>().join("\n")
        });
        let ids = "'privateEndpointConnections[].privateEndpoint.id'";
        self.private().then(|| {
            act("Create the private endpoints of the old caches again, as the saved files have them: without one nobody reaches them.")
                .run(commands)
                .expect("Each old cache lists an endpoint for each network.")
                .verified(self.each_old(|cache| self.show_old(cache, ids)))
                .within(SOON)
                .else_do("A linked cache takes no endpoint: do this before the relink.", "Delete them again.")
        })
    }

    /// The pair has two copies again, once its clients are back.
    fn linked_again(&self) -> Option<Step> {
        let old = self.old();
        let [first, second, ..] = old.as_slice() else { return None };
        let name = format!("${{OLD_NAME_{}:?}}", second.variable);
        let link = format!(
            "az redis server-link create {} --replication-role Secondary \\\n  \
             --server-to-link \"/subscriptions/${{SUBSCRIPTION:?}}/resourceGroups/${{OLD_GROUP_{}:?}}/providers/Microsoft.Cache/Redis/{name}\"",
            self.old_cache(first),
            second.variable
        );
        Some(
            act("Link the old pair again, so that the data has a second copy. The step waits for CONFIRM.")
                .run(confirmed_now(&format!("empty {name}"), &format!("deletes everything in {name}"), &link))
                .expect("provisioningState is Succeeded.")
                .verified(format!("az redis server-link list {} --output table", self.old_cache(first)))
                .within(self.scope.link_time())
                .else_do("Look at both sides; wait until neither lists a link, and run it again.", "Unlink again."),
        )
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
            .else_do(
                if self.private() && self.kind() == Kind::Pair {
                    "Failed: the old name leads to the old cache, and private clients are off: read the error and validate again, or make the \
                     endpoints again (first step of “Rollback”)."
                } else {
                    "Failed: the old cache serves. Read the error, and validate again."
                },
                "Undo, as in “Rollback”.",
            );
        Some(step)
    }

    fn forward(&self) -> Step {
        let warm = self.scope.plan.recovery.warm_up;
        act("Watch the database while the cache warms up; admit part of the users if it queues.")
            .expect("The hit rate is back to normal.")
            .within(warm)
            .else_do("Admit fewer users, or undo.", "Undo, as in “Rollback”.")
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
        // The tags of an update replace all that there are; without this one the change may drop the data, so it is read back first.
        let tag = "amr-migration-data-preserve";
        let update = format!(
            "OLD_ID=\"$({})\"\naz tag update --resource-id \"$OLD_ID\" --operation Merge --tags {tag}=\"${{DATA_PRESERVE:?}}\"\n\
             TAG=\"$(az tag list --resource-id \"$OLD_ID\" --query 'properties.tags.\"{tag}\"' --output tsv)\"\n\
             if [ \"$TAG\" = \"${{DATA_PRESERVE:?}}\" ]; then\n  \
               az redisenterprise update {options} --sku {} --public-network-access {}\n\
             else\n  echo 'The tag is not set: the cluster is not changed.' >&2\n  false\nfi",
            self.show_old(first, "id"),
            shell::arg(self.sku()),
            if self.scope.plan.active.network == Network::Public { "Enabled" } else { "Disabled" }
        );
        let name = format!("${{OLD_NAME_{}:?}}", first.variable);
        let change =
            act("Change the cluster. It takes its own time, has no pause and no rollback. The step waits for CONFIRM.")
                .run(confirmed_now(&format!("change {name}"), &format!("changes {name} without a rollback"), &update))
                .expect("provisioningState is Succeeded; name, port and keys are as before.")
                .verified(self.show_old(first, "provisioningState"))
                .within(self.scope.plan.migration.in_place)
                .else_do("Open a support case; create a new cache and import the export meanwhile.", "None.");
        let endpoints = self.in_place_endpoints(first);
        let steps = [Some(self.look()), Some(sizes), self.exported()].into_iter().flatten().collect();
        vec![
            section("migrate-prepare", "Prepare", "The cluster serves.", steps),
            section("migrate-move", "Change in place", "A quiet hour.", [vec![change], endpoints].concat()),
            way_back(PathKind::InPlace, Vec::new()),
        ]
    }

    /// The name moves into another zone: a zone, its links and an endpoint in each network, beside those of Enterprise.
    fn in_place_endpoints(&self, old: &Cache) -> Vec<Step> {
        let scope = &self.scope;
        let name = format!("\"${{OLD_NAME_{}:?}}\"", old.variable);
        let same = Cache {
            plain: format!("OLD_NAME_{}", old.variable),
            spliced: format!("${{OLD_NAME_{}:?}}", old.variable),
            group: format!("\"${{OLD_GROUP_{}:?}}\"", old.variable),
            name,
            ..old.clone()
        };
        let in_old = |region: &Cache| Cache { group: same.group.clone(), zone: None, ..region.clone() };
        let regions: Vec<Cache> = self.old().iter().map(in_old).collect();
        let regions: Vec<&Cache> = regions.iter().collect();
        let steps = [scope.zones_of(Service::Managed, &regions), scope.endpoints(Service::Managed, &same, &regions)];
        let late = "An address of the old zone answers first: delete the old endpoint once the new one is Approved.";
        // The endpoints of Enterprise may have the plain name: these stand beside them.
        let beside = |text: &str| text.replace("-pe ", "-amr-pe ");
        let one = |step: Step| Step {
            fails: late.to_owned(),
            commands: beside(&step.commands),
            verify: beside(&step.verify),
            ..step
        };
        adopted(steps.into_iter().flatten().collect(), SOON).into_iter().map(one).collect()
    }
}
