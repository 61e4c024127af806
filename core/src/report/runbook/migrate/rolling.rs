//! An Enterprise group: one member after the other is replaced inside the group (Z4).

use super::super::active::{database_id, eviction, module_name, policy};
use super::super::names::Cache;
use super::super::watch::{Service, metric};
use super::super::{SOON, Step};
use super::Moving;
use super::clients::way_back;
use super::steps::{MoveSection, NOTHING_YET, act, adopted, section};
use crate::model::migration::PathKind;
use crate::plan::Network;
use crate::report::runbook::NOTHING_CHANGED;
use crate::report::runbook::shell;
use crate::units::format;

/// A member takes the writes of the others: reads alone tell whether it has clients.
const READS: &str = "cachehits cachemisses";

impl Moving<'_> {
    pub(super) fn rolling(&self) -> Vec<MoveSection> {
        let scope = &self.scope;
        let mut prepare = vec![self.look(), self.alike()];
        prepare.extend(adopted(scope.zones(Service::Managed).into_iter().collect(), SOON));
        let old = self.old();
        let caches = &scope.names.caches;
        let mut members: Vec<Step> = Vec::new();
        for (at, old_member) in old.iter().enumerate() {
            let Some(new) = caches.iter().find(|cache| cache.region == old_member.region) else { continue };
            let done: Vec<&Cache> =
                caches.iter().filter(|cache| old[..=at].iter().any(|it| it.region == cache.region)).collect();
            members.push(self.join(new, &done, old.get(at..).unwrap_or_default()));
            members
                .extend(adopted(scope.endpoints(Service::Managed, new, &scope.regions()).into_iter().collect(), SOON));
            members.push(self.region_moves(new, old_member));
            members.push(self.holds_all(new, old_member));
            members.push(self.leave(old_member));
        }
        members.extend(adopted(scope.alerts(), SOON));
        let back = act("Point the clients to an Enterprise member again, and delete the new member of the region.")
            .expect("The group lists the Enterprise members alone, all Linked.")
            .within(scope.plan.migration.client_switch)
            .else_do("Force-unlink the new member from a surviving one.", "Join it again.");
        vec![
            section(
                "migrate-prepare",
                "Prepare",
                "The group serves. From the first new member on nothing scales, and no Enterprise member can be added (Z4).",
                prepare,
            ),
            section("migrate-move", "Replace the members", "One region after the other; never two at once.", members),
            section("migrate-clean-up", "Clean up", "No Enterprise member is left.", vec![Self::bill()]),
            way_back(PathKind::Rolling, vec![back]),
        ]
    }

    /// All members are alike, and their links.
    fn alike(&self) -> Step {
        let show = self.each_old(|cache| {
            format!(
                "{}\naz redisenterprise database show {1} --query 'geoReplication.linkedDatabases[].{{id:id, state:state}}' --output table\n\
                 az redisenterprise database show {1} \\\n  \
                 --query '{{policy:clusteringPolicy, eviction:evictionPolicy, protocol:clientProtocol, modules:modules[].name}}' --output json",
                self.show_old(cache, "sku.name"),
                self.old_cache(cache)
            )
        });
        let sizes = self.old().first().map_or_else(String::new, |cache| {
            format!("\naz redisenterprise list-skus-for-scaling {}", self.old_cache(cache))
        });
        let active = &self.scope.plan.active;
        let modules: Vec<&str> = active.modules.iter().map(|module| module_name(*module)).collect();
        let modules = if modules.is_empty() { "no module".to_owned() } else { format::listed(&modules) };
        act("Check that every member has one size and the settings that new members get, and that all are linked; note the nickname of the group, and the sizes that may follow.")
            .run(format!("{show}{sizes}"))
            .expect(format!(
                "One size; each lists every member as Linked; {}, {}, Encrypted and {modules}, as in the steps below; skus names {}, or take \
                 the nearest that it names.",
                policy(active.clustering),
                eviction(active.eviction),
                self.sku()
            ))
            .lasts("minutes")
            .else_do("Scale the members to one size first (Z4). Other settings: enter those of the group in the plan, and write the runbook again.", NOTHING_CHANGED)
    }

    /// A new member in the group that runs; it lists the members that are there and itself.
    fn join(&self, new: &Cache, done: &[&Cache], old: &[Cache]) -> Step {
        let active = &self.scope.plan.active;
        let switch = |on: bool| if on { "Enabled" } else { "Disabled" };
        let ids = old.iter().map(|cache| {
            let show = format!("az redisenterprise database show {} --query id --output tsv", self.old_cache(cache));
            format!("OLD_DB_{}=\"$({show})\"", cache.variable)
        });
        let linked = done.iter().map(|cache| format!("--linked-databases id=\"{}\"", database_id(cache)));
        let linked_old = old.iter().map(|cache| format!("--linked-databases id=\"$OLD_DB_{}\"", cache.variable));
        let options = [
            format!(
                "az redisenterprise create --cluster-name {} --resource-group {} --location {} --sku {}",
                new.name,
                new.group,
                shell::arg(&new.region),
                shell::arg(self.sku())
            ),
            format!("--tags {}", self.scope.tags()),
            format!(
                "--high-availability Enabled --public-network-access {}",
                switch(active.network == Network::Public)
            ),
            format!("--client-protocol Encrypted --port 10000 --access-keys-auth {}", switch(!active.entra_id)),
            format!(
                "--clustering-policy {} --eviction-policy {}",
                policy(active.clustering),
                eviction(active.eviction)
            ),
            active
                .modules
                .iter()
                .map(|module| format!("--modules name={}", module_name(*module)))
                .collect::<Vec<_>>()
                .join(" "),
            "--group-nickname \"${OLD_NICKNAME:?}\"".to_owned(),
        ];
        let options = options.into_iter().filter(|option| !option.is_empty());
        let create = options.chain(linked).chain(linked_old).collect::<Vec<_>>().join(" \\\n  ");
        let commands = ids.into_iter().chain([create]);
        let access = self.scope.access(Service::Managed, new);
        act(format!(
            "Create the new member in {} inside the group; modules, policies and TLS have to be those of the group.",
            new.place
        ))
        .run(commands.chain(access).collect::<Vec<_>>().join("\n"))
        .expect("provisioningState is Succeeded, and every member lists it as Linked.")
        .verified(format!(
            "az redisenterprise database show --cluster-name {} --resource-group {} --query 'geoReplication.linkedDatabases[].{{id:id, state:state}}' --output table",
            new.name, new.group
        ))
        .within(self.joined())
        .else_do("LinkFailed: delete the new member and create it again; other members serve.", NOTHING_YET)
    }

    fn region_moves(&self, new: &Cache, old: &Cache) -> Step {
        act(format!("Point the clients of {} to {}.{}.redis.azure.net, port 10000.", new.place, new.plain, new.region))
            .expect("Errors stay as they were, and no read arrives at the Enterprise member.")
            .verified(self.old_metric(old, READS, "Total"))
            .within(self.scope.plan.migration.client_switch)
            .else_do("Look at keys and certificates of the new member.", "Point them to the Enterprise member again.")
    }

    /// Nothing is deleted before the other has it.
    fn holds_all(&self, new: &Cache, old: &Cache) -> Step {
        let keys = metric(Service::Managed, new, "totalkeys", "Maximum");
        act("Check that the new member holds what the Enterprise member holds, and that it is written.")
            .run(format!(
                "{}\n{}\n{keys}",
                self.old_metric(old, READS, "Total"),
                self.old_metric(old, "totalkeys", "Maximum")
            ))
            .expect("totalkeys of both are equal within 1 %, never 0, and the Enterprise member is not read.")
            .lasts("minutes")
            .else_do("Wait until the new member is full; stop where it does not grow.", NOTHING_CHANGED)
    }

    fn leave(&self, old: &Cache) -> Step {
        act(format!(
            "Delete the Enterprise member in {}, only after that check. The step waits for CONFIRM.",
            old.place
        ))
        .run(self.delete_old(old))
        .expect("The rest of the group no longer lists it.")
        .within(self.scope.plan.recovery.delete_member)
        .else_do(
            "Force-unlink it from a surviving member, then delete it.",
            "None: no Enterprise member can be added to a mixed group (Z4).",
        )
    }
}
