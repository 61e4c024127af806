//! Horizontal bars of stacked pieces.

use super::labels::{rows, stride};
use super::palette::Palette;
use super::pen::{Anchor, Drawn, LEADING, Pen, Rect};
use crate::report::chart::{BarPlot, BarRow};
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;

/// Below this width a row's label stands above its bar.
const NARROW: f64 = 560.0;
const BAR: f64 = 26.0;
const GAP: f64 = 10.0;
/// Strips behind the end of a lower bound: where it ends is not known.
const STRIPS: [f64; 3] = [2.0, 8.0, 14.0];
const STRIP: f64 = 3.0;
/// A piece narrower than this has no room for its number.
const NUMBER: f64 = 14.0;

/// Where the rows lie.
#[derive(Debug, Clone, PartialEq)]
pub struct Frames {
    /// The inner box, in CSS pixels.
    pub inner: Rect,
    /// The pieces of each row from left to right.
    pub rows: Vec<Vec<Rect>>,
    /// Height of the whole drawing.
    pub height: f64,
    /// Names that did not fit, in lines of text below each bar.
    legends: Vec<Vec<String>>,
    /// Left edges and rows of the marks' labels.
    marks: Vec<(f64, usize)>,
    narrow: bool,
}

impl Frames {
    fn x(&self, plot: &BarPlot, value: f64) -> f64 {
        self.inner.x + self.inner.w * (value / plot.x.to).clamp(0.0, 1.0)
    }
}

/// Lays the rows out in a width.
pub(super) fn layout(plot: &BarPlot, width: f64, measure: &dyn Fn(&str, bool) -> f64) -> Frames {
    let narrow = width < NARROW;
    let widest = plot.rows.iter().map(|row| measure(&row.label, true)).fold(0.0, f64::max);
    let left = if narrow { 0.0 } else { (widest + GAP).min(width * 0.3).ceil() };
    let inner = Rect { x: left, w: inner_width(plot, width - left, measure), ..Rect::default() };
    let mut frames = Frames { inner, rows: vec![], height: 0.0, legends: vec![], marks: vec![], narrow };
    let labels: Vec<_> = plot.marks.iter().map(|mark| (frames.x(plot, mark.at), measure(&mark.label, true))).collect();
    frames.marks = rows(&labels, (left, width));
    let deep = frames.marks.iter().map(|(_, row)| row + 1).max().unwrap_or(0);
    frames.inner.y = deep as f64 * LEADING + 4.0;
    let mut y = frames.inner.y + 6.0;
    for row in &plot.rows {
        y += if narrow { LEADING + 2.0 } else { 0.0 };
        let pieces = pieces(&frames, plot, row, y);
        let legend = legend(row, &pieces, width - left, measure);
        y += BAR + 3.0 + legend.len() as f64 * LEADING + 12.0;
        frames.rows.push(pieces);
        frames.legends.push(legend);
    }
    frames.inner.h = (y - frames.inner.y).max(BAR);
    frames.height = (frames.inner.y + frames.inner.h + 4.0 + 2.0 * LEADING + 2.0).ceil();
    frames
}

/// As wide as leaves room for the text after the longest whisker.
fn inner_width(plot: &BarPlot, room: f64, measure: &dyn Fn(&str, bool) -> f64) -> f64 {
    let fits = plot.rows.iter().filter_map(|row| {
        let (end, label) = row.whisker.as_ref()?;
        let share = (end / plot.x.to).clamp(0.05, 1.0);
        Some((room - measure(label, false) - 14.0 - open_end(row)) / share)
    });
    fits.fold(room - 14.0, f64::min).max(80.0)
}

/// What the strips of a lower bound take.
fn open_end(row: &BarRow) -> f64 {
    if row.open { STRIPS[2] + STRIP } else { 0.0 }
}

fn pieces(frames: &Frames, plot: &BarPlot, row: &BarRow, y: f64) -> Vec<Rect> {
    let mut from = 0.0;
    let each = row.pieces.iter().map(|(_, length)| {
        let start = frames.x(plot, from);
        from += length;
        Rect { x: start, y, w: frames.x(plot, from) - start, h: BAR }
    });
    each.collect()
}

/// True where a name fits into its piece.
fn fits(name: &str, piece: &Rect, measure: &dyn Fn(&str, bool) -> f64) -> bool {
    measure(name, false) + 8.0 <= piece.w
}

/// "2 unlink · 4 DNS": the numbers and names of the pieces without room, in lines.
fn legend(row: &BarRow, pieces: &[Rect], room: f64, measure: &dyn Fn(&str, bool) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if row.pieces.len() < 2 {
        return lines;
    }
    let missing = row
        .pieces
        .iter()
        .zip(pieces)
        .enumerate()
        .filter(|(_, ((name, _), piece))| !name.is_empty() && !fits(name, piece, measure));
    for (index, ((name, _), _)) in missing {
        let entry = format!("{}\u{a0}{}", index + 1, name.replace(' ', "\u{a0}"));
        match lines.last_mut() {
            Some(line) if measure(line, false) + measure(" · ", false) + measure(&entry, false) <= room => {
                line.push_str(" · ");
                line.push_str(&entry);
            }
            _ => lines.push(entry),
        }
    }
    lines
}

/// Draws the rows as they were laid out.
pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<DB>,
    plot: &BarPlot,
    frames: &Frames,
    palette: &Palette,
    width: f64,
) -> Drawn<DB> {
    axis(pen, plot, frames, palette, width)?;
    for (index, row) in plot.rows.iter().enumerate() {
        let (Some(pieces), Some(legend)) = (frames.rows.get(index), frames.legends.get(index)) else { continue };
        bar(pen, row, pieces, palette)?;
        strips(pen, row, pieces, palette)?;
        whisker(pen, plot, row, (frames, pieces), palette)?;
        words(pen, row, (frames, pieces), legend, palette)?;
    }
    marks(pen, plot, frames, palette)
}

fn axis<DB: DrawingBackend>(
    pen: &Pen<DB>,
    plot: &BarPlot,
    frames: &Frames,
    palette: &Palette,
    width: f64,
) -> Drawn<DB> {
    let inner = frames.inner;
    let bottom = inner.y + inner.h;
    let widest = plot.x.ticks.iter().map(|(_, text)| pen.width(text, false)).fold(0.0, f64::max);
    for (at, text) in plot.x.ticks.iter().step_by(stride(plot.x.ticks.len(), widest, inner.w)) {
        let x = frames.x(plot, *at);
        pen.vertical(x, (inner.y, bottom), 1.0, 0.0, palette.line)?;
        let half = pen.width(text, false) / 2.0;
        let inside = x.min(width - half).max(half);
        pen.text(text, (inside, bottom + 4.0 + LEADING / 2.0), Anchor::Middle, false, palette.ink_3)?;
    }
    let middle = inner.x + inner.w / 2.0;
    pen.text(&plot.x.label, (middle, bottom + 6.0 + LEADING * 1.5), Anchor::Middle, false, palette.ink_3)
}

/// Ground and text of a piece in turn strong and soft: both are readable on both, in light and dark.
fn shades(palette: &Palette, row: &BarRow, index: usize) -> (RGBColor, RGBColor) {
    let colour = palette.of(row.ink);
    if index.is_multiple_of(2) { (colour, palette.surface) } else { (palette.tint(colour, 0.3), palette.ink) }
}

fn bar<DB: DrawingBackend>(pen: &Pen<DB>, row: &BarRow, pieces: &[Rect], palette: &Palette) -> Drawn<DB> {
    let blank = usize::from(row.is_range());
    for (index, ((name, length), piece)) in row.pieces.iter().zip(pieces).enumerate().skip(blank) {
        if *length <= 0.0 {
            continue;
        }
        let (ground, ink) = shades(palette, row, index - blank);
        pen.fill(Rect { w: (piece.w - 1.0).max(1.0), ..*piece }, ground)?;
        let middle = (piece.x + (piece.w - 1.0) / 2.0, piece.y + BAR / 2.0);
        if !name.is_empty() && fits(name, piece, &|text, bold| pen.width(text, bold)) {
            pen.text(name, middle, Anchor::Middle, false, ink)?;
        } else if piece.w >= NUMBER && row.pieces.len() > 1 && !name.is_empty() {
            pen.text(&(index + 1).to_string(), middle, Anchor::Middle, false, ink)?;
        }
    }
    // A range without width is a stroke.
    match pieces.first().filter(|_| blank > 0 && row.pieces.iter().skip(blank).all(|(_, length)| *length <= 0.0)) {
        Some(before) => pen.fill(Rect { x: before.x + before.w - 1.0, w: 2.0, ..*before }, palette.of(row.ink)),
        None => Ok(()),
    }
}

/// The open end of a lower bound.
fn strips<DB: DrawingBackend>(pen: &Pen<DB>, row: &BarRow, pieces: &[Rect], palette: &Palette) -> Drawn<DB> {
    let Some(last) = pieces.last().filter(|_| row.open) else { return Ok(()) };
    for behind in STRIPS {
        pen.fill(Rect { x: last.x + last.w + behind, w: STRIP, ..*last }, palette.of(row.ink))?;
    }
    Ok(())
}

/// From the bar's end to the whisker's, its text after it.
fn whisker<DB: DrawingBackend>(
    pen: &Pen<DB>,
    plot: &BarPlot,
    row: &BarRow,
    (frames, pieces): (&Frames, &[Rect]),
    palette: &Palette,
) -> Drawn<DB> {
    let (Some((end, label)), Some(last)) = (&row.whisker, pieces.last()) else { return Ok(()) };
    let (from, to, colour) = (last.x + last.w, frames.x(plot, *end), palette.of(row.ink));
    let y = last.y + BAR / 2.0;
    if to - from > 1.0 {
        pen.horizontal(y, (from, to), 1.5, 0.0, colour)?;
        pen.vertical(to, (y - 7.0, y + 7.0), 2.0, 0.0, colour)?;
    }
    // A target's line may pass behind the words.
    let w = pen.width(label, false);
    let at = from.max(to) + 7.0 + open_end(row);
    pen.fill(Rect { x: at - 2.0, y: y - LEADING / 2.0, w: w + 4.0, h: LEADING }, palette.surface)?;
    pen.text(label, (at, y), Anchor::Start, false, palette.ink)
}

/// The row's label, and below the bar the names that did not fit.
fn words<DB: DrawingBackend>(
    pen: &Pen<DB>,
    row: &BarRow,
    (frames, pieces): (&Frames, &[Rect]),
    legend: &[String],
    palette: &Palette,
) -> Drawn<DB> {
    let Some(first) = pieces.first() else { return Ok(()) };
    let colour = palette.of(row.ink);
    if frames.narrow {
        pen.text(&row.label, (0.0, first.y - LEADING / 2.0 - 2.0), Anchor::Start, true, colour)?;
    } else {
        pen.text(&row.label, (frames.inner.x - GAP, first.y + BAR / 2.0), Anchor::End, true, colour)?;
    }
    for (index, line) in legend.iter().enumerate() {
        let y = first.y + BAR + 3.0 + LEADING * (index as f64 + 0.5);
        let ground = Rect { x: first.x, y: y - LEADING / 2.0, w: pen.width(line, false) + 4.0, h: LEADING };
        pen.fill(ground, palette.surface)?;
        pen.text(line, (first.x, y), Anchor::Start, false, palette.ink_2)?;
    }
    Ok(())
}

/// Targets: in the gaps between the bars strong, over a bar thin, so that its text stays readable.
fn marks<DB: DrawingBackend>(pen: &Pen<DB>, plot: &BarPlot, frames: &Frames, palette: &Palette) -> Drawn<DB> {
    for (mark, (left, row)) in plot.marks.iter().zip(&frames.marks) {
        let (x, colour) = (frames.x(plot, mark.at), palette.of(mark.ink));
        let y = *row as f64 * LEADING;
        pen.text(&mark.label, (*left, y + LEADING / 2.0), Anchor::Start, mark.strong, colour)?;
        let mut from = y + LEADING;
        for (pieces, legend) in frames.rows.iter().zip(&frames.legends) {
            let Some(first) = pieces.first() else { continue };
            let above = if frames.narrow { LEADING + 4.0 } else { 3.0 };
            pen.vertical(x, (from, first.y - above), 1.5, 0.0, colour)?;
            if !frames.narrow {
                pen.vertical(x, (first.y - above, first.y), 1.5, 0.0, colour)?;
            }
            // Through the bar as two ends: the step's name stands between them.
            pen.vertical(x, (first.y, first.y + 5.0), 1.5, 0.0, colour)?;
            pen.vertical(x, (first.y + BAR - 5.0, first.y + BAR + 3.0), 1.5, 0.0, colour)?;
            from = first.y + BAR + 3.0 + legend.len() as f64 * LEADING;
        }
        pen.vertical(x, (from, frames.inner.y + frames.inner.h), 1.5, 0.0, colour)?;
    }
    Ok(())
}
