//! Names behind private endpoints: looked at before a planned change, and switched after an unlink, which no name follows.

use super::Pair;
use crate::report::runbook::names::Cache;
use crate::report::runbook::watch::Service;
use crate::report::runbook::{Step, step};

impl Pair<'_> {
    /// Every network must know the cache that the clients will go to. Empty without private endpoints.
    pub(super) fn see_names(&self) -> Vec<Step> {
        if !self.scope.private() {
            return Vec::new();
        }
        let (zone, name) = (Service::Premium.zone(), &self.secondary.name);
        let one = |region: &Cache| {
            let group = &region.group;
            format!(
                "az network private-dns record-set a show --resource-group {group} --zone-name {zone} --name {name}\n\
                 az network private-dns link vnet list --resource-group {group} --zone-name {zone} --output table"
            )
        };
        let commands: Vec<String> = self.scope.regions().into_iter().map(one).collect();
        let look = step(
            format!("See that the network of each region finds {name} at a private address."),
            commands.join("\n"),
            format!(
                "Each zone has a record with the address of {name}-pe and a completed link to its network. Without the record, stop: \
                 an endpoint cannot be added to a linked cache."
            ),
        );
        let missing = self.scope.zones(Service::Premium).filter(|_| self.scope.plan.passive.exists.is_confirmed());
        let missing =
            missing.map(|zones| Step { text: format!("Only where a link is missing. {}", zones.text), ..zones });
        [look].into_iter().chain(missing).collect()
    }

    /// The record that clients use, in the zone of each of these regions; `None` without private endpoints.
    pub(super) fn switch_names(&self, regions: &[&Cache]) -> Option<Step> {
        let commands = self.set_names(self.secondary, regions);
        let name = &self.secondary.name;
        let text = format!(
            "Switch the clients' own name to {name} in the zone that their network asks. A client that has the host name in its \
             configuration gets {name}.redis.cache.windows.net there. The certificate names the cache and not this record: clients \
             check it against the cache's name (sslHost in StackExchange.Redis)."
        );
        let check = format!(
            "Each show prints {name}.redis.cache.windows.net. When the record's TTL has passed, the name leads to the address of \
             {name}-pe from a client in each network."
        );
        (!commands.is_empty()).then(|| step(text, commands, check))
    }

    /// Commands that lead the clients' name to a cache; empty without private endpoints.
    pub(super) fn set_names(&self, cache: &Cache, regions: &[&Cache]) -> String {
        if !self.scope.private() {
            return String::new();
        }
        let one = |region: &&Cache| {
            let zone =
                format!("--resource-group \"${{DNS_GROUP_{}:?}}\" --zone-name \"${{DNS_ZONE:?}}\"", region.variable);
            format!(
                "az network private-dns record-set cname set-record {zone} \\\n  \
                 --record-set-name \"${{DNS_RECORD:?}}\" --cname {}.redis.cache.windows.net\n\
                 az network private-dns record-set cname show {zone} \\\n  \
                 --name \"${{DNS_RECORD:?}}\" --query cnameRecord.cname --output tsv",
                cache.name
            )
        };
        regions.iter().map(one).collect::<Vec<_>>().join("\n")
    }
}
