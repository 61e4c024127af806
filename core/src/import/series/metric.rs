//! A metric as Azure Monitor measured it, and the series that it makes.

use super::metrics::{self, Meaning, Service};
use super::{Measure, Row, Series, SeriesError, Wanted, samples};
pub(super) use crate::import::metrics::AGGREGATES;
use crate::import::metrics::is_of_instances;
use crate::import::metrics::{AVERAGE, GRAIN, MAXIMUM, TOTAL};
use crate::import::words::named as shown;
use crate::units::Secs;
use crate::units::format;

/// One point in time.
pub(super) struct Point {
    /// Its place in the file, for messages.
    pub(super) place: usize,
    pub(super) at: f64,
    pub(super) values: [Option<f64>; 5],
}

/// One metric of one resource.
pub(super) struct Metric {
    pub(super) name: String,
    /// The resource's id, the namespace, or nothing.
    pub(super) of: String,
    pub(super) unit: String,
    /// Says of a rate that it is "per second".
    pub(super) description: String,
    /// Seconds of an interval; none where the file does not say.
    pub(super) interval: Option<f64>,
    /// More than one where the metric is split by a dimension.
    pub(super) series: Vec<Vec<Point>>,
}

/// How values become base units of a measure.
struct Taken {
    aggregate: usize,
    measure: Measure,
    size: f64,
    /// What was done, for people: "its total of each interval, divided by its length".
    how: String,
}

/// The one of several metrics that is asked for, as a series; the others are named in its remark.
///
/// Errors: none that is asked for, one of several caches, one that is split, one without values.
pub(super) fn choose(all: &[Metric], wanted: Wanted) -> Result<Series, SeriesError> {
    let fits = |metric: &&Metric| {
        Service::of(&metric.of) != Some(Service::Other)
            && metrics::meaning(&metric.name).is_some_and(|it| it.fits(wanted))
            && !metrics::is_of_a_shard(&metric.name)
            && !is_of_instances(&metric.name)
    };
    let rank = |metric: &&Metric| metrics::meaning(&metric.name) != Some(Meaning::Sets);
    let mut fitting: Vec<&Metric> = all.iter().filter(fits).collect();
    fitting.sort_by_key(rank);
    let mut refused = None;
    // Where the better of two metrics has no figure that can be read, the other one has.
    for metric in &fitting {
        match alone(metric, &fitting).and_then(|()| metric.series(wanted)) {
            Ok((mut series, how)) => {
                let left: Vec<String> = all.iter().filter(|it| !std::ptr::eq(*it, *metric)).map(named).collect();
                series.remark = remark(metric, &how, &left);
                return Ok(series);
            }
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    Err(refused.unwrap_or_else(|| SeriesError(refusal(all, wanted))))
}

/// Refuses a metric that the file has of several caches.
fn alone(metric: &Metric, fitting: &[&Metric]) -> Result<(), SeriesError> {
    let same: Vec<&str> =
        fitting.iter().filter(|it| it.name.eq_ignore_ascii_case(&metric.name)).map(|it| cache_of(&it.of)).collect();
    if same.len() < 2 {
        return Ok(());
    }
    let (name, caches) = (shown(&metric.name), shown(&same.join(", ")));
    Err(SeriesError(format!("The file has {name} of several caches ({caches}); save that of one.")))
}

fn remark(metric: &Metric, how: &str, left: &[String]) -> String {
    let bytes = metrics::meaning(&metric.name) == Some(Meaning::WriteBytes);
    let bytes = if bytes { " Bytes become writes by the plan’s size of a write." } else { "" };
    let taken = format!("Taken: {}, {how}.{bytes}", shown(&metric.name));
    if left.is_empty() {
        return taken;
    }
    let more = if left.len() > 6 { format!(" and {} more", left.len() - 6) } else { String::new() };
    format!("{taken} Not taken: {}{more}.", left.iter().take(6).cloned().collect::<Vec<_>>().join(", "))
}

/// "cacheRead (bytes read a second)".
fn named(metric: &Metric) -> String {
    let name = shown(&metric.name);
    metrics::meaning(&metric.name).map_or_else(|| name.clone(), |meaning| format!("{name} ({})", meaning.words()))
}

/// Why none of the metrics is what is asked for.
fn refusal(all: &[Metric], wanted: Wanted) -> String {
    let other = |metric: &&Metric| Service::of(&metric.of) == Some(Service::Other);
    if let Some(metric) = all.iter().find(other) {
        let (name, of) = (shown(&metric.name), shown(&metric.of));
        return format!("“{name}” is of {of}, which is no Redis of Azure. {}", wanted.rule());
    }
    match all {
        [] => format!("The file has no metric; name one with --metrics. {}", wanted.rule()),
        [one] => match metrics::meaning(&one.name) {
            Some(meaning) if meaning.fits(wanted) && is_of_instances(&one.name) => {
                format!(
                    "“{}” counts what replicas apply too; save the metric of the cache, whose name does not begin with “all”. {}",
                    shown(&one.name),
                    wanted.rule()
                )
            }
            Some(meaning) if meaning.fits(wanted) => {
                format!(
                    "“{}” is of one shard; save the metric of the whole cache, without a number. {}",
                    shown(&one.name),
                    wanted.rule()
                )
            }
            Some(meaning) => metrics::not_wanted(&shown(&one.name), meaning, wanted),
            None => metrics::unknown(&shown(&one.name), wanted),
        },
        many => {
            let names: Vec<String> = many.iter().take(6).map(named).collect();
            format!(
                "None of the file’s {} metrics measures {}: {}. {}",
                many.len(),
                wanted.noun(),
                names.join(", "),
                wanted.rule()
            )
        }
    }
}

/// The last part of a resource's id.
fn cache_of(id: &str) -> &str {
    let parent = id.to_ascii_lowercase().find("/providers/microsoft.insights").map_or(id, |at| &id[..at]);
    parent.rsplit('/').next().unwrap_or(parent)
}

impl Metric {
    fn series(&self, wanted: Wanted) -> Result<(Series, String), SeriesError> {
        let name = shown(&self.name);
        let points = match self.series.as_slice() {
            [] => &[][..],
            [one] => one.as_slice(),
            many => {
                let count = many.len();
                return Err(SeriesError(format!(
                    "{name} is split into {count} series; save it without a filter or a split (--dimension)."
                )));
            }
        };
        if points.is_empty() {
            return Err(SeriesError(format!(
                "{name} has no points in this time; save a time in which the cache was in use."
            )));
        }
        if points.iter().all(|point| point.values.iter().all(Option::is_none)) {
            return Err(SeriesError(format!("{name} has points without any value. {}", wanted.rule())));
        }
        let has = |aggregate: usize| points.iter().any(|point| point.values[aggregate].is_some());
        let taken = self.taken(has)?;
        let rows = points.iter().map(|point| taken.row(point)).collect::<Result<Vec<_>, _>>()?;
        let (start, mut samples, step, missing) = samples(rows, "point")?;
        // An answer with gaps still says how long its intervals are.
        let interval = self.interval.unwrap_or(step.as_secs());
        let size = if taken.aggregate == TOTAL { taken.size / interval } else { taken.size };
        for sample in &mut samples {
            sample.value = (sample.value * size).min(f64::MAX);
        }
        let how = taken.words(Secs::secs(interval));
        let aggregate = Some(AGGREGATES[taken.aggregate]);
        let remark = String::new();
        Ok((Series { name, measure: Some(taken.measure), aggregate, start, samples, step, missing, remark }, how))
    }

    /// Which aggregate is read and how, for a metric that is known.
    fn taken(&self, has: impl Fn(usize) -> bool) -> Result<Taken, SeriesError> {
        let name = shown(&self.name);
        let first = |order: &[usize]| order.iter().copied().find(|aggregate| has(*aggregate));
        let not_taken = |advice: &str| SeriesError(format!("{name} has no value that is read here; {advice}."));
        let take = |aggregate, measure, size, how: &str| Taken { aggregate, measure, size, how: how.to_owned() };
        match metrics::meaning(&self.name) {
            Some(Meaning::Sets) if self.is_a_rate()? => match first(&[AVERAGE, TOTAL, MAXIMUM]) {
                Some(AVERAGE) => Ok(take(AVERAGE, Measure::Operations, 1.0, "its average, a rate a second already")),
                Some(TOTAL) => Ok(take(
                    TOTAL,
                    Measure::Operations,
                    GRAIN,
                    "its total of each interval, which adds up a rate of each minute",
                )),
                Some(_) => {
                    Ok(take(MAXIMUM, Measure::Operations, 1.0, "the highest rate of each interval, above its mean"))
                }
                None => Err(not_taken("save its Average")),
            },
            Some(Meaning::Sets) => match first(&[TOTAL]) {
                Some(_) => {
                    Ok(take(TOTAL, Measure::Operations, 1.0, "its total of each interval divided by its length"))
                }
                None => Err(not_taken("it counts commands in each interval: save its Total")),
            },
            Some(Meaning::WriteBytes) => match first(&[MAXIMUM, AVERAGE]) {
                Some(MAXIMUM) => Ok(take(
                    MAXIMUM,
                    Measure::DataRate,
                    1.0,
                    "its maximum, because its average counts idle replicas too",
                )),
                Some(_) => Ok(take(
                    AVERAGE,
                    Measure::DataRate,
                    1.0,
                    "its average, which counts idle replicas too and may be half of what is written",
                )),
                None => Err(not_taken("save its Maximum")),
            },
            Some(Meaning::Memory) => match first(&[MAXIMUM, AVERAGE]) {
                Some(MAXIMUM) => Ok(take(MAXIMUM, Measure::Data, 1.0, "its maximum")),
                Some(_) => Ok(take(AVERAGE, Measure::Data, 1.0, "its average; its maximum is not in the file")),
                None => Err(not_taken("save its Maximum")),
            },
            _ => Err(not_taken("it is no metric of writes or memory")),
        }
    }

    /// Whether set commands are a rate a second already: in Enterprise they are, in Redis they are counted.
    fn is_a_rate(&self) -> Result<bool, SeriesError> {
        match Service::of(&self.of) {
            Some(Service::Enterprise) => Ok(true),
            Some(_) => Ok(false),
            None if self.unit.eq_ignore_ascii_case("CountPerSecond") => Ok(true),
            None if self.description.to_ascii_lowercase().contains("per second") => Ok(true),
            None => Err(SeriesError(format!(
                "{} counts commands in Microsoft.Cache/Redis and is a rate in Microsoft.Cache/redisEnterprise, and the file does not say whose it is (namespace, id). Save the whole answer.",
                shown(&self.name)
            ))),
        }
    }
}

impl Taken {
    fn row(&self, point: &Point) -> Result<Row, SeriesError> {
        let Point { place, at, .. } = *point;
        let value = point.values[self.aggregate];
        match value {
            Some(value) if value < 0.0 => {
                Err(SeriesError(format!("Point {place} is negative; a rate or an amount is 0 at least.")))
            }
            _ => Ok(Row { place, at, value }),
        }
    }

    /// What was done, with what a long interval makes of it.
    fn words(&self, interval: Secs) -> String {
        let peaks = self.aggregate == MAXIMUM && self.measure == Measure::DataRate && interval > Secs::mins(5.0);
        if peaks {
            format!("{}; of each {} it is the peak, above the mean", self.how, format::duration(interval))
        } else {
            self.how.clone()
        }
    }
}
