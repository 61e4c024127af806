//! Three figures for one uncertain input: low, most likely, high.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An uncertain input as low ≤ mode ≤ high, read as a triangular distribution.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range<T> {
    /// The low end.
    pub low: T,
    /// The most likely value; the one that single-figure answers use.
    pub mode: T,
    /// The high end.
    pub high: T,
}

/// Why three figures are no range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeError;

impl fmt::Display for RangeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a range is written low, most likely, high, and each is at least the one before it")
    }
}

impl std::error::Error for RangeError {}

impl<T: Copy + PartialOrd> Range<T> {
    /// From its three figures; use [`Range::check`] on figures that a person typed.
    pub const fn new(low: T, mode: T, high: T) -> Self {
        Self { low, mode, high }
    }

    /// A range without spread.
    pub const fn exactly(value: T) -> Self {
        Self { low: value, mode: value, high: value }
    }

    /// The range, if low ≤ mode ≤ high.
    pub fn check(self) -> Result<Self, RangeError> {
        if self.low <= self.mode && self.mode <= self.high { Ok(self) } else { Err(RangeError) }
    }

    /// Applies a function to each of the three; use only with non-decreasing functions.
    pub fn map<U>(self, each: impl Fn(T) -> U) -> Range<U> {
        Range { low: each(self.low), mode: each(self.mode), high: each(self.high) }
    }

    /// Applies a falling function to each of the three, and so swaps the ends.
    pub fn map_falling<U>(self, each: impl Fn(T) -> U) -> Range<U> {
        Range { low: each(self.high), mode: each(self.mode), high: each(self.low) }
    }
}
