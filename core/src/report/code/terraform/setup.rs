//! Versions, variables, tags and resource groups.

use super::super::design::{Blueprint, Name, RegionCode};
use super::super::quote::hcl_string;
use super::super::together;
use super::PROVIDER;
use super::write::{Item, block, call, comment, remark, resource, say, set, top, variable_of};
use crate::model::Topology;

pub(super) fn versions() -> String {
    let provider = format!("{{\n  source  = \"hashicorp/azurerm\"\n  version = \"{PROVIDER}\"\n}}");
    let terraform = top(
        "terraform",
        vec![say("required_version", ">= 1.9"), block("required_providers", vec![set("azurerm", provider)])],
    );
    let provider = top(
        "provider \"azurerm\"",
        vec![
            set("subscription_id", "var.subscription_id"),
            remark("From 5.0 the provider registers nothing by itself."),
            set(
                "resource_providers_to_register",
                "[\"Microsoft.Cache\", \"Microsoft.Insights\", \"Microsoft.Network\"]",
            ),
            block("features", Vec::new()),
        ],
    );
    together([
        comment(
            "5.0 removed azurerm_redis_enterprise_cluster and _database: a state with them is migrated to azurerm_managed_redis first.",
        ),
        terraform,
        provider,
    ])
}

fn variable(name: &str, kind: &str, what: &str, default: Option<&str>) -> String {
    let mut items = vec![set("type", kind), say("description", what)];
    items.extend(default.map(|default| set("default", default)));
    top(&format!("variable \"{name}\""), items)
}

pub(super) fn variables(blueprint: &Blueprint) -> String {
    let known = |text: Option<String>| text.as_deref().map(hcl_string);
    let string =
        |name: &str, what: &str, default: Option<String>| variable(name, "string", what, known(default).as_deref());
    let mut found = vec![string("subscription_id", "Id of the subscription.", blueprint.subscription())];
    found.extend(blueprint.names().filter_map(|name| match name {
        Name::Known(_) => None,
        Name::Asked { kind, symbol, what } => Some(string(&variable_of(kind, symbol), what, None)),
    }));
    for region in &blueprint.regions {
        if blueprint.private() && region.zone.is_none() {
            let what = format!("Resource id of the virtual network of the clients in {}.", region.place);
            found.push(string(&format!("vnet_id_{}", region.symbol), &what, region.vnet.clone()));
        }
        if blueprint.private() || blueprint.injected() {
            let what = format!("Resource id of the subnet in {}.", region.place);
            found.push(string(&format!("subnet_id_{}", region.symbol), &what, region.subnet.clone()));
        }
    }
    found.push(string(
        "action_group_id",
        "Resource id of the action group that alerts call.",
        blueprint.action_group(),
    ));
    if blueprint.entra() {
        let [app, operator] = blueprint.identities();
        found.push(string("app_object_id", "Object id of the application’s identity.", app));
        found.push(string("operator_object_id", "Object id of the identity that runs the runbook.", operator));
    }
    if blueprint.topology == Topology::Passive {
        let what = "Links the caches, which empties the secondary; it stays true while they are linked.";
        found.push(variable("create_link", "bool", what, Some("false")));
    }
    found.push(variable("extra_tags", "map(string)", "Further tags, such as a cost centre.", Some("{}")));
    together(found)
}

/// Tags and resource groups.
pub(super) fn main(blueprint: &Blueprint) -> String {
    let mut head = format!("{}: {}\n", blueprint.topology.name(), blueprint.title);
    for remark in &blueprint.remarks {
        head.push_str(remark);
        head.push('\n');
    }
    let pair = |(name, value): &(&str, String)| format!("  {name:11} = {}\n", hcl_string(value));
    let pairs: Vec<String> = blueprint.tags().iter().map(pair).collect();
    let pairs = pairs.concat();
    let tags = format!("merge({{\n{pairs}}}, var.extra_tags)");
    let locals = top(
        "locals",
        vec![
            remark("One unit of chargeback: every resource has these tags; a group's tags are not inherited."),
            set("tags", tags),
        ],
    );
    let mut parts = vec![comment(head.trim_end()), locals];
    parts.push(comment("A group per region: while a group's region is down, nothing in it can be changed."));
    parts.extend(blueprint.regions.iter().map(group));
    together(parts)
}

fn group(region: &RegionCode) -> String {
    let mut items: Vec<Item> =
        vec![call("name", &region.group, ""), say("location", &region.location), set("tags", "local.tags")];
    // What is there keeps its tags, and lies where it lies: another location would replace it.
    items.extend(region.live.then(|| block("lifecycle", vec![set("ignore_changes", "[tags, location]")])));
    resource("azurerm_resource_group", &region.symbol_of_group(), items)
}

impl RegionCode {
    /// `rg_eastus`.
    pub(super) fn symbol_of_group(&self) -> String {
        format!("rg_{}", self.symbol)
    }
}

/// Where a resource of a region is: its group and its location.
pub(super) fn placed(region: &RegionCode) -> [Item; 2] {
    let group = region.symbol_of_group();
    [
        set("resource_group_name", format!("azurerm_resource_group.{group}.name")),
        set("location", format!("azurerm_resource_group.{group}.location")),
    ]
}
