//! Private DNS zones and private endpoints.

use super::super::design::{Blueprint, CacheCode, RegionCode, ZoneAt};
use super::super::quote::hcl_string;
use super::super::together;
use super::caches::address;
use super::imports::{subscription_id, unquoted};
use super::setup::placed;
use super::write::{block, call, comment, list, resource, say, set};

pub(super) fn network(blueprint: &Blueprint) -> String {
    let mut parts = Vec::new();
    if blueprint.regions.iter().any(|region| region.zone.is_none()) {
        parts.push(comment(
            "One zone per region, linked to its network: each region resolves names alone. Reuse a zone of this name if you have one.",
        ));
    }
    let own = blueprint.regions.iter().filter(|region| region.zone.is_none());
    parts.extend(own.flat_map(|region| zone(blueprint, region)));
    parts.extend(blueprint.endpoints().into_iter().map(|(cache, region)| endpoint(blueprint, cache, region)));
    together(parts)
}

fn zone(blueprint: &Blueprint, region: &RegionCode) -> [String; 2] {
    let group = format!("azurerm_resource_group.{}.name", region.symbol_of_group());
    let zone = format!("azurerm_private_dns_zone.{}", region.zone_symbol());
    [
        resource(
            "azurerm_private_dns_zone",
            &region.zone_symbol(),
            vec![
                say("name", blueprint.service.zone()),
                set("resource_group_name", group.as_str()),
                set("tags", "local.tags"),
            ],
        ),
        resource(
            "azurerm_private_dns_zone_virtual_network_link",
            &region.zone_symbol(),
            vec![
                say("name", "redis"),
                set("resource_group_name", group.as_str()),
                set("private_dns_zone_name", format!("{zone}.name")),
                set("virtual_network_id", format!("var.vnet_id_{}", region.symbol)),
                set("registration_enabled", "false"),
                set("tags", "local.tags"),
            ],
        ),
    ]
}

/// Of the region's zone, or of the one that the site file names.
fn zone_id(blueprint: &Blueprint, region: &RegionCode) -> String {
    let Some(ZoneAt { group, subscription }) = &region.zone else {
        return format!("azurerm_private_dns_zone.{}.id", region.zone_symbol());
    };
    let (group, zone) = (unquoted(group), blueprint.service.zone());
    let subscription = subscription_id(subscription.as_deref());
    format!("\"{subscription}/resourceGroups/{group}/providers/Microsoft.Network/privateDnsZones/{zone}\"")
}

impl RegionCode {
    /// `zone_eastus`.
    fn zone_symbol(&self) -> String {
        format!("zone_{}", self.symbol)
    }
}

fn endpoint(blueprint: &Blueprint, cache: &CacheCode, region: &RegionCode) -> String {
    let mut items = vec![call("name", &cache.name, "-pe")];
    items.extend(placed(region));
    items.extend([
        set("subnet_id", format!("var.subnet_id_{}", region.symbol)),
        set("tags", "local.tags"),
        block(
            "private_service_connection",
            vec![
                call("name", &cache.name, "-pe"),
                set("private_connection_resource_id", format!("{}.id", address(blueprint, cache))),
                set("subresource_names", list([hcl_string(blueprint.service.sub_resource())])),
                set("is_manual_connection", "false"),
            ],
        ),
        block(
            "private_dns_zone_group",
            vec![say("name", "default"), set("private_dns_zone_ids", list([zone_id(blueprint, region)]))],
        ),
    ]);
    resource("azurerm_private_endpoint", &format!("{}_{}", cache.symbol, region.symbol), items)
}
