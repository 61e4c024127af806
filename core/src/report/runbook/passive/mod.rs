//! The runbook of a passive pair.

mod afterwards;
mod change;
mod create;
mod dns;
mod failover;
mod settings;
mod watch;

pub(in crate::report) use settings::megabytes;

use super::confirm::confirmed;
use super::names::Cache;
use super::recovery_point::recovery_point;
use super::watch::Service;
use super::{Scope, Section, Step, shell, step};

/// The pair's two caches.
struct Pair<'a> {
    scope: &'a Scope<'a>,
    primary: &'a Cache,
    secondary: &'a Cache,
}

pub(super) fn sections(scope: &Scope) -> Vec<Section> {
    let [primary, secondary, ..] = scope.names.caches.as_slice() else { return Vec::new() };
    let pair = Pair { scope, primary, secondary };
    vec![
        pair.create(),
        scope.readiness(Service::Premium, &[primary, secondary]),
        pair.watch(),
        pair.planned(),
        pair.unplanned(),
        pair.afterwards(),
        pair.change(),
        recovery_point(scope, Service::Premium, primary),
        scope.clean_up("Unlink first (“Change”). ", delete),
    ]
}

fn links_of(cache: &Cache) -> String {
    format!("az redis server-link list --name {} --resource-group {} --output table", cache.name, cache.group)
}

fn delete(cache: &Cache) -> String {
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
        "A file for each stands in the evidence folder.",
    )
}

/// What is linked now: a block of its own, read before anything is linked.
fn look_at_links(caches: &[&Cache], expected: &str) -> Step {
    let lists: Vec<String> = caches.iter().map(|cache| links_of(cache)).collect();
    step("List the links before linking.", lists.join("\n"), expected)
}

/// Links, once that is confirmed: linking empties the cache that is added.
fn confirmed_link(primary: &Cache, secondary: &Cache) -> String {
    let name = &secondary.plain;
    confirmed(&format!("empty {name}"), &format!("deletes everything in {name}"), &link(primary, secondary))
}

/// The same command between two caches that are linked changes their roles, once that is confirmed.
fn confirmed_swap(primary: &Cache, secondary: &Cache) -> String {
    let harm = format!("makes {0} the secondary; without a link it empties {0}", secondary.plain);
    confirmed(&format!("fail over to {}", primary.plain), &harm, &link(primary, secondary))
}

/// The other cache stands with its id: it is in a group of its own.
fn link(primary: &Cache, secondary: &Cache) -> String {
    format!(
        "az redis server-link create --name {} --resource-group {} --replication-role Secondary \\\n  \
         --server-to-link \"{}/providers/Microsoft.Cache/Redis/{}\"",
        primary.name, primary.group, secondary.scope, secondary.spliced
    )
}

impl Pair<'_> {
    /// Several shards, or the one that the plan asks for; 0 shards, and one that is derived, is not clustered.
    fn is_clustered(&self, shards: u32) -> bool {
        shards > 1 || self.scope.plan.passive.shards == Some(1)
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
