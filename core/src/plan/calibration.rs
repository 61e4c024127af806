//! Where calibrated coefficients come from.

use super::error::FieldError;
use super::rows::entry;
use super::{Assumptions, Plan};
use crate::units::format;
use crate::units::{Bytes, Date, OpsPerSec, Secs};

/// Most points that a plan keeps of a drill, so that its fit can be shown again. It bounds files and links.
pub const MAX_FITTED: usize = 60;

/// So many figures of a fit are of the bytes kept for a delete.
const KEPT: usize = 3;

entry! {
    /// What the κ and the bytes kept for a delete in [`super::Assumptions`] were fitted to; without it they are assumptions.
    Calibration {
        /// The day of the drill or incident where its series says one, else the day on which it was read.
        date: Date;
        /// True where the date is the series' own.
        of_series: bool = false;
        /// What was read: a file's name.
        source: String;
        /// How many points of it were fitted.
        points: u32;
        /// Deletes and expiries a second meanwhile.
        deletes: OpsPerSec;
        /// What was taken into the plan, low, mode and high of the bytes kept for a delete and of κ: see [`Assumptions::fitted`].
        /// Of the bytes alone where κ was not fitted; empty in plans that did not keep it.
        fitted: Vec<f64> = Vec::new();
        /// Times since the member went away of the points kept: all of them, or [`MAX_FITTED`] evenly chosen.
        times: Vec<Secs> = Vec::new();
        /// Used memory at those times.
        used: Vec<Bytes> = Vec::new();
    }
}

impl Assumptions {
    /// The six figures that a calibration fits: bytes kept for a delete, then κ, each low, mode and high.
    #[must_use]
    pub fn fitted(&self) -> [f64; 6] {
        let (kept, factor) = (self.kept_per_delete.map(Bytes::as_bytes), self.crdt_factor);
        [kept.low, kept.mode, kept.high, factor.low, factor.mode, factor.high]
    }
}

impl Plan {
    /// What the calibrated coefficients were fitted to; `None` without a calibration, or where κ or the bytes kept for a
    /// delete were changed since: they are assumptions again.
    #[must_use]
    pub fn calibrated(&self) -> Option<&Calibration> {
        self.calibration.as_ref().filter(|known| known.holds(&self.assumptions))
    }
}

impl Calibration {
    fn holds(&self, assumed: &Assumptions) -> bool {
        assumed.fitted().starts_with(&self.fitted)
    }

    /// False where the bytes kept for a delete alone were fitted: metrics of an estate give no data beside the memory used, which κ takes.
    #[must_use]
    pub fn has_factor(&self) -> bool {
        self.fitted.len() != KEPT
    }

    /// What is wrong with it, if anything.
    pub(super) fn error(&self) -> Option<FieldError> {
        let message = if self.points < 3 {
            format!("Calibration: based on {}; fit at least 3.", format::counted(self.points as usize, "point"))
        } else if !(0.0..=1e8).contains(&self.deletes.as_per_s()) || self.deletes <= OpsPerSec::ZERO {
            "Calibration: the delete rate is outside the range; enter more than 0/s, at most 100,000,000/s.".to_owned()
        } else if self.times.len() != self.used.len() || self.times.len() > MAX_FITTED {
            format!("Calibration: it keeps as many times as points of memory, at most {MAX_FITTED}.")
        } else if !self.times.iter().all(|time| (0.0..=1e9).contains(&time.as_secs()))
            || !self.used.iter().all(|used| (0.0..=1e18).contains(&used.as_bytes()))
        {
            "Calibration: a point that it keeps is outside the range; fit the drill again.".to_owned()
        } else {
            return None;
        };
        Some(FieldError::new("calibration", message))
    }
}
