//! Write rate, link and backlog over time (M-04).

use super::{Axis, Band, Chart, Ink, Line, LinePlot, Mark, Plot, Table, Unit, says};
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::backlog::{Backlog, Lag, SHARES, Violations, backlog, filling};
use crate::plan::Plan;
use crate::report::Span;
use crate::stats::bands::{P50, P95};
use crate::units::format;
use crate::units::{Ratio, SECS_PER_DAY, Secs};

/// The backlogs of pair and group, whichever there are, and the chart of one of them (M-04).
#[derive(Debug, Clone, PartialEq)]
pub struct Backlogs(Vec<(Topology, Backlog)>);

impl Backlogs {
    /// Of a plan; empty where nothing is replicated.
    #[must_use]
    pub fn of(plan: &Plan, evaluation: &Evaluation) -> Self {
        let both = [Topology::Passive, Topology::Active].map(|topology| evaluation.of(topology));
        let all =
            both.into_iter().filter_map(|answer| Some((answer.topology, backlog(plan, &evaluation.demand, answer)?)));
        Self(all.collect())
    }

    /// The designs that have one: pair, group, both or neither.
    pub fn topologies(&self) -> impl Iterator<Item = Topology> {
        self.0.iter().map(|(topology, _)| *topology)
    }

    /// The design with the larger backlog, the pair where they are equal; one that never empties before all others.
    #[must_use]
    pub fn largest(&self) -> Option<Topology> {
        let most = |it: &Backlog| it.lag.as_ref().map_or(f64::INFINITY, Lag::most);
        self.0.iter().reduce(|best, next| if most(&next.1) > most(&best.1) { next } else { best }).map(|it| it.0)
    }

    /// The write rate against what the link applies, and below it the backlog, over a day or over the plan's series; the
    /// times at which the target is missed are shaded. The table has every design.
    ///
    /// `None` for a design without a backlog.
    #[must_use]
    pub fn chart(&self, plan: &Plan, of: Topology) -> Option<Chart> {
        let (topology, shown) = self.0.iter().find(|(topology, _)| *topology == of)?;
        let missed = missed(plan, shown);
        Some(Chart {
            id: "backlog",
            title: format!("{}: writes, link and backlog", topology.name()),
            says: sentence(plan, *topology, shown, missed.as_ref()),
            caption: caption(plan, shown),
            plot: Plot::Lines(plots(plan, *topology, shown, missed.as_ref())),
            table: table(plan, &self.0),
        })
    }
}

fn missed(plan: &Plan, shown: &Backlog) -> Option<Violations> {
    Some(shown.lag.as_ref()?.violations(plan.objectives.rpo?))
}

/// What is drawn: a measured series whole, else a day, or the period of bursts that come less than once a day.
fn end(shown: &Backlog) -> f64 {
    let period = shown.load.period().as_secs();
    if shown.load.is_measured() { period } else { period.max(SECS_PER_DAY) }
}

fn plots(plan: &Plan, topology: Topology, shown: &Backlog, missed: Option<&Violations>) -> Vec<LinePlot> {
    let end = end(shown);
    let x = if shown.load.is_measured() {
        Axis::until("time since the first sample", Unit::Time, end, 8)
    } else if end > SECS_PER_DAY {
        Axis::until("time, bursts spread evenly", Unit::Time, end, 8)
    } else {
        Axis::until("time of the day, bursts spread evenly", Unit::Clock, end, 8)
    };
    let line = |label: &str, points| Line { label: label.to_owned(), ink: Ink::Topology(topology), points };
    let rates = rates(shown, end);
    let (y, mark) = rate_axis(shown, highest(&rates));
    let rate_plot =
        LinePlot { x: x.clone(), y, lines: vec![line("writes", rates)], bands: Vec::new(), marks: vec![mark] };
    let waiting = waiting(shown, end);
    let most = highest(&waiting);
    let y = Axis::covering("backlog", Unit::Data, if most > 0.0 { most * 1.05 } else { EMPTY }, 3);
    let bands = match missed {
        Some(missed) => shaded(missed, shown.load.period().as_secs(), end, y.to),
        // It never empties: the target is missed for good.
        None if plan.objectives.rpo.is_some() => vec![shade(0.0, end, y.to)],
        None => Vec::new(),
    };
    vec![rate_plot, LinePlot { x, lines: vec![line("backlog", waiting)], bands, marks: Vec::new(), y }]
}

/// Top of the axis of a backlog that is always empty: 1 MB.
const EMPTY: f64 = 1e6;
/// A link above so many times the highest write rate would flatten the writes to the floor: it is marked at the edge.
const FAR_ABOVE: f64 = 4.0;

/// The axis of the write rate, and the link on it, or at its edge.
fn rate_axis(shown: &Backlog, highest: f64) -> (Axis, Mark) {
    let link = shown.link.as_bytes_per_s();
    let inside = link <= highest * FAR_ABOVE;
    let axis =
        Axis::covering("bytes written a second", Unit::Rate, highest.max(if inside { link } else { 0.0 }) * 1.05, 5);
    let beyond = if inside { "" } else { ", above the scale" };
    let label = format!("link {}{beyond}", format::rate(shown.link));
    let mark = Mark { at: link.min(axis.to), vertical: false, label, ink: Ink::Strong, strong: true };
    (axis, mark)
}

fn highest(points: &[(f64, f64)]) -> f64 {
    points.iter().map(|point| point.1).fold(0.0, f64::max)
}

/// Begins of the periods up to the end.
fn periods(period: f64, end: f64) -> impl Iterator<Item = f64> {
    (0_u32..).map(move |index| f64::from(index) * period).take_while(move |begin| *begin < end - 1e-6)
}

/// The rate as a line of steps.
fn rates(shown: &Backlog, end: f64) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for begin in periods(shown.load.period().as_secs(), end) {
        let mut at = begin;
        for piece in shown.load.pieces() {
            let (rate, to) = (piece.rate.as_bytes_per_s(), (at + piece.lasts.as_secs()).min(end));
            if at < end {
                points.extend([(at, rate), (to, rate)]);
            }
            at += piece.lasts.as_secs();
        }
    }
    points
}

/// The backlog as a line; one that never empties begins with nothing and rises from period to period.
fn waiting(shown: &Backlog, end: f64) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    let mut left = 0.0;
    for begin in periods(shown.load.period().as_secs(), end) {
        let pieces = match &shown.lag {
            Some(lag) => lag.backlog().to_vec(),
            None => filling(&shown.load, shown.link, left),
        };
        left = pieces.last().map_or(0.0, |piece| piece.to);
        for piece in pieces {
            let (from, to) = (begin + piece.at, begin + piece.at + piece.lasts);
            if from < end {
                let share = if to > end { (end - from) / piece.lasts } else { 1.0 };
                points.extend([(from, piece.from), (to.min(end), piece.from + (piece.to - piece.from) * share)]);
            }
        }
    }
    points
}

/// Shaded spans of the whole height; a span that runs over the end of a period goes on at its begin.
fn shaded(missed: &Violations, period: f64, end: f64, top: f64) -> Vec<Band> {
    let mut bands = Vec::new();
    for begin in periods(period, end) {
        for (at, lasts) in &missed.spans {
            let from = at.as_secs() % period;
            let to = from + lasts.as_secs();
            for (from, to) in [(from, to.min(period)), (0.0, to - period)] {
                let (from, to) = (begin + from, (begin + to).min(end));
                if to > from {
                    bands.push(shade(from, to, top));
                }
            }
        }
    }
    bands
}

fn shade(from: f64, to: f64, top: f64) -> Band {
    Band { label: String::new(), ink: Ink::Bad, points: vec![(from, 0.0, top), (to, 0.0, top)] }
}

fn sentence(plan: &Plan, topology: Topology, shown: &Backlog, missed: Option<&Violations>) -> Vec<Span> {
    let name = topology.name();
    let Some(lag) = &shown.lag else {
        let (mean, link) = (format::rate(shown.load.mean()), format::rate(shown.link));
        let why = format!(": the mean of {mean} exceeds the link's {link}, day by day.");
        return says([&format!("The backlog of the {} ", format::in_sentence(name)), "never empties", &why]);
    };
    let times = [P50, P95].map(|share| format::duration(lag.quantile(share)));
    let (median, p95, worst) = (&times[0], &times[1], format::duration(lag.max()));
    let figures = format!("median {median}, P95 {p95}, worst {worst}");
    let tail = match (plan.objectives.rpo, missed) {
        (Some(target), Some(missed)) if missed.spans.is_empty() => {
            format!(". The target of {} is met all the time.", format::duration(target))
        }
        (Some(target), Some(missed)) => missed_in_words(target, lag, missed),
        _ => ". The plan has no target for it.".to_owned(),
    };
    says([&format!("Lag of the {} without interruptions: ", format::in_sentence(name)), &figures, &tail])
}

fn missed_in_words(target: Secs, lag: &Lag, missed: &Violations) -> String {
    let (target_text, share) = (format::duration(target), format::percent(lag.within(target)));
    match missed.longest {
        None => format!(". The target of {target_text} is never met: network latency exceeds it."),
        Some(longest) => format!(
            ". The target of {target_text} is met {share} of the time and missed {} a day, {} at the longest.",
            times(missed.per_day),
            format::duration(longest)
        ),
    }
}

/// "twice", "0.5 times".
fn times(count: f64) -> String {
    match format::number(count).as_str() {
        "1" => "once".to_owned(),
        "2" => "twice".to_owned(),
        other => format!("{other} times"),
    }
}

fn caption(plan: &Plan, shown: &Backlog) -> String {
    let source = match &plan.workload.profile {
        Some(profile) => format!(
            "Writes: the series “{}”, {} of {}, repeated.",
            profile.name,
            format::counted(profile.rates.len(), "sample"),
            format::duration(profile.step)
        ),
        None => "Bursts are spread evenly over the day (assumption).".to_owned(),
    };
    let drawn = match &shown.lag {
        Some(lag) if lag.most() <= 0.0 => "No backlog.",
        _ => "Shaded: target missed.",
    };
    format!(
        "{source} The link applies {} (fullest shard); lag adds half the round trip and a batch, {}. {drawn}",
        format::rate(shown.link),
        format::duration(shown.steady)
    )
}

/// A name and what it says of a link.
type LinkRow = (&'static str, fn(&Backlog) -> String);
/// A name and what it says of a backlog with its lag.
type Row = (&'static str, fn(&Plan, &Backlog, &Lag) -> String);

/// Every figure for pair and group side by side.
fn table(plan: &Plan, all: &[(Topology, Backlog)]) -> Table {
    let lag: [Row; 7] = [
        ("Lag, median", |_, _, lag| format::duration(lag.quantile(P50))),
        ("Lag that 90 % of the time stays under", |_, _, lag| format::duration(lag.quantile(SHARES[2]))),
        ("Lag that 95 % of the time stays under", |_, _, lag| format::duration(lag.quantile(P95))),
        ("Lag that 99 % of the time stays under", |_, _, lag| format::duration(lag.quantile(SHARES[1]))),
        ("Worst lag without an interruption", |_, _, lag| format::duration(lag.max())),
        ("Target missed, times a day", |plan, it, _| {
            missed(plan, it).map_or_else(none, |missed| format::number(missed.per_day))
        }),
        ("Longest time that it is missed", |plan, it, _| match missed(plan, it) {
            Some(Violations { longest: Some(longest), .. }) => format::duration(longest),
            Some(_) => "all the time".to_owned(),
            None => none(),
        }),
    ];
    let link: [LinkRow; 8] = [
        ("Writes that reach the link, mean", |it| format::rate(it.load.mean())),
        ("The same, highest", |it| format::rate(it.load.peak())),
        ("Link", |it| format::rate(it.link)),
        ("Link that meets the target 100 % of the time", |it| rate(it, 0)),
        ("99 % of the time", |it| rate(it, 1)),
        ("90 % of the time", |it| rate(it, 2)),
        ("An interruption costs a full sync after, at worst", |it| covers(it, |covered| covered.worst)),
        ("The same at the mean rate", |it| covers(it, |covered| covered.mean)),
    ];
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut push = |name: &str, cells: Vec<String>| rows.push([vec![name.to_owned()], cells].concat());
    push("Target met, share of the time", all.iter().map(|(_, it)| met(plan, it)).collect());
    for (name, of) in lag {
        let cell = |it: &Backlog| it.lag.as_ref().map_or_else(|| "never empties".to_owned(), |lag| of(plan, it, lag));
        push(name, all.iter().map(|(_, it)| cell(it)).collect());
    }
    for (name, of) in link {
        push(name, all.iter().map(|(_, it)| of(it)).collect());
    }
    let head = ["Over the day".to_owned()].into_iter().chain(all.iter().map(|(of, _)| of.name().to_owned()));
    Table { head: head.collect(), rows }
}

fn none() -> String {
    "no target".to_owned()
}

fn met(plan: &Plan, it: &Backlog) -> String {
    let share = |target: Secs| it.lag.as_ref().map_or(Ratio::ZERO, |lag| lag.within(target));
    plan.objectives.rpo.map_or_else(none, |target| format::percent(share(target)))
}

fn rate(it: &Backlog, index: usize) -> String {
    it.rates.and_then(|rates| rates.get(index).copied()).map_or_else(|| format::NONE.to_owned(), format::rate)
}

fn covers(it: &Backlog, of: fn(&crate::model::backlog::Covered) -> Secs) -> String {
    it.covered.as_ref().map_or_else(|| "nothing is written".to_owned(), |covered| format::duration(of(covered)))
}
