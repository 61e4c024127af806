//! What a preset says of itself: the printed facts, the printed outcome, and what is ours.

use super::rows::{entry, table};
use crate::units::Secs;
use crate::units::names::names;

table! {
    /// Where a plan comes from.
    Story at [story] in Hidden {
        /// Context in one or two sentences.
        summary: String = String::new() => special();
        /// Why the recommendation changed, or did not, with the premises of November 2026.
        changed: String = String::new() => special();
        /// What a published source prints, with its tag.
        printed: Vec<Printed> = Vec::new() => special();
        /// Assumed inputs, in words.
        assumed: Vec<String> = Vec::new() => special();
        /// Printed outcomes that a model answers too.
        outcomes: Vec<Outcome> = Vec::new() => special();
        /// Printed outcomes that no model answers.
        unmodelled: Vec<Unmodelled> = Vec::new() => special();
    }
}

entry! {
    /// A printed outcome, and which figure of the models answers the same.
    Outcome {
        /// Which figure.
        figure: OutcomeFigure;
        /// The figure as printed.
        printed: Secs;
        /// The source's tag, `S0` or `S2`.
        source: String;
    }
}

names! {
    /// Figures that a source prints and a model gives.
    OutcomeFigure {
        /// A drill of the pair by unlinking: nobody has to notice or decide.
        UnlinkDrill = "unlink-drill",
        /// Activation of the pair's secondary by on-call: from the approval on, by unlinking.
        Activation = "activation",
        /// Recovery with the pair's warm copy, from the loss on, by unlinking.
        WarmRecovery = "warm-recovery",
        /// Recovery without a copy, from the loss on.
        ColdRecovery = "cold-recovery",
        /// Age of the pair's copy that was not exceeded, bursts and all.
        LagAtMost = "lag-at-most",
        /// Median write request of the worst-served region with one cache in the first region.
        CentralWrite = "central-write",
        /// Median write request of the worst-served region with an active group.
        NearbyWrite = "nearby-write",
        /// P95 of a read request of the worst-served region with one cache in the first region.
        CentralRead = "central-read",
        /// P95 of a read request of the worst-served region with an active group.
        NearbyRead = "nearby-read",
        /// P95 of a read request of the worst-served region with the group's first region down.
        ReadRegionDown = "read-region-down",
        /// The same with one cache, now in the second region.
        CentralReadRegionDown = "central-read-region-down",
        /// A rehearsal of a group's runbook: clients redirected, member unlinked, all checked; nobody has to notice or decide.
        GroupRunbook = "group-runbook",
    }
}

entry! {
    /// A printed outcome without a model.
    #[derive(Eq)]
    Unmodelled {
        /// Which figure.
        figure: UnmodelledFigure;
        /// The figure as printed: "below 68 %".
        printed: String;
        /// The source's tag, `S0` or `S2`.
        source: String;
    }
}

names! {
    /// Figures that a source prints and no model gives.
    UnmodelledFigure {
        /// Load of the database's processors after a loss.
        DatabaseCpu = "database-cpu",
        /// Share of requests answered in a drill.
        DrillAvailability = "drill-availability",
        /// How many incidents a season has.
        IncidentVolume = "incident-volume",
        /// What it takes to document an exercise.
        EvidenceEffort = "evidence-effort",
    }
}

entry! {
    /// One printed fact or outcome.
    #[derive(Eq)]
    Printed {
        /// What the figure is about: "activation", "RPO in bursts".
        what: String;
        /// The figure as printed: "24 min".
        outcome: String;
        /// The source's tag, `S0` or `S2`.
        source: String;
    }
}
