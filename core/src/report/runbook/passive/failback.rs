//! Back to the region that clients were in before the outage or the drill.

use super::Pair;
use super::failover::Way;
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{Section, Step, section, step};

impl Pair<'_> {
    /// The change of sides once more, from the primary of that day.
    pub(super) fn failback(&self) -> Section {
        let (first, second) = (self.first, self.second);
        let takes = self.planned_words();
        let when = format!(
            "{0} serves while {1} should: both regions are well, “Afterwards” is done, and the approver has given a quiet hour. If \
             find_primary shows {1} as primary, there is nothing to do.{takes}",
            second.plain, first.plain
        );
        section("Failback", when, self.change_of_sides(Way::Back))
    }

    /// Nobody goes to an empty cache, nor to an old one.
    pub(super) fn whole_copy(&self) -> Step {
        let metrics = |cache, names, of| metric(Service::Premium, cache, names, of);
        let commands = [
            metrics(&self.primary, "GeoReplicationDataSyncOffset totalkeys usedmemory", "Maximum"),
            metrics(&self.secondary, "GeoReplicationConnectivityLag totalkeys usedmemory", "Maximum"),
            metrics(&self.secondary, "GeoReplicationHealthy", "Minimum"),
            metrics(&self.secondary, "GeoReplicationFullSyncEventStarted GeoReplicationFullSyncEventFinished", "Count"),
        ];
        step(
            "Check that the copy is whole and up to date: clients will read the present secondary.",
            commands.join("\n"),
            "totalkeys and usedmemory of the secondary are those of the primary within 1 %, never 0; GeoReplicationHealthy is 1, the \
             lag is seconds, the offset small, and as many full syncs finished as started.",
        )
        .at_once()
        .if_fails("Stop: clients would find an empty or an old cache. No link: relink by “Afterwards”, wait for the full sync.")
        .only_looks()
    }
}
