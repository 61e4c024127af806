//! Ranges of the plan at an end of which the choice is another one (M-12).

use crate::model::Topology;
use crate::plan::Input;
use serde::Serialize;

/// Ranges whose most likely value alone counts in what is judged: the size, the rate that a link applies, the volumes. All others are in
/// the quantiles that are held against the targets.
const POINTS: [&str; 6] = [
    "assumptions.crdt_factor",
    "assumptions.sync_rate",
    "assumptions.apply_commands",
    "assumptions.member_network",
    "workload.spread.rates",
    "workload.spread.data",
];

/// One range, known to be at one of its ends, and what is the choice then.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Turn {
    /// The range.
    pub input: Input,
    /// The end, in base units.
    pub at: f64,
    /// The choice then; `None` where none of the plan's designs meets every target.
    pub to: Option<Topology>,
    /// That one costs less over the horizon than the choice does.
    pub cheaper: bool,
}

impl Turn {
    /// The choice is too close to call: what is judged takes the range as a point, so that the doubt is nowhere else; or the range is
    /// counted in the quantile that was judged, a step of recovery for one, and a cheaper design waits at its end. That the choice itself
    /// misses a target there, or that a dearer one follows, is what the quantile counts: as it is known now the choice stands.
    #[must_use]
    pub fn leaves_open(&self) -> bool {
        self.cheaper || POINTS.contains(&self.input.path)
    }
}
