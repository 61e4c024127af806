//! What is written reads back: a maintained parser finds exactly the blocks that were written, with their texts.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::{Block, Words, write};
use crate::report::Span;
use crate::report::visible;
use proptest::prelude::*;
use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Every extension that a place where Markdown is read may have switched on, but the one that sets other quotes.
fn reader(text: &str) -> Parser<'_> {
    let mut options = Options::all();
    options.remove(Options::ENABLE_SMART_PUNCTUATION);
    Parser::new_ext(text, options)
}

/// The blocks that the parser finds; whatever this writer has no block for ends the test.
pub(crate) fn read(text: &str) -> Vec<Block> {
    let mut events: Vec<Event> = reader(text).collect();
    events.reverse();
    blocks(&mut events, text)
}

fn blocks(events: &mut Vec<Event>, text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    while let Some(event) = events.pop() {
        let block = match event {
            Event::Start(Tag::Heading { level, id: None, classes, attrs })
                if classes.is_empty() && attrs.is_empty() =>
            {
                Block::Heading(number(level), words(events, text))
            }
            Event::Start(Tag::Paragraph) => Block::Paragraph(words(events, text)),
            Event::Start(Tag::BlockQuote(None)) => {
                let inner = blocks(events, text);
                let [Block::Paragraph(words)] = inner.as_slice() else { panic!("{inner:?} in a quote of\n{text}") };
                Block::Quote(words.clone())
            }
            Event::Start(Tag::List(None)) => Block::List(items(events, text).into_iter().map(alone).collect()),
            Event::Start(Tag::List(Some(1))) => Block::Steps(items(events, text)),
            Event::Start(Tag::Table(columns)) => table(events, &columns, text),
            Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(language))) => {
                let powershell = &*language == "powershell";
                assert!(powershell || &*language == "sh", "{language}");
                if powershell { Block::PowerShell(code(events)) } else { Block::Shell(code(events)) }
            }
            Event::End(TagEnd::BlockQuote(None) | TagEnd::Item) => return found,
            // An entry of one line stands without a paragraph around it.
            inline => {
                events.push(inline);
                Block::Paragraph(words(events, text))
            }
        };
        found.push(block);
    }
    found
}

fn number(level: HeadingLevel) -> usize {
    level as usize
}

fn alone(mut item: Vec<Block>) -> Words {
    match (item.pop(), item.as_slice()) {
        (None, _) => Words::default(),
        (Some(Block::Paragraph(words)), []) => words,
        (last, rest) => panic!("{rest:?} {last:?} in an entry"),
    }
}

fn items(events: &mut Vec<Event>, text: &str) -> Vec<Vec<Block>> {
    let mut found = Vec::new();
    loop {
        match events.pop() {
            Some(Event::Start(Tag::Item)) => found.push(blocks(events, text)),
            Some(Event::End(TagEnd::List(_))) => return found,
            other => panic!("{other:?} in a list of\n{text}"),
        }
    }
}

fn table(events: &mut Vec<Event>, columns: &[Alignment], text: &str) -> Block {
    let right = (0..columns.len()).filter(|at| columns[*at] == Alignment::Right).collect();
    let mut rows: Vec<Vec<Words>> = Vec::new();
    loop {
        match events.pop() {
            Some(Event::Start(Tag::TableHead | Tag::TableRow)) => rows.push(Vec::new()),
            Some(Event::Start(Tag::TableCell)) => rows.last_mut().unwrap().push(words(events, text)),
            Some(Event::End(TagEnd::TableHead | TagEnd::TableRow)) => {}
            Some(Event::End(TagEnd::Table)) => return Block::Table { head: rows.remove(0), right, rows },
            other => panic!("{other:?} in a table of\n{text}"),
        }
    }
}

fn code(events: &mut Vec<Event>) -> String {
    let mut code = String::new();
    loop {
        match events.pop() {
            Some(Event::Text(text)) => code.push_str(&text),
            Some(Event::End(TagEnd::CodeBlock)) => return code.strip_suffix('\n').unwrap_or(&code).to_owned(),
            other => panic!("{other:?} in code"),
        }
    }
}

/// Text, plain and strong, up to the end of its block.
fn words(events: &mut Vec<Event>, text: &str) -> Words {
    let (mut found, mut strong) = (Words::default(), false);
    while let Some(event) = events.pop() {
        match event {
            Event::Text(text) => match found.0.last_mut() {
                Some(last) if last.strong == strong => last.text.push_str(&text),
                _ => found.0.push(Span { text: text.to_string(), strong }),
            },
            Event::Start(Tag::Strong) if !strong => strong = true,
            Event::End(TagEnd::Strong) => strong = false,
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableCell) => return found,
            end @ Event::End(TagEnd::Item) => {
                events.push(end);
                return found;
            }
            other => panic!("{other:?} in the text of\n{text}"),
        }
    }
    found
}

/// Texts as a reader has them: visible, and plain, for a strong part may have to be written plain.
fn seen(blocks: &[Block]) -> Vec<Block> {
    let words = |words: &Words| {
        let text: String = words.0.iter().map(|span| visible::line(&span.text)).collect();
        if text.is_empty() { Words::default() } else { Words::from(text) }
    };
    let one = |block: &Block| match block {
        Block::Heading(level, text) => Block::Heading(*level, words(text)),
        Block::Paragraph(text) => Block::Paragraph(words(text)),
        Block::Quote(text) => Block::Quote(words(text)),
        Block::List(items) => Block::List(items.iter().map(words).collect()),
        Block::Steps(items) => Block::Steps(items.iter().map(|item| seen(item)).collect()),
        Block::Table { head, right, rows } => Block::Table {
            head: head.iter().map(words).collect(),
            right: right.clone(),
            rows: rows.iter().map(|row| row.iter().map(words).collect()).collect(),
        },
        Block::Shell(text) => Block::Shell(visible::lines(text)),
        Block::PowerShell(text) => Block::PowerShell(visible::lines(text)),
    };
    blocks.iter().filter(|block| !block.is_blank()).map(one).collect()
}

/// Asserts that a text has exactly these blocks.
#[track_caller]
pub(crate) fn assert_reads(text: &str, blocks: &[Block]) {
    assert_eq!(seen(&read(text)), seen(blocks), "{text}");
}

/// What breaks out of careless writers, and what each extension listens to.
pub(crate) const HOSTILE: &[&str] = &[
    "eastus'\n```\n\n<script>alert(1)</script>\n\n# INJECTED\n```sh\ntouch PWN\n",
    "~~~",
    "```",
    "````sh",
    "> quote",
    "- item",
    "+ item",
    "* item",
    "1. one",
    "12) twelve",
    "# heading",
    "#",
    "===",
    "---",
    "***",
    "| a | b |\n| --- | --- |",
    "a | b \\| c \\",
    "\\|",
    "<b>bold</b> <!-- x --> <?php ?> <![CDATA[x]]>",
    "&lt;b&gt; &amp; &#35; &copy",
    "[link](javascript:alert(1)) ![image](x) [ref]: x [^1] [[wiki]] [x]",
    "https://example.com <https://example.com> www.example.com a@b.c",
    "*a* **b** ***c*** _d_ __e__ ~~f~~ ~g~ ^h^ `i` ``j``",
    "$x$ $$y$$ $1 to $2 ($3) $4$",
    ": definition",
    "text {#id .class key=value}",
    "{}",
    ":::warning",
    "\u{1b}[31mred\u{0}\u{7}\r\n\t\u{202e}txt",
    "  spaces  ",
    "    indented",
    "\u{a0}hard\u{a0}",
    "\\",
    "\\\\`",
    "é–✓ 日本",
    "!",
    "![",
    "(",
    "**",
    "a**b",
];

fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(HOSTILE).prop_map(str::to_owned),
        2 => "[ -~\n\t]{0,12}",
        1 => "[*_`~|<>&\\\\\\[\\](){}#+=.!$:^0-9 -]{0,10}",
        1 => any::<String>(),
        1 => "[a-z ]{1,8}",
    ];
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

fn hostile_words() -> impl Strategy<Value = Words> {
    prop::collection::vec((hostile_text(), any::<bool>()), 1..4)
        .prop_map(|spans| Words(spans.into_iter().map(|(text, strong)| Span { text, strong }).collect()))
}

fn any_block() -> impl Strategy<Value = Block> {
    let filled = || hostile_words().prop_filter("text", |words| !words.is_blank());
    let code = hostile_text().prop_filter("code", |text| !text.is_empty());
    let step = (filled(), prop::option::of(code)).prop_map(|(words, code)| {
        [Block::Paragraph(words)].into_iter().chain(code.map(Block::Shell)).collect::<Vec<_>>()
    });
    let table = (1..4_usize, 0..3_usize).prop_flat_map(|(columns, rows)| {
        let row = prop::collection::vec(hostile_words(), columns);
        (prop::collection::vec(hostile_words(), columns), prop::collection::vec(row, rows), 0..columns)
            .prop_map(|(head, rows, right)| Block::Table { head, right: vec![right], rows })
    });
    prop_oneof![
        ((1..7_usize), hostile_words()).prop_map(|(level, words)| Block::Heading(level, words)),
        hostile_words().prop_map(Block::Paragraph),
        hostile_words().prop_map(Block::Quote),
        prop::collection::vec(filled(), 1..4).prop_map(Block::List),
        prop::collection::vec(step, 1..12).prop_map(Block::Steps),
        table,
        hostile_text().prop_map(Block::Shell),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The law: exactly the blocks that were written, their texts equal.
    #[test]
    fn what_is_written_reads_back(blocks in prop::collection::vec(any_block(), 1..6)) {
        assert_reads(&write(&blocks), &blocks);
    }
}

#[test]
fn every_hostile_text_stays_text_in_every_place() {
    for text in HOSTILE {
        let words = || Words::from(*text);
        let blocks = [
            Block::Heading(2, words()),
            Block::Paragraph(words()),
            Block::Quote(words()),
            Block::List(vec![words(), words()]),
            Block::Table { head: vec![words(), words()], right: vec![1], rows: vec![vec![words(), words()]] },
            Block::Steps(vec![vec![Block::Paragraph(words()), Block::Shell((*text).to_owned())]; 11]),
            Block::Shell((*text).to_owned()),
        ];
        assert_reads(&write(&blocks), &blocks);
    }
}

/// Our own sentences stay strong where they are.
#[test]
fn strong_parts_are_strong() {
    let words = Words::strong("Active group").then(" meets all four targets for ");
    let words = Words([words.0, Words::strong("$1,281 a month").then(".").0].concat());
    let text =
        write(&[Block::Paragraph(words.clone()), Block::List(vec![Words::strong("Block").then(" PAS-TIER: x")])]);
    assert_eq!(text, "**Active group** meets all four targets for **$1,281 a month**.\n\n- **Block** PAS-TIER: x\n");
    assert_eq!(read(&text)[0], Block::Paragraph(words));
}

#[test]
fn two_lists_stay_two() {
    let list = || Block::List(vec!["a".into()]);
    let steps = || Block::Steps(vec![vec![Block::Paragraph("b".into())]]);
    let blocks = [list(), list(), list(), steps(), steps(), list()];
    assert_reads(&write(&blocks), &blocks);
}

#[test]
fn a_sentence_is_not_escaped_for_nothing() {
    let text = "M50 (2 nodes) in West Europe: 12.5 GB, 3-5 min; it's > 80 % & <90 %, $5 at 10:30.";
    let written = write(&[Block::Paragraph(text.into())]);
    assert_eq!(
        written.trim_end(),
        "M50 (2 nodes) in West Europe: 12.5 GB, 3-5 min; it's > 80 % &amp; &lt;90 %, $5 at 10:30."
    );
}

/// Every word of a Markdown text, as the parser reads it, in a row.
pub(crate) fn words_of(text: &str) -> String {
    let said = |event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        Event::SoftBreak | Event::HardBreak => Some(" ".to_owned()),
        Event::End(_) => Some("\n".to_owned()),
        _ => None,
    };
    reader(text).filter_map(said).collect::<String>().replace('\u{a0}', " ")
}
