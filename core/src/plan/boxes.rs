//! What is typed into the boxes that are no row of [`super::FIELDS`]: shares of regions, a round trip, an own price, the first day.
//! Each error names the box, what is wrong, what to enter, and what the plan keeps meanwhile.

use crate::units::format;
use crate::units::{Currency, Date, Dimension, Money, Ratio, ReadError, Secs, UnitPrice, plain, read, read_price};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

const SHARES: &str = "enter 0 % to 100 %";
/// The longest round trip between two regions, and the rule in words.
pub(super) const LONGEST_ROUND_TRIP: Secs = Secs::secs(10.0);
pub(super) const ROUND_TRIPS: &str = "enter 0 ms to 10 s";
/// The largest own price of a node and an hour.
pub(super) const MOST_A_NODE_HOUR: i64 = 10_000;

/// What a box that refuses a text says of the plan: "Not applied: the plan keeps “sessions”."; `kept` is what the box showed before.
#[must_use]
pub fn not_applied(kept: &str) -> String {
    if kept.trim().is_empty() {
        return "Not applied: the plan leaves it empty.".to_owned();
    }
    format!("Not applied: the plan keeps {kept}.")
}

/// A refusal with what the plan keeps; one that says it already stays as it is.
#[must_use]
pub fn with_not_applied(said: &str, kept: &str) -> String {
    if said.contains("Not applied: ") { said.to_owned() } else { format!("{said} {}", not_applied(kept)) }
}

/// A share as it is edited, in percent, three significant figures: "62.5".
#[must_use]
pub fn share_text(share: Ratio) -> String {
    format::number(share.as_percent())
}

/// Reads a share of a region; a number alone is in percent.
///
/// # Errors
/// The text is no share, or outside 0 % to 100 %.
pub fn read_share(label: &str, text: &str, kept: Ratio) -> Result<Ratio, String> {
    let not_applied = || not_applied(&format!("{}\u{a0}%", share_text(kept)));
    match read(text, Dimension::Share, "%") {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(Ratio::fraction(share)),
        Ok(_) => Err(format!("{label}: {} is outside the range; {SHARES}. {}", text.trim(), not_applied())),
        Err(error) => Err(format!("{label}: {}. {}", with_rule(&error, SHARES), not_applied())),
    }
}

/// A round trip as it is edited, in milliseconds: "81.25".
#[must_use]
pub fn round_trip_text(round_trip: Secs) -> String {
    plain(round_trip.as_secs(), Dimension::Time, "ms")
}

/// Reads a round trip between two regions; a number alone is in milliseconds, nothing takes the plan's own figure back.
///
/// # Errors
/// The text is no time, or outside 0 ms to 10 s.
pub fn read_round_trip(text: &str, kept: Option<Secs>) -> Result<Option<Secs>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let not_applied = || match kept {
        Some(kept) => not_applied(&format!("{}\u{a0}ms", round_trip_text(kept))),
        None => not_applied(""),
    };
    match read(text, Dimension::Time, "ms") {
        Ok(secs) if (Secs::ZERO..=LONGEST_ROUND_TRIP).contains(&Secs::secs(secs)) => Ok(Some(Secs::secs(secs))),
        Ok(secs) => {
            let typed = format::duration(Secs::secs(secs));
            Err(format!("Round trip: {typed} is outside the range; {ROUND_TRIPS}. {}", not_applied()))
        }
        Err(error) => Err(format!("Round trip: {}. {}", with_rule(&error, ROUND_TRIPS), not_applied())),
    }
}

/// Reads the plan's own price of a node and an hour; nothing is the catalogue's.
///
/// # Errors
/// The text is no price, or not above 0 and at most 10,000.
pub fn read_own_price(text: &str, currency: Currency) -> Result<Option<UnitPrice>, String> {
    let [none, most] = [0, MOST_A_NODE_HOUR].map(|amount| format::money(Money::whole(amount), currency));
    let rule = format!(
        "enter more than {none} and at most {most} for a node and an hour, or nothing for the catalogue's price"
    );
    let typed = text.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    match read_price(typed, "$", currency).map(Decimal::from_f64) {
        Ok(Some(price)) if price > Decimal::ZERO && price <= Decimal::from(MOST_A_NODE_HOUR) => {
            Ok(Some(UnitPrice::new(price)))
        }
        Ok(_) => Err(format!("Own price: {typed} is outside the range; {rule}.")),
        Err(error) => Err(format!("Own price: {error}; {rule}.")),
    }
}

/// Reads the first day of the horizon: "2026-12-01".
///
/// # Errors
/// The text is no day of the years 2000 to 2199.
pub fn read_first_day(text: &str, kept: Date) -> Result<Date, String> {
    let text = text.trim();
    let not_applied = not_applied(&kept.to_string());
    if text.is_empty() {
        return Err(format!("First day: enter a date such as {kept}. {not_applied}"));
    }
    text.parse::<Date>().map_err(|error| format!("First day: {error}. {not_applied}"))
}

/// A text that is unclear says what it can mean; any other error needs the rule.
fn with_rule(error: &ReadError, rule: &str) -> String {
    match error {
        ReadError::Unclear(..) => error.to_string(),
        _ => format!("{error}; {rule}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_once_what_the_plan_keeps() {
        let said = with_not_applied("Part 1: its name is missing.", "“sessions”");
        assert_eq!(said, "Part 1: its name is missing. Not applied: the plan keeps “sessions”.");
        assert_eq!(with_not_applied(&said, "40"), said);
        assert_eq!(not_applied(" "), "Not applied: the plan leaves it empty.");
    }

    #[test]
    fn a_share_is_between_nothing_and_all() {
        let kept = Ratio::percent(62.5);
        assert_eq!(read_share("Users", "75", kept), Ok(Ratio::percent(75.0)));
        assert_eq!(read_share("Users", &share_text(kept), kept), Ok(kept));
        for text in ["-1", "101", "half", "", "5,0000"] {
            let said = read_share("Users in East US", text, kept).unwrap_err();
            assert!(said.starts_with("Users in East US: "), "{said}");
            assert!(said.ends_with(". Not applied: the plan keeps 62.5\u{a0}%."), "{said}");
        }
    }

    #[test]
    fn a_round_trip_is_ones_own_until_it_is_emptied() {
        let kept = Some(Secs::millis(81.25));
        for (text, trip) in [("80", Some(Secs::millis(80.0))), ("1 s", Some(Secs::secs(1.0))), (" ", None)] {
            assert_eq!(read_round_trip(text, kept), Ok(trip), "{text}");
        }
        for text in ["-1", "11 s", "far"] {
            let said = read_round_trip(text, kept).unwrap_err();
            assert!(said.starts_with("Round trip: ") && said.contains("enter 0 ms to 10 s. Not applied: "), "{said}");
            assert!(said.ends_with("the plan keeps 81.25\u{a0}ms."), "{said}");
        }
        assert!(read_round_trip("far", None).unwrap_err().ends_with("the plan leaves it empty."));
    }

    #[test]
    fn an_empty_first_day_says_what_to_enter() {
        let kept: Date = "2026-12-01".parse().unwrap();
        assert_eq!(read_first_day("2027-02-01", kept).unwrap().to_string(), "2027-02-01");
        assert_eq!(
            read_first_day("", kept).unwrap_err(),
            "First day: enter a date such as 2026-12-01. Not applied: the plan keeps 2026-12-01."
        );
        for text in ["2027-02-30", "tomorrow"] {
            let said = read_first_day(text, kept).unwrap_err();
            assert!(said.starts_with("First day: “") && said.ends_with("the plan keeps 2026-12-01."), "{said}");
        }
    }
}
