//! Where calibrated coefficients come from.

use super::check::FieldError;
use crate::report::format;
use crate::units::{Date, OpsPerSec};
use serde::{Deserialize, Serialize};

/// Longest name of a source, in characters.
const MAX_SOURCE: usize = 200;

/// What the κ and the bytes kept for a delete in [`super::Assumptions`] were fitted to; without it they are assumptions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// The day of the drill or incident.
    pub date: Date,
    /// What was read: a file's name.
    pub source: String,
    /// How many points of it were fitted.
    pub points: u32,
    /// Deletes and expiries a second meanwhile.
    pub deletes: OpsPerSec,
}

impl Calibration {
    /// What is wrong with it, if anything.
    pub(super) fn error(&self) -> Option<FieldError> {
        let message = if self.points < 3 {
            format!("Calibration: it stands on {}; fit at least 3.", format::counted(self.points as usize, "point"))
        } else if self.source.chars().count() > MAX_SOURCE {
            format!("Calibration: the source's name has more than {MAX_SOURCE} characters; enter a shorter one.")
        } else if !(0.0..=1e8).contains(&self.deletes.as_per_s()) || self.deletes <= OpsPerSec::ZERO {
            "Calibration: the delete rate is outside the range; enter more than 0/s, at most 100,000,000/s.".to_owned()
        } else {
            return None;
        };
        Some(FieldError::new("calibration", message))
    }
}
