//! The little Markdown that reports are written in.

/// Appends a paragraph and an empty line; an empty paragraph is left out.
pub(crate) fn push(text: &mut String, paragraph: &str) {
    if paragraph.trim().is_empty() {
        return;
    }
    text.push_str(paragraph);
    text.push_str("\n\n");
}

/// A text on one line with the characters escaped that Markdown or HTML would read as markup.
pub(crate) fn inline(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' => {
                safe.push('\\');
                safe.push(c);
            }
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// A row of a table, its cells escaped.
pub(crate) fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| inline(cell)).collect();
    format!("| {} |\n", cells.join(" | "))
}
