//! How far each uncertain input moves an answer (M-16).

use super::spans::cut_at;
use super::{Axis, BarPlot, BarRow, Chart, Ink, Mark, Plot, Table, Unit, says};
use crate::explore::sensitivity::{ANSWERS, Swing, moved_most};
use crate::model::Topology;
use crate::model::verdict::Objective;
use crate::report::explored::sensitivity::text;
use crate::units::Currency;
use crate::units::format;

/// Rows of the drawing; the table has them all.
const MOST_ROWS: usize = 8;

/// The inputs that move an answer, the widest first: a bar reaches from the answer with the input at one end to that at the other, cut at
/// the plan's own answer, which a line marks. `correlations` are those of the same swings, and may be empty while they are worked out.
///
/// `None` where no range moves the answer.
#[must_use]
pub fn sensitivity_chart(
    topology: Topology,
    answer: usize,
    own: Option<f64>,
    swings: &[Swing],
    correlations: &[[Option<f64>; 4]],
    currency: Currency,
) -> Option<Chart> {
    let objective = *ANSWERS.get(answer)?;
    let (id, name) = named(objective);
    let moving = moved_most(swings, answer);
    let first = moving.first()?;
    let ends = |swing: &Swing| {
        [swing.low[answer].value, swing.high[answer].value].map(|value| text(objective, value, currency))
    };
    let row = |swing: &&&Swing| {
        let [low, high] = ends(swing);
        let [from, to] = swing.ends(answer)?;
        let label = format!("{low} – {high}{}", if swing.decides(answer) { ", decides the target" } else { "" });
        Some(BarRow {
            label: swing.input.label.to_owned(),
            ink: Ink::Topology(topology),
            pieces: cut_at([from, own.unwrap_or(from).clamp(from, to), to]),
            whisker: Some((to, label)),
            open: false,
        })
    };
    let rows: Vec<BarRow> = moving.iter().filter_map(|swing| row(&swing)).take(MOST_ROWS).collect();
    let longest = rows.iter().filter_map(|row| row.whisker.as_ref()).map(|(end, _)| *end).fold(0.0, f64::max);
    let unit = if objective == Objective::Cost { Unit::Money(currency) } else { Unit::Time };
    let [low, high] = ends(first);
    let as_planned =
        |at: f64| Mark { at, vertical: true, label: "as planned".to_owned(), ink: Ink::Quiet, strong: false };
    Some(Chart {
        id,
        title: format!("What moves the {name} of the {}", topology.name().to_ascii_lowercase()),
        says: says([&format!("{} moves it most: from ", first.input.label), &low, " to ", &high, "."]),
        caption:
            "One input from low to high, others fixed. Rank correlation: all inputs sampled at once, DNS with reconnect."
                .to_owned(),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering(name, unit, longest * 1.02, 6),
            rows,
            marks: own.filter(|own| own.is_finite()).map(as_planned).into_iter().collect(),
        }),
        table: table(answer, swings, &moving, correlations, currency),
    })
}

const fn named(objective: Objective) -> (&'static str, &'static str) {
    match objective {
        Objective::Rto => ("sensitivity-rto", "RTO P95"),
        Objective::Rpo => ("sensitivity-rpo", "RPO P95"),
        Objective::Runway => ("sensitivity-runway", "runway P05"),
        Objective::Latency => ("sensitivity-latency", "write latency P95"),
        Objective::Cost => ("sensitivity-cost", "monthly cost"),
    }
}

fn table(
    answer: usize,
    swings: &[Swing],
    moving: &[&Swing],
    correlations: &[[Option<f64>; 4]],
    currency: Currency,
) -> Table {
    let row = |swing: &&Swing| {
        let place = swings.iter().position(|other| other.input.path == swing.input.path);
        let rank = place.and_then(|at| *correlations.get(at)?.get(answer)?);
        let at = |value: f64, outcome: Option<f64>| {
            format!("{} at {}", text(ANSWERS[answer], outcome, currency), swing.input.text(value))
        };
        vec![
            swing.input.label.to_owned(),
            at(swing.input.low, swing.low[answer].value),
            at(swing.input.high, swing.high[answer].value),
            rank.map_or_else(|| format::NONE.to_owned(), two_digits),
        ]
    };
    Table {
        head: ["Input", "At its low end", "At its high end", "Rank correlation"].map(str::to_owned).into(),
        rows: moving.iter().map(row).collect(),
    }
}

/// "0.83"; beyond two digits a correlation of some hundred trials says nothing.
fn two_digits(value: f64) -> String {
    format::number(libm::round(value * 100.0) / 100.0)
}
