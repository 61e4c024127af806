//! The tool of Enterprise: the cluster itself changes.

use super::super::Step;
use super::clients::way_back;
use super::steps::{MoveSection, act, adopted, section};
use super::{Cache, Moving};
use crate::model::migration::{ENDPOINTS, PathKind};
use crate::plan::Network;
use crate::report::runbook::NOTHING_CHANGED;
use crate::report::runbook::confirm::confirmed_now;
use crate::report::runbook::shell;
use crate::report::runbook::watch::Service;

/// Whether the data is kept (Z5).
const TAG: &str = "amr-migration-data-preserve";

impl Moving<'_> {
    pub(super) fn in_place(&self) -> Vec<MoveSection> {
        let old = self.old();
        let Some(first) = old.first() else { return Vec::new() };
        let sizes = act("List the sizes that the cluster may become.")
            .run(format!("az redisenterprise list-skus-for-scaling {}", self.old_cache(first)))
            .expect(format!("skus names {}; else take the nearest that it names.", self.sku()))
            .lasts("seconds")
            .else_do("Take another path: the cluster has no size to become.", NOTHING_CHANGED);
        let steps = [Some(self.look()), Some(sizes), self.exported()].into_iter().flatten().collect();
        let changed = [vec![self.changed(first)], self.endpoints_of_the_new(first)].concat();
        vec![
            section("migrate-prepare", "Prepare", "The cluster serves.", steps),
            section("migrate-move", "Change in place", "A quiet hour.", changed),
            way_back(PathKind::InPlace, Vec::new()),
        ]
    }

    fn changed(&self, old: &Cache) -> Step {
        let name = format!("${{OLD_NAME_{}:?}}", old.variable);
        let harm = format!("changes {name} without a rollback; with DATA_PRESERVE=False its data is gone");
        act("Change the cluster. It takes its own time, has no pause and no rollback. The step waits for CONFIRM.")
            .run(confirmed_now(&format!("change {name}"), &harm, &self.only_with_the_tag(old)))
            .expect("provisioningState is Succeeded; name, port and keys are as before.")
            .verified(self.show_old(old, "provisioningState"))
            .within(self.scope.plan.migration.in_place)
            .else_do(
                "The tag is refused: nothing has changed; get the right to write tags. Failed: open a support case; create a new cache and \
                 import the export meanwhile.",
                "None.",
            )
    }

    /// The tag decides whether the data stays: nothing changes where it does not stand. Tags of an update would replace all that there are.
    fn only_with_the_tag(&self, old: &Cache) -> String {
        let public = if self.scope.plan.active.network == Network::Public { "Enabled" } else { "Disabled" };
        format!(
            "KEEP=unsaid\n\
             if [ \"${{DATA_PRESERVE:?}}\" = True ]; then KEEP=True; fi\n\
             if [ \"${{DATA_PRESERVE:?}}\" = False ]; then KEEP=False; fi\n\
             if [ \"$KEEP\" = unsaid ]; then\n  \
               echo 'DATA_PRESERVE is neither True nor False: the cluster is not changed.' >&2; false\n\
             else\n  \
               OLD_ID=\"$({})\"\n  \
               az tag update --resource-id \"$OLD_ID\" --operation Merge --tags {TAG}=\"$KEEP\"\n  \
               STANDS=\"$(az tag list --resource-id \"$OLD_ID\" --query 'properties.tags.\"{TAG}\"' --output tsv)\"\n  \
               if [ \"$STANDS\" != \"$KEEP\" ]; then\n    \
                 echo 'The tag does not stand: the cluster is not changed.' >&2; false\n  \
               else\n    \
                 az redisenterprise update {} --sku {} --public-network-access {public}\n  \
               fi\n\
             fi",
            self.show_old(old, "id"),
            self.old_cache(old),
            shell::arg(self.sku())
        )
    }

    /// The name moves into another zone: the zone and an endpoint in each network, beside those of Enterprise.
    fn endpoints_of_the_new(&self, old: &Cache) -> Vec<Step> {
        let in_old = |cache: &Cache| Cache {
            group: format!("\"${{OLD_GROUP_{}:?}}\"", cache.variable),
            zone: None,
            ..cache.clone()
        };
        let networks: Vec<Cache> = self.old().iter().map(in_old).collect();
        let zone = Service::Managed.zone();
        let name = format!("\"${{OLD_NAME_{}:?}}-amr-pe\"", old.variable);
        let id = format!("OLD_ID=\"$({})\"", self.show_old(old, "id"));
        let create = networks.iter().map(|network| Self::old_endpoint(&name, network, "redisEnterprise", zone));
        let ids = "'{cache:name, endpoints:privateEndpointConnections[].privateEndpoint.id}'";
        let endpoints = act("Create the private endpoints again, beside those of Enterprise, and delete these once the new ones are Approved.")
            .run([id].into_iter().chain(create).collect::<Vec<_>>().join("\n"))
            .expect("The cluster prints its name and the new endpoints; the name resolves to one of them in each network.")
            .verified(format!("az redisenterprise show {} --query {ids} --output json", self.old_cache(old)))
            .within(ENDPOINTS)
            .else_do("The address of an old endpoint answers: delete its record.", "Delete the new ones; the old ones stand.");
        let zones = adopted(
            self.scope.zones_of(Service::Managed, &networks.iter().collect::<Vec<_>>()).into_iter().collect(),
            ENDPOINTS,
        );
        if self.scope.private() { zones.into_iter().chain([endpoints]).collect() } else { Vec::new() }
    }
}
