//! A metric over time: by hour of the day, by day, and its line. Gaps stay gaps: nothing stands at a time that has no value.

use crate::stats::line::Line;
use crate::stats::order::quantile;
use crate::units::{Date, SECS_PER_DAY as DAY, SECS_PER_HOUR as HOUR, Secs};
use std::collections::BTreeMap;

/// Values of one metric in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricSeries {
    /// Length of an interval.
    pub step: Secs,
    /// Moments in seconds since 1970 (UTC) with their values in the base unit; never empty.
    pub points: Vec<(f64, f64)>,
}

/// How values of one hour of the day, or of one day, are spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Intervals with a value.
    pub points: usize,
    /// Their mean.
    pub mean: f64,
    /// Half of them lie below it.
    pub p50: f64,
    /// 95 % of them lie below it.
    pub p95: f64,
    /// 99 % of them lie below it.
    pub p99: f64,
    /// The greatest.
    pub peak: f64,
}

impl Spread {
    /// Of values in any order; `None` of none.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        Some(Self {
            points: values.len(),
            mean: values.iter().sum::<f64>() / values.len() as f64,
            p50: quantile(&values, 0.5),
            p95: quantile(&values, 0.95),
            p99: quantile(&values, 0.99),
            peak: *values.last()?,
        })
    }
}

impl MetricSeries {
    /// The sum of several metrics at the times at which every one of them has a value; `None` where their intervals differ or no time is common.
    #[must_use]
    pub fn sum(all: &[Self]) -> Option<Self> {
        let (first, others) = all.split_first()?;
        if others.iter().any(|it| (it.step - first.step).as_secs().abs() > 0.5) {
            return None;
        }
        let mut points: BTreeMap<i64, (usize, f64)> = BTreeMap::new();
        for (at, value) in all.iter().flat_map(|it| &it.points) {
            let sum = points.entry(millis(*at)).or_default();
            *sum = (sum.0 + 1, sum.1 + value);
        }
        let common = points.into_iter().filter(|(_, (found, _))| *found == all.len());
        let points: Vec<(f64, f64)> = common.map(|(at, (_, value))| (at as f64 / 1e3, value)).collect();
        (!points.is_empty()).then_some(Self { step: first.step, points })
    }

    /// Time that has values.
    #[must_use]
    pub fn covered(&self) -> Secs {
        self.step * self.points.len() as f64
    }

    /// Days that have values, at least one: the time covered in whole days.
    #[must_use]
    pub fn days(&self) -> usize {
        whole_days(self.covered())
    }

    /// Percentiles of all values.
    #[must_use]
    pub fn spread(&self) -> Option<Spread> {
        Spread::of(self.points.iter().map(|it| it.1).collect())
    }

    /// Mean of the values.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.points.iter().map(|it| it.1).sum::<f64>() / self.points.len() as f64
    }

    /// The greatest value.
    #[must_use]
    pub fn peak(&self) -> f64 {
        self.points.iter().map(|it| it.1).fold(0.0, f64::max)
    }

    /// The value at a moment: of the last interval that begins at or before it and lasts until then; `None` in a gap.
    #[must_use]
    pub fn at(&self, moment: f64) -> Option<f64> {
        let (at, value) = self.points.iter().rev().find(|it| it.0 <= moment)?;
        (moment - at <= self.step.as_secs()).then_some(*value)
    }

    /// Percentiles by the hour of the day (UTC), from 0 to 23; an hour without a value has none.
    #[must_use]
    pub fn by_hour(&self) -> [Option<Spread>; 24] {
        let mut hours: [Vec<f64>; 24] = Default::default();
        for (at, value) in &self.points {
            if let Some(values) = hours.get_mut(hour_of(*at)) {
                values.push(*value);
            }
        }
        hours.map(Spread::of)
    }

    /// Percentiles by day (UTC), in order; a day without a value is not among them.
    #[must_use]
    pub fn by_day(&self) -> Vec<(Date, Spread)> {
        let mut days: BTreeMap<Date, Vec<f64>> = BTreeMap::new();
        for (at, value) in &self.points {
            if let Some(day) = Date::of_moment(*at) {
                days.entry(day).or_default().push(*value);
            }
        }
        days.into_iter().filter_map(|(day, values)| Some((day, Spread::of(values)?))).collect()
    }

    /// The share of its variance that the mean of each hour of the day explains, 0 to 1; 1 where nothing varies.
    #[must_use]
    pub fn explained_by_hour(&self) -> f64 {
        let (mean, hours) = (self.mean(), self.by_hour());
        let square = |value: f64| value * value;
        let all: f64 = self.points.iter().map(|it| square(it.1 - mean)).sum();
        let rest: f64 = self
            .points
            .iter()
            .filter_map(|(at, value)| Some(square(value - hours.get(hour_of(*at))?.as_ref()?.mean)))
            .sum();
        if all > 0.0 { 1.0 - rest / all } else { 1.0 }
    }

    /// Means of equal times, at most `most`, of the values one after the other; gaps are left out, so that it is shorter by them.
    #[must_use]
    pub fn reduced(&self, most: usize) -> Self {
        let size = self.points.len().div_ceil(most.max(1)).max(1);
        let mean = |part: &[(f64, f64)]| (part[0].0, part.iter().map(|it| it.1).sum::<f64>() / part.len() as f64);
        Self { step: self.step * size as f64, points: self.points.chunks(size).map(mean).collect() }
    }

    /// The line through one figure of each day: growth a year over the mean, and half of its 95 % interval; `None` for fewer than three
    /// days or a mean of 0.
    #[must_use]
    pub fn growth(&self, of: fn(&Spread) -> f64) -> Option<Growth> {
        let days = self.by_day();
        let first = self.points.first()?.0;
        let points: Vec<(f64, f64)> = days.iter().map(|(day, spread)| (days_after(first, *day), of(spread))).collect();
        let line = Line::through(&points)?;
        let mean = points.iter().map(|it| it.1).sum::<f64>() / points.len() as f64;
        let year = |slope: f64| slope * 365.0 / mean;
        (mean > 0.0).then(|| Growth { days: days.len(), a_year: year(line.slope), error: year(line.slope_error) })
    }

    /// Times in which the values stay at or above a level, each with its length: bursts.
    #[must_use]
    pub fn bursts(&self, level: f64) -> Vec<Secs> {
        let mut bursts: Vec<Secs> = Vec::new();
        let mut last: Option<f64> = None;
        for (at, _) in self.points.iter().filter(|it| it.1 >= level) {
            let follows = last.is_some_and(|last| at - last <= 1.5 * self.step.as_secs());
            match bursts.last_mut().filter(|_| follows) {
                Some(burst) => *burst += self.step,
                None => bursts.push(self.step),
            }
            last = Some(*at);
        }
        bursts
    }
}

/// What a line through days says of a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Days of the line.
    pub days: usize,
    /// Growth a year as a share of the mean; 0.1 is 10 %.
    pub a_year: f64,
    /// Half of its 95 % interval.
    pub error: f64,
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 23")]
fn hour_of(moment: f64) -> usize {
    (moment.rem_euclid(DAY) / HOUR) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "times of files lie within the range, and casts saturate")]
fn millis(seconds: f64) -> i64 {
    libm::round(seconds * 1e3) as i64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never negative, and casts saturate")]
fn whole_days(time: Secs) -> usize {
    libm::round(time.as_secs() / DAY).max(1.0) as usize
}

/// Days from a moment's day to a day.
fn days_after(moment: f64, day: Date) -> f64 {
    let days = crate::units::calendar::days_since_1970(day.year().into(), day.month().into(), day.day().into());
    days as f64 - libm::floor(moment / DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three days by the hour from 2026-10-01: the hour's number, and a step of 10 a day.
    fn steps() -> MetricSeries {
        let points = (0..72)
            .map(|hour| (1_790_812_800.0 + f64::from(hour) * HOUR, f64::from(hour % 24) + f64::from(hour / 24) * 10.0));
        MetricSeries { step: Secs::hours(1.0), points: points.collect() }
    }

    #[test]
    fn by_hour_and_by_day() {
        let hours = steps().by_hour();
        let five = hours[5].expect("values");
        assert_eq!((five.points, five.mean, five.p50, five.peak), (3, 15.0, 15.0, 25.0));
        assert!((five.p95 - 24.0).abs() < 1e-12);
        let days = steps().by_day();
        let told: Vec<(String, f64, f64)> = days.iter().map(|(day, it)| (day.to_string(), it.mean, it.peak)).collect();
        assert_eq!(
            told,
            [
                ("2026-10-01".to_owned(), 11.5, 23.0),
                ("2026-10-02".to_owned(), 21.5, 33.0),
                ("2026-10-03".to_owned(), 31.5, 43.0)
            ]
        );
    }

    /// 10 a day over a mean of 21.5 is 169.8 times a year, without an error.
    #[test]
    fn growth_is_the_line_through_the_days() {
        let growth = steps().growth(|day| day.mean).expect("a line");
        assert!((growth.a_year - 10.0 * 365.0 / 21.5).abs() < 1e-9 && growth.error < 1e-6, "{growth:?}");
    }

    #[test]
    fn a_day_that_repeats_explains_everything_and_noise_nothing() {
        let same = MetricSeries {
            points: steps().points.iter().map(|(at, _)| (*at, (at / HOUR) % 24.0)).collect(),
            ..steps()
        };
        assert!((same.explained_by_hour() - 1.0).abs() < 1e-9);
        let alternating = MetricSeries {
            points: (0..48).map(|hour| (f64::from(hour) * HOUR, f64::from(hour / 24))).collect(),
            ..steps()
        };
        assert!(alternating.explained_by_hour().abs() < 1e-9);
    }

    #[test]
    fn sums_stand_where_all_have_a_value_and_gaps_end_no_value() {
        let mut short = steps();
        short.points.remove(1);
        let sum = MetricSeries::sum(&[steps(), short.clone()]).expect("a sum");
        assert_eq!((sum.points.len(), sum.points[1].1), (71, 4.0));
        assert_eq!((short.at(1_790_812_800.0 + 5_400.0), short.at(1_790_812_800.0 + 1_800.0)), (None, Some(0.0)));
        assert_eq!(MetricSeries::sum(&[steps(), MetricSeries { step: Secs::mins(1.0), ..steps() }]), None);
    }

    #[test]
    fn bursts_are_times_above_a_level() {
        let values = [0.0, 9.0, 9.0, 0.0, 0.0, 9.0];
        let points = values.iter().enumerate().map(|(at, value)| (at as f64 * HOUR, *value)).collect();
        let series = MetricSeries { step: Secs::hours(1.0), points };
        assert_eq!(series.bursts(5.0), [Secs::hours(2.0), Secs::hours(1.0)]);
    }
}
