//! The runbook of a passive pair.

mod create;
mod failover;
mod settings;
mod watch;

use super::names::Cache;
use super::site::SUBSCRIPTION;
use super::{Scope, Section, Step, step};

/// The pair's two caches.
struct Pair<'a> {
    scope: &'a Scope<'a>,
    primary: &'a Cache,
    secondary: &'a Cache,
}

pub(super) fn sections(scope: &Scope) -> Vec<Section> {
    let [primary, secondary, ..] = scope.names.caches.as_slice() else { return Vec::new() };
    let pair = Pair { scope, primary, secondary };
    vec![pair.create(), pair.watch(), pair.planned(), pair.unplanned(), pair.afterwards()]
}

fn links_of(cache: &Cache) -> String {
    format!("az redis server-link list --name {} --resource-group {} --output table", cache.name, cache.group)
}

/// What is linked now: a block of its own, read before anything is linked.
fn look_at_links(caches: &[&Cache], expected: &str) -> Step {
    let lists: Vec<String> = caches.iter().map(|cache| links_of(cache)).collect();
    step("List the links as they are, before anything is linked.", lists.join("\n"), expected)
}

/// Links, once a variable confirms it: linking empties the cache that is added. The confirmation and the command are one line to
/// the shell, for an interactive one goes on to the next line after a variable that is missing.
fn confirmed_link(primary: &Cache, secondary: &Cache) -> String {
    format!(
        "{SUBSCRIPTION}\n: \"${{CONFIRM_EMPTY_{}:?linking deletes everything in {}: set it to yes to go on}}\" && \\\n{}",
        secondary.variable,
        secondary.name,
        link(primary, secondary)
    )
}

/// The other cache stands with its id: it is in a group of its own.
fn link_command(primary: &Cache, secondary: &Cache) -> String {
    format!("{SUBSCRIPTION}\n{}", link(primary, secondary))
}

fn link(primary: &Cache, secondary: &Cache) -> String {
    format!(
        "az redis server-link create --name {} --resource-group {} --replication-role Secondary \\\n  \
         --server-to-link \"/subscriptions/$SUBSCRIPTION/resourceGroups/{}/providers/Microsoft.Cache/Redis/{}\"",
        primary.name, primary.group, secondary.group, secondary.name
    )
}

fn size_words(cache: &crate::model::fit::Cache) -> String {
    let shards = if cache.shards == 1 { "1 shard".to_owned() } else { format!("{} shards", cache.shards) };
    format!("{} with {shards}", cache.sku.short())
}
