//! The f64 quantities of the models.

use super::{SECS_PER_DAY, SECS_PER_HOUR};
use serde::{Deserialize, Serialize};
use std::ops::{Add, AddAssign, Div, Mul, Sub};

/// Declares a newtype over `f64` with the operators that every linear quantity has: `a + b`, `a - b`, `a * f64`,
/// `a / f64`, `a / a -> f64`, sums and ordering.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub(crate) f64);

        impl $name {
            /// Nothing of this quantity.
            pub const ZERO: Self = Self(0.0);

            /// The smaller of two; a NaN loses.
            #[must_use]
            pub const fn min(self, other: Self) -> Self {
                Self(self.0.min(other.0))
            }

            /// The larger of two; a NaN loses.
            #[must_use]
            pub const fn max(self, other: Self) -> Self {
                Self(self.0.max(other.0))
            }

            /// True for every value that is a number and not infinite.
            #[must_use]
            pub const fn is_finite(self) -> bool {
                self.0.is_finite()
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Mul<f64> for $name {
            type Output = Self;
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }

        impl Mul<Ratio> for $name {
            type Output = Self;
            fn mul(self, ratio: Ratio) -> Self {
                Self(self.0 * ratio.as_fraction())
            }
        }

        impl Div<f64> for $name {
            type Output = Self;
            fn div(self, divisor: f64) -> Self {
                Self(self.0 / divisor)
            }
        }

        impl Div for $name {
            type Output = f64;
            fn div(self, other: Self) -> f64 {
                self.0 / other.0
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(quantities: I) -> Self {
                quantities.fold(Self::ZERO, Add::add)
            }
        }
    };
}

quantity! {
    /// An amount of data or memory, in bytes. Serialised as the number of bytes.
    Bytes
}
quantity! {
    /// A data rate, in bytes per second.
    BytesPerSec
}
quantity! {
    /// A rate of operations, per second.
    OpsPerSec
}
quantity! {
    /// A duration in seconds, fractions allowed.
    Secs
}

/// A dimensionless share or factor; 0.25 is 25 %.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ratio(f64);

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self(0.0);
    /// The whole.
    pub const ONE: Self = Self(1.0);

    /// From a fraction: `Ratio::fraction(0.25)` is 25 %.
    #[must_use]
    pub const fn fraction(fraction: f64) -> Self {
        Self(fraction)
    }

    /// From percent: `Ratio::percent(25.0)` is 0.25.
    #[must_use]
    pub const fn percent(percent: f64) -> Self {
        Self(percent / 100.0)
    }

    /// As a fraction of one.
    #[must_use]
    pub const fn as_fraction(self) -> f64 {
        self.0
    }

    /// As percent.
    #[must_use]
    pub const fn as_percent(self) -> f64 {
        self.0 * 100.0
    }

    /// What is left of the whole: `1 − ratio`.
    #[must_use]
    pub const fn complement(self) -> Self {
        Self(1.0 - self.0)
    }
}

impl Add for Ratio {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Ratio {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul for Ratio {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

impl std::iter::Sum for Ratio {
    fn sum<I: Iterator<Item = Self>>(ratios: I) -> Self {
        ratios.fold(Self::ZERO, Add::add)
    }
}

/// Unit constructors and accessors: `unit!(Bytes, gb, as_gb, 1e9, "gigabytes (10⁹ bytes)")`.
macro_rules! unit {
    ($type:ident, $make:ident, $read:ident, $scale:expr, $words:literal) => {
        #[allow(clippy::self_named_constructors, reason = "the constructor names the unit, as every other does")]
        impl $type {
            #[doc = concat!("From ", $words, ".")]
            #[must_use]
            #[allow(clippy::self_named_constructors, reason = "the unit of a time is its name")]
            pub const fn $make(value: f64) -> Self {
                Self(value * $scale)
            }

            #[doc = concat!("As ", $words, ".")]
            #[must_use]
            pub const fn $read(self) -> f64 {
                self.0 / $scale
            }
        }
    };
}

unit!(Bytes, bytes, as_bytes, 1.0, "bytes");
unit!(Bytes, kb, as_kb, 1e3, "kilobytes (10³ bytes)");
unit!(Bytes, mb, as_mb, 1e6, "megabytes (10⁶ bytes)");
unit!(Bytes, gb, as_gb, 1e9, "gigabytes (10⁹ bytes)");
unit!(Bytes, tb, as_tb, 1e12, "terabytes (10¹² bytes)");
unit!(Bytes, kib, as_kib, 1_024.0, "kibibytes (2¹⁰ bytes)");
unit!(Bytes, mib, as_mib, 1_048_576.0, "mebibytes (2²⁰ bytes)");
unit!(Bytes, gib, as_gib, 1_073_741_824.0, "gibibytes (2³⁰ bytes)");

unit!(BytesPerSec, bytes_per_s, as_bytes_per_s, 1.0, "bytes per second");
unit!(BytesPerSec, mb_per_s, as_mb_per_s, 1e6, "megabytes per second");
unit!(BytesPerSec, mbit_per_s, as_mbit_per_s, 125_000.0, "megabits per second");

unit!(OpsPerSec, per_s, as_per_s, 1.0, "operations per second");
unit!(OpsPerSec, thousand_per_s, as_thousand_per_s, 1e3, "thousand operations per second");

unit!(Secs, secs, as_secs, 1.0, "seconds");
unit!(Secs, millis, as_millis, 1e-3, "milliseconds");
unit!(Secs, mins, as_mins, 60.0, "minutes");
unit!(Secs, hours, as_hours, SECS_PER_HOUR, "hours");
unit!(Secs, days, as_days, SECS_PER_DAY, "days");

impl Mul<Secs> for BytesPerSec {
    type Output = Bytes;
    /// A rate kept up for a time moves that many bytes.
    fn mul(self, time: Secs) -> Bytes {
        Bytes(self.0 * time.0)
    }
}

impl Div<BytesPerSec> for Bytes {
    type Output = Secs;
    /// How long the bytes take at the rate; infinite at rate zero.
    fn div(self, rate: BytesPerSec) -> Secs {
        Secs(self.0 / rate.0)
    }
}

impl Div<Secs> for Bytes {
    type Output = BytesPerSec;
    /// The rate that moves the bytes in the time.
    fn div(self, time: Secs) -> BytesPerSec {
        BytesPerSec(self.0 / time.0)
    }
}

impl Mul<Bytes> for OpsPerSec {
    type Output = BytesPerSec;
    /// Operations per second, each of so many bytes.
    fn mul(self, size: Bytes) -> BytesPerSec {
        BytesPerSec(self.0 * size.0)
    }
}

impl Mul<Secs> for OpsPerSec {
    type Output = f64;
    /// How many operations fall into the time.
    fn mul(self, time: Secs) -> f64 {
        self.0 * time.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_agree_with_each_other() {
        assert_eq!(Bytes::gb(53.0).as_mb(), 53_000.0);
        assert_eq!(Bytes::gib(1.0).as_bytes(), 1_073_741_824.0);
        assert_eq!(BytesPerSec::mbit_per_s(8.0).as_mb_per_s(), 1.0);
        assert_eq!(Secs::hours(1.0).as_mins(), 60.0);
        assert_eq!(Secs::millis(250.0).as_secs(), 0.25);
    }

    #[test]
    fn only_meaningful_products_exist() {
        assert_eq!(Bytes::gb(53.0) / Secs::mins(5.0), BytesPerSec::mb_per_s(53_000.0 / 300.0));
        assert_eq!((OpsPerSec::per_s(5_000.0) * Bytes::bytes(1_200.0)).as_mb_per_s(), 6.0);
        assert_eq!(Bytes::mb(120.0) / BytesPerSec::mb_per_s(6.0), Secs::secs(20.0));
        assert_eq!(Bytes::gb(12.0) * Ratio::percent(80.0), Bytes::gb(9.6));
    }
}
