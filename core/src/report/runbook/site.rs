//! What every topology needs around its caches: resource groups, private names and endpoints, access policies.

use super::confirm::confirmed_of;
use super::names::{Cache, shared_zone};
use super::watch::Service;
use super::{SOON, Scope, Step, shell, step};
use crate::model::Topology;
use crate::model::rto::ENDPOINT_TIME;
use crate::plan::Network;
use crate::units::format;

/// The identity that runs the commands, as a name for `redis-cli`.
pub(super) const OPERATOR: &str = " --user \"${OPERATOR_OBJECT_ID:?}\"";

/// Logs that identity in.
pub(super) const ENTRA_LOGIN: &str = "REDISCLI_AUTH=\"$(az account get-access-token --resource https://redis.azure.com --query accessToken --output tsv)\"\n\
     export REDISCLI_AUTH";

impl Scope<'_> {
    /// The first cache of each region: its group, network and names are the region's.
    pub(super) fn regions(&self) -> Vec<&Cache> {
        let mut regions: Vec<&Cache> = Vec::new();
        for cache in &self.names.caches {
            if regions.iter().all(|other| other.region != cache.region) {
                regions.push(cache);
            }
        }
        regions
    }

    fn network(&self) -> Network {
        match self.answer.topology {
            Topology::Passive => self.plan.passive.network,
            Topology::Rebuild | Topology::Active => self.plan.active.network,
        }
    }

    /// True where clients reach the caches through private endpoints.
    pub(super) fn private(&self) -> bool {
        self.network() == Network::PrivateEndpoint
    }

    /// True where clients sign in with Entra ID.
    pub(super) fn entra(&self) -> bool {
        match self.answer.topology {
            Topology::Passive => self.plan.passive.entra_id,
            Topology::Rebuild | Topology::Active => self.plan.active.entra_id,
        }
    }

    /// The tags of everything that the steps create, each a quoted value of one option: those of the code, which make the design one unit of
    /// chargeback.
    pub(super) fn tags(&self) -> String {
        let topology = self.answer.topology.slug();
        let base = &self.base;
        let tags = [
            format!("plan={}", shell::one_line(&self.plan.name)),
            format!("workload={base}"),
            format!("dr-topology={topology}"),
            format!("dr-unit={base}-{topology}"),
        ];
        tags.map(|tag| shell::quote(&tag)).join(" ")
    }

    /// A group in each region where no cache of the design runs; `None` where one runs in each.
    pub(super) fn groups(&self) -> Option<Step> {
        let tags = self.tags();
        let mut regions = self.regions();
        regions.retain(|region| !region.live);
        let group = |region: &Cache| {
            format!("az group create --name {} --location {} --tags {tags}", region.group, shell::arg(&region.region))
        };
        let commands: Vec<String> = regions.iter().copied().map(group).collect();
        let show = |region: &Cache| {
            format!("az group show --name {} --query properties.provisioningState --output tsv", region.group)
        };
        let verify: Vec<String> = regions.iter().copied().map(show).collect();
        let made = step(
            "Create one resource group per region; caches never share one: while a group's region is down, nothing in it can \
             be changed.",
            commands.join("\n"),
            "Succeeded for each.",
        )
        .verified(verify.join("\n"))
        .takes(SOON)
        .if_fails("A group of that name is in another region, which cannot be changed: enter another name in the Site inputs.")
        .rolled_back("Delete the group while it is empty.");
        (!regions.is_empty()).then_some(made)
    }

    /// Whether the names of what is created are free: a create over a cache that runs changes it.
    pub(super) fn free_names(caches: &[&Cache]) -> Step {
        let list = |cache: &&Cache| {
            let other = cache.within.1.as_ref().map_or_else(String::new, |it| format!(" --subscription {it}"));
            format!("az resource list --name {}{other} --output table", cache.name)
        };
        let names: Vec<&str> = caches.iter().map(|cache| cache.plain.as_str()).collect();
        step(
            format!(
                "Look whether the names are free: {}. A create command over a cache that runs would change it.",
                format::listed(&names)
            ),
            caches.iter().map(list).collect::<Vec<_>>().join("\n"),
            "Nothing is listed.",
        )
        .if_fails(
            "Stop: something runs under the name. Enter another one in the Site inputs, and write the runbook again.",
        )
    }

    /// Where the ids of the privatelink zones begin, of the regions that name one.
    fn zone_ids(&self) -> Vec<&String> {
        self.regions().into_iter().filter_map(|region| Some(&region.zone.as_ref()?.1)).collect()
    }

    /// A private DNS zone in each region's group, linked to the region's network.
    pub(super) fn zones(&self, service: Service) -> Option<Step> {
        self.zones_of(service, &self.regions())
    }

    /// The same where no cache of the design runs yet: a region with one has its zone.
    pub(super) fn new_zones(&self, service: Service) -> Option<Step> {
        let mut regions = self.regions();
        regions.retain(|region| !region.live);
        if regions.is_empty() { None } else { self.zones_of(service, &regions) }
    }

    pub(super) fn zones_of(&self, service: Service, regions: &[&Cache]) -> Option<Step> {
        let (zone, tags) = (service.zone(), self.tags());
        let one = |region: &Cache| {
            let Cache { group, variable, zone: there, .. } = region;
            let create =
                format!("az network private-dns zone create --resource-group {group} --name {zone} --tags {tags}\n");
            let (create, group) = there.as_ref().map_or((create, group), |(there, _)| (String::new(), there));
            format!(
                "{create}az network private-dns link vnet create --resource-group {group} --zone-name {zone} --name redis-{} \\\n  \
                 --virtual-network \"${{VNET_ID_{variable}:?}}\" --registration-enabled false --tags {tags}",
                shell::slug(&region.region, 40)
            )
        };
        let commands: Vec<String> = regions.iter().copied().map(one).collect();
        let text = if regions.iter().all(|region| region.zone.is_some()) {
            format!("Link the private DNS zone {zone} of each region, which is there already, to the region's network.")
        } else {
            format!(
                "Create the private DNS zone {zone} in each region's group and link it to its network: each region resolves names alone. Reuse an existing zone."
            )
        };
        let verify: Vec<String> = regions.iter().map(|region| zone_links(region, zone)).collect();
        let made = step(text, commands.join("\n"), "virtualNetworkLinkState is Completed.")
            .verified(verify.join("\n"))
            .takes(SOON)
            .if_fails(
                "A network takes one zone of a name: enter the group of the one that is linked in the Site inputs.",
            )
            .rolled_back("az network private-dns link vnet delete takes a link back.");
        self.private().then_some(made)
    }

    /// Private endpoints of a cache in the networks of these regions, with the zone groups that make its name resolve there.
    pub(super) fn endpoints(&self, service: Service, cache: &Cache, regions: &[&Cache]) -> Option<Step> {
        let (name, plain, tags) = (&cache.name, &cache.plain, self.tags());
        let one = |region: &&Cache| {
            let Cache { group, variable, .. } = region;
            format!(
                "az network private-endpoint create --name {name}-pe --resource-group {group} --location {} \\\n  \
                 --subnet \"${{SUBNET_ID_{variable}:?}}\" --connection-name {name}-pe \\\n  \
                 --private-connection-resource-id \"$ID\" --group-id {} \\\n  --tags {tags}\n\
                 az network private-endpoint dns-zone-group create --endpoint-name {name}-pe --resource-group {group} \\\n  \
                 --name default --zone-name redis --private-dns-zone {}",
                shell::arg(&region.region),
                service.sub_resource(),
                region.zone_of(service.zone())
            )
        };
        let commands: Vec<String> = [service.id(cache)].into_iter().chain(regions.iter().map(one)).collect();
        let text = match regions {
            [one] => format!("Create the private endpoint of {plain} in the network of {}.", one.place),
            _ => format!("Create the private endpoints of {plain}, one in each network.{}", self.hub_words(plain)),
        };
        let check = "Approved; the name resolves to a private address in each network.";
        let verify = regions.iter().map(|region| {
            let group = &region.group;
            format!(
                "az network private-endpoint show --name {name}-pe --resource-group {group} \\\n  \
                 --query 'privateLinkServiceConnections[].privateLinkServiceConnectionState.status' --output tsv"
            )
        });
        let made = step(text, commands.join("\n"), check)
            .verified(verify.collect::<Vec<_>>().join("\n"))
            .timed("endpoint", ENDPOINT_TIME)
            .if_fails(match service {
                Service::Premium => {
                    "Pending: the cache's owner approves it. A refusal while linked: unlink, create it, relink."
                }
                Service::Managed => "Pending: the cache's owner approves it.",
            })
            .rolled_back("Delete the endpoint; its network loses the cache.");
        self.private().then_some(made)
    }

    /// The endpoints go after their cache: one whose delete was refused still needs them, and a linked one takes no new ones.
    pub(super) fn endpoints_go(&self, cache: &Cache) -> Option<Step> {
        let commands = self.without_endpoints(cache);
        let plain = &cache.plain;
        let text = format!("Delete the private endpoints of {plain}, only once it is gone.");
        let said = cache.said();
        let (word, harm) = (format!("delete endpoints of {said}"), format!("cuts every network off {said}"));
        let list = |region: &Cache| {
            format!("az network private-endpoint list --resource-group {} --query '[].name' --output tsv", region.group)
        };
        let left: Vec<String> = self.regions().into_iter().map(list).collect();
        let guarded = confirmed_of(cache, &word, &harm, &commands.join("\n"));
        let gone = step(text, guarded, "No endpoint of it is listed.")
            .verified(left.join("\n"))
            .takes(SOON)
            .if_fails("A lock is in the way: remove it, and run the step again.")
            .rolled_back("None; a new cache of the name gets new endpoints.");
        (!commands.is_empty()).then_some(gone)
    }

    /// The warning where two networks share a zone; empty where each has its own.
    pub(super) fn hub_words(&self, name: &str) -> String {
        shared_zone(&self.zone_ids(), name).map_or_else(String::new, |said| format!(" Warning: {said}"))
    }

    /// Commands that delete the endpoints of a cache that is deleted: a new one of its name needs new ones.
    pub(super) fn without_endpoints(&self, cache: &Cache) -> Vec<String> {
        if !self.private() {
            return Vec::new();
        }
        let one = |region: &Cache| {
            format!("az network private-endpoint delete --name {}-pe --resource-group {}", cache.name, region.group)
        };
        self.regions().into_iter().map(one).collect()
    }

    /// Commands that let the two identities in: without them nobody can log in with Entra ID. Empty with access keys.
    pub(super) fn access(&self, service: Service, cache: &Cache) -> Vec<String> {
        if !self.entra() {
            return Vec::new();
        }
        let Cache { name, group, .. } = cache;
        let one = |(who, variable, policy): (&str, &str, &str)| match service {
            Service::Managed => format!(
                "az redisenterprise database access-policy-assignment create --cluster-name {name} --resource-group {group} \\\n  \
                 --database-name default --access-policy-assignment-name {who} --access-policy-name default \\\n  \
                 --object-id \"${{{variable}:?}}\""
            ),
            Service::Premium => format!(
                "az redis access-policy-assignment create --name {name} --resource-group {group} \\\n  \
                 --policy-assignment-name {who} --access-policy-name '{policy}' \\\n  \
                 --object-id \"${{{variable}:?}}\" --object-id-alias {who}"
            ),
        };
        [("app", "APP_OBJECT_ID", "Data Contributor"), ("operator", "OPERATOR_OBJECT_ID", "Data Owner")]
            .map(one)
            .to_vec()
    }

    /// What is said where access policies are part of a step.
    pub(super) fn access_words(&self) -> &'static str {
        if self.entra() { " Repeat the access policy for other identities." } else { "" }
    }
}

/// Lists the networks that a zone is linked to.
pub(super) fn zone_links(region: &Cache, zone: &str) -> String {
    let group = region.zone.as_ref().map_or(&region.group, |(group, _)| group);
    format!("az network private-dns link vnet list --resource-group {group} --zone-name {zone} --output table")
}

impl Cache {
    /// A zone as an option's value: by its name in the region's own group, else by its id.
    fn zone_of(&self, zone: &str) -> String {
        let id =
            |(_, scope): &(String, String)| format!("\"{scope}/providers/Microsoft.Network/privateDnsZones/{zone}\"");
        self.zone.as_ref().map_or_else(|| zone.to_owned(), id)
    }
}
