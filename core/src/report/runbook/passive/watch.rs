//! Metrics and alerts of a pair.

use super::Pair;
use crate::model::thresholds::ALERT;
use crate::report::runbook::watch::{Alert, Service, alert, memory_alerts, metric};
use crate::report::runbook::{Section, section, step};
use crate::units::format;

impl Pair<'_> {
    pub(super) fn watch(&self) -> Section {
        let health = metric(
            Service::Premium,
            self.secondary,
            "GeoReplicationHealthy GeoReplicationConnectivityLag",
            "Minimum Maximum",
        );
        let syncs = metric(
            Service::Premium,
            self.secondary,
            "GeoReplicationFullSyncEventStarted GeoReplicationFullSyncEventFinished",
            "Count",
        );
        let offset = metric(Service::Premium, self.primary, "GeoReplicationDataSyncOffset", "Maximum");
        let mut alerts = vec![alert(
            Service::Premium,
            self.secondary,
            &Alert {
                name: "link-down",
                condition: "min GeoReplicationHealthy < 1".to_owned(),
                window: "15m",
                severity: 1,
            },
        )];
        if let Some(target) = self.scope.plan.objectives.rpo {
            let bytes = (self.scope.evaluation.demand.stream * target).as_bytes().max(1.0);
            let condition = format!("max GeoReplicationDataSyncOffset > {bytes:.0}");
            let late = Alert { name: "sync-behind", condition, window: "5m", severity: 2 };
            alerts.push(alert(Service::Premium, self.primary, &late));
        }
        let rpo = self.scope.plan.objectives.rpo.map_or_else(
            || "The plan sets no RPO target, so there is no offset alert.".to_owned(),
            |target| format!("The offset alert fires at {} of this plan's writes.", format::duration(target)),
        );
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
            step(
                format!(
                    "Alert on the link. {rpo} Monthly patching takes it down for minutes to an hour and fires the health \
                     alert."
                ),
                alerts.join("\n"),
                "",
            ),
            step(
                format!("Alert at {} of used memory on each cache.", format::percent(ALERT)),
                memory_alerts(Service::Premium, &[self.primary, self.secondary].map(Clone::clone)),
                "",
            ),
        ];
        section("Watch", "Always, once the caches are linked.", steps)
    }
}
