//! Whole microseconds since the loss.

use crate::units::Secs;
use serde::Serialize;

/// A moment of a simulated outage: whole microseconds since the first loss, so that order never hangs on rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(transparent)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The first loss.
    pub const START: Self = Self(0);
    /// No simulation looks further: four hundred days.
    pub const LAST: Self = Self(400 * 86_400 * 1_000_000);

    /// The first whole microsecond that is not before `self + time`; at most [`Timestamp::LAST`]. A negative time or one that
    /// is no number is none.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates; NaN is 0")]
    pub fn after(self, time: Secs) -> Self {
        let micros = libm::ceil(time.as_secs() * 1e6) as u64;
        Self(self.0.saturating_add(micros)).min(Self::LAST)
    }

    /// Seconds since the first loss.
    #[must_use]
    pub fn as_secs(self) -> Secs {
        Secs::secs(self.0 as f64 / 1e6)
    }

    /// Time since an earlier moment; 0 when it is not earlier.
    #[must_use]
    pub fn since(self, earlier: Self) -> Secs {
        Secs::secs(self.0.saturating_sub(earlier.0) as f64 / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_microseconds_never_early() {
        let cases = [(0.0, 0), (1.0, 1_000_000), (1e-7, 1), (-5.0, 0), (f64::NAN, 0), (1e300, Timestamp::LAST.0)];
        for (secs, micros) in cases {
            assert_eq!(Timestamp::START.after(Secs::secs(secs)).0, micros, "{secs}");
        }
        let hour = Timestamp::START.after(Secs::hours(1.0));
        assert_eq!(hour.after(Secs::secs(1.0)).since(hour), Secs::secs(1.0));
        assert_eq!(hour.since(Timestamp::LAST), Secs::ZERO);
    }
}
