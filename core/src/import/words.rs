//! Names and texts of files, of any length and content, as messages quote them.

use super::secret;
use crate::units::format;

/// Letters of a quoted text and of a file's name that a message shows.
const MOST: usize = 60;

/// A text to be quoted in a message: on one line, without what cannot be printed, at most 60 letters. A longer one ends at
/// the end of a word, where one is near, and with "…".
#[must_use]
pub fn cut(text: &str) -> String {
    // Four times the letters are looked at, so that a text of megabytes costs nothing.
    let plain: String = text.chars().take(4 * MOST).map(|it| if hidden(it) { ' ' } else { it }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.chars().count() <= MOST && text.chars().nth(4 * MOST).is_none() {
        return plain;
    }
    let head: String = plain.chars().take(MOST).collect();
    let ends = plain.chars().nth(MOST).is_none_or(char::is_whitespace);
    let word = if ends {
        head.len()
    } else {
        head.rfind(char::is_whitespace).filter(|at| *at > MOST / 2).unwrap_or(head.len())
    };
    format!("{}…", head[..word].trim_end_matches([' ', ',', ';']))
}

/// A name out of a file for a message: of a column, a metric, a field, a resource. As [`cut`], but only what has the letters of a name
/// and is none of a secret is quoted; of anything else how long it is.
#[must_use]
pub(crate) fn named(name: &str) -> String {
    let letter = |it: char| it.is_alphanumeric() || it.is_whitespace() || "_-./%()[]{}#$@,:’'“”–".contains(it);
    let is_name = name.chars().take(4 * MOST).all(letter) && name.chars().any(char::is_alphabetic);
    let is_name = is_name && !name.split(|it: char| !it.is_alphanumeric()).any(is_mixed);
    if is_name && !secret::is_in(name) { cut(name) } else { length(name) }
}

/// A long word with a letter behind a digit is of a key sooner than of a name.
fn is_mixed(word: &str) -> bool {
    let behind = word.find(|it: char| it.is_ascii_digit()).map_or("", |at| &word[at..]);
    word.len() >= 8 && behind.contains(char::is_alphabetic)
}

/// What stands in a cell, for a message that says why it is not read: a short figure or time as it is; any other text may be a
/// secret, so that its length alone is told.
#[must_use]
pub(crate) fn quoted(cell: &str) -> String {
    let figure = |it: char| it.is_ascii_digit() || " .,:/-+%TZ".contains(it);
    let digits = cell.trim().trim_end_matches(" AM").trim_end_matches(" PM");
    let is_time = digits.chars().all(figure) || digits.parse::<f64>().is_ok();
    let is_figure = is_time && digits.len() <= SHORT && digits.chars().any(|it| it.is_ascii_digit());
    if cell.trim().is_empty() {
        "an empty cell".to_owned()
    } else if is_figure {
        format!("“{}”", cut(cell))
    } else {
        length(cell)
    }
}

/// Longest figure or time that is quoted.
const SHORT: usize = 30;

fn length(text: &str) -> String {
    format!("a text of {}", format::counted(text.chars().count(), "letter"))
}

/// A file's name for a message: as [`cut`], but the end stays, where the extension is. Of a long path the last folders stay
/// that fit: "…/fixtures/files/plan.json".
#[must_use]
pub fn file_name(name: &str) -> String {
    let letters = name.chars().count();
    if letters <= MOST {
        return cut(name);
    }
    if let Some(end) = end_of_path(name) {
        return format!("…{}", cut(end));
    }
    let head: String = name.chars().take(MOST - 16).collect();
    let tail: String = name.chars().skip(letters - 15).collect();
    format!("{}…{}", cut(&head), cut(&tail))
}

/// The longest end of a path that begins at a separator and has less than [`MOST`] letters; `None` where its last part is longer.
fn end_of_path(path: &str) -> Option<&str> {
    let tail = path.char_indices().rev().take(MOST - 1).last().map_or(path, |(at, _)| &path[at..]);
    tail.find(['/', '\\']).map(|at| &tail[at..]).filter(|end| end.len() > 1)
}

/// Control characters and those that turn the direction of writing: a message with them reads as what it is not.
pub(crate) fn hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell may hold a secret: what is no figure and no time is told by its length; a name that looks like a token too.
    #[test]
    fn cells_are_told_by_their_kind() {
        let cells = [
            ("2/25/2026, 9:19:00.000 AM", "“2/25/2026, 9:19:00.000 AM”"),
            ("-3.5", "“-3.5”"),
            ("1e999", "“1e999”"),
            ("", "an empty cell"),
            ("hunter2", "a text of 7 letters"),
            ("x", "a text of 1 letter"),
            ("9".repeat(31).as_str(), "a text of 31 letters"),
        ]
        .map(|(cell, said)| (cell.to_owned(), said));
        for (cell, said) in cells {
            assert_eq!(quoted(&cell), said);
        }
        assert_eq!(named("Used Memory (Max)"), "Used Memory (Max)");
        for secret in ["ghp_0000000000000000000000000000000000AA", "12345", "a=b;c", "S3cr3tWord"] {
            assert_eq!(named(secret), format!("a text of {} letters", secret.len()));
        }
    }

    /// Letters are counted, not bytes; the end of a time is not lost in its middle (case log-analytics-us.csv).
    #[test]
    fn quoted_texts_are_cut_at_a_boundary() {
        let long = "2/25/2026, 9:19:00.000 AM and a remark of the person who has saved it";
        let cases = [
            ("2/25/2026, 9:19:00.000 AM", "2/25/2026, 9:19:00.000 AM"),
            (long, "2/25/2026, 9:19:00.000 AM and a remark of the person who has…"),
            ("a\nb\u{1b}[31m\u{202e}c", "a b [31m c"),
            ("", ""),
        ];
        for (text, shown) in cases {
            assert_eq!(cut(text), shown);
        }
        assert_eq!(cut(&"ü".repeat(200_000)), format!("{}…", "ü".repeat(60)));
        assert_eq!(cut(&format!("a{}", " ".repeat(500))), "a…");
        let name = file_name(&format!("{}.json", "x".repeat(200_000)));
        assert!(name.ends_with("xxxxx.json") && name.chars().count() == 60, "{name}");
        assert_eq!(file_name("plan.json"), "plan.json");
        let deep = format!("/check/{}/tests/fixtures/files/latin1-plan.json", "work/".repeat(20));
        assert!(file_name(&deep).ends_with("/tests/fixtures/files/latin1-plan.json"), "{}", file_name(&deep));
        assert!(file_name(&deep).starts_with("…/") && file_name(&deep).chars().count() <= 60);
        assert_eq!(file_name(&deep.replace('/', "\\")), file_name(&deep).replace('/', "\\"));
    }
}
