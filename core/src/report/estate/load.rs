//! The load as it was measured: what replaces assumptions, the lag, and percentiles by hour and by day.

use super::{Answer, NONE};
use crate::estate::{
    Deployment, Evidence, Facts, MetricSeries, ONE_DAY, Planned, Quantity, Spread, measured, series_of, window, writes,
};
use crate::evaluate::evaluate_unread;
use crate::import::series::{Measure, Series};
use crate::model::Topology;
use crate::plan::Plan;
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::units::{Bytes, BytesPerSec, Date, OpsPerSec, Ratio, Secs, format};
use std::collections::{BTreeMap, BTreeSet};

impl Answer<'_> {
    /// What was measured in place of assumptions, and the lag beside the model's; `None` where no metric says either.
    pub(super) fn calibration(&self) -> Option<Section> {
        let assumed = Plan::default();
        let rows = self.estate.planned.iter().flat_map(|planned| {
            let name = planned.draft.plan.name.clone();
            let replaced = planned.draft.evidence.iter().filter_map(|it| Some((it, before(it, &assumed)?)));
            replaced.map(move |(it, before)| {
                Row::of([name.clone(), it.field.to_owned(), before, it.value.clone(), it.from.clone()])
            })
        });
        let (replaced, lag): (Vec<Row>, Vec<Row>) = (rows.collect(), self.lag());
        if replaced.is_empty() && lag.is_empty() {
            return None;
        }
        let one = self.estate.planned.iter().filter(|it| is_of_one_day(it, &self.read.facts)).count();
        let one = if one > 0 {
            format!(" Of {} one day is measured: {ONE_DAY}.", format::counted(one, "deployment"))
        } else {
            String::new()
        };
        let says = format!("What the metrics say in place of a plan’s assumptions, with the fit.{one}");
        let heads = ["Deployment", "Field", "Assumed", "Measured", "Fit and basis"];
        let lag_heads = ["Cache", "Intervals", "P50", "P95", "P99", "Peak", "P95 of the plan’s RPO"];
        Some(
            Section::new("estate-calibration", "Calibration", says)
                .with(Block::Table(table(
                    "estate-calibration",
                    "Measured in place of assumptions",
                    &heads,
                    5,
                    replaced,
                )))
                .with(Block::Table(table("estate-lag", "Replication lag", &lag_heads, 1, lag))),
        )
    }

    /// The lag of each member that has one, beside the age of what the plan may lose.
    fn lag(&self) -> Vec<Row> {
        let facts = &self.read.facts;
        let mut rows = Vec::new();
        for planned in &self.estate.planned {
            let lags = planned.deployment.members.iter().filter_map(|member| {
                let series = series_of(facts, &member.key, Quantity::Lag)?;
                Some((member, series.spread()?))
            });
            let lags: Vec<_> = lags.collect();
            if lags.is_empty() {
                continue;
            }
            let evaluation = evaluate_unread(&planned.draft.plan, self.catalog);
            let rpo = evaluation.of(Topology::Passive).rpo.p95.filter(|it| it.is_finite());
            let modelled = rpo.map_or_else(|| NONE.to_owned(), format::duration);
            rows.extend(lags.into_iter().map(|(member, lag)| {
                let time = |value: f64| format::duration(Secs::secs(value));
                let points = format::count(lag.points as f64);
                Row::of([
                    member.shown(),
                    points,
                    time(lag.p50),
                    time(lag.p95),
                    time(lag.p99),
                    time(lag.peak),
                    modelled.clone(),
                ])
            }));
        }
        rows
    }

    /// Percentiles of writes and data, by the hour of the day and by day; `None` without metrics.
    pub(super) fn load(&self) -> Option<Section> {
        let (mut hours, mut days) = (Vec::new(), Vec::new());
        for planned in &self.estate.planned {
            let Some(loads) = Loads::of(&planned.deployment, &self.read.facts) else { continue };
            let name = &planned.draft.plan.name;
            hours.extend(loads.hours(name));
            days.extend(loads.days(name));
        }
        if hours.is_empty() {
            return None;
        }
        let heads = |time| [&["Deployment", time][..], &FIGURES.map(|it| it.0)].concat();
        let says = "Operations a second, connections, load in percent and used memory as they were measured, in UTC; an hour without a value has no row.";
        Some(
            Section::new("estate-load", "Measured load", says)
                .with(Block::Table(table("estate-hours", "Load by hour of the day", &heads("Hour"), 2, hours)))
                .with(Block::Table(table("estate-days", "Load by day", &heads("Day"), 2, days))),
        )
    }
}

impl Answer<'_> {
    /// Metrics of caches whose description is in no file: figures without a plan; `None` without any.
    pub(super) fn strangers(&self) -> Option<Section> {
        let facts = &self.read.facts;
        let strangers = facts.strangers();
        let rows: Vec<Row> = strangers
            .iter()
            .flat_map(|of| SHOWN.iter().filter_map(move |(quantity, metric)| stranger(facts, of, *quantity, metric)))
            .chain(self.read.series.iter().map(|(file, it)| unnamed(file, it)))
            .collect();
        let says = "Metrics of caches whose description is in no file, as they are read; they are in no plan.";
        let heads = ["Cache", "Metric", "Mean", "P95", "Peak", "Based on"];
        (!rows.is_empty()).then(|| {
            let mut table = table("estate-metrics", "Metrics without a cache", &heads, 2, rows);
            table.columns[5] = Column::text(heads[5]);
            Section::new("estate-metrics", "Metrics without a cache", says).with(Block::Table(table))
        })
    }
}

/// True where the writes of a deployment, or else its data, are of one day.
fn is_of_one_day(planned: &Planned, facts: &Facts) -> bool {
    let data = || planned.deployment.members.iter().find_map(|it| series_of(facts, &it.key, Quantity::Memory));
    writes(&planned.deployment, facts).or_else(data).is_some_and(|it| it.days() == 1)
}

/// Metrics that are shown without a plan, with the names that Azure Monitor has for them.
const SHOWN: [(Quantity, &str); 13] = [
    (Quantity::Memory, "usedmemory"),
    (Quantity::Fill, "usedmemorypercentage"),
    (Quantity::Sets, "setcommands"),
    (Quantity::Gets, "getcommands"),
    (Quantity::Commands, "operationsPerSecond"),
    (Quantity::CommandsCounted, "totalcommandsprocessed"),
    (Quantity::WriteBytes, "cacheWrite"),
    (Quantity::ReadBytes, "cacheRead"),
    (Quantity::Expiries, "expiredkeys"),
    (Quantity::Clients, "connectedclients"),
    (Quantity::Load, "serverLoad"),
    (Quantity::Lag, "GeoReplicationConnectivityLag"),
    (Quantity::Offset, "GeoReplicationDataSyncOffset"),
];

fn stranger(facts: &Facts, (key, name): &(&str, String), quantity: Quantity, metric: &str) -> Option<Row> {
    let it = measured(facts, key, quantity)?.ok()?;
    let show = |value: f64| shown(quantity, value);
    Some(Row::of([
        name.clone(),
        metric.to_owned(),
        show(it.mean),
        show(it.p95),
        show(it.peak),
        window(&it, metric, name),
    ]))
}

/// A series whose file names no cache: figures in the unit that it has, as it stands in the file where it has none.
fn unnamed(file: &str, series: &Series) -> Row {
    let show = |value: f64| match series.measure {
        Some(Measure::Operations) => format::ops(OpsPerSec::per_s(value)),
        Some(Measure::DataRate) => format::rate(BytesPerSec::bytes_per_s(value)),
        Some(Measure::Data) => format::bytes(Bytes::bytes(value)),
        Some(Measure::Share) => format::percent(Ratio::fraction(value)),
        None => format::number(value),
    };
    let spread = Spread::of(series.samples.iter().map(|it| it.value).collect());
    let of = |figure: fn(&Spread) -> f64| spread.as_ref().map_or_else(|| NONE.to_owned(), |it| show(figure(it)));
    let day = series.day(Secs::ZERO).map_or_else(String::new, |day| format!(" from {day}"));
    let values = format::counted(series.samples.len(), "value");
    let unit = if series.measure.is_none() { " Its header has no unit." } else { "" };
    let remark = if series.remark.is_empty() { String::new() } else { format!(" {}", series.remark) };
    let from = format!(
        "{values} of {}{day} in {file}, which names no cache.{unit}{remark} Add a column ResourceId, or open it alone on the page: a plan’s \
         writes then follow it.",
        format::duration(series.step)
    );
    let name = if series.name.is_empty() { NONE } else { series.name.as_str() };
    Row::of(["not named".to_owned(), name.to_owned(), show(series.mean()), of(|it| it.p95), of(|it| it.peak), from])
}

/// A column of the tables of hours and days: heading, metric, and which figure of its spread.
type Figure = (&'static str, Quantity, fn(&Spread) -> f64);

const FIGURES: [Figure; 14] = [
    ("Writes, mean", Quantity::Sets, |it| it.mean),
    ("Writes, P50", Quantity::Sets, |it| it.p50),
    ("Writes, P95", Quantity::Sets, |it| it.p95),
    ("Writes, P99", Quantity::Sets, |it| it.p99),
    ("Writes, peak", Quantity::Sets, |it| it.peak),
    ("Reads, P95", Quantity::Gets, |it| it.p95),
    ("Reads, peak", Quantity::Gets, |it| it.peak),
    ("Expiries, P95", Quantity::Expiries, |it| it.p95),
    ("Evictions, peak", Quantity::Evictions, |it| it.peak),
    ("Connections, P95", Quantity::Clients, |it| it.p95),
    ("Connections, peak", Quantity::Clients, |it| it.peak),
    ("Load, peak", Quantity::Load, |it| it.peak),
    ("Used memory, P95", Quantity::Memory, |it| it.p95),
    ("Used memory, peak", Quantity::Memory, |it| it.peak),
];

/// What a deployment does over time, by metric.
struct Loads(Vec<(Quantity, MetricSeries)>);

impl Loads {
    /// Of the writers the set commands, of all members the sum of reads, expiries, evictions and connections, of the fullest member data
    /// and load.
    fn of(deployment: &Deployment, facts: &Facts) -> Option<Self> {
        let all = |quantity| deployment.members.iter().map(move |it| series_of(facts, &it.key, quantity));
        let sum = |quantity| MetricSeries::sum(&all(quantity).collect::<Option<Vec<MetricSeries>>>()?);
        let most =
            |quantity| all(quantity).flatten().reduce(|one, other| if other.peak() > one.peak() { other } else { one });
        let found = [
            (Quantity::Sets, writes(deployment, facts)),
            (Quantity::Gets, sum(Quantity::Gets)),
            (Quantity::Expiries, sum(Quantity::Expiries)),
            (Quantity::Evictions, sum(Quantity::Evictions)),
            (Quantity::Clients, sum(Quantity::Clients)),
            (Quantity::Load, most(Quantity::Load)),
            (Quantity::Memory, most(Quantity::Memory)),
        ];
        let found: Vec<_> = found.into_iter().filter_map(|(quantity, series)| Some((quantity, series?))).collect();
        (!found.is_empty()).then_some(Self(found))
    }

    fn hours(&self, name: &str) -> Vec<Row> {
        let all: Vec<(Quantity, [Option<Spread>; 24])> =
            self.0.iter().map(|(quantity, it)| (*quantity, it.by_hour())).collect();
        let at = |quantity, hour: usize| all.iter().find(|it| it.0 == quantity).and_then(|it| it.1[hour]);
        let hours = (0..24).filter(|hour| all.iter().any(|it| it.1[*hour].is_some()));
        hours.map(|hour| row(name, format!("{hour:02}:00"), |quantity| at(quantity, hour))).collect()
    }

    fn days(&self, name: &str) -> Vec<Row> {
        let all: Vec<(Quantity, BTreeMap<Date, Spread>)> =
            self.0.iter().map(|(quantity, it)| (*quantity, it.by_day().into_iter().collect())).collect();
        let at = |quantity, day: &Date| all.iter().find(|it| it.0 == quantity).and_then(|it| it.1.get(day).copied());
        let days: BTreeSet<Date> = all.iter().flat_map(|it| it.1.keys().copied()).collect();
        days.into_iter().map(|day| row(name, day.to_string(), |quantity| at(quantity, &day))).collect()
    }
}

fn row(name: &str, time: String, of: impl Fn(Quantity) -> Option<Spread>) -> Row {
    // One value has no percentiles.
    let says = |head: &str, it: &Spread| it.points > 1 || !head.contains(", P");
    let cell = |(head, quantity, figure): Figure| {
        let spread = of(quantity).filter(|it| says(head, it));
        spread.map_or_else(|| NONE.to_owned(), |it| shown(quantity, figure(&it)))
    };
    Row::of([name.to_owned(), time].into_iter().chain(FIGURES.map(cell)))
}

/// A value of a metric in its unit.
fn shown(quantity: Quantity, value: f64) -> String {
    match quantity {
        Quantity::Memory | Quantity::Offset => format::bytes(Bytes::bytes(value)),
        Quantity::WriteBytes | Quantity::ReadBytes => format::rate(BytesPerSec::bytes_per_s(value)),
        Quantity::Fill | Quantity::Load => format::percent(Ratio::percent(value)),
        Quantity::Lag => format::duration(Secs::secs(value)),
        Quantity::Clients => format::count(value),
        _ => format::ops(OpsPerSec::per_s(value)),
    }
}

/// A table whose columns are figures from one on.
fn table(id: &'static str, name: &str, heads: &[&str], from: usize, rows: Vec<Row>) -> Table {
    let column = |(at, head): (usize, &&str)| if at >= from { Column::figures(*head) } else { Column::text(*head) };
    Table { id, name: name.to_owned(), columns: heads.iter().enumerate().map(column).collect(), rows }
}

/// What a plan assumes in a field that metrics replace; `None` for every other field.
fn before(evidence: &Evidence, plan: &Plan) -> Option<String> {
    let (load, assumed) = (&plan.workload, &plan.assumptions);
    let bursts = || format!("{} a day of {}", format::number(load.peak.per_day), format::duration(load.peak.burst));
    let ratio = || format!("{} ×", format::number(load.peak.ratio));
    Some(match evidence.field {
        "workload.profile" => format!("{} of {}", bursts(), ratio()),
        "workload.peak.ratio" => ratio(),
        "workload.peak.burst" => bursts(),
        "workload.value_size" => format::bytes(load.value_size),
        "passive.lag" => "modelled: see the lag below".to_owned(),
        "workload.growth_per_year" => format!("{} a year", format::percent(load.growth_per_year)),
        "workload.load_growth_per_year" => "as the data".to_owned(),
        "assumptions.hottest_shard" => format!("{} ×", format::number(assumed.hottest_shard)),
        "assumptions.sync_rate" => {
            let [low, mode, high] = [assumed.sync_rate.low, assumed.sync_rate.mode, assumed.sync_rate.high].map(rate);
            format!("{mode}, {low} to {high}")
        }
        "assumptions.kept_per_delete" => {
            let kept = assumed.kept_per_delete;
            format!("{}, {} to {}", format::bytes(kept.mode), format::bytes(kept.low), format::bytes(kept.high))
        }
        "assumptions.crdt_factor" => {
            let factor = assumed.crdt_factor;
            let [low, mode, high] = [factor.low, factor.mode, factor.high].map(format::number);
            format!("{mode} ×, {low} to {high}")
        }
        _ => return None,
    })
}

fn rate(rate: BytesPerSec) -> String {
    format::rate(rate)
}
