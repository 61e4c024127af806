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
    /// Write request of the worst-served region with one cache in the first region.
    CentralWrite,
    /// Write request of the worst-served region with an active group.
    NearbyWrite,
    /// Read request of the worst-served region with the group's first region down.
    ReadRegionDown,
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
