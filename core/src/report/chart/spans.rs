//! Ranges of times as bars: the steps of a recovery path (M-06), the downtime of a year (M-09).

use super::{Axis, BarPlot, BarRow, Chart, Ink, Plot, Table, Unit, says};
use crate::explore::Coverage;
use crate::model::Topology;
use crate::model::availability::Downtime;
use crate::model::rto::RtoChain;
use crate::report::words;
use crate::units::{Secs, format};

/// A bar that ends at the highest of three rising figures, cut at the other two.
pub(super) fn cut_at([low, middle, high]: [f64; 3]) -> Vec<(String, f64)> {
    let lengths = [low, (middle - low).max(0.0), (high - low.max(middle)).max(0.0)];
    lengths.map(|length| (String::new(), length)).into()
}

/// A bar of three rising times, with a whisker and what it says.
pub(super) fn span_row(label: String, ink: Ink, times: [Secs; 3], (end, said): (Secs, String)) -> BarRow {
    let pieces = cut_at(times.map(Secs::as_secs));
    BarRow { label, ink, pieces, whisker: Some((end.as_secs(), said)), open: false }
}

/// Such bars on an axis that the longest fits.
pub(super) fn spans_plot(axis: &str, longest: f64, rows: impl Iterator<Item = BarRow>) -> Plot {
    let x = Axis::covering(axis, Unit::Time, longest * 1.02, 6);
    Plot::Bars(BarPlot { x, rows: rows.collect(), marks: Vec::new() })
}

/// Low, most likely and high of each step of one recovery path.
#[must_use]
pub fn steps_chart(topology: Topology, chain: &RtoChain) -> Chart {
    let texts = |time: crate::units::Range<Secs>| [time.low, time.mode, time.high].map(format::duration);
    let longest = chain.steps.iter().map(|step| step.time.high.as_secs()).fold(0.0, f64::max);
    let rows = chain.steps.iter().map(|step| {
        let (time, label) = (step.time, step.name.to_owned());
        let said = (time.high, texts(time).join(" – "));
        span_row(label, Ink::Topology(topology), [time.low, time.mode, time.high], said)
    });
    let most = chain.steps.get(chain.dominant);
    let most = most.map_or_else(Default::default, |step| (step.name, texts(step.time)));
    let (slow, [low, _, high]) = most;
    Chart {
        id: "recovery-step-ranges",
        title: format!("Steps of {}", words::path(chain.path)),
        says: says([
            &format!("“{slow}” takes the most of the {}’s recovery: ", topology.name().to_ascii_lowercase()),
            &format!("{low} to {high}"),
            ".",
        ]),
        caption: "Low, most likely and high of each step.".to_owned(),
        plot: spans_plot("time of the step", longest, rows),
        table: Table {
            head: ["Step", "Low", "Most likely", "High"].map(str::to_owned).into(),
            rows: chain
                .steps
                .iter()
                .map(|step| [step.name.to_owned()].into_iter().chain(texts(step.time)).collect())
                .collect(),
        },
    }
}

/// The downtime that lost regions are expected to leave each topology in a year, with P05 and P95. `None` without a topology.
#[must_use]
pub fn availability_chart(found: &[(Topology, Downtime)]) -> Option<Chart> {
    let longest = found.iter().map(|(_, lost)| lost.p95.max(lost.mean).as_secs()).fold(0.0, f64::max);
    let least = found.iter().reduce(|best, next| if next.1.mean < best.1.mean { next } else { best })?;
    let band = |lost: &Downtime| [lost.p05, lost.mean, lost.p95].map(format::duration).join(" – ");
    let row = |(topology, lost): &(Topology, Downtime)| {
        let said = (lost.p95.max(lost.mean), band(lost));
        span_row(topology.name().to_owned(), Ink::Topology(*topology), [lost.p05, lost.mean, lost.p95], said)
    };
    let cells = |(topology, lost): &(Topology, Downtime)| {
        let times = [lost.p05, lost.mean, lost.p95].map(format::duration);
        [topology.name().to_owned()].into_iter().chain(times).collect()
    };
    Some(Chart {
        id: "downtime",
        title: "Downtime of a year by lost regions".to_owned(),
        says: says([
            &format!("The {} is expected to lose the least to lost regions: ", least.0.name().to_ascii_lowercase()),
            &format!("{} a year", format::duration(least.1.mean)),
            ".",
        ]),
        caption: "P05 – mean – P95 of 10,000 trials over all ranges.".to_owned(),
        plot: spans_plot("downtime of a year", longest, found.iter().map(row)),
        table: Table {
            head: ["Topology", "P05", "Mean", "P95"].map(str::to_owned).into(),
            rows: found.iter().map(cells).collect(),
        },
    })
}

/// The range of each measured step, and what was measured. `None` without a measured step that has a range.
#[must_use]
pub fn drills_chart(found: &Coverage) -> Option<Chart> {
    let steps = || found.steps.iter().filter_map(|step| Some((step, step.range?, *step.times.last()?)));
    let longest = steps().map(|(_, (_, high), most)| high.max(most).as_secs()).reduce(f64::max)?;
    let middle = |times: &[Secs]| times.get(times.len() / 2).copied().unwrap_or_default();
    let row = |(step, (low, high), most): (&crate::explore::StepCoverage, (Secs, Secs), Secs)| {
        let times = [low, middle(&step.times).max(low).min(high), high];
        let said = (most, format!("measured up to {}", format::duration(most)));
        span_row(step.label.to_owned(), Ink::Accent, times, said)
    };
    let cells = |(step, (low, high), most): (&crate::explore::StepCoverage, (Secs, Secs), Secs)| {
        let times = [low, high, middle(&step.times), most].map(format::duration);
        [step.label.to_owned()].into_iter().chain(times).collect()
    };
    Some(Chart {
        id: "drills",
        title: "Measured times and ranges".to_owned(),
        says: Vec::new(),
        caption: "Bars: P05–P95 of the range, cut at the median measured; whisker: the longest measured.".to_owned(),
        plot: spans_plot("time of the step", longest, steps().map(row)),
        table: Table {
            head: ["Step", "P05", "P95", "Median measured", "Longest measured"].map(str::to_owned).into(),
            rows: steps().map(cells).collect(),
        },
    })
}
