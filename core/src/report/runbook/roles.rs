//! Who may do what: one custom role for linking, one for unlinking, one for emptying, each with what it needs and nothing more.

use super::{Scope, Section, section, shell, step};
use crate::model::Topology;

/// Actions of the control plane, as the list of permissions has them (learn.microsoft.com, permissions/databases).
type Role = (&'static str, &'static str, &'static [&'static str]);

const READ_PREMIUM: [&str; 3] =
    ["Microsoft.Cache/redis/read", "Microsoft.Cache/redis/linkedServers/read", "Microsoft.Insights/metrics/read"];
const READ_MANAGED: [&str; 3] = [
    "Microsoft.Cache/redisEnterprise/read",
    "Microsoft.Cache/redisEnterprise/databases/read",
    "Microsoft.Insights/metrics/read",
];
const PREMIUM: [Role; 3] = [
    ("link", "links two caches and fails over", &["Microsoft.Cache/redis/linkedServers/write"]),
    ("unlink", "unlinks two caches", &["Microsoft.Cache/redis/linkedServers/delete"]),
    ("flush", "empties a cache", &["Microsoft.Cache/redis/flush/action"]),
];
const MANAGED: [Role; 3] = [
    (
        "link",
        "joins a database to a group",
        &[
            "Microsoft.Cache/redisEnterprise/databases/write",
            "Microsoft.Cache/redisEnterprise/databases/forceLinkToReplicationGroup/action",
        ],
    ),
    ("unlink", "gives a member up", &["Microsoft.Cache/redisEnterprise/databases/forceUnlink/action"]),
    ("flush", "empties every member", &["Microsoft.Cache/redisEnterprise/databases/flush/action"]),
];

impl Scope<'_> {
    /// Three roles and their assignment; whoever only looks needs Reader.
    pub(super) fn roles(&self) -> Section {
        let (roles, read) = match self.answer.topology {
            Topology::Passive => (&PREMIUM[..], READ_PREMIUM),
            Topology::Active => (&MANAGED[..], READ_MANAGED),
            Topology::Rebuild => (&MANAGED[2..], READ_MANAGED),
        };
        let (create, assign): (Vec<String>, Vec<String>) =
            roles.iter().map(|role| (self.define(role, read), self.assign(role))).unzip();
        let steps = vec![
            step(
                "Create the roles, once: each holds the actions of one deed. Creating caches, endpoints and alerts takes \
                 Contributor on the groups.",
                create.join("\n"),
                "Each role is printed with its actions.",
            )
            .verified("az role definition list --custom-role-only true --query '[].roleName' --output json")
            .if_fails("The signed-in identity needs Microsoft.Authorization/roleDefinitions/write: Owner or User Access Administrator.")
            .rolled_back("Delete the role in the portal once nobody has it."),
            step(
                "Give the operators these roles on the group of each region; take “unlink” and “flush” back after an incident \
                 where your rules ask for it. Everybody else has Reader.",
                assign.join("\n"),
                "Each assignment is printed.",
            )
            .verified("az role assignment list --assignee \"${OPERATOR_OBJECT_ID:?}\" --all --output json")
            .if_fails("A new role is known everywhere after some minutes: wait five and run it again."),
        ];
        section("Roles", "Once, before anything is created.", steps)
    }

    fn role_name(&self, (deed, ..): &Role) -> String {
        format!("{} {deed}", self.base)
    }

    fn define(&self, role: &Role, read: [&str; 3]) -> String {
        let (_, what, actions) = role;
        let list = |all: Vec<&str>| all.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(",");
        let json = format!(
            "{{\"Name\":\"{}\",\"IsCustom\":true,\"Description\":\"Of the runbook: {what}.\",\"Actions\":[{}],\"NotActions\":[],\
             \"AssignableScopes\":[\"/subscriptions/",
            self.role_name(role),
            list([&read[..], actions].concat())
        );
        format!(
            "az role definition create --role-definition {}\"${{SUBSCRIPTION:?}}\"{}",
            shell::quote(&json),
            shell::quote("\"]}")
        )
    }

    fn assign(&self, role: &Role) -> String {
        let one = |region: &super::names::Cache| {
            format!(
                "az role assignment create --role {} \\\n  \
                 --assignee-object-id \"${{OPERATOR_OBJECT_ID:?}}\" --scope \"{}\"",
                shell::quote(&self.role_name(role)),
                region.scope
            )
        };
        self.regions().into_iter().map(one).collect::<Vec<_>>().join("\n")
    }
}
