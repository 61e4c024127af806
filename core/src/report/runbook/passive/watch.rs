//! Metrics and alerts of a pair.

use super::Pair;
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{Section, section, step};

impl Pair<'_> {
    pub(super) fn watch(&self) -> Section {
        let metrics = |cache, names, of| metric(Service::Premium, cache, names, of);
        let both = |names, of| [self.first, self.second].map(|cache| metrics(cache, names, of)).join("\n");
        let health =
            both("GeoReplicationHealthy GeoReplicationConnectivityLag GeoReplicationDataSyncOffset", "Minimum Maximum");
        let syncs = both("GeoReplicationFullSyncEventStarted GeoReplicationFullSyncEventFinished", "Count");
        let steps = vec![
            step(
                "Read health, lag and offset on both: the secondary has health and lag, the primary the offset. They are per minute: no RPO below 60 s can be shown.",
                health,
                "GeoReplicationHealthy is 1 on one of them.",
            )
            .if_fails("0: nothing is copied; do not drill. At 0 for longer than the plan's RPO: unlink, relink (“Afterwards”)."),
            step(
                "Count the full syncs of the link. A start without a finish restarts: its changes overrun a buffer whose size Azure does not publish.",
                syncs,
                "As many finished as started.",
            )
            .if_fails("Fewer: do not drill; write less until one has finished."),
        ];
        let steps = steps.into_iter().chain(self.scope.alerts()).collect();
        let when = format!("Always, once the caches are linked. {}", self.scope.series_words());
        section("Watch", when, steps)
    }
}
