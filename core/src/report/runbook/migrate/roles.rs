//! Who may move: one role with the actions that the printed commands of the path need, and nothing more.

use super::super::actions::actions;
use super::super::powershell::programs;
use super::super::roles::{Role, give, made};
use super::super::{Scope, Step};
use super::steps::{MoveSection, act, adopted, section};
use super::{Cache, Moving};
use crate::model::migration::PathKind;
use crate::report::runbook::{SOON, shell};

/// What the commands of these steps need.
fn needed<'a>(steps: impl Iterator<Item = &'a Step>) -> Vec<&'static str> {
    // The steps of the role itself list its assignments.
    let mut all: Vec<&'static str> = vec!["Microsoft.Authorization/roleAssignments/read"];
    for script in steps.flat_map(|step| [step.commands.as_str(), step.verify.as_str()]) {
        for words in programs(script).into_iter().flatten() {
            let path = words.get(1..).unwrap_or_default().join(" ");
            // An endpoint is approved by the service that it leads to.
            let alike = |action: &&str| {
                !action.contains("PrivateEndpointConnections")
                    || script.contains(if action.contains("redisEnterprise") {
                        "--group-id redisEnterprise"
                    } else {
                        "--group-id redisCache"
                    })
            };
            for action in actions(&path).filter(alike) {
                if !all.contains(&action) {
                    all.push(action);
                }
            }
        }
    }
    all
}

impl Moving<'_> {
    /// The groups of what follows, the role, and its assignment for the move; and the step that ends it.
    pub(super) fn roles(&self, sections: &[MoveSection]) -> (MoveSection, Step) {
        let (scope, in_place) = (&self.scope, self.path == PathKind::InPlace);
        let looked = super::steps::new_names(in_place, scope);
        let actions = needed(sections.iter().flat_map(|section| &section.steps).chain(&looked));
        let role = Role::for_a_change("move", "moves caches to Azure Managed Redis", actions);
        let groups = if in_place { None } else { scope.groups() };
        let steps = groups.into_iter().chain([made(scope, &[&role]), self.given(&role, &self.reach(in_place))]);
        let steps = steps.chain(self.given_on_endpoints(&role));
        let when = "Before the move. An Owner runs this and takes the role back at the end (“Clean up”); the operators run the rest.";
        (section("migrate-roles", "Roles", when, adopted(steps.collect(), SOON)), self.taken_back(&role))
    }

    /// Only who may give roles may take one back, wherever it was given.
    fn taken_back(&self, role: &Role) -> Step {
        let name = shell::quote(&self.scope.role_name(role));
        let one = |other: Option<&str>| {
            let at = other.map_or_else(String::new, |id| format!(" --subscription {}", shell::arg(id)));
            format!(
                "ASSIGNMENTS=\"$(az role assignment list --assignee \"${{OPERATOR_OBJECT_ID:?}}\" --role {name} --all{at} \\\n  \
                 --query '[].id' --output tsv)\"\n\
                 one_by_one \"$ASSIGNMENTS\" az role assignment delete --ids"
            )
        };
        let others = self.scope.plan.other_subscriptions();
        let commands: Vec<String> = [one(None)].into_iter().chain(others.iter().map(|id| one(Some(id)))).collect();
        act("Take the role back: an Owner runs this.")
            .run(commands.join("\n"))
            .expect("The role of the move is not listed any more.")
            .verified("az role assignment list --assignee \"${OPERATOR_OBJECT_ID:?}\" --all --output json")
            .within(SOON)
            .else_do("Forbidden: sign in as an Owner or a User Access Administrator.", "Give it again as in “Roles”.")
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
