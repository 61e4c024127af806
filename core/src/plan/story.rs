//! What a preset says of itself: the printed facts, the printed outcome, and what is ours.

use crate::units::Secs;
use serde::{Deserialize, Serialize};

/// Where a plan comes from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Story {
    /// One or two sentences of context.
    pub summary: String,
    /// What a published source prints, with its tag.
    pub printed: Vec<Printed>,
    /// Inputs of this plan that are assumed, in words.
    pub assumed: Vec<String>,
    /// Printed outcomes that a model answers too.
    pub outcomes: Vec<Outcome>,
    /// Printed outcomes that no model answers.
    pub unmodelled: Vec<Unmodelled>,
}

/// A printed outcome, and which figure of the models answers the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Which figure.
    pub figure: OutcomeFigure,
    /// The figure as printed.
    pub printed: Secs,
    /// The source's tag, `S0` or `S2`.
    pub source: String,
}

/// Figures that a source prints and a model gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeFigure {
    /// A drill of the pair by unlinking: nobody has to notice or decide.
    UnlinkDrill,
    /// Activation of the pair's secondary by on-call: from the approval on, by unlinking.
    Activation,
    /// Recovery with the pair's warm copy, from the loss on, by unlinking.
    WarmRecovery,
    /// Recovery without a copy, from the loss on.
    ColdRecovery,
    /// Age of the pair's copy that was not exceeded, bursts and all.
    LagAtMost,
    /// Median write request of the worst-served region with one cache in the first region.
    CentralWrite,
    /// Median write request of the worst-served region with an active group.
    NearbyWrite,
    /// P95 of a read request of the worst-served region with one cache in the first region.
    CentralRead,
    /// P95 of a read request of the worst-served region with an active group.
    NearbyRead,
    /// P95 of a read request of the worst-served region with the group's first region down.
    ReadRegionDown,
    /// The same with one cache, now in the second region.
    CentralReadRegionDown,
    /// A rehearsal of a group's runbook: clients redirected, member unlinked, all checked; nobody has to notice or decide.
    GroupRunbook,
}

/// A printed outcome without a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unmodelled {
    /// Which figure.
    pub figure: UnmodelledFigure,
    /// The figure as printed: "below 68 %".
    pub printed: String,
    /// The source's tag, `S0` or `S2`.
    pub source: String,
}

/// Figures that a source prints and no model gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnmodelledFigure {
    /// Load of the database's processors after a loss.
    DatabaseCpu,
    /// Share of requests answered in a drill.
    DrillAvailability,
    /// How many incidents a season has.
    IncidentVolume,
    /// What it takes to document an exercise.
    EvidenceEffort,
}

/// One printed fact or outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printed {
    /// What the figure is about: "activation", "RPO in bursts".
    pub what: String,
    /// The figure as printed: "24 min".
    pub outcome: String,
    /// The source's tag, `S0` or `S2`.
    pub source: String,
}
