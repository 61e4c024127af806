//! Which of the first two numbers of a date with slashes is the month: what a file settles, and what only a person knows.

use super::series::timestamp::{has_slashes, seconds_with};
use super::words::cut;
use crate::units::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The order of day and month in dates like 2/3/2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// 2/25/2026, as in the United States.
    #[serde(rename = "mdy")]
    MonthFirst,
    /// 25/2/2026.
    #[serde(rename = "dmy")]
    DayFirst,
}

impl DateOrder {
    /// `mdy` or `dmy`; `None` for anything else.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "mdy" => Some(Self::MonthFirst),
            "dmy" => Some(Self::DayFirst),
            _ => None,
        }
    }
}

/// What a sentence on dates that both orders read says of it.
const NOT_SETTLED: &str = "and no line settles which";

/// True for a sentence that asks which of the first two numbers of a date is the month.
#[must_use]
pub fn asks_for_order(sentence: &str) -> bool {
    sentence.contains(NOT_SETTLED)
}

/// A date that both orders read, and that nothing around it settles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unsettled(String);

impl Unsettled {
    /// "“2/3/2026” is 2026-03-02 with the day first and 2026-02-03 with the month first, and no line settles which. …"
    pub(crate) fn question(&self) -> String {
        let day = |order| seconds_with(&self.0, order).and_then(Date::of_moment);
        let read = |order| day(order).map_or_else(|| "no date".to_owned(), |day| day.to_string());
        format!(
            "“{}” is {} with the day first and {} with the month first, {NOT_SETTLED}. Choose one on the page, give --dates dmy or --dates mdy, write dates as 2026-03-01, or save more days.",
            cut(&self.0),
            read(DateOrder::DayFirst),
            read(DateOrder::MonthFirst),
        )
    }
}

/// The order of a column of times, in groups that each rise or fall by themselves where they are in order: the order that was
/// `given`; else the one in which every time is a time; else the one in which every group rises or falls throughout.
///
/// Where both orders do, and read other times, nobody but the person knows.
pub(crate) fn settle(groups: &[Vec<&str>], given: Option<DateOrder>) -> Result<DateOrder, Unsettled> {
    let all = || groups.iter().flatten().copied();
    let Some(slashed) = all().find(|time| has_slashes(time)) else { return Ok(DateOrder::DayFirst) };
    if let Some(given) = given {
        return Ok(given);
    }
    let is_read = |order| all().all(|time| time.is_empty() || seconds_with(time, order).is_some());
    match (is_read(DateOrder::MonthFirst), is_read(DateOrder::DayFirst)) {
        (true, true) => {}
        (false, true) => return Ok(DateOrder::DayFirst),
        _ => return Ok(DateOrder::MonthFirst),
    }
    let same = all().all(|time| seconds_with(time, DateOrder::MonthFirst) == seconds_with(time, DateOrder::DayFirst));
    let in_order = |order| groups.iter().all(|group| is_in_order(group, order));
    match (in_order(DateOrder::MonthFirst), in_order(DateOrder::DayFirst)) {
        _ if same => Ok(DateOrder::DayFirst),
        (true, false) => Ok(DateOrder::MonthFirst),
        (false, true) => Ok(DateOrder::DayFirst),
        _ => Err(Unsettled(all().find(|time| differs(time)).unwrap_or(slashed).to_owned())),
    }
}

/// The order of dates that stand in no order of time, as in prices and costs: only a day above 12 settles it.
pub(crate) fn settle_each<T: AsRef<str>>(
    dates: impl Iterator<Item = T>,
    given: Option<DateOrder>,
) -> Result<DateOrder, Unsettled> {
    let once: BTreeSet<String> = dates.filter(|it| has_slashes(it.as_ref())).map(|it| it.as_ref().to_owned()).collect();
    let groups: Vec<Vec<&str>> = once.iter().map(|it| vec![it.as_str()]).collect();
    settle(&groups, given)
}

/// The two orders read other days.
fn differs(time: &str) -> bool {
    seconds_with(time, DateOrder::MonthFirst) != seconds_with(time, DateOrder::DayFirst)
}

/// Times rise throughout, or fall throughout; equal neighbours are neither.
fn is_in_order(group: &[&str], order: DateOrder) -> bool {
    let times: Vec<f64> = group.iter().filter_map(|time| seconds_with(time, order)).collect();
    times.is_sorted_by(|one, other| one <= other) || times.is_sorted_by(|one, other| one >= other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DateOrder::{DayFirst, MonthFirst};

    fn settled(times: &[&str]) -> Option<DateOrder> {
        settle(&[times.to_vec()], None).ok()
    }

    /// A value above 12 settles it, else the order of the lines; a day like 3/3 is the same in both.
    #[test]
    fn the_file_settles_the_order_or_nobody_does() {
        let cases: [(&[&str], Option<DateOrder>); 9] = [
            (&["2/25/2026 9:00", "2/26/2026 9:00"], Some(MonthFirst)),
            (&["25/2/2026 9:00", "26/2/2026 9:00"], Some(DayFirst)),
            (&["1/2/2026", "13/2/2026"], Some(DayFirst)),
            // As month/day the third lies before the second.
            (&["11/1/2026", "12/1/2026", "1/2/2026"], Some(DayFirst)),
            // As day/month the third lies before the second.
            (&["1/11/2026", "1/12/2026", "2/1/2026"], Some(MonthFirst)),
            (&["3/3/2026 9:00", "3/3/2026 10:00"], Some(DayFirst)),
            (&["2/3/2026 9:00", "2/3/2026 10:00"], None),
            (&["2/3/2026", "3/3/2026"], None),
            (&["2026-03-02", "2026-03-03"], Some(DayFirst)),
        ];
        for (times, expected) in cases {
            assert_eq!(settled(times), expected, "{times:?}");
            let falling: Vec<&str> = times.iter().rev().copied().collect();
            assert_eq!(settled(&falling), expected, "{falling:?}");
        }
        assert_eq!(settle(&[vec!["2/3/2026"]], Some(MonthFirst)), Ok(MonthFirst));
    }

    /// Each metric of a table rises by itself; the column as a whole jumps back where the next one begins.
    #[test]
    fn groups_settle_it_together() {
        let days = ["11/1/2026", "12/1/2026", "1/2/2026"];
        assert_eq!(settle(&[days.to_vec(), days.to_vec()], None), Ok(DayFirst));
        assert_eq!(settle(&[vec!["2/3/2026"], days.to_vec()], None), Ok(DayFirst));
    }

    /// The order of lines says nothing of dates that are in none.
    #[test]
    fn dates_in_no_order_are_settled_by_a_day_above_12_alone() {
        let days = ["11/1/2026", "12/1/2026", "1/2/2026"];
        assert!(settle_each(days.iter(), None).is_err());
        assert_eq!(settle_each(days.iter().chain(&["31/1/2026"]), None), Ok(DayFirst));
    }

    #[test]
    fn what_is_not_settled_names_both_readings_and_the_way_out() {
        let told = settle(&[vec!["3/3/2026", "2/3/2026 9:00"]], None).map_err(|it| it.question());
        let told = told.expect_err("two readings");
        assert!(
            told.starts_with("“2/3/2026 9:00” is 2026-03-02 with the day first and 2026-02-03 with the month first"),
            "{told}"
        );
        assert!(told.contains("--dates dmy or --dates mdy") && asks_for_order(&told), "{told}");
    }
}
