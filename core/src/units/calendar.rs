//! The Gregorian calendar as arithmetic, both ways: days since 1970-01-01 and year, month, day.
//!
//! Years are counted from March, so that the leap day ends one; 400 of them have 146,097 days.

/// Days of 400 years.
const ERA: i64 = 146_097;
/// From 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// Days since 1970-01-01 of a day; years from 0 on.
pub(crate) const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH
}

/// Year, month and day so many days after 1970-01-01: the inverse of [`days_since_1970`].
pub(crate) const fn day_of(days: i64) -> (i64, i64, i64) {
    let days = days + EPOCH;
    let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let of_years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * of_years + of_years / 4 - of_years / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let (month, later) = if from_march < 10 { (from_march + 3, 0) } else { (from_march - 9, 1) };
    (era * 400 + of_years + later, month, day)
}

/// Days of a month, 1 to 12.
pub(crate) const fn days_in(year: i64, month: i64) -> i64 {
    let next = if month == 12 { days_since_1970(year + 1, 1, 1) } else { days_since_1970(year, month + 1, 1) };
    next - days_since_1970(year, month, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days by `date -u -d … +%s`, divided by 86,400.
    #[test]
    fn days_as_the_system_counts_them() {
        let cases = [
            (1970, 1, 1, 0),
            (2000, 2, 29, 11_016),
            (2024, 7, 11, 19_915),
            (2026, 3, 1, 20_513),
            (2100, 3, 1, 47_541),
            (2199, 12, 31, 84_005),
        ];
        for (year, month, day, days) in cases {
            assert_eq!((days_since_1970(year, month, day), day_of(days)), (days, (year, month, day)));
        }
    }

    /// Every day of two eras: each follows the one before, and reads back.
    #[test]
    fn both_ways_are_inverse() {
        let first = days_since_1970(1600, 1, 1);
        let mut before = day_of(first - 1);
        for days in first..first + 2 * ERA {
            let (year, month, day) = day_of(days);
            assert_eq!(days_since_1970(year, month, day), days);
            let next_day = (year, month) == (before.0, before.1) && day == before.2 + 1;
            assert!(
                next_day || (day == 1 && before.2 == days_in(before.0, before.1)),
                "{before:?} {year}-{month}-{day}"
            );
            before = (year, month, day);
        }
    }
}
