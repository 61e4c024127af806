//! Sections as text for a terminal: no markup, columns of equal width.

use super::{Block, Entry, Row, RowKind, Section, Table, Text};
use crate::units::{format, quote};

/// Widest column in characters: a wider cell pushes the rest of its own row only.
const MAX_WIDTH: usize = 60;

/// The sections as plain text under underlined headings; ends in a line break, and has no-break spaces as ordinary ones.
#[must_use]
pub fn plain(title: &str, sections: &[Section]) -> String {
    of(title, &[], sections)
}

/// The same with blocks below the title.
pub(super) fn of(title: &str, opening: &[Block], sections: &[Section]) -> String {
    let mut parts = vec![underlined(title, '=')];
    parts.extend(opening.iter().map(block));
    for section in sections {
        parts.push(underlined(&section.heading, '-'));
        parts.push(line(&section.says));
        parts.extend(section.blocks.iter().map(block));
    }
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    let mut text = parts.join("\n\n").replace('\u{a0}', " ");
    text.push('\n');
    text
}

fn underlined(text: &str, with: char) -> String {
    let text = shown(text);
    let rule = with.to_string().repeat(text.chars().count());
    format!("{text}\n{rule}")
}

/// A text on one line, without what a terminal would obey.
fn shown(text: &str) -> String {
    text.chars().map(|it| if quote::is_printable(it) { it } else { '\u{fffd}' }).collect()
}

fn line(text: &Text) -> String {
    shown(&text.words())
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(text) => format!("{}:", line(text)),
        Block::Paragraph(text) | Block::Remark(text) => line(text),
        Block::List(lines) => lines.iter().map(|text| format!("- {}", line(text))).collect::<Vec<_>>().join("\n"),
        Block::Facts(facts) => {
            columns(&facts.iter().map(|(name, value)| vec![line(name), line(value)]).collect::<Vec<_>>(), &[])
        }
        Block::Table(table) => of_table(table),
        Block::Log(events) => {
            columns(&events.iter().map(|it| vec![format::clock(it.at), line(&it.text)]).collect::<Vec<_>>(), &[])
        }
        Block::Steps(steps) => steps.iter().enumerate().map(step).collect::<Vec<_>>().join("\n\n"),
        Block::Entries(entries) => entries.iter().map(entry).collect::<Vec<_>>().join("\n"),
        Block::Commands(text) | Block::PowerShell(text) => {
            indented(&text.split('\n').map(shown).collect::<Vec<_>>().join("\n"), "    ")
        }
        Block::Figure(chart) => {
            let says = line(&chart.says.as_slice().into());
            let parts =
                [format!("{}:", shown(&chart.title)), says, of_table(&Table::of_chart(chart)), shown(&chart.caption)];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
        }
        Block::Details { summary, blocks, .. } => {
            let inside = blocks.iter().map(self::block).collect::<Vec<_>>().join("\n\n");
            format!("{}:\n\n{inside}", line(summary))
        }
    }
}

fn step((at, blocks): (usize, &Vec<Block>)) -> String {
    let mark = format!("{}. ", at + 1);
    let text = blocks.iter().map(block).collect::<Vec<_>>().join("\n\n");
    let text = indented(&text, &" ".repeat(mark.len()));
    format!("{mark}{}", text.trim_start())
}

fn indented(text: &str, margin: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{margin}{line}") };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn entry(entry: &Entry) -> String {
    let marks = entry.marks.iter().map(|run| shown(&run.text)).collect::<Vec<_>>().join(" · ");
    let first = format!("- {marks}: {}", line(&entry.text));
    let more = entry.more.iter().map(|text| format!("  {}", line(text)));
    std::iter::once(first).chain(more).collect::<Vec<_>>().join("\n")
}

fn of_table(table: &Table) -> String {
    let head = table.columns.iter().map(|column| line(&column.head)).collect();
    let alone = |row: &Row| matches!(row.kind, RowKind::Group | RowKind::Note);
    let right: Vec<usize> = (0..table.columns.len()).filter(|at| table.columns[*at].figures).collect();
    let mut rows: Vec<Vec<String>> = vec![head];
    rows.extend(table.rows.iter().filter(|row| !alone(row)).map(|row| row.cells.iter().map(line).collect()));
    let text = columns(&rows, &right);
    let mut cells = text.split('\n');
    let head = cells.next().unwrap_or_default().to_owned();
    let rest = table.rows.iter().map(|row| match row.kind {
        RowKind::Group => row.cells.first().map_or_else(String::new, line),
        RowKind::Note => row.cells.first().map_or_else(String::new, |text| format!("    {}", line(text))),
        _ => cells.next().unwrap_or_default().to_owned(),
    });
    std::iter::once(head).chain(rest).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Rows in columns two spaces apart, indented by two; those named in `right` end at the right.
fn columns(rows: &[Vec<String>], right: &[usize]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.chars().count()).filter(|width| *width <= MAX_WIDTH).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let cell = |(at, cell): (usize, &String)| {
        let width = widths[at];
        if right.contains(&at) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
    };
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ");
        format!("  {}", cells.trim_end())
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
