//! A chart's specification ([`crate::report::chart`]) as pixels on any plotters backend, and as SVG.
//!
//! An SVG has the same bytes everywhere: [`estimate`] measures its texts, never a platform.

mod bars;
mod dark;
mod heat;
pub mod html;
mod labels;
mod lines;
mod palette;
mod pen;
pub mod readout;
mod svg;
#[cfg(test)]
mod tests;

pub use palette::Palette;
pub use pen::{Anchor, Drawn, LEADING, Pen, Rect, Setting, TEXT, estimate};
pub use svg::{figure, svg};

use crate::report::chart::Plot;
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

/// Where everything lies, in CSS pixels.
#[derive(Debug, Clone, PartialEq)]
pub enum Frames {
    /// Panes of lines.
    Lines(lines::Frames),
    /// Rows of bars.
    Bars(bars::Frames),
    /// Cells.
    Heat(heat::Frames),
}

impl Frames {
    /// Height of the drawing in CSS pixels.
    #[must_use]
    pub const fn height(&self) -> f64 {
        match self {
            Self::Lines(frames) => frames.height,
            Self::Bars(frames) => frames.height,
            Self::Heat(frames) => frames.height,
        }
    }
}

/// Lays a plot out in a width of CSS pixels; `measure` gives the width of a text.
#[must_use]
pub fn layout(plot: &Plot, width: f64, measure: &dyn Fn(&str, bool) -> f64) -> Frames {
    match plot {
        Plot::Lines(panes) => Frames::Lines(lines::layout(panes, width, measure)),
        Plot::Bars(bars) => Frames::Bars(bars::layout(bars, width, measure)),
        Plot::Heat(heat) => Frames::Heat(heat::layout(heat, width, measure)),
    }
}

/// Draws a plot as it was laid out, on the palette's ground.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    plot: &Plot,
    frames: &Frames,
    palette: &Palette,
    setting: Setting,
) -> Drawn<DB> {
    area.fill(&palette.surface)?;
    let width = f64::from(area.dim_in_pixel().0) / setting.scale;
    let pen = Pen::new(area, setting);
    match (plot, frames) {
        (Plot::Lines(panes), Frames::Lines(frames)) => lines::draw(&pen, panes, frames, palette, width),
        (Plot::Bars(bars), Frames::Bars(frames)) => bars::draw(&pen, bars, frames, palette, width),
        (Plot::Heat(heat), Frames::Heat(frames)) => heat::draw(&pen, heat, frames, palette, width),
        _ => Ok(()),
    }
}
