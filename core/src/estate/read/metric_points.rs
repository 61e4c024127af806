//! Metrics of a file into points, or a remark why they are not taken.

use crate::estate::id;
use crate::estate::measure::{Point, Track, best_aggregate};
use crate::estate::read::metric_answer::{Answer, interval, millis};
use crate::estate::read::shape::{Item, Record};
use crate::estate::read::take::Taken;
use crate::import::metrics::{self, AGGREGATES, Metric, Service};
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
    pub(in crate::estate) fn points(&mut self, name: &str, of: &str, part: String, interval: u32, points: &[Values]) {
        let known = match Known::of(name, of) {
            Ok(known) => known,
            Err(remark) => {
                self.remarks.insert(remark);
                return;
            }
        };
        let has = |aggregate: usize| points.iter().any(|(_, values)| values[aggregate].is_some_and(|it| it >= 0.0));
        let shown = format!("“{}” of {}", named(name), named(id::name(&known.cache)));
        let Some(aggregate) = best_aggregate(known.metric, known.service, has) else {
            self.remarks.insert(format!("{shown} {}.", known.without_aggregate(points)));
            return;
        };
        let left_out = known.left_out(aggregate, points);
        self.remarks.extend(left_out.map(|why| format!("{shown} has values {why}; they are left out.")));
        let part = if part.is_empty() { metrics::shard_of(name).unwrap_or_default().to_owned() } else { part };
        let track = Track { quantity: known.metric.quantity, aggregate, interval, part };
        let taken: Vec<Point> = points
            .iter()
            .filter_map(|(at, values)| {
                Some((millis(at.filter(|at| is_time(*at))?), values[aggregate].filter(|it| known.may_be(*it))))
            })
            .collect();
        self.facts.metrics.entry(known.cache).or_default().add(track, taken);
    }
}

/// A time in seconds, and a value for each aggregate.
type Values = (Option<f64>, [Option<f64>; 5]);

fn is_time(at: f64) -> bool {
    Date::of_moment(at).is_some()
}

/// A metric of a cache that is read.
struct Known {
    metric: &'static Metric,
    service: Service,
    /// Key of the cache.
    cache: String,
}

impl Known {
    /// The metric by its name and the id of its cache, or a remark why it is not read.
    fn of(name: &str, of: &str) -> Result<Self, String> {
        let shown = named(name);
        let Some(service) = Service::of(of).filter(|it| *it != Service::Other) else {
            return Err(if of.is_empty() {
                format!("“{shown}” names no cache (id); it is not read. Save the whole answer.")
            } else {
                format!("“{shown}” is of {}, which is no Redis of Azure; it is not read.", kind_of(of))
            });
        };
        let is_read = |metric: &&Metric| metric.is_of(service) && !metrics::is_of_instances(name);
        let metric =
            metrics::known(name).filter(is_read).ok_or_else(|| format!("“{shown}” is no metric that is read here."))?;
        let cache = id::cache(of)
            .ok_or_else(|| format!("“{shown}” does not say which cache it is of (id); save the whole answer."))?;
        Ok(Self { metric, service, cache })
    }

    /// Why no aggregate of it can be taken.
    fn without_aggregate(&self, points: &[Values]) -> String {
        let wanted = best_aggregate(self.metric, self.service, |_| true);
        let below = |(_, values): &Values| wanted.is_some_and(|it| values[it].is_some_and(|it| it < 0.0));
        if points.iter().any(below) {
            "has values below zero, which it cannot have".to_owned()
        } else if points.iter().any(|(_, values)| values.iter().any(Option::is_some)) {
            let wanted = wanted.map_or("total", |it| AGGREGATES[it]);
            format!("has no {wanted}; ask for it with --aggregation")
        } else {
            "has points without a value".to_owned()
        }
    }

    /// Why some of its values are not taken: of each reason how they are described.
    fn left_out(&self, aggregate: usize, points: &[Values]) -> impl Iterator<Item = &'static str> + use<> {
        let odd_time = |(at, values): &Values| values[aggregate].is_some() && !at.is_some_and(is_time);
        let odd_value = |(_, values): &Values| values[aggregate].is_some_and(|it| !self.may_be(it));
        let time = points.iter().any(odd_time).then_some("whose time is none of the years 2000 to 2199");
        let beyond = if self.metric.most().is_finite() { "below zero or above 1,000 %" } else { "below zero" };
        let value = points.iter().any(odd_value).then_some(beyond);
        time.into_iter().chain(value)
    }

    fn may_be(&self, value: f64) -> bool {
        (0.0..=self.metric.most()).contains(&value)
    }
}

/// Provider, type and name of a resource's id.
fn kind_of(id: &str) -> String {
    // The id of a metric is below that of its resource.
    let end = id.to_ascii_lowercase().find("/providers/microsoft.insights/metrics/").unwrap_or(id.len());
    let id = id.get(..end).unwrap_or(id);
    named(id.rsplit_once("/providers/").map_or(id, |(_, kind)| kind))
}
