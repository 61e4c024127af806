//! Texts that people and files give: what of them can be printed, and how a message quotes them.

/// Most characters of a given text that a message repeats.
pub const MAX_QUOTED: usize = 60;

/// True for a character that a line may hold: none that breaks it, controls a terminal, or turns the direction of what follows.
///
/// Out are the control characters (C0, C1), the separators of lines and paragraphs (U+2028, U+2029), the marks, embeddings,
/// overrides and isolates of direction (U+061C, U+200E, U+200F, U+202A–U+202E, U+2066–U+2069) and the byte order mark (U+FEFF).
/// Joiners of zero width stay: Persian and many emoji are written with them.
#[must_use]
pub fn is_printable(character: char) -> bool {
    let turns =
        matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !(character.is_control() || turns || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}'))
}

/// A given text as a message repeats it: [`MAX_QUOTED`] characters at most, then an ellipsis; what cannot be printed is `�`.
#[must_use]
pub fn short(text: &str) -> String {
    let mut short = tidy(text, MAX_QUOTED, '\u{fffd}');
    if text.chars().nth(MAX_QUOTED).is_some() {
        short.push('…');
    }
    short
}

/// The beginning of a text as a line that [`line_fault`](crate::units::lines::line_fault) accepts: a file's name on its way into a plan.
#[must_use]
pub fn as_line(text: &str, most: usize) -> String {
    tidy(text, most, ' ')
}

/// One cell: neutralised against formulas, quoted where it must be (RFC 4180).
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let text = text.replace('\u{a0}', " ");
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    let text = format!("{guard}{text}");
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn tidy(text: &str, most: usize, instead: char) -> String {
    text.chars().take(most).map(|character| if is_printable(character) { character } else { instead }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::lines::line_fault;
    use proptest::prelude::*;

    #[test]
    fn what_breaks_a_line_or_turns_it_is_not_printable() {
        for bad in
            ['\0', '\n', '\r', '\t', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}', '\u{202e}', '\u{2066}', '\u{feff}']
        {
            assert!(!is_printable(bad), "{bad:?}");
            let fault = line_fault(&format!("a{bad}b"), 10).expect("refused");
            assert!(fault.contains(&format!("U+{:04X}", u32::from(bad))), "{fault}");
        }
        for good in [' ', '\u{a0}', 'é', '中', 'ע', '€', '👩', '\u{200d}', '"', '`', '<'] {
            assert!(is_printable(good), "{good:?}");
        }
    }

    proptest! {
        /// Whatever is given, a message stays short and printable, and a name from outside becomes one that a plan takes.
        #[test]
        fn quotes_and_lines_are_bounded_and_printable(text in any::<String>(), more in 0..200_usize) {
            let text = text + &"x".repeat(more);
            prop_assert_eq!(line_fault(&short(&text), MAX_QUOTED + 1), None);
            prop_assert_eq!(line_fault(&as_line(&text, 120), 120), None);
            let plain = text.chars().all(is_printable) && text.chars().count() <= MAX_QUOTED;
            prop_assert_eq!(plain && short(&text) != text, false);
        }
    }

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_text() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("+49", "'+49"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("=A1,B1", "\"'=A1,B1\""),
            ("P4 nodes, North Europe", "\"P4 nodes, North Europe\""),
            ("the \"pair\"", "\"the \"\"pair\"\"\""),
            ("12\u{a0}GB", "12 GB"),
            ("", ""),
        ];
        for (text, cell) in cases {
            assert_eq!(csv_cell(text), cell);
        }
    }
}
