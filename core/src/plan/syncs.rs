//! What makes a replica copy everything again.

use crate::units::{Range, Secs};
use serde::{Deserialize, Serialize};

/// Occasions of full syncs in a year (M-05).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Syncs {
    /// Patches of one cache in a year; monthly (D8).
    pub patches_per_year: f64,
    /// How long a patch takes the link of a pair away; "a few minutes to an hour" (D8), the most likely an assumption.
    pub patch_gap: Range<Secs>,
    /// Scalings of a pair in a year: each unlinks and links again (S1); the number is an assumption.
    pub scalings_per_year: f64,
    /// Full syncs of one drill of a pair; assumption: one there and one back.
    pub syncs_per_drill: f64,
}

impl Default for Syncs {
    fn default() -> Self {
        Self {
            patches_per_year: 12.0,
            patch_gap: Range::new(Secs::mins(3.0), Secs::mins(15.0), Secs::mins(60.0)),
            scalings_per_year: 1.0,
            syncs_per_drill: 2.0,
        }
    }
}
