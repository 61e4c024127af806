//! What begins a failover that people make: the time is recorded, and somebody decides.

use super::{Scope, Step, step};

impl Scope<'_> {
    /// When it began and was noticed: detection ends here.
    pub(super) fn record_the_time(&self) -> Step {
        step("Record when the outage began and when it was noticed.", "", "Both times are in the record.")
            .timed("detect", self.plan.recovery.detect)
            .if_fails("Nobody saw it begin: take the time of the first alert.")
            .only_looks()
    }

    /// Somebody with the right to do so orders what follows.
    pub(super) fn decide_to_fail_over(&self) -> Step {
        step(
            format!(
                "Decide, with {}: go on only if the outage outlasts this failover and is no fault of the application.",
                self.approver()
            ),
            "",
            "The decision, its time and its reason are in the record.",
        )
        .timed("decide", self.plan.recovery.decide)
        .if_fails("Nobody to decide: the contacts are in “Before you start”.")
        .rolled_back("Until the next step nothing has changed.")
    }
}
