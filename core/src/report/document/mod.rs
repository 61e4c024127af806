//! An answer as a document: sections of blocks, the same for the page, a terminal, Markdown, CSV and the HTML report.
//!
//! A section says one thing about a plan: a heading, a sentence or two, and blocks. Everything that a view of the page shows and that
//! is no control is a section; who shows it adds nothing to its words. Each renderer is written once: [`markdown()`], [`plain()`], the
//! page's components, and the standalone report.

mod cited;
mod markdown;
mod opening;
mod plain;
mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod whole;

pub use cited::{cited, sources};
pub use markdown::markdown;
pub use opening::is_one_sentence;
pub use plain::plain;
pub use table::{Column, Row, RowKind, Table, csv};
pub use text::{Run, Style, Text, marked};
pub use whole::Document;

use super::chart::Chart;
use super::outage_log::Weight;
use crate::units::Secs;

/// A part of an answer with its own heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Stable name in lower case, unique in a report: `recovery-point`. Commands, anchors and files use it.
    pub id: &'static str,
    /// What it is about: a noun phrase, or a question that a user asks.
    pub heading: String,
    /// What it says for this plan, in one or two sentences; may be empty.
    pub says: Text,
    /// The rest, in order.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading below the section's own.
    Heading(Text),
    /// Running text.
    Paragraph(Text),
    /// What is said aside: basis, assumption, source.
    Remark(Text),
    /// A list without an order.
    List(Vec<Text>),
    /// Names with their values.
    Facts(Vec<(Text, Text)>),
    /// Rows and columns.
    Table(Table),
    /// Events in the order of time.
    Log(Vec<LogEntry>),
    /// Numbered steps, each a list of blocks.
    Steps(Vec<Vec<Block>>),
    /// Findings and the like: a mark in words, a sentence, and what belongs to it.
    Entries(Vec<Entry>),
    /// Commands for a shell.
    Commands(String),
    /// Commands for PowerShell.
    PowerShell(String),
    /// A drawing with its title, sentence, caption and table.
    Figure(Box<Chart>),
    /// Details that can be folded; on paper they are open.
    Details {
        /// What they are.
        summary: Text,
        /// Unfolded from the beginning.
        open: bool,
        /// Themselves.
        blocks: Vec<Block>,
    },
}

/// One event of a log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEntry {
    /// Time since the beginning, shown as hours, minutes and seconds.
    pub at: Secs,
    /// How much it matters.
    pub weight: Weight,
    /// What happens.
    pub text: Text,
}

/// One entry of a list whose members have a mark, such as a finding with its severity.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Stable name of the entry: the id of a rule.
    pub id: String,
    /// What kind it is, how much it matters, what it concerns: "block", "Passive pair", "PAS-SKU".
    pub marks: Vec<Run>,
    /// What holds.
    pub text: Text,
    /// What to do, where it is from; in order.
    pub more: Vec<Text>,
}

impl Section {
    /// A section without blocks.
    #[must_use]
    pub fn new(id: &'static str, heading: impl Into<String>, says: impl Into<Text>) -> Self {
        Self { id, heading: heading.into(), says: says.into(), blocks: Vec::new() }
    }

    /// The same with one more block at its end; a block without content is left out.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        if !block.is_blank() {
            self.blocks.push(block);
        }
        self
    }

    /// The same with the figure of a chart, where the plan has one.
    #[must_use]
    pub fn with_figure(self, chart: Option<Chart>) -> Self {
        match chart {
            Some(chart) => self.with(Block::Figure(Box::new(chart))),
            None => self,
        }
    }

    /// Its tables in order, those in figures and details too.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = Vec::new();
        collect(&self.blocks, &mut tables);
        tables
    }
}

impl Block {
    /// Running text.
    #[must_use]
    pub fn paragraph(text: impl Into<Text>) -> Self {
        Self::Paragraph(text.into())
    }

    /// What is said aside.
    #[must_use]
    pub fn remark(text: impl Into<Text>) -> Self {
        Self::Remark(text.into())
    }

    /// A list of lines.
    #[must_use]
    pub fn list<T: Into<Text>>(lines: impl IntoIterator<Item = T>) -> Self {
        Self::List(lines.into_iter().map(Into::into).collect())
    }

    /// Names with their values.
    #[must_use]
    pub fn facts<N: Into<Text>, V: Into<Text>>(facts: impl IntoIterator<Item = (N, V)>) -> Self {
        Self::Facts(facts.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// Details that stay folded until somebody asks for them.
    #[must_use]
    pub fn details(summary: impl Into<Text>, mut blocks: Vec<Self>) -> Self {
        blocks.retain(|block| !block.is_blank());
        Self::Details { summary: summary.into(), open: false, blocks }
    }

    /// True where there is nothing to show.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Heading(text) | Self::Paragraph(text) | Self::Remark(text) => text.is_blank(),
            Self::List(lines) => lines.is_empty(),
            Self::Facts(facts) => facts.is_empty(),
            Self::Table(table) => table.rows.is_empty(),
            Self::Log(events) => events.is_empty(),
            Self::Steps(steps) => steps.is_empty(),
            Self::Entries(entries) => entries.is_empty(),
            Self::Commands(text) | Self::PowerShell(text) => text.is_empty(),
            Self::Figure(_) => false,
            Self::Details { blocks, .. } => blocks.iter().all(Self::is_blank),
        }
    }
}

fn collect(blocks: &[Block], tables: &mut Vec<Table>) {
    for block in blocks {
        match block {
            Block::Table(table) => tables.push(table.clone()),
            Block::Figure(chart) => tables.push(Table::of_chart(chart)),
            Block::Details { blocks, .. } => collect(blocks, tables),
            Block::Steps(steps) => steps.iter().for_each(|blocks| collect(blocks, tables)),
            _ => {}
        }
    }
}
