//! What Azure Monitor says as JSON: answers of `az monitor metrics list` and its REST calls, and diagnostic records.

use super::metric::{AGGREGATES, Metric, Point, choose};
use super::{Series, SeriesError, Wanted, timestamp};
use crate::codec::json::documents;
use serde_json::Value;

pub(super) fn read(text: &str, wanted: Wanted) -> Result<Series, SeriesError> {
    let mut metrics = Vec::new();
    let mut records = Vec::new();
    let mut answered = false;
    // Records are kept with one on a line; an answer is one document.
    for document in documents(text) {
        let document = document.map_err(|error| {
            if error.is_data() {
                return SeriesError(format!("The file cannot be taken as it is: {error}."));
            }
            let (line, column) = (error.line(), error.column());
            SeriesError(format!(
                "The file is not whole JSON (line {line}, column {column}); save the answer of az monitor metrics list again."
            ))
        })?;
        answered |= answers(&document, &mut metrics)?;
        collect(document, &mut records);
    }
    if !answered && records.is_empty() {
        return Err(SeriesError(
            "The JSON holds no metrics (value); save the answer of az monitor metrics list.".to_owned(),
        ));
    }
    metrics.extend(of_records(&records)?);
    choose(&metrics, wanted)
}

/// The metrics of an answer, of a list of them, and of the answers of a batch; true where there is a place for metrics.
fn answers(document: &Value, metrics: &mut Vec<Metric>) -> Result<bool, SeriesError> {
    if let Some(batch) = document.get("values").and_then(Value::as_array) {
        for answer in batch {
            answers(answer, metrics)?;
        }
        return Ok(true);
    }
    let found = match document {
        Value::Array(list) if list.iter().any(|it| it.get("timeseries").is_some()) => list,
        _ => match document.get("value") {
            Some(Value::Array(list)) => list,
            _ => return Ok(false),
        },
    };
    let text = |name: &str| document.get(name).and_then(Value::as_str);
    let of = text("resourceid").or(text("namespace")).unwrap_or_default();
    for metric in found {
        metrics.push(one(metric, of, text("interval").and_then(timestamp::span))?);
    }
    Ok(true)
}

fn one(metric: &Value, of: &str, interval: Option<f64>) -> Result<Metric, SeriesError> {
    let text = |path: &str| metric.pointer(path).and_then(Value::as_str).unwrap_or_default();
    let id = text("/id");
    let mut series = Vec::new();
    for one in metric.get("timeseries").and_then(Value::as_array).into_iter().flatten() {
        let data = one.get("data").and_then(Value::as_array).into_iter().flatten();
        series.push(data.enumerate().map(|(index, it)| point(index + 1, it)).collect::<Result<Vec<_>, _>>()?);
    }
    let name = match text("/name/value") {
        "" => "The metric",
        name => name,
    };
    Ok(Metric {
        name: name.to_owned(),
        of: if id.to_ascii_lowercase().contains("/providers/") { id } else { of }.to_owned(),
        unit: text("/unit").to_owned(),
        description: text("/displayDescription").to_owned(),
        interval,
        series,
    })
}

fn point(place: usize, it: &Value) -> Result<Point, SeriesError> {
    let stamp = ["timeStamp", "timestamp", "time", "TimeGenerated"].into_iter().find_map(|name| it.get(name));
    let at = stamp.and_then(|it| it.as_f64().or_else(|| timestamp::seconds(it.as_str()?)));
    let Some(at) = at.filter(|at| at.is_finite()) else {
        return Err(SeriesError(format!("Point {place} has no time (timeStamp) like 2026-03-01T07:00:00Z.")));
    };
    let value = |name: &str| it.get(name).or_else(|| it.get(capital(name))).and_then(Value::as_f64);
    Ok(Point { place, at, values: AGGREGATES.map(value) })
}

/// Log Analytics writes its names with a capital.
fn capital(name: &str) -> &'static str {
    match name {
        "average" => "Average",
        "maximum" => "Maximum",
        "minimum" => "Minimum",
        "total" => "Total",
        _ => "Count",
    }
}

/// Records of metrics wherever a document lists them.
fn collect(document: Value, records: &mut Vec<Value>) {
    match document {
        Value::Array(list) => list.into_iter().for_each(|entry| collect(entry, records)),
        Value::Object(mut fields) => match fields.remove("records") {
            Some(list) => collect(list, records),
            None if fields.contains_key("metricName") || fields.contains_key("MetricName") => {
                records.push(Value::Object(fields));
            }
            None => {}
        },
        _ => {}
    }
}

/// Records by resource and metric, each in the order of time.
pub(super) fn of_records(records: &[Value]) -> Result<Vec<Metric>, SeriesError> {
    let mut metrics: Vec<Metric> = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let text = |names: [&str; 3]| names.into_iter().find_map(|name| record.get(name)?.as_str()).unwrap_or_default();
        let name = text(["metricName", "MetricName", "metricname"]);
        let of = text(["resourceId", "ResourceId", "_ResourceId"]);
        let point = point(index + 1, record)?;
        let known = |it: &&mut Metric| it.name == name && it.of.eq_ignore_ascii_case(of);
        if let Some(metric) = metrics.iter_mut().find(known) {
            metric.series[0].push(point);
        } else if metrics.len() < MOST {
            metrics.push(Metric {
                name: name.to_owned(),
                of: of.to_owned(),
                unit: text(["unit", "UnitName", "unitName"]).to_owned(),
                description: String::new(),
                interval: timestamp::span(text(["timeGrain", "TimeGrain", "timegrain"])),
                series: vec![vec![point]],
            });
        } else {
            return Err(SeriesError(format!(
                "The file has records of more than {MOST} metrics and caches; save those of one cache."
            )));
        }
    }
    // Lines of a log come as they arrived.
    for points in metrics.iter_mut().flat_map(|metric| &mut metric.series) {
        points.sort_by(|one, other| one.at.total_cmp(&other.at));
    }
    Ok(metrics)
}

/// More metrics of more caches are no file of one cache, and looking each record up among them would take long.
const MOST: usize = 200;
