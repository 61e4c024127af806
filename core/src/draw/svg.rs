//! A chart as an SVG file.

use super::pen::estimate;
use super::{Frames, Palette, Setting, draw, layout};
use crate::report::chart::Plot;
use plotters::prelude::*;

/// SVG pixels in a CSS pixel: plotters takes whole ones.
const FINE: u32 = 4;
/// plotters divides a font's size by this on its way into an SVG.
const FONT: f64 = 1.24;

/// The drawing as SVG text, `width` CSS pixels wide, on the palette's ground.
#[must_use]
pub fn svg(plot: &Plot, palette: &Palette, width: u32) -> String {
    let frames: Frames = layout(plot, f64::from(width), &estimate);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a height of some hundred pixels")]
    let height = frames.height() as u32;
    let (fine_width, fine_height) = (width * FINE, height * FINE);
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, (fine_width, fine_height)).into_drawing_area();
        let setting = Setting { scale: f64::from(FINE), font: FONT, measure: &estimate };
        // Writing to a string does not fail.
        let _ = draw(&area, plot, &frames, palette, setting);
        let _ = area.present();
    }
    let fine = format!("width=\"{fine_width}\" height=\"{fine_height}\"");
    text.replacen(&fine, &format!("width=\"{width}\" height=\"{height}\""), 1)
}
