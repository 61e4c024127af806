//! Cells over two axes of steps, each with a colour and a letter.

use super::palette::Palette;
use super::pen::{Anchor, Drawn, LEADING, Pen, Rect};
use crate::report::chart::{HeatCell, HeatPlot};
use plotters::prelude::DrawingBackend;

/// Height of a cell.
const CELL: f64 = 19.0;
/// Side of a cell in the legend.
const KEY: f64 = 14.0;
const GAP: f64 = 8.0;

/// Where the cells lie.
#[derive(Debug, Clone, PartialEq)]
pub struct Frames {
    /// The grid, in CSS pixels.
    pub inner: Rect,
    /// Columns and rows.
    pub size: (usize, usize),
    /// Height of the whole drawing.
    pub height: f64,
    /// Upper left corners of the legend's entries.
    keys: Vec<(f64, f64)>,
    /// Every how many columns has its name.
    stride: usize,
}

impl Frames {
    /// The box of a cell.
    #[must_use]
    pub fn cell(&self, index: usize) -> Rect {
        let (columns, rows) = (self.size.0.max(1), self.size.1.max(1));
        let (w, h) = (self.inner.w / columns as f64, self.inner.h / rows as f64);
        let (column, row) = (index % columns, index / columns);
        Rect { x: self.inner.x + w * column as f64, y: self.inner.y + h * row as f64, w, h }
    }
}

/// Lays the cells out in a width.
pub(super) fn layout(plot: &HeatPlot, width: f64, measure: &dyn Fn(&str, bool) -> f64) -> Frames {
    let size = (plot.x.names.len(), plot.y.names.len());
    let widest = |names: &[String]| names.iter().map(|name| measure(name, false)).fold(0.0, f64::max);
    let left = (widest(&plot.y.names) + GAP).min(width * 0.3).ceil();
    let inner = Rect { x: left, y: LEADING + 4.0, w: (width - left - 1.0).max(40.0), h: CELL * size.1 as f64 };
    let fit = (inner.w / (widest(&plot.x.names) + 14.0)).max(1.0);
    let stride = (size.0 as f64 / fit).ceil().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the number of columns")]
    let stride = stride as usize;
    let mut at = (0.0, inner.y + inner.h + 2.0 * LEADING + 14.0);
    let mut keys = Vec::new();
    for (_, text) in &plot.legend {
        let wide = KEY + 6.0 + measure(text, false);
        if at.0 > 0.0 && at.0 + wide > width {
            at = (0.0, at.1 + LEADING + 4.0);
        }
        keys.push(at);
        at.0 += wide + 18.0;
    }
    Frames { inner, size, height: (at.1 + LEADING + 4.0).ceil(), keys, stride }
}

/// Draws the cells as they were laid out.
pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<DB>,
    plot: &HeatPlot,
    frames: &Frames,
    palette: &Palette,
    width: f64,
) -> Drawn<DB> {
    for (index, cell) in plot.cells.iter().enumerate() {
        let place = frames.cell(index);
        square(pen, cell, Rect { w: (place.w - 1.0).max(1.0), h: place.h - 1.0, ..place }, palette)?;
    }
    names(pen, plot, frames, palette, width)?;
    outline(pen, frames.cell(plot.own.1 * frames.size.0 + plot.own.0), palette)?;
    for ((cell, text), (x, y)) in plot.legend.iter().zip(&frames.keys) {
        square(pen, cell, Rect { x: *x, y: *y, w: KEY, h: KEY }, palette)?;
        pen.text(text, (x + KEY + 6.0, y + KEY / 2.0), Anchor::Start, false, palette.ink_2)?;
    }
    Ok(())
}

/// Ground and letter, both readable in light and dark.
fn square<DB: DrawingBackend>(pen: &Pen<DB>, cell: &HeatCell, place: Rect, palette: &Palette) -> Drawn<DB> {
    if cell.letter.is_empty() {
        return pen.fill(place, palette.tint(palette.line, 0.5));
    }
    let colour = palette.of(cell.ink);
    let (ground, ink) = if cell.soft { (palette.tint(colour, 0.2), palette.ink) } else { (colour, palette.surface) };
    pen.fill(place, ground)?;
    pen.text(cell.letter, (place.x + place.w / 2.0, place.y + place.h / 2.0), Anchor::Middle, !cell.soft, ink)
}

fn names<DB: DrawingBackend>(
    pen: &Pen<DB>,
    plot: &HeatPlot,
    frames: &Frames,
    palette: &Palette,
    width: f64,
) -> Drawn<DB> {
    let inner = frames.inner;
    for (row, name) in plot.y.names.iter().enumerate() {
        // Every second row, the plan's own among them.
        if row % 2 == plot.own.1 % 2 {
            let place = frames.cell(row * frames.size.0);
            let own = row == plot.own.1;
            let ink = if own { palette.ink } else { palette.ink_3 };
            pen.text(name, (inner.x - GAP, place.y + place.h / 2.0), Anchor::End, own, ink)?;
        }
    }
    pen.text(&plot.y.label, (0.0, LEADING / 2.0), Anchor::Start, false, palette.ink_3)?;
    let below = inner.y + inner.h + 4.0;
    for (column, name) in plot.x.names.iter().enumerate() {
        if column % frames.stride == plot.own.0 % frames.stride {
            let place = frames.cell(column);
            let (half, own) = (pen.width(name, false) / 2.0, column == plot.own.0);
            let x = (place.x + place.w / 2.0).min(width - half).max(half);
            let ink = if own { palette.ink } else { palette.ink_3 };
            pen.text(name, (x, below + LEADING / 2.0), Anchor::Middle, own, ink)?;
        }
    }
    let middle = inner.x + inner.w / 2.0;
    pen.text(&plot.x.label, (middle, below + LEADING * 1.5 + 2.0), Anchor::Middle, false, palette.ink_3)
}

/// Four strong lines about the plan's own cell.
fn outline<DB: DrawingBackend>(pen: &Pen<DB>, place: Rect, palette: &Palette) -> Drawn<DB> {
    let (x, y) = ((place.x - 1.0, place.x + place.w), (place.y - 1.0, place.y + place.h));
    for at in [y.0, y.1] {
        pen.horizontal(at, x, 2.5, 0.0, palette.ink)?;
    }
    for at in [x.0, x.1] {
        pen.vertical(at, y, 2.5, 0.0, palette.ink)?;
    }
    Ok(())
}
