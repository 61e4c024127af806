//! Money of the bill: decimal, never mixed with f64. An amount does not carry its currency: the catalogue names one for
//! everything that is reckoned with it, so that two can never be added.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// A currency by its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// US dollars: the bundled catalogue's currency.
    pub const USD: Self = Self(*b"USD");

    /// From an ISO code of three capital letters; `None` for anything else.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let code: [u8; 3] = code.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
    }

    /// The code: "EUR".
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The sign, where it is one currency's alone or its ordinary meaning; the code is printed for the others.
    #[must_use]
    pub fn sign(self) -> Option<&'static str> {
        let signs = [("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("INR", "₹"), ("JPY", "¥")];
        signs.iter().find(|(code, _)| *code == self.code()).map(|(_, sign)| *sign)
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self::USD
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::new(&code).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "“{}” is no currency; enter an ISO code of three capital letters",
                crate::units::quote::short(&code)
            ))
        })
    }
}

/// An amount of money, exact, in the currency of the catalogue. Serialised as a decimal string.
///
/// A sum or a product beyond the range of a decimal (7.9 × 10²⁸) is [`Money::TOO_LARGE`], and so is everything that is reckoned
/// with it: it never turns back into a figure, and no arithmetic panics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(Decimal);

/// A unit price: money for one hour, one GB, one rule … ; the unit is named by the bill line that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitPrice(Decimal);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// The error value of sums and products; it is printed as words and is larger than every amount.
    pub const TOO_LARGE: Self = Self(Decimal::MAX);

    /// From an exact decimal number of the currency's unit (dollars, euros).
    #[must_use]
    pub const fn new(amount: Decimal) -> Self {
        Self(amount)
    }

    /// From a whole number of the currency's unit.
    #[must_use]
    pub fn whole(amount: i64) -> Self {
        Self(Decimal::from(amount))
    }

    /// The exact decimal.
    #[must_use]
    pub const fn as_decimal(self) -> Decimal {
        self.0
    }

    /// True for [`Money::TOO_LARGE`]: there is no figure to print, to add or to rank.
    #[must_use]
    pub fn is_too_large(self) -> bool {
        self == Self::TOO_LARGE
    }

    /// The result of an operation on amounts: too large where it overflows or where one of them already was.
    fn checked(of: [Self; 2], result: Option<Decimal>) -> Self {
        if of.iter().any(|amount| amount.is_too_large()) {
            Self::TOO_LARGE
        } else {
            result.map_or(Self::TOO_LARGE, Self)
        }
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

impl UnitPrice {
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

impl Mul<Decimal> for UnitPrice {
    type Output = Money;
    /// Unit price times quantity; [`Money::TOO_LARGE`] beyond the decimal's range.
    fn mul(self, quantity: Decimal) -> Money {
        Money(self.0) * quantity
    }
}

impl Mul<Decimal> for Money {
    type Output = Self;
    fn mul(self, factor: Decimal) -> Self {
        Self::checked([self, self], self.0.checked_mul(factor))
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::checked([self, other], self.0.checked_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::checked([self, other], self.0.checked_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self::checked([self, self], Some(-self.0))
    }
}

impl Sum for Money {
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
            assert_eq!(Money::new(exact).to_cents().to_string(), cents);
        }
    }

    /// 79,228,162,514,264,337,593,543,950,335 is the largest decimal.
    #[test]
    fn what_overflows_is_too_large_and_stays_so() {
        let large = Money::new(Decimal::MAX - Decimal::ONE);
        let sums = [
            large + Money::whole(2),
            -large - Money::whole(2),
            large * Decimal::TWO,
            UnitPrice::new(large.as_decimal()) * Decimal::TWO,
            [large, large].into_iter().sum(),
        ];
        for sum in sums {
            assert!(sum.is_too_large(), "{sum:?}");
            for after in [sum - large, sum * Decimal::ZERO, -sum, sum + -sum] {
                assert!(after.is_too_large(), "{after:?}");
            }
        }
        assert!(!(large + Money::ZERO).is_too_large());
    }

    #[test]
    fn a_currency_is_three_capital_letters() {
        for code in ["USD", "EUR", "CHF"] {
            assert_eq!(Currency::new(code).expect("a currency").code(), code);
        }
        for text in ["", "eur", "EU", "EURO", "E€", "12A"] {
            assert_eq!(Currency::new(text), None, "{text}");
        }
        assert_eq!(Currency::new("GBP").and_then(Currency::sign), Some("£"));
        assert_eq!(Currency::new("CHF").and_then(Currency::sign), None);
    }
}
