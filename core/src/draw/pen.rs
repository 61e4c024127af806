//! Drawing in CSS pixels on any plotters backend.
//!
//! Backends take whole pixels, so everything is drawn `scale` times as large: on a canvas by the device's pixel ratio, in an
//! SVG by four. Straight lines are filled rectangles: that keeps a hairline one device pixel sharp.

use crate::report::visible;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Size of all text, in CSS pixels.
pub const TEXT: f64 = 12.0;
/// Height of a line of text.
pub const LEADING: f64 = 16.0;
const FAMILY: &str = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif";

/// Where a text stands about its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It starts there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A box in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// True where two boxes share more than an edge.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }

    /// True for a point inside.
    #[must_use]
    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        x >= self.x && x <= self.x + self.w && y >= self.y && y <= self.y + self.h
    }

    /// Square of the distance from a point; 0 inside.
    #[must_use]
    pub fn distance(&self, (x, y): (f64, f64)) -> f64 {
        let beside = (self.x - x).max(x - self.x - self.w).max(0.0);
        let above = (self.y - y).max(y - self.y - self.h).max(0.0);
        beside * beside + above * above
    }
}

/// How a drawing meets its backend.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// Backend pixels in a CSS pixel.
    pub scale: f64,
    /// What a font size is multiplied by: the SVG backend divides it by 1.24 again.
    pub font: f64,
    /// Width of a text in CSS pixels, plain or bold.
    pub measure: &'a dyn Fn(&str, bool) -> f64,
}

/// Draws in CSS pixels.
pub struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    setting: Setting<'a>,
}

/// Failure of a backend.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    /// A pen on a whole drawing.
    #[must_use]
    pub fn new(area: &'a DrawingArea<DB, Shift>, setting: Setting<'a>) -> Self {
        Self { area, setting }
    }

    /// Width of a text in CSS pixels.
    #[must_use]
    pub fn width(&self, text: &str, bold: bool) -> f64 {
        (self.setting.measure)(text, bold)
    }

    fn px(&self, value: f64) -> i32 {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a canvas is smaller than that; beyond it the cast saturates"
        )]
        let pixel = (value * self.setting.scale).round() as i32;
        pixel
    }

    fn point(&self, (x, y): (f64, f64)) -> (i32, i32) {
        (self.px(x), self.px(y))
    }

    /// A filled box.
    pub fn fill(&self, rect: Rect, colour: RGBColor) -> Drawn<DB> {
        let corners = [self.point((rect.x, rect.y)), self.point((rect.x + rect.w, rect.y + rect.h))];
        self.area.draw(&Rectangle::new(corners, colour.filled()))
    }

    /// A vertical line, sharp at any scale; dashed where `dash` is not 0.
    pub fn vertical(&self, x: f64, (from, to): (f64, f64), width: f64, dash: f64, colour: RGBColor) -> Drawn<DB> {
        Self::pieces(from, to, dash, |start, end| {
            self.stroke((x, start), (0, self.thick(width)), self.px(end) - self.px(start), true, colour)
        })
    }

    /// A horizontal line, sharp at any scale; dashed where `dash` is not 0.
    pub fn horizontal(&self, y: f64, (from, to): (f64, f64), width: f64, dash: f64, colour: RGBColor) -> Drawn<DB> {
        Self::pieces(from, to, dash, |start, end| {
            self.stroke((start, y), (0, self.thick(width)), self.px(end) - self.px(start), false, colour)
        })
    }

    fn thick(&self, width: f64) -> i32 {
        self.px(width).max(1)
    }

    /// Calls with the ends of each dash, or once with the ends of the whole.
    fn pieces(from: f64, to: f64, dash: f64, mut each: impl FnMut(f64, f64) -> Drawn<DB>) -> Drawn<DB> {
        if dash <= 0.0 {
            return each(from, to);
        }
        let mut start = from;
        while start < to {
            each(start, (start + dash).min(to))?;
            start += dash * 1.75;
        }
        Ok(())
    }

    fn stroke(
        &self,
        from: (f64, f64),
        (_, thick): (i32, i32),
        length: i32,
        upright: bool,
        colour: RGBColor,
    ) -> Drawn<DB> {
        let (x, y) = self.point(from);
        let corners = if upright {
            [(x - thick / 2, y), (x - thick / 2 + thick, y + length)]
        } else {
            [(x, y - thick / 2), (x + length, y - thick / 2 + thick)]
        };
        self.area.draw(&Rectangle::new(corners, colour.filled()))
    }

    /// A line through points.
    pub fn path(&self, points: &[(f64, f64)], width: f64, colour: RGBColor) -> Drawn<DB> {
        let points: Vec<_> = points.iter().map(|point| self.point(*point)).collect();
        let width = u32::try_from(self.thick(width)).unwrap_or(1);
        self.area.draw(&PathElement::new(points, colour.stroke_width(width)))
    }

    /// A filled shape.
    pub fn polygon(&self, points: &[(f64, f64)], colour: RGBColor) -> Drawn<DB> {
        let points: Vec<_> = points.iter().map(|point| self.point(*point)).collect();
        self.area.draw(&Polygon::new(points, colour.filled()))
    }

    /// A text, its middle at the height of the point.
    pub fn text(&self, text: &str, at: (f64, f64), anchor: Anchor, bold: bool, colour: RGBColor) -> Drawn<DB> {
        let side = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
        let size = TEXT * self.setting.scale * self.setting.font;
        let font = FontDesc::new(FontFamily::Name(FAMILY), size, style);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(side, VPos::Center));
        // A control character would break an SVG file.
        self.area.draw(&Text::new(visible::line(text), self.point(at), style))
    }
}

/// Width of a text by classes of letters, a little generous: for formats whose font is not known here.
#[must_use]
pub fn estimate(text: &str, bold: bool) -> f64 {
    let em: f64 = text
        .chars()
        .map(|letter| match letter {
            'i' | 'j' | 'l' | 't' | 'f' | 'r' | ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '\'' | '(' | ')' | 'I' => 0.34,
            'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.92,
            'A'..='Z' => 0.7,
            _ => 0.57,
        })
        .sum();
    em * TEXT * if bold { 1.06 } else { 1.0 }
}
