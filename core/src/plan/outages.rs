//! How often a region goes down, for how long, and what that costs the business: all of it the plan's own assumption.

use crate::units::{Range, Ratio, Secs, UnitPrice};
use serde::{Deserialize, Serialize};

/// Outages of one whole region. The service publishes neither their number nor their length.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Outages {
    /// Outages of one region in a year; assumption: one in ten years, one in four, one a year.
    pub per_year: Range<f64>,
    /// Length of one outage; assumption: 30 min, 4 h, a day.
    pub duration: Range<Secs>,
    /// Share of the outages whose cause takes the other regions as well (control plane, names, identity, a deployment);
    /// assumption: one in twenty.
    pub common_cause: Ratio,
    /// What an hour without service costs the business; absent means unknown, never 0.
    pub downtime_hour: Option<UnitPrice>,
    /// What a million reads of the database cost; absent means unknown, never 0.
    pub million_reads: Option<UnitPrice>,
}

impl Default for Outages {
    fn default() -> Self {
        Self {
            per_year: Range::new(0.1, 0.25, 1.0),
            duration: Range::new(Secs::mins(30.0), Secs::hours(4.0), Secs::hours(24.0)),
            common_cause: Ratio::percent(5.0),
            downtime_hour: None,
            million_reads: None,
        }
    }
}
