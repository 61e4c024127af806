//! What the pointer or the keyboard is on, in words; the drawing itself stays as it is.

use super::pen::Rect;
use super::{Frames, lines};
use crate::report::chart::{LinePlot, Plot};

/// A place that can be read: its box in the drawing and what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// What is marked; a line has no width.
    pub place: Rect,
    /// Row of bars, 0 for lines.
    pub row: usize,
    /// Piece in the row, or point along the x axis.
    pub index: usize,
}

/// All places, in reading order.
#[must_use]
pub fn stops(plot: &Plot, frames: &Frames) -> Vec<Stop> {
    match (plot, frames) {
        (Plot::Lines(panes), Frames::Lines(frames)) => {
            let (Some(pane), Some(first), Some(last)) = (panes.first(), frames.panes.first(), frames.panes.last())
            else {
                return Vec::new();
            };
            let h = last.y + last.h - first.y;
            let at = |(index, x): (usize, f64)| Stop {
                place: Rect { x: lines::x_of(&pane.x, first, x), y: first.y, w: 0.0, h },
                row: 0,
                index,
            };
            abscissas(pane).enumerate().map(at).collect()
        }
        (Plot::Bars(_), Frames::Bars(frames)) => {
            let row = |(row, pieces): (usize, &Vec<Rect>)| {
                let pieces = pieces.clone().into_iter().enumerate();
                pieces.map(move |(index, place)| Stop { place, row, index }).collect::<Vec<_>>()
            };
            frames.rows.iter().enumerate().flat_map(row).collect()
        }
        (Plot::Heat(plot), Frames::Heat(frames)) => {
            let at = |index: usize| Stop { place: frames.cell(index), row: index / frames.size.0.max(1), index };
            (0..plot.cells.len()).map(at).collect()
        }
        _ => Vec::new(),
    }
}

/// The line across all panes at a value of the horizontal axis; `None` for other drawings.
#[must_use]
pub fn across(plot: &Plot, frames: &Frames, at: f64) -> Option<Rect> {
    let (Plot::Lines(panes), Frames::Lines(frames)) = (plot, frames) else { return None };
    let (first, last) = (frames.panes.first()?, frames.panes.last()?);
    let x = lines::x_of(&panes.first()?.x, first, at);
    Some(Rect { x, y: first.y, w: 2.0, h: last.y + last.h - first.y })
}

fn abscissas(pane: &LinePlot) -> impl Iterator<Item = f64> {
    pane.lines.first().into_iter().flat_map(|line| line.points.iter().map(|(x, _)| *x))
}

/// The place nearest to a point.
#[must_use]
pub fn nearest(stops: &[Stop], point: (f64, f64)) -> Option<usize> {
    let by_distance =
        |a: &(usize, &Stop), b: &(usize, &Stop)| a.1.place.distance(point).total_cmp(&b.1.place.distance(point));
    stops.iter().enumerate().min_by(by_distance).map(|(index, _)| index)
}

/// Where the lines are at a stop, for dots: height in the drawing.
#[must_use]
pub fn dots(plot: &Plot, frames: &Frames, stop: &Stop) -> Vec<f64> {
    let (Plot::Lines(panes), Frames::Lines(frames)) = (plot, frames) else { return Vec::new() };
    let Some(x) = panes.first().and_then(|pane| abscissas(pane).nth(stop.index)) else { return Vec::new() };
    let of = |(pane, frame): (&LinePlot, &Rect)| {
        let heights = pane.lines.iter().filter_map(|line| value(&line.points, x));
        heights.map(|y| lines::y_of(&pane.y, frame, y)).collect::<Vec<_>>()
    };
    panes.iter().zip(&frames.panes).flat_map(of).collect()
}

/// The words of a stop: "3 h: typical 83.6 % (72 % – 100 %)".
#[must_use]
pub fn words(plot: &Plot, stop: &Stop) -> String {
    match plot {
        Plot::Lines(panes) => {
            let Some((pane, x)) = panes.first().and_then(|pane| Some((pane, abscissas(pane).nth(stop.index)?))) else {
                return String::new();
            };
            let parts: Vec<String> = panes.iter().flat_map(|pane| values(pane, x)).collect();
            format!("{}: {}", pane.x.unit.text(x), parts.join(", "))
        }
        Plot::Bars(plot) => {
            let Some(row) = plot.rows.get(stop.row) else { return String::new() };
            let Some((name, length)) = row.pieces.get(stop.index) else { return String::new() };
            let total: f64 = row.pieces.iter().map(|(_, length)| length).sum();
            let unit = plot.x.unit;
            let whole = if row.pieces.len() > 1 { format!(" of {}", unit.text(total)) } else { String::new() };
            let end = row.whisker.as_ref().filter(|_| row.pieces.len() > 1);
            let end = end.map_or_else(String::new, |(_, label)| format!(", {label}"));
            format!("{}: {name} {}{whole}{end}", row.label, unit.text(*length))
        }
        Plot::Heat(plot) => plot.cells.get(stop.index).map_or_else(String::new, |cell| cell.says.clone()),
    }
}

fn values(pane: &LinePlot, x: f64) -> Vec<String> {
    let unit = pane.y.unit;
    let mut parts: Vec<String> = pane
        .lines
        .iter()
        .filter_map(|line| Some(format!("{} {}", line.label, unit.text(value(&line.points, x)?))))
        .collect();
    for band in pane.bands.iter().filter(|band| !band.label.is_empty()) {
        let edge = |pick: fn(&(f64, f64, f64)) -> (f64, f64)| {
            value(&band.points.iter().map(pick).collect::<Vec<_>>(), x).map(|value| unit.text(value))
        };
        if let (Some(low), Some(high)) = (edge(|it| (it.0, it.1)), edge(|it| (it.0, it.2))) {
            parts.push(format!("{} {low} – {high}", band.label));
        }
    }
    parts
}

/// The height of a line at an x, between its points along the straight piece.
fn value(points: &[(f64, f64)], x: f64) -> Option<f64> {
    // A line that begins later has no value yet.
    if points.first()?.0 > x {
        return None;
    }
    let after = points.iter().position(|point| point.0 >= x)?;
    let (b, a) = (points.get(after)?, points.get(after.saturating_sub(1))?);
    let span = b.0 - a.0;
    if span <= 0.0 { Some(b.1) } else { Some(a.1 + (b.1 - a.1) * ((x - a.0) / span)) }
}
