//! What an answer of metrics says of all of them, and its times.

use crate::import::series::timestamp;

/// What an answer says of all its metrics.
pub(in crate::estate) struct Answer<'a> {
    pub(in crate::estate) of: &'a str,
    pub(in crate::estate) interval: u32,
}

#[expect(clippy::cast_possible_truncation, reason = "times of files lie within the range, and casts saturate")]
pub(in crate::estate) fn millis(seconds: f64) -> i64 {
    libm::round(seconds * 1e3) as i64
}

/// Seconds of an interval; 0 for none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "spans are positive, and casts saturate")]
pub(in crate::estate) fn interval(text: &str) -> u32 {
    timestamp::span(text).unwrap_or_default() as u32
}
