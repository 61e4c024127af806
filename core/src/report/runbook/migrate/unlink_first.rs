//! The link of a pair is cut first, then the tool moves the name; everything that goes on the way can be made again.

use super::super::{SOON, Step};
use super::clients::way_back;
use super::steps::{MoveSection, act, section};
use super::{Cache, Moving};
use crate::model::migration::PathKind;
use crate::plan::Network;
use crate::report::runbook::NOTHING_CHANGED;
use crate::report::runbook::confirm::confirmed_now;
use crate::report::runbook::shell;

const IDS: &str = "privateEndpointConnections[].privateEndpoint.id";

impl Moving<'_> {
    pub(super) fn unlink_first(&self) -> Vec<MoveSection> {
        let (first, rest) = self.split();
        let mut steps: Vec<Step> = self.exported().into_iter().collect();
        steps.extend(self.endpoints_saved());
        steps
            .extend(self.unlink("Unlink the pair: from here until the next member is linked there is no second copy."));
        steps.extend(self.endpoints_cut());
        steps.extend([self.validate(), self.start()].into_iter().flatten());
        steps.extend(rest);
        steps.extend(self.all_linked());
        let forward = self.forward();
        steps.push(Step { text: format!("From the end of the tool on: {}", forward.text), ..forward });
        let back = [self.endpoints_again(), Some(self.undo()), Some(self.clients_back()), self.linked_again()];
        vec![
            section("migrate-prepare", "Prepare", "The pair serves; nothing of this is seen by clients.", first),
            section("migrate-move", "Move the name", "A quiet hour, with the approver at hand.", steps),
            self.switch(),
            self.clean_up(vec![self.kept("while the name can be led back, 30 days at most")], false),
            way_back(PathKind::UnlinkFirst, back.into_iter().flatten().chain(self.new_caches_go()).collect()),
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

    /// The path deletes the private endpoints of the old caches.
    pub(super) fn endpoints_are_gone(&self) -> bool {
        self.path == PathKind::UnlinkFirst && self.scope.plan.passive.network == Network::PrivateEndpoint
    }

    /// Their ids in a variable, each in a group that may be another than the cache's.
    pub(super) fn endpoints_of(&self, cache: &Cache) -> String {
        format!("ENDPOINTS=\"$({})\"", self.show_old(cache, &format!("'{IDS}'")))
    }

    /// The name of each old cache and its endpoints: what prints no name did not answer.
    fn endpoints_left(&self) -> String {
        let list = |cache: &Cache| {
            format!("az redis show {} --query '{{cache:name, endpoints:{IDS}}}' --output json", self.old_cache(cache))
        };
        self.each_old(list)
    }

    fn endpoints_saved(&self) -> Option<Step> {
        let save = |cache: &Cache| {
            let tag = shell::quote(&format!("endpoints-{}", shell::slug(&cache.variable, 40)));
            let show = "az network private-endpoint show --output json --ids";
            format!("{}\nwith_each '' '' \"$ENDPOINTS\" save {tag} {show}", self.endpoints_of(cache))
        };
        self.endpoints_are_gone().then(|| {
            act("Save the description of every private endpoint of the old caches: “Rollback” creates them again.")
                .run(self.each_old(save))
                .expect("The evidence folder holds a file for each old cache, with the subnet of each endpoint.")
                .within(SOON)
                .else_do(
                    "Stop without the files. AuthorizationFailed: give the role on each endpoint, as in “Roles”.",
                    NOTHING_CHANGED,
                )
        })
    }

    fn endpoints_cut(&self) -> Option<Step> {
        let delete = |cache: &Cache| {
            let delete = "one_by_one \"$ENDPOINTS\" az network private-endpoint delete --ids";
            format!("{}\n{delete}", self.endpoints_of(cache))
        };
        let old = self.old();
        let names: Vec<String> = old.iter().map(|cache| format!("${{OLD_NAME_{}:?}}", cache.variable)).collect();
        let names = names.join(" and ");
        let harm = format!("cuts private clients off from {names} until the tool is done");
        let cut = confirmed_now(&format!("delete the endpoints of {names}"), &harm, &self.each_old(delete));
        self.endpoints_are_gone().then(|| {
            act("Delete every private endpoint of the old caches, in all networks: the tool refuses them (Z6). Private clients are off from \
                 here until the tool is done. The step waits for CONFIRM.")
                .run(cut)
                .expect("Each old cache prints its name and no endpoint.")
                .verified(self.endpoints_left())
                .within(self.scope.plan.recovery.unlink)
                .else_do("Remove a lock, and run the step again.", "The first step of “Rollback”.")
        })
    }

    /// The old caches are reached again: an endpoint of each in each network, in the zone that holds their names.
    fn endpoints_again(&self) -> Option<Step> {
        let old = self.old();
        let again = |cache: &Cache| {
            let name = format!("\"${{OLD_NAME_{}:?}}-pe\"", cache.variable);
            let one = |network: &Cache| {
                let at = &network.variable;
                Self::old_endpoint(&name, network, "redisCache", &format!("\"${{OLD_ZONE_{at}:?}}\""))
            };
            let id = format!("OLD_ID=\"$({})\"", self.show_old(cache, "id"));
            [id].into_iter().chain(old.iter().map(one)).collect::<Vec<_>>().join("\n")
        };
        self.endpoints_are_gone().then(|| {
            act("Create the private endpoints of the old caches again, one in each network: without them nobody reaches the old caches. \
                 Others are created as the saved files describe them.")
                .run(self.each_old(again))
                .expect("Each old cache prints its name and an endpoint for each network.")
                .verified(self.endpoints_left())
                .within(SOON)
                .else_do(
                    "Refused while linked: this step comes before the last one. Pending: the cache's owner approves it.",
                    "Delete them again.",
                )
        })
    }

    /// One endpoint of an old cache, whose id is in `OLD_ID`, with its zone group.
    pub(super) fn old_endpoint(name: &str, network: &Cache, kind: &str, zone: &str) -> String {
        let at = &network.variable;
        format!(
            "az network private-endpoint create --name {name} --resource-group \"${{OLD_GROUP_{at}:?}}\" --location {} \\\n  \
             --subnet \"${{SUBNET_ID_{at}:?}}\" --connection-name {name} \\\n  \
             --private-connection-resource-id \"$OLD_ID\" --group-id {kind}\n\
             az network private-endpoint dns-zone-group create --endpoint-name {name} --resource-group \"${{OLD_GROUP_{at}:?}}\" \\\n  \
             --name default --zone-name redis --private-dns-zone {zone}",
            shell::arg(&network.region)
        )
    }

    /// The pair has two copies again, once its clients are back.
    fn linked_again(&self) -> Option<Step> {
        let old = self.old();
        let [first, second, ..] = old.as_slice() else { return None };
        let name = format!("${{OLD_NAME_{}:?}}", second.variable);
        let link = format!(
            "SECOND_ID=\"$({})\"\naz redis server-link create {} --replication-role Secondary --server-to-link \"$SECOND_ID\"",
            self.show_old(second, "id"),
            self.old_cache(first)
        );
        let harm = format!("deletes everything in {name}, which becomes the copy");
        let link = confirmed_now(&format!("empty {name}"), &harm, &link);
        let step = act("Link the old pair again, so that the data has a second copy. Before, the metric shows no write in the cache that is \
                        emptied. The step waits for CONFIRM.")
            .run(format!("{}\n{link}", self.old_metric(second, "setcommands", "Total")))
            .expect("The link is Succeeded.")
            .verified(format!("az redis server-link list {} --output table", self.old_cache(first)))
            .within(self.scope.link_time())
            .else_do(
                "Writes arrive: move their clients first. Refused: wait until neither cache lists a link, and run it again.",
                "Unlink again; what was emptied is in the export alone.",
            );
        Some(step)
    }
}
