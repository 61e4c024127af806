//! Indents HTML: an element a line, one that holds a phrase on one line.

/// Elements without an end.
const VOID: [&str; 4] = ["input", "br", "hr", "img"];
/// Elements that stand inside a sentence.
const PHRASE: [&str; 5] = ["b", "small", "span", "code", "sup"];

/// The HTML with an element a line, two spaces a level.
pub(super) fn pretty(html: &str) -> String {
    let parts = parts(html);
    let mut text = String::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        let closes = part.starts_with("</");
        if closes {
            depth = depth.saturating_sub(1);
        }
        text.push_str(&"  ".repeat(depth));
        let length = leaf(&parts[at..]);
        parts[at..at + length].iter().for_each(|part| text.push_str(part));
        text.push('\n');
        if length == 1 && opens(part) {
            depth += 1;
        }
        at += length;
    }
    text
}

/// Tags and the texts between them.
fn parts(html: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let end = if rest.starts_with('<') { rest.find('>').map(|at| at + 1) } else { rest.find('<') };
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        parts.push(part);
        rest = after;
    }
    parts
}

fn name(part: &str) -> &str {
    part.trim_start_matches(['<', '/']).split([' ', '>', '/']).next().unwrap_or_default()
}

fn opens(part: &str) -> bool {
    part.starts_with('<') && !part.starts_with("</") && !VOID.contains(&name(part))
}

/// How many parts stand on one line: an element that holds a phrase or nothing is one line.
fn leaf(parts: &[&str]) -> usize {
    let mut depth = 0_usize;
    for (at, part) in parts.iter().enumerate() {
        let phrase = at == 0 || !part.starts_with('<') || PHRASE.contains(&name(part));
        if part.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if !phrase {
            return 1;
        } else if opens(part) {
            depth += 1;
        }
        if depth == 0 {
            return at + 1;
        }
    }
    1
}

/// The lines of the first element whose start tag holds `mark`.
pub(crate) fn element(html: &str, mark: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut lines = html.lines().skip_while(|line| !line.contains(mark));
    let first = lines.next().unwrap_or_else(|| panic!("nothing holds {mark}"));
    let depth = indent(first);
    let inside = lines.by_ref().take_while(|line| indent(line) > depth);
    let mut element: Vec<&str> = std::iter::once(first).chain(inside).map(|line| &line[depth..]).collect();
    let end = format!("</{}>", name(first.trim_start()));
    if element.len() > 1 {
        element.push(&end);
    }
    element.join("\n")
}

#[test]
fn an_element_that_holds_a_phrase_is_one_line() {
    let html = "<dl class=\"a\"><dt>Cost</dt><dd><b>5 &lt; 6</b> a month</dd><dd><input value=\"1\"></dd></dl>";
    let lines = [
        "<dl class=\"a\">",
        "  <dt>Cost</dt>",
        "  <dd><b>5 &lt; 6</b> a month</dd>",
        "  <dd>",
        "    <input value=\"1\">",
        "  </dd>",
        "</dl>\n",
    ];
    assert_eq!(pretty(html), lines.join("\n"));
    assert_eq!(element(&pretty(html), "<dd>"), "<dd><b>5 &lt; 6</b> a month</dd>");
    assert_eq!(element(&pretty(html), "<dl"), lines.join("\n").trim_end());
}
