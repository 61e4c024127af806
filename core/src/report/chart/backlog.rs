//! Write rate, link and backlog over time (M-04).

use super::{Axis, Band, Chart, Ink, Line, LinePlot, Mark, Plot, Table, Unit, says};
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::backlog::{Backlog, Lag, SHARES, Violations, backlog};
use crate::model::comparison::Span;
use crate::plan::Plan;
use crate::report::format;
use crate::units::{Ratio, SECS_PER_DAY, Secs};

/// The write rate against what the link applies, and below it the backlog, over a day or over the plan's series; the times
/// at which the target is missed are shaded (M-04).
///
/// Of pair and group the one with the larger backlog is drawn, the pair where they are equal; the table has both. `None`
/// where nothing is replicated.
#[must_use]
pub fn backlog_chart(plan: &Plan, evaluation: &Evaluation) -> Option<Chart> {
    let both = [Topology::Passive, Topology::Active].map(|topology| evaluation.of(topology));
    let all: Vec<(Topology, Backlog)> = both
        .into_iter()
        .filter_map(|answer| Some((answer.topology, backlog(plan, &evaluation.demand, answer)?)))
        .collect();
    let most = |it: &Backlog| it.lag.as_ref().map_or(f64::INFINITY, Lag::most);
    let (topology, shown) = all.iter().reduce(|best, next| if most(&next.1) > most(&best.1) { next } else { best })?;
    let missed = missed(plan, shown);
    Some(Chart {
        id: "backlog",
        title: format!("{}: writes, link and backlog", topology.name()),
        says: sentence(plan, *topology, shown, missed.as_ref()),
        caption: caption(plan, shown),
        plot: Plot::Lines(plots(*topology, shown, missed.as_ref())),
        table: table(plan, &all),
    })
}

fn missed(plan: &Plan, shown: &Backlog) -> Option<Violations> {
    Some(shown.lag.as_ref()?.violations(plan.objectives.rpo?))
}

/// What is drawn: a measured series whole, else a day, or the period of bursts that come less than once a day.
fn end(shown: &Backlog) -> f64 {
    let period = shown.course.period().as_secs();
    if shown.course.is_measured() { period } else { period.max(SECS_PER_DAY) }
}

fn plots(topology: Topology, shown: &Backlog, missed: Option<&Violations>) -> Vec<LinePlot> {
    let end = end(shown);
    let x = if shown.course.is_measured() {
        Axis::until("time since the first sample", Unit::Time, end, 8)
    } else if end > SECS_PER_DAY {
        Axis::until("time, bursts spread evenly", Unit::Time, end, 8)
    } else {
        Axis::until("time of the day, bursts spread evenly", Unit::Clock, end, 8)
    };
    let link = shown.link.as_bytes_per_s();
    let line = |label: &str, ink, points| Line { label: label.to_owned(), ink, points };
    let rates = rates(shown, end);
    let highest = rates.iter().map(|point| point.1).fold(0.0, f64::max);
    // A link far above the writes would flatten them to the floor: then its rate stands in the words and the table.
    let inside = link <= highest * 4.0;
    let link_mark = Mark {
        at: link,
        vertical: false,
        label: format!("link {}", format::rate(shown.link)),
        ink: Ink::Strong,
        strong: true,
    };
    let rate_plot = LinePlot {
        x: x.clone(),
        y: Axis::covering("bytes written a second", Unit::Rate, highest.max(if inside { link } else { 0.0 }) * 1.05, 5),
        lines: vec![line("writes", Ink::Topology(topology), rates)],
        bands: Vec::new(),
        marks: inside.then_some(link_mark).into_iter().collect(),
    };
    let Some(lag) = shown.lag.as_ref().filter(|lag| lag.most() > 0.0 || missed.is_some_and(|it| !it.spans.is_empty()))
    else {
        return vec![rate_plot];
    };
    let y = Axis::covering("backlog", Unit::Data, lag.most().max(1.0) * 1.05, 3);
    let bands = missed.map(|missed| shaded(missed, shown.course.period().as_secs(), end, y.to)).unwrap_or_default();
    let backlog_plot = LinePlot {
        x,
        lines: vec![line("backlog", Ink::Topology(topology), waiting(lag, shown.course.period().as_secs(), end))],
        bands,
        marks: Vec::new(),
        y,
    };
    vec![rate_plot, backlog_plot]
}

/// Begins of the periods up to the end.
fn periods(period: f64, end: f64) -> impl Iterator<Item = f64> {
    (0_u32..).map(move |index| f64::from(index) * period).take_while(move |begin| *begin < end - 1e-6)
}

/// The rate as a line of steps.
fn rates(shown: &Backlog, end: f64) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for begin in periods(shown.course.period().as_secs(), end) {
        let mut at = begin;
        for piece in shown.course.pieces() {
            let (rate, to) = (piece.rate.as_bytes_per_s(), (at + piece.lasts.as_secs()).min(end));
            if at < end {
                points.extend([(at, rate), (to, rate)]);
            }
            at += piece.lasts.as_secs();
        }
    }
    points
}

fn waiting(lag: &Lag, period: f64, end: f64) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for begin in periods(period, end) {
        for piece in lag.backlog() {
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
                    let points = vec![(from, 0.0, top), (to, 0.0, top)];
                    bands.push(Band { label: String::new(), ink: Ink::Bad, points });
                }
            }
        }
    }
    bands
}

fn sentence(plan: &Plan, topology: Topology, shown: &Backlog, missed: Option<&Violations>) -> Vec<Span> {
    let name = topology.name();
    let Some(lag) = &shown.lag else {
        let (mean, link) = (format::rate(shown.course.mean()), format::rate(shown.link));
        let why = format!(": the mean of {mean} is above the {link} that the link applies. It grows from day to day.");
        return says([&format!("The backlog of the {} ", lower(name)), "never empties", &why]);
    };
    let times = [0.5, 0.95].map(|share| format::duration(lag.quantile(share)));
    let (median, p95, worst) = (&times[0], &times[1], format::duration(lag.max()));
    let figures = format!("median {median}, P95 {p95}, worst {worst}");
    let tail = match (plan.objectives.rpo, missed) {
        (Some(target), Some(missed)) if missed.spans.is_empty() => {
            format!(". The target of {} is met all the time.", format::duration(target))
        }
        (Some(target), Some(missed)) => missed_in_words(target, lag, missed),
        _ => ". The plan has no target for it.".to_owned(),
    };
    says([
        &format!("The oldest change that the {} has not applied yet is as old as this: ", lower(name)),
        &figures,
        &tail,
    ])
}

fn missed_in_words(target: Secs, lag: &Lag, missed: &Violations) -> String {
    let (target_text, share) = (format::duration(target), format::percent(lag.within(target)));
    match missed.longest {
        None => format!(". The target of {target_text} is missed all the time: the way alone takes longer."),
        Some(longest) => format!(
            ". The target of {target_text} is met {share} of the time and missed {} a day, {} at the longest.",
            times(missed.per_day),
            format::duration(longest)
        ),
    }
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
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
            "Writes: the series “{}”, {} of {}, each constant and the whole repeated.",
            profile.name,
            format::counted(profile.rates.len(), "sample"),
            format::duration(profile.step)
        ),
        None => "Writes: the plan's mean with its bursts, spread evenly over the day (assumption).".to_owned(),
    };
    let drawn = match &shown.lag {
        Some(lag) if lag.most() <= 0.0 => "There is never a backlog.",
        _ => "Solved exactly between the changes of the rate and carried over midnight. Shaded: target missed.",
    };
    format!(
        "{source} The link applies {}, all shards together, held back by the fullest; the lag adds half the round trip and a \
         batch, {}. {drawn} The service promises no recovery point.",
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
        ("Lag, median", |_, _, lag| format::duration(lag.quantile(0.5))),
        ("Lag that 90 % of the time stays under", |_, _, lag| format::duration(lag.quantile(SHARES[2]))),
        ("Lag that 95 % of the time stays under", |_, _, lag| format::duration(lag.quantile(0.95))),
        ("Lag that 99 % of the time stays under", |_, _, lag| format::duration(lag.quantile(SHARES[1]))),
        ("Worst lag", |_, _, lag| format::duration(lag.max())),
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
        ("Writes that reach the link, mean", |it| format::rate(it.course.mean())),
        ("The same, highest", |it| format::rate(it.course.peak())),
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
    it.rates.and_then(|rates| rates.get(index).copied()).map_or_else(|| "–".to_owned(), format::rate)
}

fn covers(it: &Backlog, of: fn(&crate::model::backlog::Covered) -> Secs) -> String {
    it.covered.as_ref().map_or_else(|| "nothing is written".to_owned(), |covered| format::duration(of(covered)))
}
