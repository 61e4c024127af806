//! Tables of metrics: a row a metric and time (Log Analytics' `AzureMetrics`), or a column a metric (a chart of the portal).

use crate::estate::id;
use crate::estate::read::fault::Fault;
use crate::estate::read::metric_answer::interval;
use crate::estate::read::take::Taken;
use crate::import::dates::{DateOrder, settle};
use crate::import::metrics::{self, AGGREGATES};
use crate::import::secret;
use crate::import::separators::Style;
use crate::import::series::timestamp;
use crate::import::table::{Row, Table, headed, plain};
use crate::import::words::{cut, named};
use crate::units::{float, format};
use std::collections::BTreeMap;

const NO_TIMES: &str = "Its time is none that is read here; write it as 2026-03-01T07:00:00Z.";
const NO_CACHE: &str = "These are metrics that name no cache: add the column ResourceId to the query, or write the cache’s id (/subscriptions/…) on a line above the table.";

/// Names of the columns of times, without what stands in brackets behind them.
const TIMES: [&str; 4] = ["timegenerated", "time", "timestamp", "datetime"];

/// Other names of [`AGGREGATES`], in their order: those of a query that summarises, and those of the portal's charts.
const SHORT: [&[&str]; 5] = [
    &["average", "avg_average", "avg", "mean"],
    &["maximum", "max_maximum", "max"],
    &["minimum", "min_minimum", "min"],
    &["total", "sum_total", "sum"],
    &["count", "sum_count", "count_"],
];

/// Which columns hold what.
struct Columns {
    time: usize,
    /// Its clock is not said to be of UTC.
    is_local: bool,
    of: Option<usize>,
    grain: Option<usize>,
    values: Values,
}

enum Values {
    /// A column for the metric's name, and one for each aggregate.
    Long(usize, [Option<usize>; 5]),
    /// Charts: a column for each metric and aggregate, and the names of columns that are none.
    Wide(Vec<Column>, Vec<String>),
}

/// A column of a chart.
struct Column {
    metric: String,
    aggregate: usize,
    /// The cache that its name ends with: "Used Memory (Max), shop".
    of: Option<String>,
    at: usize,
}

impl Columns {
    fn of(header: &[String]) -> Option<Self> {
        let names: Vec<String> = header.iter().map(|it| bare(it)).collect();
        let column = |wanted: &[&str]| names.iter().position(|it| wanted.contains(&it.as_str()));
        let time = column(&TIMES)?;
        let values = if let Some(name) = column(&["metricname"]) {
            Values::Long(name, SHORT.map(&column))
        } else {
            let known = [Some(time), column(&["resourceid", "_resourceid"]), column(&["timegrain"])];
            let (mut wide, mut others) = (Vec::new(), Vec::new());
            for at in (0..header.len()).filter(|at| !known.contains(&Some(*at))) {
                match Column::of(&header[at], at) {
                    Some(column) => wide.push(column),
                    None => others.push(header[at].clone()),
                }
            }
            if wide.is_empty() {
                return None;
            }
            Values::Wide(wide, others)
        };
        let clock = header[time].to_ascii_lowercase();
        Some(Self {
            time,
            is_local: clock.contains('[') && !clock.contains("utc"),
            of: column(&["resourceid", "_resourceid"]),
            grain: column(&["timegrain"]),
            values,
        })
    }
}

/// A column's name without what stands in brackets behind it: "Time [UTC]" → "time".
fn bare(name: &str) -> String {
    plain(name.split(['[', '(']).next().unwrap_or_default())
}

impl Column {
    fn of(name: &str, at: usize) -> Option<Self> {
        let column = |name: &str, of: Option<&str>| {
            let (metric, aggregate) = metric_of(name)?;
            Some(Self { metric, aggregate, of: of.map(|it| it.trim().to_ascii_lowercase()), at })
        };
        let whole = name.rsplit_once(',');
        whole.and_then(|(name, of)| column(name, Some(of))).or_else(|| column(name, None))
    }
}

/// The metric and the aggregate that a column's name says: "Used Memory (Max)", "Sum Sets", "setcommands total".
fn metric_of(name: &str) -> Option<(String, usize)> {
    let aggregate = |word: &str| SHORT.iter().position(|names| names.contains(&plain(word).as_str()));
    let (before, inside) = name.split_once(['(', '[']).unwrap_or((name, ""));
    let (before, inside) = (before.trim(), inside.trim_end_matches([')', ']']));
    let (first, last) = (before.split_once(' '), before.rsplit_once(' '));
    let choices = [
        aggregate(inside).map(|by| (before, by)),
        first.and_then(|(word, rest)| Some((rest, aggregate(word)?))),
        last.and_then(|(rest, word)| Some((rest, aggregate(word)?))),
    ];
    let (metric, by) = choices.into_iter().flatten().find(|(metric, _)| metrics::known(metric).is_some())?;
    Some((metric.trim().to_owned(), by))
}

/// Points by metric, resource and interval.
type Found = BTreeMap<(String, String, u32), Vec<(Option<f64>, [Option<f64>; 5])>>;

impl Taken {
    /// A table of metrics; what is wrong with it, in a sentence. Nothing is taken of any other table.
    pub(in crate::estate) fn table(&mut self, text: &str, dates: Option<DateOrder>) -> Option<Fault> {
        let (begins, mut columns) = headed(text, Columns::of)?;
        let fault = |why: String| Some(Fault { why, is_of_data: true });
        // The cache of a chart stands in its title.
        let title = text[..begins]
            .split(|it: char| it == '"' || it == ',' || it.is_whitespace())
            .find(|it| id::cache(it).is_some());
        if columns.of.is_none() && title.is_none() {
            return fault(NO_CACHE.to_owned());
        }
        self.of_one_cache(&mut columns, title);
        let lines = text[..begins].matches('\n').count();
        let table = Table::of(&text[begins..]);
        let separator = table.separator;
        let rows: Vec<Row> = table.skip(1).collect();
        let style = match Style::settle(figures(&rows, &columns), separator) {
            Ok(style) => style,
            Err(unsettled) => return fault(unsettled),
        };
        let slashes = match settle(&groups(&rows, &columns), dates) {
            Ok(slashes) => slashes,
            Err(_) if rows.iter().any(|row| secret::is_in(&cell(row, columns.time))) => {
                return fault(NO_TIMES.to_owned());
            }
            Err(unsettled) => return fault(unsettled.question()),
        };
        self.odd_cells(&rows, &columns, style);
        let reading = Reading { columns: &columns, title: title.unwrap_or_default(), style, slashes };
        let mut found = Found::new();
        // What stands above a line without a time is taken.
        let wrong = rows.iter().position(|row| !reading.take(row, &mut found));
        self.count += wrong.unwrap_or(rows.len());
        for ((name, of, grain), points) in &found {
            self.points(name, of, String::new(), *grain, points);
        }
        if let Some(at) = wrong {
            return fault(format!("Line {}: {NO_TIMES}", rows[at].line + lines));
        }
        if columns.is_local {
            self.remarks
                .insert(format!("The times under “{}” have no zone; they are read as UTC.", cut("TimeGenerated")));
        }
        None
    }

    /// Cells that should be figures and are none.
    fn odd_cells(&mut self, rows: &[Row], columns: &Columns, style: Style) {
        let is_odd = |cell: &&str| {
            !cell.is_empty() && cell.bytes().any(|it| it.is_ascii_digit()) && float(&style.plain(cell)).is_none()
        };
        let odd = figures(rows, columns).filter(is_odd).count();
        if odd > 0 {
            let cells = format::counted(odd, "cell");
            self.remarks
                .insert(format!("Left out of a table of metrics: {cells} with a figure that is no plain number."));
        }
    }
}

fn cell(row: &Row, at: usize) -> String {
    row.cells.get(at).cloned().unwrap_or_default()
}

/// How the rows of a table are read.
struct Reading<'a> {
    columns: &'a Columns,
    /// The id of the cache that stands above the table.
    title: &'a str,
    style: Style,
    slashes: DateOrder,
}

impl Reading<'_> {
    /// Adds what a row has; false where its time is none.
    fn take(&self, row: &Row, found: &mut Found) -> bool {
        let columns = self.columns;
        let Some(at) = timestamp::seconds_with(&cell(row, columns.time), self.slashes) else { return false };
        let of = columns.of.map_or_else(|| self.title.to_owned(), |at| cell(row, at));
        let grain = columns.grain.map_or(0, |at| interval(&cell(row, at)));
        let figure = |at: usize| float(&self.style.plain(&cell(row, at)));
        match &columns.values {
            Values::Long(name, values) => {
                let values = values.map(|it| it.and_then(figure));
                found.entry((cell(row, *name), of, grain)).or_default().push((Some(at), values));
            }
            Values::Wide(metrics, _) => {
                for column in metrics {
                    // An empty cell of a column is a gap of its metric.
                    let Some(value) = figure(column.at) else { continue };
                    let mut values = [None; AGGREGATES.len()];
                    values[column.aggregate] = Some(value);
                    found.entry((column.metric.clone(), of.clone(), grain)).or_default().push((Some(at), values));
                }
            }
        }
        true
    }
}

impl Taken {
    /// Leaves the columns of a chart that are of its cache; the others are told.
    fn of_one_cache(&mut self, columns: &mut Columns, title: Option<&str>) {
        let Values::Wide(metrics, others) = &mut columns.values else { return };
        let own = title.and_then(id::cache).map(|it| id::name(&it).to_owned());
        let is_own = |it: &Column| own.is_none() || it.of.is_none() || it.of == own;
        let foreign = metrics.iter().filter(|it| !is_own(it)).filter_map(|it| it.of.clone());
        let mut names: Vec<String> = others.iter().map(|it| format!("“{}”", named(it))).collect();
        names.extend(foreign.map(|it| format!("those of {}", named(&it))));
        names.dedup();
        metrics.retain(is_own);
        let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
        let more = if names.len() > SHOWN { " and others" } else { "" };
        if !names.is_empty() {
            let listed = format::listed(&shown);
            self.remarks.insert(format!("Columns of a table of metrics that are not read: {listed}{more}."));
        }
    }
}

/// So many columns stand in a remark.
const SHOWN: usize = 6;

/// The cells that are figures.
fn figures<'a>(rows: &'a [Row], columns: &Columns) -> impl Iterator<Item = &'a str> {
    let own: Vec<usize> = match &columns.values {
        Values::Long(_, values) => values.iter().copied().flatten().collect(),
        Values::Wide(metrics, _) => metrics.iter().map(|it| it.at).collect(),
    };
    rows.iter().flat_map(move |row| own.clone().into_iter().filter_map(|at| row.cells.get(at).map(String::as_str)))
}

/// The times of each metric and cache by themselves: each rises or falls.
fn groups<'a>(rows: &'a [Row], columns: &Columns) -> Vec<Vec<&'a str>> {
    let cell = |row: &'a Row, at: usize| row.cells.get(at).map_or("", String::as_str);
    let name = match columns.values {
        Values::Long(name, _) => Some(name),
        Values::Wide(..) => None,
    };
    let mut groups: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for row in rows {
        let key = (name.map_or("", |at| cell(row, at)), columns.of.map_or("", |at| cell(row, at)));
        groups.entry(key).or_default().push(cell(row, columns.time));
    }
    groups.into_values().collect()
}
