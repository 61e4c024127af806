//! The runbook of a passive pair.

mod afterwards;
mod change;
mod create;
mod dns;
mod failback;
mod failover;
mod joined;
mod lost;
mod settings;
mod watch;

pub(in crate::report) use settings::megabytes;

use super::confirm::confirmed_of;
use super::names::Cache;
use super::recovery_point::{export_of_the_other, recovery_point};
use super::watch::Service;
use super::{Scope, Section, Step, shell, step};

/// The pair's two caches: as the plan has them, and by the roles that they have tonight, which the shell knows.
struct Pair<'a> {
    scope: &'a Scope<'a>,
    first: &'a Cache,
    second: &'a Cache,
    primary: Cache,
    secondary: Cache,
}

pub(super) fn sections(scope: &Scope) -> Vec<Section> {
    let [first, second, ..] = scope.names.caches.as_slice() else { return Vec::new() };
    let held = |prefix, plain| scope.held(prefix, plain);
    let (primary, secondary) = (held("PRIMARY", "the primary"), held("SECONDARY", "the secondary"));
    let pair = Pair { scope, first, second, primary, secondary };
    let mut recovery = recovery_point(scope, Service::Premium, &pair.primary);
    recovery.steps.insert(0, pair.find());
    recovery.steps.insert(2, export_of_the_other(scope, Service::Premium, &pair.secondary));
    vec![
        pair.create(),
        scope.readiness(Service::Premium, &[first, second]),
        pair.watch(),
        pair.planned(),
        pair.unplanned(),
        pair.secondary_lost(),
        pair.afterwards(),
        pair.failback(),
        pair.change(),
        recovery,
        scope.clean_up("Unlink first (“Change”). ", delete),
    ]
}

fn links_of(cache: &Cache) -> String {
    format!("az redis server-link list --name {} --resource-group {} --output table", cache.name, cache.group)
}

pub(super) fn delete(cache: &Cache) -> String {
    format!("az redis delete --name {} --resource-group {} --yes", cache.name, cache.group)
}

/// The links as JSON: what stood there before or after a change.
fn save_links(caches: &[&Cache], moment: &str) -> Step {
    let one = |cache: &&Cache| {
        let tag = shell::slug(&format!("links-{moment}-{}", cache.plain), 60);
        format!(
            "save {tag} az redis server-link list --name {} --resource-group {} --output json",
            cache.name, cache.group
        )
    };
    let commands: Vec<String> = caches.iter().map(one).collect();
    step(
        format!("Save the links {moment} the change."),
        commands.join("\n"),
        "A file for each is in the evidence folder.",
    )
}

/// What is linked now: a block of its own, read before anything is linked.
fn look_at_links(caches: &[&Cache], expected: &str) -> Step {
    let lists: Vec<String> = caches.iter().map(|cache| links_of(cache)).collect();
    step("List the links before linking.", lists.join("\n"), expected)
}

/// Links, once that is confirmed: linking empties the cache that is added.
fn confirmed_link(primary: &Cache, secondary: &Cache) -> String {
    let name = secondary.said();
    let (word, harm) = (format!("empty {name}"), format!("deletes everything in {name}"));
    confirmed_of(secondary, &word, &harm, &link(primary, secondary))
}

/// The same command between two caches that are linked changes their roles, once that is confirmed.
fn confirmed_swap(primary: &Cache, secondary: &Cache) -> String {
    let harm = format!("makes {0} the secondary; without a link it empties {0}", secondary.said());
    confirmed_of(primary, &format!("fail over to {}", primary.said()), &harm, &link(primary, secondary))
}

/// The other cache stands with its id: it is in a group of its own.
fn link(primary: &Cache, secondary: &Cache) -> String {
    format!(
        "az redis server-link create --name {} --resource-group {} --replication-role Secondary \\\n  \
         --server-to-link \"{}/providers/Microsoft.Cache/Redis/{}\"",
        primary.name, primary.group, secondary.scope, secondary.spliced
    )
}

/// The roles of the shell follow what Azure did.
fn take_over() -> Step {
    step(
        "Take the new primary over into this shell: from here on PRIMARY is the cache that clients write to.",
        "take_over",
        "Its last line has the new primary first; where there is a link, it follows the link.",
    )
    .at_once()
    .if_fails(
        "NEXT is not set: done already, or a new shell: set_primary with the new primary's name. The old one is first: wait until its link has turned, run it again.",
    )
    .rolled_back("set_primary with the other name.")
}

impl Pair<'_> {
    /// The first step of every section in which roles count: which cache is primary now.
    fn find(&self) -> Step {
        step(
            "Find the primary.",
            "find_primary",
            "It prints both names; without a link it prints the writes of both: name the written one by set_primary.",
        )
        .verified(links_of(&self.primary))
        .at_once()
        .if_fails("Not found: run “Before you start”. Roles disagree: wait a minute.")
        .only_looks()
    }

    /// Several shards, or the one that the plan asks for; 0 shards, and one that is derived, is not clustered.
    fn is_clustered(&self, shards: u32) -> bool {
        shards > 1 || self.scope.plan.passive.shards == Some(1)
    }

    /// Both caches are bought alike.
    fn equal_sizes(&self) -> bool {
        match self.scope.answer.design.caches.as_slice() {
            [first, second, ..] => first.sku == second.sku && first.shards == second.shards,
            _ => true,
        }
    }

    /// "P2 with 3 shards", "P1, not clustered".
    fn size_words(&self, cache: &crate::model::fit::Cache) -> String {
        let size = cache.sku.short();
        if self.is_clustered(cache.shards) {
            format!("{size} with {}", crate::units::format::counted(cache.shards as usize, "shard"))
        } else {
            format!("{size}, not clustered")
        }
    }
}
