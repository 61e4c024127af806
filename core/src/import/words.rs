//! Names and texts of files, of any length and content, as messages quote them.

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
fn hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
