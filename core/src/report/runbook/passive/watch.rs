//! Metrics and alerts of a pair.

use super::Pair;
use crate::model::thresholds::{ALERT, late_shard};
use crate::report::runbook::watch::{Alert, Service, alert, memory_alerts, metric};
use crate::report::runbook::{Section, Step, section, step};
use crate::units::{Secs, format};

/// Each shard is held against the condition by itself; without, the best or the worst of them stands for all.
const EACH_SHARD: &str = "where ShardId includes *";

impl Pair<'_> {
    pub(super) fn watch(&self) -> Section {
        let metrics = |cache, names, of| metric(Service::Premium, cache, names, of);
        let health = metrics(self.secondary, "GeoReplicationHealthy GeoReplicationConnectivityLag", "Minimum Maximum");
        let syncs =
            metrics(self.secondary, "GeoReplicationFullSyncEventStarted GeoReplicationFullSyncEventFinished", "Count");
        let offset = metrics(self.primary, "GeoReplicationDataSyncOffset", "Maximum");
        let steps = vec![
            step(
                "Read health and lag on the secondary, the offset on the primary. They are per minute: no RPO below 60 s can \
                 be shown.",
                format!("{health}\n{offset}"),
                "GeoReplicationHealthy is 1.",
            ),
            step(
                "Count the full syncs of the link. A start without a finish is a sync that restarts: its changes overrun a buffer that Azure does not publish.",
                syncs,
                "As many finished as started.",
            ),
            self.link_alerts(),
            step(
                format!("Alert at {} of used memory on each cache.", format::percent(ALERT)),
                memory_alerts(Service::Premium, &[self.primary, self.secondary].map(Clone::clone)),
                "",
            ),
        ];
        section("Watch", "Always, once the caches are linked.", steps)
    }

    /// The rules on the link: down, and late by the plan's RPO.
    fn link_alerts(&self) -> Step {
        let target = self.scope.plan.objectives.rpo;
        let down = Alert {
            name: "link-down",
            condition: format!("max GeoReplicationHealthy < 1 {EACH_SHARD}"),
            window: "15m",
            severity: 1,
        };
        let late = target.map(|target| self.late(target));
        // Roles are swapped by a failover, and each metric comes from one side alone: every rule is on both.
        let of = |cache| {
            [Some(&down), late.as_ref()].into_iter().flatten().map(move |rule| alert(Service::Premium, cache, rule))
        };
        let alerts: Vec<String> = [self.primary, self.secondary].into_iter().flat_map(of).collect();
        let rpo = target.map_or_else(
            || "The plan sets no RPO target, so there is no offset alert.".to_owned(),
            |target| {
                format!(
                    "The offset alert fires when a shard is behind by more than {} of its own writes in each of five minutes. A dead \
                     secondary emits nothing: the primary's offset grows.",
                    format::duration(target)
                )
            },
        );
        let text = format!(
            "Alert on the link, on both caches: a failover swaps their parts. {rpo} The health alert fires after 15 minutes \
             without a healthy one; monthly patching takes the link down for minutes to an hour and can fire it."
        );
        step(text, alerts.join("\n"), "")
    }

    /// A shard that is late by the plan's RPO, in every minute of the shortest window that is longer than one.
    fn late(&self, target: Secs) -> Alert<'static> {
        let shards = self.scope.evaluation.passive.design.caches.first().map_or(1, |cache| cache.shards);
        let bytes = late_shard(self.scope.plan, self.scope.evaluation.demand.stream, shards, target).as_bytes();
        let condition = format!("min GeoReplicationDataSyncOffset > {bytes:.0} {EACH_SHARD}");
        Alert { name: "sync-behind", condition, window: "5m", severity: 2 }
    }
}
