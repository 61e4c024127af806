//! Metrics of a file into points, or a remark why they are not taken.

use crate::estate::id;
use crate::estate::measure::{Point, Track, best_aggregate};
use crate::estate::read::metric_answer::{Answer, interval, millis};
use crate::estate::read::shape::{Item, Record};
use crate::estate::read::take::Taken;
use crate::import::metrics::{self, AGGREGATES, Service};
use crate::import::words::named;
use crate::units::Date;

impl Taken {
    pub(in crate::estate) fn metric(&mut self, item: &Item, answer: &Answer<'_>) {
        self.count += 1;
        let name = item.name.str();
        if let Some(metric) = metrics::known(name)
            && let Some(service) = Service::of(if item.id.str().contains('/') { item.id.str() } else { answer.of })
            && !metric.is_in(item.unit.str(), service)
        {
            let (name, unit, wanted) = (named(name), named(item.unit.str()), metric.unit());
            self.remarks.insert(format!("“{name}” is in {unit} where it is read in {wanted}; it is not read."));
            return;
        }
        let of = if item.id.str().contains('/') { item.id.str() } else { answer.of };
        for series in &item.timeseries.0 {
            let (mut of, mut parts) = (of, Vec::new());
            for dimension in &series.metadatavalues.0 {
                match dimension.name.str().to_ascii_lowercase().as_str() {
                    "microsoft.resourceid" => of = dimension.value.str(),
                    _ => parts.push(dimension.value.str()),
                }
            }
            let points = series.data.0.iter().map(|it| {
                let values = [it.average, it.maximum, it.minimum, it.total, it.count].map(|it| it.0);
                (it.time.0, values)
            });
            self.points(name, of, parts.join("/"), answer.interval, &points.collect::<Vec<_>>());
        }
    }

    pub(in crate::estate) fn record(&mut self, record: &Record) {
        self.count += 1;
        let values = [record.average, record.maximum, record.minimum, record.total, record.count].map(|it| it.0);
        let point = [(record.time.0, values)];
        let (name, of) = (record.metric_name.str(), record.resource_id.str());
        self.points(name, of, String::new(), interval(record.time_grain.str()), &point);
    }

    /// Points of one metric of one cache, or a remark why they are not taken.
    pub(in crate::estate) fn points(
        &mut self,
        name: &str,
        of: &str,
        part: String,
        interval: u32,
        points: &[(Option<f64>, [Option<f64>; 5])],
    ) {
        let shown = || named(name);
        let Some(service) = Service::of(of).filter(|it| *it != Service::Other) else {
            self.remarks.insert(if of.is_empty() {
                format!("“{}” names no cache (id); it is not read. Save the whole answer.", shown())
            } else {
                format!("“{}” is of {}, which is no Redis of Azure; it is not read.", shown(), kind_of(of))
            });
            return;
        };
        let is_read = |metric: &&metrics::Metric| metric.is_of(service) && !metrics::is_of_instances(name);
        let Some(metric) = metrics::known(name).filter(is_read) else {
            self.remarks.insert(format!("“{}” is no metric that is read here.", shown()));
            return;
        };
        let Some(cache) = id::cache(of) else {
            self.remarks
                .insert(format!("“{}” does not say which cache it is of (id); save the whole answer.", shown()));
            return;
        };
        let has = |aggregate: usize| points.iter().any(|(_, values)| values[aggregate].is_some_and(|it| it >= 0.0));
        let Some(aggregate) = best_aggregate(metric, service, has) else {
            let wanted_at = best_aggregate(metric, service, |_| true);
            let wanted = wanted_at.map_or("total", |it| AGGREGATES[it]);
            let any = points.iter().any(|(_, values)| values.iter().any(Option::is_some));
            let below =
                points.iter().any(|(_, values)| wanted_at.is_some_and(|it| values[it].is_some_and(|it| it < 0.0)));
            let why = if below {
                "has values below zero, which it cannot have".to_owned()
            } else if any {
                format!("has no {wanted}; ask for it with --aggregation")
            } else {
                "has points without a value".to_owned()
            };
            self.remarks.insert(format!("“{}” of {} {why}.", shown(), named(id::name(&cache))));
            return;
        };
        let part = if part.is_empty() { metrics::shard_of(name).unwrap_or_default().to_owned() } else { part };
        let track = Track { quantity: metric.quantity, aggregate, interval, part };
        let is_time = |at: &f64| Date::of_moment(*at).is_some();
        if points.iter().any(|(at, values)| values[aggregate].is_some() && at.is_none_or(|at| !is_time(&at))) {
            let of = named(id::name(&cache));
            self.remarks.insert(format!(
                "“{}” of {of} has values whose time is none of the years 2000 to 2199; they are left out.",
                shown()
            ));
        }
        let may_be = |it: &f64| (0.0..=metric.most()).contains(it);
        if points.iter().any(|(_, values)| values[aggregate].is_some_and(|it| !may_be(&it))) {
            let of = named(id::name(&cache));
            let what = if metric.most().is_finite() { "below zero or above 1,000 %" } else { "below zero" };
            self.remarks.insert(format!("“{}” of {of} has values {what}; they are left out.", shown()));
        }
        let points: Vec<Point> = points
            .iter()
            .filter_map(|(at, values)| Some((millis(at.filter(is_time)?), values[aggregate].filter(may_be))))
            .collect();
        self.facts.metrics.entry(cache).or_default().add(track, points);
    }
}

/// Provider, type and name of a resource's id.
fn kind_of(id: &str) -> String {
    // The id of a metric is below that of its resource.
    let end = id.to_ascii_lowercase().find("/providers/microsoft.insights/metrics/").unwrap_or(id.len());
    let id = id.get(..end).unwrap_or(id);
    named(id.rsplit_once("/providers/").map_or(id, |(_, kind)| kind))
}
