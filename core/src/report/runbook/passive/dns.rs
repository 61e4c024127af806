//! Names behind private endpoints: looked at before a planned change, and switched after an unlink, which no name follows.

use super::Pair;
use crate::model::rto::RtoPath;
use crate::report::runbook::names::Cache;
use crate::report::runbook::site::zone_links;
use crate::report::runbook::watch::Service;
use crate::report::runbook::{Step, step};
use crate::units::{Range, Secs};

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
            "Check that each region's network resolves the secondary to a private address.",
            commands.join("\n"),
            "Each zone has a record for its endpoint, named after it with -pe, and a Completed link. No record: stop, a linked cache takes no new endpoint.",
        )
        .at_once()
        .if_fails("No record: unlink, create the endpoint as in “Create”, relink. No link: the next step.")
        .only_looks();
        let missing = self.scope.zones(Service::Premium).filter(|_| self.first.live);
        let missing = missing.map(|zones| Step { text: format!("Only if a link is missing: {}", zones.text), ..zones });
        [look].into_iter().chain(missing).collect()
    }

    /// The clients of both regions go to the primary: by the record that they use, in the zone of each region, where the plan has one;
    /// else by their configuration.
    ///
    /// `lost`: a region may be away, and its zone with it.
    pub(super) fn switch_names(&self, lost: bool) -> Step {
        let commands = self.set_names(&self.primary);
        let certificate = "The certificate names the cache, not the record: check it against that name (sslHost in \
                           StackExchange.Redis).";
        let living = if lost { " Clients of a lost region may live: those too." } else { "" };
        let (text, check, fails) = if commands.is_empty() {
            (
                format!(
                    "Point the clients of both regions to the new primary: their configured host is its name, with \
                     .redis.cache.windows.net.{living} {certificate}"
                ),
                "Every client's configuration names the new primary.",
                if lost {
                    "A client that cannot be reached: its region is down. Keep it stopped until “Afterwards”, or it writes to the old cache."
                } else {
                    "A client that cannot be reached: stop it, or it writes to the old cache."
                },
            )
        } else {
            (
                format!(
                    "Point the clients' DNS record to the new primary, in the zones of both regions.{living} {certificate}"
                ),
                "Each show prints the new primary's name; after its TTL it resolves to a private address in each network.",
                if lost {
                    "A zone whose resource group is away refuses: repeat it in “Afterwards”. A client that keeps the old name: \
                     restart it, or set its host."
                } else {
                    "A client that keeps the old name: restart it, or set its host."
                },
            )
        };
        step(text, commands, check)
            .timed("repoint", self.repoint_time())
            .if_fails(fails)
            .rolled_back("The same with the other cache's name.")
    }

    /// The time of that step on the path by unlink: the record's where a record is the plan's traffic switch.
    pub(super) fn repoint_time(&self) -> Range<Secs> {
        let steps = self.chain(RtoPath::Unlink).map_or(&[][..], |chain| chain.steps.as_slice());
        let counted = steps.iter().find(|step| step.field == "recovery.repoint").map(|step| step.time);
        counted.unwrap_or(self.scope.plan.recovery.repoint)
    }

    /// Commands that lead the clients' name to a cache, in the zone of each region; empty where the plan has no such zone.
    pub(super) fn set_names(&self, cache: &Cache) -> String {
        if !self.scope.leads_by_record() {
            return String::new();
        }
        let one = |region: &&Cache| {
            let zone = format!("--resource-group {} --zone-name \"${{DNS_ZONE:?}}\"", region.dns.0);
            format!(
                "az network private-dns record-set cname set-record {zone} \\\n  \
                 --record-set-name \"${{DNS_RECORD:?}}\" --cname {}.redis.cache.windows.net\n\
                 az network private-dns record-set cname show {zone} \\\n  \
                 --name \"${{DNS_RECORD:?}}\" --query cnameRecord.cname --output tsv",
                cache.name
            )
        };
        self.scope.regions().iter().map(one).collect::<Vec<_>>().join("\n")
    }
}
