//! A point in time as files write it.

use crate::import::dates::DateOrder;
use crate::units::calendar::{days_in, days_since_1970};
use crate::units::float;
use crate::units::{SECS_PER_DAY, SECS_PER_HOUR};

/// Numbers above this are milliseconds: as seconds they would lie 3,000 years ahead.
const MILLISECONDS_ABOVE: f64 = 1e11;

/// Seconds since 1970 (ISO 8601, without an offset UTC), or the number itself; `None` for anything else.
pub(crate) fn seconds(text: &str) -> Option<f64> {
    if has_slashes(text) { None } else { seconds_with(text, DateOrder::DayFirst) }
}

/// True for a date whose order of day and month is a custom of a country.
pub(crate) fn has_slashes(text: &str) -> bool {
    text.contains('/')
}

/// The same, with dates like 2/25/2026 in an order, and German ones (25.2.2026). A clock may have AM or PM; a date without a
/// clock is its midnight.
pub(crate) fn seconds_with(text: &str, slashes: DateOrder) -> Option<f64> {
    let text = text.trim();
    if let Some(moment) = as_azure_writes(text.as_bytes()) {
        return Some(moment);
    }
    if let Some(number) = float(text).filter(|number| number.is_finite()) {
        return Some(if number.abs() > MILLISECONDS_ABOVE { number / 1e3 } else { number });
    }
    let between = |letter: char| letter.is_whitespace() || matches!(letter, 'T' | 't' | ',');
    let (date, clock) = text.split_once(between).unwrap_or((text, "0:00"));
    let days = days(date, slashes)?;
    let (clock, offset) = split_offset(clock.trim_start_matches([',', ' ']).trim())?;
    Some((days as f64) * SECS_PER_DAY + of_day(clock)? - offset as f64 * 60.0)
}

/// The moment of `2026-10-01T00:00:00Z`, which most times of metrics are; `None` for any other form, which is read part by part.
fn as_azure_writes(text: &[u8]) -> Option<f64> {
    const SIGNS: [(usize, u8); 6] = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (19, b'Z')];
    if text.len() != 20 || SIGNS.iter().any(|(at, sign)| text[*at] != *sign) {
        return None;
    }
    let number = |from: usize, to: usize| {
        let digit = |sum: i64, it: &u8| it.is_ascii_digit().then(|| sum * 10 + i64::from(*it - b'0'));
        text[from..to].iter().try_fold(0, digit)
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hours, minutes, secs) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let is_real = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    (is_real && hours <= 24 && minutes < 60 && secs < 61).then(|| {
        days_since_1970(year, month, day) as f64 * SECS_PER_DAY
            + hours as f64 * SECS_PER_HOUR
            + (minutes * 60 + secs) as f64
    })
}

/// Days since 1970 of a date of the calendar.
fn days(date: &str, slashes: DateOrder) -> Option<i64> {
    let numbers = |separator: char| -> Option<[i64; 3]> {
        let mut parts = date.split(separator).map(whole);
        let numbers = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(numbers)
    };
    let (year, month, day) = if date.contains('/') {
        let [one, two, three] = numbers('/')?;
        match (date.find('/'), slashes) {
            (Some(4), _) => (one, two, three),
            (_, DateOrder::MonthFirst) => (three, one, two),
            (_, DateOrder::DayFirst) => (three, two, one),
        }
    } else if date.contains('.') {
        let [day, month, year] = numbers('.')?;
        (year, month, day)
    } else {
        let [year, month, day] = numbers('-').filter(|_| date.len() == 10)?;
        (year, month, day)
    };
    if !(1..=12).contains(&month) || (date.contains(['/', '.']) && year < 1000) {
        return None;
    }
    (1..=days_in(year, month)).contains(&day).then(|| days_since_1970(year, month, day))
}

/// Seconds of a clock: 7:00, 07:00:00.250, 9:19:00.000 AM.
fn of_day(clock: &str) -> Option<f64> {
    let (clock, half) = match clock.split_once(char::is_whitespace) {
        None => (clock, None),
        Some((clock, half)) => {
            let half: String = half.chars().filter(char::is_ascii_alphabetic).collect();
            match half.to_ascii_lowercase().as_str() {
                "am" => (clock, Some(0)),
                "pm" => (clock, Some(12)),
                _ => return None,
            }
        }
    };
    let mut parts = clock.splitn(3, ':');
    let (hours, minutes) = (whole(parts.next()?)?, whole(parts.next()?)?);
    let secs = parts.next().map_or(Some(0.0), float)?;
    let hours = match half {
        None => hours,
        Some(half) if (1..=12).contains(&hours) => hours % 12 + half,
        Some(_) => return None,
    };
    let in_range = hours <= 24 && minutes < 60 && (0.0..61.0).contains(&secs);
    in_range.then(|| (hours * 60 + minutes) as f64 * 60.0 + secs)
}

/// The seconds of a length of time as Azure writes it: `PT1M`, `PT1H`, `P1D`, `00:01:00`; none for anything else and for 0.
pub(crate) fn span(text: &str) -> Option<f64> {
    let seconds = match text.strip_prefix('P') {
        Some(rest) => {
            let (days, clock) = rest.split_once('T').unwrap_or((rest, ""));
            let mut sum = 0.0;
            for (part, units) in
                [(days, &[('D', SECS_PER_DAY)][..]), (clock, &[('H', SECS_PER_HOUR), ('M', 60.0), ('S', 1.0)][..])]
            {
                let mut left = part;
                while !left.is_empty() {
                    let end = left.find(|letter: char| !letter.is_ascii_digit())?;
                    let size = units.iter().find(|(unit, _)| left[end..].starts_with(*unit))?.1;
                    sum += whole(&left[..end])? as f64 * size;
                    left = &left[end + 1..];
                }
            }
            sum
        }
        None => of_day(text)?,
    };
    (seconds > 0.0).then_some(seconds)
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

#[cfg(test)]
mod tests {
    use super::{DateOrder, seconds, seconds_with, span};

    /// The short way gives what the long one does: the same moments with an offset of nothing, which only the long way reads.
    #[test]
    fn the_form_of_azure_is_read_as_every_other() {
        for text in [
            "2026-10-01T00:00:00",
            "2024-02-29T23:59:60",
            "2026-12-31T24:00:00",
            "2025-02-29T00:00:00",
            "2026-13-01T00:00:00",
            "2026-10-01T25:00:00",
            "2026-10-01T00:60:00",
            "2026-1a-01T00:00:00",
            "0001-01-01T00:00:00",
        ] {
            assert_eq!(seconds(&format!("{text}Z")), seconds(&format!("{text}+00:00")), "{text}");
        }
    }

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
            ("2024-07-11", 1_720_656_000.0),
            ("11.7.2024 07:00", 1_720_681_200.0),
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
            ["", "noon", "7/11/2024 7:00 AM", "2024-13-01T00:00Z", "2024-02-30", "2024-07-11T7", "NaN", "1e999"]
        {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
        for text in ["7/11/2024, 7:00:00.000 AM", "7/11/2024 7:00\u{202f}AM", "2024/07/11 07:00"] {
            assert_eq!(seconds_with(text, DateOrder::MonthFirst), Some(1_720_681_200.0), "{text}");
        }
    }

    #[test]
    fn lengths_of_time() {
        let cases = [("PT1M", 60.0), ("PT1H", 3_600.0), ("P1DT12H", 129_600.0), ("00:05:00", 300.0)];
        for (text, seconds) in cases {
            assert_eq!(span(text), Some(seconds), "{text}");
        }
        for wrong in ["", "P", "PT", "PT0S", "P1M", "PTM", "1 min", "P1Dü"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }
}
