//! A point in time as files write it.

use crate::units::float;

/// Numbers above this are milliseconds: as seconds they would lie 3,000 years ahead.
const MILLISECONDS_ABOVE: f64 = 1e11;

/// Seconds since 1970 (ISO 8601, without an offset UTC), or the number itself; `None` for anything else.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(number) = float(text).filter(|number| number.is_finite()) {
        return Some(if number.abs() > MILLISECONDS_ABOVE { number / 1e3 } else { number });
    }
    let (date, clock) = text.split_once(['T', 't', ' '])?;
    let mut parts = date.split('-').map(whole);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let in_range = parts.next().is_none() && date.len() == 10 && (1..=12).contains(&month) && (1..=31).contains(&day);
    let (clock, offset) = split_offset(clock.trim())?;
    let mut parts = clock.splitn(3, ':');
    let (hours, minutes) = (whole(parts.next()?)?, whole(parts.next()?)?);
    let secs = parts.next().map_or(Some(0.0), float)?;
    let in_range = in_range && hours <= 24 && minutes < 60 && (0.0..61.0).contains(&secs);
    let days = days_since_1970(year, month, day);
    in_range.then(|| ((days * 24 + hours) * 60 + minutes - offset) as f64 * 60.0 + secs)
}

fn whole(text: &str) -> Option<i64> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.bytes().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
}

/// The clock without its offset, and the offset in minutes: `Z`, `+02:00`, `-0530`.
fn split_offset(clock: &str) -> Option<(&str, i64)> {
    if let Some(utc) = clock.strip_suffix(['Z', 'z']) {
        return Some((utc, 0));
    }
    let Some(at) = clock.rfind(['+', '-']) else { return Some((clock, 0)) };
    let sign = if clock[at..].starts_with('-') { -1 } else { 1 };
    let digits: String = clock[at + 1..].chars().filter(|character| *character != ':').collect();
    let offset = whole(&digits).filter(|_| digits.len() == 4)?;
    Some((clock[..at].trim_end(), sign * (offset / 100 * 60 + offset % 100)))
}

/// Days of the Gregorian calendar since 1970-01-01; years from 0 on. Months are counted from March, so that the leap day
/// ends a year.
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (century, of_century) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    century * 146_097 + of_century * 365 + of_century / 4 - of_century / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::seconds;

    /// Seconds by `date -u -d … +%s`.
    #[test]
    fn times_as_files_write_them() {
        let cases = [
            ("0", 0.0),
            ("12.5", 12.5),
            ("1720681200", 1_720_681_200.0),
            ("1720681200000", 1_720_681_200.0),
            ("1970-01-01T00:00:00Z", 0.0),
            ("2024-07-11T07:00:00Z", 1_720_681_200.0),
            ("2024-07-11 07:00", 1_720_681_200.0),
            ("2024-07-11T07:00:00.250Z", 1_720_681_200.25),
            ("2024-07-11T09:00:00+02:00", 1_720_681_200.0),
            ("2024-07-11T01:30:00-0530", 1_720_681_200.0),
            ("2000-02-29T00:00:00Z", 951_782_400.0),
            ("2026-03-01T00:00:00Z", 1_772_323_200.0),
        ];
        for (text, expected) in cases {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for wrong in
            ["", "noon", "7/11/2024 7:00 AM", "2024-13-01T00:00Z", "2024-07-11", "2024-07-11T7", "NaN", "1e999"]
        {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
