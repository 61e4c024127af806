//! What runs is taken into the state: without that the provider stops at what exists already.

use super::super::design::{Blueprint, CacheCode, Name};
use super::super::quote::hcl_string;
use super::super::together;
use super::caches::address;
use super::write::{comment, set, top, variable_of};
use crate::model::Topology;
use crate::report::runbook::shell_word;

/// An import of each cache that runs and of its group; empty where none runs.
pub(super) fn imports(blueprint: &Blueprint) -> String {
    let live: Vec<(&CacheCode, String)> = blueprint
        .caches
        .iter()
        .filter(|cache| cache.live)
        .filter_map(|cache| Some((cache, cache_id(blueprint, cache)?)))
        .collect();
    let groups = blueprint.regions.iter().filter(|region| region.live).map(|region| {
        let to = format!("azurerm_resource_group.{}", region.symbol_of_group());
        import(&to, &group_id(&region.group, None))
    });
    let all: Vec<String> =
        groups.chain(live.iter().map(|(cache, id)| import(&address(blueprint, cache), id))).collect();
    if all.is_empty() {
        return String::new();
    }
    let linked = match blueprint.topology {
        Topology::Rebuild => "",
        // The link of a cache that runs alone is another pair's.
        Topology::Passive if live.len() < 2 => "",
        Topology::Passive => {
            "\nA link that stands is imported by hand, with create_link true: azurerm_redis_linked_server.link[0], by the id of the primary and\n\
             /linkedServers/ with the name of the secondary."
        }
        Topology::Active => {
            "\nThe links of a group are imported by hand: azurerm_managed_redis_geo_replication.group, by the id of the first member."
        }
    };
    let said = format!(
        "What runs is taken into the state, and changed to what stands here: read the plan before you apply it. Private endpoints, zones and\n\
         alerts that exist are imported alike.{linked}\n\
         Its tags stay. These commands give it those of the unit beside its own; chargeback counts it by them:\n{}",
        live.iter().map(|(cache, _)| tag(blueprint, cache)).collect::<Vec<_>>().join("\n")
    );
    together([comment(&said)].into_iter().chain(all))
}

/// The command that gives a cache the tags of its unit.
fn tag(blueprint: &Blueprint, cache: &CacheCode) -> String {
    let tags = blueprint.tags().map(|(name, value)| shell_word(&format!("{name}={value}"))).join(" ");
    format!("az tag update --resource-id {} --operation Merge --tags {tags}", cache.shell_id)
}

fn cache_id(blueprint: &Blueprint, cache: &CacheCode) -> Option<String> {
    let group = group_id(&blueprint.regions.get(cache.at)?.group, None);
    Some(format!("{group}/providers/{}/{}", blueprint.service.namespace(), inside(&cache.name)))
}

fn import(to: &str, id: &str) -> String {
    top("import", vec![set("to", to), set("id", format!("\"{id}\""))])
}

/// The id of a resource group, inside a string.
pub(super) fn group_id(name: &Name, subscription: Option<&str>) -> String {
    format!("{}/resourceGroups/{}", subscription_id(subscription), inside(name))
}

/// The id of the configuration's subscription, or of another, inside a string.
pub(super) fn subscription_id(other: Option<&str>) -> String {
    format!("/subscriptions/{}", other.map_or_else(|| "${var.subscription_id}".to_owned(), unquoted))
}

/// A name inside a string that has other parts.
pub(super) fn inside(name: &Name) -> String {
    match name {
        Name::Known(name) => unquoted(name),
        Name::Asked { kind, symbol, .. } => format!("${{var.{}}}", variable_of(kind, symbol)),
    }
}

/// A text inside a string.
pub(super) fn unquoted(text: &str) -> String {
    let quoted = hcl_string(text);
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
}
