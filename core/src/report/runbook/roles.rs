//! Who may do what: a custom role for each deed, with the actions that its printed commands need and nothing more.
//!
//! Actions: the lists of permissions of databases, networking, monitor and management (learn.microsoft.com, role-based-access-control,
//! permissions). A test holds every printed command to them.

use super::names::Cache;
use super::{SOON, Scope, Section, Step, section, shell, step};
use crate::model::Topology;
use crate::plan::{Network, TrafficSwitch};
use crate::report::visible;

/// One deed, and the actions of the control plane that it needs.
pub(super) struct Role {
    deed: &'static str,
    what: &'static str,
    /// Given for a change and taken back; the others are held all the time.
    for_a_change: bool,
    actions: Vec<&'static str>,
    /// Those of the data plane.
    data: &'static [&'static str],
}

impl Role {
    /// One that is given for a change and taken back.
    pub(super) const fn for_a_change(deed: &'static str, what: &'static str, actions: Vec<&'static str>) -> Self {
        Self { deed, what, for_a_change: true, actions, data: &[] }
    }
}

/// Creates these roles.
pub(super) fn made(scope: &Scope, roles: &[&Role]) -> Step {
    let create: Vec<String> = roles.iter().map(|role| scope.define(role)).collect();
    step("Create the roles, once: each holds the actions of one task.", create.join("\n"), "Each role is printed with its actions.")
        .verified("az role definition list --custom-role-only true --query '[].roleName' --output json")
        .takes(SOON)
        .if_fails("The signed-in identity needs Microsoft.Authorization/roleDefinitions/write in each subscription that a role names: Owner or User Access Administrator.")
        .rolled_back("Delete the role in the portal once nobody has it.")
}

/// Gives roles by these commands.
pub(super) fn give(text: &str, commands: String) -> Step {
    step(text, commands, "Each assignment is printed.")
        .verified("az role assignment list --assignee \"${OPERATOR_OBJECT_ID:?}\" --all --output json")
        .takes(SOON)
        .if_fails(
            "PrincipalNotFound, or the role is not found: a new one takes minutes to be known; wait five, run it again. Still not found: \
             its AssignableScopes lack the subscription of the scope.",
        )
        .rolled_back("az role assignment delete with the same options takes one back.")
}

const LOOK: [&str; 6] = [
    "Microsoft.Resources/subscriptions/resourceGroups/read",
    "Microsoft.Resources/subscriptions/resourceGroups/resources/read",
    "Microsoft.Insights/metrics/read",
    "Microsoft.Insights/metricAlerts/read",
    "Microsoft.Insights/activityLogAlerts/read",
    "Microsoft.Authorization/roleAssignments/read",
];
const LOOK_PREMIUM: [&str; 5] = [
    "Microsoft.Cache/redis/read",
    "Microsoft.Cache/redis/linkedServers/read",
    "Microsoft.Cache/redis/firewallRules/read",
    "Microsoft.Cache/redis/patchSchedules/read",
    "Microsoft.Cache/redis/accessPolicyAssignments/read",
];
const LOOK_MANAGED: [&str; 2] =
    ["Microsoft.Cache/redisEnterprise/read", "Microsoft.Cache/redisEnterprise/databases/read"];
const LOOK_PRIVATE: [&str; 2] =
    ["Microsoft.Network/privateEndpoints/read", "Microsoft.Network/privateDnsZones/virtualNetworkLinks/read"];
const CONNECT: [&str; 7] = [
    "Microsoft.Network/privateEndpoints/write",
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write",
    "Microsoft.Network/virtualNetworks/subnets/join/action",
    "Microsoft.Network/virtualNetworks/join/action",
    "Microsoft.Network/privateDnsZones/write",
    "Microsoft.Network/privateDnsZones/join/action",
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks/write",
];
const WATCH: [&str; 3] = [
    "Microsoft.Insights/metricAlerts/write",
    "Microsoft.Insights/activityLogAlerts/write",
    "Microsoft.Insights/actionGroups/read",
];

impl Scope<'_> {
    /// Groups and roles, then their assignment: held all the time, or for a change.
    pub(super) fn roles(&self) -> Section {
        let roles = self.all_roles();
        let assigned = |for_a_change: bool| {
            let some = roles.iter().filter(|role| role.for_a_change == for_a_change);
            some.flat_map(|role| self.assign(role)).collect::<Vec<_>>().join("\n")
        };
        let steps = [
            self.groups(),
            Some(made(self, &roles.iter().collect::<Vec<_>>())),
            Some(give(
                "Give the operators what an outage needs, in the group of each region and of the DNS zones. Everybody else has Reader.",
                assigned(false),
            )),
            Some(give("Give them these for a change, and take them back after it.", assigned(true))),
        ];
        let when = "Once, before anything is created. An Owner runs this; the operators run the rest.";
        section("Roles", when, steps.into_iter().flatten().collect())
    }

    fn all_roles(&self) -> Vec<Role> {
        let role = |deed, what, for_a_change, actions: Vec<&'static str>| Role {
            deed,
            what,
            for_a_change,
            actions,
            data: &[],
        };
        let premium = self.answer.topology == Topology::Passive;
        let of = |premium_action: &'static str, managed: &'static str| if premium { premium_action } else { managed };
        let mut roles = vec![
            role("look", "reads caches, links, metrics, alerts and names", false, self.reads()),
            role(
                "link",
                "links two caches and fails over",
                false,
                vec![of(
                    "Microsoft.Cache/redis/linkedServers/write",
                    "Microsoft.Cache/redisEnterprise/databases/forceLinkToReplicationGroup/action",
                )],
            ),
            role(
                "unlink",
                "ends the copy of a cache",
                false,
                vec![of(
                    "Microsoft.Cache/redis/linkedServers/delete",
                    "Microsoft.Cache/redisEnterprise/databases/forceUnlink/action",
                )],
            ),
            role(
                "sign-in",
                "reads access keys",
                false,
                vec![of(
                    "Microsoft.Cache/redis/listKeys/action",
                    "Microsoft.Cache/redisEnterprise/databases/listKeys/action",
                )],
            ),
            role(
                "names",
                "changes the record that clients use",
                false,
                vec!["Microsoft.Network/privateDnsZones/CNAME/write"],
            ),
            Role {
                data: self.keys_of_the_switch(),
                ..role("traffic", "moves the traffic switch", false, self.switches())
            },
            role("create", "creates caches, their network and alerts", true, self.creates()),
            role("change", "scales, renews keys, exports and imports", true, self.changes()),
            role(
                "flush",
                "empties a cache",
                true,
                vec![of(
                    "Microsoft.Cache/redis/flush/action",
                    "Microsoft.Cache/redisEnterprise/databases/flush/action",
                )],
            ),
            role("delete", "deletes caches and their endpoints", true, self.deletes()),
        ];
        roles.retain(|role| self.has(role));
        roles
    }

    /// The design has the deed at all.
    fn has(&self, role: &Role) -> bool {
        let alone = self.answer.topology == Topology::Rebuild;
        match role.deed {
            "link" | "unlink" | "flush" => !alone,
            "sign-in" => !alone && !self.entra(),
            "names" => self.names_change(),
            _ => !role.actions.is_empty(),
        }
    }

    /// A step changes the record that clients use.
    fn names_change(&self) -> bool {
        let by_record = self.plan.traffic.switch == TrafficSwitch::DnsRecord;
        by_record || (self.private() && self.answer.topology == Topology::Passive)
    }

    fn reads(&self) -> Vec<&'static str> {
        let caches = if self.answer.topology == Topology::Passive { &LOOK_PREMIUM[..] } else { &LOOK_MANAGED };
        let network = if self.private() { &LOOK_PRIVATE[..] } else { &[] };
        let names: &[&str] = match (self.answer.topology, self.private(), self.names_change()) {
            (Topology::Passive, true, _) => {
                &["Microsoft.Network/privateDnsZones/A/read", "Microsoft.Network/privateDnsZones/CNAME/read"]
            }
            (_, _, true) => &["Microsoft.Network/privateDnsZones/CNAME/read"],
            _ => &[],
        };
        [caches, &LOOK, network, names].concat()
    }

    fn creates(&self) -> Vec<&'static str> {
        let premium = self.answer.topology == Topology::Passive;
        let (mut caches, approves, policies) = if premium {
            (
                vec!["Microsoft.Cache/redis/write"],
                "Microsoft.Cache/redis/PrivateEndpointConnectionsApproval/action",
                "Microsoft.Cache/redis/accessPolicyAssignments/write",
            )
        } else {
            (
                vec!["Microsoft.Cache/redisEnterprise/write", "Microsoft.Cache/redisEnterprise/databases/write"],
                "Microsoft.Cache/redisEnterprise/PrivateEndpointConnectionsApproval/action",
                "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write",
            )
        };
        let firewall = premium && self.plan.passive.network == Network::Public;
        caches.extend(self.private().then_some(approves));
        caches.extend(self.entra().then_some(policies));
        caches.extend(firewall.then_some("Microsoft.Cache/redis/firewallRules/write"));
        let injected = premium && self.plan.passive.network == Network::VnetInjected;
        let network = match (self.private(), injected) {
            (true, _) => &CONNECT[..],
            (false, true) => &["Microsoft.Network/virtualNetworks/subnets/join/action"],
            (false, false) => &[],
        };
        [&caches[..], network, &WATCH].concat()
    }

    fn changes(&self) -> Vec<&'static str> {
        if self.answer.topology == Topology::Passive {
            vec![
                "Microsoft.Cache/redis/write",
                "Microsoft.Cache/redis/regenerateKey/action",
                "Microsoft.Cache/redis/export/action",
                "Microsoft.Cache/redis/import/action",
            ]
        } else {
            vec![
                "Microsoft.Cache/redisEnterprise/write",
                "Microsoft.Cache/redisEnterprise/listSkusForScaling/action",
                "Microsoft.Cache/redisEnterprise/databases/regenerateKey/action",
                "Microsoft.Cache/redisEnterprise/databases/export/action",
                "Microsoft.Cache/redisEnterprise/databases/import/action",
            ]
        }
    }

    fn deletes(&self) -> Vec<&'static str> {
        let cache = match self.answer.topology {
            Topology::Passive => "Microsoft.Cache/redis/delete",
            Topology::Active | Topology::Rebuild => "Microsoft.Cache/redisEnterprise/delete",
        };
        let endpoint = self.private().then_some("Microsoft.Network/privateEndpoints/delete");
        let public = self.answer.topology == Topology::Passive && self.plan.passive.network == Network::Public;
        let rule = public.then_some("Microsoft.Cache/redis/firewallRules/delete");
        [Some(cache), endpoint, rule].into_iter().flatten().collect()
    }

    fn switches(&self) -> Vec<&'static str> {
        match self.plan.traffic.switch {
            TrafficSwitch::TrafficManager => vec![
                "Microsoft.Network/trafficManagerProfiles/read",
                "Microsoft.Network/trafficManagerProfiles/write",
                "Microsoft.Network/trafficManagerProfiles/externalEndpoints/read",
                "Microsoft.Network/trafficManagerProfiles/externalEndpoints/write",
            ],
            TrafficSwitch::FrontDoor => vec![
                "Microsoft.Cdn/profiles/read",
                "Microsoft.Cdn/profiles/write",
                "Microsoft.Cdn/profiles/origingroups/read",
                "Microsoft.Cdn/profiles/origingroups/write",
                "Microsoft.Cdn/profiles/origingroups/origins/read",
                "Microsoft.Cdn/profiles/origingroups/origins/write",
            ],
            TrafficSwitch::AppConfiguration => vec![
                "Microsoft.AppConfiguration/configurationStores/read",
                "Microsoft.AppConfiguration/configurationStores/write",
                "Microsoft.AppConfiguration/configurationStores/replicas/read",
                "Microsoft.AppConfiguration/configurationStores/replicas/write",
            ],
            TrafficSwitch::Unsaid
            | TrafficSwitch::ByHand
            | TrafficSwitch::CircuitBreaker
            | TrafficSwitch::DnsRecord => Vec::new(),
        }
    }

    /// The keys of the switch are data.
    fn keys_of_the_switch(&self) -> &'static [&'static str] {
        match self.plan.traffic.switch {
            TrafficSwitch::AppConfiguration => &[
                "Microsoft.AppConfiguration/configurationStores/keyValues/read",
                "Microsoft.AppConfiguration/configurationStores/keyValues/write",
            ],
            _ => &[],
        }
    }

    pub(super) fn role_name(&self, role: &Role) -> String {
        format!("{} {}", self.base, role.deed)
    }

    /// A role can be given in the subscriptions that it names: all in which something of the plan stands.
    fn define(&self, role: &Role) -> String {
        let listed = |all: &[&str]| all.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(",");
        let data =
            if role.data.is_empty() { String::new() } else { format!("\"DataActions\":[{}],", listed(role.data)) };
        let other =
            |id: &&str| format!(",{}", serde_json::Value::from(format!("/subscriptions/{}", visible::line(id))));
        let others: String = self.plan.other_subscriptions().iter().map(other).collect();
        let json = format!(
            "{{\"Name\":\"{}\",\"IsCustom\":true,\"Description\":\"Of the runbook: {}.\",\"Actions\":[{}],{data}\"NotActions\":[],\
             \"AssignableScopes\":[\"/subscriptions/",
            self.role_name(role),
            role.what,
            listed(&role.actions)
        );
        format!(
            "az role definition create --role-definition {}\"${{SUBSCRIPTION:?}}\"{}",
            shell::quote(&json),
            shell::quote(&format!("\"{others}]}}"))
        )
    }

    /// In the group of each region, and where else its deed reaches.
    fn assign(&self, role: &Role) -> Vec<String> {
        let mut scopes: Vec<String> = Vec::new();
        for region in self.regions() {
            // The record that clients use stands in a zone of its own, the switch in a group of its own.
            scopes.extend((!["names", "traffic"].contains(&role.deed)).then(|| region.scope.clone()));
            scopes.extend(self.elsewhere(role, region));
        }
        if ["look", "unlink", "delete"].contains(&role.deed) {
            scopes.extend(self.names.left.iter().map(|it| it.cache.scope.clone()));
        }
        if role.deed == "create" {
            scopes.push("${ACTION_GROUP:?}".to_owned());
        }
        self.assigned(role, &scopes)
    }

    /// Commands that give a role on each of these scopes, once.
    pub(super) fn assigned(&self, role: &Role, scopes: &[String]) -> Vec<String> {
        let mut once: Vec<&String> = Vec::new();
        for scope in scopes {
            if !once.contains(&scope) {
                once.push(scope);
            }
        }
        let name = shell::quote(&self.role_name(role));
        let one = |scope: &&String| {
            format!(
                "az role assignment create --role {name} \\\n  \
                 --assignee-object-id \"${{OPERATOR_OBJECT_ID:?}}\" --scope \"{scope}\""
            )
        };
        once.iter().map(one).collect()
    }

    /// Networks and zones stand in groups of their own.
    fn elsewhere(&self, role: &Role, region: &Cache) -> Vec<String> {
        let variable = &region.variable;
        let zone = region.zone.as_ref().map(|(_, scope)| scope.clone());
        let names = || region.dns.1.clone();
        match role.deed {
            "create" if self.private() => {
                let network = [format!("${{VNET_ID_{variable}:?}}")];
                network.into_iter().chain(zone).collect()
            }
            "create" if role.actions.contains(&"Microsoft.Network/virtualNetworks/subnets/join/action") => {
                vec![format!("${{SUBNET_ID_{variable}:?}}")]
            }
            "look" if self.private() => zone.into_iter().chain(self.names_change().then(names)).collect(),
            "names" => vec![names()],
            "traffic" => vec!["/subscriptions/${SUBSCRIPTION:?}/resourceGroups/${TRAFFIC_GROUP:?}".to_owned()],
            _ => Vec::new(),
        }
    }
}
