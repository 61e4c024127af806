//! Sections of the document as they cross from the worker that has read the files, and as a browser keeps them: words of tables and lists.

use crate::report::document::{Block, Column, Row, Section, Table, Text};
use serde::{Deserialize, Serialize};

/// Names of the sections that cross, and of their tables. A text with another name is of another release.
const IDS: [&str; 10] = [
    "estate-since",
    "estate-costs",
    "estate-costs-caches",
    "estate-costs-months",
    "estate-costs-lines",
    "estate-calibration",
    "estate-lag",
    "estate-metrics",
    "estate",
    super::watched::ID,
];

/// A section of tables and lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SectionTexts {
    id: String,
    heading: String,
    says: String,
    tables: Vec<ToldTable>,
    lines: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct ToldTable {
    id: String,
    name: String,
    /// Each with whether it holds figures.
    columns: Vec<(String, bool)>,
    rows: Vec<Vec<String>>,
}

impl SectionTexts {
    /// The words of a section: its tables, then its list.
    pub(super) fn of(section: &Section) -> Self {
        let lines = section.blocks.iter().filter_map(|block| match block {
            Block::List(lines) => Some(lines),
            _ => None,
        });
        Self {
            id: section.id.to_owned(),
            heading: section.heading.clone(),
            says: section.says.words(),
            tables: section.tables().iter().map(ToldTable::of).collect(),
            lines: lines.flatten().map(Text::words).collect(),
        }
    }

    /// The section again; `None` for one that this release does not know.
    pub(super) fn section(&self) -> Option<Section> {
        let section = Section::new(known(&self.id)?, self.heading.as_str(), self.says.as_str());
        let tables = self.tables.iter().filter_map(ToldTable::table).map(Block::Table);
        Some(tables.chain([Block::list(self.lines.iter().map(String::as_str))]).fold(section, Section::with))
    }
}

impl ToldTable {
    fn of(table: &Table) -> Self {
        let row = |row: &Row| row.cells.iter().map(Text::words).collect();
        Self {
            id: table.id.to_owned(),
            name: table.name.clone(),
            columns: table.columns.iter().map(|it| (it.head.words(), it.figures)).collect(),
            rows: table.rows.iter().map(row).collect(),
        }
    }

    fn table(&self) -> Option<Table> {
        let column = |(head, figures): &(String, bool)| {
            if *figures { Column::figures(head.as_str()) } else { Column::text(head.as_str()) }
        };
        Some(Table {
            id: known(&self.id)?,
            name: self.name.clone(),
            columns: self.columns.iter().map(column).collect(),
            rows: self.rows.iter().map(|row| Row::of(row.clone())).collect(),
        })
    }
}

fn known(id: &str) -> Option<&'static str> {
    IDS.into_iter().find(|it| *it == id)
}
