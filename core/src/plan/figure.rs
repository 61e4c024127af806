//! What a numeric field holds, to and from base units.

use crate::units::{Bytes, BytesPerSec, Money, OpsPerSec, Ratio, Secs, UnitPrice};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// The value of a numeric field, or of one that may be left to be derived.
pub(super) trait Figure {
    /// True when it may be left to be derived.
    const OPTIONAL: bool;
    /// True when files write it as a decimal number in a text.
    const DECIMAL: bool;
    /// The value in base units; `None` when it is left to be derived.
    fn figure(&self) -> Option<f64>;
    /// Takes a value in base units; none leaves an optional one to be derived, and any other as it is.
    fn take(&mut self, value: Option<f64>);
}

/// A number in base units.
trait Base: Copy {
    const DECIMAL: bool;
    fn to_base(self) -> f64;
    fn from_base(value: f64) -> Self;
}

impl<T: Base> Figure for T {
    const OPTIONAL: bool = false;
    const DECIMAL: bool = T::DECIMAL;

    fn figure(&self) -> Option<f64> {
        Some(self.to_base())
    }

    fn take(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            *self = T::from_base(value);
        }
    }
}

impl<T: Base> Figure for Option<T> {
    const OPTIONAL: bool = true;
    const DECIMAL: bool = T::DECIMAL;

    fn figure(&self) -> Option<f64> {
        self.map(T::to_base)
    }

    fn take(&mut self, value: Option<f64>) {
        *self = value.map(T::from_base);
    }
}

macro_rules! base {
    ($($type:ty: $decimal:literal, $read:expr, $make:expr;)*) => {$(
        impl Base for $type {
            const DECIMAL: bool = $decimal;
            fn to_base(self) -> f64 {
                $read(self)
            }
            fn from_base(value: f64) -> Self {
                $make(value)
            }
        }
    )*};
}

base! {
    f64: false, |value| value, |value| value;
    Bytes: false, Self::as_bytes, Self::bytes;
    BytesPerSec: false, Self::as_bytes_per_s, Self::bytes_per_s;
    OpsPerSec: false, Self::as_per_s, Self::per_s;
    Secs: false, Self::as_secs, Self::secs;
    Ratio: false, Self::as_fraction, Self::fraction;
    u32: false, f64::from, to_whole;
    Decimal: true, to_f64, to_decimal;
    Money: true, |amount: Self| to_f64(amount.as_decimal()), |value| Self::new(to_decimal(value));
    UnitPrice: true, |price: Self| to_f64(price.as_decimal()), |value| Self::new(to_decimal(value));
}

/// Bounds keep the value inside u32 before it comes here; anything else becomes the nearest end.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
fn to_whole(value: f64) -> u32 {
    value as u32
}

fn to_f64(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

fn to_decimal(value: f64) -> Decimal {
    Decimal::from_f64(value).unwrap_or_default()
}
