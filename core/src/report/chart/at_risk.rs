//! What exists in one region only after a loss, over time (M-07, M-08): of a group below its timeline, of a pair alone.

use super::outage::LONGEST;
use super::{Axis, Band, Chart, Ink, Line, LinePlot, Plot, Table, Unit, outage_marks, says};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::outage_simulation::{EventKind, Log, PairAnswers, PairOutage, Timestamp};
use crate::plan::Plan;
use crate::report::Span;
use crate::report::outage_log::{outage_log, region_of};
use crate::report::words::for_long;
use crate::units::format;
use crate::units::{Bytes, Secs};

/// Heading of the column in tables.
pub(super) const COLUMN: &str = "In one region only";

/// A little after the last event, at least a minute and at most a month.
pub(super) fn axis_end(last: Timestamp) -> Secs {
    (last.as_secs() * 1.03).max(Secs::mins(1.0)).min(LONGEST)
}

/// Writes that exist in a single region, in bytes, with both sides of every step: the log's own straight lines.
pub(super) fn points(log: &Log, end: Secs) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for (index, snapshot) in log.snapshots.iter().enumerate() {
        let at = snapshot.at.as_secs();
        if at > end {
            break;
        }
        let until = log.snapshots.get(index + 1).map_or(end, |next| next.at.as_secs().min(end)).max(at);
        let reached = snapshot.at_risk.after(until - at).now;
        points.push((at.as_secs(), snapshot.at_risk.now.as_bytes()));
        points.push((until.as_secs(), reached.as_bytes()));
    }
    points.dedup();
    points
}

/// The drawing below others; `None` where nothing is ever at risk.
pub(super) fn pane(x: Axis, lines: Vec<Line>) -> Option<LinePlot> {
    let most = lines.iter().flat_map(|line| &line.points).fold(0.0, |most: f64, point| most.max(point.1));
    let y = Axis::covering("in one region only, lost with it", Unit::Data, most, 2);
    (most > 0.0).then(|| LinePlot { x, y, lines, bands: Vec::new(), marks: Vec::new() })
}

/// What is at risk right after a moment: "12.4 GB", "none".
pub(super) fn cell(log: &Log, at: Secs) -> String {
    let bytes = log.at(Timestamp::START.after(at)).map_or(Bytes::ZERO, |state| state.at_risk.now);
    if bytes > Bytes::ZERO { format::bytes(bytes) } else { "none".to_owned() }
}

/// True where changes exist in one region only at some event.
pub(super) fn any(log: &Log) -> bool {
    log.snapshots.iter().any(|snapshot| snapshot.at_risk.now > Bytes::ZERO)
}

/// The most and the longest, or that there is nothing.
pub(super) fn sentence(most: Bytes, longest: Option<Secs>) -> String {
    at_risk(most, longest).unwrap_or_else(|| "Only the lag exists in one region only.".to_owned())
}

/// "Up to 12.4 GB of changed data exist in one region only, the oldest for 4 h; they would be lost with
/// it."; `None` where nothing is at risk beyond the lag.
#[must_use]
pub fn at_risk(most: Bytes, longest: Option<Secs>) -> Option<String> {
    (most > Bytes::ZERO).then(|| {
        format!("Up to {} of changes, the oldest {}, exist in one region only.", format::bytes(most), for_long(longest))
    })
}

/// What exists in one region only while a pair has no second copy in sync, from event to event (M-08).
///
/// The shade is the time without a second copy in sync. What had not left the primary at the cut is lost and not on the
/// line: the sentence says it. The x axis ends with the last event, at most a month. `None` where nothing is ever written
/// without a second copy.
#[must_use]
pub fn pair_risk_chart(plan: &Plan, catalog: &Catalog, outage: &PairOutage) -> Option<Chart> {
    let log = &outage.log;
    let end = axis_end(log.end());
    let marks = outage_marks::events(log, end, &|member| region_of(plan, catalog, member).into_owned());
    let points = points(log, end);
    let most = points.iter().fold(0.0, |most: f64, point| most.max(point.1));
    if most <= 0.0 {
        return None;
    }
    let y = Axis::covering("changes in one region only", Unit::Data, most, 4);
    let plot = LinePlot {
        x: Axis::until("time since the outage began", Unit::Time, end.as_secs(), 9),
        bands: alone(log, end, y.to),
        y,
        lines: vec![Line { label: "in one region only".to_owned(), ink: Ink::Topology(Topology::Passive), points }],
        marks,
    };
    let row = |line: crate::report::outage_log::LogLine| {
        let risk = cell(log, line.at);
        vec![line.clock, risk]
    };
    Some(Chart {
        id: "outage-pair",
        title: "The pair’s changes that exist in one region only".to_owned(),
        says: pair_sentence(&outage.answers),
        caption: "Simulated: changes that one region alone holds, at most all its data. Shade: no second copy in sync."
            .to_owned(),
        plot: Plot::Lines(vec![plot]),
        table: Table {
            head: ["Time", COLUMN].map(str::to_owned).into(),
            rows: outage_log(plan, catalog, log).into_iter().map(row).collect(),
        },
    })
}

/// The times from a loss to the next moment at which all is there twice, as shades over the height of the drawing.
fn alone(log: &Log, end: Secs, top: f64) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    let mut since = None;
    let mut shade = |from: Secs, to: Secs| {
        let label = if bands.is_empty() { "no second copy in sync" } else { "" };
        let points = [from, to.min(end)].map(|at| (at.as_secs(), 0.0, top)).into();
        bands.push(Band { label: label.to_owned(), ink: Ink::Quiet, points });
    };
    for event in log.events.iter().filter(|event| event.at.as_secs() <= end) {
        match event.kind {
            EventKind::RegionLost | EventKind::Partitioned => since = since.or(Some(event.at.as_secs())),
            EventKind::Redundant => {
                if let Some(from) = since.take() {
                    shade(from, event.at.as_secs());
                }
            }
            _ => {}
        }
    }
    if let Some(from) = since {
        shade(from, end);
    }
    bands
}

fn pair_sentence(answers: &PairAnswers) -> Vec<Span> {
    let until = match answers.redundant_after {
        Some(time) => format!("until a copy is in sync after {}.", format::duration(time)),
        None => "and no copy ever syncs again.".to_owned(),
    };
    let lost = match [answers.lost, answers.lost_in_burst].map(format::bytes) {
        _ if answers.lost <= Bytes::ZERO => String::new(),
        [usual, worst] if usual == worst => {
            format!(" {usual} of unsent changes are lost already.")
        }
        [usual, worst] => format!(" {usual} of unsent changes, {worst} at the end of a burst, are lost already."),
    };
    let after = format!(" of changes exist in one region only, {until}{lost}");
    says(["Up to ", &format::bytes(answers.at_risk), &after])
}
