//! Names behind private endpoints: looked at before a planned change, and switched after an unlink, which no name follows.

use super::Pair;
use crate::report::runbook::names::Cache;
use crate::report::runbook::site::zone_links;
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
            let group = region.zone.as_ref().map_or(&region.group, |(group, _)| group);
            format!(
                "az network private-dns record-set a show --resource-group {group} --zone-name {zone} --name {name}\n{}",
                zone_links(region, zone)
            )
        };
        let commands: Vec<String> = self.scope.regions().into_iter().map(one).collect();
        let look = step(
            format!("Check that each region's network resolves {name} to a private address."),
            commands.join("\n"),
            format!(
                "Each zone has a record for {name}-pe and a Completed link. Without the record, stop: a linked cache takes no \
                 new endpoint."
            ),
        );
        let missing = self.scope.zones(Service::Premium).filter(|_| self.scope.plan.passive.exists.is_confirmed());
        let missing = missing.map(|zones| Step { text: format!("Only if a link is missing: {}", zones.text), ..zones });
        [look].into_iter().chain(missing).collect()
    }

    /// The record that clients use, in the zone of each of these regions; `None` without private endpoints.
    pub(super) fn switch_names(&self, regions: &[&Cache]) -> Option<Step> {
        let commands = self.set_names(self.secondary, regions);
        let name = &self.secondary.name;
        let text = format!(
            "Point the clients' DNS record, or their configured host, to {name}.redis.cache.windows.net. The certificate names \
             the cache, not the record: check it against that name (sslHost in StackExchange.Redis)."
        );
        let check = format!("Each show prints that name; after its TTL it resolves to {name}-pe in each network.");
        let switch = step(text, commands, check)
            .takes(self.scope.plan.recovery.dns)
            .if_fails("A client that resolves the old name holds it: restart it, or set its host.")
            .rolled_back(format!("The same commands with {}.redis.cache.windows.net.", self.primary.plain));
        (!switch.commands.is_empty()).then_some(switch)
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
