//! Whether the caches are ready for the day that one is lost: looked at after creation, each week, and before a drill.

use super::names::Cache;
use super::watch::Service;
use super::{Scope, Section, Step, section, shell, step};
use crate::model::Topology;

impl Scope<'_> {
    /// State, links, names, sign-in, alerts: each with what must stand there.
    pub(super) fn readiness(&self, service: Service, caches: &[&Cache]) -> Section {
        let mut steps = vec![self.states_saved(service, caches)];
        steps.extend(self.resolves(service, caches));
        steps.extend(self.signs_in(service, caches));
        steps.push(self.alerts_listed());
        let when =
            "After “Create”, every week, and before a drill. Ready means that every line shows what is expected.";
        section("Readiness check", when, steps)
    }

    fn states_saved(&self, service: Service, caches: &[&Cache]) -> Step {
        let one = |cache: &&Cache| {
            let Cache { name, group, .. } = cache;
            let tag = shell::quote(&format!("ready-{}", shell::slug(&cache.plain, 40)));
            let links = shell::quote(&format!("links-{}", shell::slug(&cache.plain, 40)));
            match service {
                Service::Premium => format!(
                    "save {tag} az redis show --name {name} --resource-group {group} --output json\n\
                     save {links} az redis server-link list --name {name} --resource-group {group} --output json"
                ),
                Service::Managed => format!(
                    "save {tag} az redisenterprise show --cluster-name {name} --resource-group {group} --output json\n\
                     save {links} az redisenterprise database show --cluster-name {name} --resource-group {group} --output json"
                ),
            }
        };
        let commands: Vec<String> = caches.iter().map(one).collect();
        let links = match self.answer.topology {
            Topology::Passive => " Each lists the other with provisioningState Succeeded.",
            Topology::Active => " Each lists every member in geoReplication.linkedDatabases, all Linked.",
            Topology::Rebuild => "",
        };
        step("Save the state of each cache.", commands.join("\n"), format!("provisioningState is Succeeded.{links}"))
            .if_fails("Do not drill: wait for Succeeded, or open a support case. Until then a failover may not work.")
    }

    /// From a machine in the clients' network: a name that leads to a public address fails in an outage.
    fn resolves(&self, service: Service, caches: &[&Cache]) -> Option<Step> {
        let one = |cache: &&Cache| match service {
            Service::Premium => format!("nslookup {}.redis.cache.windows.net", cache.name),
            Service::Managed => format!(
                "HOST=\"$(az redisenterprise show --cluster-name {} --resource-group {} --query hostName --output tsv)\"\nnslookup \"$HOST\"",
                cache.name, cache.group
            ),
        };
        let commands: Vec<String> = caches.iter().map(one).collect();
        let shared = self.hub_words("each cache");
        let text = format!("Resolve every name from a machine in each clients' network.{shared}");
        let own = if shared.is_empty() { ", in each network its own" } else { ", the same in each network" };
        let ready = step(text, commands.join("\n"), format!("A private address for each{own}."))
            .if_fails("Link the privatelink zone to that network, and look for the cache's record in it (“Create”).");
        self.private().then_some(ready)
    }

    /// Signing in on the cache that clients will come to: policies are not replicated.
    fn signs_in(&self, service: Service, caches: &[&Cache]) -> Option<Step> {
        let one = |cache: &&Cache| {
            let Cache { name, group, .. } = cache;
            match service {
                Service::Premium => {
                    format!(
                        "az redis access-policy-assignment list --name {name} --resource-group {group} --output json"
                    )
                }
                Service::Managed => {
                    format!(
                        "az redisenterprise test-connection --cluster-name {name} --resource-group {group} --auth entra"
                    )
                }
            }
        };
        let commands: Vec<String> = caches.iter().map(one).collect();
        let check = match service {
            Service::Premium => "Each lists app and operator.",
            Service::Managed => "Each connection succeeds.",
        };
        let ready = step("Check that the identities may sign in on every cache.", commands.join("\n"), check)
            .if_fails("Assign the access policies on that cache (“Create”): they are not replicated.");
        self.entra().then_some(ready)
    }

    fn alerts_listed(&self) -> Step {
        let one = |region: &Cache| {
            let tag = shell::quote(&format!("alerts-{}", shell::slug(&region.region, 40)));
            format!("save {tag} az monitor metrics alert list --resource-group {} --output json", region.group)
        };
        let commands: Vec<String> = self.regions().into_iter().map(one).collect();
        step("List the alerts.", commands.join("\n"), "The alerts of “Watch”, each enabled and with an action group.")
            .if_fails("Create them (“Watch”).")
    }
}
