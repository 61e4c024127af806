//! Metrics and alerts.

use super::names::Cache;
use crate::model::thresholds::ALERT;
use crate::units::Secs;
use crate::units::format;

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
    pub(super) fn id(self, cache: &Cache) -> String {
        let show = match self {
            Self::Premium => "az redis show --name",
            Self::Managed => "az redisenterprise show --cluster-name",
        };
        let Cache { name, group, .. } = cache;
        format!("ID=\"$({show} {name} --resource-group {group} --query id --output tsv)\"")
    }

    pub(super) const fn sub_resource(self) -> &'static str {
        match self {
            Self::Premium => "redisCache",
            Self::Managed => "redisEnterprise",
        }
    }

    pub(super) const fn zone(self) -> &'static str {
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
    fitting(time).map_or("1m", |(_, name)| name)
}

/// The longest window of the service that is not longer than this time, and its name in a command; `None` below one minute.
pub(in crate::report) fn fitting(time: Secs) -> Option<(Secs, &'static str)> {
    let fits = |minutes: f64| minutes <= time.as_mins() + 1e-9;
    let found = WINDOWS.iter().rev().find(|(minutes, _)| fits(*minutes));
    found.map(|(minutes, name)| (Secs::mins(*minutes), *name))
}

/// A metric alert on one cache.
pub(super) struct Alert<'a> {
    pub(super) name: &'a str,
    pub(super) condition: String,
    pub(super) window: &'a str,
    pub(super) severity: u8,
}

/// Commands that make an alert in the group of the cache's region; nobody is told without an action group.
pub(super) fn alert(service: Service, cache: &Cache, alert: &Alert) -> String {
    let Alert { name, condition, window, severity } = alert;
    let frequency = if matches!(*window, "1m" | "5m") { "1m" } else { "5m" };
    format!(
        "{}\naz monitor metrics alert create --name {}-{name} --resource-group {group} --scopes \"$ID\" \\\n  \
         --condition '{condition}' --window-size {window} --evaluation-frequency {frequency} \\\n  \
         --severity {severity} --action \"${{ACTION_GROUP:?}}\"",
        service.id(cache),
        cache.name,
        group = cache.group
    )
}

/// Commands that print metrics minute by minute.
pub(super) fn metric(service: Service, cache: &Cache, metrics: &str, aggregation: &str) -> String {
    format!(
        "{}\naz monitor metrics list --resource \"$ID\" --metrics {metrics} \\\n  \
         --aggregation {aggregation} --interval PT1M --offset 1h --output table",
        service.id(cache)
    )
}

/// The memory alert at [`ALERT`] on each cache.
pub(super) fn memory_alerts(service: Service, caches: &[Cache]) -> String {
    let percent = format::number(ALERT.as_percent());
    let one = |cache| {
        let condition = format!("max usedmemorypercentage > {percent}");
        alert(service, cache, &Alert { name: &format!("memory-{percent}"), condition, window: "5m", severity: 2 })
    };
    let alerts: Vec<String> = caches.iter().map(one).collect();
    alerts.join("\n")
}

/// "60 min"; with the window that is taken where Azure Monitor has no such window: "45 min (as 30m)".
pub(super) fn window_words(time: Secs) -> String {
    let taken = window(time);
    let exact = WINDOWS.iter().any(|(minutes, name)| *name == taken && (minutes - time.as_mins()).abs() < 1e-9);
    let words = format::duration(time);
    if exact { words } else { format!("{words} (Azure Monitor's next shorter window: {taken})") }
}
