//! Characters that nobody sees, shown.

/// The character, or a sign that can be seen in its place: control pictures (␀ ␛ ␊) for the controls of ASCII, � for other
/// controls, for what turns the direction of text, and for widths of nothing but the joiners of emoji.
pub(crate) fn visible(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => '\u{fffd}',
        c => c,
    }
}

/// A text on one line, its line breaks shown too.
pub(crate) fn line(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// A text of several lines.
pub(crate) fn lines(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}
