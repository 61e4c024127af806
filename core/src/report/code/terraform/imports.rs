//! What runs is taken into the state: without that the provider stops at what exists already.

use super::super::design::{Blueprint, Name};
use super::super::quote::hcl_string;
use super::super::together;
use super::caches::address;
use super::write::{comment, set, top, variable_of};
use crate::model::Topology;

/// An import of each cache that runs and of its group; empty where none runs.
pub(super) fn imports(blueprint: &Blueprint) -> String {
    let groups = blueprint.regions.iter().filter(|region| region.live).map(|region| {
        let to = format!("azurerm_resource_group.{}", region.symbol_of_group());
        import(&to, &group(&region.group))
    });
    let caches = blueprint.caches.iter().filter(|cache| cache.live).filter_map(|cache| {
        let group = group(&blueprint.regions.get(cache.at)?.group);
        let kind = match blueprint.topology {
            Topology::Passive => "redis",
            Topology::Rebuild | Topology::Active => "redisEnterprise",
        };
        let id = format!("{group}/providers/Microsoft.Cache/{kind}/{}", inside(&cache.name));
        Some(import(&address(blueprint, cache), &id))
    });
    let all: Vec<String> = groups.chain(caches).collect();
    if all.is_empty() {
        return String::new();
    }
    let linked = match blueprint.topology {
        Topology::Rebuild => "",
        Topology::Passive => {
            "\nA link that stands is imported by hand, with create_link true: azurerm_redis_linked_server.link[0], by the id of the primary and\n\
             /linkedServers/ with the name of the secondary."
        }
        Topology::Active => {
            "\nThe links of a group are imported by hand: azurerm_managed_redis_geo_replication.group, by the id of the first member."
        }
    };
    let said = format!(
        "What runs is taken into the state, and changed to what stands here: read the plan before you apply it. Its tags stay: give it the\n\
         unit's with az tag update --operation Merge. Private endpoints, zones and alerts that exist are imported alike.{linked}"
    );
    together([comment(&said)].into_iter().chain(all))
}

fn import(to: &str, id: &str) -> String {
    top("import", vec![set("to", to), set("id", format!("\"{id}\""))])
}

fn group(name: &Name) -> String {
    format!("/subscriptions/${{var.subscription_id}}/resourceGroups/{}", inside(name))
}

/// A name inside a string that has other parts.
fn inside(name: &Name) -> String {
    match name {
        Name::Known(name) => {
            let quoted = hcl_string(name);
            quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
        }
        Name::Asked { kind, symbol, .. } => format!("${{var.{}}}", variable_of(kind, symbol)),
    }
}
