//! Lines and bands over one x axis, panes one above the other.

use super::labels::{free, rows, spread, stride};
use super::palette::Palette;
use super::pen::{Anchor, Drawn, LEADING, Pen, Rect};
use crate::report::chart::{Axis, Ink, LinePlot, Mark};
use plotters::prelude::DrawingBackend;

/// Below this width labels are short and few.
const NARROW: f64 = 520.0;
const GAP: f64 = 8.0;

/// Rows of labels above a pane; those of further rows are left out, except that of the mark that matters. The line
/// stays, and the table tells every event.
const MOST_ROWS: usize = 6;
/// The row of a mark whose label is left out.
const UNLABELLED: usize = usize::MAX;

/// Where the panes lie.
#[derive(Debug, Clone, PartialEq)]
pub struct Frames {
    /// The inner box of each pane, in CSS pixels.
    pub panes: Vec<Rect>,
    /// Height of the whole drawing.
    pub height: f64,
    /// Rows of event labels above each pane.
    rows: Vec<Vec<(f64, usize)>>,
}

/// Pixel of a value on the horizontal axis.
#[must_use]
pub(super) fn x_of(axis: &Axis, frame: &Rect, value: f64) -> f64 {
    frame.x + frame.w * share(axis, value)
}

/// Pixel of a value on the vertical axis.
#[must_use]
pub(super) fn y_of(axis: &Axis, frame: &Rect, value: f64) -> f64 {
    frame.y + frame.h * (1.0 - share(axis, value))
}

fn share(axis: &Axis, value: f64) -> f64 {
    ((value - axis.from) / (axis.to - axis.from)).clamp(0.0, 1.0)
}

/// A label as long as the width allows: on a narrow drawing a mark keeps its figure only ("75 %").
fn fitting(mark: &Mark, narrow: bool) -> &str {
    if narrow && !mark.vertical { mark.label.split(' ').next().unwrap_or_default() } else { &mark.label }
}

/// Lays the panes out in a width.
pub(super) fn layout(panes: &[LinePlot], width: f64, measure: &dyn Fn(&str, bool) -> f64) -> Frames {
    let narrow = width < NARROW;
    let widest = |texts: &mut dyn Iterator<Item = (&str, bool)>| {
        texts.map(|(text, bold)| measure(text, bold)).fold(0.0, f64::max)
    };
    let left = widest(&mut panes.iter().flat_map(|pane| pane.y.ticks.iter().map(|(_, text)| (text.as_str(), false))));
    let across = panes.iter().flat_map(|pane| pane.marks.iter().filter(|mark| !mark.vertical));
    let right = widest(&mut across.map(|mark| (fitting(mark, narrow), mark.strong)));
    let left = (left + GAP).ceil();
    let right = if right > 0.0 { (right + GAP).ceil() } else { 14.0 };
    let inner = (width - left - right).max(60.0);
    let (mut frames, mut all_rows, mut y) = (Vec::new(), Vec::new(), 0.0);
    for (index, pane) in panes.iter().enumerate() {
        let frame = Rect { x: left, w: inner, ..Rect::default() };
        let labels: Vec<_> =
            upright(pane).map(|mark| (x_of(&pane.x, &frame, mark.at), measured(mark, measure))).collect();
        let mut rows = rows(&labels, (left, width));
        for (mark, (_, row)) in upright(pane).zip(&mut rows) {
            let left_out = mark.label.is_empty() || (*row >= MOST_ROWS && !mark.strong);
            *row = if left_out { UNLABELLED } else { (*row).min(MOST_ROWS) };
        }
        let deep = deep(&rows);
        // The label of the vertical axis has a row of its own above everything, and keeps off the highest tick's.
        let top = y + LEADING + 4.0 + above(deep);
        let h = if index > 0 {
            90.0
        } else if narrow {
            190.0
        } else {
            250.0
        };
        frames.push(Rect { y: top, h, ..frame });
        all_rows.push(rows);
        y = top + h + 10.0;
    }
    Frames { panes: frames, height: (y + 2.0 * LEADING + 2.0).ceil(), rows: all_rows }
}

/// Width of a mark's label; one without takes no room of others.
fn measured(mark: &Mark, measure: &dyn Fn(&str, bool) -> f64) -> f64 {
    if mark.label.is_empty() { -10.0 } else { measure(&mark.label, mark.strong) }
}

/// How many rows of labels there are.
fn deep(rows: &[(f64, usize)]) -> usize {
    rows.iter().filter(|(_, row)| *row != UNLABELLED).map(|(_, row)| row + 1).max().unwrap_or(0)
}

/// Room between a pane and its title: the rows of labels, or at least what the highest tick's label takes.
fn above(deep: usize) -> f64 {
    if deep > 0 { deep as f64 * LEADING + 4.0 } else { LEADING / 2.0 + 2.0 }
}

fn upright(pane: &LinePlot) -> impl Iterator<Item = &Mark> {
    pane.marks.iter().filter(|mark| mark.vertical)
}

/// Draws all panes as they were laid out.
pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<DB>,
    panes: &[LinePlot],
    frames: &Frames,
    palette: &Palette,
    width: f64,
) -> Drawn<DB> {
    for (index, (pane, frame)) in panes.iter().zip(&frames.panes).enumerate() {
        let rows = frames.rows.get(index).map_or(&[][..], Vec::as_slice);
        let deep = deep(rows);
        let at = Drawing { pen, pane, frame, palette, width, narrow: width < NARROW };
        at.axes(deep, index + 1 == panes.len())?;
        at.series()?;
        at.levels()?;
        at.events(rows, deep)?;
        at.names()?;
    }
    Ok(())
}

struct Drawing<'a, 'p, DB: DrawingBackend> {
    pen: &'a Pen<'p, DB>,
    pane: &'a LinePlot,
    frame: &'a Rect,
    palette: &'a Palette,
    width: f64,
    narrow: bool,
}

impl<DB: DrawingBackend> Drawing<'_, '_, DB> {
    fn x(&self, value: f64) -> f64 {
        x_of(&self.pane.x, self.frame, value)
    }

    fn y(&self, value: f64) -> f64 {
        y_of(&self.pane.y, self.frame, value)
    }

    fn ends(&self) -> (f64, f64) {
        (self.frame.x, self.frame.x + self.frame.w)
    }

    fn axes(&self, deep: usize, last: bool) -> Drawn<DB> {
        let (pen, frame, palette) = (self.pen, self.frame, self.palette);
        let title = frame.y - above(deep) - LEADING / 2.0;
        pen.text(&self.pane.y.label, (0.0, title), Anchor::Start, false, palette.ink_3)?;
        for (at, text) in &self.pane.y.ticks {
            let y = self.y(*at);
            pen.horizontal(y, self.ends(), 1.0, 0.0, palette.line)?;
            pen.text(text, (frame.x - GAP, y), Anchor::End, false, palette.ink_3)?;
        }
        let bottom = frame.y + frame.h;
        pen.horizontal(bottom, self.ends(), 1.0, 0.0, palette.line_strong)?;
        if last { self.x_axis(bottom) } else { Ok(()) }
    }

    fn x_axis(&self, bottom: f64) -> Drawn<DB> {
        let (pen, axis) = (self.pen, &self.pane.x);
        let widest = axis.ticks.iter().map(|(_, text)| pen.width(text, false)).fold(0.0, f64::max);
        let stride = stride(axis.ticks.len(), widest, self.frame.w);
        for (at, text) in axis.ticks.iter().step_by(stride) {
            let x = self.x(*at);
            pen.vertical(x, (bottom, bottom + 4.0), 1.0, 0.0, self.palette.line_strong)?;
            let half = pen.width(text, false) / 2.0;
            let inside = x.min(self.width - half).max(half);
            pen.text(text, (inside, bottom + 4.0 + LEADING / 2.0), Anchor::Middle, false, self.palette.ink_3)?;
        }
        let below = bottom + 4.0 + LEADING * 1.5 + 2.0;
        let middle = self.frame.x + self.frame.w / 2.0;
        pen.text(&axis.label, (middle, below), Anchor::Middle, false, self.palette.ink_3)
    }

    fn series(&self) -> Drawn<DB> {
        for band in &self.pane.bands {
            let up = band.points.iter().map(|(x, _, high)| (self.x(*x), self.y(*high)));
            let back = band.points.iter().rev().map(|(x, low, _)| (self.x(*x), self.y(*low)));
            let shape: Vec<_> = up.chain(back).collect();
            self.pen.polygon(&shape, self.palette.tint(self.palette.of(band.ink), 0.16))?;
        }
        // The band covers the grid: its lines come once more, fainter than the band is.
        for (at, _) in self.pane.y.ticks.iter().filter(|_| !self.pane.bands.is_empty()) {
            self.pen.horizontal(self.y(*at), self.ends(), 0.5, 0.0, self.palette.line)?;
        }
        for line in &self.pane.lines {
            self.pen.path(&self.pixels(&line.points), 2.0, self.palette.of(line.ink))?;
        }
        Ok(())
    }

    fn pixels(&self, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        points.iter().map(|(x, y)| (self.x(*x), self.y(*y))).collect()
    }

    /// Horizontal marks with their labels at the right, moved apart where they nearly touch.
    fn levels(&self) -> Drawn<DB> {
        let marks: Vec<_> = self.pane.marks.iter().filter(|mark| !mark.vertical).collect();
        let wanted: Vec<f64> = marks.iter().map(|mark| self.y(mark.at)).collect();
        let heights = spread(&wanted, (self.frame.y, self.frame.y + self.frame.h));
        let end = self.frame.x + self.frame.w;
        for ((mark, y), label_y) in marks.into_iter().zip(wanted).zip(heights) {
            let colour = self.palette.of(mark.ink);
            let (thick, dash) = if mark.strong { (1.5, 0.0) } else { (1.0, 4.0) };
            self.pen.horizontal(y, self.ends(), thick, dash, colour)?;
            let text = fitting(mark, self.narrow);
            self.pen.text(text, (end + GAP, label_y), Anchor::Start, mark.strong, colour)?;
        }
        Ok(())
    }

    /// Vertical marks with their labels in rows above the plot, the one that matters strongest and last.
    fn events(&self, rows: &[(f64, usize)], deep: usize) -> Drawn<DB> {
        let top = self.frame.y - 4.0 - deep as f64 * LEADING;
        let mut marks: Vec<_> = upright(self.pane).zip(rows).collect();
        marks.sort_by_key(|mark| mark.0.strong);
        for (mark, (_, row)) in &marks {
            let from = if *row == UNLABELLED { self.frame.y } else { top + *row as f64 * LEADING + LEADING };
            let (thick, dash) = if mark.strong { (2.0, 0.0) } else { (1.0, 3.0) };
            let to = self.frame.y + self.frame.h;
            self.pen.vertical(self.x(mark.at), (from, to), thick, dash, self.palette.of(mark.ink))?;
        }
        for (mark, (left, row)) in marks.into_iter().filter(|(_, (_, row))| *row != UNLABELLED) {
            let y = top + *row as f64 * LEADING;
            let w = self.pen.width(&mark.label, mark.strong);
            // A line from a row above must not run through the words.
            self.pen.fill(Rect { x: left - 2.0, y, w: w + 4.0, h: LEADING }, self.palette.surface)?;
            let at = (*left, y + LEADING / 2.0);
            self.pen.text(&mark.label, at, Anchor::Start, mark.strong, self.palette.of(mark.ink))?;
        }
        Ok(())
    }

    /// The lines' names on the lines, where they meet nothing.
    fn names(&self) -> Drawn<DB> {
        let mut taken = self.obstacles();
        for line in &self.pane.lines {
            let points = self.pixels(&line.points);
            let w = self.pen.width(&line.label, true);
            let candidates = along(&points, w);
            let Some(place) = free(candidates, &taken, *self.frame) else { continue };
            let at = (place.x, place.y + place.h / 2.0);
            self.pen.text(&line.label, at, Anchor::Start, true, self.palette.of(line.ink))?;
            taken.push(Rect { x: place.x - GAP, w: place.w + 2.0 * GAP, ..place });
        }
        for band in self.pane.bands.iter().filter(|band| !self.narrow && !band.label.is_empty()) {
            let edge: Vec<_> = band.points.iter().map(|(x, _, high)| (self.x(*x), self.y(*high))).collect();
            let w = self.pen.width(&band.label, false);
            let Some(place) = free(along(&edge, w), &taken, *self.frame) else { continue };
            let colour = if band.ink == Ink::Quiet { self.palette.ink_3 } else { self.palette.of(band.ink) };
            self.pen.text(&band.label, (place.x, place.y + place.h / 2.0), Anchor::Start, false, colour)?;
            taken.push(Rect { x: place.x - GAP, w: place.w + 2.0 * GAP, ..place });
        }
        Ok(())
    }

    /// What a name must not cover: lines, the edges of bands, marks.
    fn obstacles(&self) -> Vec<Rect> {
        let mut taken = Vec::new();
        for line in &self.pane.lines {
            taken.extend(boxes(&self.pixels(&line.points)));
        }
        for band in &self.pane.bands {
            let high: Vec<_> = band.points.iter().map(|(x, _, high)| (self.x(*x), self.y(*high))).collect();
            let low: Vec<_> = band.points.iter().map(|(x, low, _)| (self.x(*x), self.y(*low))).collect();
            taken.extend(boxes(&high).chain(boxes(&low)));
        }
        for mark in &self.pane.marks {
            taken.push(if mark.vertical {
                Rect { x: self.x(mark.at) - 1.0, w: 2.0, ..*self.frame }
            } else {
                Rect { y: self.y(mark.at) - 1.0, h: 2.0, ..*self.frame }
            });
        }
        taken
    }
}

/// Places beside a line: below it to the right, above it to the left, from its middle outwards.
fn along(points: &[(f64, f64)], width: f64) -> impl Iterator<Item = Rect> {
    const ALONG: [f64; 9] = [0.3, 0.4, 0.5, 0.2, 0.6, 0.7, 0.12, 0.8, 0.9];
    let last = points.len().saturating_sub(1);
    let at = move |share: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of an index")]
        let index = (last as f64 * share).round() as usize;
        points.get(index).copied()
    };
    ALONG.into_iter().filter_map(at).flat_map(move |(x, y)| {
        [(x + 6.0, y + 4.0), (x - 6.0 - width, y - 4.0 - LEADING), (x - width / 2.0, y - 5.0 - LEADING)]
            .map(|(x, y)| Rect { x, y, w: width, h: LEADING })
    })
}

/// Thin boxes along a line: one for each piece, halved until it is short.
fn boxes(points: &[(f64, f64)]) -> impl Iterator<Item = Rect> {
    points.windows(2).flat_map(|pair| {
        let (a, b) = (pair[0], pair[1]);
        let parts = ((b.0 - a.0).abs().max((b.1 - a.1).abs()) / 6.0).ceil().clamp(1.0, 400.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 400")]
        let count = parts as u32;
        (0..=count).map(move |part| {
            let share = f64::from(part) / parts;
            let (x, y) = (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
            Rect { x: x - 3.0, y: y - 2.0, w: 6.0, h: 4.0 }
        })
    })
}
