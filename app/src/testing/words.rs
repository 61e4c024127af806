//! The words of a page and of Markdown, in order, so that one can be held against the other.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Controls, what is said of a drawing that nobody points at, and what stands for a sign: none of it is in the document.
const NOT_SAID: [&str; 4] = ["class=\"readout\"", "class=\"links\"", "class=\"btn copy\"", "class=\"visually-hidden\""];
/// Elements inside a word or a sentence.
const PHRASE: [&str; 6] = ["b", "strong", "small", "span", "code", "button"];

/// The words of HTML without its tags.
pub(crate) fn of_page(html: &str) -> Vec<String> {
    let (mut text, mut rest) = (String::new(), html);
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let tag = &rest[at..end];
        rest = &rest[end..];
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '/']).next().unwrap_or_default();
        if NOT_SAID.iter().any(|mark| tag.contains(mark)) {
            rest = behind(rest, name);
        }
        if !PHRASE.contains(&name) {
            text.push(' ');
        }
    }
    text.push_str(rest);
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    words(&signs.iter().fold(text, |text, (escaped, sign)| text.replace(escaped, sign)))
}

/// What follows an element whose start tag was read.
fn behind<'a>(mut rest: &'a str, name: &str) -> &'a str {
    let (begin, end) = (format!("<{name}"), format!("</{name}>"));
    let mut depth = 1;
    while depth > 0 {
        let Some(close) = rest.find(&end) else { return "" };
        depth += rest[..close].matches(&begin).count();
        depth -= 1;
        rest = &rest[close + end.len()..];
    }
    rest
}

/// The words of Markdown as a maintained parser reads it.
pub(crate) fn of_markdown(markdown: &str) -> Vec<String> {
    let said = |event| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => String::new(),
        _ => " ".to_owned(),
    };
    words(&Parser::new_ext(markdown, Options::ENABLE_TABLES).map(said).collect::<String>())
}

/// Without the colons and dots that stand between a name and its value where they share a line.
fn words(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(|word| word.trim_end_matches(':'));
    words.filter(|word| !word.is_empty() && *word != "·").map(str::to_owned).collect()
}

#[test]
fn controls_are_no_words_and_phrases_make_no_space() {
    let html =
        "<p>It is <strong>7&lt;</strong>.<span class=\"links\"><span>a</span>b</span></p><dl><dt>A</dt><dd>1</dd></dl>";
    assert_eq!(of_page(html), ["It", "is", "7<.", "A", "1"]);
    assert_eq!(of_markdown("It is **7&lt;**.\n\n- A: 1\n"), ["It", "is", "7<.", "A", "1"]);
}
