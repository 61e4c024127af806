//! Money of the bill: decimal, in the currency of the price list (US dollars). Never mixed with f64.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// An amount of US dollars, exact. Serialised as a decimal string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Usd(Decimal);

/// A unit price: US dollars for one hour, one GB, one rule … ; the unit is named by the bill line that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UsdPerUnit(Decimal);

impl Usd {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// From an exact decimal number of dollars.
    #[must_use]
    pub const fn new(dollars: Decimal) -> Self {
        Self(dollars)
    }

    /// From whole dollars.
    #[must_use]
    pub fn dollars(dollars: i64) -> Self {
        Self(Decimal::from(dollars))
    }

    /// The exact decimal.
    #[must_use]
    pub const fn as_decimal(self) -> Decimal {
        self.0
    }

    /// Rounded half away from zero to cents: the one rounding, at display and export.
    #[must_use]
    pub fn to_cents(self) -> Decimal {
        let mut cents = self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        cents.rescale(2);
        cents
    }

    /// For charts and ratios only; the bill itself never leaves decimal.
    #[must_use]
    pub fn as_f64_for_charts(self) -> f64 {
        use rust_decimal::prelude::ToPrimitive;
        self.0.to_f64().unwrap_or(f64::NAN)
    }
}

impl UsdPerUnit {
    /// From an exact decimal price.
    #[must_use]
    pub const fn new(price: Decimal) -> Self {
        Self(price)
    }

    /// The exact decimal.
    #[must_use]
    pub const fn as_decimal(self) -> Decimal {
        self.0
    }
}

impl Mul<Decimal> for UsdPerUnit {
    type Output = Usd;
    /// Unit price times quantity; saturates at the decimal's range instead of failing.
    fn mul(self, quantity: Decimal) -> Usd {
        Usd(self.0.saturating_mul(quantity))
    }
}

impl Mul<Decimal> for Usd {
    type Output = Self;
    fn mul(self, factor: Decimal) -> Self {
        Self(self.0.saturating_mul(factor))
    }
}

impl Add for Usd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Usd {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Usd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Usd {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_round_half_away_from_zero() {
        let cases = [("0.005", "0.01"), ("-0.005", "-0.01"), ("404.42", "404.42"), ("1", "1.00"), ("2.344", "2.34")];
        for (exact, cents) in cases {
            let exact: Decimal = exact.parse().expect("a decimal");
            assert_eq!(Usd::new(exact).to_cents().to_string(), cents);
        }
    }
}
