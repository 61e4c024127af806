//! Two laws over every field and unit: what the page writes reads back as itself, and one character more, less or other in it
//! means what that character plainly says, or is refused with a sentence.
//!
//! *Plainly*: separators between digits group, a point is the decimal point, the unit is the one that is spelled. Only a comma
//! that is typed may be a decimal comma instead: it then says what a point says there, and moves a figure by one digit, or by two
//! where it takes the place of one.

use super::{FIELDS, Field};
use crate::units::{Dimension, read};
use proptest::prelude::*;

/// Characters that a slip of the finger adds.
const SLIPS: &str = "01579,. 'adehkmnsxGM%/$";

/// Every text in which the page shows a value.
fn shown(field: &Field, value: f64) -> [String; 3] {
    [field.edit_text(value), field.box_text(value), field.print(value)]
}

/// What an edited text says plainly, by an own small reader: digits and points are the standard library's business, units are
/// looked up as they are spelled.
fn plainly(text: &str, field: &Field) -> Option<f64> {
    let group = |character: char| matches!(character, ',' | ' ' | '\u{a0}' | '\'');
    let digit = |character: char| character.is_ascii_digit() || character == '.';
    let (mut total, mut rest) = (0.0, text.trim().trim_start_matches('$').trim());
    let sign = if rest.starts_with(['-', '−']) { -1.0 } else { 1.0 };
    rest = rest.trim_start_matches(['-', '−']);
    while !rest.is_empty() {
        let end = rest.find(|character| !digit(character) && !group(character)).unwrap_or(rest.len());
        let number: f64 =
            rest[..end].chars().filter(|&character| !group(character)).collect::<String>().parse().ok()?;
        let after = rest[end..].find(|character: char| character.is_ascii_digit());
        let after = after.filter(|_| field.dimension == Dimension::Time).map_or(rest.len(), |at| end + at);
        let unit = match rest[end..after].trim_matches(group) {
            "" => field.unit,
            "m" if total > 0.0 => "min",
            unit => unit,
        };
        let unit = unit.replace('\u{a0}', " ");
        let units = field.dimension.units();
        let found = units.iter().find(|(name, _)| *name == unit);
        let (_, size) = found.or_else(|| units.iter().find(|(name, _)| name.eq_ignore_ascii_case(&unit)))?;
        total += number * size;
        rest = &rest[after..];
    }
    Some(sign * total)
}

/// A text that is one character away; where that is a comma, the same text with a point in its place.
struct Edit {
    text: String,
    as_point: Option<String>,
}

fn edits(text: &str) -> Vec<Edit> {
    let characters: Vec<char> = text.chars().collect();
    let with = |from: usize, to: usize, slip: Option<char>| -> String {
        characters[..from].iter().chain(slip.iter()).chain(&characters[to..]).collect()
    };
    let edit = |from: usize, to: usize, slip: Option<char>| {
        let as_point = (slip == Some(',')).then(|| with(from, to, Some('.')));
        Edit { text: with(from, to, slip), as_point }
    };
    let mut all = Vec::new();
    for at in 0..=characters.len() {
        all.extend(SLIPS.chars().map(|slip| edit(at, at, Some(slip))));
        if at < characters.len() {
            all.push(edit(at, at + 1, None));
            all.extend(SLIPS.chars().map(|slip| edit(at, at + 1, Some(slip))));
        }
    }
    all
}

/// Equal but for the last digits of the arithmetic.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// Law A.
fn reads_back(field: &Field, value: f64) -> Result<(), TestCaseError> {
    for (kind, text) in shown(field, value).into_iter().enumerate() {
        let back = read(&text, field.dimension, field.unit);
        let back = back.map_err(|error| TestCaseError::fail(format!("{}: {text:?}: {error}", field.path)))?;
        prop_assert_eq!(&shown(field, back)[kind], &text, "{}: {} became {}", field.path, value, back);
        let size = field.dimension.units().iter().find(|(name, _)| *name == field.unit).map_or(1.0, |(_, size)| *size);
        // Nine decimals and twelve digits are edited; a text to read has three digits, and a time two of its units.
        let within = if kind < 2 { (size * 5.1e-10).max(value.abs() * 5.1e-12) } else { size.max(value.abs() * 0.05) };
        prop_assert!((back - value).abs() <= within, "{}: {text:?} of {value} reads {back}", field.path);
    }
    Ok(())
}

/// Law B.
fn stands_a_slip(field: &Field, value: f64) -> Result<(), TestCaseError> {
    for text in shown(field, value) {
        let before = plainly(&text, field).ok_or_else(|| TestCaseError::fail(format!("{}: {text:?}", field.path)))?;
        for edit in edits(&text) {
            let Ok(after) = read(&edit.text, field.dimension, field.unit) else { continue };
            let plain = plainly(&edit.text, field);
            let as_it_says = plain.is_some_and(|plain| same(plain, after));
            let decimal = edit.as_point.as_deref().and_then(|text| plainly(text, field));
            let as_a_point = decimal.is_some_and(|decimal| same(decimal, after) && after.abs() * 200.0 >= before.abs());
            prop_assert!(
                as_it_says || as_a_point,
                "{}: {text:?} ({before}) became {:?}: read {after}, says {plain:?}",
                field.path,
                edit.text
            );
        }
    }
    Ok(())
}

/// A value of the field: an end, or anywhere on a logarithmic scale, with few digits or with many.
fn value_of(field: &Field, place: f64, digits: u32) -> f64 {
    let low = field.min.abs().max(field.max * 1e-9);
    let value = low * libm::pow(field.max / low, place);
    let step = libm::pow(10.0, libm::floor(libm::log10(value)) - f64::from(digits));
    let rounded = libm::round(value / step) * step;
    let whole = if field.dimension == Dimension::Count { libm::round(rounded) } else { rounded };
    whole.clamp(field.min, field.max)
}

/// The texts that the review of the page typed, in a field of each kind.
#[test]
fn a_zero_more_is_never_a_thousandth() {
    let writes = super::field("workload.writes").unwrap();
    for (text, expected) in [("5,000", Some(5_000.0)), ("5000", Some(5_000.0)), ("50000", Some(50_000.0))] {
        assert_eq!(writes.read(text).ok(), expected, "{text}");
    }
    for (text, says) in [("5,0000", "50000 or 5.0"), ("12,0", "120 or 12.0"), ("50,00", "5000 or 50.0")] {
        let error = writes.read(text).unwrap_err().message;
        assert_eq!(error, format!("Writes: “{text}” can mean {says}: enter the one that is meant."));
    }
}

/// Bounds in messages are exact: "365 d", not "0.999 years".
#[test]
fn a_bound_in_a_message_is_the_bound() {
    for field in FIELDS {
        for bound in [field.min, field.max] {
            let text = field.print(bound);
            let back =
                read(&text, field.dimension, field.unit).unwrap_or_else(|error| panic!("{}: {error}", field.path));
            assert!(same(back, bound), "{}: {text} is not {bound}", field.path);
            assert!(field.check(back).is_ok() && field.rule().contains(&text), "{}: {text}", field.path);
        }
    }
}

/// Every field, so that none is left to chance.
#[test]
fn the_laws_hold_at_the_ends_and_within_every_field() {
    for field in FIELDS {
        for (place, digits) in [(0.6, 12), (0.9, 2)] {
            let value = value_of(field, place, digits);
            reads_back(field, value).unwrap();
            if digits == 2 {
                stands_a_slip(field, value).unwrap();
            }
        }
        for end in [field.min, field.max] {
            reads_back(field, end).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_written_reads_back(at in 0..FIELDS.len(), place in 0.0..1.0, digits in 0_u32..16) {
        reads_back(FIELDS[at], value_of(FIELDS[at], place, digits))?;
    }

    #[test]
    fn a_slip_is_what_it_says_or_refused(at in 0..FIELDS.len(), place in 0.0..1.0, digits in 0_u32..16) {
        stands_a_slip(FIELDS[at], value_of(FIELDS[at], place, digits))?;
    }
}
