//! Who may move: one role with the actions that the printed commands of the path need, and nothing more.

use super::super::powershell::programs;
use super::super::roles::{Role, give, made};
use super::super::{Scope, Step};
use super::steps::{MoveSection, adopted, section};
use super::{Cache, Moving};
use crate::model::migration::PathKind;
use crate::report::runbook::{SOON, shell};

const APPROVES: &str = "Microsoft.Cache/redisEnterprise/PrivateEndpointConnectionsApproval/action";
const APPROVES_CLASSIC: &str = "Microsoft.Cache/redis/PrivateEndpointConnectionsApproval/action";

/// Commands by what follows `az`, and the actions that each needs (learn.microsoft.com, role-based-access-control, permissions; those of
/// `migrations` follow the names of its operations).
const NEEDS: &[(&str, &[&str])] = &[
    ("redis show", &["Microsoft.Cache/redis/read"]),
    ("redis export", &["Microsoft.Cache/redis/export/action"]),
    ("redis delete", &["Microsoft.Cache/redis/delete"]),
    ("redis server-link list", &["Microsoft.Cache/redis/linkedServers/read"]),
    ("redis server-link create", &["Microsoft.Cache/redis/linkedServers/write", "Microsoft.Cache/redis/read"]),
    ("redis server-link delete", &["Microsoft.Cache/redis/linkedServers/delete"]),
    (
        "redisenterprise create",
        &[
            "Microsoft.Cache/redisEnterprise/write",
            "Microsoft.Cache/redisEnterprise/databases/write",
            "Microsoft.Cache/redisEnterprise/read",
        ],
    ),
    ("redisenterprise update", &["Microsoft.Cache/redisEnterprise/write"]),
    ("redisenterprise show", &["Microsoft.Cache/redisEnterprise/read"]),
    ("redisenterprise list", &["Microsoft.Cache/redisEnterprise/read"]),
    ("redisenterprise delete", &["Microsoft.Cache/redisEnterprise/delete"]),
    ("redisenterprise list-skus-for-scaling", &["Microsoft.Cache/redisEnterprise/listSkusForScaling/action"]),
    ("redisenterprise database show", &["Microsoft.Cache/redisEnterprise/databases/read"]),
    ("redisenterprise database export", &["Microsoft.Cache/redisEnterprise/databases/export/action"]),
    ("redisenterprise database import", &["Microsoft.Cache/redisEnterprise/databases/import/action"]),
    (
        "redisenterprise database access-policy-assignment create",
        &["Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write"],
    ),
    ("redisenterprise migration show", &["Microsoft.Cache/redisEnterprise/migrations/read"]),
    ("redisenterprise migration validate", &["Microsoft.Cache/redisEnterprise/migrations/validate/action"]),
    (
        "redisenterprise migration start",
        &["Microsoft.Cache/redisEnterprise/migrations/write", "Microsoft.Cache/redisEnterprise/migrations/read"],
    ),
    ("redisenterprise migration undo", &["Microsoft.Cache/redisEnterprise/migrations/cancel/action"]),
    ("network private-dns zone create", &["Microsoft.Network/privateDnsZones/write"]),
    (
        "network private-dns link vnet create",
        &[
            "Microsoft.Network/privateDnsZones/virtualNetworkLinks/write",
            "Microsoft.Network/virtualNetworks/join/action",
        ],
    ),
    ("network private-dns link vnet list", &["Microsoft.Network/privateDnsZones/virtualNetworkLinks/read"]),
    (
        "network private-endpoint create",
        &[
            "Microsoft.Network/privateEndpoints/write",
            "Microsoft.Network/privateEndpoints/read",
            "Microsoft.Network/virtualNetworks/subnets/join/action",
            APPROVES,
        ],
    ),
    ("network private-endpoint show", &["Microsoft.Network/privateEndpoints/read"]),
    ("network private-endpoint list", &["Microsoft.Network/privateEndpoints/read"]),
    ("network private-endpoint delete", &["Microsoft.Network/privateEndpoints/delete"]),
    (
        "network private-endpoint dns-zone-group create",
        &[
            "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write",
            "Microsoft.Network/privateDnsZones/join/action",
        ],
    ),
    (
        "resource list",
        &[
            "Microsoft.Resources/subscriptions/resourceGroups/read",
            "Microsoft.Resources/subscriptions/resourceGroups/resources/read",
        ],
    ),
    (
        "monitor metrics alert create",
        &["Microsoft.Insights/metricAlerts/write", "Microsoft.Insights/actionGroups/read"],
    ),
    ("monitor metrics alert show", &["Microsoft.Insights/metricAlerts/read"]),
    (
        "monitor activity-log alert create",
        &["Microsoft.Insights/activityLogAlerts/write", "Microsoft.Insights/actionGroups/read"],
    ),
    ("monitor activity-log alert show", &["Microsoft.Insights/activityLogAlerts/read"]),
    ("monitor metrics list", &["Microsoft.Insights/metrics/read"]),
    ("tag update", &["Microsoft.Resources/tags/write", "Microsoft.Resources/tags/read"]),
    ("tag list", &["Microsoft.Resources/tags/read"]),
];

/// What the commands of these steps need.
fn needed<'a>(steps: impl Iterator<Item = &'a Step>) -> Vec<&'static str> {
    // The steps of the role itself list its assignments.
    let mut all: Vec<&'static str> = vec!["Microsoft.Authorization/roleAssignments/read"];
    for script in steps.flat_map(|step| [step.commands.as_str(), step.verify.as_str()]) {
        // An endpoint is approved by the service that it leads to.
        let classic = script.contains("--group-id redisCache");
        for words in programs(script).into_iter().flatten() {
            let path = words.get(1..).unwrap_or_default().join(" ");
            let found = NEEDS.iter().find(|(command, _)| *command == path).map(|(_, actions)| *actions);
            for action in found.unwrap_or_default() {
                let action = if classic && *action == APPROVES { APPROVES_CLASSIC } else { action };
                if !all.contains(&action) {
                    all.push(action);
                }
            }
        }
    }
    all
}

impl Moving<'_> {
    /// The groups of what follows, the role, and its assignment for the move.
    pub(super) fn roles(&self, sections: &[MoveSection]) -> MoveSection {
        let (scope, in_place) = (&self.scope, self.path == PathKind::InPlace);
        let looked = super::steps::new_names(in_place, scope);
        let actions = needed(sections.iter().flat_map(|section| &section.steps).chain(&looked));
        let role = Role::for_a_change("move", "moves caches to Azure Managed Redis", actions);
        let groups = if in_place { None } else { scope.groups() };
        let steps = groups.into_iter().chain([made(scope, &[&role]), self.given(&role, &self.reach(in_place))]);
        let steps = steps.chain(self.given_on_endpoints(&role));
        let when =
            "Before the move. An Owner runs this; the operators run the rest, and give the role back at the end.";
        section("migrate-roles", "Roles", when, adopted(steps.collect(), SOON))
    }

    /// Groups of old and new caches, the action group, networks and zones.
    fn reach(&self, in_place: bool) -> Vec<String> {
        let (scope, old) = (&self.scope, self.old());
        let new = if in_place { Vec::new() } else { scope.regions() };
        let of_old = old.iter().map(|cache| {
            format!("/subscriptions/${{SUBSCRIPTION:?}}/resourceGroups/${{OLD_GROUP_{}:?}}", cache.variable)
        });
        let mut scopes: Vec<String> = new.iter().map(|cache| cache.scope.clone()).chain(of_old).collect();
        if !in_place {
            scopes.push("${ACTION_GROUP:?}".to_owned());
        }
        let connected: Vec<&Cache> = if in_place { old.iter().collect() } else { new.clone() };
        for cache in connected.into_iter().filter(|_| scope.private()) {
            scopes.push(format!("${{VNET_ID_{}:?}}", cache.variable));
        }
        if scope.private() {
            scopes.extend(new.iter().filter_map(|cache| cache.zone.as_ref().map(|(_, zone)| zone.clone())));
        }
        if self.endpoints_are_gone() {
            for cache in &old {
                scopes.extend(["OLD_ZONE", "VNET_ID"].map(|what| format!("${{{what}_{}:?}}", cache.variable)));
            }
        }
        scopes
    }

    /// Endpoints may stand in groups of their own.
    fn given_on_endpoints(&self, role: &Role) -> Option<Step> {
        let name = shell::quote(&self.scope.role_name(role));
        let give_each = |cache: &Cache| {
            format!(
                "{}\none_by_one \"$ENDPOINTS\" az role assignment create --role {name} \\\n  \
                 --assignee-object-id \"${{OPERATOR_OBJECT_ID:?}}\" --scope",
                self.endpoints_of(cache)
            )
        };
        self.endpoints_are_gone().then(|| {
            give(
                "Give the operators the role on each private endpoint of the old caches: it may stand in a group of its own.",
                self.each_old(give_each),
            )
        })
    }

    fn given(&self, role: &Role, scopes: &[String]) -> Step {
        let commands = Scope::assigned(&self.scope, role, scopes).join("\n");
        give(
            "Give the operators the role in the groups of the old and of the new caches, and on the action group and the networks that they use.",
            commands,
        )
    }
}
