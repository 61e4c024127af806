//! Metrics and alerts of a pair.

use super::Pair;
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{Section, section, step};

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
        ];
        let steps = steps.into_iter().chain(self.scope.alerts()).collect();
        section("Watch", "Always, once the caches are linked.", steps)
    }
}
