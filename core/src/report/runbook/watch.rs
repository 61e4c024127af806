//! Metrics, alerts and private endpoints.

use super::names::Cache;
use super::{Scope, Step, step};
use crate::report::format;
use crate::units::Secs;

/// The two services that caches are resources of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    /// Azure Cache for Redis.
    Premium,
    /// Azure Managed Redis.
    Managed,
}

impl Service {
    /// Command that keeps a cache's resource id in `$ID`.
    fn id(self, cache: &str, group: &str) -> String {
        let show = match self {
            Self::Premium => "az redis show --name",
            Self::Managed => "az redisenterprise show --cluster-name",
        };
        format!("ID=\"$({show} {cache} --resource-group {group} --query id --output tsv)\"")
    }

    const fn sub_resource(self) -> &'static str {
        match self {
            Self::Premium => "redisCache",
            Self::Managed => "redisEnterprise",
        }
    }

    const fn zone(self) -> &'static str {
        match self {
            Self::Premium => "privatelink.redis.cache.windows.net",
            Self::Managed => "privatelink.redis.azure.net",
        }
    }
}

/// Windows that a metric alert can have.
const WINDOWS: [(f64, &str); 8] = [
    (1.0, "1m"),
    (5.0, "5m"),
    (15.0, "15m"),
    (30.0, "30m"),
    (60.0, "1h"),
    (360.0, "6h"),
    (720.0, "12h"),
    (1_440.0, "24h"),
];

/// The longest window of the service that is not longer than the plan's; one minute at least.
pub(super) fn window(time: Secs) -> &'static str {
    let fits = |minutes: f64| minutes <= time.as_mins() + 1e-9;
    WINDOWS.iter().rev().find(|(minutes, _)| fits(*minutes)).map_or("1m", |(_, name)| name)
}

/// A metric alert on one cache.
pub(super) struct Alert<'a> {
    pub(super) name: &'a str,
    pub(super) condition: String,
    pub(super) window: &'a str,
    pub(super) severity: u8,
}

/// Opens a block of alerts: nobody is told without an action group.
pub(super) const ACTION_GROUP: &str = ": \"${ACTION_GROUP:?set it to the resource id of the action group to notify}\"";

/// Commands that make an alert.
pub(super) fn alert(service: Service, cache: &Cache, group: &str, alert: &Alert) -> String {
    let Alert { name, condition, window, severity } = alert;
    let frequency = if *window == "1m" { "1m" } else { "5m" };
    format!(
        "{}\naz monitor metrics alert create --name {}-{name} --resource-group {group} --scopes \"$ID\" \\\n  \
         --condition '{condition}' --window-size {window} --evaluation-frequency {frequency} \\\n  \
         --severity {severity} --action \"$ACTION_GROUP\"",
        service.id(&cache.name, group),
        cache.name
    )
}

/// Commands that print metrics minute by minute.
pub(super) fn metric(service: Service, cache: &Cache, group: &str, metrics: &str, aggregation: &str) -> String {
    format!(
        "{}\naz monitor metrics list --resource \"$ID\" --metrics {metrics} \\\n  \
         --aggregation {aggregation} --interval PT1M --offset 1h --output table",
        service.id(&cache.name, group)
    )
}

/// The memory alert at 75 % (D17) on each cache.
pub(super) fn memory_alerts(service: Service, caches: &[Cache], group: &str) -> String {
    let one = |cache| {
        let condition = "max usedmemorypercentage > 75".to_owned();
        alert(service, cache, group, &Alert { name: "memory-75", condition, window: "5m", severity: 2 })
    };
    let alerts: Vec<String> = caches.iter().map(one).collect();
    format!("{ACTION_GROUP}\n{}", alerts.join("\n"))
}

/// Private endpoints of a cache, with the zone group that makes its name resolve.
pub(super) fn private_endpoint(service: Service, cache: &Cache, scope: &Scope) -> Step {
    let (group, name) = (&scope.names.group, &cache.name);
    step(
        format!(
            "Create the private endpoint of {name} in {}, and let its name resolve in every region that may have to use it. \
             The private DNS zone {} must be linked to those networks.",
            cache.place,
            service.zone()
        ),
        format!(
            ": \"${{VNET:?set it to the virtual network in this region}}\" \"${{SUBNET:?set it to the subnet for endpoints}}\"\n\
             {}\n\
             az network private-endpoint create --name {name}-pe --resource-group {group} --location {} \\\n  \
             --vnet-name \"$VNET\" --subnet \"$SUBNET\" --connection-name {name}-pe \\\n  \
             --private-connection-resource-id \"$ID\" --group-id {}\n\
             az network private-endpoint dns-zone-group create --endpoint-name {name}-pe --resource-group {group} \\\n  \
             --name default --zone-name redis --private-dns-zone {}",
            service.id(name, group),
            super::shell::quote(&cache.region),
            service.sub_resource(),
            service.zone()
        ),
        "The connection is Approved, and the cache's name resolves to a private address from a client in each network.",
    )
}

/// "60 min"; with the window that is taken where Azure Monitor has no such window: "45 min (as 30m)".
pub(super) fn window_words(time: Secs) -> String {
    let taken = window(time);
    let exact = WINDOWS.iter().any(|(minutes, name)| *name == taken && (minutes - time.as_mins()).abs() < 1e-9);
    let words = format::duration(time);
    if exact { words } else { format!("{words} (Azure Monitor's next shorter window is {taken})") }
}
