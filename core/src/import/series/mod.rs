//! A series of measurements over time: a table with times and values, or what Azure Monitor says as JSON.
//!
//! A sample holds until the next one. What is missing is counted and left out: no value is guessed.

mod csv;
mod metric;
mod metrics;
mod monitor;
#[cfg(test)]
mod tests;
pub(crate) mod timestamp;
mod unit;
mod writes;

pub(super) use csv::{is_time, names_time};
pub use writes::take_writes;

use super::dates::DateOrder;
use super::kind;
use super::text::unmarked;
use crate::plan::Plan;
use crate::units::file_size::too_large;
use crate::units::format;
use crate::units::sentence_error;
use crate::units::{Date, Secs};

/// Series files above this size are refused unread.
pub const MAX_SERIES_BYTES: usize = 16_000_000;
/// Series of more samples are refused; a month by the minute has 44,640.
pub const MAX_SAMPLES: usize = 100_000;

sentence_error! {
    /// Why a file is no series; one sentence that names the place and the rule.
    SeriesError
}

/// What the values of a series are, each in its base unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Operations per second.
    Operations,
    /// Bytes per second.
    DataRate,
    /// Bytes.
    Data,
    /// A share; 1 is 100 %.
    Share,
}

/// One measured value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Time since the first sample.
    pub at: Secs,
    /// How long it holds: to the next sample, but no longer than one step where samples are missing.
    pub lasts: Secs,
    /// In the base unit of the series' measure; the file's own figure where the unit is not known. Never negative.
    pub value: f64,
}

/// What a file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The column's or the metric's name; empty when it has none.
    pub name: String,
    /// What the values are; `None` when the file does not say.
    pub measure: Option<Measure>,
    /// The aggregate of Azure Monitor that was read: "total", "average", "maximum", "minimum", "count".
    pub aggregate: Option<&'static str>,
    /// The first sample in seconds as the file counts them: since 1970 where it has dates.
    pub start: f64,
    /// Times rise; at least two.
    pub samples: Vec<Sample>,
    /// The usual time between samples.
    pub step: Secs,
    /// Samples without a value, and steps at which one would be expected and none is.
    pub missing: usize,
    /// Which of a file's metrics or columns it is, by which aggregate, and which others are not taken, in sentences; empty for
    /// a table of two columns.
    pub remark: String,
}

impl Series {
    /// Time that has a value: the sum over the samples.
    #[must_use]
    pub fn covered(&self) -> Secs {
        self.samples.iter().map(|sample| sample.lasts).sum()
    }

    /// The day of a time since the first sample (UTC); `None` where the file counts its times from nowhere in particular.
    #[must_use]
    pub fn day(&self, since: Secs) -> Option<Date> {
        Date::of_moment(self.start + since.as_secs())
    }

    /// The mean over the covered time, each sample with the time that it holds.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let weighted: f64 = self.samples.iter().map(|sample| sample.value * sample.lasts.as_secs()).sum();
        weighted / self.covered().as_secs()
    }
}

/// What a file of several metrics is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Write commands or written bytes a second.
    Writes,
    /// Bytes of used memory.
    Memory,
}

/// Reads a series, telling JSON from CSV by its first character.
///
/// - CSV: a header and two columns, time and value in any order, separated by `,` or `;` or tabs (then a decimal comma is read
///   too). Of more columns the one is read whose name is that of a metric that is wanted. Times are ISO 8601 (without an
///   offset: UTC), seconds (above 10¹¹ milliseconds) or dates with slashes where the file settles the order of day and month.
///   The unit stands in the header: `writes/s`, `value [MB/s]`, `used_memory (bytes)`. Empty cells, `null` and `NaN` are
///   missing samples.
/// - Azure Monitor: answers of metrics (`value[].timeseries[].data[]`), and records of diagnostic settings or Log Analytics
///   (`metricName`), as JSON or as CSV. Of several metrics the wanted one is taken and [`Series::remark`] names the others.
///   Metrics are known by namespace and name; a name that is not known, or that means something else, is refused with a
///   sentence. Set commands are a count of each interval in Microsoft.Cache/Redis (total ÷ interval) and a rate in
///   Microsoft.Cache/redisEnterprise (average); memory and written bytes are read as maximum. A point without its aggregate
///   is missing.
pub fn read_for(text: &str, wanted: Wanted) -> Result<Series, SeriesError> {
    read_for_dated(text, wanted, None)
}

/// As [`read_for`]; `dates` says which of the first two numbers of a date with slashes is the month, where the person knows it.
pub fn read_for_dated(text: &str, wanted: Wanted, dates: Option<DateOrder>) -> Result<Series, SeriesError> {
    if text.len() > MAX_SERIES_BYTES {
        return Err(SeriesError(too_large("a series", text.len() as u64, MAX_SERIES_BYTES)));
    }
    let text = unmarked(text).trim_start();
    if kind::is_json(text) { monitor::read(text, wanted) } else { csv::read(text, wanted, dates) }
}

/// The writes of a file as [`read_for`] reads them, or its used memory where it has no writes; the error is that of writes.
pub fn read_series(text: &str) -> Result<Series, SeriesError> {
    read_for(text, Wanted::Writes).or_else(|error| read_for(text, Wanted::Memory).map_err(|_| error))
}

/// What can be done with a series, by what it measures: the plan's writes follow it, or its memory says how an outage went, or the
/// reader's sentence why neither is so.
pub(super) fn advice(text: &str) -> String {
    let series = match read_for(text, Wanted::Writes) {
        Ok(series) => series,
        Err(error) if read_for(text, Wanted::Memory).is_err() => return error.to_string(),
        Err(_) => return "It measures used memory. Open it on the page under Outage, Calibration.".to_owned(),
    };
    match take_writes(&series, &Plan::default(), "") {
        Ok(_) => "Open it alone on the page: the plan’s writes then follow it.".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// A row of the file: where it stands, its time in seconds, its value if it has one.
struct Row {
    place: usize,
    at: f64,
    value: Option<f64>,
}

fn refuse_many(rows: usize) -> Result<(), SeriesError> {
    if rows <= MAX_SAMPLES {
        return Ok(());
    }
    let most = format::count(MAX_SAMPLES as f64);
    Err(SeriesError(format!("The series has more than {most} samples; save a shorter time or a coarser grain.")))
}

/// The first moment, and samples from rows in rising or falling time. `noun` names a row's place: "line", "point".
fn samples(mut rows: Vec<Row>, noun: &str) -> Result<(f64, Vec<Sample>, Secs, usize), SeriesError> {
    refuse_many(rows.len())?;
    if let ([first, ..], [.., last]) = (&rows[..], &rows[..])
        && first.at > last.at
    {
        rows.reverse();
    }
    if let Some(pair) = rows.windows(2).find(|pair| pair[0].at >= pair[1].at) {
        return Err(SeriesError(format!(
            "The time in {noun} {} is not after the one before it; sort the series by time, with each time once.",
            pair[0].place.max(pair[1].place)
        )));
    }
    let found = rows.iter().filter(|row| row.value.is_some()).count();
    if found < 2 {
        let found = format::counted(found, "value");
        return Err(SeriesError(format!("The series has {found}; it needs two at least.")));
    }
    let (step, even) = usual_step(&rows);
    let start = rows.iter().find(|row| row.value.is_some()).map_or(0.0, |row| row.at);
    let (mut samples, mut missing) = (Vec::with_capacity(found), 0);
    for (index, row) in rows.iter().enumerate() {
        let mut lasts = rows.get(index + 1).map_or(step, |next| next.at - row.at);
        if even && lasts > 1.5 * step {
            missing += steps_between(lasts, step) - 1;
            lasts = step;
        }
        match row.value {
            Some(value) => samples.push(Sample { at: Secs::secs(row.at - start), lasts: Secs::secs(lasts), value }),
            None => missing += 1,
        }
    }
    Ok((start, samples, Secs::secs(step), missing))
}

/// Whole steps in a time, at least one and never more than a series may have.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive float, and casts saturate")]
fn steps_between(time: f64, step: f64) -> usize {
    (libm::round(time / step) as usize).clamp(1, MAX_SAMPLES)
}

/// The spacing that at least half of the rows keep, to the millisecond, and true; else the mean spacing, and false: such a
/// series has values at times of its own and nothing is missing between them.
fn usual_step(rows: &[Row]) -> (f64, bool) {
    let same = |a: f64, b: f64| (a - b).abs() < 5e-4;
    let mut kinds: Vec<(f64, usize)> = Vec::new();
    for pair in rows.windows(2) {
        let spacing = pair[1].at - pair[0].at;
        match kinds.iter().position(|(known, _)| same(*known, spacing)) {
            Some(at) => kinds[at].1 += 1,
            // Where so many differ, none of them is the usual one.
            None if kinds.len() < 64 => kinds.push((spacing, 1)),
            None => {}
        }
    }
    let spacings = rows.len().saturating_sub(1).max(1);
    let most = kinds.iter().fold((0.0, 0), |most, kind| if kind.1 > most.1 { *kind } else { most });
    if 2 * most.1 >= spacings {
        return (most.0, true);
    }
    let whole = rows.last().map_or(0.0, |last| last.at) - rows.first().map_or(0.0, |first| first.at);
    (whole / spacings as f64, false)
}
