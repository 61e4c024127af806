//! Sections as Markdown, through the one writer of Markdown.

use super::{Block, Entry, RowKind, Section, Style, Table, Text};
use crate::report::Span;
use crate::report::markdown::{self as writer, Words};
use crate::units::format;

/// The sections under a title, as Markdown that reads back with the same words; ends in a line break.
#[must_use]
pub fn markdown(title: &str, sections: &[Section]) -> String {
    writer::write(&blocks(title, &[], sections))
}

/// What is written, with blocks below the title.
pub(super) fn blocks(title: &str, opening: &[Block], sections: &[Section]) -> Vec<writer::Block> {
    let mut blocks = vec![writer::Block::heading(1, title)];
    blocks.extend(opening.iter().flat_map(|block| converted(block, 2)));
    for section in sections {
        blocks.push(writer::Block::heading(2, &section.heading));
        blocks.push(writer::Block::Paragraph(words(&section.says)));
        blocks.extend(section.blocks.iter().flat_map(|block| converted(block, 3)));
    }
    blocks
}

/// A block as those of Markdown; `level` is that of a heading in it.
fn converted(block: &Block, level: usize) -> Vec<writer::Block> {
    match block {
        Block::Heading(text) => vec![writer::Block::Heading(level, words(text))],
        Block::Paragraph(text) => vec![writer::Block::Paragraph(words(text))],
        Block::Remark(text) => vec![writer::Block::Quote(words(text))],
        Block::List(lines) => vec![writer::Block::List(lines.iter().map(words).collect())],
        Block::Facts(facts) => vec![writer::Block::List(facts.iter().map(fact).collect())],
        Block::Table(table) => vec![of_table(table)],
        Block::Log(events) => {
            let line = |event: &super::LogEntry| joined(Words::strong(format::clock(event.at)).then(" "), &event.text);
            vec![writer::Block::List(events.iter().map(line).collect())]
        }
        Block::Steps(steps) => {
            let step = |blocks: &Vec<Block>| blocks.iter().flat_map(|block| converted(block, level + 1)).collect();
            vec![writer::Block::Steps(steps.iter().map(step).collect())]
        }
        Block::Entries(entries) => vec![writer::Block::List(entries.iter().map(entry).collect())],
        Block::Commands(text) => vec![writer::Block::Shell(text.clone())],
        Block::PowerShell(text) => vec![writer::Block::PowerShell(text.clone())],
        Block::Figure(chart) => vec![
            writer::Block::heading(level, &chart.title),
            writer::Block::Paragraph(words(&chart.says.as_slice().into())),
            of_table(&Table::of_chart(chart)),
            writer::Block::Quote(words(&chart.caption.as_str().into())),
        ],
        Block::Details { summary, blocks, .. } => {
            let mut all = vec![writer::Block::Heading(level, words(summary))];
            all.extend(blocks.iter().flat_map(|block| converted(block, level + 1)));
            all
        }
    }
}

fn words(text: &Text) -> Words {
    joined(Words::default(), text)
}

fn joined(before: Words, text: &Text) -> Words {
    text.0.iter().fold(before, |mut words, run| {
        words.0.push(Span { text: run.text.clone(), strong: run.style == Style::Strong });
        words
    })
}

fn fact((name, value): &(Text, Text)) -> Words {
    joined(words(name).then(": "), value)
}

fn entry(entry: &Entry) -> Words {
    let marks = entry.marks.iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join(" · ");
    let all = joined(Words::strong(marks).then(": "), &entry.text);
    entry.more.iter().fold(all, |words, more| joined(words.then(" "), more))
}

fn of_table(table: &Table) -> writer::Block {
    let right = table.columns.iter().enumerate().filter(|(_, column)| column.figures).map(|(at, _)| at).collect();
    let row = |row: &super::Row| {
        let strong = matches!(row.kind, RowKind::Group | RowKind::Total);
        let cell = |text: &Text| if strong { Words::strong(text.words()) } else { words(text) };
        row.cells.iter().map(cell).collect()
    };
    let head = table.columns.iter().map(|column| words(&column.head)).collect();
    writer::Block::Table { head, right, rows: table.rows.iter().map(row).collect() }
}
