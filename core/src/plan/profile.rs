//! The write rate over time as somebody measured it.

use super::table::entry;
use crate::units::Secs;

/// Most points that a plan keeps: a day by the minute. It bounds files and links.
pub const MAX_RATES: usize = 1_440;

entry! {
    /// A series of write rates, one after the other, repeated for ever. Only their relation counts: the plan's writes stay the
    /// mean, so that growth, other units and a change of the writes need no new series.
    Profile {
        /// What it was read from: "writes.csv".
        name: String;
        /// How long each rate holds.
        step: Secs;
        /// The rates; 1 is about the mean.
        rates: Vec<f64>;
    }
}

impl Profile {
    /// Rates over their mean, so that the mean is 1; nothing but zeros where the mean is no positive number.
    pub fn factors(&self) -> impl Iterator<Item = f64> {
        let mean = self.rates.iter().sum::<f64>() / self.rates.len().max(1) as f64;
        let usable = mean.is_finite() && mean > 0.0;
        self.rates.iter().map(move |rate| if usable { rate.max(0.0) / mean } else { 0.0 })
    }

    /// Length of the series.
    #[must_use]
    pub fn period(&self) -> Secs {
        self.step * self.rates.len() as f64
    }
}
