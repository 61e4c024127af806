//! Names of objectives and states, as they stand beside every figure.

use crate::model::cost::states::State;
use crate::model::verdict::Objective;

impl Objective {
    /// The objective with what it is judged on, as it stands beside every target: "RTO P95", "Cost a month, as planned".
    ///
    /// Time is judged at P95: 95 of 100 cases are at least as good. Cost is that of the plan's own volumes: its band (M-14)
    /// takes 10,000 trials.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Cost => "Cost a month, as planned",
            Self::Rpo => "RPO P95",
            Self::Rto => "RTO P95",
            Self::Runway => "Runway P05",
            Self::Latency => "Write latency P95",
        }
    }
}

impl State {
    /// "Drill", "Outage", "Resync", "Recreating a cache".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drill => "Drill",
            Self::Outage => "Outage",
            Self::Resync => "Resync",
            Self::MemberRebuild => "Recreating a cache",
        }
    }
}
