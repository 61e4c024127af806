//! The targets that each topology meets or misses (M-12).

use crate::units::{Money, Secs};
use serde::{Deserialize, Serialize};

/// The targets; an absent one is not judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objectives {
    /// Age of the data that may be lost.
    pub rpo: Option<Secs>,
    /// Time until users are served again.
    pub rto: Option<Secs>,
    /// How long a region may stay down before memory, or anything else, runs out.
    pub runway: Option<Secs>,
    /// Latency of a write request for the worst-served region.
    pub write_latency: Option<Secs>,
    /// Latency of a read request. It judges the latency panel alone: no verdict, no comparison depends on it.
    #[serde(default)]
    pub read_latency: Option<Secs>,
    /// Cost of a steady month.
    pub budget: Option<Money>,
}

impl Default for Objectives {
    fn default() -> Self {
        Self {
            rpo: Some(Secs::mins(1.0)),
            rto: Some(Secs::mins(30.0)),
            runway: Some(Secs::hours(4.0)),
            write_latency: Some(Secs::millis(100.0)),
            read_latency: None,
            budget: Some(Money::whole(5_000)),
        }
    }
}
