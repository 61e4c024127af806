//! A calendar date without a clock.

use super::calendar;
use crate::units::SECS_PER_DAY;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, ordered. Serialised as `"2028-09-30"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// Why a text is no date; the message states the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError(String);

impl fmt::Display for DateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "“{}” is no date: write year-month-day between 2000-01-01 and 2199-12-31, like 2028-09-30",
            crate::units::quote::short(&self.0)
        )
    }
}

impl std::error::Error for DateError {}

impl Date {
    /// From year (2000–2199), month (1–12) and day of that month.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, DateError> {
        let valid =
            (2000..=2199).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month);
        if valid { Ok(Self { year, month, day }) } else { Err(DateError(format!("{year}-{month}-{day}"))) }
    }

    /// The day of a moment in seconds since 1970 (UTC); `None` for one outside 2000–2199 or one that is no number.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the guard keeps it far inside")]
    pub fn of_moment(seconds: f64) -> Option<Self> {
        if !(946_684_800.0..7_258_118_400.0).contains(&seconds) {
            return None;
        }
        let (year, month, day) = calendar::day_of((seconds / SECS_PER_DAY) as i64);
        Self::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The date so many months later; a day that the month lacks becomes its last one (31 January + 1 is 28 February).
    /// Past 2199 it stays at the last representable day.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let since_zero = i64::from(self.year) * 12 + i64::from(self.month) - 1 + i64::from(months);
        let Ok(year) = i32::try_from(since_zero / 12) else { return Self::LAST };
        if year > Self::LAST.year {
            return Self::LAST;
        }
        let month = u8::try_from(since_zero % 12 + 1).unwrap_or(12);
        Self { year, month, day: self.day.min(days_in(year, month)) }
    }

    /// The date so many days earlier; before 2000 it stays at the first representable day.
    #[must_use]
    pub fn minus_days(self, days: u32) -> Self {
        let (year, month, day) = calendar::day_of(self.since_1970() - i64::from(days));
        let of = |year, month, day| {
            Self::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
        };
        of(year, month, day).unwrap_or(Self::FIRST)
    }

    /// Days from `self` to `later`; 0 when `later` is not later.
    #[must_use]
    pub fn days_until(self, later: Self) -> u32 {
        u32::try_from(later.since_1970() - self.since_1970()).unwrap_or(0)
    }

    fn since_1970(self) -> i64 {
        calendar::days_since_1970(self.year.into(), self.month.into(), self.day.into())
    }

    /// Whole months from `self` to `later`; 0 when `later` is not later.
    #[must_use]
    pub fn months_until(self, later: Self) -> u32 {
        let months = (later.year - self.year) * 12 + i32::from(later.month) - i32::from(self.month);
        let whole = if later.day < self.day { months - 1 } else { months };
        u32::try_from(whole).unwrap_or(0)
    }

    /// The first day that can be written: 2000-01-01.
    pub const FIRST: Self = Self { year: 2000, month: 1, day: 1 };

    const LAST: Self = Self { year: 2199, month: 12, day: 31 };
}

/// A month has at most 31.
fn days_in(year: i32, month: u8) -> u8 {
    u8::try_from(calendar::days_in(year.into(), month.into())).unwrap_or(31)
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        let wrong = || DateError(text.chars().take(24).collect());
        let mut parts = text.trim().split('-');
        let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => Self::new(year, month, day).map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    /// Seconds by `date -u -d … +%s`.
    #[test]
    fn days_of_moments() {
        let cases = [
            (946_684_800.0, "2000-01-01"),
            (951_782_400.0, "2000-02-29"),
            (951_868_799.9, "2000-02-29"),
            (1_720_681_200.0, "2024-07-11"),
            (1_772_323_199.0, "2026-02-28"),
            (1_772_323_200.0, "2026-03-01"),
            (4_107_542_400.0, "2100-03-01"),
            (7_258_118_399.0, "2199-12-31"),
        ];
        for (seconds, day) in cases {
            assert_eq!(Date::of_moment(seconds).unwrap().to_string(), day, "{seconds}");
        }
        for none in [0.0, 60.0, 946_684_799.0, 7_258_118_400.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Date::of_moment(none), None, "{none}");
        }
    }

    #[test]
    fn reads_and_prints() {
        assert_eq!(date("2028-09-30").to_string(), "2028-09-30");
        for wrong in ["", "2028-13-01", "2027-02-29", "2028-9", "30.9.2028", "2028-09-30-1", "1999-12-31"] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
    }

    /// By `date -d "2028-09-30 -59 days" +%F` and `date -d "2027-03-31 -43 days" +%F`.
    #[test]
    fn counts_days() {
        for (day, back, earlier) in [("2028-09-30", 59, "2028-08-02"), ("2027-03-31", 43, "2027-02-16")] {
            assert_eq!(date(day).minus_days(back), date(earlier));
            assert_eq!((date(earlier).days_until(date(day)), date(day).days_until(date(earlier))), (back, 0));
        }
        assert_eq!(date("2000-01-05").minus_days(9), Date::FIRST);
    }

    #[test]
    fn counts_months() {
        assert_eq!(date("2026-11-21").plus_months(22), date("2028-09-21"));
        assert_eq!(date("2027-01-31").plus_months(1), date("2027-02-28"));
        assert_eq!(date("2026-11-21").months_until(date("2028-09-30")), 22);
        assert_eq!(date("2028-09-30").months_until(date("2026-11-21")), 0);
    }
}
