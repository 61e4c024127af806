//! The drawings wear the page's colours.

use dr_core::draw::Palette;
use plotters::style::RGBColor;

/// Value of a token in the part of the style sheet after `start`.
fn token(css: &str, start: &str, name: &str) -> RGBColor {
    let part = &css[css.find(start).expect(start)..];
    let value = part.split(&format!("--{name}: #")).nth(1).and_then(|rest| rest.get(..6)).expect(name);
    let [_, red, green, blue] = u32::from_str_radix(value, 16).expect("six digits").to_be_bytes();
    RGBColor(red, green, blue)
}

#[test]
fn the_drawings_have_the_colours_of_the_style_sheet() {
    let css = include_str!("../../styles/tokens.css");
    for (start, palette) in [(":root {", Palette::LIGHT), ("[data-theme=\"dark\"]", Palette::DARK)] {
        let colours = [
            ("surface", palette.surface),
            ("line", palette.line),
            ("line-strong", palette.line_strong),
            ("ink", palette.ink),
            ("ink-2", palette.ink_2),
            ("ink-3", palette.ink_3),
            ("accent", palette.accent),
            ("bad", palette.bad),
            ("warn", palette.warn),
            ("rebuild", palette.rebuild),
            ("passive", palette.passive),
            ("active", palette.active),
        ];
        for (name, colour) in colours {
            assert_eq!(token(css, start, name), colour, "{name}");
        }
    }
}
