//! What `az monitor metrics list` and its REST call answer.

use super::{Measure, Row, Series, SeriesError, moment, samples};
use serde_json::Value;

/// Aggregates in the order in which they are taken where the unit is no count.
const AGGREGATES: [&str; 5] = ["average", "maximum", "minimum", "total", "count"];

pub(super) fn read(text: &str) -> Result<Series, SeriesError> {
    let error = |message: &str| Err(SeriesError(message.to_owned()));
    let Ok(answer) = serde_json::from_str::<Value>(text) else {
        return error("The file is not whole JSON; save the answer of az monitor metrics list again.");
    };
    let Some(metrics) = answer.get("value").and_then(Value::as_array) else {
        return error("The JSON holds no metrics (value); save the answer of az monitor metrics list.");
    };
    let metric = match metrics.as_slice() {
        [one] => one,
        [] => return error("The answer holds no metric; name one with --metrics."),
        many => {
            let names: Vec<&str> = many.iter().map(name_of).collect();
            return Err(SeriesError(format!("The file holds several metrics ({}); save one alone.", names.join(", "))));
        }
    };
    let name = name_of(metric);
    let data = match metric.get("timeseries").and_then(Value::as_array).map(Vec::as_slice) {
        Some([one]) => one.get("data").and_then(Value::as_array),
        Some([_, _, ..]) => {
            return Err(SeriesError(format!(
                "{name} is split into several series; save it without a filter or a split."
            )));
        }
        _ => None,
    };
    let Some(data) = data.filter(|data| !data.is_empty()) else {
        return Err(SeriesError(format!(
            "{name} has no points in this time; save a time in which the cache was in use."
        )));
    };
    let unit = metric.get("unit").and_then(Value::as_str).unwrap_or_default();
    let Some(aggregate) = aggregate(data, unit) else {
        return Err(SeriesError(format!("{name} has points without any value; ask for its total or its average.")));
    };
    let (start, mut samples, step, missing) = samples(rows(data, aggregate)?, "point")?;
    let (measure, size) = scale(unit, name, aggregate, step.as_secs());
    for sample in &mut samples {
        sample.value = (sample.value * size).min(f64::MAX);
    }
    Ok(Series { name: name.to_owned(), measure, aggregate: Some(aggregate), start, samples, step, missing })
}

fn name_of(metric: &Value) -> &str {
    metric.pointer("/name/value").and_then(Value::as_str).unwrap_or("The metric")
}

/// A count's total first, else the usual order; one that some point has.
fn aggregate(data: &[Value], unit: &str) -> Option<&'static str> {
    let has = |key: &str| data.iter().any(|point| point.get(key).is_some_and(Value::is_number));
    let first = unit.eq_ignore_ascii_case("count").then_some("total");
    first.into_iter().chain(AGGREGATES).find(|key| has(key))
}

fn rows(data: &[Value], aggregate: &str) -> Result<Vec<Row>, SeriesError> {
    let mut rows = Vec::with_capacity(data.len());
    for (index, point) in data.iter().enumerate() {
        let place = index + 1;
        let stamp = point.get("timeStamp").or_else(|| point.get("timestamp")).and_then(Value::as_str);
        let Some(at) = stamp.and_then(moment::seconds) else {
            return Err(SeriesError(format!("Point {place} has no time (timeStamp) like 2026-03-01T07:00:00Z.")));
        };
        let value = point.get(aggregate).and_then(Value::as_f64);
        if value.is_some_and(|value| value < 0.0) {
            return Err(SeriesError(format!("Point {place} is negative; a rate or an amount is 0 at least.")));
        }
        rows.push(Row { place, at, value });
    }
    Ok(rows)
}

/// What the values are, and the factor to base units. A total count is a rate: ÷ the interval; any other count is one only
/// where the metric's name says so.
fn scale(unit: &str, name: &str, aggregate: &str, interval: f64) -> (Option<Measure>, f64) {
    let is = |known: &str| unit.eq_ignore_ascii_case(known);
    if is("BytesPerSecond") {
        (Some(Measure::DataRate), 1.0)
    } else if is("CountPerSecond") || (is("Count") && name.to_ascii_lowercase().ends_with("persecond")) {
        (Some(Measure::Operations), 1.0)
    } else if is("Count") && aggregate == "total" {
        (Some(Measure::Operations), 1.0 / interval)
    } else if is("Bytes") {
        (Some(Measure::Data), 1.0)
    } else if is("Percent") {
        (Some(Measure::Share), 0.01)
    } else {
        (None, 1.0)
    }
}
