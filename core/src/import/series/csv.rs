//! A table with times and values under a header, in any order of columns.

use super::metric::choose;
use super::metrics::{self, Meaning};
use super::timestamp;
use super::{Measure, Row, Series, SeriesError, Wanted, monitor, refuse_many, samples, unit};
use crate::import::dates::{DateOrder, settle};
use crate::import::secret;
use crate::import::table::{self, Table, plain};
use crate::import::words::{named, quoted};
use crate::units::format;
use crate::units::{OpsPerSec, Secs, float};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub(super) fn read(text: &str, wanted: Wanted, dates: Option<DateOrder>) -> Result<Series, SeriesError> {
    let mut table = Table::of(text);
    let Some(header) = Table::of(text).next() else {
        return Err(SeriesError(
            "The file is empty; a series has a header and a line for each time and value.".to_owned(),
        ));
    };
    if header.cells.iter().any(|name| plain(name) == "metricname") {
        return records(text, wanted, dates);
    }
    let headed = header.cells.iter().all(|cell| !is_time(cell) && float(cell).is_none());
    if headed {
        table.next();
    }
    let columns = Columns::of(&header.cells, headed, wanted)?;
    let separator = table.separator;
    let mut lines = Vec::new();
    for row in table {
        let line = row.line;
        let found = row.cells.len();
        let cells =
            if found == header.cells.len() { row.cells } else { return Err(uneven(line, found, &header.cells)) };
        lines.push((line, cells));
        refuse_many(lines.len())?;
    }
    let times: Vec<&str> = lines.iter().map(|(_, cells)| cells[columns.time].as_str()).collect();
    let slashes = order(&[times], lines.first().map_or(1, |(line, _)| *line), dates)?;
    let rows = lines.iter().map(|(line, cells)| {
        let at = time(*line, &cells[columns.time], slashes)?;
        let value = value(*line, &columns.name, &cells[columns.value], separator, columns.size)?;
        Ok(Row { place: *line, at, value })
    });
    let rows = rows.collect::<Result<Vec<_>, SeriesError>>()?;
    let (start, samples, step, missing) = samples(rows, "line")?;
    let name = if secret::is_in(&columns.name) { String::new() } else { columns.name };
    let (measure, remark) = (columns.measure, columns.remark);
    let mut series = Series { name, measure, aggregate: None, start, samples, step, missing, remark };
    if series.remark.is_empty() {
        series.remark = if_counted(&series).unwrap_or_default();
    }
    Ok(series)
}

/// What a column of totals without a unit would be if it counts writes, with the header that says so.
fn if_counted(series: &Series) -> Option<String> {
    let counts = ["total", "sum", "count"].contains(&plain(bare(&series.name)).as_str());
    let (unit, interval) =
        [("min", Secs::mins(1.0)), ("h", Secs::hours(1.0))].into_iter().find(|it| it.1 == series.step)?;
    (counts && series.measure.is_none()).then(|| {
        let rate = format::ops(OpsPerSec::per_s(series.mean() / interval.as_secs()));
        format!(
            "If “{}” counts writes, its mean is {rate}: head its column writes/{unit} to take it.",
            named(&series.name)
        )
    })
}

fn uneven(line: usize, found: usize, header: &[String]) -> SeriesError {
    let found = table::columns(found);
    let what = if header.len() == 2 { "time and value" } else { "a cell for each, empty where there is none" };
    SeriesError(format!("Line {line} has {found} where the header has {}; write {what}.", header.len()))
}

pub(in crate::import) fn is_time(cell: &str) -> bool {
    [DateOrder::MonthFirst, DateOrder::DayFirst].into_iter().any(|order| timestamp::seconds_with(cell, order).is_some())
}

/// Which columns are read and what the values are.
struct Columns {
    time: usize,
    value: usize,
    name: String,
    measure: Option<Measure>,
    size: f64,
    remark: String,
}

impl Columns {
    fn of(header: &[String], headed: bool, wanted: Wanted) -> Result<Self, SeriesError> {
        let time = if headed { header.iter().position(|name| names_time(name)).unwrap_or(0) } else { 0 };
        let others: Vec<usize> = (0..header.len()).filter(|at| *at != time).collect();
        let fits = |at: &&usize| metrics::meaning(bare(&header[**at])).is_some_and(|it| it.fits(wanted));
        let (value, remark) = match others.as_slice() {
            [one] => (*one, String::new()),
            [] => return Err(wrong(header.len())),
            many => {
                let mut fitting = many.iter().filter(fits);
                let (Some(value), None) = (fitting.next(), fitting.next()) else { return Err(wrong(header.len())) };
                let left = many.iter().filter(|at| *at != value).map(|at| header[*at].as_str()).collect::<Vec<_>>();
                (
                    *value,
                    format!("Taken: the column {}. Not taken: {}.", named(&header[*value]), named(&left.join(", "))),
                )
            }
        };
        let name = if headed { header[value].clone() } else { String::new() };
        let meaning = metrics::meaning(bare(&name));
        if let Some(other) = meaning.filter(|it| !it.fits(wanted)) {
            return Err(SeriesError(metrics::not_wanted(&named(&name), other, wanted)));
        }
        let (measure, size) = match (unit::of_header(&name), meaning) {
            (None, Some(Meaning::WriteBytes)) => (Some(Measure::DataRate), 1.0),
            (None, Some(Meaning::Memory)) => (Some(Measure::Data), 1.0),
            (known, _) => (known.map(|it| it.0), known.map_or(1.0, |it| it.1)),
        };
        Ok(Self { time, value, name, measure, size, remark })
    }
}

fn wrong(found: usize) -> SeriesError {
    let found = table::columns(found);
    SeriesError(format!("The file has {found}; a series has two, time and value, with a header that names the unit."))
}

/// A header that names times: "time", "Date", "timestamp (ms)", or as Log Analytics does.
pub(in crate::import) fn names_time(name: &str) -> bool {
    let name = plain(bare(name));
    ["time", "date", "t", "timestamp", "datetime", "timegenerated", "when", "zeit", "moment", "timeutc", "dateutc"]
        .contains(&name.as_str())
}

/// A header without its unit: "cacheRead (bytes/s)" → "cacheRead", "reads/s" → "reads".
fn bare(name: &str) -> &str {
    let name = name.split(['(', '[', '/']).next().unwrap_or_default().trim();
    name.strip_suffix(" per second").or_else(|| name.strip_suffix(" per minute")).unwrap_or(name).trim()
}

/// The order of day and month in a column of dates with slashes; `line` is where its first time stands.
fn order(groups: &[Vec<&str>], line: usize, dates: Option<DateOrder>) -> Result<DateOrder, SeriesError> {
    settle(groups, dates).map_err(|unsettled| SeriesError(format!("Line {line}: {}", unsettled.question())))
}

fn time(line: usize, text: &str, slashes: DateOrder) -> Result<f64, SeriesError> {
    timestamp::seconds_with(text, slashes).ok_or_else(|| {
        let (time, rule) = (quoted(text), "write it as 2026-03-01T07:00:00Z or in seconds");
        SeriesError(format!("Line {line}: {time} is no time that is read here; {rule}."))
    })
}

fn value(line: usize, column: &str, text: &str, separator: char, size: f64) -> Result<Option<f64>, SeriesError> {
    let column = if column.is_empty() { String::new() } else { format!(", column {}", named(column)) };
    if ["", "null", "nan", "-", "n/a"].iter().any(|none| text.eq_ignore_ascii_case(none)) {
        return Ok(None);
    }
    let point = if separator == ',' { text.to_owned() } else { text.replace(',', ".") };
    match float(&point).map(|value| value * size) {
        Some(value) if value.is_finite() && value >= 0.0 => Ok(Some(value)),
        Some(value) if value < 0.0 => {
            let value = quoted(text);
            Err(SeriesError(format!("Line {line}{column}: {value} is negative; a rate or an amount is 0 at least.")))
        }
        _ => Err(SeriesError(format!("Line {line}{column}: {} is no number; write it like 1234.5.", quoted(text)))),
    }
}

/// A table of Log Analytics' `AzureMetrics`, a row for each metric and time: read as the records that it lists.
fn records(text: &str, wanted: Wanted, dates: Option<DateOrder>) -> Result<Series, SeriesError> {
    const NAMES: [&str; 10] = [
        "MetricName",
        "ResourceId",
        "_ResourceId",
        "UnitName",
        "TimeGrain",
        "Average",
        "Maximum",
        "Minimum",
        "Total",
        "Count",
    ];
    let mut table = Table::of(text);
    let header = table.next().map_or_else(Vec::new, |header| header.cells);
    let Some(clock) = header.iter().position(|name| names_time(name)) else {
        return Err(SeriesError("The table of metrics has no column of times (TimeGenerated).".to_owned()));
    };
    let known = |cell: &String| NAMES.into_iter().find(|name| name.eq_ignore_ascii_case(&plain(cell)));
    let names: Vec<Option<&str>> = header.iter().map(known).collect();
    let rows: Vec<table::Row> = table.collect();
    if let Some(row) = rows.iter().find(|row| row.cells.len() != header.len()) {
        return Err(uneven(row.line, row.cells.len(), &header));
    }
    let of = |row: &table::Row| {
        let named = ["MetricName", "ResourceId", "_ResourceId"];
        let at = names.iter().enumerate().filter(|(_, name)| name.is_some_and(|it| named.contains(&it)));
        at.map(|(at, _)| row.cells[at].to_ascii_lowercase()).collect::<Vec<_>>()
    };
    // Each metric's times rise by themselves.
    let mut groups: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
    for row in &rows {
        groups.entry(of(row)).or_default().push(&row.cells[clock]);
    }
    let groups: Vec<Vec<&str>> = groups.into_values().collect();
    let slashes = order(&groups, rows.first().map_or(1, |row| row.line), dates)?;
    let mut records = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut record = Map::new();
        record.insert("time".to_owned(), Value::from(time(row.line, &row.cells[clock], slashes)?));
        for (name, cell) in names.iter().zip(&row.cells) {
            let Some(name) = name else { continue };
            let figure = ["Average", "Maximum", "Minimum", "Total", "Count"].contains(name);
            record.insert(
                (*name).to_owned(),
                if figure { float(cell).map_or(Value::Null, Value::from) } else { cell.as_str().into() },
            );
        }
        records.push(Value::Object(record));
    }
    choose(&monitor::of_records(&records)?, wanted)
}
