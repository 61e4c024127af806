//! What a preset says of itself: the printed facts, the printed outcome, and what is ours.

use serde::{Deserialize, Serialize};

/// Where a plan comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Story {
    /// One or two sentences of context.
    pub summary: String,
    /// What a published source prints, with its tag.
    pub printed: Vec<Printed>,
    /// Inputs of this plan that are assumed, in words.
    pub assumed: Vec<String>,
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
