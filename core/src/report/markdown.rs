//! The one writer of Markdown: reports are blocks, and their texts cannot become markup.
//!
//! What is written reads back as exactly these blocks with these texts (`tests`: a maintained parser, hostile texts).
//! Characters that nobody sees are shown ([`super::visible`]).

mod inline;
#[cfg(test)]
pub(crate) mod tests;

use super::visible;
use crate::report::Span;
use inline::{Place, inline};

/// A line of text; parts of it may be strong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words(pub(crate) Vec<Span>);

impl Words {
    /// The same with more behind it.
    pub(crate) fn then(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span { text: text.into(), strong: false });
        self
    }

    pub(crate) fn strong(text: impl Into<String>) -> Self {
        Self(vec![Span { text: text.into(), strong: true }])
    }

    fn is_blank(&self) -> bool {
        self.0.iter().all(|span| span.text.trim().is_empty())
    }
}

impl<T: Into<String>> From<T> for Words {
    fn from(text: T) -> Self {
        Self::default().then(text)
    }
}

/// A part of a report. Blocks without text are not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading of a level from 1 to 6.
    Heading(usize, Words),
    Paragraph(Words),
    /// What is said aside.
    Quote(Words),
    List(Vec<Words>),
    /// Numbered from 1; each entry is a paragraph and code below it.
    Steps(Vec<Vec<Block>>),
    Table {
        head: Vec<Words>,
        /// Columns of figures, which end at the right.
        right: Vec<usize>,
        rows: Vec<Vec<Words>>,
    },
    /// Commands for a shell.
    Shell(String),
    /// Commands for PowerShell.
    PowerShell(String),
}

impl Block {
    pub(crate) fn heading(level: usize, text: impl Into<String>) -> Self {
        Self::Heading(level, text.into().into())
    }

    fn is_blank(&self) -> bool {
        match self {
            Self::Heading(_, words) | Self::Paragraph(words) | Self::Quote(words) => words.is_blank(),
            Self::List(items) => items.is_empty(),
            Self::Steps(items) => items.is_empty(),
            Self::Table { head, .. } => head.is_empty(),
            Self::Shell(text) | Self::PowerShell(text) => text.is_empty(),
        }
    }
}

/// The blocks as Markdown, ending in a line break.
pub(crate) fn write(blocks: &[Block]) -> String {
    let mut text = joined(blocks);
    text.push('\n');
    text
}

/// Blocks with an empty line between them, none at the end.
fn joined(blocks: &[Block]) -> String {
    let mut texts: Vec<String> = Vec::new();
    // A list right behind a list would go on with it: its marks are others.
    let (mut other, mut before): (bool, Option<&Block>) = (false, None);
    for block in blocks.iter().filter(|block| !block.is_blank()) {
        let same = before.is_some_and(|before| std::mem::discriminant(before) == std::mem::discriminant(block));
        other = same && !other;
        before = Some(block);
        texts.push(one(block, other));
    }
    texts.join("\n\n")
}

fn one(block: &Block, other: bool) -> String {
    match block {
        Block::Heading(level, words) => {
            format!("{} {}", "#".repeat((*level).clamp(1, 6)), inline(words, Place::Heading))
        }
        Block::Paragraph(words) => inline(words, Place::Line),
        Block::Quote(words) => format!("> {}", inline(words, Place::Line)),
        Block::List(items) => {
            let mark = if other { '*' } else { '-' };
            items.iter().map(|item| format!("{mark} {}", inline(item, Place::Line))).collect::<Vec<_>>().join("\n")
        }
        Block::Steps(items) => {
            let mark = if other { ')' } else { '.' };
            let step = |(at, item): (usize, &Vec<Block>)| hanging(&format!("{}{mark} ", at + 1), &joined(item));
            items.iter().enumerate().map(step).collect::<Vec<_>>().join("\n\n")
        }
        Block::Table { head, right, rows } => table(head, right, rows),
        Block::Shell(text) => fenced("sh", text),
        Block::PowerShell(text) => fenced("powershell", text),
    }
}

/// A text behind a mark, its further lines as far in as the first.
fn hanging(mark: &str, text: &str) -> String {
    let margin = " ".repeat(mark.len());
    let line = |(at, line): (usize, &str)| match (at, line) {
        (0, line) => format!("{mark}{line}"),
        (_, "") => String::new(),
        (_, line) => format!("{margin}{line}"),
    };
    text.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn table(head: &[Words], right: &[usize], rows: &[Vec<Words>]) -> String {
    let row = |cells: &[Words]| {
        let cell = |at: usize| cells.get(at).map_or_else(String::new, |words| inline(words, Place::Cell));
        format!("| {} |", (0..head.len()).map(cell).collect::<Vec<_>>().join(" | "))
    };
    let rule = |at: usize| if right.contains(&at) { "---:" } else { "---" };
    let rule = format!("| {} |", (0..head.len()).map(rule).collect::<Vec<_>>().join(" | "));
    [row(head), rule].into_iter().chain(rows.iter().map(|cells| row(cells))).collect::<Vec<_>>().join("\n")
}

/// A fence that is longer than any run of its own sign inside it.
fn fenced(language: &str, text: &str) -> String {
    let text = visible::lines(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    format!("{fence}{language}\n{text}\n{fence}")
}
