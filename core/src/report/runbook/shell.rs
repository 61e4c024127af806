//! Words for a POSIX shell.

use crate::report::visible;

/// A word that any POSIX shell reads back as exactly this text: in single quotes, each quote of its own as `'\''`.
/// Words of letters, digits and `-_./:=@,` alone stay as they are; an empty one becomes `''`.
pub(in crate::report) fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A text inside double quotes of a command: as it is where it is plain, else in single quotes between them.
pub(super) fn spliced(word: &str) -> String {
    let quoted = quote(word);
    if quoted == word { quoted } else { format!("\"{quoted}\"") }
}

/// What a person typed as one word: quoted, its control characters shown instead of sent to a terminal.
pub(super) fn arg(word: &str) -> String {
    quote(&visible::line(word))
}

/// The text on one line, without control characters, at most 120 characters.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect::<String>().trim().to_owned()
}

/// Lower-case letters, digits and single hyphens of a text, at most `most` characters; empty when none is left.
pub(super) fn slug(text: &str, most: usize) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if slug.len() >= most {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}
