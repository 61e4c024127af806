//! What goes when the design goes: alerts, endpoints, caches, groups, roles, in an order that nothing refuses.

use super::confirm::confirmed_of;
use super::names::Cache;
use super::{Scope, Section, Step, active, passive, section, shell, step};
use crate::model::Topology;

impl Scope<'_> {
    /// A command that prints a cache's name while it is there.
    pub(super) fn remains(&self, cache: &Cache) -> String {
        let service = match self.answer.topology {
            Topology::Passive => "redis",
            Topology::Rebuild | Topology::Active => "redisenterprise",
        };
        format!("az {service} list --resource-group {} --query '[].name' --output tsv", cache.group)
    }

    /// The deletion of a cache in the course of things; it waits for a confirmation. Its endpoints go in a step behind it
    /// ([`Self::endpoints_go`]).
    pub(super) fn deletion(&self, text: impl Into<String>, cache: &Cache, fails: &str, back: &str) -> Step {
        let commands = match self.answer.topology {
            Topology::Passive => {
                let said = cache.said();
                let harm = format!("deletes {said} and everything in it");
                confirmed_of(cache, &format!("delete {said}"), &harm, &passive::delete(cache))
            }
            Topology::Rebuild | Topology::Active => active::delete_cache(cache),
        };
        step(text, commands, "It is not listed any more.")
            .verified(self.remains(cache))
            .timed("delete_member", self.plan.recovery.delete_member)
            .if_fails(fails)
            .rolled_back(back)
    }

    /// Deletes the caches by `delete`, then what stands around them. Groups are deleted whole only where the runbook made them.
    pub(super) fn clean_up(&self, first: &str, delete: impl Fn(&Cache) -> String) -> Section {
        let mut steps = Vec::new();
        for cache in &self.names.caches {
            let plain = &cache.plain;
            steps.push(
                step(
                    format!("{first}Warning: this deletes {plain} and everything in it, for good."),
                    confirmed_of(
                        cache,
                        &format!("clean up {}", cache.said()),
                        &format!("deletes {}", cache.said()),
                        &delete(cache),
                    ),
                    format!("{plain} is not found any more."),
                )
                .verified(self.remains(cache))
                .timed("delete_member", self.plan.recovery.delete_member)
                .if_fails(match self.answer.topology {
                    Topology::Passive => "A linked cache hangs in deleting: unlink it first.",
                    Topology::Rebuild | Topology::Active => {
                        "A lock or a quota is in the way: look at the activity log."
                    }
                })
                .rolled_back("None; a new cache can take an export."),
            );
            steps.extend(self.endpoints_go(cache));
        }
        let list = |region: &Cache| {
            let tag = shell::quote(&format!("left-{}", shell::slug(&region.region, 40)));
            format!("save {tag} az resource list --resource-group {} --output json", region.group)
        };
        let left: Vec<String> = self.regions().into_iter().map(list).collect();
        steps.push(step(
            "List what is left in each group. Delete alerts, zones, roles and groups by hand where nobody else uses them; cancel or exchange reservations.",
            left.join("\n"),
            "Nothing of this design is listed.",
        ));
        section("Clean up", "The design is given up, or a drill's copy is done with.", steps)
    }
}
