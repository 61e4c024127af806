//! The main file: parameters, tags, resource groups, and the modules in their order.

use super::super::design::{Blueprint, CacheCode, Elsewhere, Name, RegionCode, ZoneAt};
use super::super::quote::bicep_string;
use super::super::together;
use super::caches::extra_tags;
use super::write::{
    Value, comment, declare, inside, inside_name, named, object, object_of, param, param_known, param_of, param_or,
    raw, text,
};
use crate::model::Topology;

pub(super) fn main(blueprint: &Blueprint) -> String {
    let mut parts = vec![head(blueprint), "targetScope = 'subscription'\n".to_owned()];
    parts.extend(parameters(blueprint));
    parts.push(extra_tags());
    parts.push(comment("One unit of chargeback: every resource has these tags; a group's tags are not inherited."));
    let tags = object_of(blueprint.tags().iter().map(|(name, value)| (*name, text(value))).collect());
    parts.push(declare("var unitTags", &tags));
    parts.push("var tags = union(unitTags, extraTags)\n".to_owned());
    parts.push(comment("A group per region: while a group's region is down, nothing in it can be changed."));
    parts.extend(blueprint.regions.iter().map(group));
    if blueprint.topology == Topology::Active {
        let here = |cache: &CacheCode| database_id(&cache.symbol, &cache.name, &region(blueprint, cache).group, None);
        parts.extend(blueprint.caches.iter().map(here));
        let there = |it: &Elsewhere| database_id(&it.symbol, &it.name, &it.group, it.subscription.as_deref());
        parts.extend(blueprint.elsewhere.iter().map(there));
    }
    if blueprint.caches.iter().any(|cache| cache.live) {
        let pair = blueprint.topology == Topology::Passive;
        let kept = if pair { ", maxmemory-policy and notify-keyspace-events" } else { "" };
        parts.push(comment(&format!("What runs keeps its tags{kept}.")));
        parts.extend(blueprint.caches.iter().filter(|cache| cache.live).map(|cache| runs(blueprint, cache)));
    }
    let caches = blueprint.caches.iter().enumerate();
    parts.extend(caches.map(|(at, _)| cache_module(blueprint, at)));
    if blueprint.private() {
        parts.extend(blueprint.regions.iter().map(|region| zone(blueprint, region)));
        let endpoints = blueprint.endpoints();
        parts.extend(endpoints.iter().map(|(cache, region)| endpoint_module(cache, region)));
    }
    if blueprint.topology == Topology::Passive {
        parts.extend(link_module(blueprint));
    }
    parts.extend(blueprint.caches.iter().map(|cache| alerts_module(blueprint, cache)));
    parts.extend(blueprint.first().map(|region| {
        module(
            "workbook",
            "workbook.bicep",
            &scope(region),
            vec![("location", text(&region.location)), ("tags", raw("tags"))],
            &[],
        )
    }));
    together(parts)
}

fn head(blueprint: &Blueprint) -> String {
    let location = blueprint.first().map_or("", |region| region.location.as_str());
    // A shell's quoting around what a person typed; a comment is never run.
    let location = location.replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let mut head = format!("{}: {}\n", blueprint.topology.name(), blueprint.title);
    for remark in &blueprint.remarks {
        head.push_str(remark);
        head.push('\n');
    }
    let command =
        format!("az deployment sub create --name {} --location {location} --template-file main.bicep", blueprint.base);
    comment(&[head, command].concat())
}

fn parameters(blueprint: &Blueprint) -> Vec<String> {
    let mut found: Vec<String> = blueprint.names().filter_map(param_of).collect();
    for region in &blueprint.regions {
        if blueprint.private() && region.zone.is_none() {
            let what = format!("Resource id of the virtual network of the clients in {}.", region.place);
            found.push(param_known(&format!("vnetId_{}", region.symbol), &what, region.vnet.as_deref()));
        }
        if blueprint.private() || blueprint.injected() {
            let what = format!("Resource id of the subnet in {}.", region.place);
            found.push(param_known(&format!("subnetId_{}", region.symbol), &what, region.subnet.as_deref()));
        }
    }
    let action_group = blueprint.action_group();
    found.push(param_known(
        "actionGroupId",
        "Resource id of the action group that alerts call.",
        action_group.as_deref(),
    ));
    if blueprint.endpoints().iter().any(|(cache, _)| cache.live) {
        found.push(param_or(
            "createEndpoints",
            "bool",
            "Creates the endpoints of what runs: false where it has its own, under whatever name. A linked cache takes no new one.",
            &raw("false"),
        ));
    }
    if blueprint.entra() {
        let [app, operator] = blueprint.identities();
        found.push(param_known("appObjectId", "Object id of the application’s identity.", app.as_deref()));
        found.push(param_known(
            "operatorObjectId",
            "Object id of the identity that runs the runbook.",
            operator.as_deref(),
        ));
    }
    match blueprint.topology {
        Topology::Rebuild => {}
        Topology::Passive => found.push(param_or(
            "createLink",
            "bool",
            "Links the caches, which empties the secondary: true once, when both stand, and false ever after.",
            &raw("false"),
        )),
        Topology::Active if blueprint.caches.iter().any(|cache| cache.live) => found.push(param_or(
            "firstDeployment",
            "bool",
            "False: the group stands, and every member names all, as none can be removed this way.",
            &raw("false"),
        )),
        Topology::Active => found.push(param(
            "firstDeployment",
            "bool",
            "True once: each member then names those before it. False ever after: every member names all, as none can be removed this way.",
        )),
    }
    found
}

fn group(region: &RegionCode) -> String {
    // What is there keeps its tags.
    if region.live {
        let head = format!("resource rg_{} 'Microsoft.Resources/resourceGroups@2024-03-01' existing", region.symbol);
        return declare(&head, &object([("name", named(&region.group, ""))]));
    }
    declare(
        &format!("resource rg_{} 'Microsoft.Resources/resourceGroups@2024-03-01'", region.symbol),
        &object([("name", named(&region.group, "")), ("location", text(&region.location)), ("tags", raw("tags"))]),
    )
}

/// A cache that runs, as it is before the deployment.
fn runs(blueprint: &Blueprint, cache: &CacheCode) -> String {
    let kind = match blueprint.topology {
        Topology::Passive => "redis@2024-11-01",
        Topology::Rebuild | Topology::Active => "redisEnterprise@2025-07-01",
    };
    let head = format!("resource running_{} 'Microsoft.Cache/{kind}' existing", cache.symbol);
    declare(&head, &object([("name", named(&cache.name, "")), ("scope", raw(scope(region(blueprint, cache))))]))
}

/// Its tags beside the plan's; those of a cache that does not run are the plan's.
fn tags_of(cache: &CacheCode) -> Value {
    if cache.live { raw(format!("union(running_{}.?tags ?? {{}}, tags)", cache.symbol)) } else { raw("tags") }
}

/// Settings that no plan holds, as the cache that runs has them.
fn kept(cache: &CacheCode) -> Option<(&'static str, Value)> {
    let settings = format!("items(running_{}.properties.redisConfiguration)", cache.symbol);
    let names = "['maxmemory-policy', 'notify-keyspace-events']";
    let kept = format!(
        "toObject(filter({settings}, setting => contains({names}, setting.key)), setting => setting.key, setting => setting.value)"
    );
    cache.live.then(|| ("keptSettings", raw(kept)))
}

fn scope(region: &RegionCode) -> String {
    format!("rg_{}", region.symbol)
}

fn region<'a>(blueprint: &'a Blueprint, cache: &CacheCode) -> &'a RegionCode {
    &blueprint.regions[cache.at]
}

/// The id of this deployment's subscription, or of another, inside a string.
fn subscription_id(other: Option<&str>) -> String {
    other.map_or_else(|| "${subscription().id}".to_owned(), |id| format!("/subscriptions/{}", inside(id)))
}

fn database_id(symbol: &str, name: &Name, group: &Name, subscription: Option<&str>) -> String {
    let provider = "providers/Microsoft.Cache/redisEnterprise";
    format!(
        "var database_{symbol} = '{}/resourceGroups/{}/{provider}/{}/databases/default'\n",
        subscription_id(subscription),
        inside_name(group),
        inside_name(name)
    )
}

fn module(symbol: &str, file: &str, scope: &str, params: Vec<(&str, Value)>, after: &[String]) -> String {
    let mut parts =
        vec![("name", text(&symbol.replace('_', "-"))), ("scope", raw(scope)), ("params", object_of(params))];
    if !after.is_empty() {
        parts.push(("dependsOn", Value::Array(after.iter().map(|it| raw(it.as_str())).collect())));
    }
    declare(&format!("module {symbol} '{file}'"), &object_of(parts))
}

fn cache_module(blueprint: &Blueprint, at: usize) -> String {
    let cache = &blueprint.caches[at];
    let region = region(blueprint, cache);
    let mut params =
        vec![("name", named(&cache.name, "")), ("location", text(&region.location)), ("tags", tags_of(cache))];
    let mut after = Vec::new();
    let mut said = String::new();
    match blueprint.topology {
        Topology::Rebuild => {}
        Topology::Passive => {
            params.push(("capacity", raw(Blueprint::capacity(cache))));
            if blueprint.caches.iter().any(|cache| cache.shards > 1) {
                params.push(("shardCount", raw(cache.shards.to_string())));
            }
            let [reserved, fragmentation] = cache.reserved.clone().unwrap_or_default();
            params.push(("reservedMemory", text(&reserved)));
            params.push(("fragmentationMemory", text(&fragmentation)));
            params.extend(kept(cache));
            if blueprint.injected() {
                params.push(("subnetId", raw(format!("subnetId_{}", region.symbol))));
            }
        }
        Topology::Active => {
            params.push(("groupNickname", named(&blueprint.nickname, "")));
            params.push(("linkedDatabases", linked(blueprint, at)));
            if at == 0 {
                said = comment(
                    "One after the other: the first lists itself, each later one all before it and itself.\n\
                     On a later run the service refuses a list that is shorter than the group (Azure/bicep-types-az#1458, #1710):\n\
                     deploy with firstDeployment=false. To remove a member, delete or force-unlink it; a deployment never does.",
                );
            }
            after.extend(at.checked_sub(1).map(|before| blueprint.caches[before].symbol.clone()));
        }
    }
    if blueprint.entra() {
        params.extend([("appObjectId", raw("appObjectId")), ("operatorObjectId", raw("operatorObjectId"))]);
    }
    said + &module(&cache.symbol, "cache.bicep", &scope(region), params, &after)
}

/// The databases that a member names: on the first deployment those before it and itself, later all.
fn linked(blueprint: &Blueprint, at: usize) -> Value {
    let list = |symbols: &[&str]| {
        let ids: Vec<String> = symbols.iter().map(|symbol| format!("{{ id: database_{symbol} }}")).collect();
        format!("[{}]", ids.join(", "))
    };
    let here: Vec<&str> = blueprint.caches.iter().map(|cache| cache.symbol.as_str()).collect();
    let there: Vec<&str> = blueprint.elsewhere.iter().map(|it| it.symbol.as_str()).collect();
    let (first, all) = (list(&here[..=at]), list(&[here.as_slice(), &there].concat()));
    if first == all { raw(all) } else { raw(format!("firstDeployment ? {first} : {all}")) }
}

/// A zone of the region, or the one that the site file names: its link to the network is there then.
fn zone(blueprint: &Blueprint, region: &RegionCode) -> String {
    let symbol = &region.symbol;
    if let Some(ZoneAt { group, subscription }) = &region.zone {
        let (group, zone) = (inside(group), blueprint.service.zone());
        let subscription = subscription_id(subscription.as_deref());
        let said = comment("A zone that exists: check that it is linked to the region's network.");
        return format!(
            "{said}var zoneId_{symbol} = '{subscription}/resourceGroups/{group}/providers/Microsoft.Network/privateDnsZones/{zone}'\n"
        );
    }
    let vnet = raw(format!("vnetId_{symbol}"));
    module(&format!("zone_{symbol}"), "zone.bicep", &scope(region), vec![("vnetId", vnet), ("tags", raw("tags"))], &[])
}

fn zone_id(region: &RegionCode) -> String {
    let symbol = &region.symbol;
    if region.zone.is_some() { format!("zoneId_{symbol}") } else { format!("zone_{symbol}.outputs.zoneId") }
}

fn endpoint_symbol(cache: &CacheCode, region: &RegionCode) -> String {
    format!("endpoint_{}_{}", cache.symbol, region.symbol)
}

fn endpoint_module(cache: &CacheCode, region: &RegionCode) -> String {
    let params = vec![
        ("name", named(&cache.name, "-pe")),
        ("location", text(&region.location)),
        ("cacheId", raw(format!("{}.outputs.cacheId", cache.symbol))),
        ("subnetId", raw(format!("subnetId_{}", region.symbol))),
        ("zoneId", raw(zone_id(region))),
        ("tags", raw("tags")),
    ];
    let made = module(&endpoint_symbol(cache, region), "endpoint.bicep", &scope(region), params, &[]);
    if cache.live { made.replacen("' = {", "' = if (createEndpoints) {", 1) } else { made }
}

/// Private endpoints come before the link: a linked cache takes no new one.
fn link_module(blueprint: &Blueprint) -> Option<String> {
    let [primary, secondary, ..] = blueprint.caches.as_slice() else { return None };
    let params = object([
        ("primaryName", named(&primary.name, "")),
        ("secondaryName", named(&secondary.name, "")),
        ("secondaryId", raw(format!("{}.outputs.cacheId", secondary.symbol))),
        ("secondaryLocation", text(&region(blueprint, secondary).location)),
    ]);
    let after: Vec<Value> = [raw(primary.symbol.clone())]
        .into_iter()
        .chain(blueprint.endpoints().iter().map(|(cache, region)| raw(endpoint_symbol(cache, region))))
        .collect();
    let head = format!("module link {} = if (createLink)", bicep_string("link.bicep"));
    let body = declare(
        "",
        &object([
            ("name", text("link")),
            ("scope", raw(scope(region(blueprint, primary)))),
            ("params", params),
            ("dependsOn", Value::Array(after)),
        ]),
    );
    let said = comment("Private endpoints first: a linked cache takes no new one.");
    Some(format!("{said}{head}{}", body.trim_start_matches(" =")))
}

fn alerts_module(blueprint: &Blueprint, cache: &CacheCode) -> String {
    let params = vec![
        ("cacheName", named(&cache.name, "")),
        ("cacheId", raw(format!("{}.outputs.cacheId", cache.symbol))),
        ("actionGroupId", raw("actionGroupId")),
        ("tags", raw("tags")),
    ];
    module(&format!("alerts_{}", cache.symbol), "alerts.bicep", &scope(region(blueprint, cache)), params, &[])
}
