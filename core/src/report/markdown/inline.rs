//! Text inside a block: every character is read back as itself.

use super::Words;
use crate::report::Span;
use crate::report::visible;

/// Where a line of text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the begin of a line, where a character can open a block.
    Line,
    /// Behind the signs of a heading.
    Heading,
    /// Between the bars of a table, which are looked for before anything else is read.
    Cell,
}

/// A line of text as Markdown. A strong part whose neighbours would keep its signs from being read is written plain.
pub(super) fn inline(words: &Words, place: Place) -> String {
    let parts = merged(words);
    let whole: Vec<char> = parts.iter().flat_map(|span| span.text.chars()).collect();
    let (mut text, mut from) = (String::new(), 0);
    for (index, part) in parts.iter().enumerate() {
        let end = from + part.text.chars().count();
        // The signs of a strong part stand between its first character and the one before.
        let joined = |at: usize| at > 0 && ((at == from && part.strong) || !whole[at - 1].is_ascii_whitespace());
        let raw: String = (from..end).map(|at| character(&whole, at, joined(at), place)).collect();
        let next = if index + 1 < parts.len() { Some(character(&whole, end, true, place)) } else { None };
        if part.strong && can_be_strong(text.chars().last(), &raw, next.as_deref()) {
            text.extend(["**", &raw, "**"]);
        } else {
            text.push_str(&raw);
        }
        from = end;
    }
    text
}

/// Visible characters; neighbours of one weight are one, and a strong part has no spaces at its ends.
fn merged(words: &Words) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    let mut push = |text: &str, strong: bool| match parts.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.strong == strong => last.text.push_str(text),
        _ => parts.push(Span { text: text.to_owned(), strong }),
    };
    for span in &words.0 {
        let text = visible::line(&span.text);
        let inner = text.trim();
        if !span.strong || inner.is_empty() {
            push(&text, false);
            continue;
        }
        let begin = text.len() - text.trim_start().len();
        push(&text[..begin], false);
        push(inner, true);
        push(&text[begin + inner.len()..], false);
    }
    parts
}

/// The signs around a strong part are read as such only between the right neighbours (`CommonMark`, “flanking”).
fn can_be_strong(before: Option<char>, raw: &str, next: Option<&str>) -> bool {
    let letter = |c: char| c.is_alphanumeric();
    let apart = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
    let (first, last) = (raw.chars().next(), raw.chars().last());
    let opens = first.is_some_and(|c| letter(c) || apart(before));
    let closes = last.is_some_and(|c| letter(c) || apart(next.and_then(|next| next.chars().next())));
    opens && closes
}

/// One character of a line, escaped where it could be read as anything but itself; `joined` to what stands before it.
fn character(line: &[char], at: usize, joined: bool, place: Place) -> String {
    let c = line.get(at).copied().unwrap_or_default();
    let after = |skip: usize| line.get(at + skip).copied();
    let escaped = match c {
        '<' => return "&lt;".to_owned(),
        '&' => return "&amp;".to_owned(),
        ' ' if at == 0 || at + 1 == line.len() => return "&#32;".to_owned(),
        '|' if place == Place::Cell => return "&#124;".to_owned(),
        '\\' if place == Place::Cell => return "&#92;".to_owned(),
        '{' | '}' if place == Place::Heading => return format!("&#{};", u32::from(c)),
        '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '^' => true,
        '>' | '-' | '+' | '=' => at == 0 && place == Place::Line,
        // An address would become a link by itself.
        ':' => (at == 0 && place == Place::Line) || (after(1), after(2)) == (Some('/'), Some('/')),
        // A formula would end at a sign that something precedes; a price with an ordinary space before it ends none.
        '$' => {
            !after(1).is_some_and(|next| next.is_ascii_digit()) || (joined && line.iter().take(at).any(|c| *c == '$'))
        }
        '.' | ')' => (place == Place::Line && ends_a_number(line, at)) || (c == '.' && ends_www(line, at)),
        _ => false,
    };
    if escaped { format!("\\{c}") } else { c.to_string() }
}

/// "1." or "1)" at the begin of a line would be an entry of a list.
fn ends_a_number(line: &[char], at: usize) -> bool {
    at > 0 && line.iter().take(at).all(char::is_ascii_digit) && line.get(at + 1).is_none_or(|next| next.is_whitespace())
}

fn ends_www(line: &[char], at: usize) -> bool {
    at.checked_sub(3)
        .and_then(|from| line.get(from..at))
        .is_some_and(|www| www.iter().all(|c| c.eq_ignore_ascii_case(&'w')))
}
