//! The unit that a column's header names.

use super::Measure;
use crate::units::Dimension;
use crate::units::SECS_PER_HOUR;

/// Words that name a unit beside those that a plan's fields understand.
const WORDS: [(&str, Measure, f64); 8] = [
    ("bytes/s", Measure::DataRate, 1.0),
    ("bytes per second", Measure::DataRate, 1.0),
    ("bytespersecond", Measure::DataRate, 1.0),
    ("bps", Measure::DataRate, 0.125),
    ("bit/s", Measure::DataRate, 0.125),
    ("per second", Measure::Operations, 1.0),
    ("countpersecond", Measure::Operations, 1.0),
    ("per minute", Measure::Operations, 1.0 / 60.0),
];

/// What a header says of its values: the measure and the size of one unit. `None` when it names no unit.
///
/// Looked for in brackets first, then in the whole header, then at its end.
pub(super) fn of_header(header: &str) -> Option<(Measure, f64)> {
    let header = header.trim();
    let bracketed = header.rfind(['(', '[']).map(|at| header[at + 1..].trim_end_matches([')', ']']));
    let word = header.rsplit([' ', '_']).next();
    [bracketed, Some(header), word].into_iter().flatten().find_map(|text| known(text.trim())).or_else(|| ending(header))
}

fn known(text: &str) -> Option<(Measure, f64)> {
    if text.is_empty() {
        return None;
    }
    let of = |dimension: Dimension, measure: Measure| {
        let units = dimension.units();
        let exact = units.iter().find(|(name, _)| *name == text);
        let found = exact.or_else(|| units.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)));
        found.map(|(_, size)| (measure, *size))
    };
    of(Dimension::DataRate, Measure::DataRate)
        .or_else(|| of(Dimension::Data, Measure::Data))
        .or_else(|| of(Dimension::Rate, Measure::Operations))
        .or_else(|| of(Dimension::Share, Measure::Share))
        .or_else(|| WORDS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(text)).map(|known| (known.1, known.2)))
}

/// "writes/s", "set commands per second", "ops/min": a rate of whatever stands before it.
fn ending(header: &str) -> Option<(Measure, f64)> {
    let plain = header.trim_end_matches([')', ']']).to_ascii_lowercase();
    let words = WORDS.iter().find(|(name, ..)| plain.ends_with(name)).map(|known| (known.1, known.2));
    let rate = [("/s", 1.0), ("/sec", 1.0), ("/min", 1.0 / 60.0), ("/h", 1.0 / SECS_PER_HOUR)];
    words.or_else(|| rate.iter().find(|(end, _)| plain.ends_with(end)).map(|(_, size)| (Measure::Operations, *size)))
}
