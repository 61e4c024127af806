//! What every topology needs around its caches: variables, resource groups, private names and endpoints, access policies.

use super::names::Cache;
use super::watch::Service;
use super::{Scope, Section, Step, section, shell, step};
use crate::model::Topology;
use crate::plan::Network;

/// Sets `$SUBSCRIPTION`, which resource ids begin with.
pub(super) const SUBSCRIPTION: &str = "SUBSCRIPTION=\"$(az account show --query id --output tsv)\"";

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
            if regions.iter().all(|other| other.group != cache.group) {
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

    /// What the plan does not know and a command of these sections uses, asked for once; and the tools that they need.
    pub(super) fn before(&self, sections: &[Section]) -> Section {
        let printed = |name: &String| {
            let used = format!("${{{name}:?}}");
            sections.iter().flat_map(|section| &section.steps).any(|step| step.commands.contains(&used))
        };
        let asked: Vec<String> = self
            .unknown()
            .into_iter()
            .filter(|(name, _)| printed(name))
            .map(|(name, what)| format!(": \"${{{name}:?set it to {what}}}\""))
            .collect();
        let signed_in = if self.entra() { " Sign in as the identity of OPERATOR_OBJECT_ID, in jobs too." } else { "" };
        let text = format!(
            "Set what the plan does not hold; a command stops where one is missing.{signed_in} A destructive step runs only \
             after CONFIRM is set to the words it prints, and unsets it."
        );
        let steps = vec![self.tools(), step(text, asked.join("\n"), "No error.")];
        section("Before you start", "In every shell, also in an incident.", steps)
    }

    /// Every variable that a command can use, and what it is to be set to.
    fn unknown(&self) -> Vec<(String, String)> {
        let mut unknown = vec![
            ("ACTION_GROUP".to_owned(), "the resource id of the action group".to_owned()),
            ("APP_OBJECT_ID".to_owned(), "the object id of the application identity".to_owned()),
            ("OPERATOR_OBJECT_ID".to_owned(), "the object id of the identity that runs these commands".to_owned()),
            ("DNS_ZONE".to_owned(), "the private DNS zone of the cache name that clients use".to_owned()),
            ("DNS_RECORD".to_owned(), "the record of that name in DNS_ZONE".to_owned()),
        ];
        unknown.extend(super::traffic::unknown(self));
        for Cache { variable, place, .. } in self.regions() {
            let place = shell::slug(place, 40);
            unknown.extend([
                (format!("VNET_ID_{variable}"), format!("the id of the virtual network in {place}")),
                (format!("SUBNET_ID_{variable}"), format!("the id of the subnet in {place}")),
                (format!("DNS_GROUP_{variable}"), format!("the resource group of DNS_ZONE in {place}")),
            ]);
        }
        unknown
    }

    /// The CLI's version; for Azure Managed Redis its extension too, which an incident's shell may lack.
    fn tools(&self) -> Step {
        if self.answer.topology == Topology::Passive {
            let version = "az version --query '\"azure-cli\"' --output tsv";
            return step("Check the Azure CLI.", version, "The commands match 2.91.0.");
        }
        step(
            "Add the Azure Managed Redis extension; check its version.",
            "az extension add --name redisenterprise --upgrade --yes\naz version --query extensions.redisenterprise --output tsv",
            "1.3.0 or later: older versions create differently. The commands match 1.4.0.",
        )
    }

    /// The tag of everything that the steps create, as an option's quoted value.
    pub(super) fn tag(&self) -> String {
        shell::quote(&format!("plan={}", shell::one_line(&self.plan.name)))
    }

    /// A group in each region.
    pub(super) fn groups(&self) -> Step {
        let tag = self.tag();
        let group = |region: &Cache| {
            format!("az group create --name {} --location {} --tags {tag}", region.group, shell::arg(&region.region))
        };
        let commands: Vec<String> = self.regions().into_iter().map(group).collect();
        step(
            "Create one resource group per region; caches never share one: while a group's region is down, nothing in it can \
             be changed.",
            commands.join("\n"),
            "provisioningState is Succeeded.",
        )
    }

    /// A private DNS zone in each region's group, linked to the region's network.
    pub(super) fn zones(&self, service: Service) -> Option<Step> {
        let zone = service.zone();
        let one = |region: &Cache| {
            let Cache { group, variable, .. } = region;
            format!(
                "az network private-dns zone create --resource-group {group} --name {zone}\n\
                 az network private-dns link vnet create --resource-group {group} --zone-name {zone} --name redis \\\n  \
                 --virtual-network \"${{VNET_ID_{variable}:?}}\" --registration-enabled false"
            )
        };
        let commands: Vec<String> = self.regions().into_iter().map(one).collect();
        let text = format!(
            "Create the private DNS zone {zone} in each region's group and link it to its network, so that each region \
             resolves names alone. Reuse an existing zone of this name. The bill counts one private endpoint per cache."
        );
        self.private().then(|| step(text, commands.join("\n"), "virtualNetworkLinkState is Completed."))
    }

    /// Private endpoints of a cache in the networks of these regions, with the zone groups that make its name resolve there.
    pub(super) fn endpoints(&self, service: Service, cache: &Cache, regions: &[&Cache]) -> Option<Step> {
        let name = &cache.name;
        let one = |region: &&Cache| {
            let Cache { group, variable, .. } = region;
            format!(
                "az network private-endpoint create --name {name}-pe --resource-group {group} --location {} \\\n  \
                 --subnet \"${{SUBNET_ID_{variable}:?}}\" --connection-name {name}-pe \\\n  \
                 --private-connection-resource-id \"$ID\" --group-id {}\n\
                 az network private-endpoint dns-zone-group create --endpoint-name {name}-pe --resource-group {group} \\\n  \
                 --name default --zone-name redis --private-dns-zone {}",
                shell::arg(&region.region),
                service.sub_resource(),
                service.zone()
            )
        };
        let commands: Vec<String> = [service.id(cache)].into_iter().chain(regions.iter().map(one)).collect();
        let text = match regions {
            [one] => format!("Create the private endpoint of {name} in the network of {}.", one.place),
            _ => format!("Create the private endpoints of {name}, one in each network."),
        };
        let check = "Approved; the name resolves to a private address in each network.";
        self.private().then(|| step(text, commands.join("\n"), check))
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
        if self.entra() { " Repeat the access policy for further identities." } else { "" }
    }
}
