//! Metrics and alerts.

use super::names::Cache;
use super::{SOON, Scope, Step, step};
use crate::model::Topology;
pub(super) use crate::report::watching::Service;
use crate::report::watching::{Alert, Signal, alerts, priced};

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
}

/// A command that shows whether an alert is on.
fn enabled(cache: &Cache, alert: &Alert) -> String {
    let kind = match alert.signal {
        Signal::Metric(_) => "metrics",
        Signal::ResourceHealth => "activity-log",
    };
    format!(
        "az monitor {kind} alert show --name {}-{} --resource-group {} --query enabled --output tsv",
        cache.name, alert.name, cache.group
    )
}

/// Commands that make an alert in the group of the cache's region; nobody is told without an action group.
fn command(service: Service, cache: &Cache, alert: &Alert, tags: &str) -> String {
    let Cache { name, group, .. } = cache;
    let id = service.id(cache);
    let ends = &alert.name;
    match &alert.signal {
        Signal::Metric(rule) => format!(
            "{id}\naz monitor metrics alert create --name {name}-{ends} --resource-group {group} --scopes \"$ID\" \\\n  \
             --condition '{}' --window-size {} --evaluation-frequency {} \\\n  \
             --severity {} --action \"${{ACTION_GROUP:?}}\" --tags {tags}",
            rule.condition(),
            rule.window.name(),
            rule.frequency.name(),
            rule.severity
        ),
        Signal::ResourceHealth => format!(
            "{id}\naz monitor activity-log alert create --name {name}-{ends} --resource-group {group} --scope \"$ID\" \\\n  \
             --condition category=ResourceHealth --action-group \"${{ACTION_GROUP:?}}\" --tags {tags}"
        ),
    }
}

impl Scope<'_> {
    /// How many time series the alerts are, and how many the bill has.
    pub(super) fn series_words(&self) -> String {
        let topology = self.answer.topology;
        priced(topology, self.evaluation, &alerts(topology, self.plan, self.evaluation))
    }

    /// Every alert of the design, each on every cache: roles are swapped by a failover, and each metric comes from one side alone.
    pub(super) fn alerts(&self) -> Vec<Step> {
        let topology = self.answer.topology;
        let tags = self.tags();
        let watched = if topology == Topology::Rebuild { 1 } else { self.names.caches.len() };
        let caches = self.names.caches.get(..watched).unwrap_or_default();
        let one = |alert: Alert| {
            let commands: Vec<String> =
                caches.iter().map(|cache| command(Service::of(topology), cache, &alert, &tags)).collect();
            let verify: Vec<String> = caches.iter().map(|cache| enabled(cache, &alert)).collect();
            step(
                format!("Alert “{}”, on each cache. {}", alert.name, alert.why),
                commands.join("\n"),
                "true for each; a test of the action group reaches the people on call.",
            )
            .verified(verify.join("\n"))
            .takes(SOON)
            .if_fails("Metric not found: no data yet, wait an hour. The action group needs the role “create” too.")
            .rolled_back("Delete the alert.")
        };
        alerts(topology, self.plan, self.evaluation).into_iter().map(one).collect()
    }
}

/// Commands that print metrics minute by minute.
pub(super) fn metric(service: Service, cache: &Cache, metrics: &str, aggregation: &str) -> String {
    format!(
        "{}\naz monitor metrics list --resource \"$ID\" --metrics {metrics} \\\n  \
         --aggregation {aggregation} --interval PT1M --offset 1h --output table",
        service.id(cache)
    )
}
