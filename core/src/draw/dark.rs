//! A drawing in light colours, on a dark screen: each colour that it can have becomes its dark counterpart.

use super::Palette;
use plotters::style::RGBColor;
use std::fmt::Write;

/// Shares of the tints that the drawings use.
const TINTS: [f64; 4] = [0.16, 0.2, 0.3, 0.5];

/// Rules for drawings below `.report`, which paper does not get.
pub(super) fn rules() -> String {
    let mut rules = String::from("@media screen and (prefers-color-scheme: dark) {\n");
    for (light, dark) in pairs() {
        for what in ["fill", "stroke"] {
            // Writing to a string does not fail.
            let _ = writeln!(rules, ".report svg [{what}=\"{}\"] {{ {what}: {} }}", hex(light), hex(dark));
        }
    }
    rules.push_str("}\n");
    rules
}

/// Each colour once, a role's own before a tint that looks the same.
fn pairs() -> Vec<(RGBColor, RGBColor)> {
    let (light, dark) = (Palette::LIGHT, Palette::DARK);
    let own = light.colours().into_iter().zip(dark.colours());
    let tints = TINTS.into_iter().flat_map(|share| {
        light.colours().into_iter().zip(dark.colours()).map(move |(a, b)| (light.tint(a, share), dark.tint(b, share)))
    });
    let mut pairs: Vec<(RGBColor, RGBColor)> = Vec::new();
    for (a, b) in own.chain(tints) {
        if pairs.iter().all(|(known, _)| *known != a) {
            pairs.push((a, b));
        }
    }
    pairs
}

/// As plotters writes a colour into an SVG.
pub(super) fn hex(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}
