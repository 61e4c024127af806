//! Ranges and ticks of axes, and the text of a value on them.

use crate::units::format;
use crate::units::{
    Bytes, BytesPerSec, Currency, Money, OpsPerSec, Ratio, SECS_PER_DAY as DAY, SECS_PER_HOUR as HOUR, Secs,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

const MIN: f64 = 60.0;
/// Steps of a time axis, in seconds; beyond them whole days by 1-2-5.
const TIME_STEPS: [f64; 18] = [
    1.0,
    2.0,
    5.0,
    10.0,
    15.0,
    30.0,
    MIN,
    2.0 * MIN,
    5.0 * MIN,
    10.0 * MIN,
    15.0 * MIN,
    30.0 * MIN,
    HOUR,
    2.0 * HOUR,
    3.0 * HOUR,
    6.0 * HOUR,
    12.0 * HOUR,
    DAY,
];

/// What an axis measures; a value on it is in the unit's base, and its text comes from [`crate::units::format`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A duration, in seconds.
    Time,
    /// A time of the day, in seconds since midnight.
    Clock,
    /// A share, in percent.
    Percent,
    /// Money of a month.
    Money(Currency),
    /// A data rate, in bytes per second.
    Rate,
    /// Operations, per second.
    Ops,
    /// An amount of data, in bytes.
    Data,
    /// Months since the start of the plan: 12 is the end of month 12.
    Months,
}

/// Steps of an axis of months; beyond them whole years by 1-2-5.
const MONTH_STEPS: [f64; 5] = [1.0, 2.0, 3.0, 6.0, 12.0];

impl Unit {
    /// A value as the cards and tables print it: "4 h 52 min", "83.6 %", "$3,412".
    #[must_use]
    pub fn text(self, value: f64) -> String {
        match self {
            Self::Time => format::duration(Secs::secs(value)),
            Self::Clock => clock(value),
            Self::Percent => format::percent(Ratio::percent(value)),
            Self::Money(currency) => {
                let amount = Decimal::from_f64(value).unwrap_or_default().round_dp(2);
                format::money(Money::new(amount), currency)
            }
            Self::Rate => format::rate(BytesPerSec::bytes_per_s(value)),
            Self::Ops => format::ops(OpsPerSec::per_s(value)),
            Self::Data => format::bytes(Bytes::bytes(value)),
            Self::Months => format!("after month {}", format::number(value)),
        }
    }

    /// A tick's text: the origin without a unit, times of a day and more in one unit throughout.
    fn tick(self, at: f64, step: f64) -> String {
        match self {
            Self::Clock => clock(at),
            _ if at == 0.0 => "0".to_owned(),
            Self::Months => format::number(at),
            Self::Time if step >= DAY => format!("{}\u{a0}d", format::number(at / DAY)),
            Self::Time if step >= HOUR => format!("{}\u{a0}h", format::number(at / HOUR)),
            _ => self.text(at),
        }
    }

    /// The step between ticks for about `count` of them.
    fn step(self, span: f64, count: f64) -> f64 {
        let rough = span / count.max(1.0);
        match self {
            // Below a second and above a day the steps are decimal again.
            Self::Time | Self::Clock if rough > 0.5 => {
                let listed = TIME_STEPS.into_iter().find(|step| *step >= rough);
                listed.unwrap_or_else(|| nice_step(rough / DAY) * DAY)
            }
            Self::Months => {
                let listed = MONTH_STEPS.into_iter().find(|step| *step >= rough * (1.0 - 1e-9));
                listed.unwrap_or_else(|| nice_step(rough / 12.0) * 12.0)
            }
            _ => nice_step(rough),
        }
    }
}

/// "08:30"; a day's end is 24:00.
fn clock(value: f64) -> String {
    let minutes = libm::round(value / MIN).clamp(0.0, 24.0 * 60.0);
    format!("{:02.0}:{:02.0}", libm::floor(minutes / 60.0), minutes % 60.0)
}

/// The smallest of 1, 2, 5 times a power of ten that is not below `rough`; 1 for what is no such figure.
#[must_use]
pub fn nice_step(rough: f64) -> f64 {
    if !(1e-100..1e100).contains(&rough) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

/// One axis: range and ticks are decided here, so that every drawing agrees.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// What it measures: "time since the loss".
    pub label: String,
    /// First value.
    pub from: f64,
    /// Last value.
    pub to: f64,
    /// Values and texts of the ticks, rising.
    pub ticks: Vec<(f64, String)>,
    /// What a value is.
    pub unit: Unit,
}

impl Axis {
    /// From 0 to exactly `to` with about `count` ticks. What is no positive number becomes 1, so that a drawing has a range.
    #[must_use]
    pub fn until(label: impl Into<String>, unit: Unit, to: f64, count: u32) -> Self {
        let to = drawable(to);
        let step = unit.step(to, f64::from(count));
        let mut ticks = Vec::new();
        for index in 0..100_u32 {
            let at = f64::from(index) * step;
            if at > to * (1.0 + 1e-9) {
                break;
            }
            ticks.push((at, unit.tick(at, step)));
        }
        Self { label: label.into(), from: 0.0, to, ticks, unit }
    }

    /// From 0 to the tick at or above `to`.
    #[must_use]
    pub fn covering(label: impl Into<String>, unit: Unit, to: f64, count: u32) -> Self {
        let to = drawable(to);
        let step = unit.step(to, f64::from(count));
        Self::until(label, unit, libm::ceil(to / step - 1e-9) * step, count)
    }
}

/// A range that ticks can be laid on.
fn drawable(to: f64) -> f64 {
    if to.is_finite() && to > 0.0 { to.clamp(1e-9, 1e18) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(unit: Unit, to: f64, count: u32) -> String {
        let axis = Axis::until("", unit, to, count);
        axis.ticks.iter().map(|(_, text)| text.replace('\u{a0}', " ")).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn times_tick_as_clocks_do() {
        let cases = [
            (Unit::Time, 0.2, "0, 50 ms, 100 ms, 150 ms, 200 ms"),
            (Unit::Time, 50.0 * MIN, "0, 10 min, 20 min, 30 min, 40 min, 50 min"),
            (Unit::Time, 100.0 * MIN, "0, 30 min, 1 h, 1 h 30 min"),
            (Unit::Time, 8.0 * HOUR, "0, 2 h, 4 h, 6 h, 8 h"),
            (Unit::Time, 58.0 * HOUR, "0, 12 h, 24 h, 36 h, 48 h"),
            (Unit::Time, 5.0 * DAY, "0, 1 d, 2 d, 3 d, 4 d, 5 d"),
            (Unit::Time, 40.0 * DAY, "0, 10 d, 20 d, 30 d, 40 d"),
            (Unit::Clock, DAY, "00:00, 06:00, 12:00, 18:00, 24:00"),
            (Unit::Percent, 110.0, "0, 50 %, 100 %"),
            (Unit::Months, 5.0, "0, 1, 2, 3, 4, 5"),
            (Unit::Months, 36.0, "0, 12, 24, 36"),
            (Unit::Months, 120.0, "0, 24, 48, 72, 96, 120"),
            (Unit::Money(Currency::USD), 7_300.0, "0, $2,000, $4,000, $6,000"),
        ];
        for (unit, to, expected) in cases {
            assert_eq!(texts(unit, to, 5), expected, "{to}");
        }
    }

    proptest! {
        /// Any figure gives a range with ticks inside it, never more than a hundred.
        #[test]
        fn every_axis_can_be_drawn(to in proptest::num::f64::ANY, count in 0_u32..20, time in any::<bool>()) {
            let axis = Axis::covering("", if time { Unit::Time } else { Unit::Data }, to, count);
            prop_assert!(axis.to > axis.from && axis.to.is_finite());
            prop_assert!((1..=100).contains(&axis.ticks.len()));
            prop_assert!(axis.ticks.iter().all(|(at, _)| *at >= axis.from && *at <= axis.to * (1.0 + 1e-9)));
        }
    }
}
