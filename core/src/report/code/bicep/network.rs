//! Private DNS zones and private endpoints.

use super::super::design::Blueprint;
use super::super::together;
use super::write::{Value, comment, declare, object, param, raw, text};

/// A zone of a region, linked to the region's network.
pub(super) fn zone(blueprint: &Blueprint) -> String {
    let zone = declare(
        "resource zone 'Microsoft.Network/privateDnsZones@2024-06-01'",
        &object([("name", text(blueprint.service.zone())), ("location", text("global")), ("tags", raw("tags"))]),
    );
    let link = declare(
        "resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01'",
        &object([
            ("parent", raw("zone")),
            ("name", text("redis")),
            ("location", text("global")),
            ("tags", raw("tags")),
            (
                "properties",
                object([("registrationEnabled", raw("false")), ("virtualNetwork", object([("id", raw("vnetId"))]))]),
            ),
        ]),
    );
    together([
        comment(
            "One zone per region, linked to its network: each region resolves names alone. Reuse a zone of this name if you have one.",
        ),
        param("vnetId", "string", "Resource id of the region’s virtual network."),
        param("tags", "object", "Tags of every resource."),
        zone,
        link,
        "output zoneId string = zone.id\n".to_owned(),
    ])
}

/// An endpoint of one cache in one region, with the zone group that makes its name resolve there.
pub(super) fn endpoint(blueprint: &Blueprint) -> String {
    let connection = object([
        ("name", raw("name")),
        (
            "properties",
            object([
                ("privateLinkServiceId", raw("cacheId")),
                ("groupIds", Value::Array(vec![text(blueprint.service.sub_resource())])),
            ]),
        ),
    ]);
    let endpoint = declare(
        "resource endpoint 'Microsoft.Network/privateEndpoints@2025-09-01'",
        &object([
            ("name", raw("name")),
            ("location", raw("location")),
            ("tags", raw("tags")),
            (
                "properties",
                object([
                    ("subnet", object([("id", raw("subnetId"))])),
                    ("privateLinkServiceConnections", Value::Array(vec![connection])),
                ]),
            ),
        ]),
    );
    let config = object([("name", text("redis")), ("properties", object([("privateDnsZoneId", raw("zoneId"))]))]);
    let group = declare(
        "resource zoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-09-01'",
        &object([
            ("parent", raw("endpoint")),
            ("name", text("default")),
            ("properties", object([("privateDnsZoneConfigs", Value::Array(vec![config]))])),
        ]),
    );
    together([
        param("name", "string", "Name of the endpoint and of its connection."),
        param("location", "string", "Region of the subnet."),
        param("cacheId", "string", "Resource id of the cache."),
        param("subnetId", "string", "Resource id of the subnet."),
        param("zoneId", "string", "Resource id of the region’s private DNS zone."),
        param("tags", "object", "Tags of every resource."),
        endpoint,
        group,
    ])
}
