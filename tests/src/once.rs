//! Goldens in which each line stands once, so that rewording a sentence touches one place.

use std::collections::BTreeSet;

/// The lines of the goldens so far.
#[derive(Debug, Default)]
pub struct Once {
    lines: BTreeSet<String>,
    words: BTreeSet<String>,
}

impl Once {
    /// A text without the lines that stood before; `⋮ 4` where four are left out. Neither the number of a step, nor the marks of
    /// Markdown, nor the width of a column makes a line another.
    pub fn text(&mut self, text: &str) -> String {
        self.left(text, Self::is_new)
    }

    /// The same of a text whose figures are held elsewhere: a line that differs in its digits alone stood before.
    pub fn words(&mut self, text: &str) -> String {
        self.left(text, |once, line| {
            let (whole, words) = (line.to_owned(), without_figures(line));
            once.lines.insert(whole);
            once.words.insert(words)
        })
    }

    fn is_new(&mut self, line: &str) -> bool {
        self.words.insert(without_figures(line));
        self.lines.insert(line.to_owned())
    }

    fn left(&mut self, text: &str, is_new: impl Fn(&mut Self, &str) -> bool) -> String {
        let (mut kept, mut before) = (Vec::new(), 0);
        for line in text.replace('\u{a0}', " ").lines() {
            let bare = bare(line);
            if bare.is_empty() {
                continue;
            }
            if is_new(self, &bare) {
                kept.extend((before > 0).then(|| format!("⋮ {before}")));
                kept.push(line.trim_end().to_owned());
                before = 0;
            } else {
                before += 1;
            }
        }
        kept.extend((before > 0).then(|| format!("⋮ {before}")));
        kept.join("\n")
    }
}

/// A line without the number of a step, the marks of Markdown and more than one space in a row; lines below headings and around commands are
/// nothing.
fn bare(line: &str) -> String {
    let line = line.trim_start();
    if line.starts_with("```") {
        return String::new();
    }
    let step = line.split_once(". ").filter(|(number, _)| number.bytes().all(|it| it.is_ascii_digit()));
    let line: String = step.map_or(line, |(_, text)| text).chars().filter(|it| !"`*|\\#".contains(*it)).collect();
    if line.bytes().all(|it| b"=-".contains(&it)) {
        return String::new();
    }
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line with one mark for each figure.
fn without_figures(line: &str) -> String {
    let mut words = String::new();
    for sign in line.chars() {
        if sign.is_ascii_digit() || words.ends_with('0') && ".,:".contains(sign) {
            if !words.ends_with('0') {
                words.push('0');
            }
        } else {
            words.push(sign);
        }
    }
    words
}

#[test]
fn a_line_stands_once() {
    let mut once = Once::default();
    assert_eq!(once.text("1. Unlink.\n\n   ```sh\n   az\n   ```"), "1. Unlink.\n   az");
    assert_eq!(once.text("2. Unlink.\n   az\n3. Takes 5 min."), "⋮ 2\n3. Takes 5 min.");
    assert_eq!(once.text("Takes 15.5 min."), "Takes 15.5 min.");
    assert_eq!(once.words("Takes 7 min.\nTakes 7 h."), "⋮ 1\nTakes 7 h.");
}
