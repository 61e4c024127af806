//! A chart as SVG: a file of its own, or a figure inside a page.

use super::pen::estimate;
use super::{Frames, Palette, Setting, draw, layout};
use crate::report::chart::{Chart, Plot};
use crate::report::visible;
use maud::{Markup, PreEscaped, html};
use plotters::prelude::*;

/// SVG pixels in a CSS pixel: plotters takes whole ones.
pub(super) const FINE: u32 = 4;
/// plotters divides a font's size by this on its way into an SVG.
const FONT: f64 = 1.24;

/// The drawing as SVG text, `width` CSS pixels wide, on the palette's ground.
#[must_use]
pub fn svg(plot: &Plot, palette: &Palette, width: u32) -> String {
    let (text, height) = drawn(plot, palette, width);
    let fine = format!("width=\"{}\" height=\"{}\"", width * FINE, height * FINE);
    text.replacen(&fine, &format!("width=\"{width}\" height=\"{height}\""), 1)
}

/// The drawing as an element of a page that gives it its width, named by the chart's title and described by what it says, or by its
/// caption where the section around it says that.
/// `width` is that of the layout, in CSS pixels; `id` is unique in the page.
#[must_use]
pub fn figure(chart: &Chart, id: &str, palette: &Palette, width: u32) -> Markup {
    let (text, height) = drawn(&chart.plot, palette, width);
    let says: String = chart.says.iter().map(|span| span.text.as_str()).collect();
    let says = if says.is_empty() { chart.caption.clone() } else { says };
    let (title, desc) = (format!("{id}-title"), format!("{id}-desc"));
    html! {
        svg viewBox=(format!("0 0 {} {}", width * FINE, height * FINE)) role="img" aria-labelledby=(title) aria-describedby=(desc) {
            title id=(title) { (visible::line(&chart.title)) }
            desc id=(desc) { (visible::line(&says)) }
            (PreEscaped(inside(&text)))
        }
    }
}

/// What plotters wrote between the tags of the `svg` element.
fn inside(text: &str) -> &str {
    let inside = text.split_once('>').map_or("", |(_, inside)| inside);
    inside.trim_end().trim_end_matches("</svg>")
}

/// What plotters writes, and the height in CSS pixels.
fn drawn(plot: &Plot, palette: &Palette, width: u32) -> (String, u32) {
    let frames: Frames = layout(plot, f64::from(width), &estimate);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a height of some hundred pixels")]
    let height = frames.height() as u32;
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, (width * FINE, height * FINE)).into_drawing_area();
        let setting = Setting { scale: f64::from(FINE), font: FONT, measure: &estimate };
        // Writing to a string does not fail.
        let _ = draw(&area, plot, &frames, palette, setting);
        let _ = area.present();
    }
    (text, height)
}
