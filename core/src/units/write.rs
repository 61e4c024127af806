//! Writing a figure so that [`super::read`] reads it back: the texts of boxes.

use super::Dimension;
use super::figure::decimal;

/// The figure in this unit without groups, as it is edited: "5000", "0.25", "-0.5"; at most 9 decimals and 12 digits. Reads
/// back as the same text. A unit that the dimension lacks counts as the base unit; what is no number gives "".
#[must_use]
pub fn plain(value: f64, dimension: Dimension, unit: &str) -> String {
    let size = dimension.units().iter().find(|(name, _)| *name == unit).map_or(1.0, |(_, size)| *size);
    let in_unit = value / size;
    if !in_unit.is_finite() {
        return String::new();
    }
    let magnitude = in_unit.abs();
    let whole_digits = format!("{:.0}", libm::trunc(magnitude)).len();
    let text = format!("{magnitude:.*}", 12_usize.saturating_sub(whole_digits).min(9));
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let figure = match decimals.trim_end_matches('0') {
        "" => whole.to_owned(),
        decimals => decimal(whole, decimals),
    };
    if in_unit < 0.0 && figure != "0" { format!("-{figure}") } else { figure }
}

/// A text of [`plain`] with commas between groups, as it is read: "5,000", "1,234.5". Never three digits after the point, which
/// could be taken for a group: "1,234.5670".
#[must_use]
pub fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    match decimals.len() {
        0 => text,
        3 if whole.len() > 3 => format!("{text}.{decimals}0"),
        _ => format!("{text}.{decimals}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_shows_groups_and_its_editor_none() {
        let cases = [
            (5_000.0, Dimension::Rate, "/s", "5000", "5,000"),
            (26e9, Dimension::Data, "GB", "26", "26"),
            (-0.005, Dimension::Share, "% a year", "-0.5", "-0.5"),
            (1.234e9, Dimension::Data, "GB", "1.2340", "1.2340"),
            (1_234.567, Dimension::Factor, "", "1234.567", "1,234.5670"),
            (0.125, Dimension::Factor, "", "0.125", "0.125"),
            (123_456_789.0, Dimension::Money, "$/month", "123456789", "123,456,789"),
            (-1e-12, Dimension::Factor, "", "0", "0"),
            (1.0 / 3.0, Dimension::Factor, "", "0.333333333", "0.333333333"),
        ];
        for (value, dimension, unit, edited, shown) in cases {
            let text = plain(value, dimension, unit);
            assert_eq!((text.as_str(), grouped(&text).as_str()), (edited, shown));
        }
        assert_eq!(plain(f64::NAN, Dimension::Factor, ""), "");
    }
}
